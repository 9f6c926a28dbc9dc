// <submission-drawer> shows a row's submission beside the list; without it, or on a phone, the row's link
// leads to its page. Escape closes it, and the focus goes back to the row.
const wide = matchMedia("(width >= 64rem)");
const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

class SubmissionDrawer extends HTMLElement {
  connectedCallback() {
    this.body = this.querySelector(".drawer__body");
    this.querySelector(".drawer__close").addEventListener("click", () => this.#close());
    this.press = (event) => this.#press(event);
    this.key = (event) => { if (event.key === "Escape" && !this.hidden) this.#close(); };
    document.addEventListener("click", this.press, true);
    document.addEventListener("keydown", this.key);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.press, true);
    document.removeEventListener("keydown", this.key);
  }

  #press(event) {
    const row = event.target.closest?.("#submissions .table__link");
    const step = this.contains(event.target) && event.target.closest("a[data-hotkey]");
    if (!(row || step) || !plain(event) || !wide.matches) return;
    event.preventDefault();
    this.#open((row || step).href, row);
  }

  async #open(address, row) {
    if (row) this.from = row;
    await window.htmx.ajax("GET", address, { target: this.body, swap: "innerHTML" });
    const opened = this.hidden;
    this.hidden = false;
    document.documentElement.classList.add("has-drawer");
    this.#mark(address);
    if (opened) this.focus();
  }

  // The row that is shown is marked in the list, however one came to it.
  #mark(address) {
    const path = new URL(address, location).pathname;
    for (const link of document.querySelectorAll("#submissions .table__link")) {
      const here = new URL(link.href).pathname === path;
      link.closest("tr").classList.toggle("table__shown", here);
      if (here) this.from = link;
    }
  }

  #close() {
    this.hidden = true;
    this.body.replaceChildren();
    document.documentElement.classList.remove("has-drawer");
    for (const row of document.querySelectorAll(".table__shown")) row.classList.remove("table__shown");
    this.from?.focus();
  }
}

customElements.define("submission-drawer", SubmissionDrawer);
