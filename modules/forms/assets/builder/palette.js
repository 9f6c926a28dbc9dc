// A type that is dragged from the palette becomes a field where it is dropped; a press adds it as it does
// without us.
class PaletteDrag {
  constructor(builder) {
    this.builder = builder;
    this.drag = new Drag({
      begin: () => this.#begin(),
      move: (event) => this.#move(event),
      drop: (event) => this.#drop(event),
      cancel: () => this.ghost.remove(),
    });
    builder.addEventListener("pointerdown", (event) => {
      this.type = event.target.closest("[data-drag-type]");
      // A finger on the sheet scrolls it.
      if (this.type && event.pointerType === "mouse") this.drag.start(event);
    });
  }

  get list() {
    return this.builder.querySelector(".field-list__items");
  }

  #begin() {
    this.ghost = document.createElement("li");
    this.ghost.className = "field-item field-item--ghost";
    this.ghost.append(this.type.cloneNode(true).querySelector(".icon"), this.type.innerText);
  }

  #isOver({ clientX }) {
    const { left, right } = this.list.getBoundingClientRect();
    return clientX > left && clientX < right;
  }

  #move(event) {
    if (!this.#isOver(event)) return this.ghost.remove();
    if (!this.ghost.isConnected) this.list.append(this.ghost);
    new Order(this.list, this.ghost).under(event.clientY);
  }

  #drop(event) {
    const place = new Order(this.list, this.ghost).at + 1;
    this.ghost.remove();
    if (!place || !this.#isOver(event)) return;
    const { form, value } = this.type;
    this.builder.autosave.settled().then((free) => free && this.builder.change(form.action, { type: value, place }));
  }
}
