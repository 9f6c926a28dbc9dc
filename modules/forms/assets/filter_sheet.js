// <filter-sheet> opens the filters of a phone as a sheet from below. On a wider screen, and without scripts, they unfold
// where they stand: there the dialog is part of the page.
const NARROW = matchMedia("(width < 40rem)");

class FilterSheet extends HTMLElement {
  // A morph puts it in before what it holds.
  connectedCallback() { queueMicrotask(() => this.isConnected && this.#start()); }
  disconnectedCallback() { this.gone?.abort(); }

  #start() {
    [this.fold, this.sheet, this.head] = ["details", "dialog", "summary"].map((name) => this.querySelector(name));
    this.gone?.abort();
    this.gone = new AbortController();
    const on = (target, name, act) => target?.addEventListener(name, act, { signal: this.gone.signal });
    on(this.head, "click", (event) => this.#open(event));
    on(this.sheet, "close", () => this.#closed());
    on(this.fold, "toggle", () => this.#catchUp());
    on(this.sheet.querySelector("[data-close]"), "click", () => this.sheet.close());
    on(NARROW, "change", () => this.sheet.matches(":modal") && this.sheet.close());
    on(this.closest("live-part"), "htmx:before:swap", (event) => this.#hold(event));
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
  }

  // News of the list would take the filters away from under the hands: it comes when they are folded away.
  #hold(event) {
    if (!this.fold.open) return;
    event.preventDefault();
    this.missed = true;
  }

  #catchUp() {
    if (this.missed && !this.fold.open) document.dispatchEvent(new CustomEvent("live:reset", { detail: {} }));
    this.missed &&= this.fold.open;
  }
}

customElements.define("filter-sheet", FilterSheet);
