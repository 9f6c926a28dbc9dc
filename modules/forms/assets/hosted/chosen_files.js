// Files that go up as soon as they are chosen. What cannot begin goes along with the form, as it does without a script.
class ChosenFiles extends ShownFiles {
  /** Those that somebody has chosen; a half one of before goes on, and where one is taken, it takes its place. */
  choose(input) {
    const files = [...input.files];
    const halves = files.map((file) => this.of(input).find((row) => row.is("half") && same(row.entry, file)));
    if (files.length && !input.multiple) for (const row of this.of(input)) if (!halves.includes(row)) this.drop(row);
    this.fill(input);
    for (const [index, file] of files.entries()) this.#send(halves[index] ?? this.row(input, entryOf(input, file)), file);
  }

  #send(row, file) {
    row.file = file;
    row.part(0);
    row.transfer = new Transfer(file, row.entry.field, (what, more) => this.#heard(row, what, more));
    row.transfer.run(this.words.address, row.entry.at);
  }

  #heard(row, what, more) {
    if (what === "part") return row.part(more);
    if (what === "paused") return row.is("paused") || this.show(row, "paused", this.words.paused);
    if (what !== "sent") this.kept.drop(row.entry.at);
    if (what === "begun") return this.kept.put(Object.assign(row.entry, { at: more }));
    if (what === "sent") this.sent(row);
    else if (more) this.show(row, "refused", more);
    else this.show(row, "along", this.words.along);
    this.fill(row.input);
    this.settled();
  }

  /** It is there: the form names it. */
  sent(row) {
    this.kept.put(Object.assign(row.entry, { sent: true }));
    row.answer();
    this.show(row, "sent", `${this.words.sent} · ${bytes(row.entry.size, document.documentElement.lang)}`);
  }
}

const entryOf = (input, { name, size, lastModified }) => ({ field: input.name, name, size, modified: lastModified });
const same = (entry, file) => entry.name === file.name && entry.size === file.size && entry.modified === file.lastModified;
