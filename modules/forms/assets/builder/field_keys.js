// Keys on a field of the list: the arrows lead to the others, Ctrl-D and Delete do what they say, Escape closes.
class FieldKeys {
  constructor(builder) {
    this.builder = builder;
    builder.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    const item = event.target.closest?.("li[data-key]");
    if (!item || event.defaultPrevented) return;
    const head = item.querySelector("a.field-item__head");
    if (event.key === "Escape" && item.querySelector(".field-panel")) {
      this.builder.panels.toggle(head).then(() => document.getElementById(head.id)?.focus());
    } else if (event.target === head) {
      const step = { ArrowUp: item.previousElementSibling, ArrowDown: item.nextElementSibling }[event.key];
      const part = event.key === "Delete" ? "removal" : event.key === "d" && (event.ctrlKey || event.metaKey) && "copy";
      if (!step && !part) return;
      event.preventDefault();
      if (step) step.querySelector("a.field-item__head").focus();
      else this.#send(item, part);
    }
  }

  async #send(item, part) {
    const next = (item.nextElementSibling ?? item.previousElementSibling)?.dataset.key;
    if (!await this.builder.autosave.settled()) return;
    await this.builder.change(`${item.dataset.address}/${part}`);
    if (part === "removal") document.getElementById(`head-${next}`)?.focus();
  }
}
