// What a fault has at hand: servers, a database of its own, a place to note what was seen.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { Mewayz } from "./mewayz.mjs";
import { Postgres } from "./postgres.mjs";

/** This machine does not let the fault be made; the message says what is missing. */
export class Impossible extends Error {}

export class World {
  #servers = [];
  #endings = [];

  constructor({ engine, short, folder }) {
    Object.assign(this, { engine, short, folder });
  }

  /** Tells what was seen. */
  note(text) {
    console.log(`  ${text}`);
  }

  /** A started server on a database of its own, with a person, a workspace and a key. */
  async mewayz({ data = join(this.folder, "data"), environment = {}, tablespace } = {}) {
    const database = this.engine === "postgres" ? Postgres.newDatabase(tablespace) : undefined;
    const mewayz = this.#keep(new Mewayz({ folder: this.folder, data, database, environment }));
    await mewayz.start();
    await mewayz.moveIn();
    return mewayz;
  }

  /** A second process on the same database, for the same people. */
  async beside(mewayz) {
    const second = this.#keep(mewayz.twin());
    await second.start();
    return second;
  }

  /** A small disk of its own in memory; gone when the fault is over. */
  disk(name, megabytes) {
    const place = join(this.folder, name);
    try {
      execFileSync("mkdir", ["-p", place]);
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", place], { stdio: "pipe" });
    } catch (error) {
      throw new Impossible(`a small disk cannot be mounted here (${String(error.stderr).trim()})`);
    }
    this.atEnd(() => execFileSync("umount", ["--lazy", place]));
    return place;
  }

  /** Undone in reverse order when the fault is over. */
  atEnd(undo) {
    this.#endings.unshift(undo);
  }

  async end() {
    for (const server of this.#servers) await server.kill("SIGKILL");
    for (const undo of this.#endings) await undo();
  }

  /** The end of each server's log. */
  lastWords() {
    const logs = readdirSync(this.folder).filter((name) => name.endsWith(".log"));
    const tails = logs.map((name) => {
      const lines = readFileSync(join(this.folder, name), "utf8").trimEnd().split("\n");
      return `${join(this.folder, name)}:\n${lines.slice(-12).join("\n")}`;
    });
    return tails.join("\n");
  }

  #keep(server) {
    this.#servers.push(server);
    return server;
  }
}
