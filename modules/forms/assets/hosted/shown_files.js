// The files of one form, each with its row. The input of a question holds what goes along with the form, and nothing else.
class ShownFiles {
  /** `settled` is called whenever one has come to an end. */
  constructor(form, words, settled) {
    Object.assign(this, { form, words, settled });
    this.kept = new KeptUploads(words.keeps);
    this.rows = new Set();
  }

  of(input) {
    return [...this.rows].filter((row) => row.input === input);
  }

  row(input, entry) {
    const row = new FileRow(this.form.querySelector("form-upload template"), input, entry, this.words.remove);
    row.onDrop(() => {
      this.drop(row);
      input.focus();
    });
    this.rows.add(row);
    return row;
  }

  show(row, state, text) {
    row.show(state, text);
    this.say(`${row.entry.name}: ${text}`);
  }

  say(text) {
    this.form.querySelector("[data-uploads-say]").textContent = text;
  }

  fill(input) {
    const along = new DataTransfer();
    for (const row of this.of(input)) if (row.is("along")) along.items.add(row.file);
    input.files = along.files;
  }

  drop(row) {
    this.rows.delete(row);
    if (row.transfer) row.transfer.cancel();
    else if (row.entry.at) giveUp(row.entry.at);
    this.kept.drop(row.entry.at);
    row.element.remove();
    this.fill(row.input);
    this.settled();
  }
}
