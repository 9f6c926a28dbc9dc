// Keys named by data-hotkey: "g f" presses a link, "/" focuses a box; "?" lists them all. Where nothing else has them,
// j and k lead from row to row, whose link Enter opens, and x picks the row.
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

class Rows {
  #links = () => [...document.querySelectorAll(".table__link")].filter((link) => link.checkVisibility());
  #row = () => document.activeElement?.closest("tr:has(.table__link)");

  // Whether there was something to do; what lies above the list keeps its keys to itself.
  press(key) {
    if (document.querySelector("[role=dialog]:not([hidden])")) return false;
    if (key === "x") return this.#pick();
    const step = { j: 1, k: -1 }[key];
    const links = this.#links();
    if (!step || !links.length) return false;
    const at = links.indexOf(this.#row()?.querySelector(".table__link"));
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
    return true;
  }

  #pick() {
    const box = this.#row()?.querySelector(".table__pick input");
    box?.click();
    return Boolean(box);
  }
}

const hotkeys = new Hotkeys();
const rows = new Rows();
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
  if (target || rows.press(event.key)) event.preventDefault();
  if (!target) return;
  if (typing(target)) target.focus();
  else target.click();
});

// Escape leaves a search box, so that the next key is a command again.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("input[type=search]")) event.target.blur();
});
