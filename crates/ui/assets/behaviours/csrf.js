// Every htmx request carries the session's token, and every failed one says so.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) event.detail.ctx.request.headers["X-CSRF-Token"] = token;
});

const say = (text) => dispatchEvent(new CustomEvent("toast:show", { detail: { tone: "bad", text } }));

document.addEventListener("htmx:error", () => say("No answer from the server. Check your connection and try again."));

// A page of the wrong kind (an error page, a sign-in page) must not land inside a fragment.
document.addEventListener("htmx:before:swap", (event) => {
  const { response, target } = event.detail.ctx ?? {};
  if (!response || response.status < 400 || [409, 422].includes(response.status)) return;
  event.preventDefault();
  if (response.status === 401) location.reload();
  else say(response.status === 429 ? "Too many requests. Wait a moment and try again." : "That did not work. Try again.");
  target?.dispatchEvent(new CustomEvent("swap:refused", { bubbles: true, detail: response.status }));
});
