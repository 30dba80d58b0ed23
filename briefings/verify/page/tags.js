// The words of a PDF of ours in the order of its tags, and where its links lead.

const PRINTED = 4; // the one flag of a link: it is neither hidden nor locked
const GENERATED = "generated";
const BESIDE = 1; // points, by which a line is wider than what it is drawn around
const MOST_PAGES = 20_000;
const SAYING_TAGS = ["/H1", "/H2", "/H3", "/H4", "/P", "/TH", "/Caption", "/Link", "/LBody"];
const TELLING_TAGS = ["/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/Caption"];
const OF_TREE = ["/Type", "/ParentTree", "/K"];
const OF_TAG = ["/Type", "/S", "/K", "/Pg", "/P", "/A", "/T", "/ID", "/Lang", "/ActualText", "/Alt"];
const OF_WAY = ["/O", "/Placement", "/BBox", "/Scope", "/Headers"];
const OF_OUTLINE = ["/Type", "/Count", "/First", "/Last"];
const OF_BOOKMARK = ["/Title", "/Dest", "/Count", "/Prev", "/Next", "/First", "/Last", "/Parent"];
const OTHERWISE = "its bookmarks follow each other in more than one way";
const OTHER_SIGNS = / {2}|[^\n -~]|[%+#]| \n|\n[ \n]|[\s[>-]0\d/;
const IN_A_LINE = ["/Span", "/Link", "/Em", "/Strong", "/Quote", "/Code"];

// All pieces in the order of the tags; those in margins; those that no tag mentions; links; faults.
async function readPaper(pdf) {
  const { root } = pdf;
  const pages = pagesOf(pdf, root);
  const numbers = new Map(pages.map((page, index) => [page.number, index + 1]));
  const fonts = await fontsOf(pdf, pages);
  const budget = { letters: MOST_LETTERS };
  const paper = { pages: pages.length, pieces: [], margins: [], marginLooks: [], drawn: [], loose: [], links: [], faults: [], looks: [], unknown: [], margined: new Map(), painted: new Map(), begun: new Set(), linked: [], tags: [], titles: new Set(), alternatives: [] };
  const [faces, spots] = [await facesOf(pdf, pages, fonts, paper), new Map()];
  paper.spots = spots;
  const marked = new Map();
  const fail = (page, text) => paper.faults.push([page, text]);
  for (const [index, page] of pages.entries()) {
    const number = index + 1;
    try {
      const content = asLetters(await pdf.plain(pdf.get(page, "/Contents")));
      if (OTHER_SIGNS.test(content)) fail(number, "the page is none of our ways to write");
      if (faces) lookAt(pdf, page, number, content, faces, paper, spots);
      for (const piece of piecesOf(content, fonts, budget)) {
        const key = `${number} ${piece.number}`;
        if (piece.number !== null && !marked.has(key)) marked.set(key, { page: number, ...piece });
        else (piece.inMargin ? paper.margins : paper.loose).push({ page: number, ...piece });
      }
      paper.links.push(...linksOf(pdf, page, number, fail));
    } catch (error) {
      fail(number, `the page can’t be read: ${reasonOf(error)}`);
    }
  }
  for (const key of pdf.at(root).keys()) if (!RULES.catalog.includes(key)) fail(null, `it asks for what no brief does: ${key.slice(1)}`);
  await findHiddenText(pdf, fonts, budget, fail);
  paper.bookmarks = bookmarksOf(pdf, pdf.get(root, "/Outlines"), numbers, fail);
  paper.spotsOfPlaces = destinations(pdf, root, numbers);
  paper.places = new Map(Array.from(paper.spotsOfPlaces, ([name, { page }]) => [name, page]));
  const tree = { parents: parentsIn(pdf, root), pdf, paper, marked, numbers, places: paper.places, pieces: paper.pieces, used: new Set(), seen: new Set() };
  readTags(tree, pdf.get(root, "/StructTreeRoot"), null, 0, { generated: false, leads: null, spoken: null, part: null, said: { kind: null, scope: null, language: textOf(pdf.get(root, "/Lang")), address: null } });
  if (faces) paper.looks.push(...astray(paper.pieces, spots));
  for (const [key, piece] of marked) if (!tree.used.has(key)) paper.loose.push(piece);
  for (const key of paper.begun) if (!tree.used.has(key)) paper.looks.push([Number(key.split(" ")[0]), "a part of it is in no tag"]);
  return paper;
}

const reasonOf = (error) => (error instanceof Wrong ? error.message : "an object in it is not what we write there");

// An object says nothing besides what we write in such a one.
function holdTo(object, known, what) {
  const other = [...object.keys()].find((key) => !known.includes(key));
  if (other) throw new Wrong(`${what} says what none of ours does: ${other.slice(1)}`);
}

function pagesOf(pdf, root) {
  const tree = pdf.get(root, "/Pages");
  const kids = pdf.get(tree, "/Kids");
  if (!Array.isArray(kids) || kids.length > MOST_PAGES || pdf.get(tree, "/Count") !== kids.length) throw new Wrong("it does not list its pages as we do");
  for (const kid of kids) if (!(kid instanceof Ref) || pdf.get(kid, "/Type") !== "/Page") throw new Wrong("it does not list its pages as we do");
  if ([...pdf.at(tree).keys()].some((key) => !["/Type", "/Kids", "/Count"].includes(key))) throw new Wrong("it asks of all pages what no brief does");
  if (new Set(kids.map((kid) => kid.number)).size !== kids.length) throw new Wrong("it has a page twice");
  return kids;
}

async function fontsOf(pdf, pages) {
  const named = new Map();
  for (const page of pages)
    for (const [name, font] of pdf.get(pdf.get(page, "/Resources") ?? new Map(), "/Font") ?? []) {
      if (!(font instanceof Ref) || (named.get(name) ?? font).number !== font.number) throw new Wrong(`more than one font is called ${name}`);
      named.set(name, font);
    }
  const fonts = new Map();
  for (const [name, font] of named) fonts.set(name, await readFont(pdf, font));
  return fonts;
}

// A drawing that pages use again is none of the text: whatever words it shows stand in no tag.
async function findHiddenText(pdf, fonts, budget, fail) {
  for (const object of pdf.objects.values()) {
    if (!(object instanceof Stream)) continue;
    const { dictionary } = object;
    if (dictionary.get("/Subtype") !== "/Form" && dictionary.get("/PatternType") !== 1) continue;
    for (const piece of piecesOf(asLetters(await pdf.plain(object)), fonts, budget)) fail(null, `a drawing shows a text that no tag mentions: “${shownBy(piece)}”`);
  }
}

// Links

function linksOf(pdf, page, number, fail) {
  const links = [];
  if (pdf.get(page, "/Tabs") !== "/S") fail(number, "it leads from link to link otherwise than its tags do");
  for (const key of pdf.at(page).keys()) if (!RULES.page.includes(key)) fail(number, `the page asks for what no brief does: ${key.slice(1)}`);
  for (const kid of pdf.get(page, "/Annots") ?? []) {
    const note = pdf.at(kid);
    const [target, action] = [pdf.get(note, "/Dest"), pdf.get(note, "/A")];
    const isOurs = pdf.get(note, "/Subtype") === "/Link" && pdf.get(note, "/F") === PRINTED && isUnframed(pdf, note) && [...note.keys()].every((key) => RULES.link.includes(key)) && (target === null) !== (action === null);
    const address = action === null ? null : addressOf(pdf, action);
    if (!isOurs || (target === null && address === null)) fail(number, "something lies on the page that is no link");
    else links.push({ note, page: number, rect: pdf.get(note, "/Rect"), target: target === null ? null : textOf(target), address, spoken: note.has("/Contents") ? textOf(pdf.get(note, "/Contents")) : "" });
  }
  return links;
}

// A link has no frame of its own, which would be drawn, however wide.
const isUnframed = (pdf, note) => note.has("/BS") && isSame(pdf.get(note, "/BS"), new Map([["/W", 0]]));

function addressOf(pdf, action) {
  const known = [...action.keys()].every((key) => ["/Type", "/S", "/URI"].includes(key));
  return known && pdf.get(action, "/S") === "/URI" ? textOf(pdf.get(action, "/URI")) : null;
}

// Where a link leads, as a page has it.
function addressIn(pdf, note) {
  const [target, action] = [pdf.get(note, "/Dest"), pdf.get(note, "/A")];
  return target === null ? action && addressOf(pdf, action) : `#${textOf(target)}`;
}

// The page of each place that has a name.
function destinations(pdf, root, numbers) {
  const places = new Map();
  const names = pdf.get(root, "/Names");
  const named = names && pdf.get(names, "/Dests");
  if (named) holdTo(named, ["/Names"], "what names its places");
  const pairs = (named && pdf.get(named, "/Names")) ?? [];
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const place = pdf.at(pairs[at + 1]);
    const name = textOf(pairs[at]);
    if (places.has(name)) throw new Wrong(`two places are called ${name}`);
    if (!isPlace(place)) throw new Wrong(`a place is not told of as we do it: ${name}`);
    places.set(name, placeOf(place, numbers));
  }
  return places;
}

