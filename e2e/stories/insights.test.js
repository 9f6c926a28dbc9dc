// In figures: what was answered is seen at a glance, compared, and followed to the rows behind each bar.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { PERSON, launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn } from "../lib/people.js";
import { until } from "../lib/until.js";

const FIELDS = [
  { key: "topic", type: "choice", label: "Topic", options: ["Order", "Return"], other: true },
  { key: "nps", type: "nps", label: "Would you recommend us?" },
  { key: "note", type: "long_text", label: "Anything else?" },
];
const ANSWERS = [
  { topic: "Order", nps: 10, note: "Lovely bread" },
  { topic: "Order", nps: 9 },
  { topic: "Return", nps: 3, note: "It came late" },
  { topic: "A question of mine" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("answers are read in figures", async (t) => {
  const owner = await newcomer("Ines Moreau");
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Feedback", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const send = (answers) => call("POST", `/api/forms/${form.id}/submissions`, as({ answers }));
  const { page, problems } = await session(browser, { device: "desk" });
  const slug = await signIn(page, owner);
  const here = `/w/${slug}/forms/${form.id}/insights`;
  const card = (name) => page.locator(".card", { has: page.getByRole("heading", { name }) });
  const bar = (name, label) => card(name).locator(".distribution__row", { hasText: label });

  await t.test("an empty page says so, and is filled by what comes in", async () => {
    await page.goto(here);
    await page.getByText("No views and no answers yet").waitFor();
    for (const answers of ANSWERS) await send(answers);
    await page.getByText("4 answered (100 %)").waitFor();
    assert.match(await bar("Topic", "Order").innerText(), /50 %\s*2/);
    await card("Would you recommend us?").getByText("+33").waitFor();
    await card("Anything else?").getByText("It came late").waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, "insights-desk");
  });

  await t.test("each bar leads to its rows, by keyboard", async () => {
    for (const [name, label, rows] of [
      ["Topic", "Order", 2],
      ["Topic", "Other", 1],
      ["Would you recommend us?", "Promoters", 2],
    ]) {
      await page.goto(here);
      await bar(name, label).getByRole("link").focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/submissions\?/);
      assert.equal(await page.locator("#submissions tbody tr").count(), rows, label);
    }
  });

  await t.test("what is put into the bin is counted no more", async () => {
    const rows = await call("GET", `/api/forms/${form.id}/submissions?answers.topic=Return`, as());
    await page.goto(here);
    await call("POST", `/api/submissions/${rows.data[0].id}/deletion`, as());
    await page.reload();
    await page.getByText("3 answered (100 %)").waitFor();
    await card("Would you recommend us?").getByText("+100").waitFor();
  });

  await t.test("on a phone, other days are asked for and compared", async () => {
    const phone = await session(browser, { device: "phone" });
    await signIn(phone.page, owner);
    await phone.page.goto(here);
    await press(phone.page.getByText("Days and comparison"));
    await phone.page.getByLabel("Compare with").selectOption({ label: "The days before" });
    await press(phone.page.getByRole("button", { name: "Show" }));
    await phone.page.getByText("None before").first().waitFor();
    assert.match(phone.page.url(), /compare=previous/);
    assert.equal(await overflow(phone.page), 0);
    await screenshot(phone.page, "insights-phone");
    assert.deepEqual(phone.problems, []);
  });

  assert.deepEqual(problems, []);
});

const PAGES = [
  { key: "topic", type: "short_text", label: "What is it about?" },
  { key: "you", type: "page", label: "About you" },
  { key: "name", type: "short_text", label: "Your name" },
];

test("one sees how many come how far", async () => {
  const owner = await newcomer("Lena Roth");
  const as = (body) => ({ token: owner.token, body });
  // These people are faster than any: that is no sign of a program here.
  const protection = { min_seconds: 0 };
  const form = await call("POST", "/api/forms", as({ title: "Two pages", fields: PAGES, protection }));
  await call("POST", `/api/forms/${form.id}/publication`, as());

  // Two people begin; one leaves on the second page, one sends it. A third only looks.
  for (const [source, sends] of [["newsletter", true], ["newsletter", false], ["poster", null]]) {
    const { context, page, problems } = await session(browser, { device: "phone", userAgent: PERSON });
    await page.goto(`${form.path}?utm_source=${source}`);
    if (sends !== null) {
      const told = page.waitForResponse((it) => it.url().endsWith("/starts"));
      await page.getByLabel("What is it about?").fill("Bread");
      assert.equal((await told).status(), 202);
      await press(page.getByRole("button", { name: "Next" }));
      await page.getByLabel("Your name").fill("Ada");
    }
    if (sends) {
      await press(page.getByRole("button", { name: "Send" }));
      await page.getByText("Thank you").waitFor();
    }
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(problems, []);
    await context.close();
  }

  const visits = await until(
    async () => (await call("GET", `/api/forms/${form.id}/insights`, as())).visits,
    ({ submission_count, view_count }) => submission_count >= 1 && view_count >= 3,
  );
  assert.deepEqual(
    [visits.view_count, visits.start_count, visits.submission_count, visits.completion_rate],
    [3, 2, 1, 0.5],
  );
  assert.deepEqual(visits.pages.map((it) => [it.reached_count, it.left_count]), [[3, 1], [2, 1]]);
  assert.deepEqual(
    visits.sources.map((it) => [it.source, it.view_count, it.submission_count]),
    [["newsletter", 2, 1], ["poster", 1, 0]],
  );

  for (const device of ["desk", "phone"]) {
    const { page, problems } = await session(browser, { device });
    const slug = await signIn(page, owner);
    await page.goto(`/w/${slug}/forms/${form.id}/insights`);
    const card = page.locator(".card", { has: page.getByRole("heading", { name: "From view to answer" }) });
    await card.getByText("50 % of those who began sent it").waitFor();
    await card.getByText("Page 2: About you").first().waitFor();
    await page.getByRole("heading", { name: "Where people come from" }).waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, `visits-${device}`);
    assert.deepEqual(problems, []);
  }
});
