// The data of a brief as they lead from one entry to another, and the figures that each tells.

const TOLD = ["Judgement", "Gap", "Contest", "Account", "Summary", "Withdrawal"];
const SHOWN = [...TOLD, "Source", "Actor", "Place", "Citation", "Change"];
const OF_FACTS = [...TOLD, "Sentence", "Citation", "Change", "AccountView", "SummaryView", "ContestView"];
const VIEWED = ["Source", "Actor", "Place", "Account", "Summary", "Contest"];
const OF_OTHERS = ["Source", "SourceView", "Actor", "ActorView", "PlaceView"];
const MOMENT = /(\d{2}[\dX]{2})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?/g;
const noFigures = () => ({ numbers: new Set(), days: new Set(), months: new Set(), years: new Set(), grades: new Set(), fields: {} });
const LONE_NUMBER = /^s?-?\d+(?:\.\d+)?$/;
const UNTOLD = ["start", "end", "sha256"];
// What a day beside a sentence is that stands in no message of ours: when that happened; alone in a cell, when it was
// known. What is said of a term says which day it is.
const [WHEN, KNOWN, CELL, TERM] = ["date", "known", /^\/?td$/i, "dd"];
const CITED = "cited";
const [DEGREES, OF_DEGREES] = ["at", /^\p{Nd}+(?:[.\u066b]\p{Nd}+)?°/u];
const FIELDS = [...new Set([WHEN, CITED, DEGREES, ...RULES.told.map(([, , field]) => field)])];
const VOICES = ["Actor", "Source"];
// How many documents or facts are of a grade, and of which.
const SUMS = ["counted", "graded"];
const SOLAR = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });

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
    const ofKinds = new Map();
    for (const kind of this.kinds) ofKinds.set(kind, (ofKinds.get(kind) ?? 0) + 1);
    this.most = Math.max(...ofKinds.values()); // no list of a brief is longer
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

  // The sentences of a list of ¶, of which some are ranges.
  listed(list) {
    const ats = [];
    for (const [first, last] of rangesIn(list)) for (let number = first; number <= Math.min(last, this.sentences); number += 1) ats.push(this.targets.get(`s${number}`));
    return ats;
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

function gather(lists, key, value) {
  if (lists.has(key)) lists.get(key).push(value);
  else lists.set(key, [value]);
}
