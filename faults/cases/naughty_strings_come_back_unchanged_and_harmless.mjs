// The Big List of Naughty Strings, one by one and in bulk: every string comes back as it went in, and on
// the pages it is text and nothing else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { Browser, escaped } from "../lib/browser.mjs";
import { assertProcessed, listed } from "../lib/truth.mjs";

export const engines = ["sqlite", "postgres"];

const STRINGS = JSON.parse(readFileSync(new URL("../../seeds/naughty_strings.json", import.meta.url), "utf8"));
const FIELDS = [
  { key: "short", type: "short_text", label: "Short" },
  { key: "long", type: "long_text", label: "Long" },
  { key: "hidden", type: "hidden", label: "Hidden" },
];

export default async function (world) {
  const mewayz = await world.mewayz();
  const form = await mewayz.newForm(FIELDS);
  const sent = await send(mewayz, form);
  const there = await listed(mewayz, form);
  assert.equal(there.length, sent.size);
  for (const { id, answers, metadata } of there) {
    const text = sent.get(id);
    // An empty answer is none.
    for (const { key } of FIELDS) assert.equal(answers[key] ?? "", text, `${key} of ${id}`);
    assert.equal(metadata.note, text, `metadata of ${id}`);
  }
  world.note(`${there.length} submissions with ${STRINGS.length} strings came back unchanged`);
  await assertProcessed(mewayz, form, sent.size);
  await searchForAll(mewayz, form);
  await assertHarmless(world, mewayz, form, sent);
}

/** Sends every string twice; gives what each id must hold. */
async function send(mewayz, form) {
  const sent = new Map();
  const item = (text) => ({ answers: { short: text, long: text, hidden: text }, metadata: { note: text } });
  for (const text of STRINGS) {
    const { id } = await mewayz.call("POST", `/api/forms/${form}/submissions`, item(text));
    sent.set(id, text);
  }
  const report = await mewayz.call("POST", `/api/forms/${form}/submissions/bulk`, { submissions: STRINGS.map(item) });
  assert.equal(report.accepted, STRINGS.length, JSON.stringify(report.items.find((one) => one.errors)));
  report.items.forEach(({ id }, index) => sent.set(id, STRINGS[index]));
  return sent;
}

/** Whatever is searched for, the answer is a list. */
async function searchForAll(mewayz, form) {
  for (const text of STRINGS) {
    const words = encodeURIComponent([...text.toWellFormed()].slice(0, 400).join(""));
    const reply = await mewayz.request("GET", `/api/forms/${form}/submissions?limit=1&q=${words}`);
    assert.equal(reply.status, 200, `${text}: ${reply.text}`);
  }
}

/** Each string's page, and the list, are made of the tags of harmless pages and of no others. */
async function assertHarmless(world, mewayz, form, sent) {
  const browser = await Browser.signIn(mewayz);
  const known = await harmlessShapes(mewayz, browser);
  // What a page is made of does not depend on the engine, so that the short form looks at fewer.
  const enough = world.engine === "sqlite" ? STRINGS.length : 50;
  const looked = [...sent].slice(0, world.short ? enough : sent.size);
  for (const [id, text] of looked) {
    const page = await browser.open(`/submissions/${id}`);
    assertKnown(page, known, text);
    assert.ok(page.text.includes(escaped(text)), `${JSON.stringify(text)} is not shown`);
  }
  let lists = 0;
  for (let cursor = ""; cursor !== null; lists += 1) {
    assertKnown(await browser.open(`/forms/${form}/submissions${cursor && `?cursor=${cursor}`}`), known, "the list");
    cursor = (await mewayz.call("GET", `/api/forms/${form}/submissions?limit=20${cursor && `&cursor=${cursor}`}`)).next_cursor ?? null;
  }
  world.note(`${looked.length} pages and ${lists} parts of the list show them as text and nothing else`);
}

function assertKnown(page, known, what) {
  assert.equal(page.stray, undefined, `${JSON.stringify(what)} left an angle bracket`);
  assert.deepEqual(page.shapes.filter((shape) => !known.has(shape)), [], `${JSON.stringify(what)} made tags`);
}

/** What pages are made of when nobody means harm: first, middle and last of a list, answered and not. */
async function harmlessShapes(mewayz, browser) {
  const form = await mewayz.newForm(FIELDS);
  const submissions = Array.from({ length: 60 }, (_, n) => ({ answers: n % 3 ? { short: "a", long: "b", hidden: "c" } : {}, metadata: { note: "d" } }));
  const { items } = await mewayz.call("POST", `/api/forms/${form}/submissions/bulk`, { submissions });
  const pages = [...items.slice(0, 3), ...items.slice(-3)].map(({ id }) => `/submissions/${id}`);
  const { next_cursor } = await mewayz.call("GET", `/api/forms/${form}/submissions?limit=5`);
  pages.push(`/forms/${form}/submissions`, `/forms/${form}/submissions?cursor=${next_cursor}`);
  const known = new Set();
  for (const page of pages) (await browser.open(page)).shapes.forEach((shape) => known.add(shape));
  return known;
}
