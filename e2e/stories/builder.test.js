// A form of three pages is built twice: on a phone by touch, and at a desk by keyboard only.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe } from "../lib/axe.js";
import { launch, overflow, screenshot, session } from "../lib/browser.js";
import { makeForm, press, publish, register } from "../lib/people.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** The keys of the fields as they stand in the list. */
const order = (page) => page.locator(".field-list li[data-key]").evaluateAll((items) => items.map((item) => item.dataset.key));
const settled = (page, keys) => page.waitForFunction(
  (wanted) => [...document.querySelectorAll(".field-list li[data-key]")].map((item) => item.dataset.key).join() === wanted,
  keys.join(),
);
const saved = (page) => page.locator("#save-state[data-state=saved]").waitFor();
const previewed = (page, text) => page.frameLocator("form-preview iframe").getByText(text).first().waitFor();
const focused = (page) => page.evaluate(() => document.activeElement.id);

/** A finger meets the button where it is seen: the window is scaled, of which the tester's own taps know nothing. */
async function tapInPreview(page, name) {
  const frame = page.locator("form-preview iframe");
  const button = await frame.contentFrame().getByRole("button", { name }).evaluate((it) => {
    it.scrollIntoView({ block: "center" });
    const { x, y, width, height } = it.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  const at = await frame.evaluate((it, inside) => {
    const { x, y, width } = it.getBoundingClientRect();
    const scale = width / it.offsetWidth;
    return { x: x + inside.x * scale, y: y + inside.y * scale };
  }, button);
  await page.touchscreen.tap(at.x, at.y);
}

/** Waits for the revision to grow: what was asked for is done. */
async function changed(page, act) {
  const before = await page.locator("#builder-bar").getAttribute("data-revision");
  await act();
  await page.locator(`#builder-bar:not([data-revision="${before}"])`).waitFor();
}

async function begin(device) {
  const { context, page, problems } = await session(browser, { device });
  const email = `builder-${device}-${Date.now()}@example.com`;
  const slug = await register(page, { name: "Ines Duarte", email, password: "correct horse battery" });
  await makeForm(page, slug, { title: "Orders", fields: [] });
  return { context, page, problems };
}

test("on a phone, by touch", async (t) => {
  const { context, page, problems } = await begin("phone");
  const add = async (type) => {
    await press(page.locator("#open-palette"));
    await changed(page, () => press(page.locator(`[data-drag-type=${type}]`)));
  };
  const name = async (key, label) => {
    await page.locator(`#${key}-label`).fill(label);
    await saved(page);
  };

  await t.test("three pages are made from the sheet of types, and saved while one types", async () => {
    await add("choice");
    await name("choice", "Which wood?");
    await add("page");
    await name("page", "Where to?");
    await add("email");
    await name("email", "Your e-mail");
    await add("page");
    await name("page_2", "At last");
    await add("rating");
    await name("rating", "How do you like us?");
    assert.deepEqual(await order(page), ["your_message", "choice", "page", "email", "page_2", "rating"]);
    assert.equal(await overflow(page), 0);
    await previewed(page, "Page 3 of 3");
    await screenshot(page, "builder-phone");
  });

  await t.test("the preview follows to the page of what is selected", async () => {
    await press(page.locator("#head-email"));
    await previewed(page, "Page 2 of 3");
    await page.locator("#email-label").fill("Your e-mail address");
    await saved(page);
    await previewed(page, "Your e-mail address");
    await press(page.locator("#head-choice"));
    await previewed(page, "Page 1 of 3");
    await press(page.locator("#head-rating"));
    await previewed(page, "Page 3 of 3");
  });

  await t.test("a finger drags a field by its handle", async () => {
    await press(page.locator("#head-rating"));
    await page.locator(".field-panel").waitFor({ state: "detached" });
    const finger = await context.newCDPSession(page);
    const at = async (id) => {
      const { x, y, height } = await page.locator(id).boundingBox();
      return { x: x + 20, y: y + height / 2 };
    };
    await page.locator("#item-your_message").scrollIntoViewIfNeeded();
    const [from, to] = [await at("#handle-choice"), await at("#item-your_message")];
    const touch = (type, points) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await changed(page, async () => {
      await touch("touchStart", [from]);
      for (const part of [0.2, 0.6, 1]) await touch("touchMove", [{ x: from.x, y: from.y + (to.y - 12 - from.y) * part }]);
      await touch("touchEnd", []);
    });
    assert.deepEqual(await order(page), ["choice", "your_message", "page", "email", "page_2", "rating"]);
  });

  await t.test("it is taken back and made again", async () => {
    // A finger needs a moment to get from the list to the button.
    await page.waitForTimeout(500);
    await changed(page, () => press(page.locator("#undo")));
    assert.equal((await order(page))[0], "your_message");
    await changed(page, () => press(page.locator("#redo")));
    assert.equal((await order(page))[0], "choice");
  });

  await t.test("what is deleted comes back", async () => {
    await press(page.locator("#head-email"));
    await changed(page, () => press(page.locator("#delete-email")));
    assert.equal((await order(page)).includes("email"), false);
    await changed(page, () => press(page.locator("toast-message").getByRole("button", { name: "Undo" })));
    assert.equal((await order(page)).includes("email"), true);
  });

  await t.test("without a connection it says so, and saves when there is one", async () => {
    await context.setOffline(true);
    await page.locator("#form-title").fill("Orders of wood");
    await page.getByText("Not saved: offline, will try again").waitFor();
    await context.setOffline(false);
    await saved(page);
    await page.getByRole("heading", { name: "Orders of wood" }).waitFor();
  });

  await t.test("the preview, which waited too, is walked through", async () => {
    await previewed(page, "Orders of wood");
    await page.locator("#handle-choice").focus();
    await previewed(page, "Page 1 of 3");
    await page.locator("#form-title").focus();
    await tapInPreview(page, "Next");
    await previewed(page, "Page 2 of 3");
  });

  await t.test("it is published, and nothing hurts", async () => {
    assert.match(await publish(page), /^\/f\/\w+/);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(problems.filter((problem) => !/ERR_INTERNET_DISCONNECTED/.test(problem)), []);
  });
});

test("at a desk, by keyboard only", async (t) => {
  const { page, problems } = await begin("desk");
  const keys = page.keyboard;
  // From the list of types as it opens, on to the one that is wanted.
  const add = async (type) => {
    await page.locator("h1").first().click({ position: { x: 1, y: 1 } });
    await keys.press("a");
    await page.locator("#field-palette:popover-open").waitFor();
    await page.locator("#field-palette button").first().focus();
    for (let step = 0; step < 30; step += 1) {
      if (await page.evaluate((wanted) => document.activeElement.value === wanted, type)) break;
      await keys.press("Tab");
    }
    await changed(page, () => keys.press("Enter"));
  };

  await t.test("three pages are made", async () => {
    for (const [type, label] of [["short_text", "Your name"], ["page", "Where to?"], ["dropdown", "Country"], ["page", "At last"], ["nps", "Would you say so?"]]) {
      await add(type);
      await page.waitForFunction(() => document.activeElement.name === "label");
      await keys.type(label);
      await saved(page);
    }
    assert.deepEqual(await order(page), ["your_message", "short_text", "page", "dropdown", "page_2", "nps"]);
    await previewed(page, "Page 3 of 3");
  });

  await t.test("Escape closes the settings and stays on the field", async () => {
    await keys.press("Escape");
    await page.locator(".field-panel").waitFor({ state: "detached" });
    assert.equal(await focused(page), "head-nps");
  });

  await t.test("a field is taken, moved and put down, and each step is told", async () => {
    const told = page.locator("#sort-told");
    await keys.press("Shift+Tab");
    assert.equal(await focused(page), "handle-nps");
    await keys.press("Space");
    assert.match(await told.innerText(), /Would you say so\? taken\. Place 6 of 6\./);
    await keys.press("ArrowUp");
    await keys.press("ArrowUp");
    assert.equal(await told.innerText(), "Place 4 of 6.");
    await keys.press("Escape");
    assert.match(await told.innerText(), /put back at place 6/);
    await keys.press("Space");
    await keys.press("Home");
    await changed(page, () => keys.press("Space"));
    assert.deepEqual(await order(page), ["nps", "your_message", "short_text", "page", "dropdown", "page_2"]);
    assert.equal(await focused(page), "handle-nps");
  });

  await t.test("Ctrl-Z and Ctrl-Shift-Z go through the changes, also after a reload", async () => {
    await changed(page, () => keys.press("Control+z"));
    assert.equal((await order(page)).at(-1), "nps");
    await page.reload();
    await changed(page, () => keys.press("Control+Shift+z"));
    assert.equal((await order(page))[0], "nps");
    await changed(page, () => keys.press("Control+z"));
  });

  await t.test("keys duplicate and delete", async () => {
    await page.locator("#head-dropdown").focus();
    await changed(page, () => keys.press("Control+d"));
    await settled(page, ["your_message", "short_text", "page", "dropdown", "country", "page_2", "nps"]);
    await keys.press("Escape");
    await page.locator(".field-panel").waitFor({ state: "detached" });
    await changed(page, () => keys.press("Delete"));
    await settled(page, ["your_message", "short_text", "page", "dropdown", "page_2", "nps"]);
    await page.waitForFunction(() => document.activeElement.id === "head-page_2");
  });

  await t.test("what is added comes after what was touched last, and the next after that", async () => {
    await page.locator("#head-dropdown").focus();
    await page.locator("#new-label").focus();
    for (const label of ["City", "Street"]) {
      await page.locator("#new-label").fill(label);
      await changed(page, () => page.locator("form.new-field").getByRole("button", { name: "Add field" }).click());
    }
    await settled(page, ["your_message", "short_text", "page", "dropdown", "city", "street", "page_2", "nps"]);
    await previewed(page, "Page 2 of 3");
    for (const key of ["street", "city"]) {
      await page.locator(`#head-${key}`).focus();
      await changed(page, () => keys.press("Delete"));
    }
    await settled(page, ["your_message", "short_text", "page", "dropdown", "page_2", "nps"]);
  });

  await t.test("the keys of the page stand in the list of keys", async () => {
    await keys.press("?");
    await page.locator("dialog#keys").getByText("Add a field").waitFor();
    await keys.press("Escape");
  });

  await t.test("options are written line by line", async () => {
    await page.locator("#head-dropdown").focus();
    await keys.press("Enter");
    await page.locator("option-lines li input").first().focus();
    await keys.press("Control+a");
    await keys.type("Portugal");
    await keys.press("Enter");
    await keys.type("Spain");
    await keys.press("Alt+ArrowUp");
    await saved(page);
    assert.equal(await page.locator("#dropdown-options").inputValue(), "Spain\nPortugal\nOption 2\nOption 3");
  });

  await t.test("the preview is as wide as a desk, and the form is published", async () => {
    await page.locator("form-preview button[data-width=desk]").focus();
    await keys.press("Enter");
    // The preview may be loading what was written last: a window that goes away has no width.
    const width = () => page.frameLocator("form-preview iframe").locator("html").evaluate((root) => root.clientWidth).catch(() => 0);
    let wide = await width();
    for (let tries = 0; tries < 50 && wide <= 1200; tries += 1) {
      await page.waitForTimeout(100);
      wide = await width();
    }
    assert.ok(wide > 1200, `${wide}`);
    assert.equal(await overflow(page), 0);
    await page.getByRole("button", { name: "Publish" }).first().focus();
    await keys.press("Enter");
    await page.locator('a[href*="/f/"]').first().waitFor();
    await screenshot(page, "builder-desk");
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(problems, []);
  });
});
