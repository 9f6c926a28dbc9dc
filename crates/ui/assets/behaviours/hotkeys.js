// Keys named by data-hotkey: "g f" presses a link, "/" focuses a box; "?" lists them all. Keys that nothing has are told as
// key:free.
const PAUSE = 900;

class Hotkeys {
  #typed = [];
  #at = 0;

  press(key, now) {
    if (now - this.#at > PAUSE) this.#typed = [];
    this.#at = now;
    this.#typed = [...this.#typed, key].slice(-2);
    const sequence = this.#typed.join(" ");
    const target = this.#find(sequence) ?? this.#find(key);
    if (target) this.#typed = [];
    return target;
  }

  #find(keys) {
    return document.querySelector(`[data-hotkey="${CSS.escape(keys)}"]`);
  }
}

const hotkeys = new Hotkeys();
const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.documentElement.dataset.keys === "off") return;
  if (typing(event.target) || document.querySelector("dialog:modal")) return;
  if (event.key === "?") {
    document.getElementById("keys")?.showModal();
    event.preventDefault();
    return;
  }
  const target = hotkeys.press(event.key, event.timeStamp);
  const free = new CustomEvent("key:free", { cancelable: true, detail: event.key });
  if (target || !document.dispatchEvent(free)) event.preventDefault();
  if (!target) return;
  if (typing(target)) target.focus();
  else target.click();
});

// Escape leaves a search box, so that the next key is a command again.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("input[type=search]")) event.target.blur();
});
