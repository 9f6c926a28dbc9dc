// One file on its way to the server: in parts, and on from where it stopped, whatever breaks it off.
const PART = 4 * 1024 * 1024;

class Transfer {
  /** `tell` hears `begun` with an address, `part` with a share of 1, `paused`, and at the end `sent`, or `refused` with
   * the server's words where it has some. */
  constructor(file, field, tell) {
    Object.assign(this, { file, field, tell });
  }

  /** Goes on with the upload at `at`, or begins one at `address`. */
  async run(address, at) {
    this.at = at;
    for (let tries = 0; !this.over; tries += 1) {
      try {
        let offset = this.at ? await this.#ask("HEAD", this.at) : await this.#begin(address);
        for (; offset < this.file.size; tries = 0) offset = await this.#send(offset);
        return this.tell("sent");
      } catch (problem) {
        if (this.over) return;
        if (!this.#goesOn(problem.status, tries)) return this.tell("refused", [413, 422].includes(problem.status) && problem.message);
        await pause(tries);
      }
    }
  }

  cancel() {
    this.over = true;
    this.request?.abort();
    if (this.at) giveUp(this.at);
  }

  // A lost connection comes back, what has expired begins anew, and what cannot begin may go along with its form.
  #goesOn(status, tries) {
    if (!status) this.tell("paused");
    if (!status || status === 409) return true;
    const known = this.at;
    const expired = status === 404 || status === 410;
    if (expired) this.at = undefined;
    return expired ? known && tries < 3 : (status === 429 || status > 499) && (known || tries < 3);
  }

  async #ask(...request) {
    this.request = ask(...request);
    return Number((await this.request.answer).getResponseHeader("upload-offset"));
  }

  async #begin(address) {
    this.request = ask("POST", address, { "upload-length": this.file.size, "upload-metadata": metadata(this.field, this.file) });
    this.at = (await this.request.answer).getResponseHeader("location");
    this.tell("begun", this.at);
    return 0;
  }

  #send(offset) {
    const body = this.file.slice(offset, offset + PART);
    const onSent = (sent) => this.tell("part", (offset + sent) / this.file.size);
    return this.#ask("PATCH", this.at, { ...BYTES, "upload-offset": offset }, { body, onSent });
  }
}
