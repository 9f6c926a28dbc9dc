// The whole way of a form, on a phone by touch and at a desk by keys alone: three pages with a condition are built
// and published, answered where the connection breaks, seen to arrive, filtered and exported.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { hands } from "../lib/hands.js";
import { signIn, takeTime } from "../lib/people.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const device of ["phone", "desk"]) {
  test(device === "phone" ? "on a phone, by touch" : "at a desk, by keyboard only", async (t) => {
    const owner = await newcomer("Ines Duarte");
    const team = await session(browser, { device });
    const { page } = team;
    const slug = await signIn(page, owner);
    const own = hands(page, device);
    const button = (on, name) => on.getByRole("button", { name, exact: true }).first();
    const link = (on, name) => on.getByRole("link", { name, exact: true }).first();
    const saved = () => page.locator("#save-state[data-state=saved]").waitFor();
    let hosted;

    await t.test("a form of three pages is built", async () => {
      await page.goto(`/w/${slug}/forms`);
      await own.follow(link(page, "New form"));
      await page.waitForURL("**/forms/new");
      await own.write(page.locator("[name=title]"), "A table for tonight");
      await own.follow(page.locator("form:has([name=title]) button[type=submit]").first());
      await page.waitForURL(/\/forms\/frm_\w+/);
      const fields = [
        ["choice", "choice", "Where will you sit?"], ["page", "page", "Your table"], ["number", "number", "How many are you?"],
        ["page", "page_2", "You"], ["short_text", "short_text", "Your name"], ["long_text", "long_text", "Which blanket?"],
      ];
      for (const [type, key, label] of fields) {
        await own.add(type);
        await own.write(page.locator(`#${key}-label`), label);
        await page.locator(`#item-${key}`).getByText(label).waitFor();
        await saved();
      }
      const choice = page.locator("#head-choice");
      await own.follow(choice);
      await own.write(page.locator("option-lines li input").nth(0), "Inside");
      await own.write(page.locator("option-lines li input").nth(1), "On the terrace");
      await saved();
      assert.equal(await overflow(page), 0);
      await screenshot(page, `whole-way-builder-${device}`);
    });

    await t.test("its last question depends on the first", async () => {
      await page.reload();
      await own.follow(link(page, "Logic"));
      await page.waitForURL("**/logic");
      await own.follow(page.getByRole("link", { name: "Add a condition: Which blanket?" }));
      const rule = page.locator("#rule-long_text");
      await own.choose(page.locator("#long_text-show_if-0-field"), "Where will you sit?");
      const value = page.locator("#long_text-show_if-0-value");
      await value.getByRole("option", { name: "On the terrace" }).waitFor({ state: "attached" });
      await own.choose(value, "On the terrace");
      await own.follow(rule.getByRole("button", { name: "Add" }).first());
      await rule.getByText(/“Where will you sit\?”.*On the terrace/).waitFor();
    });

    await t.test("it is published", async () => {
      await own.follow(link(page, "Questions"));
      await page.waitForURL(/forms\/frm_\w+$/);
      await own.follow(button(page, "Publish"));
      const address = page.locator('a[href*="/f/"]').first();
      await address.waitFor();
      hosted = await address.getAttribute("href");
      await own.follow(page.locator(`a[href$="${new URL(page.url()).pathname}/submissions"]`).first());
      await page.waitForURL("**/submissions");
    });

    await t.test("it is answered, and the connection breaks before the end", async () => {
      const { page: form, context, problems } = await session(browser, { device });
      const guest = hands(form, device);
      await form.goto(new URL(hosted, page.url()).pathname);
      await guest.tick(form.getByLabel("On the terrace", { exact: true }));
      await guest.follow(button(form, "Next"));
      await form.getByLabel("How many are you?").waitFor();
      await guest.write(form.getByLabel("How many are you?"), "4");
      await guest.follow(button(form, "Next"));
      await guest.write(form.getByLabel("Your name"), "Hiro Tanaka");
      const blanket = form.getByLabel("Which blanket?");
      await blanket.waitFor();
      await context.setOffline(true);
      await guest.write(blanket, "The red one");
      await takeTime(form);
      await guest.follow(button(form, "Send"));
      await form.getByText("You are offline.").waitFor();
      await screenshot(form, `whole-way-offline-${device}`);
      await context.setOffline(false);
      await form.getByRole("heading", { name: "Thank you" }).waitFor();
      assert.deepEqual(problems.filter((it) => !/ERR_INTERNET_DISCONNECTED/.test(it)), []);
      await context.close();
    });

    const row = (name) => page.locator("#submissions tr", { hasText: name });
    await t.test("it arrives before the eyes of the team", async () => {
      await row("On the terrace").waitFor();
      assert.equal(await overflow(page), 0);
    });

    await t.test("a filter leaves it over, and another does not", async () => {
      const filters = page.locator(".filters");
      for (const [option, count] of [["Inside", 0], ["On the terrace", 1]]) {
        if (!(await filters.getByLabel("Where will you sit?").isVisible())) await own.follow(page.locator(".filters__head"));
        await own.choose(filters.getByLabel("Where will you sit?"), option);
        await own.follow(button(filters, "Apply"));
        await page.getByRole("link", { name: `Where will you sit?: ${option}` }).waitFor();
        assert.equal(await row("On the terrace").count(), count);
      }
      await screenshot(page, `whole-way-filtered-${device}`);
    });

    await t.test("it is exported, and the file holds every answer", async () => {
      await own.follow(page.locator('a[href$="/exports"]').first());
      await page.waitForURL("**/exports**");
      await own.follow(button(page, "Export"));
      const file = page.getByRole("link", { name: "Download" }).first();
      await file.waitFor();
      const [download] = await Promise.all([page.waitForEvent("download"), own.follow(file)]);
      const text = await readFile(await download.path(), "utf8");
      for (const part of ["Hiro Tanaka", "On the terrace", "The red one"]) assert.ok(text.includes(part), text);
      await screenshot(page, `whole-way-exported-${device}`);
      assert.deepEqual(team.problems, []);
    });
  });
}
