// One server process that is going to have a hard time.
import { spawn } from "node:child_process";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort, setUp } from "../../load/bench/server.mjs";

/** The fields that mewayz-load answers. */
const FIELDS = [
  { key: "name", type: "short_text", label: "Name", required: true },
  { key: "email", type: "email", label: "E-mail", required: true },
  { key: "score", type: "nps", label: "Would you recommend us?" },
  { key: "message", type: "long_text", label: "Message" },
  {
    key: "topic", type: "choice", label: "Topic",
    options: ["support", "sales", "other"].map((value) => ({ value, label: value })),
  },
];
const SCOPES = ["forms:read", "forms:write", "submissions:read", "submissions:write", "submissions:delete"];

let [servers, submissions] = [0, 0];

export class Mewayz {
  constructor(settings) {
    this.settings = settings;
    this.log = join(settings.folder, `mewayz-${++servers}.log`);
  }

  /** Another process for the same data. */
  twin() {
    return Object.assign(new Mewayz(this.settings), { key: this.key, token: this.token });
  }

  /** Starts on the same port each time, and waits until it is ready. */
  async start() {
    const { data, database, environment } = this.settings;
    this.port ??= await freePort();
    const parameters = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", data];
    if (database) parameters.push("--database", database);
    const output = openSync(this.log, "a");
    // What bin/faults itself was told by MEWAYZ_… is no setting of the server.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("MEWAYZ_"));
    const env = { ...Object.fromEntries(own), ...environment };
    this.process = spawn(process.env.MEWAYZ, parameters, { stdio: ["ignore", output, output], env });
    this.gone = new Promise((resolve) => this.process.on("close", (code, signal) => resolve({ code, signal })));
    await this.until(60, "ready", async () => (await this.request("GET", "/api/health/ready")).status === 200);
  }

  /** Sends a signal and waits for the end. */
  async kill(signal) {
    if (this.process?.exitCode === null && this.process.signalCode === null) this.process.kill(signal);
    return this.gone;
  }

  get alive() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits until `check` answers true; errors of the network count as not yet. */
  async until(seconds, what, check) {
    for (const ends = Date.now() + seconds * 1000; ; await sleep(50)) {
      if (await check().catch(() => false)) return;
      if (!this.alive) throw new Error(`the server ended while waiting until ${what}`);
      if (Date.now() > ends) throw new Error(`not ${what} after ${seconds} s`);
    }
  }

  /** Sets the house up for a person, makes a key, and leaves both behind for later calls. */
  async moveIn() {
    const person = { name: "Amara Okafor", email: `amara-${Date.now()}@example.com`, password: "correct horse battery" };
    const signedIn = await setUp(`http://127.0.0.1:${this.port}`, this.log, person);
    this.token = signedIn.access_token;
    this.workspace = signedIn.workspace;
    this.person = person;
    this.key = (await this.call("POST", "/api/api-keys", { name: "Faults", scopes: SCOPES }, this.token)).key;
  }

  /** Makes and publishes a form; gives its id. */
  async newForm(fields = FIELDS) {
    const { id } = await this.call("POST", "/api/forms", { title: "Contact us", fields });
    await this.call("POST", `/api/forms/${id}/publication`);
    return id;
  }

  /** Sends one ordinary submission; gives the reply, whatever it is. */
  submit(form, headers = {}) {
    const answers = { name: "Hiro Tanaka", email: `hiro${++submissions}@example.com`, score: 9, message: "Thank you!" };
    return this.request("POST", `/api/forms/${form}/submissions`, { body: { answers }, headers });
  }

  async count(form) {
    return (await this.call("GET", `/api/forms/${form}`)).submission_count;
  }

  /** The decoded reply; anything but 2xx is an error. */
  async call(method, path, body, token = this.key) {
    const reply = await this.request(method, path, { body, token });
    if (reply.status < 200 || reply.status > 299) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`);
    return reply.text ? reply.json : null;
  }

  /** One request on a connection of its own: a connection kept from before a fault proves nothing. */
  request(method, path, { body, headers = {}, token = this.key, timeout = 45_000 } = {}) {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const all = { ...(text === undefined ? {} : { "content-type": "application/json" }), ...headers };
    if (token) all.authorization ??= `Bearer ${token}`;
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const request = http.request({ host: "127.0.0.1", port: this.port, method, path, headers: all, agent: false, timeout });
      request.on("timeout", () => request.destroy(new Error(`${method} ${path} was not answered in ${timeout} ms`)));
      request.on("error", reject);
      request.on("response", async (response) => {
        const pieces = [];
        response.on("error", reject);
        for await (const piece of response) pieces.push(piece);
        const { statusCode: status, headers } = response;
        resolve(new Reply(status, headers, Buffer.concat(pieces).toString(), performance.now() - began));
      });
      request.end(text);
    });
  }

  /** Resident memory in MiB: now, and the most since `forgetPeak`. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
    const mebibytes = (name) => Math.round(Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))[1]) / 1024);
    return { now: mebibytes("VmRSS"), peak: mebibytes("VmHWM") };
  }

  /** Lets the kernel count the peak anew (proc(5), clear_refs). */
  forgetPeak() {
    writeFileSync(`/proc/${this.process.pid}/clear_refs`, "5");
  }
}

class Reply {
  constructor(status, headers, text, milliseconds) {
    Object.assign(this, { status, headers, text, milliseconds });
  }

  get json() {
    return JSON.parse(this.text);
  }
}
