// Shows a moment that was rendered in UTC, because nobody has said for which zone it was meant, in the reader's own
// zone, and says so beside it.
customElements.define("local-moment", class extends HTMLElement {
  connectedCallback() {
    const moment = this.querySelector("input[type=datetime-local]");
    const zone = this.querySelector("input[name=zone]");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!this.hasAttribute("data-guess") || !moment || !zone || !own) return;
    zone.value = own;
    if (!moment.value) return;
    const at = new Date(`${moment.value}Z`);
    const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
    moment.value = moment.defaultValue = local.toISOString().slice(0, 16);
  }
});
