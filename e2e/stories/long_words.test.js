// Whoever calls a form by an address, which has no place to break at, still gets pages that fit their screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, session } from "../lib/browser.js";
import { press, signIn } from "../lib/people.js";

const LONG = `https://www.example.com/${"one-very-long-path".repeat(6)}`;
const FIELDS = [
  { key: "site", type: "short_text", label: LONG, required: true },
  { key: "pick", type: "choice", label: "Which?", options: [LONG, "A short one"] },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A form of long words, and one answer to it. */
async function ready(device) {
  const owner = await newcomer();
  const as = (body) => ({ token: owner.token, body });
  const { id } = await call("POST", "/api/forms", as({ title: LONG, fields: FIELDS }));
  await call("POST", `/api/forms/${id}/publication`, as());
  const form = await call("GET", `/api/forms/${id}`, as());
  const submission = await call("POST", `/api/forms/${id}/submissions`, as({ answers: { site: LONG, pick: LONG } }));
  const { page } = await session(browser, { device });
  const home = `/w/${await signIn(page, owner)}`;
  return { page, home, form, submission };
}

for (const device of ["phone", "desk"]) {
  test(`long words fit every page (${device})`, async () => {
    const { page, home, form, submission } = await ready(device);
    const parts = ["", "/preview", "/logic", "/submissions", "/insights", "/exports", "/imports", "/share", "/versions", "/columns"];
    const paths = [
      `/f/${form.public_id}`, `/f/${form.public_id}/thanks`, `${home}/forms`, `${home}/submissions/${submission.id}`,
      ...parts.map((part) => `${home}/forms/${form.id}${part}`),
    ];
    for (const path of paths) {
      await page.goto(path);
      assert.equal(await overflow(page), 0, path);
      const [wide] = await page.locator(":is(.paper, .card) :is(h1, h2, dt, label)").evaluateAll((all) =>
        all.filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth).map((it) => it.outerHTML));
      assert.equal(wide, undefined, path);
    }
    await page.goto(`${home}/forms/${form.id}`);
    const heading = page.getByRole("heading", { level: 1 }).first();
    assert.equal(await heading.getAttribute("title"), LONG, "what is cut is whole when pointed at");
  });
}

test("a box to pick a row by answers to a finger that lands beside it", async () => {
  const { page, home, form } = await ready("phone");
  await page.goto(`${home}/forms/${form.id}/submissions`);
  const box = page.locator(".table__pick input");
  const { x, y, width, height } = await box.boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2 + 20);
  assert.equal(await box.isChecked(), true);
  await press(box);
  assert.equal(await box.isChecked(), false);
});
