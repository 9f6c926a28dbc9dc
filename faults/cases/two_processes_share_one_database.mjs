// Two processes on one PostgreSQL: both accept, they share the jobs, each hears of the other's events, and
// when one is killed the other finishes its work.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { Follower } from "../lib/follower.mjs";
import { Ledger, insist } from "../lib/load.mjs";
import { assertExactly } from "../lib/truth.mjs";

export const engines = ["postgres"];

export default async function (world) {
  const first = await world.mewayz({ environment: { MEWAYZ_WORKERS__LEASE: "5" } });
  const second = await world.beside(first);
  const form = await first.newForm();
  const ledger = new Ledger();
  await bothAccept(world, [first, second], form, ledger);
  await eventsCross(world, first, second, form, ledger);

  const survivor = insist(first, "single", { form, seconds: 3, connections: 16, rate: 300 });
  const orphan = insist(second, "single", { form, seconds: 3, connections: 16, rate: 300 });
  await sleep(1_500);
  await second.kill("SIGKILL");
  ledger.add(await survivor);
  await second.start();
  ledger.add(await orphan);
  await second.kill("SIGKILL");
  await assertExactly(world, first, form, ledger);
}

async function bothAccept(world, servers, form, ledger) {
  const loads = servers.map((server) => insist(server, "single", { form, seconds: 3, connections: 16, rate: 300 }));
  for (const load of loads) ledger.add(await load);
  const finished = await Promise.all(servers.map(finishedJobs));
  world.note(`both accepted; jobs finished by each: ${finished.join(" and ")}`);
  assert.ok(finished.every((count) => count > 0), "one process did no jobs");
}

/** A follower of one process sees what the other stored, soon and without gaps. */
async function eventsCross(world, first, second, form, ledger) {
  const follower = await Follower.of(first);
  const began = performance.now();
  const key = "across";
  const reply = await second.submit(form, { "idempotency-key": key });
  assert.equal(reply.status, 201, reply.text);
  ledger.note(key, reply.json.id);
  await follower.until((event) => event.kind === "submission.received" && event.subject.includes(form), 10);
  world.note(`heard in the other process after ${Math.round(performance.now() - began)} ms`);
  follower.close();
}

async function finishedJobs(server) {
  const { text } = await server.request("GET", "/metrics");
  const values = [...text.matchAll(/^mewayz_jobs_finished_total\{[^}]*outcome="finished"[^}]*\} (\d+)$/gm)];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}
