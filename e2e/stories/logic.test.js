// A question that depends on another is made twice: at a desk by keyboard only, and on a phone by touch.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { axe } from "../lib/axe.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, publish, signIn } from "../lib/people.js";
import { until } from "../lib/until.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const FIELDS = [
  { key: "guests", type: "number", label: "How many guests?", required: true },
  { key: "diet", type: "choices", label: "Is there a diet?", options: ["Vegan", "No gluten", "No nuts"] },
  { key: "kitchen", type: "long_text", label: "What shall the kitchen know?" },
];
// A scale has steps of its own.
const SCALED = [
  { key: "score", type: "nps", label: "Would you come again?" },
  { key: "more", type: "page", label: "More", show_if: { field: "score", is: "at_most", value: 6 } },
  { key: "why", type: "long_text", label: "Why not?" },
];

/** Someone at the questions of a form of theirs. */
async function begin(device) {
  const owner = await newcomer("Noor Haddad");
  const form = await call("POST", "/api/forms", { token: owner.token, body: { title: "A dinner", fields: FIELDS } });
  const opened = await session(browser, { device });
  const slug = await signIn(opened.page, owner);
  await opened.page.goto(`/w/${slug}/forms/${form.id}`);
  const document = () => call("GET", `/api/forms/${form.id}`, { token: owner.token });
  return { ...opened, slug, document };
}

const rule = (page, key) => page.locator(`#rule-${key}`);
const report = (page) => page.locator("#logic-report");

/** Waits until the last question depends on what it is to depend on. */
async function stored(document, holds) {
  const condition = await until(async () => (await document()).fields[2].show_if ?? {}, holds);
  assert.ok(holds(condition), "it is stored");
}

/** The hosted form asks the last question where it is due, and the answers are stored. */
async function answered(page, path, act) {
  await page.goto(path);
  const kitchen = page.getByLabel("What shall the kitchen know?");
  assert.equal(await kitchen.isVisible(), false);
  await act(kitchen);
  await page.waitForURL(`**${path}/thanks`);
}

test("at a desk, by keyboard only", async (t) => {
  const { page, problems, document } = await begin("desk");
  const keys = page.keyboard;
  /** From where one is, on to what is wanted. */
  const tabTo = async (locator) => {
    for (let step = 0; step < 80; step += 1) {
      if (await locator.evaluate((it) => it === it.ownerDocument.activeElement)) return;
      await keys.press("Tab");
    }
    assert.fail(`no way by keyboard to ${locator}`);
  };
  const follow = async (locator) => {
    await tabTo(locator);
    await keys.press("Enter");
  };

  await t.test("the way leads from the questions to the one that is to depend", async () => {
    await follow(page.getByRole("link", { name: "Logic", exact: true }));
    await page.waitForURL("**/logic");
    await follow(page.getByRole("link", { name: "Add a condition: What shall the kitchen know?" }));
    await rule(page, "kitchen").getByRole("heading", { name: "Show when" }).waitFor();
  });

  await t.test("a row of it is chosen and added, and what fits follows what was chosen", async () => {
    await tabTo(page.locator("#kitchen-show_if-0-field"));
    await keys.type("Is there");
    await tabTo(page.locator("#kitchen-show_if-0-is"));
    await keys.type("has any");
    const vegan = rule(page, "kitchen").getByRole("checkbox", { name: "Vegan" });
    await vegan.waitFor();
    await tabTo(vegan);
    await keys.press("Space");
    await follow(rule(page, "kitchen").getByRole("button", { name: "Add" }).first());
    await rule(page, "kitchen").getByText("“Is there a diet?” has any of Vegan").waitFor();
  });

  await t.test("a second row is joined to it by either", async () => {
    await tabTo(page.locator("#kitchen-show_if-1-field"));
    await keys.type("How many");
    await tabTo(page.locator("#kitchen-show_if-1-is"));
    await keys.type("is at least");
    await page.locator("#kitchen-show_if-1-value[inputmode=decimal]").waitFor();
    await tabTo(page.locator("#kitchen-show_if-1-value"));
    await keys.type("many");
    await keys.press("Enter");
    await rule(page, "kitchen").getByText("Write a number and nothing else").waitFor();
    assert.equal(await page.locator("#kitchen-show_if-1-value").inputValue(), "many");
    await tabTo(page.locator("#kitchen-show_if-1-value"));
    await keys.press("Control+a");
    await keys.type("20");
    await keys.press("Enter");
    await tabTo(page.locator("#kitchen-show_if-joined"));
    await keys.type("Any");
    await keys.press("Tab");
    await keys.press("Enter");
    await stored(document, ({ any }) => any?.length === 2);
    const { show_if } = (await document()).fields[2];
    assert.deepEqual(show_if.any.map((test) => [test.field, test.is, test.value]), [["diet", "any_of", ["Vegan"]], ["guests", "at_least", 20]]);
  });

  await t.test("answers are tried, and the panel says why", async () => {
    const item = report(page).locator(".logic__item");
    await item.getByText("Not shown").waitFor();
    await tabTo(page.locator("[name='test.guests']"));
    await keys.type("25");
    await item.getByText("Shown", { exact: true }).waitFor();
    assert.match(await item.innerText(), /Holds:\s*“How many guests\?” is 25/);
    assert.match(await item.innerText(), /Does not hold:\s*“Is there a diet\?” is not answered/);
    assert.equal(await overflow(page), 0);
    await screenshot(page, "logic-desk");
    assert.deepEqual(await axe(page), []);
  });

  await t.test("it is published and behaves so", async () => {
    await follow(page.getByRole("link", { name: "Questions", exact: true }));
    await page.locator("#item-kitchen").getByText("Shown when").waitFor();
    await follow(page.getByRole("button", { name: "Publish" }).first());
    const link = page.locator('a[href*="/f/"]').first();
    await link.waitFor();
    await answered(page, await link.getAttribute("href"), async (kitchen) => {
      await tabTo(page.getByLabel("How many guests?"));
      await keys.type("24");
      await kitchen.waitFor();
      await tabTo(kitchen);
      await keys.type("Two tables");
      await follow(page.getByRole("button", { name: "Send" }));
    });
    assert.deepEqual(problems, []);
  });
});

