// The small world that the checks look at, made through the API.
import { call, formWithSubmission } from "./api.js";
import { BASE } from "./browser.js";

const PAGES = [
  { key: "service", type: "choice", label: "How shall we serve?", required: true, options: ["Delivered", "Served"] },
  { key: "menu", type: "page", label: "The menu", show_if: { field: "service", is: "equals", value: "Served" } },
  { key: "courses", type: "number", label: "How many courses?", integer: true, min: 1, max: 7 },
  { key: "you", type: "page", label: "You" },
  { key: "email", type: "email", label: "E-mail", required: true },
];
const CONDITIONAL = [
  { key: "hurt", type: "yes_no", label: "Was anyone hurt?", required: true },
  { key: "who", type: "short_text", label: "Who?", show_if: { field: "hurt", is: "equals", value: true } },
  { key: "phone", type: "phone", label: "Phone", require_if: { field: "who", is: "answered" } },
];
// Every type once, as a form in another script has them.
const IN_ARABIC = [
  { key: "name", type: "short_text", label: "ما اسمك؟", required: true, help: "كما يناديك الناس." },
  { key: "email", type: "email", label: "البريد الإلكتروني", required: true },
  { key: "phone", type: "phone", label: "رقم الهاتف" },
  { key: "day", type: "date", label: "أي يوم يناسبك؟" },
  { key: "guests", type: "number", label: "عدد الضيوف", integer: true, min: 1 },
  { key: "dish", type: "dropdown", label: "الطبق الرئيسي", options: ["سمك", "خضار", "لحم"] },
  { key: "sweets", type: "choices", label: "الحلويات", options: ["كنافة", "بقلاوة", "معمول"], other: true, max_picks: 2 },
  { key: "taste", type: "scale", label: "كيف كان الطعام؟", min: 1, max: 5, min_label: "سيئ", max_label: "رائع" },
  { key: "stars", type: "rating", label: "تقييمك" },
  { key: "nps", type: "nps", label: "هل توصي بنا؟" },
  { key: "again", type: "yes_no", label: "هل ستعود إلينا؟" },
  { key: "photo", type: "file", label: "صورة", accept: ["image/*"] },
  { key: "more", type: "page", label: "المزيد" },
  { key: "note", type: "long_text", label: "ملاحظات", min_length: 2 },
];
const LIMITED = { submission_limit: 1 };
const BY_LINK = { once_by: "link" };

/** What an owner has after some weeks: forms in every state, and what belongs to them. */
export async function world(owner) {
  const as = (body) => ({ token: owner.token, body });
  const { form, submission } = await formWithSubmission(owner);
  const folder = await call("POST", "/api/form_folders", as({ name: "Events" }));
  const make = async (body) => {
    const made = await call("POST", "/api/forms", as({ folder_id: folder.id, ...body }));
    await call("POST", `/api/forms/${made.id}/publication`, as());
    return call("GET", `/api/forms/${made.id}`, as());
  };
  const [paged, conditional, arabic, full, invited, closed, archived] = [
    await make({ title: "Ask for catering", fields: PAGES }),
    await make({ title: "Report an accident", fields: CONDITIONAL }),
    await make({ title: "طلب حفلة", fields: IN_ARABIC, settings: { language: "ar" } }),
    await make({ title: "The last place", fields: PAGES.slice(-1), acceptance: LIMITED }),
    await make({ title: "For members", fields: PAGES.slice(-1), acceptance: BY_LINK }),
    await make({ title: "Closed since", fields: PAGES.slice(-1) }),
    await make({ title: "Put away", fields: PAGES.slice(-1) }),
  ];
  await dress(arabic, paged, as);
  await call("POST", `/api/forms/${full.id}/submissions`, as({ answers: { email: "hiro@example.com" } }));
  await call("DELETE", `/api/forms/${closed.id}/publication`, as());
  await call("POST", `/api/forms/${archived.id}/archival`, as());
  await call("PATCH", `/api/forms/${form.id}`, as({ title: "Write to us" }));
  await call("POST", `/api/forms/${form.id}/publication`, as());
  const desk = await worked(form, submission, as);
  return { form, submission, folder, paged, conditional, arabic, full, closed, ...desk, ...(await invitations(invited, as)), ...(await work(form, as)), ...(await files(form, owner)) };
}

