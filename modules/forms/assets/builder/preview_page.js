const selectedField = () => document.querySelector("form-builder")?.dataset.selected;

// Whether a preview shows another page than the one that is worked on. What is not there yet does not lag behind.
const lagsBehind = (frame) => {
  const asks = frame.contentDocument?.querySelector("form[data-asks]")?.dataset.asks.split(" ");
  const selected = selectedField();
  return Boolean(selected && asks && !asks.includes(selected));
};
