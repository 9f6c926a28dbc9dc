const PAUSE = 700;
const RETRY = 5000;

// Sends forms that save themselves, one after the other: each needs the revision that the last one led to.
// `send` gives "saved", "refused" or "offline" for a form.
class Saver {
  #waiting = new Set(); #refused = new Set(); #timer; #running; #offline = false;
  constructor({ send, tell }) {
    Object.assign(this, { send, tell });
    addEventListener("online", () => this.#waiting.size && this.flush());
  }

  changed(form) {
    this.#refused.delete(form);
    this.#waiting.add(form);
    this.tell("saving");
    this.#after(PAUSE);
  }

  waits = (form) => this.#waiting.has(form);

  /** What is not saved, for whatever reason. */
  get rest() {
    return [...this.#waiting, ...this.#refused].filter((form) => form.isConnected);
  }

  /** Whether something could not be saved, not only has not been yet. */
  get stuck() { return this.rest.length > 0 && (this.#offline || this.#refused.size > 0); }

  forget() { for (const forms of [this.#waiting, this.#refused]) forms.clear(); }

  /** Saves what waits, at once; whether everything is saved then. */
  flush() {
    clearTimeout(this.#timer);
    this.#running ??= this.#all().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #all() {
    let any = false;
    for (let [form] = this.#waiting; form; [form] = this.#waiting) {
      this.#waiting.delete(form);
      any = true;
      const outcome = await this.send(form);
      this.#offline = outcome === "offline";
      if (outcome === "refused") this.#refused.add(form);
      if (this.#offline) this.#waiting.add(form);
      if (this.#offline) break;
    }
    if (this.#offline) this.#after(RETRY);
    if (any) this.tell(this.#offline ? "offline" : this.rest.length ? "refused" : "saved");
    return !this.rest.length;
  }

  #after(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), time);
  }
}