/** Looks of their own, as different from each other as can be. */
async function dress(one, other, as) {
  const dark = { accent: "#ffe600", background: "#123a2e", font: "serif", corners: "square" };
  const round = { accent: "#7a2f8f", background: "#f4e9f7", font: "rounded", corners: "round" };
  for (const [form, look] of [[one, dark], [other, round]]) {
    await call("PUT", `/api/forms/${form.id}/theme`, as(look));
    await call("POST", `/api/forms/${form.id}/publication`, as());
  }
}

/** Two links, one of which was answered. */
async function invitations(form, as) {
  const respondents = ["ada@example.com", "grace@example.com"];
  const { data } = await call("POST", `/api/forms/${form.id}/links`, as({ respondents }));
  const [fresh, used] = data.map(({ url }) => url.slice(new URL(url).origin.length));
  await call("POST", used, { body: { answers: { email: respondents[1] } } });
  return { invited: form, fresh, used };
}

/** Submissions in every tray; one that someone works on, and one that was put into spam. */
async function worked(form, submission, as) {
  const send = async (name) => {
    const answers = { name, email: "someone@example.com", message: "Buy now: https://cheap.example" };
    return call("POST", `/api/forms/${form.id}/submissions`, as({ answers }));
  };
  const [spam, binned, archived] = [await send("Cheap watches"), await send("Test, please ignore"), await send("Grace Hopper")];
  await call("PUT", `/api/forms/${form.id}/statuses`, as({ statuses: [{ name: "Waiting for a reply", tone: "accent" }] }));
  await call("POST", `/api/submissions/${spam.id}/spam`, as({ reason: "Many links" }));
  await call("POST", `/api/submissions/${binned.id}/deletion`, as({}));
  await call("POST", `/api/submissions/${archived.id}/archival`, as({}));
  await call("PATCH", `/api/submissions/${submission.id}`, as({ status: "waiting_for_a_reply", tags: ["VIP", "Refund"] }));
  await call("POST", `/api/submissions/${submission.id}/comments`, as({ text: "Called her; she would rather have the money back." }));
  const view = { name: "Waiting", filter: "status=waiting_for_a_reply", columns: ["name", "status", "tags", "number"] };
  return { spam, view: await call("POST", `/api/forms/${form.id}/views`, as(view)) };
}

/** An export, a schedule for more, and a webhook that could not be reached. */
async function work(form, as) {
  await call("POST", `/api/forms/${form.id}/exports`, as({ format: "csv" }));
  const weekly = { export: { format: "xlsx" }, every: "week", at: "06:30", time_zone: "Europe/Berlin" };
  await call("POST", `/api/forms/${form.id}/export-schedules`, as(weekly));
  const hook = { url: "https://hooks.example.com/a/rather/long/path/as/services/give/them/out", event_types: ["submission.received"] };
  const { webhook } = await call("POST", "/api/webhooks", as(hook));
  const { delivery_id: delivery } = await call("POST", `/api/webhooks/${webhook.id}/test`, as());
  const { id: erasure } = await call("POST", "/api/erasures", as({ email: "nobody-here@example.com" }));
  return { webhook, delivery, erasure };
}

/** Two files of old answers: one just sent, the other checked and with errors. */
async function files(form, owner) {
  const send = async (name, csv) => {
    const headers = { authorization: `Bearer ${owner.token}`, "content-type": "text/csv", "x-workspace": owner.workspace.slug };
    const sent = await fetch(`${BASE}/api/forms/${form.id}/imports?name=${encodeURIComponent(name)}`, { method: "POST", headers, body: csv });
    if (sent.status !== 201) throw new Error(`the import was refused: ${await sent.text()}`);
    return sent.json();
  };
  const drafted = await send("old answers.csv", "Your name,E-mail,Notes\nAda,ada@example.com,first\n");
  const checked = await send("older answers.csv", "name,email,message\nAda,ada@example.com,Hello\nGrace,nowhere,Hello\n,,\"Lost\"\n");
  await call("POST", `/api/imports/${checked.id}/check`, { token: owner.token, body: {} });
  return { drafted, checked };
}
