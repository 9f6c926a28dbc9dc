// <form-upload> sends files so that one sees how far they are and can call them off; what breaks off is sent again
// at a press, under the same key, and the page keeps all that was chosen and written.
class FormUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("submit", (event) => {
      const chosen = [...this.form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
      if (!chosen || event.defaultPrevented) return;
      event.preventDefault();
      this.#send(event.submitter);
    });
    this.querySelector("[data-cancel]").addEventListener("click", () => this.request.abort());
    this.querySelector("[data-again]").addEventListener("click", () => this.form.requestSubmit(this.submitter));
  }

  #send(submitter) {
    this.submitter = submitter;
    const request = (this.request = new XMLHttpRequest());
    request.upload.addEventListener("progress", ({ loaded, total }) => this.#tell(Math.floor((loaded / total) * 100)));
    request.addEventListener("load", () => this.#arrive(request));
    request.addEventListener("error", () => this.#show("broken"));
    request.addEventListener("abort", () => this.#show("nothing"));
    request.open("POST", this.form.action);
    request.setRequestHeader("accept", "text/html");
    request.send(new FormData(this.form, submitter));
    this.#show("sending");
    this.#tell(0);
  }

  #show(state) {
    this.hidden = state === "nothing";
    for (const part of this.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
    for (const button of this.form.querySelectorAll("[type=submit]")) button.disabled = state === "sending";
  }

  #tell(percent) {
    const bar = this.querySelector("progress");
    bar.value = percent;
    this.querySelector(".progress__label").textContent = this.dataset.says.replace("{percent}", percent);
  }

  // Onwards where it is stored; else the page that says what is wrong, or the next one, takes this one's place.
  #arrive({ responseURL, responseText }) {
    if (new URL(responseURL).pathname.endsWith("/thanks")) return location.assign(responseURL);
    const page = new DOMParser().parseFromString(responseText, "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    scrollTo(0, 0);
    document.querySelector(".error-summary")?.focus();
  }
}
customElements.define("form-upload", FormUpload);
