// A form gets a look of its own: tried beside the preview, saved, published, and seen by respondents.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn, submitOf } from "../lib/people.js";

const FIELDS = [{ key: "email", type: "email", label: "E-mail", required: true }];
const DOT = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("a form gets a look of its own", async (t) => {
  const owner = await newcomer();
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Harvest supper", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const desk = await session(browser, { device: "desk" });
  const phone = await session(browser, { device: "phone", scheme: "dark" });
  const look = `/w/${owner.workspace.slug}/forms/${form.id}/theme`;
  const button = (page) => page.locator(".paper .button--primary").evaluate((it) => getComputedStyle(it).backgroundColor);

  await t.test("the preview shows what is chosen before it is saved", async () => {
    await signIn(desk.page, owner);
    await desk.page.goto(look);
    await desk.page.locator("[name=accent]").fill("#0a7d4f");
    await press(desk.page.getByText("Serif", { exact: true }));
    const preview = desk.page.frameLocator(".form-preview__page");
    await preview.locator("html[data-font=serif]").waitFor();
    assert.equal((await call("GET", `/api/forms/${form.id}/theme`, as())).theme.accent, undefined);
  });

  await t.test("a colour that cannot be seen is told and made to be", async () => {
    await desk.page.locator("[name=accent]").fill("#fff2a8");
    await press(submitOf(desk.page, "accent"));
    await desk.page.getByText("Look saved").waitFor();
    await desk.page.getByText("On light paper #fff2a8 is too pale").waitFor();
    await desk.page.locator("[name=accent]").fill("#0a7d4f");
    await press(submitOf(desk.page, "accent"));
    await desk.page.getByText("Look saved").waitFor();
  });

  await t.test("a logo is uploaded as soon as it is chosen, and described", async () => {
    await desk.page.locator("#picture-logo").setInputFiles({ name: "logo.gif", mimeType: "image/gif", buffer: DOT });
    await desk.page.getByText("Picture saved").waitFor();
    await desk.page.locator("[name=logo_text]").fill("Mill and Sons");
    await press(submitOf(desk.page, "logo_text"));
    await desk.page.getByText("Look saved").waitFor();
    await screenshot(desk.page, "look-desk");
    assert.deepEqual(desk.problems, []);
  });

  await t.test("respondents see it once it is published", async () => {
    await phone.page.goto(`/f/${form.public_id}`);
    assert.equal(await phone.page.locator("img").count(), 0);
    await call("POST", `/api/forms/${form.id}/publication`, as());
    await phone.page.reload();
    assert.ok(await phone.page.getByAltText("Mill and Sons").isVisible());
    assert.notEqual(await button(phone.page), "");
    assert.equal(await overflow(phone.page), 0);
    assert.deepEqual(phone.problems, []);
    await screenshot(phone.page, "look-phone-dark");
  });
});
