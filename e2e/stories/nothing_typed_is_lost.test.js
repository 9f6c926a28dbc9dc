// At a desk: what is typed in one part of the editor is saved before another is changed, and single keys do nothing for
// whoever has turned them off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, session } from "../lib/browser.js";
import { makeForm, press, register } from "../lib/people.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("somebody at a desk works with care", async (t) => {
  const { page, problems } = await session(browser, { device: "desk" });
  const email = `ines-${Date.now()}@example.com`;
  const slug = await register(page, { name: "Ines Duarte", email, password: "correct horse battery" });
  await makeForm(page, slug, { title: "Orders", fields: [{ label: "Your name", type: "short_text", required: true }] });

  await t.test("what is typed into one part is saved before another is changed", async () => {
    await page.locator("#form-title").fill("Orders and more");
    await page.locator("#new-label").fill("Street");
    await press(page.getByRole("button", { name: "Add field" }));
    await page.locator(".field-list").getByText("Street").first().waitFor();
    assert.equal(await page.locator("#form-title").inputValue(), "Orders and more");
    await page.getByRole("heading", { name: "Orders and more" }).waitFor();
  });

  await t.test("who could not save one part is asked before it is lost", async () => {
    const asked = [];
    const answer = (accept) => page.once("dialog", (dialog) => {
      asked.push(dialog.message());
      return accept ? dialog.accept() : dialog.dismiss();
    });
    const title = page.locator("#form-title");
    await title.fill("");
    await page.getByText("Not saved: Give the form a title.").waitFor();
    answer(false);
    await press(page.locator("a.field-item__head").first());
    await page.waitForTimeout(300);
    assert.match(asked[0], /could not be saved/);
    assert.equal(await page.locator(".field-panel").count(), 0);
    answer(true);
    await press(page.locator("a.field-item__head").first());
    await page.locator(".field-panel").waitFor();
    assert.equal(asked.length, 2);
    await page.reload();
    assert.equal(await title.inputValue(), "Orders and more");
  });

  await t.test("who has saved everything is asked nothing", async () => {
    await page.locator("#new-label").fill("Town");
    await press(page.getByRole("button", { name: "Add field" }));
    await page.locator(".field-list").getByText("Town").first().waitFor();
  });

  await t.test("shortcuts of single keys can be turned off and on", async () => {
    const list = page.locator("dialog#keys");
    const choice = list.getByLabel("Shortcuts of single keys");
    await page.locator("h1").first().click();
    await page.keyboard.press("?");
    await list.waitFor();
    await choice.uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.keyboard.press("?");
    assert.equal(await list.isVisible(), false);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("keyboard");
    await page.keyboard.press("Enter");
    await list.waitFor();
    assert.equal(await choice.isChecked(), false);
    await choice.check();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await list.waitFor();
  });

  await t.test("and the browser did not complain", () => assert.deepEqual(problems, []));
});
