// Days, grades and counts, each held against what its part of the page is about, by the data.

const ROUND = /^[125]0*$/;
const [LISTED, NUMBERED] = [/^[–,،]$/, /^[sq]\d+$/];
const MORE = /^[^¶\p{Nd}]*¶([\p{Nd},،–-]+)/u;

function* figuresAmiss(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const entries = new Entries(edition.table);
  const text = small(line.text);
  const texts = Array.from(edition.strings, (each) => small(letters(each)));
  const covered = coveredBy(text, texts);
  coverCuts(text, texts, covered);
  for (const [place, isOurs] of coveredBy(text, PHRASES).entries()) if (isOurs) covered[place] = 1;
  const named = new Map();
  const voices = new Map();
  let end = 0;
  for (const [place, name] of foundIn(text, [...entries.names.keys()])) {
    if (place < end) continue;
    end = place + name.length;
    if (isVoice(line, place, end)) gather(voices, line.at(place), [line.text.slice(place, end), entries.names.get(name)]);
    for (const at of entries.names.get(name)) gather(named, line.at(place), at);
  }
  for (const [index, own] of line.texts.entries()) if (own.length < LIKE) for (const at of entries.names.get(small(own)) ?? []) gather(named, index, at);
  for (const [index, own] of line.texts.entries()) for (const at of entries.cut(small(own))) gather(named, index, at);
  const figures = new Map();
  const figuresOf = (ats) => {
    const key = [...ats].sort((a, b) => a - b).join();
    if (!figures.has(key)) figures.set(key, { ...entries.figures(entries.reach(ats)), grades: entries.grades(ats), letters: ats.some((at) => entries.kind(at) === "Source") });
    return figures.get(key);
  };
  const [common, bands] = [entries.figures(entries.whole()), entries.bands()];
  const sums = new Map();
  for (const { quotes } of entries.counts.values()) addFigures((common.fields.quotes ??= noFigures()), quotes);
  for (const part of partsOf(line)) {
    const runs = runsOf(line, part.own, covered, entries.sentences);
    const heard = part.own.flatMap((index) => voices.get(index) ?? []);
    if (!runs.length && !heard.length) continue;
    const said = saidIn(part.own, line);
    const isAll = areAll(runs, saidIn(part.own.filter((index) => !line.pieces[index].isHeard), line));
    if (isAll && isAxis(runs)) {
      if (!isAscending(runs.flatMap(momentsOf))) yield [line.pieces[part.own[0]].page, `its axis says “${said}”, and time runs otherwise`];
      continue;
    }
    const about = aboutOf(part, line, entries, named);
    const isOfSource = about.ats.some((at) => entries.kind(at) === "Source");
    const known = [figuresOf(about.ats), ...(about.isOfFacts || isOfSource ? [] : [common])];
    const isMap = about.ats.some((at) => entries.kind(at) === "Place");
    const isFree = (number) => isMap && (ROUND.test(number) || number <= entries.places);
    const isCell = isAll && CELL.test(part.kind);
    const ofFacts = part.kind === TERM ? {} : { day: isCell ? KNOWN : WHEN };
    const ofSources = isOfSource && isCell ? { number: CITED } : {};
    const fields = fieldsOf(line, runs, { ...(about.isOfFacts ? ofFacts : ofSources), degrees: isMap ? DEGREES : null });
    for (const [turn, run] of runs.entries()) if (SUMS.includes(fields[turn])) gather(sums, fields[turn], run[0]);
    const isRest = (run, turn) => fields[turn] === REST && run.every(({ number }) => number !== null && number <= entries.most);
    const odd = runs.flatMap((run, turn) => (isRest(run, turn) ? [] : isBand(run, line) ? oddBand(run, bands) : oddIn(run, known, fields[turn], line, isFree)));
    const turned = runs.find((run) => run.some(({ months }) => months) && !isAscending(momentsOf(run)));
    if (turned) yield [line.pieces[part.own[0]].page, `it says “${said}”, and that span ends before it begins`];
    const strange = heard.filter(([, ats]) => !entries.isHeardOf(ats, about));
    if (strange.length) yield [line.pieces[part.own[0]].page, `it says “${said}”, and its data do not name “${strange.map(([name]) => name).join(", ")}” there`];
    if (odd.length) yield [line.pieces[part.own[0]].page, `it says “${said}”, and its data do not say “${odd.map(({ word }) => word).join(" ")}” there`];
  }
  for (const [field, figures] of sums) {
    const [shown, told] = [figures.sort((a, b) => a.start - b.start).map(({ word, number }) => String(number ?? word)), entries.sums[field].map(String)];
    if (shown.length === told.length && shown.join() !== told.join()) yield [line.pieces[figures[0].index].page, `it sums grades up as ${shown.join(", ")}, and its data as ${told.join(", ")}`];
  }
  yield* moreAmiss(line);
  yield* listsAmiss(line);
  yield* ordinalsAmiss(line, entries, edition);
}