// An upper left corner on a page, which is shown as large as it was.
const isPlace = (place) => Array.isArray(place) && place.length === 5 && place[0] instanceof Ref && place[1] === "/XYZ" && Number.isFinite(place[2]) && Number.isFinite(place[3]) && place[4] === 0;
const placeOf = ([page, , left, top], numbers) => ({ page: numbers.get(page.number) ?? 0, left, top });

// All bookmarks in their order, each at its level: whichever way one goes through them, they are the same.
function bookmarksOf(pdf, outline, numbers, fail) {
  const titles = [];
  const seen = new Set();
  const below = (around, level) => {
    let [before, item, count] = [null, pdf.get(around, "/First"), 0];
    while (item !== null) {
      if (seen.has(item) || level > DEEPEST) throw new Wrong("its bookmarks lead in a circle");
      seen.add(item);
      holdTo(item, OF_BOOKMARK, "a bookmark");
      if (!isPlace(pdf.get(item, "/Dest"))) throw new Wrong("a bookmark does not lead to a place as we do it");
      titles.push({ title: textOf(pdf.get(item, "/Title")), level, ...placeOf(pdf.get(item, "/Dest"), numbers) });
      count += 1 + below(item, level + 1);
      if (pdf.get(item, "/Parent") !== around || pdf.get(item, "/Prev") !== before) fail(null, OTHERWISE);
      [before, item] = [item, pdf.get(item, "/Next")];
    }
    if (pdf.get(around, "/Last") !== before || pdf.get(around, "/Count") !== count) fail(null, OTHERWISE);
    return count;
  };
  if (!outline) return titles;
  holdTo(outline, OF_OUTLINE, "a bookmark");
  below(outline, 1);
  return titles;
}

