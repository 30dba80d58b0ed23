// Signatures (CMS, RFC 5652): whose they are, over what, and when they were made. Nothing is fetched.

const [SIGNED_DATA, DATA, STAMPED] = ["1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1", "1.2.840.113549.1.9.16.1.4"];
const [CONTENT_TYPE, DIGEST_OF_CONTENT, SIGNING_TIME] = ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"];
const [TIME_STAMP, OF_CERTIFICATE, OF_CERTIFICATE_BY_SHA1] = ["14", "47", "12"].map((last) => `1.2.840.113549.1.9.16.2.${last}`);
const HASHES = { "1.3.14.3.2.26": "SHA-1", "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512" };
const [RSA, PSS, ECDSA, ED25519] = ["RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519"];
const ALGORITHMS = {
  "1.2.840.113549.1.1.1": [RSA],
  "1.2.840.113549.1.1.10": [PSS],
  "1.2.840.113549.1.1.11": [RSA, "SHA-256"],
  "1.2.840.113549.1.1.12": [RSA, "SHA-384"],
  "1.2.840.113549.1.1.13": [RSA, "SHA-512"],
  "1.2.840.10045.4.3.2": [ECDSA, "SHA-256"],
  "1.2.840.10045.4.3.3": [ECDSA, "SHA-384"],
  "1.2.840.10045.4.3.4": [ECDSA, "SHA-512"],
  "1.3.101.112": [ED25519, "SHA-512"],
};
const CURVES = { "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48], "1.3.132.0.35": ["P-521", 66] };
const FEWEST_BITS_OF_RSA = 2048;
const MOST_CERTIFICATES = 20;

// What may hold, and is made in a way that is not known here.
class Unknown extends Wrong {}

const isIn = (table, key) => Object.hasOwn(table, key);

async function digestBy(name, bytes) {
  return new Uint8Array(await crypto.subtle.digest(name, bytes));
}

function hashOf(algorithm) {
  const name = oidOf(algorithm.as(SEQUENCE).kids[0]);
  if (!isIn(HASHES, name)) throw new Unknown(`by a digest that this page does not know, ${name}`);
  return HASHES[name];
}

// Whether a signature over some bytes was made by the key of a certificate.
async function isMadeBy(key, algorithm, signature, bytes, hash) {
  const [type, parameters] = algorithm.as(SEQUENCE).kids;
  if (!isIn(ALGORITHMS, oidOf(type))) throw new Unknown(`in a way that this page does not know, ${oidOf(type)}`);
  const [name, own = hash] = ALGORITHMS[oidOf(type)];
  const salted = name === PSS ? saltOf(parameters) : { hash: own };
  if (salted.hash === "SHA-1" || own !== hash || salted.hash !== hash) return false;
  const [form, how, written] = name === ECDSA ? ofCurve(key, signature, hash) : name === ED25519 ? ["spki", { name }, signature] : ["jwk", { name, ...salted }, signature];
  const data = form === "spki" ? key.whole : rsaKey(key);
  if (data === null) return false;
  try {
    const imported = await crypto.subtle.importKey(form, data, how, false, ["verify"]);
    return await crypto.subtle.verify(how, imported, written, bytes);
  } catch (error) {
    if (error.name === "NotSupportedError") throw new Unknown("in a way that this browser does not know");
    return false;
  }
}

function saltOf(parameters) {
  const own = Object.fromEntries(parameters.as(SEQUENCE).kids.map((each) => [each.tag & 0x1f, each.kids[0]]));
  if (!own[0] || !own[1] || !own[2]) return { hash: "SHA-1" };
  const hash = hashOf(own[0]);
  const [, masked] = own[1].as(SEQUENCE).kids;
  if (hashOf(masked) !== hash) throw new Unknown("by two digests at once");
  return { hash, saltLength: own[2].as(INTEGER).body.reduce((sum, byte) => sum * 256 + byte, 0) };
}

// A key of RSA, which is named as one whatever it may be used for; none that is too short.
function rsaKey(key) {
  const numbers = derOf(bitsOf(key.as(SEQUENCE).kids[1])).as(SEQUENCE).kids.map((each) => each.as(INTEGER).body);
  const [n, e] = numbers.map((bytes) => bytes.subarray(bytes.findIndex(Boolean)));
  const inDigits = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return n.length * 8 < FEWEST_BITS_OF_RSA ? null : { kty: "RSA", n: inDigits(n), e: inDigits(e) };
}

// A signature of a curve is two numbers, which a browser wants side by side.
function ofCurve(key, signature, hash) {
  const [, curve] = key.as(SEQUENCE).kids[0].as(SEQUENCE).kids;
  if (!isIn(CURVES, oidOf(curve))) throw new Unknown("on a curve that this page does not know");
  const [namedCurve, size] = CURVES[oidOf(curve)];
  const numbers = derOf(signature).as(SEQUENCE).kids.map((each) => each.as(INTEGER).body);
  const written = new Uint8Array(size * 2);
  for (const [turn, bytes] of numbers.entries()) {
    const plain = bytes[0] === 0 ? bytes.subarray(1) : bytes;
    if (turn > 1 || plain.length > size) throw new Wrong(UNREADABLE);
    written.set(plain, size * (turn + 1) - plain.length);
  }
  return ["spki", { name: ECDSA, namedCurve, hash }, written];
}

// What a signature says, and whether it is over the bytes of which `digestOf` works a digest out.
async function readSignature(message, type, digestOf) {
  const [kind, held] = message.as(SEQUENCE).kids;
  const data = held.kids[0].as(SEQUENCE).kids;
  const infos = data.at(-1).as(SET).kids;
  const typeOfContent = oidOf(data[2].as(SEQUENCE).kids[0]);
  if (oidOf(kind) !== SIGNED_DATA || infos.length !== 1 || typeOfContent !== type) throw new Wrong(UNREADABLE);
  const certificates = (data.find(({ tag }) => tag === 0xa0)?.kids ?? []).slice(0, MOST_CERTIFICATES).map((each) => new Certificate(each));
  const [, named, algorithm, ...rest] = infos[0].as(SEQUENCE).kids;
  const [signed, how, signature, more] = rest;
  const certificate = certificates.find((each) => isNamed(each, named));
  if (signed.tag !== 0xa0 || !certificate) throw new Wrong(UNREADABLE);
  const [hash, attributes] = [hashOf(algorithm), attributesOf(signed)];
  const over = new Uint8Array(signed.whole);
  over[0] = SET;
  const isIntact = oidOf(attributes.get(CONTENT_TYPE)) === type && isEqual(attributes.get(DIGEST_OF_CONTENT).as(OCTETS).body, await digestOf(hash));
  const isValid = (await isOfCertificate(certificate, attributes)) && (await isMadeBy(certificate.key, how, signature.as(OCTETS).body, over, hash));
  return { certificate, certificates, attributes, isIntact, isValid, data, signature: signature.body, more: more ? attributesOf(more) : new Map() };
}

function isNamed(certificate, named) {
  if (named.tag !== SEQUENCE) return isEqual(certificate.extension("2.5.29.14")?.body ?? [], named.body);
  const [issuer, serial] = named.kids;
  return isEqual(issuer.whole, certificate.issuer.whole) && isEqual(serial.body, certificate.serial.body);
}

// The one value of each attribute.
function attributesOf(list) {
  const pairs = list.kids.map(({ kids: [type, values] }) => [oidOf(type), values.as(SET).kids[0]]);
  if (new Set(pairs.map(([type]) => type)).size !== pairs.length) throw new Wrong(UNREADABLE);
  return new Map(pairs);
}

// Whether it names its certificate, if it names one: nobody puts another for the same key in its place.
async function isOfCertificate(certificate, attributes) {
  const [own, bySha1] = [attributes.get(OF_CERTIFICATE), attributes.get(OF_CERTIFICATE_BY_SHA1)];
  if (!own && !bySha1) return true;
  const [first, second] = (own ?? bySha1).as(SEQUENCE).kids[0].as(SEQUENCE).kids[0].kids;
  const [hash, value] = bySha1 && !own ? ["SHA-1", first] : first.tag === SEQUENCE ? [hashOf(first), second] : ["SHA-256", first];
  return isEqual(value.as(OCTETS).body, await digestBy(hash, certificate.whole));
}

// When a server of time stamps saw a signature, and whose that is; null if nothing says so that holds.
async function stampOn({ more, signature }) {
  const token = more.get(TIME_STAMP);
  if (!token) return null;
  try {
    const parts = token.as(SEQUENCE).kids[1].kids[0].as(SEQUENCE).kids;
    const told = parts[2].as(SEQUENCE).kids[1].kids[0].as(OCTETS).body;
    const [, , imprint, , at] = derOf(told).as(SEQUENCE).kids;
    const [algorithm, seen] = imprint.as(SEQUENCE).kids;
    const stamp = await readSignature(token, STAMPED, (hash) => digestBy(hash, told));
    const isOfIt = isEqual(seen.as(OCTETS).body, await digestBy(hashOf(algorithm), signature));
    return isOfIt && stamp.isIntact && stamp.isValid ? { at: timeOf(at), by: stamp.certificate.name } : null;
  } catch {
    return null;
  }
}

// Whether one of the certificates that were given is the signer's, or issued it at whatever remove.
async function isVouchedFor({ certificate, certificates }, trusted, at) {
  if (!certificate.mayBeUsed(SIGNATURES, COMMITMENTS) || certificate.isOdd) return false;
  const isThat = (each) => isEqual(each.whole, certificate.whole);
  const known = trusted.map((each) => ({ each, room: each.room }));
  const waiting = certificates.filter((each) => isThat(each) || (each.room >= 0 && each.isGoodOn(at) && !each.isOdd));
  for (const { each: issuer, room } of known) {
    if (isThat(issuer)) return true;
    for (const each of room < 0 ? [] : waiting) {
      if (known.some((one) => isEqual(one.each.whole, each.whole)) || !(await isIssuedBy(each, issuer))) continue;
      if (isThat(each)) return true;
      if (room > 0) known.push({ each, room: Math.min(room - 1, each.room) });
    }
  }
  return false;
}

async function isIssuedBy(certificate, issuer) {
  if (!isEqual(certificate.issuer.whole, issuer.subject.whole)) return false;
  const [type] = certificate.algorithm.as(SEQUENCE).kids;
  const [, hash] = ALGORITHMS[oidOf(type)] ?? [];
  try {
    return await isMadeBy(issuer.key, certificate.algorithm, bitsOf(certificate.signature), certificate.body.whole, hash ?? saltOf(certificate.algorithm.kids[1]).hash);
  } catch {
    return false;
  }
}

// The verdict on a signature, in the words of the command; `trusted` is null where no certificate was given.
async function whoseIs(bytes, digestOf, trusted, { fault = "", day = null } = {}) {
  let signature = null;
  try {
    const whole = new Der(bytes, 0);
    if (bytes.subarray(whole.end).some(Boolean)) throw new Wrong(UNREADABLE); // zeros fill its place in a PDF
    signature = await readSignature(whole, DATA, digestOf);
  } catch (error) {
    return error instanceof Unknown ? ["UNCHECKED", `it is made ${error.message}`] : ["FAILS", `that of nobody: ${UNREADABLE}`];
  }
  const { certificate, attributes } = signature;
  const stamp = await stampOn(signature);
  const own = attributes.get(SIGNING_TIME);
  const at = stamp?.at ?? (own ? timeOf(own) : day);
  const wrong = faultOf(signature, at, fault);
  if (wrong) return ["FAILS", `that of ${certificate.name}: ${wrong}`];
  const text = `of ${certificate.name}, ${at.toISOString().slice(0, 16).replace("T", " ")} UTC by ${stamp ? `the time stamp of ${stamp.by}` : "its own word"}`;
  if (trusted === null) return ["", `${text}; nobody vouches for that name: drop its certificate too, as you were given it some other way`];
  return (await isVouchedFor(signature, trusted, at)) ? ["", `${text}, whom the certificate that you gave vouches for`] : ["FAILS", `${text}, whom the certificate that you gave does not vouch for`];
}

function faultOf({ certificate, isIntact, isValid }, at, fault) {
  if (!isIntact) return "what it was made over is not what stands there";
  if (!isValid) return "it is not that of its certificate";
  if (fault) return fault;
  if (at === null) return "it does not say when it was made";
  return certificate.isGoodOn(at) ? "" : `its certificate was not good on ${at.toISOString().slice(0, 10)}`;
}

// The verdict on the signature that stands behind a brief, from a place on.

const SIGNED_AT = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|[+-]00'00'?)$/;

