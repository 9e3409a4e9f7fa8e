// The hash SM3 (GB/T 32905-2016).
const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
const turn = (word, by) => (word << by) | (word >>> (32 - by));

function compress(state, block) {
  const words = Array.from({ length: 16 }, (_none, i) => block.getInt32(4 * i));
  for (let i = 16; i < 68; i += 1) {
    const mixed = words[i - 16] ^ words[i - 9] ^ turn(words[i - 3], 15);
    words.push(mixed ^ turn(mixed, 15) ^ turn(mixed, 23) ^ turn(words[i - 13], 7) ^ words[i - 6]);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const early = i < 16;
    const first = turn((turn(a, 12) + e + turn(early ? 0x79cc4519 : 0x7a879d8a, i % 32)) | 0, 7);
    const one = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const two = early ? e ^ f ^ g : (e & f) | (~e & g);
    const left = (one + d + (first ^ turn(a, 12)) + (words[i] ^ words[i + 4])) | 0;
    const right = (two + h + first + words[i]) | 0;
    [a, b, c, d] = [left, a, turn(b, 9), c];
    [e, f, g, h] = [right ^ turn(right, 9) ^ turn(right, 17), e, turn(f, 19), g];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => word ^ state[i]);
}

export function sm3(data) {
  const padded = new Uint8Array(((data.length + 72) >> 6) << 6), view = new DataView(padded.buffer);
  padded.set(data);
  padded[data.length] = 0x80;
  view.setUint32(padded.length - 8, Math.floor(data.length / 2 ** 29));
  view.setUint32(padded.length - 4, data.length << 3);
  let state = START;
  for (let place = 0; place < padded.length; place += 64) state = compress(state, new DataView(padded.buffer, place, 64));
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => hash.setInt32(4 * i, word));
  return new Uint8Array(hash.buffer);
}
