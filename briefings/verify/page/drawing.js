// What a page of a PDF of ours paints, in order: areas and texts, each with where, in which colour, within which frame; and
// as it is written, all that is beside its texts.

const UNSEEN_WAY = "it is not drawn as we do it";
const STEPS_OF_CURVE = 8;
const MOST_POINTS = 2_000_000;
const NEAREST = 0.3;
const AHEAD = 0.13; // as far as our fonts set letters apart
const IDENTITY = [1, 0, 0, 1, 0, 0];
const BLACK = [0, 0, 0];
const PAINTS = { f: ["fill", false], "f*": ["fill", true], S: ["stroke"], s: ["stroke"], B: ["both", false], "B*": ["both", true], b: ["both", false], "b*": ["both", true], n: [] };
const CLOSES = ["s", "b", "b*"];
const IN_TEXT = ["Tf", "Tm", "Ts", "TJ", "BDC", "EMC", "ET"];
const OF_STATE = ["/ca", "/CA", "/Type"];
const COLOUR_BEHIND = { "/a1.0": "rg", "/A1.0": "RG" };
const COLOURED = { fill: ["rg"], stroke: ["RG"], both: ["rg", "RG"] };
const UNSET = "its drawing is not set as we do it";
const USELESS = ["q Q", "ET BT", "Tf Tf", "rg rg"]; // one behind the other, which does nothing

// One way of placing things, and then another.
const combined = ([a, b, c, d, e, f], [g, h, i, j, k, l]) => [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
const placed = ([a, b, c, d, e, f], x, y) => [a * x + c * y + e, b * x + d * y + f];
const determinant = ([a, b, c, d]) => a * d - b * c;

// A frame around points: left, bottom, right, top.
function frameOf(points) {
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    frame[0] = Math.min(frame[0], x);
    frame[1] = Math.min(frame[1], y);
    frame[2] = Math.max(frame[2], x);
    frame[3] = Math.max(frame[3], y);
  }
  return frame;
}

const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
const shared = (one, other) => [Math.max(one[0], other[0]), Math.max(one[1], other[1]), Math.min(one[2], other[2]), Math.min(one[3], other[3])];

// Lines that enclose an area, by one of the two rules of what is within.
class Area {
  constructor(lines, isEvenOdd) {
    [this.lines, this.isEvenOdd, this.frame] = [lines, isEvenOdd, frameOf(lines.flat())];
  }

  has(x, y) {
    let [turns, crossings] = [0, 0];
    for (const line of this.lines)
      for (let at = 0, before = line.length - 1; at < line.length; before = at, at += 1) {
        const [[x1, y1], [x2, y2]] = [line[before], line[at]];
        if (y1 > y === y2 > y || x >= x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) continue;
        crossings += 1;
        turns += y2 > y1 ? 1 : -1;
      }
    return this.isEvenOdd ? crossings % 2 === 1 : turns !== 0;
  }
}

class Drawing {
  constructor(fonts, states) {
    [this.fonts, this.states] = [fonts, states];
    [this.texts, this.areas, this.beside] = [[], [], ""];
    this.state = { matrix: IDENTITY, fill: BLACK, stroke: BLACK, width: 1, frames: [], font: null, size: 0, rise: 0 };
    [this.kept, this.lines, this.at, this.clip, this.order, this.points, this.mark, this.margin, this.marks] = [[], [], null, null, 0, 0, null, null, new Set()];
    [this.known, this.due, this.isOdd] = [new Set(), null, false];
    this.move(null);
  }

  // Each colour is set with its state behind what took it back, and used only then.
  colour(operator, key, colour) {
    if (this.due === null && (!this.known.has(operator) || isSame(this.state[key], colour))) this.isOdd = true;
    this.known.add(operator);
    [this.due, this.state[key]] = [null, colour];
  }

  hold(kind) {
    this.isOdd ||= !(COLOURED[kind] ?? []).every((operator) => this.known.has(operator));
  }

  add(x, y, isFirst) {
    if ((this.points += 1) > MOST_POINTS) throw new Wrong("it draws more than a brief can");
    const point = placed(this.state.matrix, x, y);
    if (isFirst) this.lines.push([point]);
    else if (!this.lines.length) throw new Wrong(UNSEEN_WAY);
    else this.lines.at(-1).push(point);
    this.at = [x, y];
  }

