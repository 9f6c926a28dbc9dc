// SIGTERM under load: requests in flight are answered, jobs are given back, the exit is a clean one.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { Ledger, insist } from "../lib/load.mjs";
import { assertExactly } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

const STOP_TIMEOUT = 10;

export default async function (world) {
  // The lease is far longer than the wait: a job that was not given back would not run in time.
  const environment = { MEWAYZ_STOP_TIMEOUT: String(STOP_TIMEOUT), MEWAYZ_WORKERS__LEASE: "600" };
  const mewayz = await world.mewayz({ environment });
  const form = await mewayz.newForm();
  const ledger = new Ledger();
  for (let time = 0; time < (world.short ? 1 : 20); time += 1) {
    const loads = [
      insist(mewayz, "single", { form, seconds: 2.5, connections: 32, rate: 600 }),
      insist(mewayz, "bulk", { form, seconds: 2.5, connections: 4, rate: 5, items: 200 }),
    ];
    await sleep(300 + Math.random() * 2_000);
    const began = performance.now();
    const { code, signal } = await mewayz.kill("SIGTERM");
    const seconds = (performance.now() - began) / 1000;
    assert.deepEqual({ code, signal }, { code: 0, signal: null });
    assert.ok(seconds < 2 * STOP_TIMEOUT, `stopping took ${seconds} s`);
    world.note(`stopped after ${seconds.toFixed(2)} s`);
    await mewayz.start();
    for (const load of loads) assertAnswered(ledger, await load);
  }
  await assertExactly(world, mewayz, form, ledger);
}

/** A connection may be refused or closed while idle; one that carries a request may not be cut. */
function assertAnswered(ledger, load) {
  ledger.add(load);
  assert.ok(!load.report.replayed && !load.report.duplicate, "something was stored, but its sender not told");
}
