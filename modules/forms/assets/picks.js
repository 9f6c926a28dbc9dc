// Picking rows: with Shift held, all between the last one and this; or all on the page. The bar says how many.
const boxes = (form) => [...form.querySelectorAll("input[name=pick]")];
let last = null;

const tell = (form) => {
  const all = boxes(form);
  const picked = all.filter((it) => it.checked).length;
  form.querySelector(".bulk__what > span").textContent = `With ${picked} picked`;
  const whole = form.querySelector("[data-pick-all]");
  whole.checked = picked === all.length;
  whole.indeterminate = picked > 0 && picked < all.length;
};

document.addEventListener("click", (event) => {
  const whole = event.target.closest?.(".bulk [data-pick-all]");
  if (whole) for (const box of boxes(whole.form)) box.checked = whole.checked;
  const box = event.target.closest?.(".bulk input[name=pick]");
  if (!box) return whole && tell(whole.form);
  const all = boxes(box.form);
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (event.shiftKey && from >= 0) for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  last = box;
  return tell(box.form);
});
