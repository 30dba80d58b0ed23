// What pages of a PDF of ours show: their fonts, and their content piece by piece as it is marked.

const MOST_LETTERS = 30_000_000;
const NEAR = 4;
const TOUCHING = 0.15;
const ROUNDED = 0.03; // by which a gap may be another than whoever set it took it for
const MOST_DOUBTFUL = 4;
const RAISED = 0.7;
const LONGEST = 300;
const OPERATORS = new Set(
  ("re m l c v y h n q Q S s w J j M i g G k K rg RG cm f F f* b b* B B* W W* BT " +
    "gs d cs CS sc SC scn SCN Do sh ri Tr Ts").split(" "),
);
const IN_MARGIN = ["/Header", "/Footer"];
const DIRECTIONS = ["\u200e", "\u200f"];
const NOTHING = "\0";

// Letters, by what Unicode says of them.

const CLASSES = new Map();

// The bidirectional class of a letter: L, R, D of digits, W within numbers, M of marks, B of none, or
// nothing.
function classOf(letter) {
  const code = letter.codePointAt(0);
  if (!CLASSES.has(code)) {
    let [low, high] = [0, RULES.bidi.length / 2 - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (RULES.bidi[middle * 2] <= code) low = middle;
      else high = middle - 1;
    }
    CLASSES.set(code, RULES.bidi[low * 2 + 1]);
  }
  return CLASSES.get(code);
}

const isMark = (letter) => /^[\p{Mn}\p{Mc}]/u.test(letter);
const isFormat = (letter) => /^\p{Cf}/u.test(letter);
const translated = (text, table) => Array.from(text, (letter) => table[letter] ?? letter).join("");
const joined = (text) => translated(text.normalize("NFKC"), RULES.same_glyph).replace(/\p{Cf}/gu, "");
const letters = (text) => joined(text).replace(/[\s\u0085]+/g, "");

// Glyphs as they stand on paper, from left to right, as part of a line to the right or to the left.
function readings(glyphs) {
  const kinds = glyphs.map((glyph) => {
    const all = Array.from(glyph, classOf);
    return all.find((kind) => kind === "L" || kind === "R") ?? all[0] ?? "";
  });
  for (let place = kinds.length - 2; place >= 0; place -= 1) if (kinds[place] === "M" && kinds[place + 1] === "R") kinds[place] = "R";
  if (!kinds.includes("R")) return [glyphs.join(""), glyphs.join("")];
  const order = glyphs.map((_, index) => index);
  return [
    [order, "R", "L"],
    [[...order].reverse(), "L", "R"],
  ].map(([way, of, against]) =>
    numbersKept(turned(way, kinds, of, against), kinds)
      .map((index) => glyphs[index])
      .join(""),
  );
}

function turned(order, kinds, of, against) {
  const out = [...order];
  let [start, stop] = [-1, -1];
  for (let place = 0; place <= order.length; place += 1) {
    const kind = place < order.length ? kinds[order[place]] : against;
    if (kind === of) [start, stop] = [start < 0 ? place : start, place];
    else if (kind === against && start >= 0) {
      out.splice(start, stop - start + 1, ...out.slice(start, stop + 1).reverse());
      start = -1;
    }
  }
  return out;
}

function numbersKept(order, kinds) {
  const out = [...order];
  let [start, stop] = [-1, -1];
  for (let place = 0; place <= order.length; place += 1) {
    const kind = place < order.length ? kinds[order[place]] : "end";
    if (kind === "D") [start, stop] = [start < 0 ? place : start, place];
    else if (kind !== "W" && kind !== "M" && start >= 0) {
      out.splice(start, stop - start + 1, ...out.slice(start, stop + 1).sort((a, b) => a - b));
      start = -1;
    }
  }
  return out;
}

// Which text may stand in place of what glyphs say by themselves: the same letters, of one cluster.

// What may be said for pdfium beside glyphs: what it reads right. See render/pdf/texts/turned.py.

const kindOf = (letter) => (letter === "" ? "N" : ({ L: "L", R: "R", "": "N" }[classOf(letter)] ?? "W"));
const isDecimal = (letter) => /^\p{Nd}$/u.test(letter);

function agreesWhenTurned(said, shown) {
  const found = Array.from(said);
  const glyphs = Array.from(shown);
  return [true, false].some((toLeft) =>
    ["L", "R"].some((behind) => {
      const text = asPdfiumReads(found, toLeft, behind).filter((letter) => letter !== RULES.turned.parting);
      return isReadFromRight(text, glyphs) || isReadFromRight(...betweenSigns(text, glyphs));
    }),
  );
}

