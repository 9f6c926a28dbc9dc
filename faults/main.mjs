// Breaks Mewayz on purpose, fault by fault, and says what held. `bin/faults` calls it.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { Impossible, World } from "./lib/world.mjs";

const CASES = new URL("cases/", import.meta.url);
const { values: options, positionals: names } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    engine: { type: "string", default: "both" },
    list: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

const engines = options.engine === "both" ? ["sqlite", "postgres"] : [options.engine];
const all = readdirSync(CASES).filter((file) => file.endsWith(".mjs")).map((file) => file.slice(0, -4));
const chosen = names.length ? all.filter((one) => names.some((name) => one.includes(name))) : all;
const tally = { passed: 0, failed: 0 };

if (options.list) {
  all.forEach((name) => console.log(name));
} else {
  if (!chosen.length) throw new Error(`no fault is called ${names.join(", ")}; --list names them`);
  for (const name of chosen) await attempt(name);
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  process.exit(tally.failed ? 1 : 0);
}

async function attempt(name) {
  const fault = await import(new URL(`${name}.mjs`, CASES));
  for (const engine of engines.filter((one) => fault.engines.includes(one))) {
    await once(name, engine, fault);
  }
}

async function once(name, engine, fault) {
  const began = performance.now();
  const world = new World({ engine, short: options.short, folder: mkdtempSync(join(tmpdir(), "mewayz-faults-")) });
  console.log(`\n${name.replaceAll("_", " ")} (${engine})`);
  let word = "held";
  try {
    await fault.default(world);
    tally.passed += 1;
  } catch (error) {
    word = error instanceof Impossible ? "cannot be tried here" : "FAILED";
    if (word === "FAILED") tally.failed += 1;
    console.log(indented(error instanceof Impossible ? error.message : `${error.stack}\n${world.lastWords()}`));
  } finally {
    await world.end();
    if (word !== "FAILED") rmSync(world.folder, { recursive: true, force: true });
  }
  console.log(`  ${word} after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function indented(text) {
  return text.replace(/^/gm, "    ");
}
