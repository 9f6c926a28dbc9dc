const EDGE = 72; // pixels from the edge of the window where the page begins to move along
const SLACK = 6; // pixels that a press may slip
// Moves with a pointer, by mouse or finger: `begin` gives what follows the pointer, or nothing.
class Drag {
  #moved = false; #y = 0; #frame;
  constructor({ begin, move, drop, cancel }) {
    Object.assign(this, { begin, move, drop, cancel });
    this.listeners = {
      pointermove: (event) => this.#move(event),
      pointerup: (event) => this.#end(event, true),
      pointercancel: (event) => this.#end(event, false),
      keydown: (event) => event.key === "Escape" && this.#end(event, false),
    };
  }

  start(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#moved = false;
    this.first = event;
    for (const [name, listener] of Object.entries(this.listeners)) addEventListener(name, listener, true);
  }

  #move(event) {
    const far = Math.hypot(event.clientX - this.first.clientX, event.clientY - this.first.clientY) > SLACK;
    if (!this.#moved && !far) return;
    if (!this.#moved) this.#begin();
    this.#y = event.clientY;
    this.move(event);
    event.preventDefault();
  }

  #begin() {
    this.#moved = true;
    this.begin(this.first);
    document.documentElement.classList.add("is-dragging");
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #scroll() {
    const over = Math.min(0, this.#y - EDGE) + Math.max(0, this.#y - (innerHeight - EDGE));
    if (over) scrollBy({ top: over / 5, behavior: "instant" });
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #end(event, dropped) {
    for (const [name, listener] of Object.entries(this.listeners)) removeEventListener(name, listener, true);
    cancelAnimationFrame(this.#frame);
    document.documentElement.classList.remove("is-dragging");
    if (!this.#moved) return;
    if (event.pointerType === "mouse") this.#swallowClick();
    if (dropped) this.drop(event);
    else this.cancel();
  }

  // The press that ends it is no click.
  #swallowClick() {
    const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", swallow, { capture: true, once: true, signal: AbortSignal.timeout(50) });
  }
}
