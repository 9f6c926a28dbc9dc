// Compares what was acknowledged with what is there.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** How often the server counts its queues for /metrics, and a little more. */
const GAUGES_REFRESH = 5_500;

/** All submissions of a form, paged through to the end. */
export async function listed(mewayz, form) {
  const all = [];
  for (let cursor = ""; cursor !== null; ) {
    const page = await mewayz.call("GET", `/api/forms/${form}/submissions?limit=200${cursor && `&cursor=${cursor}`}`);
    all.push(...page.data);
    cursor = page.next_cursor ?? null;
  }
  return all;
}

/** Every acknowledged submission is there exactly once, nothing else is, all jobs ran, and search finds them. */
export async function assertExactly(world, mewayz, form, ledger) {
  const there = await listed(mewayz, form);
  const ids = new Set(there.map((submission) => submission.id));
  assert.equal(ids.size, there.length, "the list has a submission twice");
  const acknowledged = new Set(ledger.ids.values());
  assert.equal(acknowledged.size, ledger.ids.size, "two keys were acknowledged as the same submission");
  assert.equal(ledger.ids.size, ledger.sent, "what insisted must all have been acknowledged");
  const lost = [...acknowledged].filter((id) => !ids.has(id));
  const invented = [...ids].filter((id) => !acknowledged.has(id));
  assert.deepEqual([lost.length, invented.length], [0, 0], `lost ${lost.slice(0, 5)}, never sent ${invented.slice(0, 5)}`);
  await assertProcessed(mewayz, form, ids.size);
  await assertFound(mewayz, form, sample(there, 20));
  world.note(`${ids.size} acknowledged (${ledger.repeats} of them again after a repeat), all there once; refused meanwhile: ${JSON.stringify(ledger.refused)}`);
}

/** The count becomes true, and no job is left or dead. */
export async function assertProcessed(mewayz, form, expected) {
  await mewayz.until(120, `counted ${expected}`, async () => (await mewayz.count(form)) === expected);
  await assertJobsDone(mewayz);
  assert.equal(await mewayz.count(form), expected);
}

/** No job is left, and none died. */
export async function assertJobsDone(mewayz) {
  await sleep(GAUGES_REFRESH);
  await mewayz.until(120, "without jobs", async () => {
    const { ready, running } = await jobs(mewayz);
    return ready + running === 0;
  });
  assert.equal((await jobs(mewayz)).dead, 0, "jobs died");
}

/** The depth of the queues, all together. */
export async function jobs(mewayz) {
  const { text } = await mewayz.request("GET", "/metrics");
  const sum = (state) => {
    const values = [...text.matchAll(new RegExp(`^mewayz_jobs_${state}(?:\\{[^}]*\\})? (\\S+)$`, "gm"))];
    assert.ok(values.length, `/metrics says nothing of mewayz_jobs_${state}`);
    return values.reduce((total, [, value]) => total + Number(value), 0);
  };
  return { ready: sum("ready"), running: sum("running"), scheduled: sum("scheduled"), dead: sum("dead") };
}

async function assertFound(mewayz, form, submissions) {
  for (const { id, answers } of submissions) {
    const words = encodeURIComponent(`${answers.name} ${answers.email}`);
    const found = await mewayz.call("GET", `/api/forms/${form}/submissions?limit=200&q=${words}`);
    assert.ok(found.data.some((one) => one.id === id), `search for ${answers.email} does not find ${id}`);
  }
}

function sample(list, size) {
  return Array.from({ length: Math.min(size, list.length) }, () => list[Math.floor(Math.random() * list.length)]);
}
