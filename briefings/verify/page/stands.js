// What has to stand on a page of the web by its data: parts, entries, and how many there are beside those that have room.

const VERIFIED_BY = "briefings verify FILE";

// The data as they are told: each entry with those that it leads to.
function graphOf(table) {
  const all = [];
  const led = (value) => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(led);
    return "at" in value ? all[value.at] : "map" in value ? value.map : Object.values(value)[0];
  };
  for (const [kind, ...values] of table.values) all.push(Object.fromEntries(table.fields[kind].map((name, index) => [name, led(values[index])])));
  return all.at(-1);
}

const sentencesOf = ({ developments, commentary, background, outlook }) => [...developments, ...commentary, ...background, ...outlook];
const asks = ({ spec }, part) => spec.parts.includes(part);
const tellsNews = (edition) => asks(edition, "developments") || asks(edition, "commentary") || edition.developments.length + edition.commentary.length > 0;
const disputedIn = ({ front }) => [...front.disputes, ...front.details];
const foremostOf = ({ front }) => (front.news.length ? front.news : front.reports);
const voicesOf = ({ attributions }) => attributions.map(({ actor, source }) => actor?.id ?? ` ${source.id}`);

// The answers to a point, each with the facts that give it: in the desk's words, or in those of the first of them.
function sidesOf({ contest, positions }) {
  const says = new Map(contest.says);
  const sides = new Map();
  for (const sentence of positions) {
    const answer = says.get(sentence.fact.id);
    const key = answer ? JSON.stringify(answer.forms) : sentence.id;
    if (!sides.has(key)) sides.set(key, { words: answer ?? sentence.fact.statement, short: answer ?? sentence.fact.headline ?? sentence.fact.statement, sentences: [] });
    sides.get(key).sentences.push(sentence);
  }
  return [...sides.values()];
}

// The parts of a brief by their places, each with whether it has to be there. A brief whose reports all have room on page one tells
// them there in full, and nowhere else.
const PARTS_DUE = {
  "bottom-line": (edition) => asks(edition, "judgements") && (!edition.front.leading || edition.front.judgements.length > 0),
  news: tellsNews,
  disagree: () => true,
  unknown: (edition) => asks(edition, "gaps"),
  trust: ({ sourcing }) => sourcing !== null,
  developments: (edition, isInFull) => tellsNews(edition) && !isInFull && edition.front.reports.length > 0,
  contested: ({ front }) => front.disputes.length > 0,
  outlook: (edition) => asks(edition, "outlook"),
  changes: (edition) => asks(edition, "changes") && edition.changes !== null,
  "who-says-what": (edition) => new Set(disputedIn(edition).flatMap(({ positions }) => positions.flatMap(voicesOf))).size >= RULES.least.voices,
  facts: () => true,
  reported: ({ developments }) => developments.length > 0,
  commentary: ({ commentary }) => commentary.length > 0,
  background: ({ background }) => background.length > 0,
  announced: ({ outlook }) => outlook.length > 0,
  timeline: (edition) => asks(edition, "timeline") && (!edition.timeline.length || (edition.timeline.length >= RULES.least.dated && new Set(edition.timeline.map(({ event }) => event)).size > 1)),
  who: (edition) => asks(edition, "actors"),
  sourcing: () => true,
  origins: (edition, isInFull) => !isInFull && sentencesOf(edition).length >= RULES.least.facts,
  sources: () => true,
  quotes: () => true,
};

// What is told of each entry in its place: texts of the data, each in any of its languages.
const ENTRIES_DUE = {
  judgement: (edition) => (asks(edition, "judgements") ? edition.judgements.map(({ judgement }) => [judgement.id, judgement.statement, judgement.because]) : []),
  gap: (edition) => (asks(edition, "gaps") ? edition.gaps.map(({ id, question, why }) => [id, question, why]) : []),
  contest: (edition) => disputedIn(edition).map((view) => [view.contest.id, view.contest.question, view.contest.note, ...sidesOf(view).map(({ words }) => words)]),
  account: (edition) => (tellsNews(edition) ? edition.front.reports.flatMap(({ account }) => (account ? [[account.account.id, account.account.headline]] : [])) : []),
  actor: (edition) => (asks(edition, "actors") ? edition.actors.map(({ actor }) => [actor.id, actor.name, actor.note]) : []),
  source: ({ sources }) => sources.map(({ source }) => [source.id, source.publisher]),
};

