// The filters of the submissions: on a phone a sheet from below, at a desk part of the page, and both without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe } from "../lib/axe.js";
import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { signIn } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "topic", type: "choice", label: "Topic", options: ["Order", "Return"] },
  { key: "score", type: "nps", label: "Would you recommend us?" },
  { key: "day", type: "date", label: "Which day?" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A form with two submissions, and the address of their list. */
async function desk() {
  const owner = await newcomer("Ravi Menon");
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Contact", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  for (const answers of [{ name: "Ada", topic: "Order", score: 9 }, { name: "Grace", topic: "Return", score: 3 }]) {
    await call("POST", `/api/forms/${form.id}/submissions`, as({ answers }));
  }
  return { owner, form, list: `/w/${owner.workspace.slug}/forms/${form.id}/submissions` };
}

/** Somebody else works on the list meanwhile. */
async function archiveOne({ token }, form) {
  const [{ id }] = (await call("GET", `/api/forms/${form.id}/submissions`, { token })).data;
  await call("POST", `/api/submissions/${id}/archival`, { token, body: {} });
}

const rows = (page) => page.locator("#submissions tbody tr");
const isModal = (page) => page.locator(".filters__dialog").evaluate((it) => it.matches(":modal"));

for (const scheme of ["light", "dark"]) {
  test(`on a phone by touch, ${scheme}`, async () => {
    const { owner, list } = await desk();
    const { page, problems } = await session(browser, { device: "phone", scheme });
    await signIn(page, owner);
    await page.goto(list);
    await page.locator(".filters__head").tap();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    await sheet.waitFor();
    assert.equal(await isModal(page), true);
    const box = await sheet.boundingBox();
    assert.ok(Math.abs(box.y + box.height - 844) < 2 && box.width === 390, JSON.stringify(box));
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `filter-sheet-${scheme}`);
    await sheet.getByLabel("Topic").selectOption({ label: "Return" });
    await sheet.getByRole("button", { name: "Apply" }).tap();
    await page.waitForURL(/answers\.topic=Return/);
    assert.equal(await rows(page).count(), 1);
    assert.match(await page.locator(".filters__head").innerText(), /Filters\s*1/);
    await screenshot(page, `filter-sheet-on-${scheme}`);
    await page.locator(".filters__head").tap();
    await sheet.getByRole("link", { name: "Clear" }).tap();
    await page.waitForURL((url) => !url.search.includes("topic"));
    assert.equal(await rows(page).count(), 2);
    assert.equal(await overflow(page), 0);
    // Beside the sheet, where the page shows through.
    await page.locator(".filters__head").tap();
    await page.touchscreen.tap(195, 20);
    await sheet.waitFor({ state: "hidden" });
    assert.deepEqual(problems, []);
  });
}

test("on a phone by keyboard, and news waits until it is closed", async () => {
  const { owner, form, list } = await desk();
  const { page, problems } = await session(browser, { device: "phone" });
  await signIn(page, owner);
  await page.goto(list);
  const { keyboard } = page;
  await page.locator(".filters__head").focus();
  await keyboard.press("Enter");
  assert.equal(await isModal(page), true);
  await page.locator("#filter-status").focus();
  await page.getByLabel("Came from").fill("half writ");
  await archiveOne(owner, form);
  await page.waitForTimeout(2_500);
  assert.equal(await page.getByLabel("Came from").inputValue(), "half writ");
  await keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Filters" }).waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.className), "button filters__head");
  await page.waitForFunction(() => document.querySelectorAll("#submissions tbody tr").length === 1);
  assert.deepEqual(problems, []);
});

test("at a desk they unfold in the page", async () => {
  const { owner, form, list } = await desk();
  const { page, problems } = await session(browser, { device: "desk" });
  await signIn(page, owner);
  await page.goto(list);
  await page.locator(".filters__head").click();
  await page.getByLabel("Came from").fill("half writ");
  await archiveOne(owner, form);
  await page.waitForTimeout(2_500);
  assert.equal(await page.getByLabel("Came from").inputValue(), "half writ");
  assert.equal(await rows(page).count(), 2);
  assert.equal(await isModal(page), false);
  assert.equal(await page.locator(".filters__top").isVisible(), false);
  for (const end of ["From", "To"]) {
    const { width } = await page.getByRole("group", { name: "Which day?" }).getByLabel(end).boundingBox();
    assert.ok(width >= 140, `the year is cut off at ${width} pixels`);
  }
  await screenshot(page, "filter-sheet-desk");
  await page.locator(".filters__head").click();
  await page.getByLabel("Topic").waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await page.getByLabel("Topic").focus();
  await page.keyboard.press("Escape");
  await page.getByLabel("Topic").waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.className), "button filters__head");
  await page.keyboard.press("Enter");
  await page.getByLabel("Topic").waitFor();
  await page.locator("h1").first().click();
  await page.getByLabel("Topic").waitFor({ state: "hidden" });
  await page.waitForFunction(() => document.querySelectorAll("#submissions tbody tr").length === 1);
  assert.deepEqual(problems, []);
});

test("without scripts they are a plain form", async () => {
  const { owner, list } = await desk();
  const { page } = await session(browser, { javaScript: false });
  await page.goto("/login");
  await page.locator("[name=email]").fill(owner.email);
  await page.locator("[name=password]").fill(owner.password);
  await page.locator("button[type=submit]").first().tap();
  await page.waitForURL(/\/w\/[^/]+/);
  await page.goto(list);
  await page.locator(".filters__head").tap();
  await page.getByLabel("Topic").selectOption({ label: "Return" });
  await page.getByRole("button", { name: "Apply" }).tap();
  await page.waitForURL(/answers\.topic=Return/);
  assert.equal(await rows(page).count(), 1);
  assert.equal(await overflow(page), 0);
});
