// The PostgreSQL that bin/lib/with_postgres.sh started, and the ways to hurt it.
import { execFileSync } from "node:child_process";

const { MEWAYZ_TEST_POSTGRES: ADDRESS, MEWAYZ_TEST_POSTGRES_DATA: DATA } = process.env;
let count = 0;

export const Postgres = {
  /** A fresh database that `mewayz` owns; gives its address. */
  newDatabase(tablespace) {
    const address = new URL(ADDRESS);
    const name = `faults_${process.pid}_${++count}`;
    this.query(`create database ${name} owner mewayz${tablespace ? ` tablespace ${tablespace}` : ""}`);
    address.pathname = `/${name}`;
    return address.toString();
  },

  /** Drops a tablespace with the databases on it. */
  dropTablespace(name) {
    const on = `select datname from pg_database d join pg_tablespace t on t.oid = d.dattablespace where spcname = '${name}'`;
    for (const database of this.query(on).split("\n").filter(Boolean)) this.query(`drop database ${database} with (force)`);
    this.query(`drop tablespace ${name}`);
  },

  /** Runs SQL as the cluster's owner; gives the rows as text. */
  query(text, database = "postgres") {
    const address = new URL(ADDRESS);
    address.username = "postgres";
    address.pathname = `/${database}`;
    return execFileSync("psql", ["--quiet", "--no-align", "--tuples-only", "--command", text, address.toString()], { encoding: "utf8", stdio: "pipe" });
  },

  /** Stops without a checkpoint, as a power cut would. */
  stopAtOnce() {
    control("--mode=immediate", "stop");
  },

  start() {
    control(`--log=${DATA}.log`, "--wait", "start");
  },
};

/** PostgreSQL refuses to run as root. */
export function asPostgres(...command) {
  const [program, ...parameters] = process.getuid() === 0 ? ["runuser", "-u", "postgres", "--", ...command] : command;
  execFileSync(program, parameters, { stdio: "ignore", cwd: "/" });
}

function control(...parameters) {
  const program = execFileSync("sh", ["-c", "command -v pg_ctl"], { encoding: "utf8" }).trim();
  asPostgres(program, `--pgdata=${DATA}`, ...parameters);
}
