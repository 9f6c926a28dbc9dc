// One event stream a page: a frame "submission.received" becomes the document's DOM event
// "live:submission.received", on which any element may ask for its fragment again.
const SLEEP = 60000; // a tab out of sight this long gives its connection back
const say = (name, detail) => document.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));

class LiveStream {
  #url; #source; #seq; #names; #sleep; #retry; #wait = 500;
  constructor(href) {
    [this.#url, this.#seq] = href.split("?after="); // what happened since the page was drawn is told too
    document.addEventListener("visibilitychange", () => this.#visibility());
    document.addEventListener("htmx:after:swap", () => this.#listen());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
    this.open();
  }

  open() {
    this.#close();
    this.#source = new EventSource(this.#seq ? `${this.#url}?after=${this.#seq}` : this.#url);
    this.#source.onopen = () => { this.#wait = 500; say("found"); };
    this.#source.onerror = () => this.#failed();
    this.#source.onmessage = (frame) => this.#frame(frame);
    this.#names = new Set();
    this.#listen();
  }

  // Named frames reach only those who ask by name; frames without a name carry their kind inside.
  #listen() {
    const waiting = [...document.querySelectorAll('[data-hx-trigger*="live:"]')].map((element) => element.dataset.hxTrigger);
    for (const [, name] of `live:reset ${waiting}`.matchAll(/live:([\w.]+)/g)) {
      if (this.#names.has(name)) continue;
      this.#names.add(name);
      this.#source?.addEventListener(name, (frame) => this.#frame(frame, name));
    }
  }

  #frame(frame, name) {
    const { kind = name, ...rest } = JSON.parse(frame.data || "{}");
    this.#seq = frame.lastEventId || this.#seq;
    say(kind, { ...rest, seq: this.#seq });
  }

  // The browser tries again by itself unless the server refused; then we must.
  #failed() {
    say("lost");
    if (this.#source.readyState !== EventSource.CLOSED) return;
    this.#retry = setTimeout(() => this.open(), this.#wait * (0.7 + Math.random() * 0.6));
    this.#wait = Math.min(this.#wait * 2, 30000);
  }

  #visibility() {
    clearTimeout(this.#sleep);
    if (document.hidden) this.#sleep = setTimeout(() => this.#close(), SLEEP);
    else if (!this.#source) this.open();
  }

  #close() { clearTimeout(this.#retry); this.#source?.close(); this.#source = null; }
}

if (document.body.dataset.live) new LiveStream(document.body.dataset.live);
