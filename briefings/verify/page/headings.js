// Headings of a PDF, its bookmarks and links: in the order of our pages, and where they say.

const HEADS = /^\/H[1-6]$/;
const OF_FRONT = ["bottom-line", "news", "disagree", "unknown", "trust", "contested", "outlook"]; // what stands without annex, too
const FARTHEST_OVER = 4; // times its size, that a place may be named over the words at it

// Those that are ours follow each other as our pages have them, each once; a list of contents says the same as they.
function* headingsAmiss(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const told = new Set(Array.from(edition.strings, letters));
  let last = -1;
  for (const { kind, all } of partsOf(line)) {
    const text = all.map((index) => line.texts[index]).join("");
    const places = told.has(text) ? [] : [...RULES.headings.keys()].filter((at) => RULES.headings[at][0] === kind && RULES.headings[at][1].includes(small(text)));
    if (!places.length) continue;
    const next = places.find((at) => at > last);
    if (next === undefined) yield [line.pieces[all[0]].page, `a heading stands where none of ours does: “${all.map((index) => saidBy(line.pieces[index])).join(" ").trim()}”`];
    else last = next;
  }
  const named = new Set(RULES.headings.flatMap(([, texts]) => texts));
  for (const [index, piece] of line.pieces.entries()) {
    const texts = RULES.captions[`h2[id="${piece.leads}"]`];
    const said = small(line.texts[index]);
    if (texts && named.has(said) && !texts.includes(said)) yield [piece.page, `it lists “${saidBy(piece).trim()}” among its contents, and that is headed otherwise`];
  }
}

// Bookmarks are the headings, in their order, each on the page on which that stands.
function* headedAmiss(paper, line) {
  const headings = headingsOf(paper, line);
  const wrong = paper.bookmarks.find(({ title, page, top }, turn) => {
    const heading = headings[turn];
    return !heading || small(letters(title)) !== heading.text || page !== heading.page || !isOver(top, heading.spot);
  });
  if (wrong) yield `a bookmark does not lead to a heading: “${wrong.title}”`;
  else if (paper.bookmarks.length !== headings.length) yield "a heading has no bookmark";
}

const spotOf = (paper, { page, number }) => paper.spots.get(`${page} ${number}`);

function headingsOf(paper, line) {
  const headings = partsOf(line).filter(({ kind, all }) => HEADS.test(kind) && all.length);
  return headings.map(({ all }) => ({ page: line.pieces[all[0]].page, text: small(all.map((index) => line.texts[index]).join("")), spot: spotOf(paper, line.pieces[all[0]]) }));
}

// The parts of a brief, and what it has an entry of, are there by their places; a part under its heading.
function* partsMissing(paper, line, { brief: { edition, annex } }) {
  const headings = headingsOf(paper, line);
  for (const [place, isDue] of Object.entries(PARTS_DUE)) {
    if (!isDue(edition, true) || !(annex || OF_FRONT.includes(place))) continue;
    const { page, top } = paper.spotsOfPlaces.get(place) ?? {};
    const texts = RULES.captions[`h2[id="${place}"]`];
    if (!headings.some((each) => each.page === page && isOver(top, each.spot) && (!texts || texts.includes(each.text)))) yield `a part of it is missing: ${place}`;
  }
  if (annex) for (const [prefix, dueIn] of Object.entries(ENTRIES_DUE)) for (const [id] of dueIn(edition)) if (!paper.spotsOfPlaces.has(`${prefix}-${id}`)) yield `it does not tell of ${id}`;
}

const isOver = (top, spot) => !spot || (top > spot.line - spot.size && top < spot.frame[3] + FARTHEST_OVER * spot.size);

// Links

function* linksAmiss(paper, line, edition) {
  for (const { page, target, address, spoken } of paper.links) {
    if (target !== null && !paper.places.has(target)) yield [page, `a link leads nowhere: ${target}`];
    if (address !== null && !edition.strings.has(address)) yield [page, `a link leads elsewhere than any of its data: ${address}`];
    if (!line.text.includes(letters(spoken))) yield [page, `a link is called “${spoken}”, and no page says so`];
  }
}
