// Five times more than the server can take: what it cannot take it refuses at once, in bounded memory, it
// goes on doing most of what it could do before, and afterwards everything is as it was.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { offer } from "../lib/load.mjs";
import { assertProcessed } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

/** MiB above what it held before: 64 of the writer's queue, and what a thousand connections cost. */
const BOUND = 256;
const CALM = { seconds: 4, connections: 8, rate: 100 };

export default async function (world) {
  const mewayz = await world.mewayz();
  const form = await mewayz.newForm();
  const seconds = world.short ? 6 : 60;
  const calm = await offer(mewayz, "single", { form, ...CALM });
  const able = await offer(mewayz, "single", { form, seconds: 4, connections: 64 });
  const capacity = able.report.per_second;
  const before = mewayz.memory().now;
  mewayz.forgetPeak();

  const storm = await offer(mewayz, "single", { form, seconds, connections: 1_000, rate: 5 * capacity, pipeline: 8, timeout: 60, patience: 60 });
  const { peak } = mewayz.memory();
  const { report } = storm;
  const goodput = Math.round(report.acknowledged / report.seconds);
  world.note(`able to take ${capacity}/s; of ${5 * capacity}/s offered took ${goodput}/s, refused ${JSON.stringify(report.refused)}`);
  world.note(`memory: ${before} MiB before, ${peak} at the peak`);
  assert.deepEqual(Object.keys(report.refused).filter((status) => !["429", "503"].includes(status)), []);
  assert.deepEqual(report.errors, {}, "some were cut off instead of refused");
  assert.ok(peak - before < BOUND, "memory grew with the storm");
  assert.ok(goodput > capacity / 3, "the storm kept it from working");

  const stored = [calm, able, storm].reduce((sum, load) => sum + load.report.acknowledged, 0);
  await assertProcessed(mewayz, form, stored);
  await sleep(1_000);
  const after = await offer(mewayz, "single", { form, ...CALM });
  const [then, now] = [calm, after].map((load) => load.report.latency_ms.p99);
  world.note(`p99 at ${CALM.rate}/s: ${then} ms before, ${now} ms after`);
  assert.ok(now < Math.max(3 * then, 100), "it did not calm down");
}
