// The process is killed at a random moment, again and again, while submissions pour in one by one and in bulk.
import { setTimeout as sleep } from "node:timers/promises";

import { Ledger, insist } from "../lib/load.mjs";
import { assertExactly } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

const SECONDS = 2;

export default async function (world) {
  const mewayz = await world.mewayz({ environment: { MEWAYZ_WORKERS__LEASE: "5" } });
  const form = await mewayz.newForm();
  const ledger = new Ledger();
  const times = world.short ? 5 : 100;
  for (let time = 1; time <= times; time += 1) {
    const loads = [
      insist(mewayz, "single", { form, seconds: SECONDS, connections: 32, rate: 600 }),
      insist(mewayz, "bulk", { form, seconds: SECONDS, connections: 4, rate: 5, items: 200 }),
    ];
    await sleep(100 + Math.random() * SECONDS * 1000);
    await mewayz.kill("SIGKILL");
    await mewayz.start();
    for (const load of loads) ledger.add(await load);
    if (time % 10 === 0) world.note(`killed ${time} times, ${ledger.ids.size} acknowledged`);
  }
  await assertExactly(world, mewayz, form, ledger);
}
