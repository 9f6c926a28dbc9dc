// Five times more than the server can take, then bodies so large that the writer's queue fills: what it
// cannot take it refuses at once, in bounded memory; it goes on doing most of what it could do before, and
// afterwards everything is as it was.
import assert from "node:assert/strict";

import { offer } from "../lib/load.mjs";
import { assertJobsDone, assertProcessed, listed } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

/** MiB above what the server held before: 64 of the writer's queue, twice 800 bodies of 100 kB. */
const BOUND = 384;
const CALM = { seconds: 3, connections: 8, rate: 100 };
const HEAVY = [{ key: "text", type: "long_text", label: "Text", max_length: 50_000 }];

export default async function (world) {
  // A storm from one address stands for one from many.
  const mewayz = await world.mewayz({ environment: { MEWAYZ_CONNECTIONS_PER_CLIENT: "10000" } });
  const form = await mewayz.newForm();
  // What was due and not yet sent is still sent afterwards, so that this takes five times as long.
  const seconds = world.short ? 2 : 20;
  const calm = await offer(mewayz, "single", { form, ...CALM });
  const able = await offer(mewayz, "single", { form, seconds: 3, connections: 64 });
  const before = mewayz.memory().now;
  mewayz.forgetPeak();

  const capacity = able.report.per_second;
  const storm = await offer(mewayz, "single", { form, seconds, connections: 1_000, rate: 5 * capacity, timeout: 60 });
  const goodput = assertStood(world, `${5 * capacity}/s offered, ${capacity}/s possible`, storm.report);
  assert.deepEqual(storm.report.errors, {}, "some were cut off instead of refused");
  assert.ok(goodput > capacity / 3, "the storm kept it from working");
  if (!world.short) await heavyStorm(world, mewayz);
  const { peak } = mewayz.memory();
  world.note(`memory: ${before} MiB before, ${peak} at the peak`);
  assert.ok(peak - before < BOUND, "memory grew with the storm");

  const stored = [calm, able, storm].reduce((sum, load) => sum + load.report.acknowledged, 0);
  await assertProcessed(mewayz, form, stored);
  await assertCalm(world, mewayz, form, calm.report.latency_ms.p99);
}

/** Latency is as it was. The best of three runs counts: other programs disturb one, an aftermath all. */
async function assertCalm(world, mewayz, form, before) {
  const latencies = [];
  for (let time = 0; time < 3 && !(Math.min(...latencies) < Math.max(3 * before, 100)); time += 1) {
    latencies.push((await offer(mewayz, "single", { form, ...CALM })).report.latency_ms.p99);
  }
  world.note(`p99 at ${CALM.rate}/s: ${before} ms before, ${latencies.join(", ")} ms afterwards`);
  assert.ok(Math.min(...latencies) < Math.max(3 * before, 100), "it did not calm down");
}

/** Only taken or refused for now; gives the submissions taken a second. */
function assertStood(world, what, report) {
  const goodput = Math.round(report.acknowledged / report.seconds);
  world.note(`${what}: took ${goodput}/s, refused ${JSON.stringify(report.refused)}`);
  assert.deepEqual(Object.keys(report.refused).filter((status) => !["429", "503"].includes(status)), []);
  return goodput;
}

/** Many bodies of 100 kB at once are more than may wait for the writer. */
async function heavyStorm(world, mewayz) {
  const form = await mewayz.newForm(HEAVY);
  const url = `http://127.0.0.1:${mewayz.port}/api/forms/${form}/submissions`;
  const template = JSON.stringify({ answers: { text: "ä".repeat(50_000) } });
  const count = 8_000;
  const { report, acknowledged } = await offer(mewayz, "single", { url, server: undefined, "body-template": template, count, connections: 800, timeout: 60 });
  assertStood(world, "800 bodies of 100 kB at a time", report);
  await assertJobsDone(mewayz);
  // A refusal may come before the body has been sent whole, and its reader may miss it then: no error counts.
  // Without insisting, what was refused by a time limit may have been stored; what was taken must be.
  const there = new Set((await listed(mewayz, form)).map(({ id }) => id));
  assert.ok(acknowledged.every(([, id]) => there.has(id)), "acknowledged, but not there");
  assert.ok(there.size <= report.sent, "more than was sent");
  assert.equal(await mewayz.count(form), there.size);
}
