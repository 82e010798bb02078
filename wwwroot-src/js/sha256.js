// SHA-256, synchronous, because crypto.subtle is absent on plain http.
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
const fraction = root => (root - Math.floor(root)) * 2 ** 32 | 0;
const rounds = primes.map(p => fraction(Math.cbrt(p)));
const first = primes.slice(0, 8).map(p => fraction(Math.sqrt(p)));
const words = new Int32Array(64);
const turn = (x, by) => x >>> by | x << 32 - by;

// Gives the hash, as eight numbers, of head followed by a short text; what head fills of whole blocks is hashed once.
export function sha256After(head) {
  const bytes = new TextEncoder().encode(head);
  const whole = bytes.length & ~63;
  const middle = Int32Array.from(first);
  for (let at = 0; at < whole; at += 64) eat(middle, bytes.subarray(at));
  const block = new Uint8Array(128);
  block.set(bytes.subarray(whole));

  return text => {
    let end = bytes.length - whole;
    for (let i = 0; i < text.length; i++) block[end++] = text.charCodeAt(i);
    const size = end < 56 ? 64 : 128;
    block.fill(0, end, size);
    block[end] = 128;
    new DataView(block.buffer).setUint32(size - 4, (whole + end) * 8);
    const state = middle.slice();
    for (let at = 0; at < size; at += 64) eat(state, block.subarray(at));
    return state;
  };
}

function eat(state, block) {
  for (let i = 0; i < 16; i++)
    words[i] = block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15], y = words[i - 2];
    words[i] = words[i - 16] + words[i - 7]
      + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + rounds[i] + words[i];
    const t = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
    h = g; g = f; f = e; e = d + s | 0;
    d = c; c = b; b = a; a = s + t | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((n, i) => { state[i] += n; });
}
