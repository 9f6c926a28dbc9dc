// Chromium, and sessions in it: one person with one device each.
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";

/** Where the program under test listens; bin/lib/with_demo.sh sets it. */
export const BASE = process.env.BASE ?? "http://127.0.0.1:8080";

const OUT = new URL("../out/", import.meta.url).pathname;
const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  desk: { viewport: { width: 1280, height: 800 } },
};
/** Every look a page must have: both devices, both themes. */
export const LOOKS = Object.keys(DEVICES).flatMap((device) =>
  ["light", "dark"].map((scheme) => ({ device, scheme })),
);

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/** What a browser says of itself whose user is a person: ours says that nobody looks at it. */
export const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** A person with a device of their own; `problems` gathers what the browser complains about. */
export async function session(
  browser,
  { device = "phone", scheme = "light", javaScript = true, userAgent = undefined } = {},
) {
  const context = await browser.newContext({
    ...DEVICES[device],
    baseURL: BASE,
    colorScheme: scheme,
    javaScriptEnabled: javaScript,
    userAgent,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return { context, page, problems: watch(page) };
}

/** Saves the whole page as out/screenshots/NAME.png. */
export async function screenshot(page, name) {
  const folder = `${OUT}screenshots/`;
  await mkdir(folder, { recursive: true });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  // A page as long as the style guide is more than a picture can hold.
  // To hide the caret would leave an empty style on every input, which our policy then refuses to copy.
  await page.screenshot({ path: `${folder}${name}.png`, fullPage: height < 12_000, caret: "initial" });
}

/** Fails when something sticks out to the side, which on a phone means scrolling sideways. */
export async function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    // With a scrollbar beside the page, what is wide can be narrower than what is scrolled.
    return Math.max(0, root.scrollWidth - root.clientWidth);
  });
}

function watch(page) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A form sent with a mistake is answered by 422, which the browser logs as an error.
    const expected = /status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !expected) problems.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    // What is part of a page has to be there.
    const part = ["stylesheet", "script", "image", "font"].includes(response.request().resourceType());
    if (response.status() >= (part ? 400 : 500)) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(BASE) && /^https?:/.test(url)) problems.push(`foreign request: ${url}`);
  });
  return problems;
}