  curve(x1, y1, x2, y2, x3, y3) {
    const [x, y] = this.at ?? [0, 0];
    for (let step = 1; step <= STEPS_OF_CURVE; step += 1) {
      const [t, u] = [step / STEPS_OF_CURVE, 1 - step / STEPS_OF_CURVE];
      const between = (a, b, c, d) => u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d;
      this.add(between(x, x1, x2, x3), between(y, y1, y2, y3));
    }
  }

  rectangle(x, y, width, height) {
    this.add(x, y, true);
    this.add(x + width, y);
    this.add(x + width, y + height);
    this.add(x, y + height);
    this.close();
  }

  close() {
    const line = this.lines.at(-1);
    if (!line) throw new Wrong(UNSEEN_WAY);
    line.push(line[0]);
    this.at = null;
  }

  paint([kind, isEvenOdd]) {
    const { state, lines } = this;
    this.hold(kind);
    if (kind === "fill" || kind === "both") this.cover(new Area(lines, isEvenOdd), state.fill);
    if (kind === "stroke" || kind === "both") this.cover(new Area(lines.flatMap((line) => this.stroked(line)), false), state.stroke);
    if (this.clip !== null) state.frames = [...state.frames, new Area(lines, this.clip)];
    [this.lines, this.clip, this.at] = [[], null, null];
  }

  cover(area, colour) {
    if (area.lines.length) this.areas.push({ area, colour, frames: this.state.frames, order: (this.order += 1), mark: this.mark });
  }

  // A line as wide as it is drawn, piece by piece, at its ends and turns too.
  stroked(line) {
    const half = Math.max((this.state.width * Math.sqrt(Math.abs(determinant(this.state.matrix)))) / 2, 0.05);
    return line.slice(1).flatMap(([x, y], turn) => {
      const [a, b] = line[turn];
      const length = Math.hypot(x - a, y - b);
      if (!length) return [];
      const [dx, dy] = [((x - a) / length) * half, ((y - b) / length) * half];
      return [[[a - dx + dy, b - dy - dx], [x + dx + dy, y + dy - dx], [x + dx - dy, y + dy + dx], [a - dx - dy, b - dy + dx]]];
    });
  }

  // All is painted whole: nothing shines through.
  use(name) {
    const own = this.states.get(name);
    if (!own) throw new Wrong(UNSEEN_WAY);
    for (const [key, value] of own) if (!OF_STATE.includes(key) || (key !== "/Type" && value !== 1)) throw new Wrong(UNSEEN_WAY);
    this.due = COLOUR_BEHIND[name] ?? null;
  }

  move(matrix) {
    [this.text, this.along, this.reach] = [matrix, 0, null];
  }

  // A row of glyphs, which follow each other from left to right: the frame of what they draw, and the room of its letters.
  show(row) {
    const { state } = this;
    if (!this.text || !state.font) throw new Wrong(UNSEEN_WAY);
    this.hold("fill");
    const { isTight, isOurs } = state.font;
    const corners = [];
    let [said, from, to] = ["", Infinity, 0];
    for (const cell of row) {
      if (typeof cell === "number") this.along -= (cell * state.size) / 1000;
      for (let at = 0; cell instanceof Bytes && at < cell.text.length; at += 2) {
        const glyph = cell.text.charCodeAt(at) * 256 + cell.text.charCodeAt(at + 1);
        const digits = glyph.toString(16).padStart(4, "0");
        const width = ((state.font.widths.get(digits) ?? 1000) * state.size) / 1000;
        const ink = state.font.face.frame(glyph)?.map((each) => each * state.size);
        const letter = state.font.letters.get(digits) ?? "";
        // A space is as wide as it is: what stands behind it does not stand further off.
        if (ink || (isTight && width && this.reach !== null)) this.follow(this.along, this.along + width, letter, !ink);
        else if (!isOurs && this.reach !== null) this.reach = Math.max(this.reach, this.along + width);
        if (ink) {
          corners.push([this.along + ink[0], state.rise + ink[1]], [this.along + ink[2], state.rise + ink[3]]);
          [from, to] = [Math.min(from, this.along), Math.max(to, this.along + width)];
        }
        said += letter;
        this.along += width;
      }
    }
    if (!corners.length) return;
    const matrix = combined(this.text, state.matrix);
    const ink = frameOf(corners);
    const frame = frameOf([[ink[0], ink[1]], [ink[2], ink[1]], [ink[2], ink[3]], [ink[0], ink[3]]].map(([x, y]) => placed(matrix, x, y)));
    const [[start, line], [end]] = [placed(matrix, from, 0), placed(matrix, to, 0)];
    this.texts.push({ matrix, frame, line, room: [start, end], said, size: state.size * matrix[0], colour: state.fill, source: state.font.source, frames: state.frames, order: (this.order += 1), mark: this.mark, margin: this.margin });
  }

