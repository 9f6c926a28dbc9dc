// <form-logic data-here="PAGE"> stands in a form around its questions and a block of JSON: {fields, steps}.
class FormLogic extends (globalThis.HTMLElement ?? Object) {
  // Where a part of the page is put anew, its children follow after it.
  connectedCallback() {
    queueMicrotask(() => this.isConnected && this.#start());
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  #start() {
    const { fields, steps, says } = JSON.parse(this.querySelector("script[type='application/json']").textContent);
    this.listening = new AbortController();
    const { signal } = this.listening;
    Object.assign(this, { fields, steps, says, logic: new Logic(fields), form: this.closest("form") });
    for (const event of ["input", "change"]) this.form.addEventListener(event, () => this.#decide(), { signal });
    addEventListener("pageshow", () => this.#decide(), { signal });
    this.#decide();
  }

  #decide() {
    const prefix = this.dataset.prefix ?? "";
    const sent = [...new FormData(this.form)].filter(([name]) => name.startsWith(prefix));
    const pairs = sent.map(([name, value]) => [name.slice(prefix.length), named(value)]);
    const fates = this.logic.decide(answersOf(this.fields, pairs));
    for (const asked of this.querySelectorAll("[data-field]")) this.#apply(asked, fates.get(asked.dataset.field));
    this.#count(this.steps.map((keys) => keys.some((key) => fates.get(key).shown)));
  }

  #apply(asked, { shown, required }) {
    asked.toggleAttribute("data-off", !shown);
    asked.toggleAttribute("data-required", required);
    if (!asked.hasAttribute("data-requirable")) return;
    asked.querySelector("[role=radiogroup]")?.setAttribute("aria-required", required);
    for (const input of asked.querySelectorAll("input:not([type=checkbox]), .tick__box, select, textarea")) {
      if (!input.name.endsWith(".other")) input.required = required;
    }
  }

  // How far one has come, and whether another page follows.
  #count(shown) {
    const here = Number(this.dataset.here);
    const [count, place] = [shown.filter(Boolean).length, shown.slice(0, here + 1).filter(Boolean).length];
    const bar = this.form.querySelector(".paper__progress[data-steps]");
    if (!bar) return;
    bar.toggleAttribute("data-off", count < 2);
    Object.assign(bar.querySelector("progress"), { max: count, value: place });
    const { page, next, send } = this.says;
    bar.querySelector(".progress__label").textContent = page.replace("{here}", place).replace("{count}", count);
    const [on, follows] = [this.form.querySelector("[data-on]"), shown.slice(here + 1).some(Boolean)];
    on.querySelector(".button__label").textContent = follows ? next : send;
    on.querySelector(".icon")?.toggleAttribute("hidden", !follows);
  }
}
globalThis.customElements?.define("form-logic", FormLogic);
