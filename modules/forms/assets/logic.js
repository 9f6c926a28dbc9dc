// Which fields are shown and which must be answered, in one pass: docs/form-logic.md says what each test means.
// A test holds this against the server's evaluator, whose word is final.
const WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
const OTHER = "_other";

function trim(text) {
  let [from, to] = [0, text.length];
  while (from < to && WHITE.includes(text[from])) from++;
  while (to > from && WHITE.includes(text[to - 1])) to--;
  return text.slice(from, to);
}

// Letter by letter, and only those whose capitals no version of Unicode changes.
function alike(letter) {
  const at = letter.codePointAt(0);
  const paired = at < 0x1c80 || (at >= 0x1e00 && at < 0x2000);
  return paired ? [...letter.toUpperCase()].map((each) => each.toLowerCase()).join("") : letter;
}
export const fold = (text) => [...trim(text).replaceAll("\r\n", "\n")].map(alike).join("");

const words = (given) => (typeof given === "string" ? trim(given) : undefined);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const FLAGS = new Map([["yes", true], ["true", true], ["on", true], ["no", false], ["false", false]]);
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = text.split("-").map(Number);
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= DAYS[month - 1] + (leap ? 1 : 0);
}

// What a test sees of an answer: its shape; undefined where it has none, which is as good as unanswered.
const text = (given) => (words(given) === undefined ? undefined : fold(given) || undefined);
const texts = (given) => (Array.isArray(given) && given.every((one) => typeof one === "string") ? given : []);
const seers = {
  number(given) {
    if (typeof given === "string") given = NUMBER.test(trim(given)) ? Number(trim(given)) : undefined;
    return Number.isFinite(given) ? given : undefined;
  },
  date: (given) => (isDay(words(given) ?? "") ? words(given) : undefined),
  time: (given) => (TIME.test(words(given) ?? "") ? words(given).padEnd(8, ":00") : undefined),
  yes_no: (given) => (typeof given === "boolean" ? given : FLAGS.get(words(given))),
  choice: (given) => (words(given) ? [given] : undefined),
  choices(given) {
    const picked = texts(given).filter(trim);
    return picked.length ? picked : undefined;
  },
  file: (given) => texts(typeof given === "string" ? [given] : given).some(Boolean) || undefined,
  section: () => undefined,
};
const { number, yes_no, choice, section } = seers;
Object.assign(seers, { scale: number, rating: number, nps: number, consent: yes_no, dropdown: choice, page: section });
/** What a test sees of a field's answer. */
export const see = (field, given) => (seers[field.type] ?? text)(given);
/** Whether nothing was given at all. */
export const isAbsent = (given) => given == null || given === "" || (Array.isArray(given) && !given.length);
