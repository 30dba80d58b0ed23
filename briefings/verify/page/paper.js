// A PDF read for Python, which makes its page anew and compares the words: what it says, where that stands, how it looks.

const OWN_FACES = "how its letters are drawn, in a font that is none of ours: ";

async function linesOnPaper(whole, bytes, name) {
  let [pdf, data] = [null, ""];
  try {
    pdf = await openedPdf(bytes);
    data = await attached(pdf);
  } catch (error) {
    return [["FAILS", `data: it can’t be verified: ${reasonOf(error)}`]];
  }
  return said("of_print", bytes, name, data, JSON.stringify(await readFor(pdf, whole, bytes, data)));
}

const UNREAD = { pages: 0, pieces: [], faces: [], tags: [], margins: [], marginLooks: [], drawn: [], loose: [], links: [], rects: [], bookmarks: [], places: [], pictures: [], sum: "", about: {}, doubts: [] };

async function readFor(pdf, whole, bytes, data) {
  try {
    const [paper, info] = [await readPaper(pdf), pdf.get(pdf.table, "/Info")];
    const told = (key) => (info instanceof Map && info.has(key) ? textOf(pdf.get(info, key)) : "");
    const content = JSON.parse(data);
    const doubt = bytes === whole ? null : await doubtOf(pdf, whole, bytes.length);
    const faults = [...paper.faults, ...paper.looks, ...(await documentAmiss(pdf, content, paper, told))];
    const doubts = Array.from(new Set(paper.unknown), (each) => OWN_FACES + each);
    if (doubt) doubt[0] === "FAILS" ? faults.push([null, doubt[1]]) : doubts.push(doubt[1]);
    return {
      pages: paper.pages,
      pieces: paper.pieces.map((piece) => ({ ...plainly(piece), around: aroundOf(piece), spot: spotFor(paper, piece), tag: piece.tag })),
      tags: paper.tags,
      faces: (ourFaces ?? []).map(({ families, isBold, isItalic, reach: [rise, fall] }) => [families, isBold, isItalic, rise / 1000, -fall / 1000]),
      margins: paper.margins.map(plainly),
      marginLooks: paper.marginLooks,
      drawn: paper.drawn,
      loose: paper.loose.filter(shownBy).map(plainly),
      links: paper.links.map(({ page, target, address, spoken }) => [page, target === null ? address : `#${target}`, spoken]),
      rects: rectsOf(paper),
      bookmarks: paper.bookmarks.map(({ title, level, page, left, top }) => [title, level, page, left, top]),
      places: Array.from(paper.spotsOfPlaces, ([place, { page, left, top }]) => [place, page, left, top]),
      pictures: paper.alternatives,
      sum: hex(bytesOf(sumOf(pdf))),
      about: { Title: told("/Title"), Subject: told("/Subject") },
      faults: faults.map(([page, text]) => [text, page]).filter(([text], at, all) => all.findIndex(([other]) => other === text) === at),
      doubts,
    };
  } catch (error) {
    return { ...UNREAD, faults: [[`its pages can’t be read: ${reasonOf(error)}`, null]] };
  }
}

const plainly = ({ page, readings, generated, target, spoken }) => ({ page, readings, generated: Boolean(generated), target: target ?? null, spoken: spoken ?? null });
const aroundOf = ({ said: { kind, scope, language, address } }) => [kind, scope, language, address];

function spotFor(paper, { page, number }) {
  const spot = paper.spots.get(`${page} ${number}`);
  return spot ? [page, spot.line, spot.size, spot.frame[0], spot.frame[2], spot.frame[3], ...spot.room, spot.isTitle, spot.isOnLine, spot.isOne, plainLooks(spot.looks)] : null;
}

// Where each link lies, in the order in which its page lists them, and for which pieces it stands.
function rectsOf({ links, linked }) {
  const tagged = new Map(linked.map((each) => [each.note, each]));
  return links.filter(({ note }) => tagged.has(note)).map(({ note, page, rect: [left, bottom, right, top] }) => {
    const { from, pieces } = tagged.get(note);
    return [page, from, from + pieces.length, left, Math.max(bottom, top), right, Math.min(bottom, top)];
  });
}
