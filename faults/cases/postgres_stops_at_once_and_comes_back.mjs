// PostgreSQL is stopped as by a power cut while submissions pour in, stays away, and comes back.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { Ledger, insist } from "../lib/load.mjs";
import { Postgres } from "../lib/postgres.mjs";
import { Probe } from "../lib/probe.mjs";
import { assertExactly } from "../lib/truth.mjs";

export const engines = ["postgres"];

/** Milliseconds that a request waits for a connection before it is refused; a shorter outage costs only time. */
const PATIENCE = 10_000;

export default async function (world) {
  const mewayz = await world.mewayz({ environment: { MEWAYZ_WORKERS__LEASE: "5" } });
  const form = await mewayz.newForm();
  const ledger = new Ledger();
  for (let time = 0; time < (world.short ? 1 : 20); time += 1) {
    const long = time % 2 === 0;
    const load = insist(mewayz, "single", { form, seconds: 6, connections: 32, rate: 400 });
    const probe = new Probe(mewayz, form, ledger);
    await sleep(500 + Math.random() * 1500);
    Postgres.stopAtOnce();
    await sleep(long ? 1.1 * PATIENCE : 2_000);
    assert.equal((await mewayz.request("GET", "/api/health/ready")).status, 503, "ready without a database");
    Postgres.start();
    const began = Date.now();
    await mewayz.until(20, "ready again", async () => (await mewayz.request("GET", "/api/health/ready")).status === 200);
    world.note(`ready again ${Date.now() - began} ms after PostgreSQL was`);
    ledger.add(await load);
    probe.assertOnlyRefused(await probe.stop(), world, { some: long });
  }
  await assertExactly(world, mewayz, form, ledger);
}
