// Days as "2026-11-21", which sort as they follow each other; reckoned in UTC, where no clock is ever changed.
const FIRST_DAY = "0001-01-01";
const LAST_DAY = "9999-12-31";

const dateOf = (day) => new Date(`${day}T00:00:00Z`);

const dayOf = (date) => {
  const year = date.getUTCFullYear();
  return year < 1 ? FIRST_DAY : year > 9999 ? LAST_DAY : date.toISOString().slice(0, 10);
};

const today = () => {
  const now = new Date();
  return dayOf(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
};

const daysAfter = (day, count) => {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + count);
  return dayOf(date);
};

// The same day of another month, or the last of that month when it is shorter.
const monthsAfter = (day, count) => {
  const date = dateOf(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const end = new Date(date);
  end.setUTCMonth(end.getUTCMonth() + 1, 0);
  date.setUTCDate(Math.min(wanted, end.getUTCDate()));
  return dayOf(date);
};
