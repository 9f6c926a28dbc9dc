// Every page, on both devices and in both themes: accessible, and nothing sticks out sideways.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe } from "../lib/axe.js";
import { LOOKS, launch, overflow, screenshot } from "../lib/browser.js";
import { pages, people } from "../lib/pages.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("every page is accessible", async (t) => {
  const all = await pages();
  for (const look of LOOKS) {
    const as = people(browser, look);
    for (const { name, path, as: person, status } of all) {
      await t.test(`${name}, ${look.device}, ${look.scheme}`, async () => {
        const { page, problems } = await as(person);
        const response = await page.goto(path);
        assert.equal(response.status(), status, path);
        await screenshot(page, `${name}-${look.device}-${look.scheme}`);
        const found = await axe(page);
        assert.equal(found.length, 0, `${path}\n${found.join("\n")}`);
        assert.equal(await overflow(page), 0, `${path} is wider than the screen`);
        assert.deepEqual(problems.splice(0), [], path);
      });
    }
  }
});