async function whoseIsPdf(whole, from, trusted) {
  let [signed, bytes, about] = [null, null, {}];
  try {
    const held = signatureIn(asLetters(whole.subarray(from)));
    const [start, before, behind, rest] = held.get("/ByteRange");
    bytes = Uint8Array.from(held.get("/Contents").text, (letter) => letter.charCodeAt(0));
    const digits = asLetters(whole.subarray(before, behind));
    if (before < from || !/^<[^<>]*>$/.test(digits) || ofDigits(digits.slice(1, -1)) !== held.get("/Contents").text) throw new Wrong(UNREADABLE);
    signed = new Uint8Array(before + rest);
    signed.set(whole.subarray(0, before));
    signed.set(whole.subarray(behind, behind + rest), before);
    const isWhole = start === 0 && behind + rest === whole.length;
    about = { fault: isWhole ? "" : "it does not cover the whole file", day: dayOf(held.get("/M")) };
  } catch {
    return ["FAILS", `that of nobody: ${UNREADABLE}`];
  }
  return whoseIs(bytes, (hash) => digestBy(hash, signed), trusted, about);
}

// The one object that says what it is a signature over.
function signatureIn(text) {
  const [place, ...more] = Array.from(text.matchAll(/\/ByteRange/g), ({ index }) => index);
  const head = text.lastIndexOf(" obj\n", place);
  if (place === undefined || more.length || head < 0) throw new Wrong(UNREADABLE);
  return new Values(text, head + 5).next();
}

function dayOf(text) {
  const parts = text instanceof Bytes ? SIGNED_AT.exec(text.text) : null;
  if (!parts) return null;
  const [year, month, ...rest] = parts.slice(1).map(Number);
  return new Date(Date.UTC(year, month - 1, ...rest));
}
