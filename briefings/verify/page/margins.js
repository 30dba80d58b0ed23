// What stands in the margins of a PDF: what its data say for them, its pages counted, its day.

const MOST_LINES = 3; // that what stands in a margin takes
const FEWEST_OF_TITLE = 30; // letters, that stand in a margin of one that is cut

function* marginsAmiss(paper, content, edition) {
  let [common, first] = [null, null];
  let box = null;
  for (let at = 0; at < paper.margins.length; at += box.lines) {
    box = boxAt(paper.margins, at, content, edition);
    if (!box.isFoot) {
      if (!isOfMargins(box, edition)) yield [box.page, `a margin says “${shownBy(box)}”, which its data do not`];
      continue;
    }
    // English words on a page to the left stand behind the day, whose numbers are among these.
    const isOwn = box.readings.some((way) => {
      const numbers = numbersIn(way.replace(content.edition, ""));
      return numbers.some((own, at) => own === box.page && numbers[at + 1] === paper.pages);
    });
    if (!isOwn) yield [box.page, `a margin counts other pages than ${box.page} of ${paper.pages}: “${shownBy(box)}”`];
    if (!box.readings.some((way) => isOurFoot(way, content, edition))) yield [box.page, `a margin says what is neither of its data nor of our pages: “${shownBy(box)}”`];
    if (isWordedByUs(content) && !box.readings.some((way) => isOfItsDay(way, box, paper.pages, content, edition))) yield [box.page, `a margin tells of another day: “${shownBy(box)}”`];
    const own = wordsIn(box.readings[0]).filter((word) => !ALONE.test(word)).sort();
    if (box.page === 1) first = [box, own];
    else if (common !== null && own.join(" ") !== common.join(" ")) yield [box.page, `a margin says otherwise than that of the page before: “${shownBy(box)}”`];
    else common = own;
  }
  // The first page names the desk in place of something; of a single page there is nothing to compare.
  const known = new Set([...(common ?? []), ...edition.margins.flatMap(wordsIn)]);
  if (first && common !== null && !first[1].every((word) => known.has(word))) yield [1, `a margin says otherwise than that of the next page: “${shownBy(first[0])}”`];
}

// What stands in a margin, from a piece on: what is too long for a line goes on in the next. The foot counts the pages at
// its beginning, and ends where another margin begins.
function boxAt(pieces, at, content, edition) {
  const near = pieces.slice(at, at + MOST_LINES).filter(({ page }) => page === pieces[at].page);
  const boxes = near.map((piece, last) => ({
    ...piece,
    readings: piece.readings.map((_, way) => near.slice(0, last + 1).map(({ readings: ways }) => ways[way]).join(" ")),
    lines: last + 1,
    isFoot: false,
  }));
  const told = boxes.find((box) => isOfMargins(box, edition));
  if (told) return told;
  let named = boxes.findIndex((box) => box.readings.some((way) => way.includes(content.edition)));
  if (named < 0 || (named > 0 && !numbersIn(near[0].readings.join(" ")).length)) return boxes[0];
  while (named + 1 < near.length && !isOfMargins(near[named + 1], edition)) named += 1;
  return { ...boxes[named], isFoot: true };
}

// Whether it is what the data say for margins, or the title cut short, as it is where its line has no room for all of it.
function isOfMargins({ readings: ways }, { margins, title }) {
  return ways.some((way) => consistsOf(way, margins) || isBeginning(way, title));
}

// Whether a foot has no word but ours, those of its day and of the names of its desk, and the edition's id.
function isOurFoot(way, content, { margins }) {
  const named = margins.map((text) => letters(text.toLowerCase())).join(" ");
  const isOurs = (word) => RULES.in_feet.includes(word) || RULES.words.includes(word) || named.includes(word);
  return !isWordedByUs(content) || wordsIn(way.toLowerCase()).every((word) => ALONE.test(word) || word === content.edition || isOurs(word));
}

// Whether a foot tells no number but those of its page, of its day, and of the names of its desk.
function isOfItsDay(way, box, pages, content, { margins }) {
  const told = noFigures();
  addDays(told, content.known_by);
  const others = [box.page, pages, ...[...told.days].map((day) => Number(day.split("-")[1])), ...margins.flatMap(numbersIn)];
  return numbersIn(way.replace(content.edition, "")).every((number) => others.includes(number) || [...told.years].some((year) => year.endsWith(String(number))));
}

function isBeginning(way, title) {
  const [said, whole] = [letters(way), letters(title)];
  if (!said.includes(CUT)) return false;
  const [words, all] = [wordsIn(way), wordsIn(title)];
  const rest = said.replace(CUT, "");
  const isShort = rest.length < FEWEST_OF_TITLE || rest.length >= whole.length;
  return !isShort && (whole.startsWith(rest) || [...words].sort().join(" ") === all.slice(0, words.length).sort().join(" "));
}

// Whether a text is some others and no more, each once and in any direction.
function consistsOf(text, others) {
  const left = wordsIn(text);
  for (const words of others.map(wordsIn).sort((a, b) => b.length - a.length)) {
    const rest = [...left];
    const isThere = words.every((word) => rest.includes(word) && rest.splice(rest.indexOf(word), 1));
    if (isThere) left.splice(0, left.length, ...rest);
  }
  return !left.length;
}
