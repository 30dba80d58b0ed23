// Values in DER (X.690), each of which says what it is and how long; and the certificates (RFC 5280) written so.

const [INTEGER, BITS, OCTETS, OID, SEQUENCE, SET] = [0x02, 0x03, 0x04, 0x06, 0x30, 0x31];
const TIMES = { 0x17: 2, 0x18: 4 };
const MOMENT_IN_DER = /^(\d\d(?:\d\d)?)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/;
const UNREADABLE = "it can’t be read";
const MOST_OF_DER = 20_000;

class Der {
  constructor(bytes, from, left = { values: MOST_OF_DER }) {
    [this.bytes, this.from, this.left, this.tag] = [bytes, from, left, bytes[from]];
    let [length, place] = [bytes[from + 1], from + 2];
    if (length > 0x80 && length <= 0x84) {
      const size = length - 0x80;
      length = bytes.subarray(place, place + size).reduce((sum, byte) => sum * 256 + byte, 0);
      place += size;
      if (length < 0x80 || length < 256 ** (size - 1)) throw new Wrong(UNREADABLE);
    }
    [this.start, this.end] = [place, place + length];
    if (!(this.end <= bytes.length) || (this.tag & 0x1f) === 0x1f || (left.values -= 1) < 0) throw new Wrong(UNREADABLE);
  }

  get body() {
    return this.bytes.subarray(this.start, this.end);
  }

  get whole() {
    return this.bytes.subarray(this.from, this.end);
  }

  get kids() {
    if (!(this.tag & 0x20)) throw new Wrong(UNREADABLE);
    const kids = [];
    const own = this.bytes.subarray(0, this.end);
    for (let place = this.start; place < this.end; place = kids.at(-1).end) kids.push(new Der(own, place, this.left));
    return kids;
  }

  as(tag) {
    if (this.tag !== tag) throw new Wrong(UNREADABLE);
    return this;
  }
}

// What fills all of some bytes.
function derOf(bytes) {
  const whole = new Der(bytes, 0);
  if (whole.end !== bytes.length) throw new Wrong(UNREADABLE);
  return whole;
}

const isEqual = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);

function oidOf(node) {
  const [numbers, bytes] = [[], node.as(OID).body];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) number = numbers.push(number) * 0;
  }
  const first = Math.min(2, Math.floor(numbers[0] / 40));
  return [first, numbers[0] - first * 40, ...numbers.slice(1)].join(".");
}

// The bits of a signature or a key, which are whole bytes.
function bitsOf(node) {
  const { body } = node.as(BITS);
  if (body[0] !== 0) throw new Wrong(UNREADABLE);
  return body.subarray(1);
}

function timeOf(node) {
  const parts = MOMENT_IN_DER.exec(asLetters(node.body));
  if (!parts || parts[1].length !== TIMES[node.tag]) throw new Wrong(UNREADABLE);
  const [year, month, ...rest] = parts.slice(1).map(Number);
  return new Date(Date.UTC(node.tag === 0x17 ? year + (year < 50 ? 2000 : 1900) : year, month - 1, ...rest));
}

// Names, as RFC 4514 writes them: none can be taken for two.

const NAMED_AS = {
  "2.5.4.3": "CN",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "STREET",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
};
const ENCODINGS = { 0x0c: "utf-8", 0x1e: "utf-16be" };

function nameOf(subject) {
  const attributes = subject.as(SEQUENCE).kids.map((each) => each.as(SET).kids.map(attributeOf).join("+"));
  return shown(attributes.reverse().join(","));
}

function attributeOf(attribute) {
  const [type, value] = attribute.as(SEQUENCE).kids;
  const text = value.tag in ENCODINGS ? new TextDecoder(ENCODINGS[value.tag], { fatal: true }).decode(value.body) : asLetters(value.body);
  const escaped = text.replace(/[\\"+,;<>]/g, "\\$&").replaceAll("\0", "\\00").replace(/^(?=#| .)/, "\\").replace(/ $/, "\\ ");
  return `${NAMED_AS[oidOf(type)] ?? oidOf(type)}=${escaped}`;
}

// What gives no order to a screen, and shows.
const shown = (text) => text.replace(/[^\P{Cc}]|[^\P{Cf}\u200c\u200d]|[\u2028\u2029]/gu, (letter) => `<U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);

// Certificates

const [CONSTRAINTS, USAGE] = ["2.5.29.19", "2.5.29.15"];
const EXTENSIONS = [CONSTRAINTS, USAGE, "2.5.29.14", "2.5.29.17", "2.5.29.32", "2.5.29.35", "2.5.29.37"];
const [SIGNATURES, COMMITMENTS, CERTIFICATES] = [0, 1, 5];

class Certificate {
  constructor(node) {
    const [body, algorithm, signature] = node.as(SEQUENCE).kids;
    const parts = body.as(SEQUENCE).kids;
    if (parts[0].tag === 0xa0) parts.shift(); // its version
    const [serial, , issuer, validity, subject, key, ...more] = parts;
    Object.assign(this, { whole: node.whole, body, algorithm, signature, serial, issuer, subject, key });
    [this.from, this.until] = validity.as(SEQUENCE).kids.map(timeOf);
    this.name = nameOf(subject);
    const extensions = more.find(({ tag }) => tag === 0xa3)?.kids[0].kids ?? [];
    this.extensions = new Map(extensions.map(({ kids }) => [oidOf(kids[0]), { isCritical: kids.length === 3, value: kids.at(-1).as(OCTETS).body }]));
  }

  // What an extension holds; null of one that it has not.
  extension(name) {
    const found = this.extensions.get(name);
    return found ? derOf(found.value) : null;
  }

  // Whether it may be used for one of some things, by their bits; one that says nothing, for all.
  mayBeUsed(...bits) {
    const usage = this.extension(USAGE)?.as(BITS).body;
    return !usage || bits.some((bit) => (usage[1] << bit) & 0x80);
  }

  // How many others may stand between those that it issues and a signer; none if it may issue none.
  get room() {
    const [isIssuer, most] = this.extension(CONSTRAINTS)?.as(SEQUENCE).kids ?? [];
    if (!isIssuer || isIssuer.tag !== 0x01 || !isIssuer.body[0] || !this.mayBeUsed(CERTIFICATES)) return -1;
    return most ? most.as(INTEGER).body.reduce((sum, byte) => sum * 256 + byte, 0) : Infinity;
  }

  // Whether it asks for what is not looked at here.
  get isOdd() {
    return [...this.extensions].some(([name, { isCritical }]) => isCritical && !EXTENSIONS.includes(name));
  }

  isGoodOn(moment) {
    return this.from <= moment && moment <= this.until;
  }
}

// The certificates of a file, PEM or DER; null of any other.
function certificatesIn(bytes) {
  try {
    const blocks = [...asLetters(bytes).matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)];
    if (blocks.length) return blocks.map(([, text]) => new Certificate(derOf(Uint8Array.from(atob(text.replace(/\s/g, "")), (letter) => letter.charCodeAt(0)))));
    return bytes[0] === SEQUENCE && new Der(bytes, 0).kids[0].tag === SEQUENCE ? [new Certificate(derOf(bytes))] : null;
  } catch {
    return null;
  }
}
