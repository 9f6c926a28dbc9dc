// Takes every figure of bin/bench and writes the document.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { against } from "./against.mjs";
import { exports } from "./exports.mjs";
import { machine } from "./machine.mjs";
import { beside, document } from "./markdown.mjs";
import * as measure from "./measures.mjs";
import { Mewayz } from "./mewayz.mjs";
import { options } from "./options.mjs";
import { PocketBase } from "./pocketbase.mjs";
import { reading } from "./reading.mjs";

const note = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Runs `work` with a fresh subject in a folder of its own, and tidies up after it. */
async function withSubject(make, work) {
  const folder = mkdtempSync(join(tmpdir(), "mewayz-bench-"));
  let subject;
  try {
    subject = await make(folder);
    return await work(subject);
  } finally {
    await subject?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureMewayz(engine) {
  const fresh = (folder) => Mewayz.fresh(engine, folder);
  const result = await withSubject(fresh, async (mewayz) => {
    note(`${engine}: start and memory`);
    const rest = await measure.atRest(mewayz);
    note(`${engine}: single submissions`);
    const form = await mewayz.newForm();
    const flags = { server: mewayz.base, form };
    const singles = await measure.singles((more) => mewayz.offer("single", { ...flags, ...more }));
    await mewayz.jobsDone();
    note(`${engine}: list page, bulk, jobs`);
    const list = await measure.list(mewayz, form);
    return { rest, singles, list, bulk: await measure.bulk(mewayz), jobs: await measure.jobs(mewayz) };
  });
  note(`${engine}: the headline`);
  result.headline = await withSubject(fresh, measure.headline);
  if (options.growth) {
    note(`${engine}: growth`);
    result.growth = await withSubject(fresh, (mewayz) => measure.growth(mewayz, note));
  }
  if (options.exports) {
    note(`${engine}: exports`);
    result.exports = await withSubject(fresh, (mewayz) => exports(mewayz, options.exports, note));
  }
  if (options.reading) {
    note(`${engine}: reading`);
    const read = (mewayz) => reading(mewayz, options.reading, options.readingTimes, note);
    result.reading = await withSubject(fresh, read);
  }
  return result;
}

function measurePocketBase() {
  note("PocketBase: start, memory, single creates");
  return withSubject(PocketBase.fresh, async (pocketbase) => {
    const rest = await measure.atRest(pocketbase);
    return { rest, singles: await measure.singles((more) => pocketbase.offerSingles(more)) };
  });
}

if (options.against) {
  for (const engine of options.engines) {
    console.log(beside(engine, await against(engine, [options.against, process.env.MEWAYZ], options.turns)));
  }
  process.exit();
}
const place = machine(tmpdir());
const results = {};
for (const engine of options.engines) results[engine] = await measureMewayz(engine);
results.pocketbase = await measurePocketBase();
const text = document(place, results, [["PocketBase", PocketBase.version]]);
console.log(text);
if (options.output) {
  mkdirSync(dirname(options.output), { recursive: true });
  writeFileSync(options.output, text);
}
