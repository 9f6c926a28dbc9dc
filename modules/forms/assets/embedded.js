// Tells the page that shows this form in a frame how high it is; it has no say in anything else.
if (window.parent !== window) {
  const body = document.body;
  body.classList.add("bare--framed");
  const tell = () => {
    const height = Math.max(...[...body.children].map((part) => part.getBoundingClientRect().bottom + scrollY));
    window.parent.postMessage({ mewayz: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(body);
  for (const part of body.children) new ResizeObserver(tell).observe(part);
}
