// The command palette: Ctrl or Cmd and K opens it, words narrow it, arrows and Enter choose.
class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.input.addEventListener("input", () => this.#narrow());
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("htmx:after:swap", () => this.#narrow(false));
    this.addEventListener("click", (event) => event.target.closest("button") && this.parentElement.close());
    this.parentElement.addEventListener("toggle", (event) => event.newState === "open" && this.#start());
  }

  get #entries() { return [...this.querySelectorAll("[role=option]")]; }
  get #visible() { return this.#entries.filter((entry) => !entry.hidden); }

  #start() {
    this.input.value = "";
    this.#narrow();
    this.input.focus();
  }

  #narrow(ask = true) {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of this.#entries) {
      // What the server has just found, it found for reasons of its own.
      const text = `${entry.textContent} ${entry.dataset.words}`.toLowerCase();
      entry.hidden = (ask || !entry.closest(".palette__found")) && !words.every((word) => text.includes(word));
    }
    this.querySelector(".palette__none").hidden = this.#visible.length > 0;
    this.#select(this.#visible[0]);
    if (ask) this.querySelector(".palette__found")?.dispatchEvent(new CustomEvent("palette:ask"));
  }

  #select(entry) {
    for (const other of this.#entries) other.setAttribute("aria-selected", other === entry);
    if (!entry) return this.input.removeAttribute("aria-activedescendant");
    entry.id ||= `palette-entry-${this.#entries.indexOf(entry)}`;
    this.input.setAttribute("aria-activedescendant", entry.id);
    entry.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const visible = this.#visible;
    const at = visible.findIndex((entry) => entry.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#select(visible.at((at + step) % visible.length));
    else if (event.key === "Enter") visible[at]?.click();
    else return;
    event.preventDefault();
  }
}

customElements.define("command-palette", CommandPalette);
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  const palette = document.getElementById("palette");
  if (!palette) return;
  event.preventDefault();
  if (palette.open) palette.close();
  else palette.showModal();
});
