// <form-sent> stands on the page after sending: what was kept of the answers is not needed any more.
customElements.define("form-sent", class extends HTMLElement {
  connectedCallback() {
    try {
      for (const kind of ["draft", "uploads"]) localStorage.removeItem(`${kind}:${this.dataset.form}`);
    } catch { /* There is no store. */ }
  }
});
