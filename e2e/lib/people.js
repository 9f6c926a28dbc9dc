// What people do on the pages, in their own words.

/** Taps on a phone, clicks on a desk. */
export async function press(locator) {
  const touch = await locator.page().evaluate(() => navigator.maxTouchPoints > 0);
  await (touch ? locator.tap() : locator.click());
}

/** Registers and arrives in the new workspace; gives its slug. */
export async function register(page, { name, email, password }) {
  await page.goto("/register");
  await page.locator("[name=name]").fill(name);
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await press(submitOf(page, "password"));
  return arrive(page);
}

/** Signs in and arrives in the workspace; gives its slug. */
export async function signIn(page, { email, password }) {
  await page.goto("/login");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await press(submitOf(page, "password"));
  return arrive(page);
}

/** Makes a form with these fields on its editing page; gives the form's id. */
export async function makeForm(page, slug, { title, fields }) {
  await page.goto(`/w/${slug}/forms`);
  await press(page.getByRole("link", { name: "New form" }).first());
  await page.waitForURL(`**/w/${slug}/forms/new`);
  await page.locator("[name=title]").fill(title);
  await press(submitOf(page, "title"));
  await page.waitForURL(/\/forms\/frm_\w+/);
  for (const field of fields) await addField(page, field);
  return page.url().match(/frm_\w+/)[0];
}

/** Publishes the form whose editing page is open; gives the path of the hosted form. */
export async function publish(page) {
  await press(page.getByRole("button", { name: "Publish" }).first());
  const link = page.locator('a[href*="/f/"]').first();
  await link.waitFor();
  return new URL(await link.getAttribute("href"), page.url()).pathname;
}

/** As long as it takes to read a form and to write: what comes sooner is taken for a program's. */
export function takeTime(page) {
  return page.waitForTimeout(2_100);
}

/** The button that sends the form in which the named field stands. */
export function submitOf(page, field) {
  return page.locator(`form:has([name="${field}"]) button[type=submit]`).first();
}

async function addField(page, { label, type, required }) {
  await page.locator("[name=label]").last().fill(label);
  await page.locator("[name=type]").last().selectOption(type);
  await page.locator("[name=required]").last().setChecked(required);
  await press(page.getByRole("button", { name: "Add field" }));
  await page.locator(".field-list").getByText(label).first().waitFor();
}

async function arrive(page) {
  await page.waitForURL(/\/w\/[^/]+/);
  return new URL(page.url()).pathname.split("/")[2];
}
