// Checks a proof of the use ledger in the browser: RFC 9162 over SM3 (GB/T 32905) or SHA-256. No file leaves this page.
import { sm3 } from "./sm3.js";
import { signedBySm2 } from "./sm2.js";

const HEAD = /^(\S+)\n(\d+)\n(\S{44})\nhash (\w+)\nseal (\d+) (\d+) ([0-9a-f]{64})\nmade (\d+)\nkeys ([0-9a-f ]+)\n$/;
const KEY = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/;
const SM2 = "\xffsm2";
const HASHES = { sm3: async (data) => sm3(data), sha256: async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data)) };
const page = document.querySelector("[data-proof]");
const said = page.querySelector("[data-said]");
const text = new TextEncoder();

// What does not hold; `word` names the sentence, which the page carries in the reader's language.
class Wrong extends Error {
  constructor(word) { super(word); this.word = word; }
}

const bytes = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const same = (left, right) => hex(left) === hex(right);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((place, part) => { whole.set(part, place); return place + part.length; }, 0);
  return whole;
}

function number(value, width) {
  return unhex(BigInt(value).toString(16).padStart(width * 2, "0"));
}

export function readHead(note) {
  const [body, lines = ""] = note.split("\n\n");
  const found = HEAD.exec(`${body}\n`);
  if (!found || !(found[4] in HASHES)) throw new Wrong("none");
  return {
    text: `${body}\n`, lines: lines.split("\n").filter(Boolean), name: found[1], size: BigInt(found[2]),
    root: bytes(found[3]), hash: found[4], seal: found[5], made: Number(found[8]) / 1000, keys: found[9].split(" "),
  };
}

// RFC 9162 section 2.1.3.2: goes from the leaf to the root.
async function checkEntry(proof, head) {
  const digest = HASHES[head.hash], entry = text.encode(proof.entry);
  const content = proof.entry.startsWith('["linli.ledger.3"') ? await HASHES.sha256(entry) : sm3(entry);
  let node = await digest(joined([0], number(proof.era, 4), number(proof.transaction, 8), content));
  let here = BigInt(proof.index), last = head.size - 1n;
  if (here < 0n || here > last) throw new Wrong("outside");
  for (const step of proof.path.map(unhex)) {
    if (last === 0n) throw new Wrong("altered");
    if (here & 1n || here === last) {
      node = await digest(joined([1], step, node));
      while (here && !(here & 1n)) [here, last] = [here >> 1n, last >> 1n];
    } else {
      node = await digest(joined([1], node, step));
    }
    [here, last] = [here >> 1n, last >> 1n];
  }
  if (last || !same(node, head.root)) throw new Wrong("altered");
}

// RFC 9162 section 2.1.4.2: one path leads to both roots.
async function checkGrowth(proof, head) {
  const old = readHead(proof.old), digest = HASHES[head.hash], path = proof.path.map(unhex);
  if (old.name !== head.name || old.hash !== head.hash || old.size < 1n || old.size > head.size) throw new Wrong("none");
  if (old.size === head.size) {
    if (path.length || !same(old.root, head.root)) throw new Wrong("rewritten");
    return;
  }
  const steps = old.size & (old.size - 1n) ? path : [old.root, ...path];
  let here = old.size - 1n, last = head.size - 1n;
  while (here & 1n) [here, last] = [here >> 1n, last >> 1n];
  if (!steps.length) throw new Wrong("rewritten");
  let [before, after] = [steps[0], steps[0]];
  for (const step of steps.slice(1)) {
    if (last === 0n) throw new Wrong("rewritten");
    if (here & 1n || here === last) {
      [before, after] = [await digest(joined([1], step, before)), await digest(joined([1], step, after))];
      while (here && !(here & 1n)) [here, last] = [here >> 1n, last >> 1n];
    } else {
      after = await digest(joined([1], after, step));
    }
    [here, last] = [here >> 1n, last >> 1n];
  }
  if (last || !same(before, old.root) || !same(after, head.root)) throw new Wrong("rewritten");
}

async function signedByEd25519(body, signature, key) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, text.encode(body));
  } catch {
    return null; // an older browser, or a page without TLS
  }
}

// Yields the word for each key of the head: good, or not checked here. A signature that lacks or is wrong ends it.
async function checkSignatures(head, keys) {
  const words = [];
  for (const line of keys) {
    const [, name, mark, material] = KEY.exec(line) ?? [];
    if (name !== head.name || !head.keys.includes(mark)) continue;
    const key = bytes(material);
    const blobs = head.lines.map((one) => bytes(one.slice(one.lastIndexOf(" ") + 1)));
    const found = blobs.find((blob) => hex(blob.slice(0, 4)) === mark);
    if (!found) throw new Wrong("unsigned");
    const bySm2 = String.fromCharCode(...key.slice(0, SM2.length)) === SM2;
    const good = bySm2
      ? signedBySm2(text.encode(head.text), found.slice(4), key.slice(SM2.length))
      : await signedByEd25519(head.text, found.slice(4), key.slice(1));
    if (good === false) throw new Wrong("forged");
    words.push(good === null ? "unchecked" : "signed");
  }
  return words.length ? words : ["nobody"];
}

function checkElsewhere(head, note) {
  const other = readHead(note);
  if (other.name !== head.name || other.size !== head.size || !same(other.root, head.root)) throw new Wrong("another");
}

function line(word, tone, values = {}) {
  const item = document.createElement("li");
  item.dataset.tone = tone;
  item.textContent = Object.entries(values).reduce(
    (sentence, [name, value]) => sentence.replace(`{${name}}`, value), page.dataset[word],
  );
  said.append(item);
}

function showEntry(proof) {
  const entry = JSON.parse(proof.entry);
  const when = new Date(Number(BigInt(entry[2]) / 1000n)).toLocaleString(document.documentElement.lang);
  line("entry", "plain", { when, action: entry[8], purpose: entry[9], elements: entry[14].join(", ") });
}

async function check() {
  const [proofFile, headFile] = [...page.querySelectorAll("input[type=file]")].map((input) => input.files[0]);
  said.replaceChildren();
  if (!proofFile) return;
  try {
    const proof = JSON.parse(await proofFile.text());
    const head = readHead(proof.head), isGrowth = proof.form === "linli.growth.1";
    if (!isGrowth && proof.form !== "linli.proof.1") throw new Wrong("none");
    await (isGrowth ? checkGrowth : checkEntry)(proof, head);
    const signatures = await checkSignatures(head, proof.keys ?? []);
    if (headFile) checkElsewhere(head, await headFile.text());
    const size = Number(head.size).toLocaleString();
    if (isGrowth) line("grown", "green", { size });
    else line("stands", "green", { size, index: (proof.index + 1).toLocaleString() });
    if (!isGrowth) showEntry(proof);
    signatures.forEach((word) => line(word, word === "signed" ? "green" : "amber"));
    line(headFile ? "same" : "alone", headFile ? "green" : "amber");
  } catch (error) {
    said.replaceChildren();
    line(error instanceof Wrong ? error.word : "none", "red");
  }
}

page.addEventListener("change", check);
