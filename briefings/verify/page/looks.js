// Whether a reader sees each word of a page: large enough, upright, within the sheet, in a colour that stands out from
// what is under it, and with nothing on it.

const LEAST_SIZE = 6;
const LEAST_CONTRAST = 3;
const MOST_EDGES = 12;
const MOST_LOST = 0.35; // as much as a line takes that a single digit stands across
const INNER = 0.12;
const WHITE = [1, 1, 1];

const BOXES = ["/MediaBox", "/TrimBox", "/BleedBox", "/CropBox"];
const CELLS = ["/TD", "/TH"];
const OVER = 3; // points, by which a letter may stand out of its room
const [BELOW, ABOVE] = [0.3, 0.8]; // of its size, from the line that a text stands on
const LEAST_PART = 1e-6; // of a room, which is more than the ends of numbers
const HAIR = 0.06; // of its size, as a row of a table is ruled at most
const RULED = "a line is drawn through a text, or close to it";

// The fonts of all pages with the faces that draw them, if all of these are ours; what is wrong with them.
async function facesOf(pdf, pages, fonts, paper) {
  const faces = new Map();
  // Beside words that run to the left, or in a font that is none of ours, a gap may be a space of another font.
  const runsRight = !Array.from(textOf(pdf.get(pdf.get(pdf.table, "/Info"), "/Title"))).some((letter) => classOf(letter) === "R");
  try {
    for (const page of pages)
      for (const [name, font] of pdf.get(pdf.get(page, "/Resources"), "/Font") ?? []) {
        if (faces.has(name)) continue;
        const drawnBy = await faceOf(pdf, font);
        const { faults, unknown, source } = await unlikeFace(fonts.get(name), drawnBy);
        paper.looks.push(...faults.map((fault) => [null, fault]));
        if (unknown) paper.unknown.push(unknown);
        faces.set(name, { ...fonts.get(name), face: drawnBy.face, isOurs: !unknown, source });
      }
    const isTight = runsRight && [...faces.values()].every(({ isOurs }) => isOurs);
    for (const face of faces.values()) face.isTight = isTight;
    return faces;
  } catch (error) {
    paper.looks.push([null, error instanceof Wrong ? error.message : DAMAGED]);
    return null;
  }
}

// How a page looks: what is wrong with it, and where each marked piece stands.
function lookAt(pdf, page, number, content, faces, paper, spots) {
  const fail = (text) => paper.looks.push([number, text]);
  try {
    const [left, bottom, ...size] = pdf.get(page, "/MediaBox");
    const isCut = BOXES.some((box) => pdf.at(page).has(box) && !isSame(pdf.get(page, box), [0, 0, ...size]));
    if (left || bottom || isCut || !RULES.sheets.some((sheet) => isSame(sheet, size))) fail("the page is cut otherwise than a sheet of ours");
    if (pdf.at(page).has("/Group")) fail("the page asks for what no brief does: Group");
    const states = new Map([...(pdf.get(pdf.get(page, "/Resources"), "/ExtGState") ?? [])].map(([name, state]) => [name, pdf.at(state)]));
    const drawing = drawn(content, faces, states);
    paper.drawn.push([number, drawing.beside, size[1]]);
    if (drawing.isOdd) fail(UNSET);
    for (const fault of unseenOn(drawing, [0, 0, ...size])) fail(fault);
    for (const mark of drawing.marks) paper.begun.add(`${number} ${mark}`);
    const areas = drawing.areas.map((each) => ({ ...each, frame: bounds(each) }));
    if (areas.some(({ colour }) => !isOurColour(colour))) fail("something on it is painted in a colour that none of ours is");
    for (const { frame, mark } of areas) if (mark !== null) paper.painted.set(`${number} ${mark}`, around(frame, paper.painted.get(`${number} ${mark}`) ?? frame));
    for (const text of drawing.texts) {
      if (!isOurColour(text.colour)) fail(`a text has a colour that none of ours has: “${text.said.trim()}”`);
      const isOnLine = isRuled(text, areas);
      if (text.mark !== null) note(spots, `${number} ${text.mark}`, { ...text, isOnLine, look: lookOf(text) }, text.frame[3] > size[1] - RULES.edges.above + OVER);
      else if (isOnLine) fail(`${RULED}: “${text.said.trim()}”`);
      text.margin?.looks.add(lookOf(text));
      if (text.margin) Object.assign(text.margin, { said: text.margin.said + text.said, line: text.line, size: text.size, frame: text.margin.frame ? around(text.margin.frame, text.frame) : text.frame });
      if (!isInItsRoom(text, number, size)) fail(`it stands in the margin, or the margin on the page: “${text.said.trim()}”`);
    }
    for (const margin of new Set(drawing.texts.flatMap((text) => text.margin ?? []))) {
      if (isElsewhere(paper.margined, margin)) fail(`a margin stands elsewhere than on another page: “${margin.said.trim()}”`);
      paper.marginLooks.push([number, margin.said, plainLooks(margin.looks)]);
    }
  } catch (error) {
    fail(`it can’t be told how the page looks: ${reasonOf(error)}`);
  }
}

