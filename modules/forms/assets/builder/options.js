// <option-lines> shows a text of one option a line as inputs that can be dragged, written over, added and taken
// away; the text itself is there for pasting many at once.
class OptionLines extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.text = this.querySelector("textarea");
    this.lines = document.getElementById("option-lines").content.firstElementChild.cloneNode(true);
    this.list = this.lines.querySelector("ol");
    document.addEventListener("htmx:after:swap", () => queueMicrotask(() => this.#draw()));
    this.#draw();
    this.text.addEventListener("input", () => this.#draw());
    this.addEventListener("sort:done", (event) => { event.stopPropagation(); this.#write(); });
    this.list.addEventListener("input", () => this.#write());
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
    this.classList.toggle("is-text", this.list.children.length > 60);
  }

  #draw() {
    if (this.writing) return;
    if (!this.lines.isConnected) this.append(this.lines);
    this.list.replaceChildren(...this.text.value.split("\n").filter((line) => line.trim()).map((line) => optionLine(line)));
  }

  #write() {
    const lines = [...this.list.querySelectorAll("input")].map((input) => input.value);
    this.writing = true;
    this.text.value = lines.filter((line) => line.trim()).join("\n");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.writing = false;
  }

  #click(button) {
    if (button?.matches("[data-as-text]")) button.setAttribute("aria-pressed", String(this.classList.toggle("is-text")));
    if (button?.matches("[data-add]")) this.#insert(this.list.lastElementChild);
    if (!button?.matches("[data-remove]")) return;
    button.closest("li").remove();
    this.#write();
  }

  #insert(item) {
    const fresh = optionLine("");
    this.list.insertBefore(fresh, item?.nextElementSibling ?? null);
    fresh.querySelector("input").focus();
  }

  // Enter goes on with the next line, Alt with an arrow moves this one.
  #key(event) {
    const item = event.target.closest("li");
    const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.target.matches("input") || (event.key !== "Enter" && !step)) return;
    event.preventDefault();
    if (!step) return this.#insert(item);
    const order = new Order(this.list, item);
    order.to(order.at + step);
    this.#write();
  }
}
