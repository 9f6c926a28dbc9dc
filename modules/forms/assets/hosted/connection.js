// <form-connection> holds back what is sent without a connection, and sends it once there is one again. The form
// carries a key, by which the server knows what it has already: it is stored once, however often it is sent.
const PAUSES = [500, 1000, 2000, 4000, 8000];

class FormConnection extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#wait(event.submitter);
    }, true);
  }

  #wait(submitter) {
    this.hidden = false;
    if (this.waits) return;
    this.waits = true;
    addEventListener("online", () => this.#send(submitter, 0), { once: true });
  }

  // A network that has just come back may not lead anywhere yet.
  async #send(submitter, tries) {
    const there = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (there && there.status < 500) {
      this.hidden = true;
      this.waits = false;
      return this.form.requestSubmit(submitter);
    }
    setTimeout(() => this.#send(submitter, tries + 1), PAUSES[Math.min(tries, PAUSES.length - 1)]);
  }
}
customElements.define("form-connection", FormConnection);
