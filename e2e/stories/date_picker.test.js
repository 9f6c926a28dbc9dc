// A date is chosen from the page's own calendar with nothing but keys, in several languages; a finger gets the device's own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe } from "../lib/axe.js";
import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { takeTime } from "../lib/people.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A published form that asks for a day of 2026 or January 2027. */
async function asking(settings = {}) {
  const owner = await newcomer("Sofia Lindgren");
  const as = (body) => ({ token: owner.token, body });
  const fields = [
    { key: "day", type: "date", label: "Which day?", required: true, min: "2026-02-10", max: "2027-01-31" },
    { key: "note", type: "short_text", label: "Note" },
  ];
  const { id, public_id: place } = await call("POST", "/api/forms", as({ title: "Book a table", fields, settings }));
  await call("POST", `/api/forms/${id}/publication`, as());
  return { path: `/f/${place}`, answers: () => call("GET", `/api/forms/${id}/submissions`, as()) };
}

const day = (page) => page.locator("[name=day]").inputValue();
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label"));

/** Presses keys one after the other, and tells the day that has the focus after each. */
async function walk(page, keys) {
  const days = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    days.push(await page.evaluate(() => document.activeElement.dataset.day));
  }
  return days;
}

/** From the top of the page to the date by the Tab key. */
async function toDate(page) {
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.name === "day")) return;
  }
  assert.fail("no way to the date by keyboard");
}

test("by keys only, at a desk", async (t) => {
  const form = await asking();
  const { page, problems } = await session(browser, { device: "desk" });
  const { keyboard } = page;
  const calendar = page.getByRole("dialog", { name: "Choose a day" });
  await page.goto(form.path);

  await t.test("one types into it as ever", async () => {
    await toDate(page);
    await keyboard.type("03152026");
    assert.equal(await day(page), "2026-03-15");
  });

  await t.test("Alt and down open the calendar on what was typed", async () => {
    await keyboard.press("Alt+ArrowDown");
    await calendar.waitFor();
    assert.equal(await focused(page), "Sunday, March 15, 2026");
    await calendar.getByRole("heading", { name: "March 2026" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await screenshot(page, "date-picker-desk-light");
  });

  await t.test("keys lead through days, weeks, months and years, and never beyond what may be chosen", async () => {
    assert.deepEqual(
      await walk(page, ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "Home", "End"]),
      ["2026-03-16", "2026-03-09", "2026-03-08", "2026-03-15", "2026-03-15", "2026-03-21"],
    );
    assert.deepEqual(
      await walk(page, ["PageDown", "PageUp", "Shift+PageDown", "PageUp", "Shift+PageUp"]),
      ["2026-04-21", "2026-03-21", "2027-01-31", "2026-12-31", "2026-02-10"],
    );
    assert.deepEqual(await walk(page, ["ArrowLeft", "ArrowUp"]), ["2026-02-10", "2026-02-10"]);
    assert.equal(await calendar.locator("[data-day='2026-02-09']").getAttribute("aria-disabled"), "true");
    assert.equal(await calendar.locator("[aria-selected=true]").count(), 0);
  });

  await t.test("Escape leaves all as it was", async () => {
    await keyboard.press("Escape");
    await calendar.waitFor({ state: "hidden" });
    assert.equal(await day(page), "2026-03-15");
    assert.equal(await page.evaluate(() => document.activeElement.name), "day");
  });

  await t.test("the button opens it too, and Enter chooses", async () => {
    for (let step = 0; step < 4 && (await focused(page)) === null; step += 1) await keyboard.press("Tab");
    assert.equal(await focused(page), "Choose a day, Which day?, Sunday, March 15, 2026");
    await keyboard.press("Enter");
    await calendar.waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await calendar.waitFor({ state: "hidden" });
    assert.equal(await day(page), "2026-03-22");
    assert.equal(await focused(page), "Choose a day, Which day?, Sunday, March 22, 2026");
  });

  await t.test("its buttons turn the pages, within reach of the Tab key", async () => {
    await keyboard.press("Space");
    await calendar.waitFor();
    for (let step = 0; step < 10 && (await focused(page)) !== "Next month"; step += 1) await keyboard.press("Tab");
    await keyboard.press("Enter");
    await calendar.getByRole("heading", { name: "April 2026" }).waitFor();
    assert.equal(await focused(page), "Next month");
    for (let step = 0; step < 3 && !(await page.evaluate(() => document.activeElement.dataset.day)); step += 1) await keyboard.press("Tab");
    await keyboard.press("Space");
    assert.equal(await day(page), "2026-04-22");
  });

  await t.test("what was chosen is kept over a reload, and sent", async () => {
    await page.reload();
    assert.equal(await day(page), "2026-04-22");
    await takeTime(page);
    await page.getByRole("button", { name: "Send" }).focus();
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const { data: [{ answers }] } = await form.answers();
    assert.equal(answers.day, "2026-04-22");
    assert.deepEqual(problems, []);
  });
});

test("it speaks as the form does, and begins its weeks so", async () => {
  for (const [language, heading, first, open] of [
    ["de", "März 2026", "Montag", "Tag auswählen"],
    ["ja", "2026年3月", "日曜日", "日付を選択"],
  ]) {
    const { path } = await asking({ language });
    const { page, problems } = await session(browser, { device: "desk", scheme: "dark" });
    await page.goto(path);
    await page.locator("[name=day]").fill("2026-03-15");
    await page.keyboard.press("Alt+ArrowDown");
    const calendar = page.getByRole("dialog", { name: open });
    await calendar.getByRole("heading", { name: heading }).waitFor();
    assert.equal(await calendar.locator("th").first().getAttribute("abbr"), first);
    assert.deepEqual(problems, []);
  }
});

test("from right to left the arrows lead where they point", async () => {
  const theme = { accent: "#ffe600", background: "#123a2e", font: "serif", corners: "square", scheme: "dark" };
  const { path } = await asking({ language: "ar", theme });
  const { page, problems } = await session(browser, { device: "desk" });
  await page.goto(path);
  await page.locator("[name=day]").fill("2026-03-15");
  await page.keyboard.press("Alt+ArrowDown");
  const box = await page.getByRole("dialog", { name: "اختيار يوم" }).boundingBox();
  const date = await page.locator("[name=day]").boundingBox();
  assert.ok(Math.abs(box.x + box.width - date.x - date.width) < 1, "it begins where its input does");
  assert.deepEqual(await walk(page, ["ArrowLeft", "ArrowRight", "Home"]), ["2026-03-16", "2026-03-15", "2026-03-14"]);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "date-picker-arabic-dark");
  assert.equal(await overflow(page), 0);
  assert.deepEqual(problems, []);
});

test("a pointer chooses, and closes it beside the sheet", async () => {
  const { path } = await asking();
  const { page } = await session(browser, { device: "desk", scheme: "dark" });
  await page.goto(path);
  await page.locator("[name=day]").fill("2026-03-15");
  const button = page.getByRole("button", { name: /Choose a day/ });
  const calendar = page.getByRole("dialog", { name: "Choose a day" });
  await button.click();
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "date-picker-desk-dark");
  await calendar.locator("[data-day='2026-03-20']").click();
  assert.equal(await day(page), "2026-03-20");
  await button.click();
  await page.mouse.click(60, 700);
  await calendar.waitFor({ state: "hidden" });
});

test("a finger gets the calendar of its device", async () => {
  const { path } = await asking();
  const { page, problems } = await session(browser, { device: "phone" });
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator(".date__button").count(), 0);
  assert.equal(await page.locator("[name=day]").getAttribute("type"), "date");
  assert.deepEqual(problems, []);
});
