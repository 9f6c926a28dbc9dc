// Another program holds SQLite's write lock for twelve seconds while submissions pour in.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Ledger, insist } from "../lib/load.mjs";
import { Probe } from "../lib/probe.mjs";
import { assertExactly } from "../lib/truth.mjs";

export const engines = ["sqlite"];

const HOLD = `
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
held.execute("begin " + sys.argv[2])
print("locked", flush=True)
time.sleep(12)
held.execute("rollback")
`;

export default async function (world) {
  const mewayz = await world.mewayz({ environment: { MEWAYZ_WORKERS__LEASE: "5" } });
  const form = await mewayz.newForm();
  const ledger = new Ledger();
  for (const kind of world.short ? ["exclusive"] : ["exclusive", "immediate"]) {
    const load = insist(mewayz, "single", { form, seconds: 14, connections: 32, rate: 300 });
    const probe = new Probe(mewayz, form, ledger);
    await sleep(1_000);
    const holder = spawn("python3", ["-c", HOLD, join(mewayz.settings.data, "mewayz.db"), kind]);
    await once(holder.stdout, "data");
    const reading = await mewayz.request("GET", `/api/forms/${form}/submissions`);
    assert.equal(reading.status, 200, "reading needs no lock");
    await once(holder, "close");
    const loaded = await load;
    ledger.add(loaded);
    // Whose turn it was to wait for the lock is refused, be it the load's or the probe's.
    probe.assertOnlyRefused(await probe.stop(), world, { some: !loaded.report.refused[503] });
  }
  await assertExactly(world, mewayz, form, ledger);
}
