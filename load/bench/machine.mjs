// The machine the figures belong to.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";

/** Rows of the table that says where and how the figures were taken. */
export function machine(folder) {
  const [, kind] = execFileSync("df", ["--output=fstype", folder], { encoding: "utf8" }).split("\n");
  if (kind === "tmpfs") throw new Error(`${folder} is memory, where fsync costs nothing: set TMPDIR to a disk`);
  const model = readFileSync("/proc/cpuinfo", "utf8").match(/^model name\s*:\s*(.*)$/m)?.[1];
  const run = (program, ...rest) => execFileSync(program, rest, { encoding: "utf8" }).trim();
  return [
    ["date", new Date().toISOString().slice(0, 10)],
    ["command", `\`${process.env.BENCH_COMMAND.trim()}\``],
    ["processor", `${model ?? os.cpus()[0].model}, ${os.cpus().length} cores, shared with the load generator`],
    ["memory", `${Math.round(os.totalmem() / 2 ** 30)} GB`],
    ["filesystem of the data", kind],
    ["system", `${os.type()} ${os.release()}`],
    ["PostgreSQL", run("postgres", "--version")],
    ["commit", run("git", "rev-parse", "--short", "HEAD")],
  ];
}
