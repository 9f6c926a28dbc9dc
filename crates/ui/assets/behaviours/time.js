// <local-time> says its moment in the reader's zone and language; with data-relative as a distance.
const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const LANG = document.documentElement.lang || undefined;
const WHOLE = new Intl.DateTimeFormat(LANG, { dateStyle: "medium", timeStyle: "short" });
const DISTANCE = new Intl.RelativeTimeFormat(LANG, { numeric: "auto", style: "long" });

function distance(moment, now) {
  const seconds = (moment - now) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? DISTANCE.format(Math.trunc(seconds / unit[1]), unit[0]) : DISTANCE.format(0, "second");
}

class LocalTime extends HTMLElement {
  connectedCallback() {
    LocalTime.all.add(this);
    this.show();
  }

  disconnectedCallback() {
    LocalTime.all.delete(this);
  }

  show() {
    const time = this.querySelector("time");
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) return;
    time.title = WHOLE.format(moment);
    time.textContent = this.hasAttribute("data-relative") ? distance(moment, Date.now()) : time.title;
  }

  static all = new Set();
}

customElements.define("local-time", LocalTime);
const showAll = () => { for (const time of LocalTime.all) time.show(); };
setInterval(showAll, 30000);
// What was morphed says what the server wrote.
document.addEventListener("htmx:after:swap", showAll);
