// The field that is open, or was touched last: the next one comes after it, and the preview shows its page.
class Selection {
  constructor(builder) {
    this.builder = builder;
    builder.addEventListener("focusin", ({ target }) => this.#touched(target));
    document.addEventListener("builder:changed", () => this.#changed());
    this.known = this.#keys();
    this.select(this.#open);
  }

  select(key = "") {
    const selected = this.#keys().includes(key) ? key : "";
    for (const input of this.builder.querySelectorAll("input[name=after]")) input.value = selected;
    if (selected === this.builder.dataset.selected) return;
    this.builder.dataset.selected = selected;
    document.dispatchEvent(new Event("builder:selected"));
  }

  get #open() {
    return this.builder.querySelector(".field-panel")?.closest("li").dataset.key;
  }

  #keys() {
    return [...this.builder.querySelectorAll(".field-list li[data-key]")].map((item) => item.dataset.key);
  }

  // Whoever turns to the title turns away from the fields.
  #touched(target) {
    const key = target.closest("li[data-key]")?.dataset.key;
    if (key || target.closest(".form-title")) this.select(key ?? this.#open);
  }

  // What has just been added comes first, so that one more comes after it.
  #changed() {
    const keys = this.#keys();
    const fresh = keys.find((key) => !this.known.includes(key));
    this.known = keys;
    this.select(fresh ?? this.#open ?? this.builder.dataset.selected);
  }
}
