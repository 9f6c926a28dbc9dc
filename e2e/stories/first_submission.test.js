// From registering on a phone to seeing the first submission arrive.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { makeForm, press, publish, register, submitOf, takeTime } from "../lib/people.js";

const FIELDS = [
  { label: "Your name", type: "short_text", required: true },
  { label: "E-mail", type: "email", required: true },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("a newcomer makes a form on a phone and sees its first submission arrive", async (t) => {
  const owner = await session(browser, { device: "phone" });
  const visitor = await session(browser, { device: "phone", scheme: "dark", javaScript: false });
  let slug, form, hosted;

  await t.test("registers", async () => {
    const email = `amara-${Date.now()}@example.com`;
    slug = await register(owner.page, { name: "Amara Okafor", email, password: "correct horse battery" });
    await screenshot(owner.page, "registered");
    assert.equal(await overflow(owner.page), 0);
  });

  await t.test("makes a form", async () => {
    form = await makeForm(owner.page, slug, { title: "Contact us", fields: FIELDS });
    await screenshot(owner.page, "form");
    assert.equal(await overflow(owner.page), 0);
  });

  await t.test("publishes it", async () => {
    hosted = await publish(owner.page);
    assert.match(hosted, /^\/f\/\w+/);
  });

  await t.test("opens the submissions and leaves them open", async () => {
    await owner.page.goto(`/w/${slug}/forms/${form}/submissions`);
    await owner.page.evaluate(() => { window.neverReloaded = true; });
    assert.equal(await owner.page.getByText("hiro@example.com").count(), 0);
  });

  await t.test("a visitor without JavaScript opens the form", async () => {
    const response = await visitor.page.goto(hosted);
    assert.equal(response.status(), 200);
    assert.ok(await visitor.page.getByRole("heading", { name: "Contact us" }).isVisible());
    await screenshot(visitor.page, "hosted-form");
  });

  await t.test("a mistake is told beside its field, and nothing typed is lost", async () => {
    await visitor.page.getByLabel("Your name").fill("Hiro Tanaka");
    // The browser's own check would stop what the server is to refuse.
    const email = visitor.page.getByLabel("E-mail");
    await visitor.page.locator("form").first().evaluate((it) => { it.noValidate = true; });
    await email.fill("not an address");
    const answered = visitor.page.waitForResponse((r) => r.request().method() === "POST");
    await submitOf(visitor.page, await email.getAttribute("name")).tap();
    assert.equal((await answered).status(), 422);
    const refused = visitor.page.getByLabel("E-mail");
    assert.equal(await refused.getAttribute("aria-invalid"), "true");
    assert.equal(await refused.inputValue(), "not an address");
    assert.equal(await visitor.page.getByLabel("Your name").inputValue(), "Hiro Tanaka");
    const ids = (await refused.getAttribute("aria-describedby")).split(" ");
    const told = await Promise.all(ids.map((id) => visitor.page.locator(`[id="${id}"]`).innerText()));
    assert.ok(told.join("").trim().length > 5, "the message beside the field is empty");
    await screenshot(visitor.page, "hosted-form-mistake");
  });

  await t.test("the mended form is taken", async () => {
    const email = visitor.page.getByLabel("E-mail");
    await email.fill("hiro@example.com");
    await takeTime(visitor.page);
    await submitOf(visitor.page, await email.getAttribute("name")).tap();
    await visitor.page.getByText(/thank/i).first().waitFor();
    await screenshot(visitor.page, "hosted-form-thanks");
  });

  await t.test("it arrives on the owner's screen without a reload", async () => {
    const row = owner.page.getByText("hiro@example.com").first();
    await row.waitFor();
    assert.equal(await owner.page.evaluate(() => window.neverReloaded), true);
    assert.equal(await overflow(owner.page), 0);
    await screenshot(owner.page, "submissions");
  });

  await t.test("the figures follow, and what was there still says when it came", async () => {
    await owner.page.getByText("1 received").waitFor();
    const answers = { your_message: "Again", your_name: "Mei Lin", e_mail: "mei@example.com" };
    const { ticket } = await (await visitor.page.request.get(`${hosted}/ticket`)).json();
    await takeTime(visitor.page);
    const sent = await visitor.page.request.post(`${hosted}?_ticket=${ticket}`, { data: { answers } });
    assert.equal(sent.status(), 201, await sent.text());
    // Nothing moves under the reader's eyes: what is new is told, and shown once asked for.
    await press(owner.page.getByRole("link", { name: "1 new" }));
    await owner.page.getByText("mei@example.com").first().waitFor();
    await owner.page.getByText("2 received").waitFor();
    const times = await owner.page.locator("local-time[data-relative] time").allInnerTexts();
    assert.deepEqual(times.filter((text) => /UTC|\d{4}/.test(text)), []);
  });

  await t.test("the owner opens it", async () => {
    const row = owner.page.locator("tr", { hasText: "hiro@example.com" });
    await press(row.locator('a[href*="/submissions/sub_"]'));
    await owner.page.waitForURL(/\/submissions\/sub_/);
    await owner.page.getByText("Hiro Tanaka").first().waitFor();
    await screenshot(owner.page, "submission");
  });

  await t.test("and no browser complained", () => {
    assert.deepEqual([...owner.problems, ...visitor.problems], []);
  });
});
