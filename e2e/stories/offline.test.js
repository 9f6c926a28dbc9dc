// Answers survive what happens on the way: a reload, a lost connection, a form of several pages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, screenshot, session } from "../lib/browser.js";
import { press } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name", required: true },
  { key: "days", type: "choices", label: "Which days?", options: ["Friday", "Saturday"] },
  { key: "two", type: "page", label: "More" },
  { key: "story", type: "long_text", label: "Your story" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("answers are kept and sent once, whatever the connection does", async (t) => {
  const owner = await newcomer();
  const as = (body) => ({ token: owner.token, body });
  const make = async (body) => {
    const form = await call("POST", "/api/forms", as(body));
    await call("POST", `/api/forms/${form.id}/publication`, as());
    return form;
  };
  // Whoever writes here is faster than any person: that is no sign of a program.
  const form = await make({ title: "Tell us", fields: FIELDS, protection: { min_seconds: 0 } });
  const submissions = async (id) => (await call("GET", `/api/forms/${id}/submissions`, as())).data;
  const { page, context, problems } = await session(browser, { device: "phone" });

  await t.test("what is written is there again after a reload", async () => {
    await page.goto(`/f/${form.public_id}`);
    await page.getByLabel("Your name").fill("Hiro");
    await press(page.getByText("Saturday", { exact: true }));
    await page.getByText("Your answers are kept in this browser").waitFor();
    await page.reload();
    await page.getByText("Your answers from last time are here again.").waitFor();
    assert.equal(await page.getByLabel("Your name").inputValue(), "Hiro");
    assert.ok(await page.getByLabel("Saturday").isChecked());
    await screenshot(page, "draft-back");
  });

  await t.test("also what was written on a later page", async () => {
    await press(page.getByRole("button", { name: "Next" }));
    await page.getByLabel("Your story").fill("It began with rain.");
    await page.goto(`/f/${form.public_id}`);
    await press(page.getByRole("button", { name: "Next" }));
    assert.equal(await page.getByLabel("Your story").inputValue(), "It began with rain.");
  });

  await t.test("without a connection it waits, and says so", async () => {
    await context.setOffline(true);
    await press(page.getByRole("button", { name: "Send" }));
    await page.getByText("You are offline.").waitFor();
    await press(page.getByRole("button", { name: "Send" }));
    await screenshot(page, "offline");
    assert.equal((await submissions(form.id)).length, 0);
  });

  await t.test("and is sent once when it is back", async () => {
    await context.setOffline(false);
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const [only, ...more] = await submissions(form.id);
    assert.deepEqual(only.answers, { name: "Hiro", days: ["Saturday"], story: "It began with rain." });
    assert.equal(more.length, 0);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("draft:")).length), 0);
  });

  await t.test("the next one begins empty", async () => {
    await page.goto(`/f/${form.public_id}`);
    assert.equal(await page.getByLabel("Your name").inputValue(), "");
  });

  await t.test("a form for shared computers keeps nothing", async () => {
    const shared = await make({ title: "At the desk", fields: FIELDS, settings: { forget_drafts: true } });
    await page.goto(`/f/${shared.public_id}`);
    await page.getByLabel("Your name").fill("Hiro");
    await page.reload();
    assert.equal(await page.getByLabel("Your name").inputValue(), "");
    assert.deepEqual(problems.filter((it) => !/ERR_INTERNET_DISCONNECTED/.test(it)), []);
  });
});
