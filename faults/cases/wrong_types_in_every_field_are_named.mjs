// Every kind of value in every type of field, by both ways in: stored or refused by name, never a fault.
import assert from "node:assert/strict";

export const engines = ["sqlite", "postgres"];

const OPTIONS = [{ value: "a", label: "A" }, { value: "b", label: "B" }];
const SETTINGS = { choice: { options: OPTIONS }, choices: { options: OPTIONS }, dropdown: { options: OPTIONS }, scale: { min: 1, max: 5 }, file: {} };
const TYPES = [
  "short_text", "long_text", "email", "phone", "number", "date", "time", "choice", "choices", "dropdown", "scale",
  "rating", "nps", "yes_no", "file", "consent", "hidden", "section", "page",
];
/** As JSON text, for some of these JavaScript could not write. */
const VALUES = [
  "null", "true", "false", "0", "-1", "1.5", "-0", "1e308", "1e-400", "123456789012345678901234567890", '""', '" "', '"x"',
  '"1"', '"2024-02-30"', '"99:99"', '"a@b"', '"\\u0000"', '"\\uffff"', "[]", "[null]", "[[]]", '["a","a"]', '["a","zzz"]',
  "[1,2]", "{}", '{"a":1}', '{"value":"a"}', `"${"x".repeat(3_000)}"`,
];

export default async function (world) {
  const mewayz = await world.mewayz();
  const fields = TYPES.map((type) => ({ key: type, type, label: type, ...SETTINGS[type] }));
  const form = await mewayz.newForm(fields);
  const place = `/api/forms/${form}/submissions`;
  const bodies = TYPES.flatMap((type) => VALUES.map((value) => [type, `{"answers":{"${type}":${value}}}`]));

  const statuses = {};
  for (const [type, body] of bodies) {
    const reply = await mewayz.request("POST", place, { body });
    statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
    assert.ok([201, 422].includes(reply.status), `${body}: ${reply.status} ${reply.text}`);
    if (reply.status === 422) assertNamed(type, reply.json.errors, body);
  }
  world.note(`${bodies.length} values one by one: ${JSON.stringify(statuses)}`);

  const lines = bodies.map(([, body]) => body).join("\n");
  const headers = { "content-type": "application/x-ndjson" };
  const { json: report } = await mewayz.request("POST", `${place}/bulk`, { body: lines, headers });
  assert.deepEqual([report.accepted, report.rejected], [statuses[201], statuses[422]], "both ways in judge alike");
  report.items.forEach((item, n) => item.errors && assertNamed(bodies[n][0], item.errors, bodies[n][1]));
  await wrongForms(world, mewayz);
}

/** The complaint names the field and says something. */
function assertNamed(type, errors, body) {
  const named = errors.some(({ field, code, message }) => field.includes(type) && code && message.length > 5);
  assert.ok(named, `${body}: ${JSON.stringify(errors)}`);
}

/** The same values where a form's own properties belong. */
async function wrongForms(world, mewayz) {
  const properties = ["key", "label", "type", "required", "options", "min", "max", "pattern", "max_length", "accept", "nonsense"];
  let count = 0;
  for (const type of TYPES) {
    for (const property of properties) {
      const values = VALUES.filter((_, n) => (n + count) % (world.short ? 14 : 3) === 0);
      for (const value of values) {
        const field = `{"type":"${type}","label":"L","${property}":${value}}`;
        const body = `{"title":"T","fields":[${field}]}`;
        const reply = await mewayz.request("POST", "/api/forms", { body });
        assert.ok([201, 400, 422].includes(reply.status), `${body}: ${reply.status} ${reply.text}`);
        count += 1;
      }
    }
  }
  world.note(`${count} forms with a wrong property: all made or refused by name`);
}
