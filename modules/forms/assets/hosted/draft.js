// <form-draft> keeps what is written in the browser's own store until it has been sent: over a reload, a lost
// connection, a closed window. Never files, never what the address says, and nothing older than a month.
const MONTH = 30 * 24 * 3600 * 1000;

class FormDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.place = `draft:${this.dataset.form}`;
    this.fixed = new Set(["_page", "_invited", "_visit", ...this.dataset.fixed.split(" ")]);
    const kept = this.#read();
    const written = kept?.some(([name]) => !name.startsWith("_"));
    if (written && this.hasAttribute("data-fresh")) this.#restore(kept);
    for (const event of ["input", "change"]) this.form.addEventListener(event, () => this.#keep());
    this.querySelector("button").addEventListener("click", () => this.#forget());
    if (!this.hasAttribute("data-fresh")) this.#keep();
  }

  #read() {
    try {
      const { at, pairs } = JSON.parse(localStorage.getItem(this.place));
      if (Date.now() - at < MONTH) return pairs;
      localStorage.removeItem(this.place);
    } catch { /* Nothing kept, or no store to keep it in. */ }
  }

  #keep() {
    const written = ([name, value]) => typeof value === "string" && value !== "" && !this.fixed.has(name);
    const pairs = [...new FormData(this.form)].filter(written);
    try {
      localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), pairs }));
      this.querySelector("[data-kept]").hidden = false;
    } catch { /* A full store, or none: then it is as without this script. */ }
  }

  // What other pages of the form have goes along unseen, as the server itself does it.
  #restore(pairs) {
    const names = new Set(pairs.map(([name]) => name).filter((name) => !this.fixed.has(name)));
    for (const name of names) {
      const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
      const inputs = [...this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((it) => it.type !== "file");
      if (name !== "_key" && inputs.every((input) => input.type === "hidden")) {
        for (const input of inputs) input.remove();
        for (const value of values) this.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
      for (const input of inputs) {
        if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value);
        else input.value = values[0];
      }
    }
    this.querySelector("[data-back]").hidden = false;
    this.form.dispatchEvent(new Event("change"));
  }

  #forget() {
    for (const kind of ["draft", "uploads"]) localStorage.removeItem(`${kind}:${this.dataset.form}`);
    location.replace(location.pathname + location.search);
  }
}
customElements.define("form-draft", FormDraft);
