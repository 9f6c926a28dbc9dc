// Imports, exports and work on many submissions are killed in the middle: whoever comes next finishes them, and
// nothing is done twice. On PostgreSQL a second process lives on beside the one that is killed.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { assertJobsDone, listed } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

const ROWS = 3_000;
const CSV = ["name,email,score", ...Array.from({ length: ROWS }, (_, row) => `Row ${row},row-${row}@example.com,${row % 11}`)].join("\n");

export default async function (world) {
  const first = await world.mewayz({ environment: { MEWAYZ_WORKERS__LEASE: "3" } });
  const second = world.engine === "postgres" ? await world.beside(first) : null;
  const rounds = world.short ? 2 : 20;
  let kills = 0;
  /** Begins something, kills whoever was told of it at a random moment, and waits until it is done all the same. */
  const killed = async (begin, address, state) => {
    const { id } = await begin();
    await sleep(Math.random() * 1_200);
    await first.kill("SIGKILL");
    kills += 1;
    await first.start();
    let last;
    await first.until(90, `done: ${address(id)}`, async () => ["done", "failed"].includes((last = await call(first, "GET", address(id)))[state]));
    assert.equal(last[state], "done", JSON.stringify(last));
    return last;
  };
  for (let round = 0; round < rounds; round += 1) await once(first, killed);
  await assertJobsDone(first);
  world.note(`killed ${kills} times in the middle; ${rounds * ROWS} rows came in, went out and were taken back once each`);
}

async function once(mewayz, killed) {
  const form = await mewayz.newForm();
  const brought = await sent(mewayz, form);
  const ran = await killed(() => call(mewayz, "POST", `/api/imports/${brought}/run`, {}), (id) => `/api/imports/${id}`, "status");
  assert.deepEqual([ran.rows_done, ran.rows_stored, ran.rows_refused], [ROWS, ROWS, 0]);
  const there = await listed(mewayz, form);
  assert.equal(new Set(there.map(({ answers }) => answers.email)).size, ROWS, "rows are missing");
  assert.equal(there.length, ROWS, "rows were stored twice");

  const exported = await killed(() => call(mewayz, "POST", `/api/forms/${form}/exports`, { format: "csv" }), (id) => `/api/exports/${id}`, "status");
  const { text } = await mewayz.request("GET", `/api/exports/${exported.id}/file`);
  const numbers = text.trim().split("\n").slice(1).map((line) => Number(line.split(",")[0]));
  assert.deepEqual(numbers, [...numbers].sort((one, other) => one - other));
  assert.equal(new Set(numbers).size, ROWS);
  assert.equal(numbers.length, ROWS);

  const all = (body) => () => call(mewayz, "POST", `/api/forms/${form}/bulk_actions`, body);
  const action = (id) => `/api/bulk_actions/${id}`;
  const archived = await killed(all({ action: "archive", filter: "" }), action, "state");
  assert.equal(archived.changed, ROWS);
  const back = await killed(() => call(mewayz, "POST", `${action(archived.id)}/reversal`), action, "state");
  assert.deepEqual([back.changed, back.left_alone], [ROWS, 0]);

  const removed = await killed(() => call(mewayz, "POST", `/api/imports/${brought}/removal`), (id) => `/api/imports/${id}`, "status");
  assert.equal(removed.rows_removed, ROWS);
  await mewayz.until(30, "counted nothing", async () => (await mewayz.count(form)) === 0);
  assert.equal((await listed(mewayz, form)).length, 0);
}

/** Sends the file; gives the id of the import. */
async function sent(mewayz, form) {
  const reply = await mewayz.request("POST", `/api/forms/${form}/imports?name=rows.csv`, { body: CSV, headers: { "content-type": "text/csv" }, token: mewayz.token });
  assert.equal(reply.status, 201, reply.text);
  return reply.json.id;
}

function call(mewayz, method, path, body) {
  return mewayz.call(method, path, body, mewayz.token);
}
