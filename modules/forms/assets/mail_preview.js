// Shows a mail as it stands in its inputs: once it comes into sight, a moment after something was written, and at once
// when somebody asks to look at it.
const PAUSE = 500;

function watch(form) {
  const button = form.querySelector("button[formtarget]");
  let frame = form.parentElement.querySelector("iframe");
  let timer;
  const show = () => {
    // A new frame each time: what is tried must not pile up behind the button that leads back.
    const fresh = frame.cloneNode();
    frame.replaceWith(fresh);
    frame = fresh;
    form.requestSubmit(button);
  };
  form.addEventListener("input", ({ target }) => {
    if (!["subject", "body"].includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show();
    frame.scrollIntoView({ block: "nearest" });
  });
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    show();
  });
  seen.observe(frame);
}

document.querySelectorAll(".notices__desk > form").forEach(watch);
