// The settings of one field are fetched when they are wanted; those of another then close.
class Panels {
  constructor(builder) {
    this.builder = builder;
    builder.addEventListener("click", (event) => this.#click(event));
  }

  #click(event) {
    const head = event.target.closest("a.field-item__head");
    if (!head || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.toggle(head);
  }

  async toggle(head) {
    const item = head.closest("li");
    const open = item.querySelector(".field-panel");
    if (!await this.builder.autosave.settled()) return;
    const response = open ? null : await fetch(head.href, { headers: { "hx-request": "true" } }).catch(() => null);
    if (!open && !response?.ok) return location.assign(head.href);
    this.close();
    if (!response) return;
    item.insertAdjacentHTML("beforeend", await response.text());
    item.querySelector("a.field-item__head").setAttribute("aria-expanded", "true");
    this.builder.selection.select(item.dataset.key);
    htmx.process(item.lastElementChild);
    item.scrollIntoView({ block: "nearest" });
  }

  close() {
    for (const panel of this.builder.querySelectorAll(".field-panel")) panel.remove();
    for (const head of this.builder.querySelectorAll(".field-item__head[aria-expanded=true]")) head.setAttribute("aria-expanded", "false");
  }
}
