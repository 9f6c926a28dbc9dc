// The disk is full while files come in, go out and are worked through: what is sent is refused in words, what was
// begun waits, and with room again all of it goes on by itself and is whole.
import assert from "node:assert/strict";
import { join } from "node:path";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { fill } from "../lib/disk.mjs";
import { assertJobsDone, listed } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

const ROWS = 4_000;
const CSV = ["name,email,message", ...Array.from({ length: ROWS }, (_, row) => `Row ${row},row-${row}@example.com,${"word ".repeat(100)}`)].join("\n");

export default async function (world) {
  const disk = world.disk("disk", 160);
  const mewayz = await world.mewayz({ data: join(disk, "data"), environment: { MEWAYZ_WORKERS__LEASE: "5" } });
  const form = await mewayz.newForm();
  const stored = await send(mewayz, form);
  assert.equal(stored.status, 201, stored.text);
  await call(mewayz, "POST", `/api/imports/${stored.json.id}/run`, {});
  await done(mewayz, `/api/imports/${stored.json.id}`);
  const waiting = await send(mewayz, form);

  const filler = join(disk, "filler");
  const running = await call(mewayz, "POST", `/api/imports/${waiting.json.id}/run`, {});
  await sleep(300);
  fill(filler);
  const file = await send(mewayz, form);
  world.note(`a file on the full disk: ${file.status} ${file.text.slice(0, 200)}`);
  assert.equal(file.status, 503, file.text);
  assert.match(file.headers["retry-after"] ?? "", /^\d+$/);
  const exporting = await mewayz.request("POST", `/api/forms/${form}/exports`, { body: { format: "csv" }, token: mewayz.token });
  world.note(`an export on the full disk: ${exporting.status} ${exporting.text.slice(0, 200)}`);
  assert.ok([202, 503].includes(exporting.status), exporting.text);
  await sleep(4_000);
  const import_ = await call(mewayz, "GET", `/api/imports/${running.id}`);
  world.note(`the import meanwhile: ${import_.status}, ${import_.rows_done} rows`);

  rmSync(filler);
  const over = await done(mewayz, `/api/imports/${running.id}`);
  assert.deepEqual([over.rows_stored, over.rows_refused], [ROWS, 0]);
  const id = exporting.status === 202 ? exporting.json.id : (await call(mewayz, "POST", `/api/forms/${form}/exports`, { format: "csv" })).id;
  const exported = await done(mewayz, `/api/exports/${id}`);
  world.note(`the export afterwards: ${exported.rows_done} rows`);
  assert.equal((await send(mewayz, form)).status, 201);
  const there = await listed(mewayz, form);
  assert.equal(there.length, 2 * ROWS);
  await assertJobsDone(mewayz);
  assert.equal(await mewayz.count(form), 2 * ROWS);
}

function send(mewayz, form) {
  return mewayz.request("POST", `/api/forms/${form}/imports?name=rows.csv`, { body: CSV, headers: { "content-type": "text/csv" }, token: mewayz.token });
}

/** Waits until it is done, by itself. */
async function done(mewayz, path) {
  let last;
  await mewayz.until(240, `done: ${path}`, async () => ["done", "failed"].includes((last = await call(mewayz, "GET", path)).status));
  assert.equal(last.status, "done", JSON.stringify(last));
  return last;
}

function call(mewayz, method, path, body) {
  return mewayz.call(method, path, body, mewayz.token);
}
