// A form in another language and script, from its maker's settings to its respondents' thanks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn, submitOf } from "../lib/people.js";

const FIELDS = [
  { key: "guests", type: "number", label: "عدد الضيوف", min: 1, max: 5000, required: true },
  { key: "big", type: "yes_no", label: "هل هي حفلة كبيرة؟" },
  { key: "second", type: "page", label: "المزيد", show_if: { field: "big", is: "equals", value: true } },
  { key: "email", type: "email", label: "البريد الإلكتروني", required: true },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("a form is given a language and speaks it to the end", async (t) => {
  const owner = await newcomer();
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "طلب حفلة", fields: FIELDS }));
  const desk = await session(browser, { device: "desk" });
  const phone = await session(browser, { device: "phone", scheme: "dark" });

  await t.test("its maker chooses Arabic", async () => {
    await signIn(desk.page, owner);
    await desk.page.goto(`/w/${owner.workspace.slug}/forms/${form.id}/settings`);
    await desk.page.getByLabel("The form speaks").selectOption("العربية");
    await press(submitOf(desk.page, "language"));
    await desk.page.getByText("Settings saved").waitFor();
    assert.equal(await desk.page.getByLabel("The form speaks").inputValue(), "ar");
    await call("POST", `/api/forms/${form.id}/publication`, as());
  });

  await t.test("the page is read from right to left, and nothing sticks out", async () => {
    await phone.page.goto(`/f/${form.public_id}`);
    assert.equal(await phone.page.locator("html").getAttribute("dir"), "rtl");
    assert.equal(await overflow(phone.page), 0);
    const box = await phone.page.locator("h1").boundingBox();
    assert.ok(box.x + box.width > 300, "the title begins at the right");
  });

  await t.test("what the script says is said in Arabic too", async () => {
    const send = phone.page.locator("[data-on]");
    assert.equal((await send.textContent()).trim(), "إرسال");
    assert.equal(await send.locator(".icon").isVisible(), false, "sending leads no further");
    await press(phone.page.getByText("نعم", { exact: true }));
    assert.equal((await send.textContent()).trim(), "التالي");
    assert.ok(await send.locator(".icon").isVisible(), "an arrow to the next page");
    await phone.page.getByText("الصفحة 1 من 2").first().waitFor();
  });

  await t.test("a mistake is told in Arabic, with figures as it writes them", async () => {
    await phone.page.getByLabel("عدد الضيوف").fill("6000");
    await press(phone.page.locator("[data-on]"));
    await phone.page.getByText("يُرجى كتابة عدد لا يزيد على 5,000.").first().waitFor();
    await screenshot(phone.page, "arabic-mistake");
  });

  await t.test("and so is the thanks", async () => {
    await phone.page.getByLabel("عدد الضيوف").fill("60");
    await press(phone.page.locator("[data-on]"));
    await phone.page.getByLabel("البريد الإلكتروني").fill("amal@example.com");
    await press(phone.page.locator("[data-on]"));
    await phone.page.getByRole("heading", { name: "شكرًا لك" }).waitFor();
    assert.deepEqual(phone.problems, []);
  });
});
