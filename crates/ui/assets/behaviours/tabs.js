// Of tabs that scroll, the current one is in view.
for (const tabs of document.querySelectorAll(".tabs")) {
  const current = tabs.querySelector("[aria-current]");
  if (!current) continue;
  const [around, tab] = [tabs.getBoundingClientRect(), current.getBoundingClientRect()];
  tabs.scrollLeft += tab.left + tab.width / 2 - (around.left + around.width / 2);
}
