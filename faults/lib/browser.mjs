// A person with a session cookie who looks at pages, and at what they are made of.

export class Browser {
  constructor(mewayz, cookie) {
    this.mewayz = mewayz;
    this.cookie = cookie;
    this.home = `/w/${mewayz.workspace.slug}`;
  }

  /** Signs the server's own person in by the page. */
  static async signIn(mewayz) {
    const { email, password } = mewayz.person;
    const body = new URLSearchParams({ email, password }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const reply = await mewayz.request("POST", "/login", { body, headers, token: null });
    const cookies = reply.headers["set-cookie"] ?? [];
    if (reply.status !== 303 || !cookies.length) throw new Error(`signing in answered ${reply.status}: ${reply.text}`);
    return new Browser(mewayz, cookies.map((one) => one.split(";")[0]).join("; "));
  }

  /** Opens a page of the workspace. */
  async open(path) {
    const headers = { cookie: this.cookie, accept: "text/html" };
    const reply = await this.mewayz.request("GET", this.home + path, { headers, token: null });
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${reply.text.slice(0, 500)}`);
    return new Html(reply.text);
  }
}

const TAG = /<(\/?[a-zA-Z][\w-]*)((?:\s+[^\s=<>"']+(?:="[^"]*")?)*)\s*\/?>/g;

/** A page as text, and the shapes of its tags: their names with the names of their attributes. */
class Html {
  constructor(text) {
    this.text = text;
    this.shapes = [...text.matchAll(TAG)].map(([, name, attributes]) => {
      const names = [...attributes.matchAll(/\s([^\s=]+)(?:="[^"]*")?/g)].map(([, one]) => one);
      return [name.toLowerCase(), ...names.sort()].join(" ");
    });
    /** Angle brackets that belong to no tag. */
    this.stray = text.replace(/^<!doctype html>/i, "").replace(TAG, "").match(/.{0,40}<.{0,40}/s)?.[0];
  }
}

/** As a text stands in HTML. */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
