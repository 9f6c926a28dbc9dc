// <filter-sheet> opens the filters of a phone as a sheet from below. On a wider screen, and without scripts, they unfold
// where they stand: there the dialog is part of the page, and with scripts Escape and a press beside it fold it away.
const NARROW = matchMedia("(width < 40rem)");

class FilterSheet extends HTMLElement {
  connectedCallback() {
    [this.fold, this.sheet, this.head] = ["details", "dialog", "summary"].map((name) => this.querySelector(name));
    this.head.addEventListener("click", (event) => this.#open(event));
    this.sheet.addEventListener("close", () => this.#closed());
    this.sheet.querySelector("[data-close]").addEventListener("click", () => this.sheet.close());
    const { signal } = (this.gone = new AbortController());
    NARROW.addEventListener("change", () => this.#isModal() && this.sheet.close(), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#fold() && this.head.focus(), { signal });
    document.addEventListener("pointerdown", (event) => this.contains(event.target) || this.#fold(), { signal });
    this.closest("live-part")?.addEventListener("htmx:before:swap", (event) => this.#hold(event), { signal });
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  #isModal() {
    return this.sheet.matches(":modal");
  }

  #fold() {
    if (NARROW.matches || !this.fold.open) return false;
    this.fold.open = false;
    return true;
  }

  // What is folded away shows nothing, not even above the page.
  #open(event) {
    if (!NARROW.matches) return;
    event.preventDefault();
    this.fold.open = true;
    this.sheet.open = false;
    // As a part of the page it must not be closed by a click beside it.
    this.sheet.setAttribute("closedby", "any");
    this.sheet.showModal();
  }

  #closed() {
    this.fold.open = false;
    this.sheet.removeAttribute("closedby");
    this.sheet.open = true;
    this.head.focus();
    if (this.missed) document.dispatchEvent(new CustomEvent("live:reset", { detail: {} }));
    this.missed = false;
  }

  // News of the list would take the sheet away from under the hands: it comes when the sheet is closed.
  #hold(event) {
    if (!this.#isModal()) return;
    event.preventDefault();
    this.missed = true;
  }
}

customElements.define("filter-sheet", FilterSheet);