const digitsOf = (colour) => colour.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("");
const isOurColour = (colour) => RULES.colours.includes(digitsOf(colour));

// Its size, its colour, which of our faces it has, and which could show it.
const lookOf = ({ size, colour, source, said }) => JSON.stringify([size, digitsOf(colour), ourFaces.indexOf(source), facesFor(said)]);

const plainLooks = (looks) => Array.from(looks, (each) => JSON.parse(each));

// Whether what a margin says stands otherwise on a page before: the numbers in it may be wider there.
function isElsewhere(margined, { part, said, line, size, frame: [left, , right] }) {
  const name = part + said.replace(/\p{Nd}+/gu, "0");
  if (!margined.has(name)) margined.set(name, { line, left, right });
  const known = margined.get(name);
  return Math.abs(known.line - line) > NEAREST || Math.min(Math.abs(known.left - left), Math.abs(known.right - right)) > 2 * size;
}

// Words stand between the margins, and what belongs to these does not; a title stands in that of the first page.
function isInItsRoom(text, number, [width, height]) {
  const { above, aside, below } = RULES.edges;
  const [inner, room] = [innerOf(text), [aside, below, width - aside, height - above]];
  if (text.mark === null) return text.margin?.part === "/Header" ? inner[1] > room[3] : text.margin?.part === "/Footer" && inner[3] < room[1];
  return inner[0] > room[0] - OVER && inner[2] < room[2] + OVER && inner[1] > room[1] - OVER && (number === 1 || inner[3] < room[3] + OVER);
}

function note(spots, key, { frame, line, room, size, look, isOnLine }, isTitle) {
  const known = spots.get(key);
  if (!known) spots.set(key, { frame, line, room, size, looks: new Set([look]), isTitle, isOnLine, isOne: true });
  else Object.assign(known, { looks: known.looks.add(look), frame: around(known.frame, frame), room: [Math.min(known.room[0], room[0]), Math.max(known.room[1], room[1])], isOne: known.isOne && isLevel(known, { line, size }), isOnLine: known.isOnLine || isOnLine });
}

const around = (one, other) => frameOf([one.slice(0, 2), one.slice(2), other.slice(0, 2), other.slice(2)]);
const isLevel = (one, other) => Math.abs(one.line - other.line) < RAISED * Math.max(one.size, other.size);

// Whether something is drawn through a text, or close over or under it: the ground that it stands on has one colour.
function isRuled({ frame: [left, , right], line, size }, areas) {
  const room = [left, line - BELOW * size, right, line + ABOVE * size];
  const near = areas.filter(({ frame }) => meet(frame, room));
  const grounds = Array.from(cellsOf(room, near), ([x, y, part]) => (part > LEAST_PART ? groundAt(near, x, y).join() : null));
  return new Set(grounds.filter((each) => each !== null)).size > 1;
}

// In a table no column reaches into the next, whichever way they follow.
function* astray(pieces, spots) {
  const tables = new Map();
  for (const piece of pieces) {
    const [cell, table] = [partAround(piece.part, CELLS), partAround(piece.part, ["/Table"])];
    const spot = spots.get(`${piece.page} ${piece.number}`);
    if (!cell || !spot) continue;
    if (!tables.has(table)) tables.set(table, new Map());
    const columns = tables.get(table);
    const known = columns.get(cell.turn);
    columns.set(cell.turn, { frame: known ? around(known.frame, spot.frame) : spot.frame, size: spot.size, piece });
  }
  for (const columns of tables.values()) {
    const all = Array.from(columns, ([turn, column]) => ({ turn, ...column })).sort((one, other) => one.turn - other.turn);
    const isBefore = (one, other) => one.frame[2] < other.frame[0] + NEAREST * one.size;
    const odd = all.slice(1).find((column, at) => !isBefore(all[at], column) && !isBefore(column, all[at]));
    if (odd) yield [odd.piece.page, `a cell stands in the column of another: “${shownBy(odd.piece)}”`];
  }
}

function partAround(part, kinds) {
  while (part && !kinds.includes(part.kind)) part = part.around;
  return part;
}

