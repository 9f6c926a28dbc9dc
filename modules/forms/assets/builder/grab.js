// The same by keyboard: Space takes, arrows move, Space puts down, Escape puts back; each step is told.
class Grab {
  #order;
  constructor({ list, name, tell, done }) {
    Object.assign(this, { list, name, tell, done });
  }

  get place() {
    return `Place ${this.#order.at + 1} of ${this.#order.count}.`;
  }

  /** Whether the key was meant for us. */
  press(key, item) {
    if (key === " " || key === "Enter") {
      if (this.#order) this.#drop();
      else this.#take(item);
      return true;
    }
    if (!this.#order) return false;
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[key];
    if (step) this.#move(step);
    else if (key === "Escape") this.putBack();
    return Boolean(step) || key === "Escape";
  }

  #take(item) {
    this.#order = new Order(this.list(), item);
    item.classList.add("is-taken");
    this.tell(`${this.name(item)} taken. ${this.place}`);
  }

  #move(step) {
    this.#order.to(this.#order.at + step);
    this.#order.taken.scrollIntoView({ block: "nearest" });
    this.tell(this.place);
  }

  #drop() {
    const order = this.#release();
    this.tell(`${this.name(order.taken)} put down at place ${order.at + 1} of ${order.count}.`);
    if (order.moved) this.done(order);
  }

  putBack() {
    if (!this.#order) return;
    const order = this.#release();
    order.back();
    this.tell(`${this.name(order.taken)} put back at place ${order.at + 1}.`);
  }

  #release() {
    const order = this.#order;
    this.#order = null;
    order.taken.classList.remove("is-taken");
    return order;
  }
}
