// The API, for making the small world that a check looks at.
import { BASE } from "./browser.js";

/** Calls the API and gives the decoded reply; anything but 2xx is an error. */
export async function call(method, path, { token, body } = {}) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(new URL(path, BASE), {
    method,
    headers,
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

/** A new person with a workspace of their own. */
export async function newcomer(name = "Amara Okafor") {
  const unique = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const person = { name, email: `person-${unique}@example.com`, password: `correct horse ${unique}` };
  const reply = await call("POST", "/api/auth/register", { body: person });
  return { ...person, token: reply.access_token, workspace: reply.workspace };
}

/** A published form with a field of the usual kinds, and one submission. */
export async function formWithSubmission({ token }) {
  const fields = [
    { key: "name", type: "short_text", label: "Your name", required: true },
    { key: "email", type: "email", label: "E-mail", required: true },
    { key: "score", type: "nps", label: "Would you recommend us?" },
    { key: "message", type: "long_text", label: "Message" },
  ];
  const form = await call("POST", "/api/forms", { token, body: { title: "Contact us", fields } });
  await call("POST", `/api/forms/${form.id}/publication`, { token });
  const answers = { name: "Hiro Tanaka", email: "hiro@example.com", score: 9, message: "Thank you!" };
  const submission = await call("POST", `/api/forms/${form.id}/submissions`, { token, body: { answers } });
  return { form: await call("GET", `/api/forms/${form.id}`, { token }), submission };
}