// What is “more” stands with all its ¶.
function* moreAmiss(line) {
  const digitsIn = (text, index) => Array.from(text.matchAll(/\p{Nd}+/gu), ({ 0: digits, index: place }) => [digits, line.starts[index] + place]);
  for (const [digits, start] of line.texts.flatMap(digitsIn)) {
    const end = start + digits.length;
    if (!MORE.test(line.text.slice(end, end + LONGEST_CUT)) || messageOf(line, start, end)?.[2] !== REST) continue;
    const list = MORE.exec(besides(line, start, end)[1])?.[1] ?? "";
    const count = rangesIn(list).reduce((sum, [first, last]) => sum + last - first + 1, 0);
    if (list && list.length < LONGEST_CUT / 2 && count !== numbersIn(digits)[0]) yield [line.page(start), `it counts ${digits} more, and names ${count}`];
  }
}

// The numbers of quotes and sentences run on in each list of them.
function* listsAmiss(line) {
  const filled = line.texts.flatMap((text, index) => (text && !line.pieces[index].isHeard ? [index] : []));
  for (const [turn, index] of filled.entries()) {
    const [one, mark, other] = [filled[turn - 2], filled[turn - 1], index].map((each) => [line.pieces[each], line.texts[each]]);
    const isList = LISTED.test(mark[1] ?? "") && [one, other].every(([piece, text]) => NUMBERED.test(piece?.leads ?? "") && ALONE.test(text));
    if (!isList || one[0].part !== other[0].part || one[0].leads.charAt(0) !== other[0].leads.charAt(0)) continue;
    const [first, last] = [one, other].map(([, text]) => numbersIn(text)[0]);
    if (first >= last) yield [other[0].page, `it lists ${first} before ${last}`];
  }
}

// A number alone that begins what tells of a point is that of the point; places on a map are numbered in their order.
function* ordinalsAmiss(line, entries, edition) {
  const filled = line.texts.flatMap((text, index) => (text && !line.pieces[index].isHeard ? [index] : []));
  const places = new Map();
  for (const [turn, index] of filled.entries()) {
    const { leads } = line.pieces[index];
    const next = filled[turn + 1];
    if (!ALONE.test(line.texts[index]) || next === undefined || /^[sq]\d+$/.test(leads ?? "")) continue;
    const [number] = numbersIn(line.texts[index]);
    const ats = entries.names.get(small(line.texts[next])) ?? [];
    const points = ats.flatMap((at) => entries.points.get(at) ?? []);
    const mayCite = edition.annex === false; // its numbers lead nowhere
    if (points.length && !points.includes(number) && !mayCite) yield misnumbered(line, index, next, points);
    const [place, ...others] = new Set(ats.filter((at) => entries.kind(at) === "PlaceView"));
    if (place !== undefined && !others.length) gather(places, place, [number, index, next]);
  }
  for (const [turn, [, shown]] of [...places].sort(([a], [b]) => a - b).entries())
    for (const [number, index, next] of shown) if (number !== turn + 1) yield misnumbered(line, index, next, [turn + 1]);
}

function misnumbered(line, index, next, numbers) {
  return [line.pieces[index].page, `it numbers “${saidBy(line.pieces[next]).trim()}” as ${line.texts[index]}, and its data as ${numbers.join(", ")}`];
}

// What of a run no entry says: of a day the month that follows counts as well.
function oddIn(run, known, field, line, isFree) {
  const told = known.flatMap(({ fields }) => fields[field] ?? []);
  const of = told.length ? told : known;
  const says = (kind, value) => of.some((figures) => figures[kind].has(value));
  const isDay = ({ number }) => number !== null && number <= LATEST_DAY;
  return run.filter(({ word, start, end, months, number, isGrade }, turn) => {
    if (months) return !months.some((month) => says("months", month));
    if ((isGrade || number !== null) && isWordedOtherwise(line, isGrade ? word : String(number), start, end)) return true;
    if (isGrade) return !says("grades", word) && (GRADE.test(word) || known.some(({ letters: own }) => own));
    const behind = run[turn + 1]?.months ?? (run[turn + 1] && isDay(run[turn + 1]) && run[turn + 2]?.months);
    if (behind && number <= LATEST_DAY) return !behind.some((month) => says("days", `${month}-${number}`));
    const calendars = new Set(run.flatMap((each) => (each.months ?? []).map((month) => month.charAt(0))));
    if (calendars.size && number > LATEST_DAY) return ![...calendars].some((calendar) => says("years", calendar + number));
    return (field === DEGREES || !isFree(number)) && !says("numbers", number);
  });
}

// Whether a run is two numbers of per cent, as a likelihood is told; it is one of those that are judged.
function isBand(run, line) {
  const behind = besides(line, run[0].start, run.at(-1).end)[1];
  return run.length === 2 && run.every(({ number }) => number !== null) && RULES.percent.some((sign) => behind.startsWith(sign));
}

function oddBand(run, bands) {
  const numbers = run.map(({ number }) => number).sort((a, b) => a - b).join();
  return bands.some((band) => band.join() === numbers) ? [] : run;
}

const saidIn = (indexes, line) => indexes.map((index) => saidBy(line.pieces[index])).join(" ").replace(/\s+/g, " ").trim();

// Whether a part says nothing but figures.
function areAll(runs, said) {
  return wordsIn(said).length === runs.flat().length;
}
