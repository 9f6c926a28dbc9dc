// HTML validity, judged by the Nu Html Checker.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const VNU = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
const FOLDER = new URL("../out/html/", import.meta.url).pathname;
// htmx's own attributes are the one thing that HTML does not know.
const HTMX = ".*Attribute .hx-[^ ]+ not allowed.*";

/** Saves what the server sends for a page, before any script, and gives the file's path. */
export async function saveHtml(page, path, name, status) {
  const response = await page.request.get(path);
  if (response.status() !== status) throw new Error(`${path} answered ${response.status()}`);
  await mkdir(FOLDER, { recursive: true });
  const file = `${FOLDER}${name}.html`;
  await writeFile(file, await response.body());
  return file;
}

/** Every error and warning in the files as a line. */
export async function validate(files) {
  const run = promisify(execFile)("java", [
    "-jar", VNU, "--format", "json", "--exit-zero-always", "--filterpattern", HTMX, ...files,
  ], { maxBuffer: 64 * 1024 * 1024 });
  // The checker reports on its error stream.
  const { messages } = JSON.parse((await run).stderr);
  return messages
    .filter(({ type, subType }) => type === "error" || subType === "warning")
    .map(({ url, lastLine, message, extract }) =>
      `${url.split("/").pop()}:${lastLine}: ${message}\n    ${extract?.trim() ?? ""}`);
}
