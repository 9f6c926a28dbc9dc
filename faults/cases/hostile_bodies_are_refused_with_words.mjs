// Bodies that break off, lie, never end, nest without end or are no text: refused with words, in flat memory.
import assert from "node:assert/strict";

import { bulkBodies, floods, heads, singleBodies } from "../lib/hostile.mjs";
import { connect, exchange, head } from "../lib/raw.mjs";

export const engines = ["sqlite"];

/** MiB that the process may hold at any moment above what it held before; 32 MiB of it may be one list. */
const BOUND = 160;

export default async function (world) {
  const mewayz = await world.mewayz();
  const form = await mewayz.newForm();
  const place = `/api/forms/${form}/submissions`;
  await mewayz.submit(form);
  mewayz.forgetPeak();
  const before = mewayz.memory().now;

  for (const [name, body, statuses] of singleBodies()) await refused(mewayz, name, place, "application/json", body, statuses);
  for (const [name, type, body, statuses] of bulkBodies()) await refused(mewayz, name, `${place}/bulk`, type, body, statuses);
  for (const [name, bytes] of heads(place, mewayz.key)) await survived(mewayz, name, bytes);
  for (let time = 0; time < 3; time += 1) {
    for (const [name, path, type, pieces, statuses] of floods(place)) await flooded(mewayz, name, path, type, pieces, statuses);
  }
  await brokenOff(mewayz, place);

  const { now, peak } = mewayz.memory();
  world.note(`memory: ${before} MiB before, ${peak} at the peak, ${now} afterwards`);
  assert.ok(peak < before + BOUND, `memory rose from ${before} to ${peak} MiB`);
  assert.equal((await mewayz.submit(form)).status, 201);
  const stored = (await mewayz.call("GET", `${place}?limit=200`)).data.length;
  world.note(`${stored} submissions are there: what was fine in the middle of it all`);
}

async function refused(mewayz, name, path, type, body, statuses) {
  const lines = [`authorization: Bearer ${mewayz.key}`, `content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`];
  const reply = await exchange(mewayz.port, [head("POST", path, lines), body]);
  assertWords(name, reply, statuses);
}

async function flooded(mewayz, name, path, type, pieces, statuses) {
  const lines = [`authorization: Bearer ${mewayz.key}`, `content-type: ${type}`, "transfer-encoding: chunked"];
  const reply = await exchange(mewayz.port, whole(head("POST", path, lines), pieces()), { timeout: 60_000 });
  assertWords(name, reply, statuses);
}

function* whole(start, pieces) {
  yield start;
  for (const piece of pieces) {
    yield `${Buffer.byteLength(piece).toString(16)}\r\n`;
    yield piece;
    yield "\r\n";
  }
  yield "0\r\n\r\n";
}

/** One of the expected statuses; a refusal is a problem document that says something. */
function assertWords(name, reply, statuses) {
  assert.ok(statuses.includes(reply.status), `${name}: ${reply.outcome}, ${reply.text.slice(0, 600)}`);
  if (reply.status < 400) return;
  assert.match(reply.text, /content-type: application\/problem\+json/i, name);
  const { detail, title } = JSON.parse(reply.text.slice(reply.text.indexOf("\r\n\r\n") + 4));
  assert.ok((detail ?? title)?.length > 10, `${name}: no words`);
}

/** What is no HTTP may be cut without a word, but never be a fault of ours. */
async function survived(mewayz, name, bytes) {
  const reply = await exchange(mewayz.port, bytes, { end: true, timeout: 25_000 });
  assert.notEqual(reply.outcome, "silent", `${name}: neither answered nor closed`);
  assert.ok(reply.status < 500, `${name}: ${reply.text}`);
  assert.equal((await mewayz.request("GET", "/api/health/live")).status, 200, name);
}

/** Clients that vanish in the middle of a body. */
async function brokenOff(mewayz, place) {
  for (const path of [place, `${place}/bulk`]) {
    const lines = [`authorization: Bearer ${mewayz.key}`, "content-type: application/json", "content-length: 1000"];
    const answered = await exchange(mewayz.port, [head("POST", path, lines), '{"answers":'], { end: true });
    assert.ok([0, 400].includes(answered.status), answered.text);
    const socket = await connect(mewayz.port);
    socket.write(head("POST", path, lines) + '{"answers":');
    socket.resetAndDestroy();
  }
}
