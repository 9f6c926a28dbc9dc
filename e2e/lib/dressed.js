// Forms with every type of field and every part of a look, as different from the usual one as can be.
import { deflateSync } from "node:zlib";

import { call } from "./api.js";
import { BASE } from "./browser.js";

const FIELDS = [
  { key: "name", type: "short_text", label: "Your name", required: true, placeholder: "Ada Byron", help: "As people call you." },
  { key: "email", type: "email", label: "E-mail", required: true },
  { key: "phone", type: "phone", label: "Phone" },
  { key: "guests", type: "number", label: "How many guests?", integer: true, min: 1, max: 400 },
  { key: "day", type: "date", label: "Which day?", min: "2026-01-01" },
  { key: "time", type: "time", label: "At what time?" },
  { key: "about", type: "section", label: "The meal", help: "Nothing here is binding." },
  { key: "service", type: "choice", label: "How shall we serve?", options: ["Delivered", "Served"], other: true },
  { key: "courses", type: "choices", label: "Which courses?", options: ["Starter", "Main", "Sweet"], min_picks: 1 },
  { key: "wine", type: "dropdown", label: "Wine", options: ["Red", "White", "None"] },
  { key: "spice", type: "scale", label: "How hot?", min: 1, max: 5, min_label: "Mild", max_label: "Hot" },
  { key: "stars", type: "rating", label: "How was it last time?" },
  { key: "nps", type: "nps", label: "Would you recommend us?" },
  { key: "again", type: "yes_no", label: "Have we cooked for you before?" },
  { key: "plan", type: "file", label: "A plan of the room", accept: ["image/*", ".pdf"] },
  { key: "terms", type: "consent", label: "I agree to the terms", required: true },
  { key: "from", type: "hidden" },
  { key: "note", type: "long_text", label: "Anything else?", show_if: { field: "again", is: "equals", value: true } },
];
const LOOKS = {
  light: { accent: "#7a2f8f", background: "#f4e9f7", font: "serif", corners: "round", scheme: "light" },
  dark: { accent: "#ffe600", background: "#123a2e", font: "rounded", corners: "square", scheme: "dark" },
};

/** Both, published, as {name, path}. */
export async function dressed(owner) {
  const as = (body) => ({ token: owner.token, body });
  const make = async ([name, look]) => {
    const { id, public_id: place } = await call("POST", "/api/forms", as({ title: "Ask for catering", fields: FIELDS }));
    const [logo, cover] = [await picture(owner, id, 320, 96), await picture(owner, id, 1200, 400)];
    const theme = { ...look, logo: { file: logo, text: "Meadowfield" }, cover: { file: cover } };
    await call("PUT", `/api/forms/${id}/theme`, as(theme));
    await call("POST", `/api/forms/${id}/publication`, as());
    return { name: `dressed-${name}`, path: `/f/${place}` };
  };
  return Promise.all(Object.entries(LOOKS).map(make));
}

/** Uploads a picture and gives its id. */
async function picture(owner, form, width, height) {
  const body = new FormData();
  body.set("file", new Blob([png(width, height)], { type: "image/png" }), "picture.png");
  const headers = { authorization: `Bearer ${owner.token}`, "x-workspace": owner.workspace.slug };
  const sent = await fetch(`${BASE}/api/forms/${form}/pictures`, { method: "POST", headers, body });
  if (!sent.ok) throw new Error(`the picture was refused: ${await sent.text()}`);
  return (await sent.json()).file;
}

/** A gradient (PNG, W3C Recommendation of 2003). */
function png(width, height) {
  const line = (y) => Buffer.from([0, ...Array.from({ length: width }, (_, x) => [(x * 255) / width, (y * 255) / height, 140]).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => line(y))));
  const parts = [["IHDR", header], ["IDAT", pixels], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts.map(chunk)]);
}

function chunk([name, data]) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
