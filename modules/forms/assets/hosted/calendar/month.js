// One month as a grid of days, of which one has the focus.
const element = (tag, attributes = {}, ...inner) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...inner);
  return made;
};

class MonthGrid {
  constructor(words) {
    this.words = words;
    this.title = element("h2", { id: "calendar-month", class: "calendar__month", "aria-live": "polite" });
    this.body = element("tbody");
    this.table = element("table", { role: "grid", class: "calendar__days", "aria-labelledby": this.title.id }, this.#head(), this.body);
  }

  #head() {
    const start = daysAfter("2026-06-01", -this.words.place("2026-06-01"));
    const days = [...Array(7).keys()].map((step) => daysAfter(start, step));
    const cells = days.map((day) => element("th", { scope: "col", abbr: this.words.weekday(day) }, this.words.initial(day)));
    return element("thead", {}, element("tr", {}, ...cells));
  }

  draw(focus, { chosen, min, max }) {
    this.title.textContent = this.words.month(focus);
    const first = `${focus.slice(0, 8)}01`;
    const blank = Array.from({ length: this.words.place(first) }, () => element("td"));
    const days = [];
    for (let day = first; day.startsWith(focus.slice(0, 8)); day = daysAfter(day, 1)) {
      days.push(this.#cell(day, { focus, chosen, min, max }));
      if (day === LAST_DAY) break;
    }
    const cells = [...blank, ...days];
    while (cells.length % 7) cells.push(element("td"));
    const rows = Array.from({ length: cells.length / 7 }, (_, row) => element("tr", {}, ...cells.slice(row * 7, row * 7 + 7)));
    this.body.replaceChildren(...rows);
  }

  #cell(day, { focus, chosen, min, max }) {
    return element("td", {
      "data-day": day,
      tabindex: day === focus ? "0" : "-1",
      "aria-label": this.words.whole(day),
      "aria-selected": String(day === chosen),
      "aria-disabled": day < min || day > max ? "true" : null,
      "aria-current": day === today() ? "date" : null,
    }, String(Number(day.slice(8))));
  }

  focus() {
    this.body.querySelector('[tabindex="0"]').focus();
  }
}