// Tags

function readTags(tree, element, page, depth, around) {
  if (depth > DEEPEST) throw new Wrong("its tags nest too deep");
  const { pdf } = tree;
  if (tree.seen.has(element)) throw new Wrong("two tags stand for one text");
  tree.seen.add(element);
  if (!(element instanceof Map)) throw new Wrong("an object in it is not what we write there");
  holdTo(element, depth ? OF_TAG : OF_TREE, "a tag");
  const own = element.get("/Pg") instanceof Ref ? tree.numbers.get(element.get("/Pg").number) ?? null : page;
  const kids = [pdf.get(element, "/K") ?? []].flat().map((kid) => pdf.at(kid));
  const title = pdf.get(element, "/T");
  const link = kids.find((kid) => isReference(kid));
  const target = link && pdf.get(pdf.get(link, "/Obj"), "/Dest");
  const kind = pdf.get(element, "/S");
  const way = pdf.get(element, "/A") ?? new Map();
  holdTo(way, OF_WAY, "a tag");
  if (way.has("/Placement") && way.get("/Placement") !== "/Block") throw new Wrong("a tag says what none of ours does: Placement");
  if (way.has("/BBox") && !isFrameOf(pdf.get(way, "/BBox"), kids.map((kid) => tree.paper.painted.get(`${own} ${kid}`)))) tree.paper.looks.push([own, "a picture is not where its tag says"]);
  const tag = tree.paper.tags.push([kind, around.tag ?? null, element.has("/ID") ? textOf(pdf.get(element, "/ID")) : null, pdf.get(way, "/Scope"), (pdf.get(way, "/Headers") ?? []).map(textOf)]) - 1;
  const inner = {
    tag,
    said: saidAround(pdf, element, kind, link, around.said),
    part: IN_A_LINE.includes(kind) ? around.part : { kind, around: around.part, turn: around.part ? (around.part.parts += 1) : 0, parts: 0 },
    generated: around.generated || (title !== null && textOf(title) === GENERATED),
    leads: target ? textOf(target) : around.leads,
    spoken: spokenBy(pdf, element, kids),
  };
  const { titles, alternatives, linked } = tree.paper;
  if (element.has("/ID") && !CELLS.includes(kind)) throw new Wrong("a tag says what none of ours does: ID");
  if (title !== null) titles.add(textOf(title));
  if (element.has("/Alt")) alternatives.push([textOf(pdf.get(element, "/Alt")), tree.pieces.length]);
  const before = tree.pieces.length;
  for (const kid of kids) {
    if (Number.isInteger(kid)) addPiece(tree, kid, own, element, inner);
    else if (!isReference(kid)) readTags(tree, kid, own, depth + 1, inner);
  }
  for (const each of kids.filter(isReference)) {
    const note = pdf.get(each, "/Obj");
    if (pdf.at(tree.parents.get(pdf.get(note, "/StructParent"))) !== element) throw new Wrong("a link is listed under another tag than its own");
    linked.push({ note, page: own, from: before, pieces: tree.pieces.slice(before) });
  }
  if (SAYING_TAGS.includes(kind) && tree.pieces.length === before) tree.paper.looks.push([own, `a part of it is empty: ${kind.slice(1)}`]);
}

