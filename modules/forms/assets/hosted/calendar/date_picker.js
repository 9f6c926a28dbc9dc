// <date-picker data-says='{…}'> gives each date of its form a calendar of the page's own. The input stays what it is: one
// can type into it, and where one points with a finger the device's own calendar is left alone.
class DatePicker extends HTMLElement {
  connectedCallback() {
    if (matchMedia("(pointer: coarse)").matches) return;
    this.says = JSON.parse(this.dataset.says);
    this.words = new DayWords(document.documentElement.lang);
    for (const input of this.closest("form").querySelectorAll("input[type=date]")) this.#dress(input);
  }

  #dress(input) {
    const button = element("button", { type: "button", class: "date__button" });
    const box = element("div", { class: "date" }, button);
    const focused = input === document.activeElement;
    input.replaceWith(box);
    box.prepend(input);
    if (focused) input.focus();
    button.addEventListener("click", () => this.#open(input, button));
    input.addEventListener("change", () => this.#name(input, button));
    input.addEventListener("keydown", (event) => {
      const { key, altKey } = event;
      if (key !== "F4" && key !== " " && !(altKey && key === "ArrowDown")) return;
      event.preventDefault();
      this.#open(input, button);
    });
    this.#name(input, button);
  }

  // What it opens, of which question, and what is chosen.
  #name(input, button) {
    const question = input.labels[0]?.firstChild?.textContent.trim();
    const parts = [this.says.choose, question, input.value && this.words.whole(input.value)];
    button.setAttribute("aria-label", parts.filter(Boolean).join(", "));
  }

  #open(input, button) {
    this.calendar ??= this.#calendar();
    const done = (day) => {
      input.value = day;
      for (const event of ["input", "change"]) input.dispatchEvent(new Event(event, { bubbles: true }));
      button.focus();
    };
    this.calendar.open(input, done);
  }

  #calendar() {
    const calendar = new CalendarDialog(this.words, this.says);
    this.append(calendar.dialog);
    return calendar;
  }
}
customElements.define("date-picker", DatePicker);
