/** The events of the page's stream that an element waits for. */
const named = (element) => [...(element.dataset.hxTrigger ?? "").matchAll(/live:[\w.]+/g)].map(([name]) => name);

// <live-part data-subject="frm_…" data-hx-trigger="live:submission.received …"> hears the page's
// event stream, but only what is about its subject; htmx then asks for the part again.
class LivePart extends HTMLElement {
  static observedAttributes = ["data-hx-trigger"];
  hear = (event) => this.#pass(event);
  names = [];

  connectedCallback() {
    this.#listen(named(this));
    this.addEventListener("htmx:before:swap", () => { this.known = new Set(this.#rows().map((row) => row.id)); });
    this.addEventListener("htmx:after:swap", () => this.#greet());
  }

  // A morph keeps the element and may change what it waits for.
  attributeChangedCallback() {
    if (this.isConnected) this.#listen(named(this));
  }

  disconnectedCallback() {
    this.#listen([]);
  }

  #listen(names) {
    for (const name of this.names) document.removeEventListener(name, this.hear);
    this.names = names;
    for (const name of names) document.addEventListener(name, this.hear);
  }

  // A reset is about everything.
  #pass({ type, detail }) {
    if (detail.subject && detail.subject !== this.dataset.subject) return;
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #rows() {
    return [...this.querySelectorAll("tr[id]")];
  }

  // What was not there before glows for a moment.
  #greet() {
    if (!this.known?.size) return;
    for (const row of this.#rows()) if (!this.known.has(row.id)) row.classList.add("arrived");
    this.known = null;
  }
}

customElements.define("live-part", LivePart);
