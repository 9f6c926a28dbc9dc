// Old answers come in from a file: by keyboard at a desk, by touch on a phone, and without a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name", required: true },
  { key: "email", type: "email", label: "E-mail" },
  { key: "topic", type: "choice", label: "Topic", options: ["Order", "Return"] },
];
const CSV = "Full name;E-mail;Topic;Notes\nAda;ada@example.com;order;x\n;nobody;Gift;y\nHiro;;Return;\n";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const device of ["desk", "phone"]) {
  test(`old answers are sent, mapped, checked and imported (${device})`, async () => {
    const owner = await newcomer("Noor Haddad");
    const as = (body) => ({ token: owner.token, body });
    const form = await call("POST", "/api/forms", as({ title: "Orders", fields: FIELDS }));
    await call("POST", `/api/forms/${form.id}/publication`, as());
    const { page, problems } = await session(browser, { device });
    const slug = await signIn(page, owner);
    await page.goto(`/w/${slug}/forms/${form.id}/imports`);
    await screenshot(page, `imports-${device}`);
    await page.getByLabel("A CSV or JSON lines file").setInputFiles({ name: "old answers.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
    await press(page.getByRole("button", { name: "Go on to the columns" }));

    await page.waitForURL(/\/imports\/imp_/);
    assert.equal(await page.getByLabel("E-mail").inputValue(), "email");
    await page.getByText("Such as Ada · Hiro").waitFor();
    await page.getByLabel("Full name").selectOption({ label: "Your name" });
    assert.equal(await overflow(page), 0);
    await screenshot(page, `import-columns-${device}`);
    const check = page.getByRole("button", { name: "Check all rows" });
    if (device === "desk") {
      await check.focus();
      await page.keyboard.press("Enter");
    } else {
      await press(check);
    }

    await page.getByRole("button", { name: "Import 2 rows" }).waitFor();
    await page.getByText("Write an e-mail address").waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, `import-checked-${device}`);
    const waiting = page.waitForEvent("download");
    await press(page.getByRole("link", { name: "Download refused rows" }));
    assert.equal((await waiting).suggestedFilename(), "old answers, refused rows.csv");
    await press(page.getByRole("button", { name: "Import 2 rows" }));

    await page.getByText("Take this import back").waitFor();
    await screenshot(page, `import-done-${device}`);
    await press(page.getByRole("link", { name: "See the submissions" }));
    await page.getByText("Hiro").first().waitFor();
    await page.goBack();
    await press(page.getByText("Take this import back"));
    await press(page.getByRole("button", { name: "Delete what was imported" }));
    await page.getByText("Taken back").first().waitFor();
    assert.deepEqual(problems, []);
  });
}
