// Looks for a number whose SHA-256 behind a stamp begins with so many zero bits (FIPS 180-4), away from the page, so
// that nobody waits while they type.
const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
const bits = (root) => (prime) => Math.floor((prime ** root % 1) * 2 ** 32) | 0;
const [BEGIN, ROUNDS] = [primes.slice(0, 8).map(bits(1 / 2)), Int32Array.from(primes.map(bits(1 / 3)))];
const words = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

// The first word of the digest of a text of at most 55 bytes of ASCII, which fills one block.
function firstWord(text) {
  words.fill(0);
  for (let i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[15] = text.length * 8;
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const t = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[i] = words[i - 16] + s + words[i - 7] + t;
  }
  let [a, b, c, d, e, f, g, h] = BEGIN;
  for (let i = 0; i < 64; i += 1) {
    const s = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t = (h + s + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
    const u = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t) | 0;
    d = c; c = b; b = a; a = (t + u) | 0;
  }
  return (a + BEGIN[0]) | 0;
}

globalThis.onmessage = ({ data: { stamp, zeros } }) => {
  let number = 0;
  while (Math.clz32(firstWord(`${stamp}.${number}`)) < zeros) number += 1;
  postMessage(String(number));
};
