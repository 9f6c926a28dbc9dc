// A disk on which nothing more fits.
import { execFileSync } from "node:child_process";

/** Writes a file until the disk is full. */
export function fill(file) {
  try {
    execFileSync("dd", ["if=/dev/zero", `of=${file}`, "bs=64k"], { stdio: "ignore" });
  } catch {
    // It ends by "No space left on device"; that is the point.
  }
}
