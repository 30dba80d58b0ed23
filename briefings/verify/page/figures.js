// Days, grades and counts, each held against what its part of the page is about, by the data.

const LARGE = ["section", "main", "body", "nav", "header", "footer", "table", "/Sect", "/Part", "/Document", "/Table"];
const TOLD = ["Judgement", "Gap", "Contest", "Account", "Summary", "Withdrawal"];
const SHOWN = [...TOLD, "Source", "Actor", "Place", "Citation", "Change"];
const OF_FACTS = [...TOLD, "Sentence", "Citation", "Change", "AccountView", "SummaryView", "ContestView"];
const VIEWED = ["Source", "Actor", "Place", "Account", "Summary", "Contest"];
const OF_OTHERS = ["Source", "SourceView", "Actor", "ActorView", "PlaceView"];
const MOMENT = /(\d{2}[\dX]{2})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?/g;
const LATEST_DAY = 31;
const LATEST_COUNT = 999; // a number above it, by itself, is a year
const noFigures = () => ({ numbers: new Set(), days: new Set(), months: new Set(), years: new Set(), grades: new Set(), fields: {} });
const ROUND = /^[125]0*$/;
const HEADING = /^\/?h[1-6]$/i;
const LETTER = /^[A-F]$/;
const LONE_NUMBER = /^s?-?\d+(?:\.\d+)?$/;
const UNTOLD = ["start", "end", "sha256"];
// What a day beside a sentence is that stands in no message of ours: when that happened; alone in a cell, when it was
// known. What is said of a term says which day it is.
const [WHEN, KNOWN, CELL, TERM] = ["date", "known", /^\/?td$/i, "dd"];
const CITED = "cited";
const [DEGREES, OF_DEGREES] = ["at", /^\p{Nd}+(?:[.\u066b]\p{Nd}+)?°/u];
const FIELDS = [...new Set([WHEN, CITED, DEGREES, ...RULES.told.map(([, , field]) => field)])];
const VOICES = ["Actor", "Source"];
const BETWEEN = /[·,;،؛]/;
const REST = "rest";
// How many documents or facts are of a grade, and of which.
const SUMS = ["counted", "graded"];
const MORE = /^[^¶\p{Nd}]*¶([\p{Nd},،–-]+)/u;
const HALF_A_YEAR = 6;
const BRACKET = /^[()]$/;
const PARTING = /[^\p{L}\p{N}\p{M}–-]/u;
const SOLAR = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });

function* figuresAmiss(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const entries = new Entries(edition.table);
  const text = small(line.text);
  const texts = Array.from(edition.strings, (each) => small(letters(each)));
  const covered = coveredBy(text, texts);
  coverCuts(text, texts, covered);
  for (const [place, isOurs] of coveredBy(text, RULES.phrases).entries()) if (isOurs) covered[place] = 1;
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
    const odd = runs.flatMap((run, turn) => (isBand(run, line) ? oddBand(run, bands) : oddIn(run, known, fields[turn], line, isFree)));
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
  yield* ordinalsAmiss(line, entries, named);
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

// A number alone that begins what tells of a point is that of the point; places on a map are numbered in their order.
function* ordinalsAmiss(line, entries, named) {
  const filled = line.texts.flatMap((text, index) => (text && !line.pieces[index].isHeard ? [index] : []));
  const places = new Map();
  for (const [turn, index] of filled.entries()) {
    const { leads } = line.pieces[index];
    const next = filled[turn + 1];
    if (!ALONE.test(line.texts[index]) || next === undefined || /^[sq]\d+$/.test(leads ?? "")) continue;
    const [number] = numbersIn(line.texts[index]);
    const ats = entries.names.get(small(line.texts[next])) ?? [];
    const points = ats.flatMap((at) => entries.points.get(at) ?? []);
    if (points.length && !points.includes(number)) yield misnumbered(line, index, next, points);
    const [place, ...others] = new Set(ats.filter((at) => entries.kind(at) === "PlaceView"));
    if (place !== undefined && !others.length) gather(places, place, [number, index, next]);
  }
  for (const [turn, [, shown]] of [...places].sort(([a], [b]) => a - b).entries())
    for (const [number, index, next] of shown) if (number !== turn + 1) yield misnumbered(line, index, next, [turn + 1]);
}

function misnumbered(line, index, next, numbers) {
  return [line.pieces[index].page, `it numbers “${saidBy(line.pieces[next]).trim()}” as ${line.texts[index]}, and its data as ${numbers.join(", ")}`];
}

function gather(lists, key, value) {
  if (lists.has(key)) lists.get(key).push(value);
  else lists.set(key, [value]);
}

// The data as they lead from one entry to another.
class Entries {
  constructor(table) {
    this.kinds = table.values.map(([kind]) => kind);
    this.all = table.values.map(([kind, ...values]) => Object.fromEntries(table.fields[kind].map((name, index) => [name, values[index]])));
    this.refs = this.all.map((entry) => Object.values(entry).flatMap(refsIn));
    this.holders = new Map();
    this.refs.forEach((refs, at) => refs.forEach((ref) => gather(this.holders, ref, at)));
    const by = (kind, name) => new Map(this.all.flatMap((entry, at) => (this.kinds[at] === kind ? [[entry[name], at]] : [])));
    const [sources, citations, sentences] = [by("Source", "id"), by("Citation", "number"), by("Sentence", "id")];
    this.links = this.all.map((entry, at) => {
      if (this.kinds[at] === "Evidence" && sources.has(entry.source)) return [...this.refs[at], sources.get(entry.source)];
      if (this.kinds[at] === "Sentence") return [...this.refs[at], ...entry.citations.flatMap((number) => this.all[citations.get(number)]?.anchor.at ?? [])];
      return this.refs[at];
    });
    this.sentences = sentences.size;
    this.points = new Map(this.all[this.all.at(-1).edition.at].contests.map(({ at }, index) => [this.all[at].contest.at, index + 1]));
    this.places = this.kinds.filter((kind) => kind === "PlaceView").length;
    this.targets = new Map([...sentences, ...[...citations].map(([number, at]) => [`q${number}`, at])]);
    const { grades, credibilities } = this.all.find((_, at) => this.kinds[at] === "SourceSummary") ?? { grades: { map: [] }, credibilities: { map: [] } };
    const pairs = [...grades.map, ...credibilities.map];
    this.sums = { graded: pairs.map(([grade]) => grade), counted: pairs.map(([, count]) => count) };
    this.counts = this.countedBySource();
    this.names = new Map();
    this.all.forEach((entry, at) => {
      const forms = RULES.texts.includes(this.kinds[at]) ? entry.forms.map(([, form]) => form) : [entry.title, entry.text];
      for (const form of forms) if (typeof form === "string") for (const teller of this.tellers(at)) gather(this.names, small(letters(form)), teller);
    });
    // A source may be cited by its own title.
    for (const [name, ats] of this.names) if (ats.some((at) => this.kinds[at] === "Source")) this.names.set(name, ats.filter((at) => this.kinds[at] !== "Citation"));
  }

  kind(at) {
    return this.kinds[at];
  }

  // What tells a text: the entries that it is part of, sentences for facts, and how these are shown.
  tellers(at) {
    const owners = RULES.texts.includes(this.kinds[at]) ? (this.holders.get(at) ?? []) : [at];
    return owners.flatMap((owner) => {
      const holders = this.holders.get(owner) ?? [];
      if (this.kinds[owner] === "Edition") return [owner];
      if (this.kinds[owner] === "Fact") return holders.filter((each) => this.kinds[each] === "Sentence");
      const views = VIEWED.includes(this.kinds[owner]) ? holders.filter((each) => this.kinds[each].endsWith("View")) : [];
      const within = views.flatMap((view) => (OF_FACTS.includes(this.kinds[view]) ? this.refs[view].filter((each) => this.kinds[each] === "Sentence") : []));
      return SHOWN.includes(this.kinds[owner]) ? [owner, ...views, ...within] : [];
    });
  }

  // Whether who is named belongs to the sentences of a part; to where it is told who is called what, these sources too.
  isHeardOf(ats, { ats: told, names = [] }) {
    const voices = ats.filter((at) => VOICES.includes(this.kinds[at]));
    if (!voices.length || !told.some((at) => this.kinds[at] === "Sentence")) return true;
    const titles = names.filter((at) => this.kinds[at] === "ActorView").flatMap((at) => [this.all[at].of, ...refsIn(this.all[at].titles).map((each) => ({ at: each }))]);
    const reach = this.reach([...told, ...titles.filter(Boolean).map((each) => each.at)]);
    const ids = new Set([...reach].flatMap((at) => textsIn(this.all[at])));
    return voices.some((at) => reach.has(at) || ids.has(this.all[at].id));
  }

  // What a name stands for of which only the beginning is told.
  cut(text) {
    const end = text.indexOf(CUT);
    const head = text.slice(0, Math.max(end, 0)).replace(/^[^\p{L}\p{N}]+/u, "");
    const ats = head.length < LIKE ? [] : [...this.names].flatMap(([name, all]) => (name.startsWith(head) ? all : []));
    return ats.filter((at) => OF_OTHERS.includes(this.kinds[at]));
  }

  // All that entries lead to, themselves included.
  reach(starts) {
    const seen = new Set();
    const waiting = [...starts];
    while (waiting.length) {
      const at = waiting.pop();
      if (!seen.has(at)) waiting.push(...this.links[at]);
      seen.add(at);
    }
    return seen;
  }

  // What the page is of as a whole: its days, its sources, how many there are of all.
  whole() {
    const at = this.all.at(-1).edition.at;
    const { spec, sourcing, changes } = this.all[at];
    return new Set([at, ...this.reach([spec, sourcing].filter(Boolean).map((each) => each.at)), ...(changes ? [changes.at] : [])]);
  }

  // How many sentences rest on the origin of each source, and how many quotes there are of each grade.
  countedBySource() {
    const [counts, resting, quotes] = [new Map(), new Map(), new Map()];
    const originOf = (at) => this.all[at].origin ?? at;
    this.all.forEach((entry, at) => {
      if (this.kinds[at] === "Sentence") for (const key of new Set(entry.attributions.map((each) => originOf(this.all[each.at].source.at)))) resting.set(key, (resting.get(key) ?? 0) + 1);
      if (this.kinds[at] === "SourceView") counts.set(at, { [CITED]: entry.citations.length });
      if (this.kinds[at] === "Changes") counts.set(at, { compared: entry.since });
      if (this.kinds[at] === "SourceSummary") counts.set(at, { counted: this.sums.counted });
      if (this.kinds[at] === "SourceView") {
        const grade = this.all[entry.source.at].reliability;
        quotes.set(grade, (quotes.get(grade) ?? 0) + entry.citations.length);
      }
    });
    this.all.forEach((entry, at) => {
      if (this.kinds[at] === "Source") counts.set(at, { resting: resting.get(originOf(at)) ?? 0, quotes: quotes.get(entry.reliability) ?? 0, facts: this.sentences });
    });
    return counts;
  }

  // The bands of what is judged.
  bands() {
    return this.all.flatMap(({ likelihood }) => (RULES.bands[likelihood] ? [RULES.bands[likelihood]] : []));
  }

  figures(ats) {
    const figures = noFigures();
    for (const at of ats) {
      const entry = { ...this.all[at], ...this.counts.get(at) };
      for (const [name, value] of Object.entries(entry)) {
        if (UNTOLD.includes(name)) continue;
        addFigures(figures, value);
        if (FIELDS.includes(name)) addFigures((figures.fields[name] ??= noFigures()), value);
      }
      if (this.points.has(at)) figures.numbers.add(this.points.get(at));
    }
    return figures;
  }

  // The grades of sentences and of their quotes: of the source, and of what it reports.
  grades(ats) {
    const grades = new Set();
    for (const at of ats) {
      const { fact, attributions, source, cited_by: cited } = this.all[at];
      if (this.kinds[at] === "Sentence") for (const each of attributions) grades.add(this.gradeOf(this.all[each.at].source, fact));
      if (this.kinds[at] === "Citation")
        for (const each of cited) {
          const sentence = this.targets.get(this.all[each.at].target);
          grades.add(this.gradeOf(source, sentence === undefined ? fact : this.all[sentence].fact));
        }
      if (this.kinds[at] === "Source") grades.add(this.all[at].reliability);
      if (this.kinds[at] === "Change") for (const each of this.reach([at])) for (const text of textsIn(this.all[each])) if (GRADE.test(text)) grades.add(text);
    }
    return grades;
  }

  gradeOf(source, fact) {
    return this.all[source.at].reliability + this.all[fact.at].credibility;
  }
}

function refsIn(value) {
  if (value === null || typeof value !== "object") return [];
  return Number.isInteger(value.at) ? [value.at] : Object.values(value).flatMap(refsIn);
}

function textsIn(value) {
  if (typeof value === "string") return [value];
  return value === null || typeof value !== "object" ? [] : Object.values(value).flatMap(textsIn);
}

function addFigures(figures, value) {
  if (typeof value === "number") {
    figures.numbers.add(value);
    if (!Number.isInteger(value)) numbersIn(String(Number(value.toFixed(2)))).forEach((number) => figures.numbers.add(number));
  } else if (typeof value === "string") {
    if (LONE_NUMBER.test(value) || letters(value).length < LIKE) numbersIn(value).forEach((number) => figures.numbers.add(number));
    if (/^\d{4}-\d\d-\d\d$/.test(value)) addDays(figures, value);
  } else if (Array.isArray(value)) {
    figures.numbers.add(value.length);
    value.forEach((each) => addFigures(figures, each));
  } else if (value !== null && typeof value === "object") {
    if (value.Edtf !== undefined) addDays(figures, value.Edtf);
    else if (value.at === undefined) Object.values(value).forEach((each) => addFigures(figures, each));
  }
}

// The days, months and years of a date (EDTF), in both calendars; of a vague one its first and its last.
function addDays(figures, text) {
  for (const [, year, month = "XX", day = "XX"] of text.matchAll(MOMENT)) {
    const isVague = month === "XX" || day === "XX";
    const first = [year.replaceAll("X", "0"), month.replace("XX", "01"), isVague ? "01" : day].map(Number);
    const last = [year.replaceAll("X", "9"), month.replace("XX", "12")].map(Number);
    last.push(isVague ? new Date(Date.UTC(...last, 0)).getUTCDate() : Number(day));
    for (const [y, m, d] of [first, last]) {
      const parts = SOLAR.formatToParts(Date.UTC(y, m - 1, d)).map(({ type, value }) => [type, Number.parseInt(value)]);
      const solar = Object.fromEntries(parts);
      for (const [calendar, number] of [["c", y], ["s", solar.year ?? solar.relatedYear]]) {
        figures.numbers.add(number);
        figures.years.add(`${calendar}${number}`);
      }
      if (month !== "XX") figures.months.add(`c${m}`).add(`s${solar.month}`);
      if (!isVague) figures.days.add(`c${m}-${d}`).add(`s${solar.month}-${solar.day}`);
    }
  }
}

// The parts of a page, each with the pieces that are its own and all that stand in it.
function partsOf(line) {
  const parts = new Map();
  const partOf = (part) => {
    if (!parts.has(part)) {
      const around = part?.around ? partOf(part.around) : null;
      const isLarge = LARGE.includes(part?.kind);
      parts.set(part, { kind: part?.kind, own: [], all: [], around, isLarge });
      if (isLarge) for (let each = around; each; each = each.around) each.isLarge = true;
    }
    return parts.get(part);
  };
  for (const [index, { part }] of line.pieces.entries()) {
    partOf(part).own.push(index);
    for (let each = partOf(part); each; each = each.around) each.all.push(index);
  }
  return [...parts.values()];
}

// What a part tells of: the smallest part around it that tells of facts, or of what we say of them;
// where none does, the smallest that names anything.
function aboutOf(part, line, entries, named) {
  let any = null;
  for (let each = part; each && !each.isLarge; each = each.around) {
    each.names ??= namedIn(each.all, line, entries, named);
    if (!any && each.names.length) any = each.names;
    if (!any && HEADING.test(each.kind)) break;
    if (each.names.some((at) => OF_FACTS.includes(entries.kind(at)))) return { ats: each.names.filter((at) => !OF_OTHERS.includes(entries.kind(at))), names: each.names, isOfFacts: true };
    if (any?.some((at) => entries.kind(at) === "Edition")) return { ats: [], isOfFacts: false };
  }
  const sources = any?.filter((at) => entries.kind(at).startsWith("Source"));
  return { ats: sources?.length ? sources : (any ?? []), isOfFacts: false };
}

// What pieces name: by words of the data, by what they lead to, and by ¶ and numbers, of which some are a range.
function namedIn(indexes, line, entries, named) {
  const ats = new Set(indexes.flatMap((index) => [...(named.get(index) ?? []), entries.targets.get(line.pieces[index].leads)]));
  const text = indexes.map((index) => (line.pieces[index].isHeard ? " " : line.texts[index])).join("");
  for (const [, numbers] of text.matchAll(/¶([\p{Nd},،–-]+)/gu))
    for (const [first, last] of rangesIn(numbers)) for (let number = first; number <= Math.min(last, entries.sentences); number += 1) ats.add(entries.targets.get(`s${number}`));
  for (let at = 1; at < indexes.length; at += 1) if (/^[–-]$/.test(line.texts[indexes[at]])) addRange(line, indexes[at], entries, ats);
  ats.delete(undefined);
  return [...ats];
}

// The first and the last of each range of numbers in a list.
function rangesIn(list) {
  return list.split(/[,،]/u).flatMap((range) => {
    const [first, last = first] = numbersIn(range);
    return first === undefined ? [] : [[first, last]];
  });
}

// The quotes between two that a dash joins.
function addRange(line, dash, entries, ats) {
  const [first, last] = [dash - 1, dash + 1].map((index) => Number(/^q(\d+)$/.exec(line.pieces[index]?.leads ?? "")?.[1]));
  for (let number = first; number <= last; number += 1) ats.add(entries.targets.get(`q${number}`));
}

// The days, grades and numbers of a part beside its data and our messages, in runs that nothing parts.
function runsOf(line, indexes, covered, most) {
  const runs = [[]];
  let isJoined = false;
  for (const index of indexes) {
    const words = wordsIn(saidBy(line.pieces[index]));
    for (const [turn, place] of placesOf(words, line.texts[index]).entries()) {
      const [start, word] = [line.starts[index] + place, words[turn].toLowerCase()];
      const [end, before] = [start + word.length, line.text.charAt(start - 1)];
      const figure = { word: words[turn], index, start, end, months: RULES.months[word] ?? null, number: /^\p{Nd}+$/u.test(word) ? numbersIn(word)[0] : null, isGrade: GRADE.test(words[turn]) || LETTER.test(words[turn]) };
      const isFigure = figure.isGrade || figure.months !== null || figure.number !== null;
      const isRest = figure.number !== null && figure.number <= most && messageOf(line, start, end)?.[2] === REST;
      const isOurs = isRest || covered.subarray(start, end).every(Boolean);
      const isJoint = !isFigure && RULES.joints.includes(word);
      const isBehind = turn > 0 || isJoined || isJoint || figure.months || "–-".includes(before || " ");
      if (isOurs || !(isFigure || isJoint) || !isBehind || PARTING.test(before)) runs.push([]);
      if (isFigure && !isOurs) runs.at(-1).push(figure);
      isJoined = isJoint;
    }
  }
  return runs.filter((run) => run.some(({ months }) => !months));
}

// Whether a name stands by itself in a row of what is said of a sentence, and is shown.
function isVoice(line, start, end) {
  const index = line.at(start);
  const beside = [line.text.charAt(start - 1), line.text.charAt(end)];
  const isEdge = [start === line.starts[index], end === line.starts[index] + line.texts[index].length];
  return !line.pieces[index].isHeard && beside.includes("·") && beside.every((mark, turn) => isEdge[turn] || BETWEEN.test(mark));
}

// What stands before and behind a place in its part.
function besides(line, start, end) {
  const index = line.at(start);
  const isNext = (at) => line.pieces[at]?.part === line.pieces[index].part && !line.pieces[at].isHeard;
  const [from, to] = [-1, 1].map((step) => {
    let at = index;
    while (isNext(at + step)) at += step;
    return at;
  });
  const [first, last] = [line.starts[from], line.starts[to] + line.texts[to].length];
  return [line.text.slice(Math.max(first, start - LONGEST_CUT), start), line.text.slice(end, Math.min(last, end + LONGEST_CUT))].map(small);
}

// The message of ours that a number or day stands in, and the field of the data that it tells there. REST is how many
// there are beside those that are shown, which is a matter of room.
function messageOf(line, start, end) {
  const { leads, isHeard } = line.pieces[line.at(start)];
  if (isHeard || /^[sq]\d+$/.test(leads ?? "")) return null;
  const [before, behind] = besides(line, start, end);
  const found = RULES.told.filter(([first, last, , isBeforeNumber]) => before.endsWith(first) && behind.startsWith(last) && (!isBeforeNumber || /^\p{Nd}/u.test(behind.slice(last.length))));
  return found.sort((a, b) => b[0].length + b[1].length - a[0].length - a[1].length)[0] ?? null;
}

// The field of the data that each run tells: that of its message; without one, of a day or a number `alone`. A day in
// brackets behind another is the same one in another calendar.
function fieldsOf(line, runs, alone) {
  const isDay = (run) => run?.some(({ months }) => months) || run?.every(({ number }) => number > LATEST_COUNT);
  const isBeside = (run, next) => isDay(run) && isDay(next) && [line.text.slice(run.at(-1).end, next[0].start), line.text.charAt(next.at(-1).end)].every((mark) => BRACKET.test(mark));
  const isDegrees = ({ start, end }) => OF_DEGREES.test(line.text.slice(start, end + FEW));
  const kindOf = (run) => (alone.degrees && run.some(isDegrees) ? "degrees" : isDay(run) ? "day" : run.every(({ number }) => number !== null) ? "number" : "other");
  const fields = [];
  for (const [turn, run] of runs.entries()) {
    if (turn && isBeside(runs[turn - 1], run)) fields.push(fields[turn - 1]);
    else {
      const end = isBeside(run, runs[turn + 1]) ? runs[turn + 1].at(-1).end + 1 : run.at(-1).end;
      fields.push(messageOf(line, run[0].start, end)?.[2] ?? (line.pieces[run[0].index].isHeard ? null : (alone[kindOf(run)] ?? null)));
    }
  }
  return fields;
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

// Whether the words behind a letter or a number are those for another: of the scale, or of what our messages count.
function isWordedOtherwise(line, mark, start, end) {
  const behind = besides(line, start, end)[1].replace(/^[,،()]/, "");
  const found = RULES.scale.filter(([worded, words]) => behind.startsWith(words) && LETTER.test(mark) === LETTER.test(worded));
  const longest = Math.max(...found.map(([, words]) => words.length));
  return found.length > 0 && !GRADE.test(mark) && !found.some(([worded, words]) => words.length === longest && worded === mark);
}

const saidIn = (indexes, line) => indexes.map((index) => saidBy(line.pieces[index])).join(" ").replace(/\s+/g, " ").trim();

// Whether a part says nothing but figures.
function areAll(runs, said) {
  return wordsIn(said).length === runs.flat().length;
}

// Whether a part of nothing but figures is an axis: days, months or years of one calendar side by side.
function isAxis(runs) {
  const figures = runs.flat();
  const isTick = ({ number, months }) => number > LATEST_COUNT || months?.some((name) => name.startsWith("c"));
  return new Set(figures.filter(isTick).map(({ index }) => index)).size > 1;
}

// The days that a run tells in its order, with as much of each as it says.
function momentsOf(run) {
  const moments = [];
  for (const { months, number, isGrade } of run) {
    if (isGrade) continue;
    const key = months ? "months" : number > LATEST_DAY ? "year" : "day";
    if (!moments.length || key === "day" || moments.at(-1)[key]) moments.push({});
    moments.at(-1)[key] = months ?? number;
  }
  // “2 to 9 May 2024”: what one does not say it has of the next.
  for (let at = moments.length - 2; at >= 0; at -= 1) {
    moments[at].year ??= moments[at + 1].year;
    if (moments[at].day) moments[at].months ??= moments[at + 1].months;
  }
  return moments;
}

// Whether each of some days is later than the one before it, as far as they tell.
function isAscending(moments) {
  return moments.every((other, turn) => {
    const one = moments[turn - 1];
    if (!one) return true;
    const areOfYears = one.year && other.year;
    if (areOfYears && one.year !== other.year) return one.year < other.year;
    if (!one.months || !other.months) return !areOfYears || one.months !== other.months;
    const [month, next] = monthsOfOne(one.months, other.months);
    if (month !== next) return month < next || (!areOfYears && month - next > HALF_A_YEAR);
    return (one.day ?? 0) < (other.day ?? 0) || !month;
  });
}

// Two months by their numbers in a calendar of both.
function monthsOfOne(one, other) {
  const calendar = one.map((month) => month.charAt(0)).find((letter) => other.some((month) => month.startsWith(letter)));
  return [one, other].map((months) => Number(months.find((month) => month.startsWith(calendar))?.slice(1) ?? 0));
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
