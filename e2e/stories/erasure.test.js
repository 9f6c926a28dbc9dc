// Somebody asks to be forgotten: looked for and erased by keyboard at a desk, by touch on a phone, without a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn } from "../lib/people.js";
import { reloadUntil } from "../lib/until.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "email", type: "email", label: "E-mail" },
  { key: "wish", type: "long_text", label: "Wish" },
];
const ANN = "ann.of.a.rather.long.name@a-rather-long-domain.example";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A person whose form was answered by Ann, and by others, one of whom tells of her. */
async function ready(settings) {
  const owner = await newcomer("Noor Haddad");
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Orders for the summer party of the year", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const answers = [
    { name: "Ann", email: ANN, wish: "Twelve loaves" },
    { name: "Ann", email: ANN.toUpperCase(), wish: "Thirteen" },
    { name: "Bob", email: "bob@example.com", wish: `Ask ${ANN} first` },
  ];
  for (const one of answers) await call("POST", `/api/forms/${form.id}/submissions`, as({ answers: one }));
  const { page, problems } = await session(browser, settings);
  const slug = await signIn(page, owner);
  return { page, problems, slug, form };
}

/** Reached with Tab, and pressed with Enter: no mouse at all. */
async function byKeyboard(locator) {
  const page = locator.page();
  await locator.waitFor();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  throw new Error("nothing leads there by keyboard");
}

for (const device of ["desk", "phone"]) {
  test(`one person is looked for, and erased (${device})`, async () => {
    const { page, problems, slug, form } = await ready({ device });
    const go = device === "desk" ? byKeyboard : press;
    await page.goto(`/w/${slug}/forms`);
    await go(page.getByRole("link", { name: "Erase one person’s data" }));
    await page.getByText("Nobody was erased yet").waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, `erasures-empty-${device}`);
    await page.getByLabel("E-mail address").fill(ANN);
    await go(page.getByRole("button", { name: "Look for them" }));

    await page.waitForURL(/\/erasures\/ers_/);
    await page.getByRole("button", { name: "Erase for good" }).waitFor();
    await page.getByText("The address stands within a text of 1 other submission.").waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, `erasure-found-${device}`);
    await go(page.getByRole("button", { name: "Erase for good" }));

    await page.getByText("What is gone").waitFor();
    await page.getByRole("heading", { name: "A person whose address is forgotten" }).waitFor();
    assert.equal(await page.getByText(ANN).count(), 0);
    assert.equal(await overflow(page), 0);
    await screenshot(page, `erasure-done-${device}`);
    await page.goto(`/w/${slug}/erasures`);
    await page.getByText("Erased", { exact: true }).waitFor();
    await screenshot(page, `erasures-${device}`);
    await page.goto(`/w/${slug}/forms/${form.id}/submissions`);
    await page.getByText("Bob").first().waitFor();
    assert.equal(await page.getByText("Twelve loaves").count(), 0);
    assert.deepEqual(problems, []);
  });
}

test("the palette leads there, and a search can be forgotten", async () => {
  const { page, problems, slug } = await ready({ device: "desk" });
  await page.goto(`/w/${slug}/forms`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("erase one person");
  await page.getByRole("option", { name: /Erase one person/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/erasures$/);
  await page.getByLabel("E-mail address").fill("bob@example.com");
  await page.keyboard.press("Enter");
  await byKeyboard(page.getByRole("button", { name: "Forget this search" }));
  await page.getByText("The search and its address are forgotten").waitFor();
  await page.getByText("Forgotten, nothing erased").waitFor();
  assert.deepEqual(problems, []);
});

test("it works without a script", async () => {
  const { page, slug } = await ready({ device: "phone", javaScript: false });
  await page.goto(`/w/${slug}/erasures`);
  await page.getByLabel("E-mail address").fill(ANN);
  await page.getByRole("button", { name: "Look for them" }).click();
  await reloadUntil(page, page.getByRole("button", { name: "Erase for good" }));
  await page.getByRole("button", { name: "Erase for good" }).click();
  await reloadUntil(page, page.getByText("What is gone"));
});
