// What it costs to export a form: the time until the file is there, and the memory on the way.
import { setTimeout as sleep } from "node:timers/promises";

const FORMATS = ["csv", "jsonl", "xlsx", "parquet"];

/** Fills a form with `rows` submissions and exports all of them, in each format. */
export async function exports(mewayz, rows, tell) {
  const form = await mewayz.newForm();
  await mewayz.fill(form, rows);
  await mewayz.jobsDone();
  // At rest after the start and not after the filling, whose memory an export would use again unseen.
  await mewayz.stop();
  await mewayz.start();
  const taken = [];
  for (const format of FORMATS) {
    taken.push(await one(mewayz, form, format, rows));
    tell(`${format}: ${taken.at(-1).seconds.toFixed(1)} s, ${taken.at(-1).growth.toFixed(0)} MB more`);
  }
  return { rows, taken };
}

async function one(mewayz, form, format, rows) {
  const before = mewayz.server.memory();
  const began = performance.now();
  let most = before;
  let made = await mewayz.call("POST", `/api/forms/${form}/exports`, { format });
  while (["waiting", "running"].includes(made.status)) {
    await sleep(50);
    most = Math.max(most, mewayz.server.memory());
    made = await mewayz.call("GET", `/api/exports/${made.id}`);
  }
  const seconds = (performance.now() - began) / 1000;
  if (made.status !== "done" || made.rows_done !== rows) {
    throw new Error(`${format}: ${rows} rows, but ${JSON.stringify(made)}`);
  }
  return { format, seconds, growth: most - before, bytes: made.bytes };
}
