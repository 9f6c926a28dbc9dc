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

customElements.define("live-count", LiveCount);
