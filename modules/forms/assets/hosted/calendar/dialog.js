// The calendar above the page, worked by keys as the pattern of a date picker has it
// (https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/).
class CalendarDialog {
  constructor(words, says) {
    this.grid = new MonthGrid(words);
    const [back, left, right, on] = STEPS.map(([step, name]) => this.#step(step, says[name]));
    const head = element("div", { class: "calendar__head" }, back, left, this.grid.title, right, on);
    const close = element("button", { type: "button", class: "button", "data-size": "small" }, says.close);
    const foot = element("div", { class: "calendar__foot" }, element("p", {}, says.keys), close);
    const inner = element("div", { class: "calendar__sheet" }, head, this.grid.table, foot);
    this.dialog = element("dialog", { class: "calendar", "aria-label": says.choose }, inner);
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => this.#press(event));
    this.grid.table.addEventListener("keydown", (event) => this.#key(event));
  }

  #step(step, label) {
    const button = element("button", { type: "button", class: "calendar__step", "data-step": step, "aria-label": label, title: label });
    button.addEventListener("click", () => this.#go(monthsAfter(this.day, step)));
    return button;
  }

  /** `done` takes the day. */
  open(input, done) {
    Object.assign(this, { min: input.min || FIRST_DAY, max: input.max || LAST_DAY, chosen: input.value, done });
    this.#go(input.value || today());
    this.dialog.showModal();
    placeUnder(this.dialog, input);
    this.grid.focus();
  }

  #go(day) {
    this.day = day < this.min ? this.min : day > this.max ? this.max : day;
    this.grid.draw(this.day, this);
  }

  // What is no part of its sheet lies behind it.
  #press({ target }) {
    if (target === this.dialog) this.dialog.close();
    const day = target.closest("[data-day]");
    if (day && day.ariaDisabled !== "true") this.#choose(day.dataset.day);
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const day = ledBy(event, this.day, this.grid.words, isReversed(this.dialog));
    const chooses = ["Enter", " "].includes(event.key);
    if (!day && !chooses) return;
    event.preventDefault();
    if (chooses) return this.#choose(this.day);
    this.#go(day);
    this.grid.focus();
  }

  #choose(day) {
    this.dialog.close();
    this.done(day);
  }
}
