// Bytes by hand: what no decent HTTP client would send.
import { once } from "node:events";
import net from "node:net";

/** Opens a connection. */
export async function connect(port) {
  const socket = net.connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  await once(socket, "connect");
  socket.on("error", () => {});
  // Whoever sends much waits for room often.
  socket.setMaxListeners(0);
  return socket;
}

/**
 * Sends pieces (bytes, or a list or generator of them) and gives what came back: the status of the first
 * reply, 0 when the server closed without a word, and its text. `end` closes our side afterwards.
 */
export async function exchange(port, pieces, { end = false, timeout = 20_000 } = {}) {
  const socket = await connect(port);
  const received = [];
  const over = new Promise((resolve) => {
    socket.on("data", (data) => {
      received.push(data);
      if (complete(Buffer.concat(received))) resolve("answered");
    });
    socket.on("end", () => resolve("closed"));
    socket.on("close", () => resolve("closed"));
    setTimeout(() => resolve("silent"), timeout).unref();
  });
  await Promise.race([send(socket, pieces, end), over]);
  const outcome = await over;
  socket.destroy();
  const text = Buffer.concat(received).toString();
  return { status: Number(text.match(/^HTTP\/1\.[01] (\d+)/)?.[1] ?? 0), text, outcome };
}

async function send(socket, pieces, end) {
  const list = typeof pieces === "string" || Buffer.isBuffer(pieces) ? [pieces] : pieces;
  for await (const piece of list) {
    if (socket.destroyed || !socket.writable) return;
    if (!socket.write(piece)) await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
  }
  if (end) socket.end();
}

/** Whether a whole reply with a stated length has come. */
function complete(bytes) {
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = text.slice(0, end).match(/\r\ncontent-length: (\d+)/i)?.[1];
  if (length !== undefined) return bytes.length >= end + 4 + Number(length);
  return text.endsWith("0\r\n\r\n");
}

/** A request's head; `headers` as lines. */
export function head(method, path, headers) {
  return `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`;
}
