// Where one of a list stands that has been taken, and where it stood. Others move around it, so that it never
// leaves the page and keeps focus and pointer.
class Order {
  constructor(list, taken) {
    Object.assign(this, { list, taken });
    this.from = this.at;
  }

  get items() {
    return [...this.list.children];
  }

  get at() {
    return this.items.indexOf(this.taken);
  }

  get count() {
    return this.list.children.length;
  }

  get moved() {
    return this.at !== this.from;
  }

  to(index) {
    const wanted = Math.max(0, Math.min(index, this.count - 1));
    while (this.at < wanted) this.taken.before(this.taken.nextElementSibling);
    while (this.at > wanted) this.taken.after(this.taken.previousElementSibling);
  }

  back() {
    this.to(this.from);
  }

  /** The place among the others for somebody who points at this height. */
  under(y) {
    const others = this.items.filter((item) => item !== this.taken);
    const above = others.filter((item) => {
      const { top, height } = item.getBoundingClientRect();
      return top + height / 2 < y;
    });
    this.to(above.length);
  }
}
