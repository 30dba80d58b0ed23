// The numbers that lead from one text to another: each sentence with its ¶ and quotes, each claim, each quote with those that cite it.

const OF_A_KIND = /^¶(\p{Nd}+)·([^·]*)/u;

// The links that stand behind a place, with the number that each shows.
function marksBehind(line, place) {
  const marks = [];
  let index = line.at(place);
  let rest = line.texts[index]?.slice(place - line.starts[index]) ?? "";
  for (; index < line.pieces.length; rest = line.texts[(index += 1)] ?? "") {
    const target = /^([sq])(\d+)$/.exec(line.pieces[index].leads ?? "");
    if (target && rest) marks.push({ kind: target[1], number: Number(target[2]), shown: numbersIn(rest) });
    else if (!/^[¶\p{P}]*$/u.test(rest)) break;
  }
  return marks;
}

function* marksAmiss(line, edition) {
  for (const [index, piece] of line.pieces.entries()) {
    const target = /^[sq]\d+$/.exec(piece.leads ?? "");
    const shown = numbersIn(line.texts[index]);
    const point = edition.points.get(piece.leads);
    const isOther = target ? shown.length && !isNumberOf(line.texts[index], shown, target[0], edition) : point && ALONE.test(line.texts[index]) && shown[0] !== point;
    if (isOther) yield [piece.page, `a number leads elsewhere than it says: “${line.texts[index]}” to ${piece.leads}`];
  }
  for (const sentence of edition.sentences) {
    const text = letters(sentence.statement);
    let isCited = !edition.annex;
    for (const place of line.places(text)) {
      const marks = marksBehind(line, place + text.length);
      const numbers = marks.filter(({ kind }) => kind === marks[0].kind).map(({ number }) => number);
      if (!marks.length) continue;
      const isRight = marks[0].kind === "q" ? numbers.join() === sentence.cites.join() : holds(numbers, sentence.number);
      if (marks[0].kind === "q") isCited = true;
      if (!isRight) yield [line.page(place), `“${sentence.statement}” stands with ${numbers.join(", ")}, and its data say ${marks[0].kind === "q" ? `quotes ${sentence.cites.join(", ")}` : `¶ ${sentence.number}`}`];
      const own = marks[0].kind === "q" ? ownNumber(line, line.at(place)) : null;
      if (own !== null && own !== sentence.number) yield [line.page(place), `“${sentence.statement}” is ¶ ${own}, and by its data ¶ ${sentence.number}`];
    }
    if (!isCited) yield [null, `“${sentence.statement}” stands nowhere with its quotes`];
  }
}

// A link is called as what it leads to; a ¶, as the sentence whose first quote it leads to, too.
function isNumberOf(text, shown, target, edition) {
  const number = Number(target.slice(1));
  if (shown.every((each) => each === number)) return true;
  const [own] = edition.sentences.filter((sentence) => sentence.number === shown[0]);
  return text.startsWith("¶") && shown.length === 1 && target === `q${own?.cites[0]}`;
}

// A claim stands with the numbers of all facts that carry it, or its account; three in a row as a range.
function* claimsAmiss(line, edition) {
  for (const { text, numbers, around } of edition.claims)
    for (const place of line.places(letters(text))) {
      const marks = marksBehind(line, place + letters(text).length).filter(({ kind }) => kind === "s");
      const shown = marks.map(({ number }) => number);
      if (shown.length && !(shown.every((number) => around.includes(number)) && numbers.every((number) => holds(shown, number))))
        yield [line.page(place), `“${text.trim()}” stands with ¶ ${shown.join(", ")}, and its data say ¶ ${numbers.join(", ")}`];
    }
}

// Whether a number is among others, or between two of a range.
const holds = (numbers, number) => numbers.includes(number) || (Math.min(...numbers) < number && number < Math.max(...numbers));

// The number of a sentence in the row that it stands in, before it.
function ownNumber(line, index) {
  for (let at = index - 1; at >= Math.max(0, index - FEW); at -= 1) {
    if (/^[sq]\d+$/.test(line.pieces[at].leads ?? "")) return null;
    const own = /¶(\p{Nd}+)/u.exec(line.texts[at]);
    if (own) return numbersIn(own[1])[0];
  }
  return null;
}

function* quotesAmiss(line, edition) {
  for (const quote of edition.annex ? edition.citations : []) {
    const text = letters(quote.text);
    const places = [...line.places(text)];
    if (places.length && !places.some((place) => isInItsPlace(line, place, text, quote))) yield [line.page(places[0]), `quote ${quote.number} does not stand with its number and those that cite it: “${quote.text}”`];
  }
}

function isInItsPlace(line, place, text, quote) {
  let before = line.at(place) - 1;
  while (before >= 0 && !line.texts[before]) before -= 1;
  const number = before >= 0 ? numbersIn(line.texts[before]) : [];
  if (number.join() !== String(quote.number) || line.at(place) < 0) return false;
  let after = line.at(place + text.length);
  const end = Math.min(line.pieces.length, after + 400);
  while (after < end && !/^s\d+$/.test(line.pieces[after].leads ?? "")) after += 1;
  const marks = after < end ? marksBehind(line, line.starts[after]) : [];
  return marks.map(({ kind, number: cited }) => `${kind}${cited}`).join() === quote.citedBy.join();
}

// Beside the number of a sentence stands of what kind it is, and which points it is told of at.
function* kindsAmiss(line, content, edition) {
  if (!edition.annex || !isWordedByUs(content)) return;
  const told = new Map();
  for (const { kind, all } of partsOf(line)) {
    const [, number, said] = (kind === PUT && OF_A_KIND.exec(small(all.map((index) => line.texts[index]).join("")))) || [];
    if (number) told.set(numbersIn(number)[0], [said, all]);
  }
  for (const { id, fact, contests } of sentencesOf(edition.brief.edition)) {
    const number = Number(id.slice(1));
    const [said, all = []] = told.get(number) ?? [];
    const points = all.flatMap((index) => (line.texts[index] ? /^contest-(.*)$/.exec(line.pieces[index].leads ?? "")?.[1] ?? [] : []));
    if (!RULES.kinds[fact.kind].includes(said)) yield [line.pieces[all[0]]?.page ?? null, `it calls ¶ ${number} “${said ?? ""}”, and by its data it is of kind ${fact.kind}`];
    else if ([...new Set(points)].join() !== contests.map((each) => each.id).join()) yield [line.pieces[all[0]].page, `it says of the points of ¶ ${number} “${points.join(", ")}”, and its data “${contests.map((each) => each.id).join(", ")}”`];
  }
}
