// The pages that every check visits, and whoever may see them.
import { newcomer } from "./api.js";
import { BASE, session } from "./browser.js";
import { signIn } from "./people.js";
import { world } from "./world.js";

/** The operator of the demo; its start prints how to sign in. */
const OPERATOR = {
  email: process.env.OPERATOR_EMAIL ?? "robin@meadowfield.example",
  password: process.env.OPERATOR_PASSWORD ?? "meadow-lark-42",
};

/** Makes a small world and lists its pages as {name, path, as, status}; the status is 200 unless it says so. */
export async function pages() {
  const owner = await newcomer();
  const it = await world(owner);
  const of = (as, paths, status = 200) => Object.entries(paths).map(([name, path]) => ({ name, path, as, status }));
  return [
    ...of(null, {
      landing: "/",
      register: "/register",
      login: "/login",
      "hosted-form": `/f/${it.form.public_id}`,
      "hosted-form-paged": `/f/${it.paged.public_id}`,
      "hosted-form-with-logic": `/f/${it.conditional.public_id}`,
      "hosted-form-arabic": `/f/${it.arabic.public_id}`,
      "hosted-form-thanks": `/f/${it.form.public_id}/thanks`,
      "hosted-form-by-invitation": it.fresh,
      styleguide: "/styleguide",
      ...(await screens()),
    }),
    ...of(null, { "hosted-form-not-invited": `/f/${it.invited.public_id}` }, 403),
    ...of(null, { "hosted-form-answered": it.used }, 409),
    ...of(null, {
      "hosted-form-full": `/f/${it.full.public_id}`,
      "hosted-form-closed": `/f/${it.closed.public_id}`,
    }, 410),
    ...of(owner, owned(`/w/${owner.workspace.slug}`, it)),
    ...of(OPERATOR, { "admin-jobs": "/admin/jobs" }),
  ];
}

/** What the owner of the small world may see. */
function owned(home, { form, paged, invited, submission, spam, view, folder, webhook, delivery, erasure, drafted, checked }) {
  return {
    forms: `${home}/forms`,
    "forms-of-folder": `${home}/forms?folder=${folder.id}`,
    "forms-archived": `${home}/forms?archived=true`,
    "form-new": `${home}/forms/new`,
    form: `${home}/forms/${form.id}`,
    "form-paged": `${home}/forms/${paged.id}`,
    "form-field": `${home}/forms/${paged.id}/fields/service`,
    "form-preview": `${home}/forms/${paged.id}/preview`,
    "form-logic": `${home}/forms/${paged.id}/logic`,
    "form-logic-field": `${home}/forms/${paged.id}/logic?field=menu`,
    "form-logic-empty": `${home}/forms/${form.id}/logic`,
    "form-theme": `${home}/forms/${paged.id}/theme`,
    "form-settings": `${home}/forms/${form.id}/settings`,
    "form-settings-by-link": `${home}/forms/${invited.id}/settings`,
    "form-versions": `${home}/forms/${form.id}/versions`,
    "form-version": `${home}/forms/${form.id}/versions/1`,
    "form-comparison": `${home}/forms/${paged.id}/comparison?from=1&to=draft`,
    insights: `${home}/forms/${form.id}/insights?compare=previous`,
    "insights-empty": `${home}/forms/${paged.id}/insights`,
    exports: `${home}/forms/${form.id}/exports`,
    "exports-empty": `${home}/forms/${paged.id}/exports`,
    imports: `${home}/forms/${form.id}/imports`,
    "imports-empty": `${home}/forms/${paged.id}/imports`,
    "import-columns": `${home}/imports/${drafted.id}`,
    "import-checked": `${home}/imports/${checked.id}`,
    erasures: `${home}/erasures`,
    erasure: `${home}/erasures/${erasure}`,
    submissions: `${home}/forms/${form.id}/submissions`,
    "submissions-empty": `${home}/forms/${paged.id}/submissions`,
    "submissions-filtered": `${home}/forms/${form.id}/submissions?status=waiting_for_a_reply&tag=vip&answers.score.min=3`,
    "submissions-archive": `${home}/forms/${form.id}/submissions?tray=archived`,
    "submissions-spam": `${home}/forms/${form.id}/submissions?tray=spam`,
    "submissions-bin": `${home}/forms/${form.id}/submissions?tray=bin&order=oldest`,
    "submissions-view": `${home}/forms/${form.id}/submissions?view=${view.id}&tray=open&columns=status,number`,
    columns: `${home}/forms/${form.id}/columns?view=${view.id}`,
    statuses: `${home}/forms/${form.id}/statuses`,
    submission: `${home}/submissions/${submission.id}`,
    "submission-spam": `${home}/submissions/${spam.id}?tray=spam`,
    "form-mail": `${home}/forms/${form.id}/notices`,
    keys: `${home}/settings/keys`,
    mail: `${home}/settings/mail`,
    members: `${home}/settings/members`,
    webhooks: `${home}/settings/webhooks`,
    webhook: `${home}/settings/webhooks/${webhook.id}`,
    delivery: `${home}/settings/deliveries/${delivery}`,
  };
}

/** The screens of the style guide: every view in every state, each on a page of its own. */
async function screens() {
  const guide = await (await fetch(`${BASE}/styleguide`)).text();
  const paths = [...guide.matchAll(/href="(\/styleguide\/[^"]+)"/g)].map(([, path]) => path);
  return Object.fromEntries(paths.map((path) => [`screen-${path.slice("/styleguide/".length)}`, path]));
}

/** Gives one session for each person, signed in on first use. */
export function people(browser, look) {
  const sessions = new Map();
  return async (person) => {
    if (!sessions.has(person)) {
      const opened = await session(browser, look);
      if (person) await signIn(opened.page, person);
      sessions.set(person, opened);
    }
    return sessions.get(person);
  };
}
