// Every figure, and how it is taken.
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { options } from "./options.mjs";
import { clean } from "./server.mjs";

const { seconds, connections } = options;
const MINUTES_TO_CATCH_UP = 60;

/** Median time from starting the process to ready on existing data, and memory when idle. */
export async function atRest(subject) {
  const times = [];
  for (let start = 0; start < options.starts; start += 1) {
    await subject.stop();
    await subject.start();
    times.push(subject.server.millisecondsToReady);
  }
  await sleep(3000);
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  return { start: median, memory: subject.server.memory() };
}

/** As many single submissions as go through, then 1,000 a second for the latency. */
export async function singles(send, saturation = { seconds }, steadily = { seconds }) {
  const saturated = await send({ ...saturation, connections });
  const steady = await send({ ...steadily, connections, rate: 1000 });
  return { saturated, steady };
}

/** Lists of 1,000, as JSON and as NDJSON. */
export async function bulk(mewayz) {
  const form = await mewayz.newForm();
  const flags = { server: mewayz.base, form, items: 1000, seconds, connections: 8 };
  const json = await mewayz.offer("bulk", flags);
  const ndjson = await mewayz.offer("bulk", { ...flags, format: "ndjson" });
  await mewayz.jobsDone();
  return { json, ndjson };
}

/** The newest page of a form's submissions, at a gentle rate. */
export function list(mewayz, form) {
  const url = `${mewayz.base}/api/forms/${form}/submissions?limit=50`;
  return mewayz.offer("list", { url, seconds, connections: 4, rate: 100 });
}

/** No-op jobs a second, by the program's own command where it has one. */
export async function jobs(mewayz) {
  const run = promisify(execFile);
  const parameters = ["bench-jobs", "--data", `${mewayz.folder}/jobs`];
  if (mewayz.database) parameters.push("--database", mewayz.database);
  const known = await run(process.env.MEWAYZ, ["bench-jobs", "--help"], { env: clean() }).catch(() => null);
  return known && JSON.parse((await run(process.env.MEWAYZ, parameters, { env: clean() })).stdout);
}

/** Sends the headline's submissions; seconds until acknowledged, counted back, jobs caught up. */
export async function headline(mewayz) {
  const form = await mewayz.newForm();
  await mewayz.jobsDone();
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const report = await mewayz.offer("single", {
    server: mewayz.base, form, count: options.headline, connections,
  });
  const acknowledged = since();
  await countedBack(mewayz, form, since);
  const counted = since();
  await mewayz.jobsDone();
  const done = since();
  const count = await mewayz.count(form);
  if (count !== options.headline) throw new Error(`${options.headline} sent, ${count} counted`);
  return { report, acknowledged, counted, done, memory: mewayz.server.memory() };
}

async function countedBack(mewayz, form, since) {
  for (let count = 0; (count = await mewayz.count(form)) < options.headline; await sleep(20)) {
    if (since() > 60 * MINUTES_TO_CATCH_UP) throw new Error(`only ${count} counted after ${since()} s`);
  }
}

/** What one submission and one list page cost as the table grows; tells of each point as it is taken. */
export async function growth(mewayz, tell) {
  const form = await mewayz.newForm();
  const flags = { server: mewayz.base, form };
  const points = [];
  for (const rows of options.growth) {
    const missing = Math.floor((rows - (await mewayz.count(form))) / 1000) * 1000;
    if (missing > 0) await mewayz.fill(form, missing, rows);
    await mewayz.jobsDone();
    const before = await mewayz.count(form);
    // Counted, not timed: a timed burst would itself make the small tables large.
    const send = (more) => mewayz.offer("single", { ...flags, ...more });
    const { saturated, steady } = await singles(send, { count: options.growthBurst }, { seconds: 3 });
    await mewayz.jobsDone();
    const page = await list(mewayz, form);
    points.push({ rows: before, saturated, steady, page, memory: mewayz.server.memory() });
    tell(`${before} rows: ${Math.round(saturated.per_second)} a second, list p99 ${page.latency_ms.p99} ms`);
  }
  return points;
}
