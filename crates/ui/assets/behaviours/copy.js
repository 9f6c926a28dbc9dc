// <copy-text data-value="…"> shows its button once scripts run, copies, and says that it did.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.onclick = () => this.#copy();
  }

  async #copy() {
    const label = this.button.querySelector(".button__label");
    const before = this.before ??= label.textContent;
    try {
      await navigator.clipboard.writeText(this.dataset.value);
      label.textContent = "Copied";
    } catch {
      label.textContent = "Press Ctrl C";
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { label.textContent = before; }, 1800);
  }
}

customElements.define("copy-text", CopyText);