test("on a phone, by touch", async (t) => {
  const { page, problems, slug, document } = await begin("phone");
  const box = (name) => rule(page, "kitchen").getByRole("checkbox", { name });

  await t.test("a condition is made", async () => {
    await press(page.getByRole("link", { name: "Logic", exact: true }));
    await page.waitForURL("**/logic");
    await press(page.getByRole("link", { name: "Add a condition: What shall the kitchen know?" }));
    await page.waitForURL("**/logic?field=kitchen*");
    await page.locator("#kitchen-show_if-0-field").selectOption("diet");
    await page.locator("#kitchen-show_if-0-is option[value=any_of]").waitFor({ state: "attached" });
    await page.locator("#kitchen-show_if-0-is").selectOption("any_of");
    await box("No nuts").waitFor();
    await press(box("No nuts"));
    await press(rule(page, "kitchen").getByRole("button", { name: "Add" }).first());
    await rule(page, "kitchen").getByText("has any of No nuts").waitFor();
    assert.equal((await document()).fields[2].show_if.all.length, 1);
    assert.equal(await overflow(page), 0);
  });

  await t.test("answers are tried, and the panel says why", async () => {
    const item = report(page).locator(".logic__item");
    await press(page.locator("[name='test.diet'][value='No nuts']"));
    await item.getByText("Shown", { exact: true }).waitFor();
    assert.match(await item.innerText(), /“Is there a diet\?” is No nuts/);
    await screenshot(page, "logic-phone");
    assert.deepEqual(await axe(page), []);
  });

  await t.test("it is published and behaves so", async () => {
    await press(page.getByRole("link", { name: "Questions", exact: true }));
    await page.waitForURL(/forms\/frm_\w+$/);
    await page.locator("#item-kitchen").getByText("Shown when").waitFor();
    await answered(page, await publish(page), async (kitchen) => {
      await page.getByLabel("How many guests?").fill("4");
      await press(page.getByRole("checkbox", { name: "No nuts" }));
      await kitchen.waitFor();
      await kitchen.fill("One of us is a child");
      await press(page.getByRole("button", { name: "Send" }));
    });
    assert.deepEqual(problems, []);
  });

  await t.test("and it is taken away again", async () => {
    const { id } = await document();
    await page.goto(`/w/${slug}/forms/${id}`);
    await press(page.locator("#item-kitchen a.field-item__logic"));
    await page.waitForURL("**/logic?field=kitchen*");
    await press(rule(page, "kitchen").getByRole("button", { name: /^Remove: / }));
    await rule(page, "kitchen").getByText("Always shown.").waitFor();
    await stored(document, (condition) => Object.keys(condition).length === 0);
  });
});

test("pages that depend on a scale are tried", async () => {
  const owner = await newcomer("Noor Haddad");
  const form = await call("POST", "/api/forms", { token: owner.token, body: { title: "A stay", fields: SCALED } });
  const { page, problems } = await session(browser, { device: "desk" });
  const slug = await signIn(page, owner);
  await page.goto(`/w/${slug}/forms/${form.id}/logic`);
  const item = report(page).locator(".logic__item").first();
  await item.getByText("Not shown").waitFor();
  await page.locator("[name='test.score'][value='3']").check({ force: true });
  await item.getByText("Shown", { exact: true }).waitFor();
  assert.deepEqual(problems, []);
});
