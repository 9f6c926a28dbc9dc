// Bodies and heads that nobody means well with; each with the answers that are right.
const GOOD = '"name":"Hiro","email":"hiro@example.com"';
const answers = (inner) => `{"answers":{${GOOD},${inner}}}`;
const deep = (levels, open = "[", close = "]") => open.repeat(levels) + close.repeat(levels);

/** `[name, body, statuses]` for one submission. */
export function singleBodies() {
  return [
    ["nothing", "", [400]],
    ["cut off", '{"answers":{"na', [400]],
    ["not JSON", "answers=1", [400]],
    ["two documents", `${answers('"score":1')}{}`, [400]],
    ["a list", "[]", [400, 422]],
    ["no answers", "{}", [422]],
    ["answers that are a text", '{"answers":"x"}', [400, 422]],
    ["an unknown property", `{"answers":{${GOOD}},"nonsense":1}`, [422]],
    ["not UTF-8", Buffer.concat([Buffer.from('{"answers":{"name":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}}')]), [400, 422]],
    ["UTF-16", Buffer.from(`\ufeff${answers('"score":1')}`, "utf16le"), [400]],
    ["half a surrogate pair", answers('"message":"\\ud800"'), [400, 422]],
    ["NUL in an answer", answers('"message":"a\\u0000b"'), [422]],
    ["NUL in a key", answers('"a\\u0000b":1'), [422]],
    ["NUL in the metadata", `{"answers":{${GOOD}},"metadata":{"a":["\\u0000"]}}`, [422]],
    ["NUL in the idempotency key", `{"answers":{${GOOD}},"idempotency_key":"\\u0000"}`, [422]],
    ["a bare NUL", answers('"message":"\0"'), [400, 422]],
    ["a key twice", answers('"name":"Elif"'), [400, 422]],
    ["the answers twice", `{"answers":{${GOOD}},"answers":{${GOOD}}}`, [400, 422]],
    ["a number beyond all", answers('"score":1e999'), [400, 422]],
    ["a number of 100,000 digits", answers(`"score":${"9".repeat(100_000)}`), [400, 422]],
    ["a number infinitely small", answers('"score":1e-99999999999'), [201, 400, 422]],
    ["no number", answers('"score":NaN'), [400, 422]],
    ["answers nested 100,000 deep", answers(`"message":${deep(100_000)}`), [400, 422]],
    ["objects nested 100,000 deep", answers(`"message":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), [400, 422]],
    ["metadata nested 100,000 deep", `{"answers":{${GOOD}},"metadata":{"a":${deep(100_000)}}}`, [400, 422]],
    ["nothing but brackets", "[".repeat(900_000), [400, 422]],
    ["100,000 answers nobody asked for", answers(Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(",")), [413, 422]],
    ["metadata of a megabyte", `{"answers":{${GOOD}},"metadata":{"a":"${"x".repeat(1_000_000)}"}}`, [413, 422]],
    ["an answer of a megabyte", answers(`"message":"${"ä".repeat(500_000)}"`), [413, 422]],
    ["a time that is none", `{"answers":{${GOOD}},"submitted_at":"yesterday"}`, [422]],
    ["a time before all times", `{"answers":{${GOOD}},"submitted_at":"-999999999-01-01T00:00:00Z"}`, [422]],
    ["a compressed body", Buffer.from("1f8b0800000000000003ab562a4b2d2acecccf53b2520200", "hex"), [400, 415]],
  ];
}

/** `[name, type, body, statuses]` for many submissions. */
export function bulkBodies() {
  const [json, lines] = ["application/json", "application/x-ndjson"];
  const good = answers('"score":3');
  return [
    ["a list cut off", json, `{"submissions":[${good},`, [400]],
    ["a list that is none", json, '{"submissions":7}', [422]],
    ["a list of everything", json, `{"submissions":[null,1,"x",[],{},${deep(200)},${good}]}`, [200]],
    ["a list nested 100,000 deep", json, `{"submissions":[${deep(100_000)}]}`, [200, 400, 422]],
    ["another type", "text/plain", good, [415]],
    ["lines that are none", lines, `\n\n{\n${good}\nnull\n\xff\n${deep(100_000)}\n`, [200]],
    ["an empty list", json, '{"submissions":[]}', [200]],
    ["no line", lines, "", [200]],
  ];
}

/**
 * `[name, path, type, pieces, statuses]`: more than anybody wants to hold. 0 is a connection closed while
 * the client still sends: the answer is on its way then, but TCP may throw it away (RFC 9112, section 9.6).
 */
export function floods(place) {
  const piece = "x".repeat(1 << 20);
  const good = `${answers('"score":4')}\n`;
  const text = (before, megabytes, after) => function* () {
    yield before;
    for (let count = 0; count < megabytes; count += 1) yield piece;
    yield after;
  };
  return [
    ["100 MB for one submission", place, "application/json", text('{"answers":{"name":"', 100, '"}}'), [0, 413]],
    ["100 MB in a list", `${place}/bulk`, "application/json", text('{"submissions":[{"answers":{"name":"', 100, '"}}]}'), [0, 413]],
    ["a line of 50 MB", `${place}/bulk`, "application/x-ndjson", text(good, 50, `\n${good}`), [200]],
  ];
}

/** `[name, bytes]`: whole connections. */
export function heads(place, key) {
  const start = (extra) => `POST ${place} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n${extra}\r\n`;
  const many = (count, line) => Array.from({ length: count }, (_, n) => line(n)).join("");
  return [
    ["no HTTP", "hello\r\n\r\n"],
    ["only zeros", Buffer.alloc(100_000)],
    ["TLS", Buffer.from("16030100c8010000c403035b", "hex")],
    ["HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["one letter", "P"],
    ["a header of 1 MB", start(`x: ${"x".repeat(1 << 20)}\r\n`)],
    ["10,000 headers", start(many(10_000, (n) => `x-${n}: 1\r\n`))],
    ["an address of 1 MB", `GET /${"a".repeat(1 << 20)} HTTP/1.1\r\nhost: a\r\n\r\n`],
    ["an address of broken escapes", "GET /f/%ff%00%zz HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["a length below zero", start("content-length: -1\r\n")],
    ["a length beyond all", start("content-length: 99999999999999999999999\r\n")],
    ["two lengths", start("content-length: 3\r\ncontent-length: 4\r\n") + "abc"],
    ["a length and chunks", start("content-length: 3\r\ntransfer-encoding: chunked\r\n") + "0\r\n\r\n"],
    ["a length too short", start("content-length: 3\r\n") + answers('"score":1')],
    ["chunks that lie", start("transfer-encoding: chunked\r\n") + "ffffffffffffffffff\r\nabc"],
    ["chunks of no size", start("transfer-encoding: chunked\r\n") + "zz\r\nabc\r\n"],
    ["an unknown encoding", start("transfer-encoding: gzip\r\n") + "abc"],
    ["a header that is no text", Buffer.concat([Buffer.from("GET / HTTP/1.1\r\nhost: a\r\nx-request-id: "), Buffer.from([0xff, 0xfe]), Buffer.from("\r\n\r\n")])],
    ["an idempotency key that is no text", Buffer.concat([Buffer.from(start("content-length: 2\r\nidempotency-key: ä").slice(0, -2)), Buffer.from("\r\n\r\n{}")])],
  ];
}
