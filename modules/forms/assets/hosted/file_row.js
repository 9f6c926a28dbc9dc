// A file that was chosen, as one sees it: its name, how far it is, and a way to take it out.
class FileRow {
  constructor(template, input, entry, remove) {
    this.element = template.content.firstElementChild.cloneNode(true);
    Object.assign(this, { input, entry });
    this.#at(".upload__name").textContent = entry.name;
    this.#at("progress").setAttribute("aria-label", entry.name);
    this.#at("[data-drop]").setAttribute("aria-label", remove.replace("{name}", entry.name));
    this.#list().append(this.element);
    this.part(0);
  }

  get id() {
    return this.entry.at?.split("/").pop();
  }

  is(...states) {
    return states.includes(this.element.dataset.state);
  }

  onDrop(drop) {
    this.#at("[data-drop]").addEventListener("click", drop);
  }

  /** How much of it has come. */
  part(share) {
    const language = document.documentElement.lang;
    const percent = new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(share * 100) / 100);
    this.#at("progress").value = share;
    this.show("going", `${percent} · ${bytes(this.entry.size, language)}`);
  }

  show(state, text) {
    this.element.dataset.state = state;
    this.#at("progress").hidden = !["going", "paused", "half"].includes(state);
    this.#at(".upload__state").textContent = text;
  }

  /** The answer that its form sends for it. */
  answer() {
    const { field: name } = this.entry;
    this.element.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: this.id }));
  }

  focus() {
    this.#at("[data-drop]").focus();
  }

  #at(selector) {
    return this.element.querySelector(selector);
  }

  // Below what is said of the question.
  #list() {
    const field = this.input.closest(".field");
    if (!field.querySelector(".uploads")) field.append(Object.assign(document.createElement("ul"), { className: "uploads" }));
    return field.querySelector(".uploads");
  }
}
