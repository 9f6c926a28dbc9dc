// After a reload: what is whole is there, and half a file goes on once it is chosen again.
class RestoredFiles extends ChosenFiles {
  restore() {
    for (const entry of this.kept.all()) this.#restore(entry, entry.at.split("/").pop());
  }

  // A page that the server has made anew knows itself what has come.
  async #restore(entry, id) {
    const input = this.form.querySelector(`input[type=file][name="${CSS.escape(entry.field)}"]`);
    // Not by its elements: a question of that name would stand in their place.
    if ([...this.form.querySelectorAll("input")].some(({ value }) => value === id)) return;
    const isFresh = this.form.querySelector("form-draft[data-fresh]");
    if (entry.sent && !isFresh) return this.kept.drop(entry.at);
    if (input) return this.#ask(this.row(input, entry));
    if (entry.sent) this.form.insertAdjacentElement("beforeend", Object.assign(document.createElement("input"), { type: "hidden", name: entry.field, value: id }));
  }

  async #ask(row) {
    const { entry } = row;
    const there = await fetch(entry.at, { method: "HEAD", headers: TUS }).catch(() => null);
    if (there?.status === 404 || there?.status === 410) return this.#gone(row);
    const offset = Number(there?.headers.get("upload-offset") ?? 0);
    if (entry.sent || offset === entry.size) return this.sent(row);
    row.part(offset / entry.size);
    this.show(row, "half", this.words.half);
  }

  #gone(row) {
    this.kept.drop(row.entry.at);
    row.entry.at = undefined;
    this.show(row, "gone", this.words.gone);
  }
}
