// Every public page reaches 100 in each of Lighthouse's categories.
import assert from "node:assert/strict";
import { test } from "node:test";

import { BASE } from "../lib/browser.js";
import { scores } from "../lib/lighthouse.js";
import { pages } from "../lib/pages.js";

const PUBLIC = ["landing", "hosted-form"];

test("every public page reaches 100", async (t) => {
  for (const { name, path } of (await pages()).filter((page) => PUBLIC.includes(page.name))) {
    await t.test(name, async () => {
      const { scores: found, failed } = await scores(new URL(path, BASE).href);
      console.log(name, found);
      const low = Object.values(found).filter((score) => score < 100);
      assert.equal(low.length, 0, `${path} ${JSON.stringify(found)}\n${failed.join("\n")}`);
    });
  }
});
