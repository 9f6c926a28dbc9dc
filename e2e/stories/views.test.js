// The list as one wants it: columns chosen and put into order, kept as a view, changed, left and deleted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { hands } from "../lib/hands.js";
import { signIn } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "topic", type: "choice", label: "Topic", options: ["Order", "Return"] },
  { key: "note", type: "long_text", label: "What happened?" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A form that has stopped asking what happened, with answers to both versions. */
async function contact(owner) {
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Contact", fields: FIELDS }));
  const publish = () => call("POST", `/api/forms/${form.id}/publication`, as());
  const send = (answers) => call("POST", `/api/forms/${form.id}/submissions`, as({ answers }));
  await publish();
  await send({ name: "Ada", topic: "Order", note: "The bread was blue." });
  await send({ name: "Grace", topic: "Return", note: "Twice the same." });
  await call("PATCH", `/api/forms/${form.id}`, as({ fields: FIELDS.slice(0, 2) }));
  await publish();
  await send({ name: "Hiro", topic: "Return" });
  return form;
}

const heads = (page) => page.locator("#submissions thead .table__label").allTextContents();

for (const [device, scheme] of [["phone", "dark"], ["desk", "light"]]) {
  test(`views and columns on a ${device}`, async (t) => {
    const owner = await newcomer("Noor Haddad");
    const form = await contact(owner);
    const { page, problems } = await session(browser, { device, scheme });
    const { follow, tick, write } = hands(page, device);
    const slug = await signIn(page, owner);
    const list = `/w/${slug}/forms/${form.id}/submissions`;
    const panel = page.locator("column-panel");
    const button = (name) => page.getByRole("button", { name, exact: true });
    const link = (name) => page.getByRole("link", { name, exact: true });
    const views = page.getByRole("navigation", { name: "Views" });

    await t.test("columns are picked, moved and shown, also of what is asked no more", async () => {
      await page.goto(list);
      await follow(page.getByRole("button", { name: "Columns" }).or(link("Columns")));
      await panel.getByText("no longer asked").waitFor();
      await tick(panel.getByRole("checkbox", { name: "What happened?" }));
      await tick(panel.getByRole("checkbox", { name: "Source" }));
      await screenshot(page, `views-columns-${device}`);
      assert.equal(await overflow(page), 0);
      // The checked ones stand first; one step down changes places with the topic.
      await follow(panel.getByRole("button", { name: "Down: Your name" }));
      await follow(panel.getByRole("button", { name: "Show", exact: true }).last());
      await page.waitForURL(/columns=/);
      assert.deepEqual(await heads(page), ["Topic", "Your name", "Status", "Received", "No.", "What happened?"]);
      await page.getByText("The bread was blue.").waitFor();
    });

    await t.test("what one sees is kept as a view", async () => {
      await follow(page.locator(".views__more summary", { hasText: "Save as view" }));
      await page.locator("#new-view-name:focus").waitFor();
      await write(page.getByLabel("Name of the view"), "What happened");
      await screenshot(page, `views-save-${device}`);
      await follow(button("Save"));
      await page.waitForURL(/\?view=viw_/);
      await views.getByRole("link", { name: "What happened", exact: true }).waitFor();
      assert.equal((await heads(page)).at(-1), "What happened?");
    });

    await t.test("a filter makes it another, which is saved or left", async () => {
      await follow(page.locator(".filters__head"));
      await page.locator(".filters").getByLabel("Topic").selectOption({ label: "Return" });
      await follow(page.locator(".filters").getByRole("button", { name: "Apply" }));
      await page.waitForURL(/answers\.topic=Return/);
      await page.getByRole("button", { name: "Save changes" }).waitFor();
      await screenshot(page, `views-changed-${device}`);
      assert.equal(await overflow(page), 0);
      // A name that is taken is told at its field, and what was written is still there.
      await follow(page.locator(".views__more summary", { hasText: "Save as view" }));
      await write(page.locator("#new-view-name"), "what happened");
      await follow(button("Save"));
      await page.locator("#new-view-name-error").getByText("has a view of that name already").waitFor();
      assert.equal(await page.locator("#new-view-name").inputValue(), "what happened");
      await screenshot(page, `views-taken-${device}`);
      assert.equal(await overflow(page), 0);
      await page.goBack();
      await follow(link("Reset"));
      await page.locator("#submissions tbody tr", { hasText: "Ada" }).waitFor();
      await page.goBack();
      await follow(button("Save changes"));
      await page.waitForURL(/\?view=viw_\w+$/);
      await page.locator("#submissions tbody tr", { hasText: "Grace" }).waitFor();
      assert.equal(await page.locator("#submissions tbody tr", { hasText: "Ada" }).count(), 0);
    });

    await t.test("it is renamed, moved and deleted", async () => {
      await call("POST", `/api/forms/${form.id}/views`, { token: owner.token, body: { name: "Everything" } });
      await views.getByRole("link", { name: "Everything" }).waitFor();
      await follow(page.locator(".views__more summary", { hasText: "Edit view" }));
      await write(page.getByLabel("Name of the view"), "Returns");
      await screenshot(page, `views-edit-${device}`);
      await follow(button("Rename"));
      await views.getByRole("link", { name: "Returns" }).waitFor();
      await follow(page.locator(".views__more summary", { hasText: "Edit view" }));
      await follow(button("Move right"));
      await page.getByText("View moved").first().waitFor();
      assert.deepEqual(await views.getByRole("link").allTextContents(), ["All", "Everything", "Returns"]);
      await follow(page.locator(".views__more summary", { hasText: "Edit view" }));
      await follow(button("Delete view").first());
      await follow(page.getByRole("dialog").getByRole("button", { name: "Delete view" }));
      await page.getByText("View “Returns” deleted").first().waitFor();
      assert.deepEqual(await views.getByRole("link").allTextContents(), ["All", "Everything"]);
    });

    await t.test("and no browser complained", () => {
      assert.deepEqual(problems, []);
    });
  });
}

test("columns are chosen without scripts", async () => {
  const owner = await newcomer("Mei Lin");
  const form = await contact(owner);
  const { page, problems } = await session(browser, { javaScript: false });
  await page.goto("/login");
  await page.locator("[name=email]").fill(owner.email);
  await page.locator("[name=password]").fill(owner.password);
  await page.locator("button[type=submit]").first().tap();
  await page.waitForURL(/\/w\/[^/]+/);
  const slug = new URL(page.url()).pathname.split("/")[2];
  await page.goto(`/w/${slug}/forms/${form.id}/submissions`);
  await page.getByRole("link", { name: "Columns", exact: true }).tap();
  await page.getByRole("button", { name: "Up: Topic" }).tap();
  await page.waitForURL(/up=topic/);
  await page.getByRole("button", { name: "Show", exact: true }).last().tap();
  await page.waitForURL(/submissions\?/);
  assert.deepEqual((await heads(page)).slice(0, 2), ["Topic", "Your name"]);
  assert.equal(await overflow(page), 0);
  assert.deepEqual(problems, []);
});