function asPdfiumReads(shown, toLeft, behind) {
  const parts = [];
  for (const letter of shown) {
    const kind = kindOf(letter);
    if (parts.at(-1)?.kind === kind) parts.at(-1).letters.push(letter);
    else parts.push({ kind, letters: [letter] });
  }
  let current = behind;
  return (toLeft ? parts.reverse() : parts).flatMap(({ kind, letters }) => {
    const isTurned = kind === "R" || (kind === "N" && current === "R");
    if (isTurned) current = "R";
    else if (kind === "L") current = "L";
    const own = isTurned ? letters.map((letter) => RULES.turned.mirrored[letter] ?? letter) : letters;
    return (kind === "N" ? toLeft : isTurned) ? own.reverse() : own;
  });
}

function isReadFromRight(text, shown) {
  if (text.length !== shown.length || text.length > LONGEST) return false;
  const edges = Array.from({ length: shown.length + 1 }, (_, place) => place).filter((place) => !isWithin(shown, place));
  const reached = new Set([shown.length]);
  for (const end of edges.toReversed()) {
    if (!reached.has(end)) continue;
    for (const start of edges) {
      if (start >= end) break;
      const part = shown.slice(start, end);
      const isWhole = part.length === 1 || !part.some((letter) => kindOf(letter) === "R");
      if (isWhole && part.every((letter, index) => text[shown.length - end + index] === letter)) reached.add(start);
    }
  }
  return reached.has(0);
}

function betweenSigns(text, shown) {
  let [start, stop] = [0, shown.length];
  const isSame = (place) => text[place] === shown[place] && "WN".includes(kindOf(shown[place])) && !isDecimal(shown[place]);
  if (text.length === stop) {
    while (start < stop && isSame(start)) start += 1;
    while (start < stop && isSame(stop - 1)) stop -= 1;
  }
  return [text.slice(start, stop), shown.slice(start, stop)];
}

function isWithin(text, place) {
  const at = (index) => text[index] ?? "";
  let [before, behind] = [at(place - 1), at(place)];
  if (kindOf(before) === "W" && !isDecimal(before)) before = isDecimal(behind) ? at(place - 2) : "";
  else if (kindOf(behind) === "W" && !isDecimal(behind)) behind = isDecimal(before) ? at(place + 1) : "";
  return [before, behind].every((each) => isDecimal(each) || kindOf(each) === "L");
}

const counted = (text) => {
  const plain = translated(text.normalize("NFKD"), RULES.vowels);
  return Array.from(translated(plain, RULES.same_glyph)).filter((letter) => !isFormat(letter)).sort().join("");
};

function agrees(actual, shown) {
  const all = Array.from(actual);
  const goesOn = all.every((letter, at) => {
    const before = all[at - 1];
    return at === 0 || isMark(letter.normalize("NFKD")) || RULES.viramas.includes(before) || isFormat(before) || isFormat(letter);
  });
  return all.length > 0 && goesOn && counted(translated(actual, RULES.split)) === counted(translated(shown, RULES.behind));
}

function areSaid(marks, before) {
  let left = counted(before);
  return Array.from(counted(marks)).every((mark) => {
    const there = left.includes(mark);
    left = left.replace(mark, "");
    return there && isMark(mark);
  });
}

// Fonts

const LETTERS_OF_FONT = /\d+ beginbfchar\n(?:<[0-9a-f]{4}> <[0-9a-f]*>\n)*endbfchar\n/g;
const AROUND_LETTERS = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;

async function readFont(pdf, font) {
  const below = pdf.get(font, "/DescendantFonts");
  const stream = pdf.get(font, "/ToUnicode");
  if (pdf.get(font, "/Subtype") !== "/Type0" || !Array.isArray(below) || below.length !== 1) throw new Wrong("a font is none of ours");
  const named = asLetters(await pdf.plain(stream));
  if (named.replaceAll(LETTERS_OF_FONT, "").trimEnd() !== AROUND_LETTERS) throw new Wrong("a font names its letters in a way that we do not use");
  const found = new Map();
  const blocks = Array.from(named.matchAll(LETTERS_OF_FONT), ([block]) => block).join("");
  for (const [, glyph, text] of blocks.matchAll(/<([0-9a-f]{4})> <([0-9a-f]*)>\n/g)) {
    const said = ofUnits(ofDigits(text));
    if (found.has(glyph)) throw new Wrong("a font names a glyph twice");
    found.set(glyph, DIRECTIONS.includes(said) ? "" : said);
  }
  const widths = new Map();
  const given = pdf.get(below[0], "/W") ?? [];
  for (let at = 0; at + 1 < given.length; at += 2) {
    const row = pdf.at(given[at + 1]);
    if (Array.isArray(row)) row.forEach((width, index) => widths.set((given[at] + index).toString(16).padStart(4, "0"), width));
  }
  return { letters: found, widths };
}