// Of each list what of it is shown at a place, and how many there are of all; the rest is counted there as “more”.
const COUNTED = [
  ["bottom-line", ".judgement", ({ front }) => front.judgements],
  ["news", ".event .what, .report", foremostOf],
  ["disagree", "[data-contest]", ({ front }) => front.disputes],
  ["unknown", "[data-gap]", ({ gaps }) => gaps],
  ["developments", ".report", ({ front }) => front.reports],
  ["contested", ".contest", ({ front }) => front.disputes],
  ["outlook", ".plan", ({ outlook }) => outlook],
  ["gaps", ".gap", ({ gaps }) => gaps],
];

const partAt = (page, place) => page.querySelector(`section[aria-labelledby="${place}"]`);
const countIn = (element) => (element ? (numbersIn(element.textContent)[0] ?? 0) : 0);

function* standsAmiss(page, content, edition) {
  if (content.page.own_templates) return;
  const { edition: whole } = edition.brief;
  const isInFull = partAt(page, "news")?.querySelector(".report") != null;
  for (const [place, isDue] of Object.entries(PARTS_DUE)) if (isDue(whole, isInFull) && !page.getElementById(place)?.matches("h2, h3")) yield [null, `a part of it is missing: ${place}`];
  if (!isInFull && page.querySelector("h3#origins") && !partAt(page, "lanes")) yield [null, "a part of it is missing: lanes"];
  for (const [prefix, dueIn] of Object.entries(ENTRIES_DUE))
    for (const [id, ...texts] of dueIn(whole)) {
      const [place, ...more] = page.querySelectorAll(`[id="${prefix}-${id}"]`);
      const said = letters(place?.textContent ?? "");
      const lost = texts.find((text) => text && !text.forms.some(([, form]) => said.includes(letters(Array.isArray(form) ? "" : form))));
      if (!place || more.length) yield [null, `it does not tell of ${id} at one place`];
      else if (lost) yield [null, `it does not say of ${id} “${lost.forms[0][1]}”`];
    }
  for (const [place, shown, listOf] of COUNTED) {
    const [part, all] = [partAt(page, place), listOf(whole).length];
    const count = part ? part.querySelectorAll(shown).length + countIn(part.querySelector(".more")) : all;
    if (count !== all && all) yield [null, `it tells of ${count} at ${place}, and its data of ${all}`];
  }
  yield* pointsAmiss(page, whole);
  const labels = Array.from(page.querySelectorAll("body > .marking > .tlp"), ({ textContent: label }) => label.trim());
  if (labels.join() !== [whole.marking, whole.marking].join()) yield [null, `it is marked “${labels.join(", ")}”, and by its data ${whole.marking}`];
  if (page.querySelector(".verify .path")?.textContent !== VERIFIED_BY) yield [null, "it does not say how to verify it"];
}

// Each answer to a disputed point stands with it, with all who give it.
function* pointsAmiss(page, whole) {
  for (const view of disputedIn(whole)) {
    const { id } = view.contest;
    const sides = sidesOf(view);
    const rows = Array.from(page.querySelectorAll(`[id="contest-${id}"] tbody tr`), (row) => Array.from(row.querySelectorAll("[data-fact]"), (each) => each.dataset.fact).join());
    if (rows.join(" ") !== sides.map(({ sentences }) => sentences.map(({ fact }) => fact.id).join()).join(" ")) yield [null, `it tells of ${id} otherwise than its data`];
    // On the front, as many as there is room for.
    for (const point of page.querySelectorAll(`.point[data-contest="${id}"]`)) {
      const answers = Array.from(point.querySelectorAll(".answer"));
      const rest = answers.filter((each) => !each.firstElementChild?.nextElementSibling && each.firstElementChild?.matches(".says") && each.firstChild === each.firstElementChild);
      const isSaid = ({ short }, turn) => turn >= answers.length - rest.length || short.forms.some(([, form]) => letters(answers[turn].textContent).startsWith(letters(form)));
      if (answers.length - rest.length + countIn(rest[0]) !== sides.length || !sides.every(isSaid)) yield [null, `it does not give each answer to ${id}`];
    }
  }
}
