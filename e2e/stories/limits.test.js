// What a form says of itself: that it is full, until when it takes answers, and that a file was not one; and what a mail
// of it looks like while it is written.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { hands } from "../lib/hands.js";
import { press, signIn } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "email", type: "email", label: "E-mail" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

async function race(owner) {
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Night race", fields: FIELDS }));
  await call("PATCH", `/api/forms/${form.id}`, as({ acceptance: { submission_limit: 1 } }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  await call("POST", `/api/forms/${form.id}/submissions`, as({ answers: { name: "Ada", email: "ada@example.com" } }));
  return form;
}

for (const [device, scheme] of [["phone", "light"], ["phone", "dark"], ["desk", "light"], ["desk", "dark"]]) {
  test(`a form's limits, look and mails on a ${device}, ${scheme}`, async (t) => {
    const owner = await newcomer("Noor Haddad");
    const form = await race(owner);
    const { page, problems } = await session(browser, { device, scheme });
    const { write } = hands(page, device);
    const slug = await signIn(page, owner);
    const at = (part) => `/w/${slug}/forms/${form.id}${part}`;
    const seen = async (name) => {
      await screenshot(page, `limits-${name}-${device}-${scheme}`);
      assert.equal(await overflow(page), 0);
    };

    await t.test("the list and the form say that it is full", async () => {
      await page.goto(`/w/${slug}/forms`);
      await page.locator("tbody .status", { hasText: "Full" }).waitFor();
      await seen("list");
      await page.goto(at(""));
      await page.locator(".page-header .status", { hasText: "Full" }).waitFor();
      await page.getByText("The form takes no answers now").waitFor();
      await seen("editor");
    });

    await t.test("the closing time stays in the zone for which it was written", async () => {
      await page.goto(at("/settings"));
      await page.locator("#submission_limit").fill("");
      await page.locator("#closes_at").fill("2031-08-31T20:00");
      await page.locator("#zone").fill("Europe/Lisbon");
      await press(page.getByRole("button", { name: "Save settings" }));
      await page.getByText("Settings saved").first().waitFor();
      assert.equal(await page.locator("#closes_at").inputValue(), "2031-08-31T20:00");
      assert.equal(await page.locator("#zone").inputValue(), "Europe/Lisbon");
      const { acceptance } = await call("GET", `/api/forms/${form.id}`, { token: owner.token });
      assert.equal(acceptance.closes_at, "2031-08-31T19:00:00Z");
      await seen("settings");
    });

    await t.test("with what a page was made is taken off, and seen before it is saved", async () => {
      await page.goto(at("/theme"));
      const foot = page.frameLocator(".form-preview__page").locator(".bare__foot");
      await foot.waitFor();
      await page.getByRole("radio", { name: "Not shown" }).check();
      await foot.waitFor({ state: "detached" });
      await page.locator("#field-accent, [name=accent]").first().fill("#ffe600");
      await press(page.getByRole("button", { name: "Save look" }));
      await page.getByText("Look saved").first().waitFor();
      assert.ok(await page.getByRole("radio", { name: "Not shown" }).isChecked());
      await seen("look");
    });

    await t.test("a mail is seen beside its text while it is written, in the form's colour", async () => {
      await page.goto(at("/notices"));
      const mail = page.frameLocator('iframe[name="respondent-preview"]');
      await write(page.locator("#respondent-body"), "# Hello {{field:name}}\n\n[Our page](https://example.com/)");
      await mail.getByRole("heading", { name: "Hello Ada" }).waitFor();
      const colour = await mail.getByRole("link", { name: "Our page" }).evaluate((it) => getComputedStyle(it).backgroundColor);
      const theme = await call("GET", `/api/forms/${form.id}/theme`, { token: owner.token });
      const [red, green, blue] = theme[scheme].button.match(/\w\w/g).map((it) => parseInt(it, 16));
      assert.equal(colour, `rgb(${red}, ${green}, ${blue})`);
      if (device === "desk") {
        // Whoever writes sees it without moving.
        const box = await page.locator('iframe[name="respondent-preview"]').boundingBox();
        assert.ok(box.y < 800 && box.y + box.height > 0, JSON.stringify(box));
        await page.screenshot({ path: new URL(`../out/screenshots/limits-mail-seen-${scheme}.png`, import.meta.url).pathname, caret: "initial" });
      }
      await seen("mail");
    });

    await t.test("a file that is no form is told by its name and its places", async () => {
      await page.goto(`/w/${slug}/forms/new`);
      const wrong = JSON.stringify({ title: "Mine", fields: [{ type: "gps", label: "Where?" }] });
      await page.locator("#form-file").setInputFiles({ name: "contact.json", mimeType: "application/json", buffer: Buffer.from(wrong) });
      await page.waitForFunction(() => document.querySelector("[name=document]").value.includes("gps"));
      await press(page.getByRole("button", { name: "Make this form" }));
      await page.getByText("No form was made of contact.json").waitFor();
      await page.getByText("Question 1, “Where?”, type (fields[0].type)").waitFor();
      await seen("file");
    });

    await t.test("an export offers the columns of the list", async () => {
      await page.goto(at("/submissions?columns=name,number"));
      await seen("columns");
      await press(page.getByRole("link", { name: "Export" }).first());
      await page.waitForURL(/exports\?columns=/);
      const columns = page.locator("#export-columns");
      assert.equal(await columns.inputValue(), "name,number");
      await seen("export");
      await columns.selectOption({ label: "All columns" });
      await press(page.getByRole("button", { name: "Export", exact: true }));
      await page.getByText("The export has begun").first().waitFor();
    });

    await t.test("and no browser complained", () => {
      assert.deepEqual(problems, []);
    });
  });
}
