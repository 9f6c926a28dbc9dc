// Asks for something small all the time, without repeating, and remembers every answer.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

let count = 0;

export class Probe {
  #stopped = false;
  #running = [];
  #replies = [];

  /** Sends one submission and one list every `pause` ms; what is acknowledged goes into the ledger. */
  constructor(mewayz, form, ledger, pause = 100) {
    this.work = this.#work(mewayz, form, ledger, pause);
  }

  async #work(mewayz, form, ledger, pause) {
    while (!this.#stopped) {
      this.#running.push(this.#submit(mewayz, form, ledger), this.#list(mewayz, form));
      await sleep(pause);
    }
  }

  async #submit(mewayz, form, ledger) {
    const key = `probe-${++count}`;
    const reply = await mewayz.submit(form, { "idempotency-key": key });
    this.#replies.push(reply);
    if (reply.status === 201) ledger.note(key, reply.json.id);
    // Refused promises nothing, for the answer may be lost on its way from the database; the same
    // key tells, and makes the probe one that insists like everybody else.
    else await this.#again(mewayz, form, ledger, key);
  }

  async #again(mewayz, form, ledger, key) {
    await mewayz.until(90, "taken after all", async () => {
      const reply = await mewayz.submit(form, { "idempotency-key": key });
      if ([200, 201].includes(reply.status)) ledger.note(key, reply.json.id);
      else await sleep(500);
      return [200, 201].includes(reply.status);
    });
  }

  async #list(mewayz, form) {
    this.#replies.push(await mewayz.request("GET", `/api/forms/${form}/submissions?limit=5`));
  }

  /** All answers, once they have all come. */
  async stop() {
    this.#stopped = true;
    await this.work;
    await Promise.all(this.#running);
    return this.#replies;
  }

  /** Served, or refused for now with a time to come back; `some` must have been refused, or the fault was none. */
  assertOnlyRefused(replies, world, { some }) {
    const counts = {};
    for (const { status, text } of replies) {
      assert.ok([200, 201, 503].includes(status), `${status}: ${text}`);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    const refused = replies.filter((reply) => reply.status === 503);
    for (const { headers } of refused) assert.ok(Number(headers["retry-after"]) >= 1, "503 without Retry-After");
    assert.ok(refused.length || !some, "nothing was refused: was the fault made?");
    const longest = Math.max(...replies.map((reply) => reply.milliseconds));
    world.note(`probes ${JSON.stringify(counts)}; the longest waited ${(longest / 1000).toFixed(1)} s`);
  }
}
