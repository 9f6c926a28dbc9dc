// What it costs to read a form with very many submissions: each way of listing them, one request at a time.

/** How each way of reading is asked; `{spread}` is a number that lies somewhere else in each request. */
const WAYS = [
  ["newest page", "submissions?limit=50"],
  ["page somewhere in the middle", "submissions?limit=50&cursor={spread}"],
  ["oldest page", "submissions?limit=50&order=oldest"],
  ["one option of three", "submissions?limit=50&answers.topic=support"],
  ["… from the middle", "submissions?limit=50&answers.topic=support&cursor={spread}"],
  ["two fields", "submissions?limit=50&answers.topic=sales&answers.score.min=9"],
  ["one e-mail address", "submissions?limit=50&answers.email=person{spread}@example.com"],
  ["an address that nobody gave", "submissions?limit=50&answers.email=nobody{spread}@example.com"],
  ["a day", "submissions?limit=50&since={day}&until={day}"],
  ["version and way in", "submissions?limit=50&version=1&source=bulk"],
  ["a tag of 1,000", "submissions?limit=50&tag=seen"],
  ["a status and an option", "submissions?limit=50&status=done&answers.topic=other"],
  ["a word in one of six", "submissions?limit=50&q=parcels"],
  ["two words and an option", "submissions?limit=50&q=parcels%20tanaka&answers.topic=sales"],
  ["a word in one row", "submissions?limit=50&q=person{spread}"],
  ["a word in no row", "submissions?limit=50&q=zyzzyva{spread}"],
  ["insights", "insights"],
  ["insights, two periods", "insights?since={day}&until={day}&compare=previous"],
];

/** Fills a form with `rows` submissions, and reads it `times` in each way. */
export async function reading(mewayz, rows, times, tell) {
  return readings(mewayz, await filled(mewayz, rows, tell), rows, times, tell);
}

/** A form with `rows` submissions, of which 1,000 were worked on. */
export async function filled(mewayz, rows, tell) {
  const form = await mewayz.newForm();
  await mewayz.fill(form, rows);
  tell(`${rows} sent`);
  await mewayz.jobsDone(180);
  tell("all of them searchable");
  await worked(mewayz, form);
  return form;
}

/** Reads a filled form `times` in each way. */
export async function readings(mewayz, form, rows, times, tell) {
  const day = new Date().toISOString().slice(0, 10);
  const taken = [];
  for (const [name, path] of WAYS) {
    taken.push({ name, ...(await one(mewayz, `/api/forms/${form}/${path.replaceAll("{day}", day)}`, rows, times)) });
    tell(`${name}: p50 ${taken.at(-1).p50.toFixed(1)} ms, p99 ${taken.at(-1).p99.toFixed(1)} ms, ${taken.at(-1).found} found`);
  }
  return { rows, times, taken, memory: mewayz.server.memory() };
}

/** Gives 1,000 submissions a tag and a status, as a desk would. */
async function worked(mewayz, form) {
  const { data } = await mewayz.call("GET", `/api/forms/${form}/submissions?limit=100`);
  let cursor = data.at(-1).number;
  const ids = data.map((submission) => submission.id);
  while (ids.length < 1000) {
    const more = await mewayz.call("GET", `/api/forms/${form}/submissions?limit=100&cursor=${cursor}`);
    cursor = more.next_cursor;
    ids.push(...more.data.map((submission) => submission.id));
  }
  for (const step of [{ action: "tag", tags: ["seen"] }, { action: "set_status", status: "done" }]) {
    await mewayz.call("POST", `/api/forms/${form}/bulk_actions`, { ...step, submission_ids: ids });
  }
  await mewayz.jobsDone();
}

async function one(mewayz, path, rows, times) {
  const headers = { authorization: `Bearer ${mewayz.key}` };
  const milliseconds = [];
  let found = 0;
  for (let turn = 0; turn < times; turn += 1) {
    // Steps of the golden ratio reach every part and never repeat.
    const spread = 1 + Math.floor((((turn + 1) * 0.618034) % 1) * (rows - 1));
    const began = performance.now();
    const reply = await fetch(mewayz.base + path.replaceAll("{spread}", String(spread)), { headers });
    const body = await reply.json();
    milliseconds.push(performance.now() - began);
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${JSON.stringify(body)}`);
    found = Math.max(found, body.data?.length ?? body.submission_count);
  }
  milliseconds.sort((one, other) => one - other);
  const at = (share) => milliseconds[Math.min(times - 1, Math.floor(times * share))];
  return { p50: at(0.5), p99: at(0.99), found };
}
