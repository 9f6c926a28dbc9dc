// <form-upload data-address="…"> sends files as soon as they are chosen; their form waits for them and only names them.
class FormUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.files = new RestoredFiles(this.form, this.dataset, () => this.#settle());
    for (const input of this.form.querySelectorAll("input[type=file]")) input.addEventListener("change", () => this.files.choose(input));
    this.form.addEventListener("submit", (event) => this.#hold(event));
    this.files.restore();
  }

  #find(...states) {
    return [...this.files.rows].find((row) => row.is(...states));
  }

  // Logic may ask whether there is a file, and somebody may wait for the last one.
  #settle() {
    this.form.dispatchEvent(new Event("change"));
    if (!this.waits || this.#find("going", "paused")) return;
    const { submitter } = this.waits;
    this.waits = undefined;
    this.hidden = true;
    this.form.requestSubmit(submitter);
  }

  #hold(event) {
    const wrong = this.#find("half", "refused", "gone");
    const waits = this.#find("going", "paused");
    if (event.defaultPrevented || !(wrong || waits) || event.submitter?.name === "_back") return;
    event.preventDefault();
    if (wrong) return wrong.focus();
    this.waits = event;
    this.hidden = false;
    this.files.say(this.querySelector("p").textContent);
  }
}
customElements.define("form-upload", FormUpload);
