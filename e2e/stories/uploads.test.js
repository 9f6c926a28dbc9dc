// Files go up as soon as they are chosen, and on from where they stopped: over a lost connection and over a reload.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { axe } from "../lib/axe.js";
import { BASE, launch, LOOKS, overflow, screenshot, session } from "../lib/browser.js";
import { press, signIn, takeTime } from "../lib/people.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name" },
  { key: "film", type: "file", label: "Your film", required: true, max_bytes: 20_000_000, accept: [".mp4", "video/*"] },
  { key: "stills", type: "file", label: "Pictures of it", max_files: 3, accept: ["image/*"] },
];
/** What goes up at a time. */
const PART = 4 * 1024 * 1024;

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "mewayz-uploads-"));
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

test("a large file arrives whole, whatever the connection does", async (t) => {
  const owner = await newcomer();
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Film days", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const submissions = async () => (await call("GET", `/api/forms/${form.id}/submissions`, as())).data;
  const film = { path: join(folder, "film.mp4"), bytes: randomBytes(10_000_000) };
  await writeFile(film.path, film.bytes);
  const desk = await session(browser, { device: "desk" });
  const slug = await signIn(desk.page, owner);
  const arrived = async (submission) => {
    const file = `/w/${slug}/submissions/${submission.id}/files/${submission.answers.film[0]}`;
    const fetched = await desk.page.request.get(new URL(file, BASE).href);
    return (await fetched.body()).equals(film.bytes);
  };

  const { page, context, problems } = await session(browser, { device: "phone" });
  const address = `/f/${form.public_id}`;
  const row = (name) => page.locator(".upload", { hasText: name });
  // Every part that is sent, by the byte that it begins with; `meet` says what becomes of it.
  let parts = [];
  let meet = (route) => route.continue();
  await page.route("**/uploads/**", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    const offset = Number(route.request().headers()["upload-offset"]);
    parts.push(offset);
    return meet(route, offset);
  });

  await t.test("a lost connection stops it, and it goes on by itself", async () => {
    await page.goto(address);
    meet = async (route, offset) => {
      if (offset < PART || parts.length > 2) return route.continue();
      await context.setOffline(true);
      return route.abort("internetdisconnected");
    };
    await page.getByLabel("Your film").setInputFiles(film.path);
    await row("film.mp4").getByText("The connection is lost.").waitFor();
    await screenshot(page, "upload-paused");
    assert.equal(await page.getByRole("progressbar", { name: "film.mp4" }).getAttribute("value") > 0.3, true);
    await context.setOffline(false);
    await row("film.mp4").getByText("Uploaded").waitFor();
    assert.deepEqual(parts, [0, PART, PART, 2 * PART]);
  });

  await t.test("what is there is still there after a reload, and arrives byte by byte", async () => {
    await page.getByLabel("Your name").fill("Hiro");
    await page.reload();
    await row("film.mp4").getByText("Uploaded").waitFor();
    assert.equal(await page.getByLabel("Your name").inputValue(), "Hiro");
    await takeTime(page);
    await press(page.getByRole("button", { name: "Send" }));
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const [only, ...more] = await submissions();
    assert.equal(more.length, 0);
    assert.ok(await arrived(only));
    await page.goto(address);
    assert.equal(await page.locator(".upload").count(), 0);
  });

  await t.test("half a file goes on after a reload once it is chosen again", async () => {
    parts = [];
    let cut;
    const stopped = new Promise((done) => { cut = done; });
    meet = (route, offset) => (offset < PART ? route.continue() : cut());
    await page.goto(address);
    await page.getByLabel("Your film").setInputFiles(film.path);
    await stopped;
    await page.reload();
    await row("film.mp4").getByText("Choose the same file again").waitFor();
    await screenshot(page, "upload-half");
    await press(page.getByRole("button", { name: "Send" }));
    assert.equal(await page.getByRole("button", { name: "Remove film.mp4" }).evaluate((it) => it === document.activeElement), true);
    [parts, meet] = [[], (route) => route.continue()];
    await page.getByLabel("Your film").setInputFiles(film.path);
    await row("film.mp4").getByText("Uploaded").waitFor();
    assert.deepEqual(parts, [PART, 2 * PART]);
    assert.equal(await page.locator(".upload").count(), 1);
  });

  await t.test("one who sends too early waits for the files, and no longer", async () => {
    let go;
    const held = new Promise((done) => { go = done; });
    meet = async (route) => { await held; return route.continue(); };
    const still = { name: "still.png", mimeType: "image/png", buffer: Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), randomBytes(3000)]) };
    await page.getByLabel("Pictures of it").setInputFiles([still]);
    await row("still.png").waitFor();
    await takeTime(page);
    await press(page.getByRole("button", { name: "Send" }));
    await page.locator("form-upload").getByText("Your files are still on their way.").waitFor();
    await screenshot(page, "upload-waits");
    assert.equal((await submissions()).length, 1);
    go();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const [latest] = await submissions();
    assert.ok(await arrived(latest));
    assert.equal(latest.answers.stills.length, 1);
  });

  await t.test("what is not taken is said beside it, and what is taken out does not go along", async () => {
    meet = (route) => route.continue();
    await page.goto(address);
    await page.getByLabel("Your film").setInputFiles({ name: "film.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
    await row("film.txt").getByText("is not of a type that is taken here").waitFor();
    await press(page.getByRole("button", { name: "Remove film.txt" }));
    assert.equal(await page.locator(".upload").count(), 0);
    assert.equal(await page.getByLabel("Your film").evaluate((it) => it === document.activeElement), true);
    await page.getByLabel("Your film").setInputFiles(film.path);
    await row("film.mp4").getByText("Uploaded").waitFor();
    await press(page.getByRole("button", { name: "Remove film.mp4" }));
    await page.reload();
    assert.equal(await page.locator(".upload").count(), 0);
  });

  await t.test("where no upload begins, a file goes along with its form", async () => {
    await page.goto(address);
    await page.route("**/uploads?**", (route) => route.fulfill({ status: 403, body: "" }));
    await page.getByLabel("Your film").setInputFiles(film.path);
    await row("film.mp4").getByText("It is sent with the form.").waitFor();
    await takeTime(page);
    await press(page.getByRole("button", { name: "Send" }));
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    assert.ok(await arrived((await submissions())[0]));
    await page.unroute("**/uploads?**");
  });

  await t.test("a file of one page is there on the next, and after a mistake", async () => {
    const walk = [...FIELDS.slice(1, 2), { key: "two", type: "page", label: "More" }, { key: "mail", type: "email", label: "E-mail", required: true }];
    const pages = await call("POST", "/api/forms", as({ title: "In two steps", fields: walk }));
    await call("POST", `/api/forms/${pages.id}/publication`, as());
    await page.goto(`/f/${pages.public_id}`);
    await page.getByLabel("Your film").setInputFiles(film.path);
    await row("film.mp4").getByText("Uploaded").waitFor();
    await press(page.getByRole("button", { name: "Next" }));
    await page.getByLabel("E-mail").waitFor();
    await page.goto(`/f/${pages.public_id}`);
    await row("film.mp4").getByText("Uploaded").waitFor();
    await press(page.getByRole("button", { name: "Next" }));
    await takeTime(page);
    await press(page.getByRole("button", { name: "Send" }));
    await page.locator(".error-summary").waitFor();
    await page.getByLabel("E-mail").fill("hiro@example.com");
    await press(page.getByRole("button", { name: "Send" }));
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const [only] = (await call("GET", `/api/forms/${pages.id}/submissions`, as())).data;
    assert.ok(await arrived(only));
  });

  await t.test("without scripts a file goes along with its form", async () => {
    const plain = await session(browser, { device: "desk", javaScript: false });
    await plain.page.goto(address);
    await plain.page.getByLabel("Your film").setInputFiles(film.path);
    await plain.page.waitForTimeout(2_100);
    await plain.page.getByRole("button", { name: "Send" }).click();
    await plain.page.getByRole("heading", { name: "Thank you" }).waitFor();
    assert.ok(await arrived((await submissions())[0]));
  });

  await t.test("it looks right everywhere, and everybody can use it", async () => {
    const stills = ["A very long name of a still that somebody has kept since the days of the first festival.png", "cut.png"];
    for (const [index, name] of stills.entries()) {
      stills[index] = join(folder, name);
      await writeFile(stills[index], Buffer.alloc(index ? 11_000_000 : 3000, 7));
    }
    for (const look of LOOKS) {
      const other = await session(browser, look);
      await other.page.route("**/uploads/**", (route) => {
        const held = route.request().method() === "PATCH" && route.request().headers()["upload-offset"] !== "0";
        return held ? undefined : route.continue();
      });
      await other.page.goto(address);
      await other.page.getByLabel("Your film").setInputFiles(film.path);
      await other.page.getByLabel("Pictures of it").setInputFiles(stills);
      await other.page.locator(".upload", { hasText: "festival" }).getByText("Uploaded").waitFor();
      await other.page.locator(".upload", { hasText: "cut.png" }).getByText("larger than").waitFor();
      await other.page.locator(".upload", { hasText: "film.mp4" }).getByText(/4\d\s?%/).waitFor();
      assert.equal(await overflow(other.page), 0);
      assert.deepEqual(await axe(other.page), []);
      await screenshot(other.page, `uploads-${look.device}-${look.scheme}`);
      await other.context.close();
    }
    assert.deepEqual(problems.filter((it) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(it)), []);
  });
});
