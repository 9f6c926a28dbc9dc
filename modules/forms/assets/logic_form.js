// Shows, hides and requires questions at once, as the server does when the page is sent.
/** What a browser would send, as answers by key: the server reads it in the same way. */
export function answersOf(fields, pairs) {
  const all = (name) => pairs.filter(([key]) => key === name).map(([, value]) => value);
  const own = (field) => trim(all(`${field.key}.other`).at(-1) ?? "");
  const answer = (field) => {
    const sent = all(field.key);
    const picked = sent.filter((value) => value !== "");
    if (field.type === "file") return picked;
    if (field.type !== "choices") return field.other && sent.at(-1) === OTHER ? own(field) : sent.at(-1);
    if (!field.other || !picked.includes(OTHER)) return picked;
    return own(field) ? [...picked.filter((value) => value !== OTHER), own(field)] : [];
  };
  return Object.fromEntries(fields.map((field) => [field.key, answer(field)]));
}

const named = (value) => (typeof value === "string" ? value : value.name);
// <form-logic data-here="PAGE"> stands in a form around its questions and a block of JSON: {fields, steps}.
class FormLogic extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    const { fields, steps, says } = JSON.parse(this.querySelector("script[type='application/json']").textContent);
    Object.assign(this, { fields, steps, says, logic: new Logic(fields), form: this.closest("form") });
    for (const event of ["input", "change"]) this.form.addEventListener(event, () => this.#decide());
    addEventListener("pageshow", () => this.#decide());
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
    const bar = this.form.querySelector("[data-steps]");
    if (!bar) return;
    bar.toggleAttribute("data-off", count < 2);
    Object.assign(bar.querySelector("progress"), { max: count, value: place });
    const { page, next, send } = this.says;
    bar.querySelector(".progress__label").textContent = page.replace("{here}", place).replace("{count}", count);
    this.form.querySelector("[data-on]").textContent = shown.slice(here + 1).some(Boolean) ? next : send;
  }
}
globalThis.customElements?.define("form-logic", FormLogic);
