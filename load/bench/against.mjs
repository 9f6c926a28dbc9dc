// One program beside another: the same load for both in turns, so that whatever else the machine does meets both.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Mewayz } from "./mewayz.mjs";

const SINGLES = 15_000;
const LISTS = 40;
/** At 1,000 a second: long enough that the log is shortened in every turn, which is what the slowest wait for. */
const PACED = { rate: 1000, seconds: 20 };

/** Seconds of processor time that a process has taken. */
function processorTime({ pid }) {
  const [, text] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = text.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function subject(engine, program) {
  const folder = mkdtempSync(join(tmpdir(), "mewayz-bench-"));
  const mewayz = await Mewayz.fresh(engine, folder, { program, scopes: ["forms:read", "forms:write", "submissions:write"] });
  return { mewayz, folder, form: await mewayz.newForm(), turns: [] };
}

/** One turn: singles at once, at a pace, then lists of 1,000, each until all jobs are done. */
async function turn({ mewayz, form, turns }) {
  const { process } = mewayz.server;
  const place = { server: mewayz.base, form };
  const began = processorTime(process);
  const single = await mewayz.offer("single", { ...place, connections: 64, count: SINGLES });
  await mewayz.jobsDone();
  const after = processorTime(process);
  const paced = await mewayz.offer("single", { ...place, connections: 64, ...PACED });
  await mewayz.jobsDone();
  const between = processorTime(process);
  const bulk = await mewayz.offer("bulk", { ...place, items: 1000, connections: 4, count: LISTS, retry: true });
  await mewayz.jobsDone();
  turns.push({
    "singles a second": single.per_second,
    "singles, p99, ms": single.latency_ms.p99,
    "singles, processor, µs each": ((after - began) / SINGLES) * 1e6,
    "at 1,000 a second, p50, ms": paced.latency_ms.p50,
    "at 1,000 a second, p99, ms": paced.latency_ms.p99,
    "bulk, a second": bulk.per_second,
    "bulk, processor, µs each": ((processorTime(process) - between) / (LISTS * 1000)) * 1e6,
  });
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)];
}

/** What one figure is for both, and how the new one stands to the old one, turn by turn. */
function compared(name, [old, now]) {
  const ratios = now.turns.map((figures, place) => figures[name] / old.turns[place][name]);
  return {
    name,
    old: quantile(old.turns.map((figures) => figures[name]), 0.5),
    now: quantile(now.turns.map((figures) => figures[name]), 0.5),
    ratio: [0.25, 0.5, 0.75].map((share) => quantile(ratios, share)),
  };
}

/** Takes so many turns with each of two programs, the one that begins changing. */
export async function against(engine, programs, turns) {
  const both = [];
  try {
    for (const program of programs) both.push(await subject(engine, program));
    // The first turn warms up.
    for (let round = 0; round <= turns; round += 1) {
      for (const one of round % 2 ? both : [...both].reverse()) await turn(one);
    }
    for (const one of both) one.turns.shift();
    return Object.keys(both[0].turns[0]).map((name) => compared(name, both));
  } finally {
    for (const { mewayz, folder } of both) {
      await mewayz.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
