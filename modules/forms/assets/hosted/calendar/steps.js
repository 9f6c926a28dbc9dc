// Where buttons and keys lead in a calendar, and where it stands.
const STEPS = [[-12, "previous_year"], [-1, "previous_month"], [1, "next_month"], [12, "next_year"]];

const isReversed = (part) => getComputedStyle(part).direction === "rtl";

/** The day to which a key leads; none for a key that leads nowhere. */
const ledBy = ({ key, shiftKey }, day, words, reversed) => {
  const on = reversed ? -1 : 1;
  switch (key) {
    case "ArrowRight": return daysAfter(day, on);
    case "ArrowLeft": return daysAfter(day, -on);
    case "ArrowDown": return daysAfter(day, 7);
    case "ArrowUp": return daysAfter(day, -7);
    case "Home": return daysAfter(day, -words.place(day));
    case "End": return daysAfter(day, 6 - words.place(day));
    case "PageUp": return monthsAfter(day, shiftKey ? -12 : -1);
    case "PageDown": return monthsAfter(day, shiftKey ? 12 : 1);
  }
};

// Under its input, or above it where there is no room below.
const placeUnder = (dialog, input) => {
  const { top, bottom, left, right } = input.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const y = bottom + 4 + height <= innerHeight ? bottom + 4 : Math.max(8, top - 4 - height);
  const x = isReversed(dialog) ? right - width : left;
  Object.assign(dialog.style, { top: `${y}px`, left: `${Math.max(8, Math.min(x, innerWidth - width - 8))}px` });
};
