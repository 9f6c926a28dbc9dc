const WIDTHS = { phone: 390, desk: 1280 };

// <form-preview> shows the hosted page as wide as a phone or a desk, scaled to the room there is, and loads it
// again after each change. It stays where one was on it, unless the field that is worked on stands on another page.
class FormPreview extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("button[data-width]")?.dataset.width));
    this.sizes = new ResizeObserver(() => this.#fit());
    this.sizes.observe(this.frame.parentElement);
    this.again = ({ type } = {}) => (type !== "builder:selected" || lagsBehind(this.frame)) && this.#again();
    document.addEventListener("builder:changed", this.again);
    document.addEventListener("builder:selected", this.again);
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    document.removeEventListener("builder:changed", this.again);
    document.removeEventListener("builder:selected", this.again);
  }

  #choose(width) {
    if (!width) return;
    this.dataset.width = width;
    for (const button of this.querySelectorAll("button[data-width]")) {
      button.setAttribute("aria-pressed", String(button.dataset.width === width));
    }
    this.#fit();
  }

  #fit() {
    const { clientWidth, clientHeight } = this.frame.parentElement;
    const width = WIDTHS[this.dataset.width];
    const scale = Math.min(1, clientWidth / width);
    Object.assign(this.frame.style, {
      width: `${Math.min(width, clientWidth / scale)}px`,
      height: `${clientHeight / scale}px`,
      scale,
      marginInlineStart: `${Math.max(0, clientWidth - width * scale) / 2}px`,
    });
  }

  #again() {
    this.#fit();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#load(), 120);
  }

  // Without a connection it stays as it is; whatever else has got into the window makes room again.
  #load() {
    if (!navigator.onLine) return;
    try {
      const { location } = this.frame.contentWindow;
      if (lagsBehind(this.frame)) location.replace(`${this.dataset.address}?_field=${selectedField()}`);
      else location.reload();
    } catch {
      this.frame.src = this.getAttribute("data-address");
    }
  }
}