// Whether a frame is that of all that is painted, a hair aside.
const isFrameOf = (frame, [painted]) => painted !== undefined && frame.every((side, at) => Math.abs(side - painted[at]) < BESIDE);

// The tags of each page's texts, and of each link, as they are listed once more: by its turn.
function parentsIn(pdf, root) {
  const listed = pdf.get(pdf.get(pdf.get(root, "/StructTreeRoot"), "/ParentTree"), "/Nums");
  const pairs = Array.from({ length: listed.length / 2 }, (_, at) => [listed[2 * at], pdf.at(listed[2 * at + 1])]);
  return new Map(pairs);
}

// What is said around a text: the last word on each counts.
function saidAround(pdf, element, kind, link, around) {
  const isTelling = TELLING_TAGS.includes(kind);
  const note = link && pdf.get(link, "/Obj");
  return {
    kind: isTelling ? kind : around.kind,
    scope: isTelling ? pdf.get(pdf.get(element, "/A") ?? new Map(), "/Scope") : around.scope,
    language: element.has("/Lang") ? textOf(pdf.get(element, "/Lang")) : around.language,
    address: note ? addressIn(pdf, note) : around.address,
  };
}

const isReference = (kid) => kid instanceof Map && kid.get("/Type") === "/OBJR";

function spokenBy(pdf, element, kids) {
  if (element.has("/E") || (element.has("/Alt") && element.get("/S") !== "/Figure")) throw new Wrong("a tag says something that no page shows");
  if (!element.has("/ActualText")) return null;
  if (kids.length !== 1 || !Number.isInteger(kids[0])) throw new Wrong("a tag says something for more than one text");
  return textOf(pdf.get(element, "/ActualText"));
}

function addPiece(tree, number, page, element, { generated, leads, spoken, part, said, tag }) {
  if (page === null) return; // of a page that is not there: its words are missed
  const key = `${page} ${number}`;
  if (tree.used.has(key)) throw new Wrong("two tags stand for one text");
  tree.used.add(key);
  if (tree.pdf.at(tree.parents.get(page - 1)?.[number]) !== element) throw new Wrong("a text is listed under another tag than its own");
  if (!tree.paper.begun.has(key)) tree.paper.looks.push([page, "a tag stands for a text that is not there"]);
  const piece = tree.marked.get(key);
  const isNumber = generated && leads !== null;
  if (!piece && !isNumber && !(spoken ?? "").trim()) return; // a picture, or an empty line
  const target = isNumber ? (tree.places.get(leads) ?? 0) : null;
  tree.pieces.push({ page, number, readings: piece?.readings ?? ["", ""], generated, target, leads, spoken, part, said, tag });
}

const shownBy = (piece) => piece.readings[0].replace(/\s+/g, " ").trim();
