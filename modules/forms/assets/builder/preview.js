const WIDTHS = { phone: 390, desk: 1280 };

// <form-preview> shows the hosted page as wide as a phone or a desk, scaled to the room there is, and loads it
// again after each change. Where one was on it stays, for the page's address has all that was answered.
class FormPreview extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("button[data-width]")?.dataset.width));
    this.sizes = new ResizeObserver(() => this.#fit());
    this.sizes.observe(this.frame.parentElement);
    this.again = () => this.#again();
    document.addEventListener("builder:changed", this.again);
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    document.removeEventListener("builder:changed", this.again);
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
      this.frame.contentWindow.location.reload();
    } catch {
      this.frame.src = this.getAttribute("data-address");
    }
  }
}
