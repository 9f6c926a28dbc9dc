// Follows the events of the workspace, as a browser does (WHATWG HTML, section 9.2).
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export class Follower {
  events = [];
  #text = "";

  /** Begins to follow; true from now on that nothing is missed. */
  static async of(mewayz) {
    const follower = new Follower();
    const headers = { authorization: `Bearer ${mewayz.token}`, accept: "text/event-stream" };
    follower.request = http.get({ host: "127.0.0.1", port: mewayz.port, path: "/api/events", headers, agent: false });
    follower.request.on("error", () => {});
    follower.request.on("response", (response) => response.on("data", (data) => follower.#take(data)));
    await follower.until((event) => event.name === "ready", 10);
    return follower;
  }

  #take(data) {
    this.#text += data;
    const frames = this.#text.split("\n\n");
    this.#text = frames.pop();
    for (const frame of frames) {
      const line = (name) => frame.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];
      if (line("data")) this.events.push({ name: line("event"), ...document(line("data")) });
    }
  }

  async until(matches, seconds) {
    for (const ends = Date.now() + seconds * 1000; !this.events.some(matches); await sleep(5)) {
      if (Date.now() > ends) throw new Error(`the event did not come; seen: ${JSON.stringify(this.events)}`);
    }
  }

  close() {
    this.request.destroy();
  }
}

function document(text) {
  const value = JSON.parse(text);
  return typeof value === "object" ? value : { value };
}