// How much brighter one colour is than another, as WCAG has it.
function contrast(one, other) {
  const [a, b] = [one, other].map((colour) => {
    const [red, green, blue] = colour.map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a, b) / Math.min(a, b);
}

const isAt = ({ area, frames }, x, y) => area.has(x, y) && frames.every((frame) => frame.has(x, y));
const groundAt = (areas, x, y) => areas.reduce((colour, area) => (isAt(area, x, y) ? area.colour : colour), WHITE);
const bounds = ({ area, frames }) => frames.reduce((all, { frame }) => shared(all, frame), area.frame);

// The fields into which the edges of some areas part a frame: their middles, and how much of it each is. Where there are
// too many of them, as many fields of one size.
function* cellsOf(frame, areas) {
  const [xs, ys] = [0, 1].map((axis) => {
    const [low, high] = [frame[axis], frame[axis + 2]];
    const inner = edgesIn(axis, low, high, areas);
    const all = inner ? [low, ...inner, high] : Array.from({ length: MOST_EDGES + 1 }, (_, at) => low + ((high - low) * at) / MOST_EDGES);
    return all.slice(1).map((each, at) => [(each + all[at]) / 2, (each - all[at]) / (high - low)]);
  });
  for (const [x, width] of xs) for (const [y, height] of ys) yield [x, y, width * height];
}

const edgesOf = (frame, areas) => [0, 1].map((axis) => edgesIn(axis, frame[axis], frame[axis + 2], areas));

function edgesIn(axis, low, high, areas) {
  const edges = new Set();
  for (const { area, frames } of areas)
    for (const { lines } of [area, ...frames])
      for (const line of lines)
        for (const point of line) if (point[axis] > low && point[axis] < high && edges.add(point[axis]).size > MOST_EDGES) return null;
  return [...edges].sort((a, b) => a - b);
}

// Whether an area covers anything of a frame; of one with more edges than ours have there, it is enough that it may.
function coversAny(frame, area) {
  return edgesOf(frame, [area]).includes(null) || [...cellsOf(frame, [area])].some(([x, y]) => isAt(area, x, y));
}

// Whether anything of a frame lies without an area that frames it; of one with more edges than ours have there, it may.
const cutsOff = (frame, area) => edgesOf(frame, [{ area, frames: [] }]).includes(null) || [...cellsOf(frame, [{ area, frames: [] }])].some(([x, y]) => !area.has(x, y));

// Of a text the frame, a little smaller than what it draws: what touches that covers nothing.
function innerOf({ frame: [left, bottom, right, top], size }) {
  const [dx, dy] = [Math.min((right - left) / 4, INNER * size), Math.min((top - bottom) / 4, INNER * size)];
  return [left + dx, bottom + dy, right - dx, top - dy];
}

function* unseenOn(drawing, sheet) {
  const areas = drawing.areas.map((each) => ({ ...each, frame: bounds(each) }));
  for (const text of drawing.texts) {
    const fault = faultOfText(text, areas, sheet);
    if (fault) yield `${fault}: “${text.said.trim()}”`;
  }
  yield* overlaid(drawing.texts);
}

function faultOfText(text, areas, sheet) {
  const [a, b, c, d] = text.matrix;
  const inner = innerOf(text);
  const corners = [[inner[0], inner[1]], [inner[2], inner[1]], [inner[2], inner[3]], [inner[0], inner[3]]];
  if (b || c || !(a > 0) || Math.abs(a - d) > a / 1000) return "it turns a text round";
  if (text.size < LEAST_SIZE) return "it shows a text too small to read";
  if (!corners.every(([x, y]) => x > sheet[0] && y > sheet[1] && x < sheet[2] && y < sheet[3])) return "it shows a text beside the sheet";
  if (text.frames.some((frame) => cutsOff(inner, frame))) return "it cuts a text off";
  const near = areas.filter(({ frame }) => meet(frame, inner));
  const [under, over] = [near.filter(({ order }) => order < text.order), near.filter(({ order }) => order > text.order)];
  const lying = over.filter((area) => coversAny(inner, area));
  if (lying.length > 1 || lying.some((area) => !isHairBelow(area, text))) return "something lies on a text";
  let lost = 0;
  for (const [x, y, part] of cellsOf(inner, under)) {
    if (contrast(text.colour, groundAt(under, x, y)) < LEAST_CONTRAST) lost += part;
  }
  return lost > MOST_LOST ? "a text does not stand out from what is under it" : "";
}

// What stands far below a line, as the dots of some letters do, may touch what rules the next row: that covers none of it.
const isHairBelow = ({ frame: [, bottom, , top] }, { line, size }) => top - bottom < HAIR * size && top < line - BELOW * size;

// Texts that lie on each other; marks alone belong on a letter.
function* overlaid(texts) {
  const upwards = texts.filter(({ said }) => !isMarkAlone(said.replace(/\p{Cf}/gu, ""))).map((text) => ({ text, inner: innerOf(text) })).sort((one, other) => one.inner[1] - other.inner[1]);
  for (const [turn, one] of upwards.entries())
    for (let next = turn + 1; next < upwards.length && upwards[next].inner[1] < one.inner[3]; next += 1)
      if (meet(one.inner, upwards[next].inner)) yield `two texts lie on each other: “${one.text.said.trim()}” and “${upwards[next].text.said.trim()}”`;
}
