// Two thousand connections that say nothing, more that speak one byte a second: others are served as
// ever meanwhile, a file that keeps coming arrives, and the silent ones are cut.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, exchange, head } from "../lib/raw.mjs";

export const engines = ["sqlite"];

const SILENT = 2_000;
const SLOW = 50;
/** Seconds: the server's own limits for heads and (set here) for requests, and a little more. */
const [HEADS, REQUESTS, SLACK] = [15, 5, 5];
/** Milliseconds that an ordinary request may take meanwhile, in the debug build beside the clients. */
const LATENCY = 500;

export default async function (world) {
  // A crowd at one address stands for one at many.
  const environment = { MEWAYZ_REQUEST_TIMEOUT: String(REQUESTS), MEWAYZ_CONNECTIONS_PER_CLIENT: "10000" };
  const mewayz = await world.mewayz({ environment });
  const form = await mewayz.newForm();
  const place = `/api/forms/${form}/submissions`;
  const before = mewayz.memory().now;
  const silent = await open(mewayz, SILENT, () => "");
  const crowds = {
    "say nothing": silent,
    "say one letter": await open(mewayz, SLOW, () => "P"),
    "send a head slowly": await open(mewayz, SLOW, slowly({ start: "GET / HTTP/1.1\r\nhost: a\r\nx: ", piece: "x" })),
    "send a body slowly": await open(mewayz, SLOW, slowly(bodyHead(mewayz, place, "application/json"))),
    "send a list slowly": await open(mewayz, SLOW, slowly(bodyHead(mewayz, `${place}/bulk`, "application/json"))),
    "send a line slowly": await open(mewayz, SLOW, slowly(bodyHead(mewayz, `${place}/bulk`, "application/x-ndjson"))),
    "stop after a request": await open(mewayz, SLOW, () => head("GET", "/api/health/live", [])),
  };
  const [latencies] = await Promise.all([
    servedMeanwhile(mewayz, form, HEADS + SLACK),
    assertUploaded(world, mewayz, REQUESTS + SLACK),
  ]);
  const { now } = mewayz.memory();
  world.note(`others meanwhile: p50 ${at(latencies, 0.5)} ms, p99 ${at(latencies, 0.99)} ms of ${latencies.length}`);
  world.note(`memory: ${before} MiB before, ${now} with ${SILENT + 6 * SLOW} clients`);
  assert.ok(at(latencies, 0.99) < LATENCY);
  assert.ok(now - before < 100, "too much memory for clients that do nothing");
  await assertCut(world, crowds, 20);
}

/** Opens connections that each do the same; a string is sent at once, a list one piece a second. */
async function open(mewayz, count, words) {
  const sockets = [];
  for (let n = 0; n < count; n += 1) {
    const socket = await connect(mewayz.port);
    socket.resume();
    socket.on("end", () => socket.destroy());
    const said = words();
    if (typeof said === "string") socket.write(said);
    else void speak(socket, said);
    sockets.push(socket);
  }
  return sockets;
}

const slowly = (text) => () => text;

async function speak(socket, { start, piece }) {
  socket.write(start);
  while (!socket.destroyed) {
    await sleep(1_000);
    if (socket.writable) socket.write(piece);
  }
}

function bodyHead(mewayz, path, type) {
  const lines = [`authorization: Bearer ${mewayz.key}`, `content-type: ${type}`, "content-length: 100000"];
  return { start: head("POST", path, lines), piece: " " };
}

/** Ordinary requests on connections of their own, the whole time. */
async function servedMeanwhile(mewayz, form, seconds) {
  const latencies = [];
  for (const ends = Date.now() + seconds * 1000; Date.now() < ends; await sleep(20)) {
    const reply = await mewayz.submit(form);
    assert.equal(reply.status, 201, reply.text);
    latencies.push(Math.round(reply.milliseconds));
  }
  return latencies.sort((a, b) => a - b);
}

/** Sends a file for longer than any other request may take. */
async function assertUploaded(world, mewayz, seconds) {
  const form = await mewayz.newForm([{ key: "photo", type: "file", label: "Photo" }]);
  const { path } = await mewayz.call("GET", `/api/forms/${form}`);
  const piece = "x".repeat(2_000);
  const start = '--part\r\ncontent-disposition: form-data; name="photo"; filename="a.txt"\r\n\r\n';
  const end = "\r\n--part--\r\n";
  const length = start.length + seconds * piece.length + end.length;
  async function* pieces() {
    yield head("POST", path, ["content-type: multipart/form-data; boundary=part", `content-length: ${length}`]);
    yield start;
    for (let second = 0; second < seconds; second += 1) {
      await sleep(1_000);
      yield piece;
    }
    yield end;
  }
  const reply = await exchange(mewayz.port, pieces(), { timeout: 2 * seconds * 1_000 });
  assert.equal(reply.status, 303, reply.text);
  await mewayz.until(10, "counted", async () => (await mewayz.count(form)) === 1);
  world.note(`a file that came for ${seconds} s arrived; other requests may take ${REQUESTS} s`);
}

const at = (sorted, share) => sorted[Math.ceil(share * sorted.length) - 1];

async function assertCut(world, crowds, seconds) {
  const left = () => Object.entries(crowds).map(([name, sockets]) => [name, sockets.filter((socket) => !socket.destroyed).length]);
  for (const ends = Date.now() + seconds * 1000; left().some(([, open]) => open) && Date.now() < ends; ) await sleep(200);
  const open = left().filter(([, count]) => count);
  Object.values(crowds).flat().forEach((socket) => socket.destroy());
  assert.deepEqual(open, [], "some were not cut");
  world.note("all of them were cut");
}
