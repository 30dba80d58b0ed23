// The fonts of a PDF held against ours: each glyph is drawn as in one of these, and named as a letter that it may come of.

const [OF_COMPONENT, MORE_COMPONENTS, WORDS_OF_COMPONENT] = [0x02cf, 0x20, 1];
const HINTED_COMPONENT = 0x100;
const OF_FACE = ["GDEF", "OS/2", "STAT", "cmap", "gasp", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"];
const SCALED = [
  [0x8, 2],
  [0x40, 4],
  [0x80, 8],
];
const DEEPEST_GLYPH = 4;
const [IN_DIGEST, ROUNDING] = [16, 1];
const DAMAGED = "a font in it is none that shows letters as we write them";
const OF_FONT = ["/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"];
const OF_DESCENDANT = ["/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/CIDToGIDMap", "/W", "/FontDescriptor"];

const [ITALIC, SORTS] = [64, [4, 6]]; // letters of their own, without serifs or with them
const DESCRIBING_FONT = ["/Type", "/FontName", "/FontFamily", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV", "/StemH", "/FontFile2", "/CIDSet"];

let ourFaces = null;
async function knownFaces() {
  ourFaces ??= JSON.parse(new TextDecoder().decode(await inflated(Uint8Array.from(atob(RULES.faces), (letter) => letter.charCodeAt(0)))));
  return ourFaces;
}

// The glyphs of a TrueType font (ISO 14496-22), as verify/outlines.py reads them.
class Face {
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.tables = new Map();
    for (let at = 0; at < this.view.getUint16(4); at += 1) {
      const place = 12 + 16 * at;
      const [start, size] = [this.view.getUint32(place + 8), this.view.getUint32(place + 12)];
      this.tables.set(asLetters(bytes.subarray(place, place + 4)), new DataView(bytes.buffer, bytes.byteOffset + start, size));
    }
    const table = (name) => this.tables.get(name) ?? new DataView(new ArrayBuffer(0));
    [this.glyf, this.hmtx, this.loca] = [table("glyf"), table("hmtx"), table("loca")];
    this.units = table("head").getUint16(18);
    this.isLong = table("head").getInt16(50) !== 0;
    this.widths = table("hhea").getUint16(34);
    this.count = this.loca.byteLength / (this.isLong ? 4 : 2) - 1;
  }

  place(glyph) {
    return this.isLong ? this.loca.getUint32(glyph * 4) : this.loca.getUint16(glyph * 2) * 2;
  }

  width(glyph) {
    return this.hmtx.getUint16(Math.min(glyph, this.widths - 1) * 4);
  }

  // How far to the right of where it stands a glyph begins.
  bearing(glyph) {
    return this.hmtx.getInt16(glyph < this.widths ? glyph * 4 + 2 : this.widths * 4 + (glyph - this.widths) * 2);
  }

  // Whether nothing but outlines says how glyphs are drawn: no program, no colours, nothing that shifts them.
  get isBare() {
    const isPlain = (data) => (data.getInt16(0) < 0 ? [...componentsOf(data)].every(([flags]) => !(flags & HINTED_COMPONENT)) : data.getUint16(10 + 2 * data.getInt16(0)) === 0);
    const glyphs = Array.from({ length: this.count }, (_, glyph) => [glyph, this.data(glyph)]).filter(([, data]) => data);
    return [...this.tables.keys()].every((name) => OF_FACE.includes(name)) && glyphs.every(([glyph, data]) => isPlain(data) && data.getInt16(2) === this.bearing(glyph));
  }

  // The data of a glyph; null of one that shows nothing.
  data(glyph) {
    if (glyph >= this.count) return null;
    const [start, end] = [this.place(glyph), this.place(glyph + 1)];
    return end > start ? new DataView(this.glyf.buffer, this.glyf.byteOffset + start, end - start) : null;
  }

  outline(glyph, depth = 0) {
    const data = this.data(glyph);
    if (!data) return [];
    const contours = data.getInt16(0);
    if (contours >= 0) return pointsOf(data, contours);
    if (depth > DEEPEST_GLYPH) throw new Wrong(DAMAGED);
    return [...componentsOf(data)].map(([flags, part, how]) => [flags & OF_COMPONENT, how, this.outline(part, depth + 1)]);
  }

  // How wide it is, the frame that it says it takes, and its outline.
  drawn(glyph) {
    const [data, outline] = [this.data(glyph), this.outline(glyph)];
    const frame = outline.length ? hex(new Uint8Array(data.buffer, data.byteOffset + 2, 8)) : "";
    return [this.width(glyph), frame, outline];
  }

  // The lowest and the highest of what it draws, in parts of its size; and from where to where.
  frame(glyph) {
    const data = this.data(glyph);
    return data ? [2, 4, 6, 8].map((place) => data.getInt16(place) / this.units) : null;
  }
}

function pointsOf(data, contours) {
  const ends = Array.from({ length: contours }, (_, at) => data.getUint16(10 + 2 * at));
  let place = 12 + 2 * contours + data.getUint16(10 + 2 * contours);
  const count = ends.length ? ends.at(-1) + 1 : 0;
  const flags = [];
  while (flags.length < count) {
    const flag = data.getUint8(place++);
    flags.push(flag);
    if (flag & 8) for (let more = data.getUint8(place++); more > 0; more -= 1) flags.push(flag);
  }
  flags.length = count;
  const along = (short, same) => {
    let at = 0;
    return flags.map((flag) => {
      if (flag & short) at += flag & same ? data.getUint8(place++) : -data.getUint8(place++);
      else if (!(flag & same)) {
        at += data.getInt16(place);
        place += 2;
      }
      return at;
    });
  };
  return [ends, along(2, 16), along(4, 32), flags.map((flag) => flag & 1)];
}

// The flags of each part of a glyph, the part, and how it is moved and scaled.
function* componentsOf(data) {
  let [place, flags] = [10, MORE_COMPONENTS];
  while (flags & MORE_COMPONENTS) {
    flags = data.getUint16(place);
    const scale = SCALED.find(([flag]) => flags & flag)?.[1] ?? 0;
    const end = place + 4 + (flags & WORDS_OF_COMPONENT ? 4 : 2) + scale;
    const how = Array.from({ length: end - place - 4 }, (_, at) => data.getUint8(place + 4 + at));
    yield [flags, data.getUint16(place + 2), hex(how)];
    place = end;
  }
}

// A font as a PDF has it, with the face that draws it.
async function faceOf(pdf, font) {
  const [below] = pdf.get(font, "/DescendantFonts");
  const has = (holder, keys) => [...pdf.at(holder).keys()].every((key) => keys.includes(key));
  const isKind = pdf.get(font, "/Subtype") === "/Type0" && pdf.get(below, "/Subtype") === "/CIDFontType2";
  const isOurs = isKind && has(font, OF_FONT) && has(below, OF_DESCENDANT) && pdf.get(font, "/Encoding") === "/Identity-H" && pdf.get(below, "/CIDToGIDMap") === "/Identity";
  const described = pdf.get(below, "/FontDescriptor");
  holdTo(described, DESCRIBING_FONT, "a font");
  if (!isOurs || !described.has("/FontFile2")) throw new Wrong(DAMAGED);
  const named = ["/BaseFont", "/FontName"].map((key, turn) => pdf.get([below, described][turn], key));
  const isNamed = pdf.get(font, "/BaseFont") === named[0] && /^\/[A-Z]{6}\+[A-Z]/.test(named[0]) && named[0].startsWith(named[1]);
  const isOrdered = isSame(pdf.get(below, "/CIDSystemInfo"), new Map([["/Ordering", new Bytes("Identity")], ["/Registry", new Bytes("Adobe")], ["/Supplement", 0]]));
  const [rise, fall, cap, frame, flags] = ["/Ascent", "/Descent", "/CapHeight", "/FontBBox", "/Flags"].map((key) => pdf.get(described, key));
  const isMeasured = isNamed && isOrdered && cap === rise && frame[0] === 0 && frame[1] === fall && frame[3] === rise && SORTS.includes(flags & ~ITALIC);
  return { name: textOf(pdf.get(described, "/FontFamily")), face: new Face(await pdf.plain(pdf.get(described, "/FontFile2"))), isMeasured, reach: [rise, fall], isItalic: Boolean(flags & ITALIC) };
}

// How each glyph that a font names is drawn, by its digest.
async function digestsOf(face, glyphs) {
  const digests = new Map();
  for (const glyph of glyphs) digests.set(glyph, hex(await digest(utf8(JSON.stringify(face.drawn(glyph))))).slice(0, IN_DIGEST));
  return digests;
}

// What is wrong with a font, one line each; and its name, where it is none of ours.
async function unlikeFace(named, { name, face, isMeasured, reach, isItalic }) {
  const known = (await knownFaces()).filter(({ families, units }) => families.includes(name) && units === face.units);
  if (!known.length) return { faults: [], unknown: name, source: null };
  const glyphs = Array.from(named.letters, ([digits]) => parseInt(digits, 16));
  const digests = await digestsOf(face, glyphs);
  const isSame = (each, glyph) => each.drawn.substr(glyph * IN_DIGEST, IN_DIGEST) === digests.get(glyph);
  const alike = (each) => glyphs.filter((glyph) => isSame(each, glyph)).length;
  const [source] = known.sort((one, other) => alike(other) - alike(one));
  const isTold = isMeasured && isItalic === source.isItalic && reach.every((each, at) => Math.abs(each - source.reach[at]) <= 1);
  const faults = !isTold ? [`${name} is told of otherwise than it is`] : face.isBare ? [] : [`${name} says more of its letters than how they are drawn`];
  for (const [digits, text] of named.letters) {
    const glyph = parseInt(digits, 16);
    const own = source.letters[glyph] ?? "";
    const width = named.widths.get(digits);
    const isEmpty = face.data(glyph) === null;
    if (!isSame(source, glyph)) faults.push(`${name} draws “${text}” otherwise than it is drawn`);
    else if (width !== undefined && Math.abs(width - (face.width(glyph) * 1000) / face.units) > ROUNDING) faults.push(`${name} has another width for “${text}”`);
    else if (!isEmpty && own && !mayName(text, own)) faults.push(`${name} draws “${own}” for “${text}”`);
    else if (isEmpty && !/^[\s\p{Cc}\p{Cf}\p{M}]*$/u.test(text) && !isJoined(text, named, source, face)) faults.push(`${name} shows nothing for “${text}”`);
  }
  return { faults, unknown: null, source };
}

// The letters that a text shows, and the faces of ours that have all of them.
const lettersOf = new Map();
function facesFor(text) {
  const shown = Array.from(text.normalize("NFKC")).filter((letter) => letter.trim() && !isFormat(letter));
  return ourFaces.flatMap((face, turn) => {
    if (!lettersOf.has(face)) lettersOf.set(face, new Set(face.letters.join("")));
    return shown.every((letter) => lettersOf.get(face).has(letter)) ? [turn] : [];
  });
}

const taken = (text) => translated(translated(text.normalize("NFKD"), RULES.vowels), RULES.split);
const plainLetters = (text) => new Set(Array.from(translated(taken(text), RULES.same_glyph)).filter((letter) => !isFormat(letter) && letter.trim()));

// Whether a glyph that comes of letters may be called by a text: of clusters, whose text is said beside them, any.
function mayName(text, own) {
  if (/[\u0300-\u036f\u0900-\u109f\u1700-\u1cff\ua800-\uabff]/.test(own) || [...text, ...own].every(isMark)) return true;
  const letters = plainLetters(own);
  return [...plainLetters(text)].every((letter) => letters.has(letter));
}

// Whether a letter that shows nothing is part of a ligature of its font, which shows it.
function isJoined(text, named, source, face) {
  const ligatures = [...named.letters.keys()].map((digits) => parseInt(digits, 16)).filter((glyph) => face.data(glyph) !== null && [...(source.letters[glyph] ?? "")].length > 1);
  const joined = plainLetters(ligatures.map((glyph) => source.letters[glyph]).join(""));
  // What marks a letter, as below that of “إ”, is a glyph by itself.
  const bare = [...plainLetters(text)].filter((letter) => !isMark(letter));
  return bare.length > 0 && bare.every((letter) => classOf(letter) === "R" && joined.has(letter));
}
