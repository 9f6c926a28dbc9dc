// At a desk, by keyboard and by mouse: what came in is read beside the list, given on, sorted and put away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "topic", type: "choice", label: "Topic", options: ["Order", "Return"] },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("a team works on what came in", async (t) => {
  const owner = await newcomer("Noor Haddad");
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Orders", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const send = (name, topic = "Order") =>
    call("POST", `/api/forms/${form.id}/submissions`, as({ answers: { name, topic } }));
  for (const [index, name] of ["Ada", "Grace", "Hiro", "Mei"].entries()) await send(name, index % 2 ? "Return" : "Order");
  const { page, problems } = await session(browser, { device: "desk" });
  const slug = await signIn(page, owner);
  const list = `/w/${slug}/forms/${form.id}/submissions`;
  const drawer = page.locator("submission-drawer");
  const row = (name) => page.locator("#submissions tbody tr", { hasText: name });

  await t.test("a row opens beside the list, and keys lead on", async () => {
    await page.goto(list);
    assert.equal(await drawer.isVisible(), false);
    await press(row("Mei").locator(".table__link"));
    await drawer.getByText("Submission #4").waitFor();
    assert.equal(page.url().endsWith("/submissions"), true);
    await page.keyboard.press("j");
    await drawer.getByText("Submission #3").waitFor();
    await page.keyboard.press("k");
    await drawer.getByText("Submission #4").waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, "desk-drawer");
  });

  await t.test("what is changed there is seen in the list", async () => {
    await drawer.getByLabel("Status").selectOption({ label: "In progress" });
    await row("Mei").getByText("In progress").waitFor();
    await drawer.getByLabel("Tags").fill("VIP");
    await drawer.getByLabel("Tags").press("Enter");
    await row("Mei").getByText("VIP").waitFor();
    await drawer.getByLabel("New comment").fill("Called her.");
    await press(drawer.getByRole("button", { name: "Comment", exact: true }));
    await drawer.getByText("Called her.").first().waitFor();
    assert.equal(await drawer.getByLabel("New comment").inputValue(), "");
  });

  await t.test("what is half written stays while something else is saved", async () => {
    await drawer.getByLabel("New comment").fill("Call her ag");
    await drawer.getByLabel("Tags").fill("VIP, la");
    await drawer.getByLabel("Status").selectOption({ label: "Done" });
    await row("Mei").getByText("Done").waitFor();
    await drawer.getByText("set the status to Done").waitFor();
    assert.equal(await drawer.getByLabel("New comment").inputValue(), "Call her ag");
    assert.equal(await drawer.getByLabel("Tags").inputValue(), "VIP, la");
  });

  await t.test("Escape closes it, and the row has the focus again", async () => {
    await page.keyboard.press("Escape");
    assert.equal(await drawer.isVisible(), false);
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Mei/);
  });

  await t.test("keys lead from row to row, open one and pick one", async () => {
    const focused = () => page.evaluate(() => document.activeElement.closest("tr")?.textContent ?? "");
    await page.locator("h1").first().click();
    await page.keyboard.press("j");
    assert.match(await focused(), /Mei/);
    await page.keyboard.press("j");
    assert.match(await focused(), /Hiro/);
    await page.keyboard.press("x");
    assert.equal(await row("Hiro").locator(".table__pick input").isChecked(), true);
    await page.keyboard.press("x");
    await page.keyboard.press("k");
    assert.match(await focused(), /Mei/);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await drawer.getByText("Submission #3").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("jj");
    assert.equal(await page.getByRole("searchbox").inputValue(), "jj");
    await page.getByText("Nothing found for").waitFor();
    await page.getByRole("searchbox").fill("");
    await row("Ada").waitFor();
  });

  await t.test("what arrives is told, again and again, and shown when asked for", async () => {
    await send("Tove");
    await page.getByRole("link", { name: "1 new" }).waitFor();
    assert.equal(await row("Tove").count(), 0);
    await page.getByRole("link", { name: "Open 5" }).waitFor();
    await send("Lin");
    await press(page.getByRole("link", { name: "2 new" }));
    await row("Lin").waitFor();
    await send("Sam");
    await press(page.getByRole("link", { name: "1 new" }));
    await row("Sam").waitFor();
  });

  await t.test("some are picked and archived", async () => {
    for (const name of ["Sam", "Lin"]) await row(name).locator("input[name=pick]").check();
    await page.getByText("With 2 picked").waitFor();
    await screenshot(page, "desk-picked");
    await page.locator("select[name=action]").selectOption({ label: "Archive" });
    await press(page.getByRole("button", { name: "Apply" }));
    await page.getByRole("link", { name: "Archive 2" }).waitFor();
    await row("Sam").waitFor({ state: "detached" });
  });

  await t.test("what was done with them is undone", async () => {
    await page.getByText("2 submissions archived.").waitFor();
    await press(page.getByRole("button", { name: "Undo", exact: true }));
    await row("Sam").waitFor();
    await page.getByText("Undone: 2 submissions as before.").waitFor();
    await screenshot(page, "desk-undone");
  });

  await t.test("all on the page are picked, and a tag is written", async () => {
    await row("Sam").locator("input[name=pick]").check();
    await page.locator("[data-pick-all]").check();
    await page.getByText("With 7 picked").waitFor();
    await page.locator("select[name=action]").selectOption({ label: "Add a tag" });
    await page.locator(".bulk__tag input").fill("Autumn");
    await screenshot(page, "desk-tag");
    await press(page.getByRole("button", { name: "Apply" }));
    await row("Ada").getByText("Autumn").waitFor();
  });

  await t.test("the palette opens one beside the list", async () => {
    await page.keyboard.press("Control+k");
    await page.locator("#palette-query").pressSequentially("Grace");
    await press(page.locator(".palette__found [role=option]", { hasText: "Orders #2" }));
    await drawer.getByText("Submission #2").waitFor();
    await page.keyboard.press("Escape");
    await page.goto(list);
  });

  await t.test("the bin is emptied after a question", async () => {
    await row("Tove").locator("input[name=pick]").check();
    await page.locator("select[name=action]").selectOption({ label: "Delete" });
    await press(page.getByRole("button", { name: "Apply" }));
    await row("Tove").waitFor({ state: "detached" });
    await page.goto(`${list}?tray=bin`);
    await press(page.getByRole("button", { name: "Empty bin" }));
    await screenshot(page, "desk-empty-bin");
    await press(page.getByRole("dialog").getByRole("button", { name: "Empty bin" }));
    await page.getByText("1 submission deleted for good.").waitFor();
    await page.goto(list);
  });

  await t.test("a filter leaves those over that it means, and is taken off", async () => {
    await press(page.locator(".filters__head"));
    await page.locator(".filters").getByLabel("Topic").selectOption({ label: "Return" });
    await screenshot(page, "desk-filters");
    await press(page.locator(".filters").getByRole("button", { name: "Apply" }));
    await page.waitForURL(/answers\.topic=Return/);
    await row("Grace").waitFor();
    assert.equal(await row("Ada").count(), 0);
    await press(page.getByRole("link", { name: /Topic: Return/ }));
    await row("Ada").waitFor();
  });

  await t.test("on a phone a row leads to its page", async () => {
    const phone = await session(browser, { device: "phone", scheme: "dark" });
    await signIn(phone.page, owner);
    await phone.page.goto(list);
    await press(phone.page.locator("#submissions .table__link").first());
    await phone.page.waitForURL(/\/submissions\/sub_/);
    assert.equal(await overflow(phone.page), 0);
    await screenshot(phone.page, "desk-phone");
    assert.deepEqual(phone.problems, []);
  });

  await t.test("and no browser complained", () => {
    assert.deepEqual(problems, []);
  });
});
