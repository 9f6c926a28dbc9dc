const tellPlace = (text) => { document.getElementById("sort-told").textContent = text; };

// <field-sorter> puts the items of its list into another order by their handles; "sort:done" says so.
class FieldSorter extends HTMLElement {
  connectedCallback() {
    this.drag = new Drag({
      begin: () => this.#take(),
      move: (event) => this.order.under(event.clientY),
      drop: () => this.#drop(),
      cancel: () => { this.order.back(); this.#drop(); },
    });
    this.grab = new Grab({
      list: () => this.list,
      name: (item) => item.querySelector(".field-item__label")?.textContent ?? item.querySelector("input").value,
      tell: tellPlace,
      done: (order) => this.#done(order),
    });
    this.addEventListener("pointerdown", (event) => {
      this.taken = this.#item(event.target);
      if (this.taken) this.drag.start(event);
    });
    this.addEventListener("keydown", (event) => {
      const item = this.#item(event.target);
      if (!item || event.ctrlKey || event.metaKey || !this.grab.press(event.key, item)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.addEventListener("focusout", () => setTimeout(() => {
      if (!this.contains(document.activeElement)) this.grab.putBack();
    }));
  }

  get list() {
    return this.querySelector("ol");
  }

  #item(target) {
    const handle = target.closest?.("[data-handle]");
    return handle?.closest("field-sorter") === this ? handle.closest("li") : null;
  }

  #take() {
    this.order = new Order(this.list, this.taken);
    this.taken.classList.add("is-taken");
  }

  #drop() {
    this.taken.classList.remove("is-taken");
    if (this.order.moved) this.#done(this.order);
  }

  #done({ taken, at }) {
    this.dispatchEvent(new CustomEvent("sort:done", { bubbles: true, detail: { item: taken, at } }));
  }
}
