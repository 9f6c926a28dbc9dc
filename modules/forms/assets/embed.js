// Puts a form of ours on somebody else's page: <script async src="…/embed.js" data-form="…"></script>
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const { form, mode = "inline", label = "Open form", color = "#1d4fd7", ink = "#fff" } = script.dataset;
  if (!/^[a-z0-9]{16}$/.test(form ?? "")) return console.error("embed.js: data-form names no form");

  // From where somebody came to this page, its own link says.
  const address = new URL(`/f/${form}`, home);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (/^utm_(source|medium|campaign)$/.test(name)) address.searchParams.append(name, value);
  }

  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = script.dataset.title ?? label;
  frame.loading = "lazy";
  frame.style.cssText = "display:block;width:100%;height:32rem;border:0;background:transparent;color-scheme:auto";
  addEventListener("message", (event) => {
    const height = event.data?.mewayz === "height" && Number(event.data.height);
    if (event.origin === home && event.source === frame.contentWindow && height > 0) {
      frame.style.height = `${Math.ceil(height)}px`;
    }
  });

  if (mode !== "popup") return script.after(frame);

  const dialog = document.createElement("dialog");
  dialog.style.cssText = "width:min(44rem,100%);max-height:90dvh;padding:0;border:0;border-radius:12px;overflow:auto;background:transparent";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", script.dataset.close ?? "Close");
  close.style.cssText = "position:sticky;top:8px;z-index:1;float:inline-end;width:44px;height:44px;margin:8px 8px -52px 0;border:0;border-radius:50%;background:#000a;color:#fff;font-size:24px;cursor:pointer";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.append(close, frame);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.className = "mewayz-open";
  if (!("plain" in script.dataset)) {
    button.style.cssText = "padding:.65em 1.2em;border:0;border-radius:8px;font:inherit;font-weight:600;cursor:pointer";
    Object.assign(button.style, { background: color, color: ink });
  }
  button.addEventListener("click", () => dialog.showModal());
  script.after(button, dialog);
})();