  // A glyph stands behind the one before it, close to it; marks stand over or under what is there, and so may what draws
  // nothing, and parts of letters in a font that is none of ours, which is no pass.
  follow(from, to, letter, isBlank) {
    const { size, rise, font } = this.state;
    const isMark = isMarkAlone(letter);
    const mayStack = isMark || isBlank || !font.isOurs;
    const [near, ahead] = [NEAREST * size, (font.isTight ? AHEAD : NEAREST) * size];
    const isThere = this.reach === null || (mayStack ? to > -near && from < this.reach + near : from > this.reach - near && from < this.reach + ahead);
    if (!isThere || (rise && !mayStack)) throw new Wrong("its letters do not stand side by side");
    if (!isMark || !font.isOurs) this.reach = Math.max(this.reach ?? 0, to);
  }
}

const isMarkAlone = (letter) => letter !== "" && Array.from(letter).every((each) => isMark(each));

// All that a content paints.
function drawn(content, fonts, states) {
  const values = new Values(content);
  const drawing = new Drawing(fonts, states);
  let [operands, from, before] = [[], 0, ""];
  const set = (key, value) => (drawing.state[key] = value);
  const does = {
    __proto__: null,
    q: () => drawing.kept.push({ ...drawing.state }),
    Q: () => {
      if (!drawing.kept.length) throw new Wrong(UNSEEN_WAY);
      drawing.state = drawing.kept.pop();
      drawing.known.clear();
    },
    cm: () => set("matrix", combined(operands, drawing.state.matrix)),
    gs: () => drawing.use(operands[0]),
    rg: () => drawing.colour("rg", "fill", operands),
    RG: () => drawing.colour("RG", "stroke", operands),
    w: () => set("width", operands[0]),
    m: () => drawing.add(operands[0], operands[1], true),
    l: () => drawing.add(operands[0], operands[1]),
    c: () => drawing.curve(...operands),
    re: () => drawing.rectangle(...operands),
    h: () => drawing.close(),
    W: () => (drawing.clip = false),
    "W*": () => (drawing.clip = true),
    BT: () => {
      drawing.beside += content.slice(from, values.place).replace(/BT\s$/, "");
      drawing.move(IDENTITY);
    },
    ET: () => {
      from = values.place;
      drawing.move(null);
    },
    Tf: () => {
      set("font", fonts.get(operands[0]) ?? null);
      set("size", operands[1]);
    },
    Tm: () => drawing.move(operands),
    Ts: () => set("rise", operands[0]),
    TJ: () => drawing.show(operands[0]),
    BDC: () => {
      if (operands[1] instanceof Map && operands[1].has("/ActualText")) return;
      const { number, inMargin } = markOf(operands[0], operands[1]);
      [drawing.mark, drawing.margin] = [number, inMargin ? { part: operands[1].get("/Subtype"), said: "", looks: new Set() } : null];
      if (number !== null) drawing.marks.add(number);
    },
    BMC: () => ([drawing.mark, drawing.margin] = [null, null]),
  };
  while (!values.isAtEnd) {
    const value = values.next();
    if (!(value instanceof Word)) {
      operands.push(value);
      continue;
    }
    const { text } = value;
    if ((drawing.due !== null && text !== drawing.due) || USELESS.includes(`${before} ${text}`)) [drawing.isOdd, drawing.due] = [true, null];
    before = text;
    if (drawing.text && !IN_TEXT.includes(text)) throw new Wrong(`“${text}” ${UNSEEN_WAY}`);
    if (text in does) does[text]();
    else if (Object.hasOwn(PAINTS, text)) {
      if (CLOSES.includes(text)) drawing.close();
      drawing.paint(PAINTS[text]);
    } else if (!["EMC", "J", "j", "M", "d"].includes(text)) throw new Wrong(`“${text}” ${UNSEEN_WAY}`);
    operands = [];
  }
  drawing.beside += content.slice(from);
  return drawing;
}
