// One event stream a page. A frame "submission.received" becomes the DOM event
// "live:submission.received" on the document, so that any element may ask for its fragment again.
const PATIENCE = 3000;
const SLEEP = 60000;

class LiveStream {
  #url; #source; #seq; #wait = 500; #quiet; #sleep; #timer;

  constructor(url) {
    this.#url = url;
    document.addEventListener("visibilitychange", () => this.#visibility());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
    this.open();
  }

  open() {
    this.#close();
    const url = new URL(this.#url, location.href);
    if (this.#seq) url.searchParams.set("after", this.#seq);
    this.#source = new EventSource(url);
    this.#source.onopen = () => { this.#wait = 500; this.#show(false); };
    this.#source.onerror = () => this.#failed();
    this.#source.onmessage = (frame) => this.#frame(frame);
    this.#source.addEventListener("reset", (frame) => this.#emit("reset", frame));
  }

  // Kinds are many and grow, so the server sends unnamed frames that carry their kind.
  #frame(frame) {
    const { kind, ...detail } = JSON.parse(frame.data);
    this.#emit(kind, frame, detail);
  }

  #emit(kind, frame, detail = {}) {
    if (frame.lastEventId) this.#seq = frame.lastEventId;
    document.dispatchEvent(new CustomEvent(`live:${kind}`, { detail: { ...detail, seq: this.#seq } }));
  }

  #failed() {
    this.#quiet ??= setTimeout(() => this.#show(true), PATIENCE);
    // The browser tries again by itself unless the server refused; then we must.
    if (this.#source.readyState !== EventSource.CLOSED) return;
    this.#timer = setTimeout(() => this.open(), this.#wait * (0.7 + Math.random() * 0.6));
    this.#wait = Math.min(this.#wait * 2, 30000);
  }

  #visibility() {
    clearTimeout(this.#sleep);
    if (document.hidden) this.#sleep = setTimeout(() => this.#close(), SLEEP);
    else if (!this.#source) this.open();
  }

  #close() { clearTimeout(this.#timer); this.#source?.close(); this.#source = null; }
  #show(lost) { if (!lost) { clearTimeout(this.#quiet); this.#quiet = null; } document.getElementById("live-state").hidden = !lost; }
}

if (document.body.dataset.live) new LiveStream(document.body.dataset.live);
