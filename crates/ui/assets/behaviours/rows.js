// Where nothing else has these keys, j and k lead from row to row of a list, whose link Enter opens, and x picks the row.
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

const rows = new Rows();
document.addEventListener("key:free", (event) => rows.press(event.detail) && event.preventDefault());
