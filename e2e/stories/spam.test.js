// Programs that fill in forms are found out without a word to them; people pass, and what was wronged is released.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { axe } from "../lib/axe.js";
import { BASE, launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn, takeTime } from "../lib/people.js";
import { until } from "../lib/until.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "message", type: "long_text", label: "Message" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** What a program reads from a page: the ticket, and the names of all inputs of text. */
async function read(hosted) {
  const html = await (await fetch(BASE + hosted)).text();
  const [, ticket] = html.match(/name="_ticket" value="([^"]+)"/);
  const names = [...html.matchAll(/<input[^>]* name="([^"]+)"[^>]* type="text"/g)].map(([, name]) => name);
  return { ticket, names };
}

/** Sends pairs as a program does, and is thanked like anybody. */
async function send(hosted, pairs) {
  const sent = await fetch(BASE + hosted, { method: "POST", body: new URLSearchParams(pairs), redirect: "manual" });
  assert.equal(sent.status, 303);
  assert.match(sent.headers.get("location"), /\/thanks$/);
}

test("a browser computes for a moment, and without JavaScript nothing is lost", async (t) => {
  const owner = await newcomer("Ines Costa");
  const as = (body) => ({ token: owner.token, body });
  const protection = { proof_of_work: true, min_seconds: 0 };
  const form = await call("POST", "/api/forms", as({ title: "Write to us", fields: FIELDS, protection }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const tray = async (name) => (await call("GET", `/api/forms/${form.id}/submissions?tray=${name}`, as())).data;
  const settled = () => new Promise((done) => { setTimeout(done, 2_000); });

  await t.test("a person types, sends, and notices nothing", async () => {
    const { page, context, problems } = await session(browser, { device: "phone" });
    await page.goto(form.path);
    await page.getByLabel("Your name").fill("Hiro Tanaka");
    await press(page.getByRole("button", { name: "Send" }));
    await page.waitForURL("**/thanks", { timeout: 30_000 });
    await settled();
    assert.equal((await tray("spam")).length, 0);
    assert.deepEqual((await tray("open")).map((it) => it.answers.name), ["Hiro Tanaka"]);
    assert.deepEqual(problems, []);
    await context.close();
  });

  await t.test("a draft that waited for a connection brings its work along", async () => {
    const { page, context } = await session(browser, { device: "desk" });
    await page.goto(form.path);
    await page.getByLabel("Your name").fill("Mei Lin");
    await page.waitForFunction(() => document.querySelector("[name=_proof]").value !== "", null, { timeout: 30_000 });
    await page.getByLabel("Message").fill("Later");
    await page.reload();
    await page.getByText("Your answers from last time are here again.").waitFor();
    await context.setOffline(true);
    await press(page.getByRole("button", { name: "Send" }));
    await page.getByText("You are offline.").waitFor();
    await context.setOffline(false);
    await page.waitForURL("**/thanks");
    await settled();
    assert.equal((await tray("spam")).length, 0);
    await context.close();
  });

  await t.test("in a frame of another page as well", async () => {
    const { page, context } = await session(browser, { device: "desk" });
    const script = `<script async src="${BASE}/embed.js" data-form="${form.public_id}"></script>`;
    const shop = createServer((_, response) => {
      response.setHeader("content-type", "text/html").end(`<!doctype html><main>${script}</main>`);
    });
    await new Promise((done) => { shop.listen(0, "127.0.0.1", done); });
    t.after(() => shop.close());
    await page.goto(`http://127.0.0.1:${shop.address().port}/`);
    const frame = page.frameLocator("iframe");
    await frame.getByLabel("Your name").fill("Tove Berg");
    await frame.getByRole("button", { name: "Send" }).click();
    await frame.getByRole("heading", { name: "Thank you" }).waitFor({ timeout: 30_000 });
    await settled();
    assert.equal((await tray("open")).length, 3);
    await context.close();
  });

  await t.test("and without JavaScript it is looked at", async () => {
    const { page, context } = await session(browser, { device: "phone", javaScript: false });
    await page.goto(form.path);
    await page.getByLabel("Your name").fill("Ada");
    await press(page.getByRole("button", { name: "Send" }));
    await page.waitForURL("**/thanks");
    await settled();
    const [only] = await tray("spam");
    assert.equal(only.spam_reason, "Its browser did not do the work that the form asks for.");
    await context.close();
  });
});

test("spam is kept apart with its reason, and comes back when it is none", async (t) => {
  const owner = await newcomer("Noor Haddad");
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Contact us", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const hosted = form.path;
  const spam = async () => (await call("GET", `/api/forms/${form.id}/submissions?tray=spam`, as())).data;
  /** Until so many lie there: whoever counts puts them apart a moment after they came. */
  const apart = async (count) => {
    const found = await until(spam, ({ length }) => length === count);
    assert.equal(found.length, count, "in spam");
    return found;
  };

  await t.test("a program that fills in all there is answers what nobody sees", async () => {
    const { ticket, names } = await read(hosted);
    const unseen = names.filter((name) => name !== "name");
    assert.equal(unseen.length, 1);
    await new Promise((done) => { setTimeout(done, 2_100); });
    await send(hosted, { _ticket: ticket, name: "Best watches", message: "Cheap!", [unseen[0]]: "https://cheap.example" });
    const [only] = await apart(1);
    assert.equal(only.spam_reason, "It answered a question that people do not see.");
  });

  await t.test("and one that is quick is too quick", async () => {
    const { ticket } = await read(hosted);
    await send(hosted, { _ticket: ticket, name: "Quick offer", message: "Now!" });
    const [newest] = await apart(2);
    assert.match(newest.spam_reason, /^It was sent less than 2 seconds after/);
  });

  await t.test("a person meets nothing of it, by keys alone", async () => {
    const { page, problems } = await session(browser, { device: "desk" });
    await page.goto(hosted);
    assert.deepEqual(await axe(page), []);
    const tree = await page.locator("form").ariaSnapshot();
    assert.equal((tree.match(/textbox/g) ?? []).length, 2, tree);
    await page.keyboard.press("Tab");
    await page.keyboard.type("Hiro Tanaka");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Hello");
    await takeTime(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/thanks");
    assert.deepEqual(problems, []);
    await page.waitForTimeout(1_000);
    assert.equal((await spam()).length, 2);
  });

  for (const [device, scheme] of [["desk", "light"], ["phone", "dark"]]) {
    await t.test(`the team reads why, and releases what is none, on a ${device}`, async () => {
      const { page, context, problems } = await session(browser, { device, scheme });
      const slug = await signIn(page, owner);
      await page.goto(`/w/${slug}/forms/${form.id}/settings`);
      await page.getByLabel("Shortest time to answer, in seconds").scrollIntoViewIfNeeded();
      await screenshot(page, `spam-settings-${device}`);
      assert.equal(await overflow(page), 0);
      await page.goto(`/w/${slug}/forms/${form.id}/submissions?tray=spam`);
      const before = await page.locator("#submissions tbody tr").count();
      await page.locator("#submissions").getByText(/^It /).first().waitFor();
      await screenshot(page, `spam-tray-${device}`);
      assert.equal(await overflow(page), 0);
      await press(page.locator("#submissions tbody tr a.table__link").first());
      const back = page.getByRole("button", { name: "Not spam" });
      await back.waitFor();
      await screenshot(page, `spam-submission-${device}`);
      await press(back);
      await back.waitFor({ state: "detached" });
      assert.equal((await apart(before - 1)).length, before - 1);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
});
