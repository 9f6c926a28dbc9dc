// The words of tus 1.0.0, in which files go up: one request, and what is said of it while it goes and after.
const TUS = { "tus-resumable": "1.0.0", accept: "application/json" };
const BYTES = { "content-type": "application/offset+octet-stream" };

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

/** What is told of a file beside its bytes. */
function metadata(field, { name, type }) {
  const told = Object.entries({ field, filename: name, filetype: type });
  return told.map(([key, value]) => `${key} ${base64(value)}`).join(",");
}

/** Begins a request; `answer` has its end, or fails with a `status`, which a lost connection lacks. */
function ask(method, address, headers, { body, onSent } = {}) {
  const request = new XMLHttpRequest();
  const answer = new Promise((done, fail) => {
    request.open(method, address);
    for (const [name, value] of Object.entries({ ...TUS, ...headers })) request.setRequestHeader(name, value);
    if (onSent) request.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, body.size));
    request.onload = () => (request.status < 300 ? done(request) : fail(refusal(request)));
    request.onerror = request.onabort = () => fail(new Error("lost"));
    request.send(body);
  });
  return { answer, abort: () => request.abort() };
}

function refusal({ status, responseText }) {
  try {
    return Object.assign(new Error(JSON.parse(responseText).detail), { status });
  } catch {
    return Object.assign(new Error("refused"), { status });
  }
}

/** Gives an upload up; what does not get through expires. */
function giveUp(at) {
  fetch(at, { method: "DELETE", headers: TUS, keepalive: true }).catch(() => { /* It expires. */ });
}

/** Longer after each try; the connection may be back before the time is up. */
function pause(tries) {
  return new Promise((done) => {
    setTimeout(done, Math.min(500 * 2 ** tries, 15_000));
    addEventListener("online", done, { once: true });
  });
}
