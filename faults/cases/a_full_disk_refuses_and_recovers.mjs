// The disk under the database fills up: submissions are refused and none is lost, reading goes on, and
// with room again everything works by itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { rmSync } from "node:fs";

import { fill } from "../lib/disk.mjs";
import { Ledger } from "../lib/load.mjs";
import { Postgres, asPostgres } from "../lib/postgres.mjs";
import { assertExactly } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

export default async function (world) {
  const disk = world.disk("disk", 160);
  const mewayz = await (world.engine === "sqlite" ? world.mewayz({ data: join(disk, "data") }) : onTablespace(world, disk));
  const form = await mewayz.newForm();
  const ledger = new Ledger();
  await send(mewayz, form, ledger, 50);

  const filler = join(disk, "filler");
  fill(filler);
  const refused = await untilRefused(mewayz, form, ledger);
  world.note(`taken after the disk was full: ${ledger.sent - 50}; then ${refused.status}: ${refused.json.detail}`);
  await assertRefusals(mewayz, form, ledger, 30);
  await assertReading(world, mewayz, form);

  rmSync(filler);
  await mewayz.until(30, "taking again", async () => (await send(mewayz, form, ledger, 1)) === 201);
  await send(mewayz, form, ledger, 50);
  assert.equal((await mewayz.request("GET", "/api/health/ready")).status, 200);
  await assertExactly(world, mewayz, form, ledger);
}

/** PostgreSQL's tables on the small disk, its log elsewhere: a full disk under the log stops the whole cluster. */
async function onTablespace(world, disk) {
  execFileSync("chmod", ["755", world.folder]);
  execFileSync("chmod", ["777", disk]);
  const place = join(disk, "tables");
  asPostgres("mkdir", place);
  const name = `small_${process.pid}`;
  Postgres.query(`create tablespace ${name} location '${place}'`);
  // Before the disk goes, or the cluster could not start again without it.
  world.atEnd(() => Postgres.dropTablespace(name));
  return world.mewayz({ tablespace: name });
}

/** Sends single submissions; gives the last status. */
async function send(mewayz, form, ledger, times) {
  let status;
  for (let time = 0; time < times; time += 1) {
    const reply = await mewayz.submit(form);
    status = reply.status;
    if (status === 201) ledger.note(reply.json.id, reply.json.id);
  }
  return status;
}

/** Pages that were allocated before still take some. */
async function untilRefused(mewayz, form, ledger) {
  for (let time = 0; time < 20_000; time += 1) {
    const reply = await mewayz.submit(form);
    if (reply.status !== 201) return reply;
    ledger.note(reply.json.id, reply.json.id);
  }
  throw new Error("the full disk took everything");
}

/** Refused, or taken where the database found a gap; never a fault of ours. */
async function assertRefusals(mewayz, form, ledger, times) {
  for (let time = 0; time < times; time += 1) {
    const reply = await mewayz.submit(form);
    assert.ok([201, 503].includes(reply.status), `${reply.status}: ${reply.text}`);
    if (reply.status === 201) ledger.note(reply.json.id, reply.json.id);
    else assert.ok(Number(reply.headers["retry-after"]) >= 1, "a refusal without Retry-After");
  }
}

async function assertReading(world, mewayz, form) {
  const list = await mewayz.request("GET", `/api/forms/${form}/submissions?limit=5`);
  assert.equal(list.status, 200, list.text);
  assert.equal(list.json.data.length, 5);
  if (world.engine === "postgres") return; // its disk may be anywhere; nobody can look at it from here
  const ready = await mewayz.request("GET", "/api/health/ready");
  assert.equal(ready.status, 503);
  world.note(`ready says: ${JSON.stringify(ready.json.checks)}`);
  assert.notEqual(ready.json.checks.disk, "ok");
}
