// <toast-message> leaves after a while: later when it offers an action, never while one points at it.
class ToastMessage extends HTMLElement {
  connectedCallback() {
    // One that is part of the page, as in the style guide, stays.
    if (!this.closest("#toasts")) return;
    // Said again, it is said once.
    const same = (other) => other !== this && other.textContent.trim() === this.textContent.trim();
    for (const other of this.parentElement.children) if (same(other)) other.remove();
    this.onpointerenter = () => clearTimeout(this.timer);
    this.onpointerleave = () => this.#later();
    this.addEventListener("focusin", () => clearTimeout(this.timer));
    this.addEventListener("focusout", () => this.#later());
    this.#later();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#leave(), this.querySelector("button, a") ? 9000 : 4500);
  }

  #leave() {
    this.classList.add("leaving");
    setTimeout(() => this.remove(), 160);
  }
}

customElements.define("toast-message", ToastMessage);

addEventListener("toast:show", (event) => {
  const toast = document.createElement("toast-message");
  toast.className = "toast";
  toast.dataset.tone = event.detail.tone;
  const text = document.createElement("span");
  text.className = "toast__text";
  text.textContent = event.detail.text;
  toast.append(text);
  document.getElementById("toasts")?.append(toast);
});
