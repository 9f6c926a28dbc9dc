// Two ways to work on a page: with a finger, and with nothing but keys. Both find things by the same words.
import assert from "node:assert/strict";

/** The hands that fit the device. */
export function hands(page, device) {
  return device === "phone" ? fingers(page) : keys(page);
}

function fingers(page) {
  const tap = (locator) => locator.tap();
  return {
    follow: tap,
    tick: tap,
    write: (locator, text) => locator.fill(text),
    choose: (locator, label) => locator.selectOption({ label }),
    /** What hangs below the thumb: the sheet of types. */
    add: async (type) => {
      await tap(page.locator("#open-palette"));
      await tap(page.locator(`[data-drag-type=${type}]`));
    },
  };
}

function keys(page) {
  const { keyboard } = page;
  const to = async (locator) => {
    await locator.waitFor();
    for (let step = 0; step < 150; step += 1) {
      if (await locator.evaluate((it) => it === it.ownerDocument.activeElement)) return;
      await keyboard.press("Tab");
    }
    assert.fail(`no way by keyboard to ${locator}`);
  };
  const at = async (locator, key) => {
    await to(locator);
    await keyboard.press(key);
  };
  return {
    follow: (locator) => at(locator, "Enter"),
    // Within a group of radio buttons Tab leads to the first, and arrows to the others.
    tick: async (locator) => {
      if ((await locator.getAttribute("type")) !== "radio") return at(locator, "Space");
      const group = page.locator(`input[type=radio][name="${await locator.getAttribute("name")}"]`);
      await to(group.first());
      await keyboard.press("Space");
      const count = await group.count();
      for (let step = 0; step < count && !(await locator.isChecked()); step += 1) await keyboard.press("ArrowDown");
      assert.ok(await locator.isChecked());
    },
    write: async (locator, text) => {
      await at(locator, "Control+a");
      await keyboard.type(text);
    },
    choose: async (locator, label) => {
      await to(locator);
      await keyboard.type(label);
      const chosen = await locator.evaluate((it) => it.selectedOptions[0].label.trim());
      assert.equal(chosen, label);
    },
    // From anywhere but a field: the key of the page.
    add: async (type) => {
      await page.evaluate(() => document.activeElement.blur());
      await keyboard.press("a");
      await page.locator("#field-palette:popover-open").waitFor();
      await at(page.locator(`#field-palette [data-drag-type=${type}]`), "Enter");
    },
  };
}