// Content

// What is said for pdfium beside glyphs on a line, one after the other, and their letters.
class Turned {
  constructor() {
    [this.said, this.waiting, this.doubtful, this.last] = [null, [], [], [0, 0, 0]];
  }

  end(letters) {
    this.waiting.push([this.said, letters]);
    this.said = null;
  }

  move(x, y) {
    const [after, line, size] = this.last;
    if (Math.abs(y - line) > RAISED * size) this.hold();
    else if (this.waiting.length && x - after > (TOUCHING - ROUNDED) * size) {
      if (x - after < (TOUCHING + ROUNDED) * size) this.doubtful.push(this.waiting.length);
      this.waiting.push([" ", " "]);
    }
  }

  hold() {
    const [waiting, doubtful] = [this.waiting, this.doubtful.slice(0, MOST_DOUBTFUL)];
    [this.waiting, this.doubtful] = [[], []];
    const told = (way, none = []) => waiting.flatMap((each, at) => (none.includes(at) ? [] : [each[way]])).join("");
    if (!told(1)) return;
    const choices = doubtful.reduce((sets, at) => [...sets, ...sets.map((set) => [...set, at])], [[]]);
    if (choices.some((none) => agreesWhenTurned(told(0, none), told(1, none)))) return;
    throw new Wrong(`it says “${told(0)}” beside glyphs that stand for “${told(1)}”`);
  }
}

// What a part of a page shows: lines as they follow each other, each read in both ways.
class Lines {
  constructor(fonts, budget, turned) {
    this.fonts = fonts;
    this.turned = turned;
    this.budget = budget;
    this.font = null;
    this.size = 0;
    this.start = [0, 0];
    this.width = 0;
    this.glyphs = [];
    this.said = null;
    this.beside = [];
    this.last = null;
    this.ways = [[], []];
    this.shows = false;
  }

  take(name, size) {
    if (!this.fonts.has(name)) throw new Wrong(`there is no font called ${name}`);
    [this.font, this.size] = [this.fonts.get(name), size];
  }

  move(x, y) {
    this.finish();
    this.start = [x, y];
    this.turned.move(x, y);
  }

  show(row) {
    if (this.font === null) throw new Wrong("a text is shown in no font");
    this.shows = true;
    for (const cell of row) {
      if (typeof cell === "number") {
        this.width -= (cell * this.size) / 1000;
        continue;
      }
      if (!(cell instanceof Bytes) || cell.text.length % 2) throw new Wrong("a text is not drawn as we do it");
      for (let at = 0; at < cell.text.length; at += 2) {
        const glyph = (cell.text.charCodeAt(at) * 256 + cell.text.charCodeAt(at + 1)).toString(16).padStart(4, "0");
        const letter = this.font.letters.get(glyph);
        if (letter === undefined) throw new Wrong(`glyph ${glyph} stands for no letter`);
        if ((this.budget.letters -= 1) < 0) throw new Wrong("it shows more letters than a brief can");
        if (this.said === null && letter) this.turned.hold();
        (this.said === null ? this.glyphs : this.beside).push(letter);
        this.width += ((this.font.widths.get(glyph) ?? 1000) * this.size) / 1000;
      }
    }
  }

  say(text) {
    if (this.said !== null) throw new Wrong("what it says beside its glyphs is in two ways");
    [this.said, this.beside] = [text, []];
  }

  sayTurned(text) {
    if (this.said === null || this.turned.said !== null || this.beside.length) throw new Wrong("what it says beside its glyphs is in two ways");
    this.turned.said = text;
  }

  unmark() {
    const [said, shown] = [this.said, this.beside.join("")];
    if (this.turned.said !== null) {
      if (translated(said, RULES.same_glyph) !== translated(shown, RULES.same_glyph).replaceAll("\u00a0", " ")) throw new Wrong(`it says “${said}” beside glyphs that stand for “${shown}”`);
      this.turned.end(said);
      this.glyphs.push(...said);
      [this.said, this.beside] = ["", []];
      return;
    }
    this.said = null;
    if (this.turned.waiting.length && said === "" && shown === "") return;
    this.turned.hold();
    if (said === NOTHING) {
      const before = this.glyphs.slice(-shown.length - NEAR).join("");
      if (!areSaid(shown, before)) throw new Wrong("it draws a text that it does not say");
    } else if (agrees(said, shown)) this.glyphs.push(said);
    else throw new Wrong(`it says “${said}” beside glyphs that stand for “${shown}”`);
  }

