// Old answers come in from a file: by keyboard alone at a desk, by touch on a phone, and without a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn } from "../lib/people.js";
import { reloadUntil } from "../lib/until.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name", required: true },
  { key: "email", type: "email", label: "E-mail" },
  { key: "topic", type: "choice", label: "Topic", options: ["Order", "Return"] },
];
const CSV = "Full name;E-mail;Topic;Notes\nAda;ada@example.com;order;x\n;nobody;Gift;y\nHiro;;Return;\n";
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A person whose form awaits old answers; gives the page of its imports. */
async function ready(settings) {
  const owner = await newcomer("Noor Haddad");
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Orders", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const { page, problems } = await session(browser, settings);
  const slug = await signIn(page, owner);
  await page.goto(`/w/${slug}/forms/${form.id}/imports`);
  return { page, problems };
}

/** Reached with Tab, and pressed with Enter: no mouse at all. */
async function byKeyboard(locator) {
  const page = locator.page();
  await locator.waitFor();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  throw new Error("nothing leads there by keyboard");
}

/** What is typed in a select chooses the option that begins so. */
async function choose(select, label, device) {
  if (device !== "desk") return select.selectOption({ label });
  await select.focus();
  await select.page().keyboard.type(label);
}

for (const device of ["desk", "phone"]) {
  test(`old answers are sent, mapped, checked, imported and taken back (${device})`, async () => {
    const { page, problems } = await ready({ device });
    const go = device === "desk" ? byKeyboard : press;
    await page.getByText("No import yet").waitFor();
    await screenshot(page, `imports-empty-${device}`);
    await page.getByLabel("A CSV or JSON lines file").setInputFiles(csv("old answers.csv", CSV));
    await go(page.getByRole("button", { name: "Go on to the columns" }));

    await page.waitForURL(/\/imports\/imp_/);
    assert.equal(await page.getByLabel("E-mail").inputValue(), "email");
    await page.getByText("Such as Ada · Hiro").waitFor();
    await choose(page.getByLabel("Full name"), "Your name", device);
    assert.equal(await overflow(page), 0);
    await screenshot(page, `import-columns-${device}`);
    await go(page.getByRole("button", { name: "Check all rows" }));

    await page.getByRole("button", { name: "Import 2 rows" }).waitFor();
    await page.getByText("Write an e-mail address").first().waitFor();
    await page.getByText("no webhook and no mail goes out").waitFor();
    assert.equal(await overflow(page), 0);
    await screenshot(page, `import-checked-${device}`);
    const waiting = page.waitForEvent("download");
    await go(page.getByRole("link", { name: "Download refused rows" }));
    assert.equal((await waiting).suggestedFilename(), "old answers, refused rows.csv");
    await go(page.getByRole("button", { name: "Import 2 rows" }));

    await page.getByText("Take this import back").waitFor();
    await screenshot(page, `import-done-${device}`);
    await go(page.getByRole("link", { name: "See the submissions" }));
    await page.getByText("Hiro").first().waitFor();
    await page.goBack();
    await go(page.getByRole("button", { name: "Take this import back" }));
    await page.getByText("Delete 2 imported submissions?").waitFor();
    await screenshot(page, `import-take-back-${device}`);
    await go(page.getByRole("button", { name: "Delete what was imported" }));
    await page.getByText("Taken back").first().waitFor();
    await screenshot(page, `import-taken-back-${device}`);
    await go(page.getByRole("button", { name: "Delete this import" }));
    await go(page.getByRole("button", { name: "Keep it" }));
    await page.getByText("Delete this import?").waitFor({ state: "hidden" });
    await go(page.getByRole("button", { name: "Delete this import" }));
    await go(page.getByRole("button", { name: "Delete import" }));
    await page.getByText("No import yet").waitFor();
    assert.deepEqual(problems, []);
  });
}

test("what is no table is refused with what to do, and nothing is left of it", async () => {
  const { page, problems } = await ready({ device: "phone" });
  for (const [file, told] of [
    [csv("twice.csv", "Name,Mail,Name\nA,b,c\n"), "The columns 1 and 3 are both called “Name”"],
    [csv("book.csv", "PK\u0003\u0004 and so on"), "Save it as CSV"],
    [csv("none.csv", "Name,Mail\n"), "no row below them"],
  ]) {
    await page.getByLabel("A CSV or JSON lines file").setInputFiles(file);
    await press(page.getByRole("button", { name: "Go on to the columns" }));
    await page.getByText(told).waitFor();
  }
  assert.equal(await overflow(page), 0);
  await screenshot(page, "import-refused-phone");
  await page.getByText("No import yet").waitFor();
  assert.deepEqual(problems, []);
});

test("it works without a script", async () => {
  const { page } = await ready({ device: "desk", javaScript: false });
  await page.getByLabel("A CSV or JSON lines file").setInputFiles(csv("old.csv", "Your name\nAda\nHiro\n"));
  await page.getByRole("button", { name: "Go on to the columns" }).click();
  await page.getByRole("button", { name: "Check all rows" }).click();
  await reloadUntil(page, page.getByRole("button", { name: "Import 2 rows" }));
  await page.getByRole("button", { name: "Import 2 rows" }).click();
  await reloadUntil(page, page.getByText("Take this import back"));
  await page.getByRole("button", { name: "Delete this import" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "Take this import back" }).click();
  await page.getByRole("button", { name: "Keep them" }).click();
  const here = page.url();
  await page.getByRole("link", { name: "See the submissions" }).click();
  await page.getByText("Hiro").first().waitFor();
  await page.goto(here);
  await page.getByRole("button", { name: "Delete this import" }).click();
  await page.getByRole("button", { name: "Delete import" }).click();
  await page.getByText("No import yet").waitFor();
});
