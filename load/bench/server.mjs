// A server process under measurement.
import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A TCP port of 127.0.0.1 that nobody uses now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Sets a fresh Mewayz up by the link in its log, and signs its operator in; gives the answer to that. */
export async function setUp(base, log, { name, email, password }) {
  const [, token] = [...readFileSync(log, "utf8").matchAll(/\/setup\/([\w-]+)/g)].at(-1);
  const body = new URLSearchParams({ name, email, password, workspace: "" });
  const made = await fetch(`${base}/setup/${token}`, { method: "POST", body, redirect: "manual" });
  if (made.status !== 303) throw new Error(`setting up answered ${made.status}: ${await made.text()}`);
  return signIn(base, { email, password });
}

/** Tokens for a person. */
export async function signIn(base, { email, password }) {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${base}/api/auth/login`, { method: "POST", headers, body: JSON.stringify({ email, password }) });
  if (!reply.ok) throw new Error(`signing in answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
}

/** The environment without the bench's own names, which the program would take for its settings. */
export const clean = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MEWAYZ_")));

export class Server {
  /** Starts a program and waits until `readyPath` answers 200. */
  static async start(program, parameters, { base, readyPath, log }) {
    const began = performance.now();
    const output = openSync(log, "a");
    const child = spawn(program, parameters, { stdio: ["ignore", output, output], env: clean() });
    const server = new Server(child, base);
    await server.#ready(readyPath, log);
    server.millisecondsToReady = performance.now() - began;
    return server;
  }

  constructor(process, base) {
    this.process = process;
    this.base = base;
    process.on("error", (error) => { this.failure = error; });
    this.gone = new Promise((resolve) => process.on("close", resolve));
  }

  async #ready(path, log) {
    const ends = Date.now() + 60_000;
    while (Date.now() < ends && this.process.exitCode === null && !this.failure) {
      const response = await fetch(this.base + path).catch(() => null);
      await response?.arrayBuffer();
      if (response?.ok) return;
      await sleep(2);
    }
    await this.stop();
    throw new Error(`the server did not become ready\n${readFileSync(log, "utf8").slice(-2000)}`);
  }

  /** Resident memory in MB. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
    return Number(status.match(/^VmRSS:\s+(\d+)/m)[1]) / 1024;
  }

  async stop() {
    if (this.process.exitCode !== null || this.failure) return;
    this.process.kill("SIGTERM");
    await this.gone;
  }
}
