// Names of months and weekdays in the page's language, in the reader's own kind of it when the browser says one.
class DayWords {
  constructor(language) {
    const [base] = language.split("-");
    this.locale = navigator.languages.find((it) => it.split("-")[0] === base) ?? language;
    const locale = new Intl.Locale(this.locale);
    this.first = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
    this.whole = this.#format({ dateStyle: "full" });
    this.month = this.#format({ month: "long", year: "numeric" });
    this.weekday = this.#format({ weekday: "long" });
    this.short = this.#format({ weekday: "short" });
    this.narrow = this.#format({ weekday: "narrow" });
  }

  // Figures as the inputs of the page have them.
  #format(options) {
    const format = new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn", ...options });
    return (day) => format.format(dateOf(day));
  }

  // From 0, where the week begins.
  place(day) {
    return (dateOf(day).getUTCDay() - this.first + 7) % 7;
  }

  initial(day) {
    const short = this.short(day);
    return short.length > 4 ? this.narrow(day) : short;
  }
}
