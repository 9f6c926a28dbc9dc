// Mewayz under measurement: how it is started, filled and asked.
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { offer } from "./offer.mjs";
import { Server, freePort, setUp, signIn } from "./server.mjs";

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
/** The load sends to a form's page without having opened it, sooner than people do: that is no spam here. */
const PROTECTION = { min_seconds: 0 };
const PERSON = { name: "Benchmark", email: "bench@example.com", password: "correct horse battery" };
/** Milliseconds for which an access token is surely good. */
const SIGNED_IN = 10 * 60_000;
const SCOPES = ["forms:read", "forms:write", "submissions:read", "submissions:write", "submissions:manage"];

export class Mewayz {
  constructor(engine, folder, program = process.env.MEWAYZ) {
    this.engine = engine;
    this.folder = folder;
    this.program = program;
  }

  /** A fresh database with one workspace and one API key. */
  static async fresh(engine, folder, { program, scopes = SCOPES } = {}) {
    const mewayz = new Mewayz(engine, folder, program);
    if (engine === "postgres") mewayz.database = newDatabase();
    await mewayz.start();
    const { access_token } = await setUp(mewayz.base, mewayz.log, PERSON);
    mewayz.token = access_token;
    const { key } = await mewayz.call("POST", "/api/api-keys", { name: "Benchmark", scopes });
    mewayz.token = mewayz.key = key;
    return mewayz;
  }

  async start() {
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}`;
    const parameters = ["serve", "--listen", `127.0.0.1:${port}`, "--data", `${this.folder}/data`];
    if (this.database) parameters.push("--database", this.database);
    this.log = `${this.folder}/mewayz-${this.engine}.log`;
    this.server = await Server.start(this.program, parameters, {
      base: this.base, readyPath: "/api/health/ready", log: this.log,
    });
  }

  stop() {
    return this.server.stop();
  }

  /** Makes and publishes an empty form; gives its id. */
  async newForm() {
    const form = { title: "Benchmark", fields: FIELDS, protection: PROTECTION };
    const { id } = await this.call("POST", "/api/forms", form);
    await this.call("POST", `/api/forms/${id}/publication`);
    return id;
  }

  offer(kind, parameters) {
    return offer(kind, parameters, { MEWAYZ_KEY: this.key });
  }

  /**
   * Gives a form `rows` more submissions, a multiple of 1,000, each with an address of its own; a busy server is asked
   * again. The same seed gives the same ones, which a form takes once.
   */
  async fill(form, rows, seed = 1) {
    const lists = { items: 1000, connections: 4, count: rows / 1000, seed, retry: true };
    const { acknowledged } = await this.offer("bulk", { server: this.base, form, ...lists });
    if (acknowledged !== rows) throw new Error(`${rows} submissions sent, ${acknowledged} acknowledged`);
  }

  async count(form) {
    return (await this.call("GET", `/api/forms/${form}`)).submission_count;
  }

  /** Jobs that wait or run at this moment, as the operator sees them. */
  async jobs() {
    if (!(Date.now() < this.signedInUntil)) {
      this.operator = (await signIn(this.base, PERSON)).access_token;
      this.signedInUntil = Date.now() + SIGNED_IN;
    }
    const { queues } = await this.call("GET", "/api/admin/jobs", undefined, this.operator);
    return queues.reduce((sum, { ready, running, scheduled }) => sum + ready + running + scheduled, 0);
  }

  /** Waits until no job is left, twice in a row because one job may make another. */
  async jobsDone(minutes = 60) {
    const ends = Date.now() + minutes * 60_000;
    for (let quiet = 0; quiet < 2; ) {
      const left = await this.jobs();
      if (Date.now() > ends) throw new Error(`${left} jobs are left after ${minutes} minutes`);
      quiet = left === 0 ? quiet + 1 : 0;
      await sleep(50);
    }
  }

  async call(method, path, body, token = this.token) {
    const headers = { "content-type": "application/json" };
    if (token) headers.authorization = `Bearer ${token}`;
    const response = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}

function newDatabase() {
  const url = new URL(process.env.MEWAYZ_TEST_POSTGRES);
  const name = `bench_${Date.now()}`;
  execFileSync("createdb", [`--maintenance-db=${url}`, name]);
  url.pathname = `/${name}`;
  return url.toString();
}