  finish() {
    if (this.said !== null) throw new Wrong("what it says beside its glyphs has no end");
    if (!this.glyphs.length) return;
    const [x, y] = this.start;
    const between = this.touches(x, x + this.width, y) ? "" : "\n";
    readings(this.glyphs).forEach((text, way) => this.ways[way].push(between, text));
    this.last = [x, x + this.width, y];
    this.turned.last = [x + this.width, y, this.size];
    [this.glyphs, this.width] = [[], 0];
  }

  touches(x, end, y) {
    if (this.last === null) return false;
    const [before, after, line] = this.last;
    const near = TOUCHING * this.size;
    return Math.abs(y - line) < near && (Math.abs(x - after) < near || Math.abs(end - before) < near);
  }

  get texts() {
    return this.ways.map((way) => way.join("").replace(/^\n+|\n+$/g, ""));
  }
}

// The pieces of a page: the number of each marked content, whether it is of a margin, what it shows.
function piecesOf(content, fonts, budget) {
  const values = new Values(content);
  const pieces = [];
  const turned = new Turned();
  let [operands, mark, lines, isPainted] = [[], null, new Lines(fonts, budget, turned), false];
  const part = (next) => {
    lines.finish();
    if (lines.shows) pieces.push({ number: mark?.number ?? null, inMargin: mark?.inMargin ?? false, readings: lines.texts });
    [mark, lines, isPainted] = [next, new Lines(fonts, budget, turned), false];
  };
  const begin = (properties) => {
    const spoken = properties instanceof Map && properties.get("/ActualText");
    if (spoken) {
      if (!["/Span", RULES.turned.tag].includes(operands[0]) || properties.size !== 1) throw new Wrong("it says a text in a way that we do not use");
      if (operands[0] === "/Span") lines.say(textOf(spoken));
      else lines.sayTurned(textOf(spoken));
    } else if (mark || lines.said !== null) throw new Wrong("its marked contents are not one after the other");
    else part(markOf(operands[0], properties));
  };
  const does = {
    __proto__: null,
    TJ: () => lines.show(Array.isArray(operands[0]) ? operands[0] : [null]),
    Tf: () => lines.take(operands[0], operands[1]),
    Tm: () => lines.move(operands[4], operands[5]),
    ET: () => lines.finish(),
    BMC: () => begin(null),
    BDC: () => begin(operands[1]),
    EMC: () => {
      if (lines.said !== null) lines.unmark();
      else if (mark && !isPainted && mark.number === null) throw new Wrong("a part of it shows nothing");
      else if (mark) part(null);
      else throw new Wrong("its marked contents are not one after the other");
    },
    Tr: () => {
      if (operands[0] !== 0) throw new Wrong("it shows a text so that nobody sees it");
    },
    Tz: () => {
      if (!(operands[0] > 0)) throw new Wrong("it shows a text so that nobody sees it");
      throw new Wrong("it sets a text wider or narrower than we do");
    },
  };
  while (!values.isAtEnd) {
    const value = values.next();
    if (!(value instanceof Word)) {
      if (operands.push(value) > 100) throw new Wrong("it is not drawn as we do it");
      continue;
    }
    isPainted ||= value.text === "TJ" || (PAINTS[value.text] ?? []).length > 0;
    if (value.text in does) does[value.text]();
    else if (!OPERATORS.has(value.text)) throw new Wrong(`“${value.text}” is not drawn as we do it`);
    operands = [];
  }
  if (mark || operands.length) throw new Wrong("its marked contents are not one after the other");
  part(null);
  turned.hold();
  return pieces;
}

function markOf(tag, properties) {
  if (properties === null) return { number: null, inMargin: false };
  if (!(properties instanceof Map)) throw new Wrong("it marks a content in a way that we do not use");
  const [number, keys] = [properties.get("/MCID"), [...properties.keys()].join()];
  if (tag !== "/Artifact" && keys === "/MCID" && Number.isInteger(number)) return { number, inMargin: false };
  const inMargin = tag === "/Artifact" && properties.get("/Type") === "/Pagination" && IN_MARGIN.includes(properties.get("/Subtype"));
  if (!inMargin || properties.size !== 2) throw new Wrong("it marks a content in a way that we do not use");
  return { number: null, inMargin };
}
