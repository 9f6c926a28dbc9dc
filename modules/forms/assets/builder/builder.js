// <form-builder> lets no change pass another: what is typed is saved first.
class FormBuilder extends HTMLElement {
  connectedCallback() {
    this.autosave = new Autosave((address, values) => this.change(address, values));
    this.addEventListener("input", ({ target }) => this.autosave.typed(target));
    this.addEventListener("change", ({ target }) => target.matches("[data-sends]") && target.form.requestSubmit());
    this.addEventListener("focusout", ({ target }) => this.autosave.left(target));
    this.addEventListener("sort:done", ({ detail }) => this.#moved(detail));
    addEventListener("submit", (event) => this.#hold(event), true);
    document.addEventListener("htmx:config:request", ({ detail }) => this.#config(detail.ctx.request));
    document.addEventListener("htmx:before:morph:node", (event) => event.detail.oldNode.matches?.("form-preview") && event.preventDefault());
    document.addEventListener("htmx:after:swap", ({ detail }) => {
      this.autosave.tell();
      arrive(this, detail.ctx);
      document.dispatchEvent(new Event("builder:changed"));
    });
  }

  /** Sends a change that no form on the page stands for. */
  async change(address, values = {}) {
    const { csrf_token: { value: csrf_token }, revision: { value: revision } } = this.querySelector("form[data-autosave]").elements;
    await htmx.ajax("POST", address, { source: this, target: "#form-editor", swap: "outerMorph", values: { csrf_token, revision, ...values } });
  }

  async #moved({ item, at }) {
    if (!item.dataset.key) return;
    if (await this.autosave.settled()) this.change(`${item.dataset.address}/position`, { place: at + 1 });
  }

  // The server shows the field that is open here.
  #config({ body }) {
    const open = this.querySelector(".field-panel")?.closest("li").dataset.key;
    if (open && body?.has?.("revision") && !body.has("open")) body.set("open", open);
  }

  #hold(event) {
    const { target: form, submitter } = event;
    if (!this.contains(form) && !form.closest("#toasts")) return;
    const itself = form.matches("[data-autosave]");
    if (!itself && !this.autosave.saver.rest.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (itself) this.autosave.saver.changed(form);
    this.autosave.settled().then((free) => free && !itself && form.requestSubmit(submitter));
  }
}
