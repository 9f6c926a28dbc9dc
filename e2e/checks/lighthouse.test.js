// Public pages reach 100 in each of Lighthouse's categories, also those with a look and pictures of their own.
import assert from "node:assert/strict";
import { test } from "node:test";

import { newcomer } from "../lib/api.js";
import { BASE } from "../lib/browser.js";
import { dressed } from "../lib/dressed.js";
import { scores } from "../lib/lighthouse.js";
import { pages } from "../lib/pages.js";

const PUBLIC = ["landing", "hosted-form", "hosted-form-paged", "hosted-form-arabic"];
/** How often a page is measured: the machine has other work, so that one measure of speed says little. */
const TIMES = 3;

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Speed by the median, everything else by the worst: that does not hang on the machine. */
function judged(measured) {
  const [{ scores: first }] = measured;
  const all = (category) => measured.map(({ scores: of }) => of[category]);
  const judge = (category) => (category === "performance" ? median(all(category)) : Math.min(...all(category)));
  return Object.fromEntries(Object.keys(first).map((category) => [category, judge(category)]));
}

test("public pages reach what they should", async (t) => {
  const usual = (await pages()).filter((page) => PUBLIC.includes(page.name));
  assert.equal(usual.length, PUBLIC.length);
  for (const { name, path } of [...usual, ...await dressed(await newcomer("Lena Fischer"))]) {
    await t.test(name, async () => {
      const measured = [];
      for (let time = 0; time < TIMES; time += 1) measured.push(await scores(new URL(path, BASE).href));
      const found = judged(measured);
      console.log(name, found, "performance", measured.map((it) => it.scores.performance).join(" "));
      const low = Object.keys(found).filter((category) => found[category] < 100);
      const failed = new Set(measured.flatMap((it) => it.failed));
      assert.equal(low.length, 0, `${path} ${JSON.stringify(found)}\n${[...failed].join("\n")}`);
    });
  }
});
