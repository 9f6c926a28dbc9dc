const TYPING = "input:not([type=checkbox], [type=radio]), textarea";

// Ctrl-Z and Ctrl-Shift-Z take changes to the form back and make them again; what is being written in an input
// is the browser's own.
class UndoKeys {
  #written;
  constructor(builder) {
    this.builder = builder;
    document.addEventListener("focusin", ({ target }) => { this.#written = target.value; });
    document.addEventListener("keydown", (event) => this.#press(event));
    const keys = document.getElementById("builder-keys");
    document.querySelector("#keys .keys-list")?.append(keys.content.cloneNode(true));
  }

  #press(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey;
    if (!back && key !== "y" && !(key === "z" && event.shiftKey)) return;
    if (document.querySelector("dialog:modal")) return;
    if (event.target.matches(TYPING) && event.target.value !== this.#written) return;
    event.preventDefault();
    this.#go(back ? "undo" : "redo");
  }

  async #go(id) {
    const held = document.activeElement?.id;
    if (!await this.builder.autosave.settled()) return;
    document.getElementById(id)?.click();
    if (!held) return;
    const back = () => document.activeElement === document.body && document.getElementById(held)?.focus();
    document.addEventListener("htmx:after:swap", back, { once: true });
  }
}
