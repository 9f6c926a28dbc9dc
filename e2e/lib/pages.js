// The pages that every check visits, and whoever may see them.
import { formWithSubmission, newcomer } from "./api.js";
import { BASE, session } from "./browser.js";
import { signIn } from "./people.js";

/** The operator of the demo; its start prints how to sign in. */
const OPERATOR = {
  email: process.env.OPERATOR_EMAIL ?? "robin@meadowfield.example",
  password: process.env.OPERATOR_PASSWORD ?? "meadow-lark-42",
};

/** Makes a small world and lists its pages as {name, path, as}. */
export async function pages() {
  const owner = await newcomer();
  const { form, submission } = await formWithSubmission(owner);
  const home = `/w/${owner.workspace.slug}`;
  const of = (as, paths) => Object.entries(paths).map(([name, path]) => ({ name, path, as }));
  return [
    ...of(null, {
      landing: "/",
      register: "/register",
      login: "/login",
      "hosted-form": `/f/${form.public_id}`,
      styleguide: "/styleguide",
      ...(await screens()),
    }),
    ...of(owner, {
      forms: `${home}/forms`,
      "form-new": `${home}/forms/new`,
      form: `${home}/forms/${form.id}`,
      submissions: `${home}/forms/${form.id}/submissions`,
      submission: `${home}/submissions/${submission.id}`,
    }),
    ...of(OPERATOR, { "admin-jobs": "/admin/jobs" }),
  ];
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
