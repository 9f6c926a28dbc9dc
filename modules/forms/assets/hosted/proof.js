// <form-proof> has the browser work a little, from the first letter that is typed on: to one person it is nothing, to
// a program that sends thousands it is dear. Whoever sends before it is done waits for it.
class FormProof extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("input", () => this.#start(), { once: true });
    this.form.addEventListener("submit", (event) => this.#hold(event), true);
  }

  #input(name) {
    return this.form.querySelector(`input[name="${name}"]`);
  }

  // A draft brings its own ticket along, and what was found for it.
  #start() {
    const [, zeros, stamp] = this.#input("_ticket").value.match(/-(\d+)\.(.+)$/) ?? [];
    if (this.work || !Number(zeros) || this.#input("_proof").value) return;
    this.work = new Promise((done) => {
      const worker = new Worker(this.dataset.worker);
      worker.onmessage = ({ data }) => {
        this.#input("_proof").value = data;
        worker.terminate();
        done();
      };
      // Without it the answers still arrive, and someone looks at them.
      worker.onerror = done;
      worker.postMessage({ stamp, zeros: Number(zeros) });
    });
    this.work.then(() => { this.done = true; });
  }

  #hold(event) {
    this.#start();
    if (!this.work || this.done) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.hidden = false;
    if (this.waits) return;
    this.waits = true;
    this.work.then(() => {
      this.hidden = true;
      this.waits = false;
      this.form.requestSubmit(event.submitter);
    });
  }
}
customElements.define("form-proof", FormProof);
