// Picking rows: with Shift held, all between the last one and this; the bar says how many.
const boxes = (form) => [...form.querySelectorAll("input[name=pick]")];
let last = null;

document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".bulk input[name=pick]");
  if (!box) return;
  const all = boxes(box.form);
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (event.shiftKey && from >= 0) for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  last = box;
  const picked = all.filter((it) => it.checked).length;
  box.form.querySelector(".bulk__what > span").textContent = `With ${picked} picked`;
});
