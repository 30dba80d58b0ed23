// The objects of a PDF of ours, read as strictly as they are written: no byte stands outside of them.

const LARGEST_PDF = 256 * 1024 * 1024;
const MOST_OBJECTS = 300_000;
const DEEPEST = 200;

class Ref {
  constructor(number) {
    this.number = number;
  }
}

// A text in brackets of either kind: a letter for each byte.
class Bytes {
  constructor(text) {
    this.text = text;
  }
}

// What is neither a value nor a bracket: an operator of a page.
class Word {
  constructor(text) {
    this.text = text;
  }
}

class Stream {
  constructor(dictionary, packed) {
    this.dictionary = dictionary;
    this.packed = packed;
  }
}

// Bytes as a text of as many letters; a decoder of "latin1" reads some as others.
function asLetters(bytes) {
  const parts = [];
  for (let place = 0; place < bytes.length; place += 8192)
    parts.push(String.fromCharCode.apply(null, bytes.subarray(place, place + 8192)));
  return parts.join("");
}

const SPACE = /[ \t\r\n]*/y;
const REFERENCE = /(\d{1,10}) 0 R(?![A-Za-z0-9])/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?=[ \t\r\n[\]<>()/]|$)/y;
const NAME = /\/[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const WORD = /[A-Za-z][A-Za-z0-9]*\*?/y;
const DIGITS = /<([0-9A-Fa-f \t\r\n]*)>/y;
const ESCAPED = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\n": "" };

// What of a file was signed, if something that signs stands behind its end.
function unsigned(bytes) {
  const text = asLetters(bytes);
  const end = /startxref\n\d{1,10}\n%%EOF\n/.exec(text);
  const stop = end ? end.index + end[0].length : text.length;
  return text.includes("/ByteRange", stop) ? bytes.subarray(0, stop) : bytes;
}

// The values of a text, one after the other.
class Values {
  constructor(text, place = 0) {
    this.text = text;
    this.place = place;
    this.passSpace();
  }

  get isAtEnd() {
    return this.place >= this.text.length;
  }

  passSpace() {
    SPACE.lastIndex = this.place;
    SPACE.test(this.text);
    this.place = SPACE.lastIndex;
  }

  take(pattern) {
    pattern.lastIndex = this.place;
    const match = pattern.exec(this.text);
    if (match) this.place = pattern.lastIndex;
    return match;
  }

  next(depth = 0) {
    const value = this.value(depth);
    this.passSpace();
    return value;
  }

  value(depth) {
    if (depth > DEEPEST) throw new Wrong("its objects nest too deep");
    const two = this.text.substr(this.place, 2);
    if (two === "<<") return this.dictionary(depth);
    if (two[0] === "[") return this.list(depth);
    if (two[0] === "(") return this.bracketed();
    let match = this.take(REFERENCE);
    if (match) return new Ref(Number(match[1]));
    match = this.take(NUMBER);
    if (match) return Number(match[0]);
    match = this.take(NAME);
    if (match) return match[0].replace(/#([0-9A-Fa-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    match = this.take(DIGITS);
    if (match) return new Bytes(ofDigits(match[1].replace(/\s/g, "")));
    match = this.take(WORD);
    if (match) return match[0] in CONSTANTS ? CONSTANTS[match[0]] : new Word(match[0]);
    throw new Wrong("an object is none of our ways to write");
  }

  list(depth) {
    this.place += 1;
    const values = [];
    this.passSpace();
    while (this.text[this.place] !== "]") values.push(this.next(depth + 1));
    this.place += 1;
    return values;
  }

  dictionary(depth) {
    this.place += 2;
    const values = new Map();
    this.passSpace();
    while (!this.text.startsWith(">>", this.place)) {
      const key = this.next(depth + 1);
      if (typeof key !== "string" || values.has(key)) throw new Wrong("an object is none of our ways to write");
      values.set(key, this.next(depth + 1));
    }
    this.place += 2;
    return values;
  }

  bracketed() {
    const parts = [];
    for (let place = this.place + 1; place < this.text.length; place += 1) {
      const letter = this.text[place];
      if (letter === "(") break;
      if (letter === ")") {
        this.place = place + 1;
        return new Bytes(parts.join(""));
      }
      if (letter !== "\\") {
        parts.push(letter);
        continue;
      }
      const code = /^[0-7]{1,3}/.exec(this.text.substr(place + 1, 3));
      const next = this.text[place + 1];
      parts.push(code ? String.fromCharCode(parseInt(code[0], 8) & 255) : (ESCAPED[next] ?? next));
      place += code ? code[0].length : 1;
    }
    throw new Wrong("an object is none of our ways to write");
  }
}

const CONSTANTS = { __proto__: null, true: true, false: false, null: null };

function ofDigits(digits) {
  const even = digits.length % 2 ? `${digits}0` : digits;
  let text = "";
  for (let place = 0; place < even.length; place += 2) text += String.fromCharCode(parseInt(even.substr(place, 2), 16));
  return text;
}

// A text of an object, in UTF-16 where it says so.
function textOf(value) {
  if (!(value instanceof Bytes)) throw new Wrong("an object in it is not what we write there");
  return value.text.startsWith("\xfe\xff") ? ofUnits(value.text.slice(2)) : value.text;
}

function ofUnits(bytes) {
  if (bytes.length % 2) throw new Wrong("a text is cut off");
  let text = "";
  for (let place = 0; place < bytes.length; place += 2)
    text += String.fromCharCode(bytes.charCodeAt(place) * 256 + bytes.charCodeAt(place + 1));
  return text;
}

// A file as it was opened: its objects by number.
class Pdf {
  constructor(objects, table, start) {
    this.objects = objects;
    this.table = table;
    this.start = start;
    this.root = table.get("/Root");
    this.left = LARGEST_PDF * 2;
  }

  at(value) {
    if (!(value instanceof Ref)) return value;
    if (!this.objects.has(value.number)) throw new Wrong("it refers to an object that is not there");
    return this.objects.get(value.number);
  }

  // What a dictionary, or that of a stream, has under a key; null where it has nothing.
  get(holder, key) {
    const held = this.at(holder);
    const dictionary = held instanceof Stream ? held.dictionary : held;
    if (!(dictionary instanceof Map)) throw new Wrong("an object in it is not what we write there");
    return this.at(dictionary.get(key) ?? null);
  }

  async plain(stream) {
    if (!(stream instanceof Stream)) throw new Wrong("an object in it is not what we write there");
    const plain = await unpackedStream(stream);
    if ((this.left -= plain.length) < 0) throw new Wrong("what is packed in it is too large");
    return plain;
  }
}

// The data of a file: its one embedded file.
async function attached(pdf) {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await pdf.plain(fileIn(pdf)));
}

function fileIn(pdf) {
  const files = [...pdf.objects.values()].filter((each) => each instanceof Stream && each.dictionary.get("/Type") === "/EmbeddedFile");
  if (files.length !== 1) throw new Wrong("it carries no data of a brief, or several files");
  return files[0];
}

// The checksum that the data of a file are said to have, letter by letter.
function sumOf(pdf) {
  const sum = pdf.get(pdf.get(fileIn(pdf), "/Params"), "/CheckSum");
  return sum instanceof Bytes ? sum.text : "";
}

async function unpackedStream({ dictionary, packed }) {
  const packing = dictionary.get("/Filter") ?? null;
  if (packing === null) return packed;
  if (packing !== "/FlateDecode" || dictionary.has("/DecodeParms")) throw new Wrong("a stream is packed in a way that we do not use");
  try {
    return await inflated(packed);
  } catch (error) {
    throw error instanceof Wrong ? error : new Wrong("a stream is damaged");
  }
}

const FIRST = /^%PDF-1\.7\n%\xf0\x9f\x96\xa4\n/;
const LAST = /startxref\n(\d{1,10})\n%%EOF\n?$/;
const HEAD = /(\d{1,10}) 0 obj\n/y;
const [STREAM, END_OF_STREAM, END] = ["\nstream\n", "\nendstream\nendobj\n", "\nendobj\n"];

// A file of ours, opened.
async function openedPdf(bytes) {
  if (bytes.length > LARGEST_PDF) throw new Wrong("it is too large");
  const text = asLetters(bytes);
  const first = FIRST.exec(text.slice(0, 64));
  const last = LAST.exec(text.slice(-64));
  if (!first || !last) throw new Wrong("it is no PDF as we write them");
  const end = text.length - last[0].length;
  const [objects, starts, table] = writtenObjects(bytes, text, first[0].length, end, ourValue);
  if (starts.get(table) !== Number(last[1])) throw new Wrong("its last object is not its table of references");
  const listed = objects.get(table);
  objects.delete(table);
  const packed = await followedTable(listed, table, starts);
  const packs = new Set(packed.values());
  if (packs.size > 1) throw new Wrong("its objects are in more than one pack");
  for (const pack of packs) await unpackObjects(objects, pack, packed);
  return new Pdf(objects, listed.dictionary, Number(last[1]));
}

function writtenObjects(bytes, text, from, last, valueOf) {
  const objects = new Map();
  const starts = new Map();
  let place = from;
  let number = -1;
  while (place !== last) {
    HEAD.lastIndex = place;
    const head = HEAD.exec(text);
    if (!head || place > last) throw new Wrong(`something stands outside of all objects, at byte ${place}`);
    number = Number(head[1]);
    const start = place + head[0].length;
    const end = text.indexOf(END, start - 1);
    if (end < 0) throw new Wrong(`the object at byte ${place} has no end`);
    if (starts.has(number)) throw new Wrong(`object ${number} is there twice`);
    starts.set(number, place);
    const written = text.slice(start, end);
    const body = written.indexOf(STREAM);
    const dictionary = valueOf(body < 0 ? written : written.slice(0, body));
    place = end + END.length;
    if (body < 0) {
      objects.set(number, dictionary);
      continue;
    }
    const length = dictionary instanceof Map ? dictionary.get("/Length") : null;
    if (!Number.isInteger(length)) throw new Wrong(`object ${number} has no length`);
    const [begin, stop] = [start + body + STREAM.length, start + body + STREAM.length + length];
    if (!text.startsWith(END_OF_STREAM, stop)) throw new Wrong(`object ${number} is cut off`);
    objects.set(number, new Stream(dictionary, bytes.subarray(begin, stop)));
    place = stop + END_OF_STREAM.length;
  }
  return [objects, starts, number];
}

function wholeValue(text) {
  const values = new Values(text);
  const value = values.next();
  if (!values.isAtEnd) throw new Wrong("an object is none of our ways to write");
  return value;
}

// The same of a brief, where nobody else wrote: in no other signs than ours.
function ourValue(text) {
  const value = wholeValue(text);
  if (unpointed(written(value)) !== unpointed(text)) throw new Wrong("an object is none of our ways to write");
  return value;
}

// A value as we write it, sign by sign: a number that is all but whole may have a point behind it.
function written(value) {
  if (value instanceof Map) return `<<${Array.from(value, ([key, held]) => `${written(key)} ${written(held)}`).join("")}>>`;
  if (Array.isArray(value)) return `[${value.map(written).join(" ")}]`;
  if (value instanceof Ref) return `${value.number} 0 R`;
  if (value instanceof Bytes) return PLAIN.test(textOf(value)) ? `(${textOf(value).replace(/[\\()]/g, "\\$&")})` : `<${hex(bytesOf(value.text))}>`;
  if (typeof value === "string") return `/${value.slice(1).replace(CODED, (sign) => `#${hex(bytesOf(sign))}`)}`;
  return Object.is(value, -0) ? "-0" : String(value);
}

const PLAIN = /^[\t\n\r -~]*$/;
const CODED = /[^!-~]|[#()/<>[\]]/g;
const unpointed = (text) => text.replace(/(\d)\.(?=[ />\]]|$)/g, "$1");

// The table leads to where the objects are, and to no other place; which objects are in which pack.
async function followedTable(table, own, starts) {
  const wrong = new Wrong("its table of references is none of ours");
  if (!(table instanceof Stream) || table.dictionary.get("/Type") !== "/XRef") throw wrong;
  if (["/Prev", "/XRefStm", "/Encrypt"].some((key) => table.dictionary.has(key))) throw wrong;
  const index = table.dictionary.get("/Index");
  if (!Array.isArray(index) || index.length !== 2 || index[0] !== 0) throw wrong;
  const packed = new Map();
  let count = 0;
  for (const [number, kind, place] of await rowsOf(table)) {
    if (kind === 2) packed.set(number, place);
    else if (kind === 1) {
      count += 1;
      if (starts.get(number) !== place) throw new Wrong("its table of references leads elsewhere than to its objects");
    } else if (kind !== 0) throw wrong;
  }
  if (count !== starts.size || !starts.has(own)) throw new Wrong("its table of references leads elsewhere than to its objects");
  return packed;
}

// The rows of a table of references: of which object each is, of which kind, and where that is.
async function rowsOf(table) {
  const wrong = new Wrong("its table of references is none of ours");
  const [widths, index] = [table.dictionary.get("/W"), table.dictionary.get("/Index")];
  if (!Array.isArray(widths) || widths.length !== 3 || widths[0] !== 1 || widths.some((width) => !(width >= 1 && width <= 8))) throw wrong;
  if (!Array.isArray(index) || index.length % 2 || !index.every((each) => each >= 0 && each <= MOST_OBJECTS)) throw wrong;
  const numbers = [];
  for (let at = 0; at < index.length; at += 2) for (let turn = 0; turn < index[at + 1]; turn += 1) numbers.push(index[at] + turn);
  const rows = await unpackedStream(table);
  const size = widths[0] + widths[1] + widths[2];
  if (numbers.length > MOST_OBJECTS || rows.length !== size * numbers.length) throw wrong;
  const field = (from, width) => rows.subarray(from, from + width).reduce((sum, byte) => sum * 256 + byte, 0);
  return numbers.map((number, turn) => [number, rows[turn * size], field(turn * size + 1, widths[1])]);
}

async function unpackObjects(objects, pack, packed) {
  const stream = objects.get(pack);
  const wrong = new Wrong("its packed objects are not those of its table");
  if (!(stream instanceof Stream) || stream.dictionary.get("/Type") !== "/ObjStm") throw wrong;
  const text = asLetters(await unpackedStream(stream));
  const first = stream.dictionary.get("/First");
  if (!Number.isInteger(first) || stream.dictionary.get("/N") !== packed.size) throw wrong;
  const pairs = text.slice(0, first).trim().split(/\s+/).map(Number);
  if (pairs.length !== packed.size * 2) throw wrong;
  objects.delete(pack);
  const texts = [pairs.join(" ")];
  for (let at = 0; at < pairs.length; at += 2) {
    const [number, start] = [pairs[at], first + pairs[at + 1]];
    const end = at + 3 < pairs.length ? first + pairs[at + 3] - 1 : text.length;
    if (!packed.has(number) || objects.has(number) || !(end > start)) throw wrong;
    texts.push(text.slice(start, end));
    objects.set(number, ourValue(texts.at(-1)));
  }
  if (texts.join("\n") !== text) throw wrong;
}
