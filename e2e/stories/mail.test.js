// A form tells its team by mail: switched on, looked at, sent, and found in the log.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { makeForm, press, publish, register, submitOf, takeTime } from "../lib/people.js";
import { reloadUntil } from "../lib/until.js";

const FIELDS = [
  { label: "Your name", type: "short_text", required: true },
  { label: "E-mail", type: "email", required: true },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const [device, scheme] of [["phone", "light"], ["desk", "dark"]]) {
  test(`the team is told by mail, on a ${device}`, async (t) => {
    const owner = await session(browser, { device, scheme });
    const visitor = await session(browser, { device, javaScript: false });
    const { page } = owner;
    const email = `mara-${device}-${Date.now()}@example.com`;
    const slug = await register(page, { name: "Mara Lind", email, password: "correct horse battery" });
    const form = await makeForm(page, slug, { title: "Orders", fields: FIELDS });
    const hosted = await publish(page);

    await t.test("a mistake in the text is told, and nothing typed is lost", async () => {
      await page.goto(`/w/${slug}/forms/${form}/notices`);
      await page.locator("#team-enabled").setChecked(true);
      await page.locator("#team-subject").fill("Order of {{field:nmae}}");
      await press(page.locator("#team").getByRole("button", { name: "Save" }));
      await page.locator("#team-subject-error").waitFor();
      assert.match(await page.locator("#team-subject-error").textContent(), /Use one of: .*field:your_name/);
      assert.equal(await page.locator("#team-subject").inputValue(), "Order of {{field:nmae}}");
    });

    await t.test("how the mail looks is seen before it is saved", async () => {
      await page.locator("#team-subject").fill("Order of {{field:your_name}}");
      await page.locator("#team-body").fill("# {{field:your_name|Somebody}} wants bread\n\n{{answers}}\n\n[Open it]({{submission_link}})");
      await press(page.locator("#team").getByRole("button", { name: "Look at it" }));
      await page.frameLocator('iframe[name="team-preview"]').getByRole("heading", { name: "An answer wants bread" }).waitFor();
      await screenshot(page, `mail-settings-${device}`);
      assert.equal(await overflow(page), 0);
    });

    await t.test("it is switched on", async () => {
      await press(page.locator("#team").getByRole("button", { name: "Save" }));
      await page.getByText("Saved, and on").waitFor();
      assert.ok(await page.locator("#team-enabled").isChecked());
    });

    await t.test("somebody answers", async () => {
      await visitor.page.goto(hosted);
      await visitor.page.getByLabel("Your name").fill("Hiro Tanaka");
      await visitor.page.getByLabel("E-mail").fill("hiro@example.com");
      await takeTime(visitor.page);
      await press(submitOf(visitor.page, await visitor.page.getByLabel("E-mail").getAttribute("name")));
      await visitor.page.waitForURL("**/thanks");
    });

    await t.test("the log says that the server took the mail", async () => {
      const row = page.getByRole("row").filter({ hasText: "Order of Hiro Tanaka" });
      await page.goto(`/w/${slug}/settings/mail`);
      await reloadUntil(page, row.filter({ hasText: "Sent" }));
      await screenshot(page, `mail-log-${device}`);
      assert.equal(await row.filter({ hasText: "Sent" }).count(), 1);
      assert.equal(await overflow(page), 0);
      await press(row.getByRole("link").first());
      await page.getByText(/^250 /).first().waitFor();
      await page.frameLocator("iframe.mail-frame").getByRole("heading", { name: "Hiro Tanaka wants bread" }).waitFor();
      await screenshot(page, `mail-${device}`);
      assert.equal(await overflow(page), 0);
    });

    assert.deepEqual(owner.problems, []);
    await owner.context.close();
    await visitor.context.close();
  });
}
