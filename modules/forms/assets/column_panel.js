// <column-panel> puts columns into order without asking the server, and closes by Escape.
const STEPS = { up: -1, down: 1 };

class ColumnPanel extends HTMLElement {
  connectedCallback() {
    this.opener = this.parentElement?.id === "column-panel" ? document.activeElement : null;
    this.querySelector("h2").focus();
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#close(event));
  }

  #press(event) {
    if (event.target.closest("[data-close]")) this.#close(event);
    const button = event.target.closest("button[formaction]");
    if (!button) return;
    event.preventDefault();
    const order = new Order(this.querySelector("ol"), button.closest("li"));
    order.to(order.at + STEPS[button.name]);
    button.focus();
    tellPlace(`${order.taken.querySelector(".field-item__label").textContent}: place ${order.at + 1} of ${order.count}.`);
  }

  // On a page of its own a link leads back.
  #close(event) {
    if (!this.opener) return;
    event.preventDefault();
    this.opener.focus();
    this.remove();
  }
}

customElements.define("field-sorter", FieldSorter);
customElements.define("column-panel", ColumnPanel);
