// Shows, hides and requires questions at once, as the server does when the page is sent.
/** What a browser would send, as answers by key: the server reads it in the same way. */
export function answersOf(fields, pairs) {
  const all = (name) => pairs.filter(([key]) => key === name).map(([, value]) => value);
  const own = (field) => trim(all(`${field.key}.other`).at(-1) ?? "");
  const answer = (field) => {
    const sent = all(field.key);
    const picked = sent.filter((value) => value !== "");
    if (field.type === "file") return picked;
    if (field.type !== "choices") return field.other && sent.at(-1) === OTHER ? own(field) : sent.at(-1);
    if (!field.other || !picked.includes(OTHER)) return picked;
    return own(field) ? [...picked.filter((value) => value !== OTHER), own(field)] : [];
  };
  return Object.fromEntries(fields.map((field) => [field.key, answer(field)]));
}

const named = (value) => (typeof value === "string" ? value : value.name);
