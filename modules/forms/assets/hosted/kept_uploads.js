// What the browser remembers of the files of a form, so that a reload loses none: their names and where they have gone,
// never their bytes. On a shared computer nothing.
class KeptUploads {
  constructor(form) {
    this.place = form && `uploads:${form}`;
  }

  all() {
    try {
      return (this.place && JSON.parse(localStorage.getItem(this.place))) || [];
    } catch {
      return [];
    }
  }

  put(entry) {
    this.#write([...this.all().filter(({ at }) => at !== entry.at), entry]);
  }

  drop(gone) {
    this.#write(this.all().filter(({ at }) => at !== gone));
  }

  #write(entries) {
    if (!this.place) return;
    try {
      localStorage.setItem(this.place, JSON.stringify(entries));
    } catch { /* A full store, or none: then a reload asks for the file again. */ }
  }
}
