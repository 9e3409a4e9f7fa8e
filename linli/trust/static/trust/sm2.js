// Signatures by SM2 (GB/T 32918.2 and .5), the signer's name 1234567812345678.
import { sm3 } from "./sm3.js";

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const X = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n;
const Y = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n;
const SIGNER = "1234567812345678";

const mod = (value, by) => ((value % by) + by) % by;
const whole = (data) => data.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const digits = (value) => value.toString(16).padStart(64, "0").match(/../g).map((pair) => parseInt(pair, 16));

function inverse(value, by) {
  let [a, b, x, y] = [mod(value, by), by, 1n, 0n];
  while (a > 1n) {
    const times = b / a;
    [a, b, x, y] = [b - times * a, a, y - times * x, x];
  }
  return mod(x, by);
}

function add(one, other) {
  if (!one || !other) return one ?? other;
  if (one[0] === other[0] && mod(one[1] + other[1], P) === 0n) return null;
  const slope = one[0] === other[0]
    ? (3n * one[0] * one[0] + A) * inverse(2n * one[1], P)
    : (other[1] - one[1]) * inverse(other[0] - one[0], P);
  const x = mod(slope * slope - one[0] - other[0], P);
  return [x, mod(slope * (one[0] - x) - one[1], P)];
}

function times(count, point) {
  let sum = null;
  for (let rest = count, step = point; rest; rest >>= 1n, step = add(step, step)) if (rest & 1n) sum = add(sum, step);
  return sum;
}

// The two numbers of an ASN.1 signature; none where it is another thing.
function numbers(signature) {
  const found = [];
  for (let place = 2; signature[0] === 0x30 && signature[place] === 2; place += 2 + signature[place + 1]) {
    found.push(whole(signature.slice(place + 2, place + 2 + signature[place + 1])));
  }
  return found;
}

export function signedBySm2(data, signature, key) {
  const [r, s, ...more] = numbers(signature), point = [whole(key.slice(0, 32)), whole(key.slice(32))];
  if (!r || !s || more.length || r >= N || s >= N || mod(r + s, N) === 0n) return false;
  if (mod(point[1] ** 2n - point[0] ** 3n - A * point[0] - B, P) !== 0n) return false;
  const name = new TextEncoder().encode(SIGNER);
  const about = sm3(Uint8Array.from([0, 8 * name.length, ...name, ...[A, B, X, Y, ...point].flatMap(digits)]));
  const e = whole(sm3(Uint8Array.from([...about, ...data])));
  const end = add(times(s, [X, Y]), times(mod(r + s, N), point));
  return end !== null && mod(e + end[0], N) === r;
}
