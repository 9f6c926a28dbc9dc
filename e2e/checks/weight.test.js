// Every page is light on a first visit, with all that belongs to it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "../lib/browser.js";
import { pages, people } from "../lib/pages.js";
import { weight } from "../lib/weight.js";

/** Bytes of a page at most, and of one that respondents see, who may come by a slow line. */
const [MOST, HOSTED] = [120_000, 60_000];
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("every page is light", async (t) => {
  const as = people(browser, { device: "desk", scheme: "light" });
  for (const { name, path, as: person } of await pages()) {
    if (name.startsWith("screen-") || name === "styleguide") continue;
    await t.test(name, async () => {
      const { page } = await as(person);
      const parts = [...await weight(page, path)].sort(([, one], [, other]) => other - one);
      const whole = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
      const most = name.startsWith("hosted-") ? HOSTED : MOST;
      const heaviest = parts.slice(0, 8).map(([address, bytes]) => `${kilobytes(bytes)} ${address}`);
      console.log(`${name}: ${kilobytes(whole)} in ${parts.length} files`);
      assert.ok(whole > 1000 && whole <= most, `${path} weighs ${kilobytes(whole)}\n${heaviest.join("\n")}`);
    });
  }
});
