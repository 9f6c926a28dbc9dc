const STATES = { saving: "Saving…", saved: "Saved", offline: "Not saved: offline, will try again", refused: "Not saved" };
const QUESTION = "Some of what you changed could not be saved and would be lost. Go on all the same?";

// What is typed into the builder's own forms is saved, and the bar says how that stands.
class Autosave {
  #state = ""; #reason;
  constructor(change) {
    this.change = change;
    this.saver = new Saver({ send: (form) => this.#send(form), tell: (state) => this.tell(state) });
    document.addEventListener("visibilitychange", () => document.hidden && this.saver.flush());
    addEventListener("beforeunload", (event) => {
      if (this.saver.stuck) event.preventDefault();
      else this.saver.flush();
    });
  }

  typed(input) {
    if (input.form?.matches("[data-autosave]") && !input.matches("[data-not-saved]")) this.saver.changed(input.form);
  }

  left(input) {
    if (this.saver.waits(input.form)) this.saver.flush();
  }

  tell(state = this.#state) {
    this.#state = state;
    const output = document.getElementById("save-state");
    const text = [STATES[state], state === "refused" && this.#reason].filter(Boolean).join(": ");
    if (!output || output.textContent === text) return;
    output.textContent = text;
    output.dataset.state = state;
  }

  /** Whether all is saved, or may be lost. */
  async settled() {
    if (await this.saver.flush()) return true;
    if (!confirm(QUESTION)) return false;
    this.saver.forget();
    return true;
  }

  async #send(form) {
    const sent = new FormData(form);
    const body = new URLSearchParams(sent);
    const response = await post(form, body).catch(() => null);
    if (!response || response.status >= 500 || response.status === 429) return "offline";
    if (response.status === 401) location.reload();
    const page = parsed(await response.text());
    this.#reason = complain(form, response.ok ? null : page);
    // Shown as it stands by now, with what was typed.
    if (response.status === 409) await this.change(form.action, Object.fromEntries(body));
    if (!response.ok) return "refused";
    settle(form, sent);
    follow(page);
    document.dispatchEvent(new Event("builder:changed"));
    return "saved";
  }
}
