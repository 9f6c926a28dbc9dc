// The conditions of a form, decided in the form's order; it stands behind logic.js in one file.
const WAYS = {
  contains: (seen, value) => seen.includes(value),
  starts_with: (seen, value) => seen.startsWith(value),
  ends_with: (seen, value) => seen.endsWith(value),
};
const before = (seen, value) => seen < value;
const after = (seen, value) => seen > value;
const until = (seen, value) => seen <= value;
const since = (seen, value) => seen >= value;
Object.assign(WAYS, { less: before, before, more: after, after, at_most: until, on_or_before: until, at_least: since, on_or_after: since });

function passes(field, is, seen, value) {
  if (is.endsWith("answered")) return true;
  if (is.endsWith("accepted")) return seen === true;
  const values = Array.isArray(value) ? value : [value];
  if (Array.isArray(seen)) {
    const own = seen.some((one) => !field.options?.includes(one));
    const has = (one) => seen.includes(one) || (one === OTHER && own);
    return is === "all_of" ? values.every(has) : values.some(has);
  }
  const way = WAYS[is.replace("not_", "")] ?? ((one, other) => one === other);
  return values.some((one) => way(seen, see(field, one)));
}

export class Logic {
  /** `fields` as the server writes them for browsers: key, type, conditions and what tests need to know. */
  constructor(fields) {
    this.fields = fields;
    this.byKey = new Map(fields.map((field) => [field.key, field]));
  }

  /** By the keys of all fields `{shown, required}`; `answers` as the API takes them. */
  decide(answers) {
    this.seen = new Map();
    let pageShown = true;
    return new Map(this.fields.map((field) => {
      const own = !field.show_if || this.#holds(field.show_if);
      if (field.type === "page") pageShown = own;
      const shown = own && (pageShown || field.type === "hidden");
      const required = shown && Boolean(field.required || (field.require_if && this.#holds(field.require_if)));
      const given = Object.hasOwn(answers, field.key) ? answers[field.key] : undefined;
      if (shown) this.seen.set(field.key, see(field, isAbsent(given) ? field.default : given));
      return [field.key, { shown, required }];
    }));
  }

  #holds(condition) {
    if (condition.all) return condition.all.every((part) => this.#holds(part));
    if (condition.any) return condition.any.some((part) => this.#holds(part));
    if (condition.not) return !this.#holds(condition.not);
    const { field, is, value } = condition;
    const seen = this.seen.get(field);
    const negative = is.startsWith("not_") || is === "none_of";
    return (seen !== undefined && passes(this.byKey.get(field), is, seen, value)) !== negative;
  }
}
