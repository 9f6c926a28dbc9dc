// Says quietly that the stream is gone, but only once it has been gone for a while.
const PATIENCE = 3000;
let timer = null;

const show = (lost) => {
  const state = document.getElementById("live-state");
  if (state) state.hidden = !lost;
};

document.addEventListener("live:lost", () => {
  timer ??= setTimeout(() => show(true), PATIENCE);
});

document.addEventListener("live:found", () => {
  clearTimeout(timer);
  timer = null;
  show(false);
});
