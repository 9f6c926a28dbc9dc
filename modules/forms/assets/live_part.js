/** The events of the page's stream that an element waits for. */
const named = (element) => [...(element.dataset.hxTrigger ?? "").matchAll(/live:[\w.]+/g)].map(([name]) => name);

// <live-part data-subject="frm_…" data-hx-trigger="live:submission.received …"> hears the page's
// event stream, but only what is about its subject; htmx then asks for the part again.
class LivePart extends HTMLElement {
  connectedCallback() {
    this.hear = (event) => this.#pass(event);
    this.names = named(this);
    for (const name of this.names) document.addEventListener(name, this.hear);
    this.addEventListener("htmx:before:swap", () => { this.known = new Set(this.#rows().map((row) => row.id)); });
    this.addEventListener("htmx:after:swap", () => this.#greet());
  }

  disconnectedCallback() {
    for (const name of this.names) document.removeEventListener(name, this.hear);
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

// <live-count data-subject data-hx-trigger="live:…" data-figure="…"> keeps a figure as the events
// tell it; htmx itself has nothing to do here.
class LiveCount extends HTMLElement {
  connectedCallback() {
    this.hear = ({ detail }) => {
      const figure = detail.payload?.[this.dataset.figure];
      if (detail.subject !== this.dataset.subject || !Number.isFinite(figure)) return;
      this.firstElementChild.textContent = figure.toLocaleString(document.documentElement.lang);
    };
    this.names = named(this);
    for (const name of this.names) document.addEventListener(name, this.hear);
  }

  disconnectedCallback() {
    for (const name of this.names) document.removeEventListener(name, this.hear);
  }
}

customElements.define("live-part", LivePart);
customElements.define("live-count", LiveCount);
