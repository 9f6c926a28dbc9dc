// Every page as the server sends it: valid HTML.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "../lib/browser.js";
import { saveHtml, validate } from "../lib/html.js";
import { pages, people } from "../lib/pages.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("every page is valid HTML", async (t) => {
  const as = people(browser, { device: "desk", scheme: "light" });
  const files = [];
  for (const { name, path, as: person, status } of await pages()) {
    await t.test(`${name} is sent`, async () => {
      const { page } = await as(person);
      files.push(await saveHtml(page, path, name, status));
    });
  }
  await t.test("the validator has nothing to say", async () => {
    assert.ok(files.length > 0, "no page was saved");
    const found = await validate(files);
    assert.equal(found.length, 0, `\n${found.join("\n")}`);
  });
});
