// Load from mewayz-load, and a ledger of what the server took responsibility for.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Offers load until it is over; `flags` as an object, `true` for a bare one. Gives the report and the acknowledged `[key, id]`. */
export async function offer(mewayz, kind, flags) {
  const ids = join(mkdtempSync(join(mewayz.settings.folder, "load-")), "ids");
  const all = { server: `http://127.0.0.1:${mewayz.port}`, key: mewayz.key, ids, ...flags };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const parameters = given.flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const { stdout } = await run(process.env.MEWAYZ_LOAD, [kind, ...parameters], { maxBuffer: 1 << 26, timeout: 600_000 });
  const lines = readFileSync(ids, "utf8").trimEnd().split("\n").filter(Boolean);
  return { report: JSON.parse(stdout), acknowledged: lines.map((line) => line.split(" ")) };
}

/** Offers load that repeats, with the same key, whatever was refused for now or not answered. */
export function insist(mewayz, kind, flags) {
  return offer(mewayz, kind, { retry: true, patience: 90, ...flags });
}

/** Everything that was acknowledged: idempotency key → id. */
export class Ledger {
  ids = new Map();
  sent = 0;
  repeats = 0;
  refused = {};

  /** Takes in a load that insisted: all of it must have come through, and no refusal but "not now". */
  add({ report, acknowledged }) {
    for (const [key, id] of acknowledged) {
      assert.equal(this.ids.get(key) ?? id, id, `${key} was acknowledged as two submissions`);
      this.ids.set(key, id);
    }
    this.sent += report.sent;
    this.repeats += report.replayed + report.duplicate;
    for (const [status, times] of Object.entries(report.refused)) {
      this.refused[status] = (this.refused[status] ?? 0) + times;
    }
    const wrong = Object.keys(report.refused).filter((status) => !["429", "503"].includes(status));
    assert.deepEqual(wrong, [], `refused with ${JSON.stringify(report.refused)}`);
    assert.equal(report.errors["given up"] ?? report.errors["no connection"], undefined, JSON.stringify(report.errors));
    assert.equal(report.rejected, 0, "items were rejected");
    return this;
  }

  /** One submission that was sent by hand. */
  note(key, id) {
    this.ids.set(key, id);
    this.sent += 1;
  }
}
