// Load from mewayz-load, and its report.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs the generator; `parameters` are its flags as an object, `true` for a bare one. */
export async function offer(kind, parameters, env = {}) {
  const flags = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const run = promisify(execFile)(process.env.MEWAYZ_LOAD, [kind, ...flags], {
    env: { ...process.env, ...env },
  });
  const report = JSON.parse((await run).stdout);
  // What a busy server refused and took later is no figure's matter when the generator was told to come again.
  const settled = parameters.retry ? ["429", "503"] : [];
  const refused = Object.keys(report.refused).filter((status) => !settled.includes(status));
  const bad = Object.keys(report.errors).length + refused.length;
  // A figure that hides refusals is no figure.
  if (bad) throw new Error(`${kind}: refused ${JSON.stringify(report.refused)}, errors ${JSON.stringify(report.errors)}`);
  return report;
}
