// What pages of a PDF of ours show: their fonts, and their content piece by piece as it is marked.

const MOST_LETTERS = 30_000_000;
const NEAR = 4;
const TOUCHING = 0.15;
const OPERATORS = new Set(
  ("re m l c v y h n q Q S s w J j M i g G k K rg RG cm f F f* b b* B B* W W* BT " +
    "gs d cs CS sc SC scn SCN Do sh ri Tr Ts").split(" "),
);
const IN_MARGIN = ["/Header", "/Footer"];
const DIRECTIONS = ["\u200e", "\u200f"];
const NOTHING = "\0";

// Letters, by what Unicode says of them.

const CLASSES = new Map();

// The bidirectional class of a letter: L, R, D of digits, W within numbers, M of marks, or none.
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
const letters = (text) => joined(text).replace(/\s+/g, "");
const wordsIn = (text) => joined(text).match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];

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

async function readFont(pdf, font) {
  const below = pdf.get(font, "/DescendantFonts");
  const stream = pdf.get(font, "/ToUnicode");
  if (pdf.get(font, "/Subtype") !== "/Type0" || !Array.isArray(below) || below.length !== 1) throw new Wrong("a font is none of ours");
  const named = asLetters(await pdf.plain(stream));
  if (/beginbfrange|usecmap/.test(named)) throw new Wrong("a font names its letters in a way that we do not use");
  const found = new Map();
  for (const block of named.matchAll(/beginbfchar\n([^a-z]*(?:<[0-9a-f]{4}> <[0-9a-f]*>\n)*)endbfchar/g))
    for (const [, glyph, text] of block[1].matchAll(/<([0-9a-f]{4})> <([0-9a-f]*)>\n/g)) {
      const said = ofUnits(ofDigits(text));
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

// What a part of a page shows: lines as they follow each other, each read in both ways.
class Lines {
  constructor(fonts, budget) {
    this.fonts = fonts;
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
        (this.said === null ? this.glyphs : this.beside).push(letter);
        this.width += ((this.font.widths.get(glyph) ?? 1000) * this.size) / 1000;
      }
    }
  }

  say(text) {
    if (this.said !== null) throw new Wrong("what it says beside its glyphs is in two ways");
    [this.said, this.beside] = [text, []];
  }

  unmark() {
    const [said, shown] = [this.said, this.beside.join("")];
    this.said = null;
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
  let [operands, mark, lines] = [[], null, new Lines(fonts, budget)];
  const part = (next) => {
    lines.finish();
    if (lines.shows) pieces.push({ number: mark?.number ?? null, inMargin: mark?.inMargin ?? false, readings: lines.texts });
    [mark, lines] = [next, new Lines(fonts, budget)];
  };
  const begin = (properties) => {
    const spoken = properties instanceof Map && properties.get("/ActualText");
    if (spoken) {
      if (operands[0] !== "/Span" || properties.size !== 1) throw new Wrong("it says a text in a way that we do not use");
      lines.say(textOf(spoken));
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
    if (value.text in does) does[value.text]();
    else if (!OPERATORS.has(value.text)) throw new Wrong(`“${value.text}” is not drawn as we do it`);
    operands = [];
  }
  if (mark || operands.length) throw new Wrong("its marked contents are not one after the other");
  part(null);
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
