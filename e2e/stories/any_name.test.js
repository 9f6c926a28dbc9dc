// Questions may be called as the browser calls its own parts of a form: everything on the page works all the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, newcomer } from "../lib/api.js";
import { launch, PERSON, session } from "../lib/browser.js";
import { press, takeTime } from "../lib/people.js";
import { until } from "../lib/until.js";

const WORDS = ["elements", "action", "method", "target", "submit", "reset", "length", "name", "id", "title", "hidden",
  "children", "append", "closest", "matches", "contains", "remove", "attributes", "style", "dataset"];
const FIELDS = [
  ...WORDS.map((key) => ({ key, type: "short_text", label: `The ${key}` })),
  { key: "photo", type: "file", label: "A photo" },
  { key: "before", type: "short_text", label: "What was before?", show_if: { field: "elements", is: "answered" } },
  { key: "parent", type: "page", label: "The end" },
  { key: "form", type: "short_text", label: "The form" },
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("questions may have any name", async () => {
  const owner = await newcomer();
  const as = (body) => ({ token: owner.token, body });
  const form = await call("POST", "/api/forms", as({ title: "Elements", fields: FIELDS }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const { page, problems } = await session(browser, { userAgent: PERSON });
  const began = [];

  await page.goto(`/f/${form.public_id}`);
  for (const word of WORDS) await page.getByLabel(`The ${word}`, { exact: true }).fill(`My ${word}`);
  await page.getByLabel("What was before?").waitFor();
  await page.getByLabel("A photo").setInputFiles({ name: "sea.png", mimeType: "image/png", buffer: Buffer.from("not really") });
  await page.locator(".upload", { hasText: "sea.png" }).getByText("Uploaded").waitFor();
  await page.reload();
  await page.locator(".upload", { hasText: "sea.png" }).getByText("Uploaded").waitFor();
  assert.equal(await page.getByLabel("The elements").inputValue(), "My elements");

  await takeTime(page);
  await press(page.getByRole("button", { name: "Next" }));
  await page.getByLabel("The form").fill("All of it");
  await page.getByLabel("The form").press("Enter");
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  const { data: [{ answers }] } = await call("GET", `/api/forms/${form.id}/submissions`, as());
  assert.deepEqual(WORDS.map((word) => answers[word]), WORDS.map((word) => `My ${word}`));
  assert.equal(answers.photo.length, 1);
  assert.equal(answers.form, "All of it");
  const visits = await until(
    async () => (await call("GET", `/api/forms/${form.id}/insights`, as())).visits,
    ({ time_to_answer }) => time_to_answer,
  );
  assert.ok(visits.time_to_answer, "when somebody began is known");
  assert.deepEqual(problems, []);
});
