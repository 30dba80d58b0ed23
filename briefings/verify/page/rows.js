// What a page of the web says of each entry in its place, and for its script, is what the data say of it.

const OF_FACETS = { sources: ({ attributions }) => attributions.map(({ source }) => source.id), contests: ({ contests }) => contests.map(({ id }) => id) };
const STEPS = "EDCBA";
const HEADED = { developments: "reported", commentary: "commentary", background: "background", outlook: "announced" };
const DAY = /^\d{4}-\d\d-\d\d$/;
const RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thaana}\p{Script=Syriac}]/u;
const LEFT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

// What stands otherwise in an element than the data have it: what is looked at, what stands there, and what has to.
function* rowsAmiss(page, content, edition) {
  if (content.page.own_templates) return;
  const { edition: whole } = edition.brief;
  for (const check of [sentenceRows, citationRows, sourceRows, judgementRows, actorFacets]) for (const [name, shown, own] of check(page, whole, edition, content)) if (String(shown) !== String(own)) yield [null, `it says of ${name} “${shown}”, and its data “${own}”`];
  for (const check of [gradesAmiss, daysAmiss, directionsAmiss, labelsAmiss]) for (const fault of check(page, content, edition)) yield [null, fault];
  if (!isWordedByUs(content)) return;
  for (const { id, fact } of sentencesOf(whole)) {
    const said = small(letters(page.querySelector(`[id="${id}"] .voice`)?.textContent ?? "")).split("·")[0];
    if (!RULES.kinds[fact.kind].includes(said)) yield [null, `it calls ¶ ${id.slice(1)} “${said}”, and by its data it is of kind ${fact.kind}`];
  }
  for (const { number, anchor } of whole.citations) {
    const place = page.querySelector(`[id="q${number}"] .place`);
    const own = place?.querySelector(":scope > .whole")?.textContent ?? "";
    const [{ paragraph, line }] = anchor.passages;
    if (numbersIn(own).join() !== [paragraph, line].join()) yield [null, `it says of quote ${number} another place in its document than its data`];
    const said = small(letters(place?.textContent ?? ""));
    const hows = Object.keys(RULES.how).filter((how) => RULES.how[how].some((text) => said.includes(`·${text}·`)));
    if (!hows.includes(anchor.how === "exact" ? "exact" : "spelt")) yield [null, `it says otherwise than its data how quote ${number} stands in its document`];
  }
}

const idsIn = (element, name) => (element?.dataset[name] ?? "").split(/\s+/).filter(Boolean);

function* sentenceRows(page, whole) {
  const places = new Map(sentencesOf(whole).map(({ id, fact }) => [fact.id, id]));
  for (const sentence of sentencesOf(whole)) {
    const { id, fact, contests } = sentence;
    const row = page.getElementById(id);
    const links = Array.from(row?.querySelectorAll(".voice a[href^='#contest-']") ?? [], ({ hash }) => decodeURIComponent(hash.slice(9)));
    yield [`the points of ¶ ${id.slice(1)}`, links, contests.map((each) => each.id)];
    const self = row?.querySelector("a.self");
    yield [`the place of ¶ ${id.slice(1)}`, [self?.id, decodeURIComponent(self?.hash ?? "")], [`fact-${fact.id}`, `#fact-${fact.id}`]];
    for (const [name, idsOf] of Object.entries(OF_FACETS)) yield [`the ${name} of ¶ ${id.slice(1)}`, idsIn(row, name), [...new Set(idsOf(sentence))]];
    // What became of a plan, in all places that tell it.
    for (const told of [row, page.querySelector(`.plan[data-fact="${fact.id}"]`)].filter(Boolean)) yield [`whether the day of ¶ ${id.slice(1)} has passed`, told.querySelector(".overdue") !== null, sentence.overdue];
    const outcomes = Array.from(row?.querySelectorAll(".due a[href^='#s']") ?? [], ({ hash }) => hash.slice(1));
    yield [`the outcomes of ¶ ${id.slice(1)}`, outcomes, sentence.outcomes.flatMap((each) => places.get(each.id) ?? [])];
  }
  const headings = Array.from(page.querySelectorAll("section[aria-labelledby='facts'] h3[id]"));
  for (const [kind, heading] of Object.entries(HEADED))
    for (const { id } of whole[kind]) {
      const isBefore = (each) => each.compareDocumentPosition(page.getElementById(id) ?? each) & Node.DOCUMENT_POSITION_FOLLOWING;
      yield [`the part of ¶ ${id.slice(1)}`, headings.filter(isBefore).at(-1)?.id, heading];
    }
}

function* actorFacets(page, whole) {
  for (const [name, kind] of [["actors", "actor"], ["places", "place"]])
    for (const sentence of sentencesOf(whole)) yield [`the ${name} of ¶ ${sentence.id.slice(1)}`, idsIn(page.getElementById(sentence.id), name), whole[name].flatMap((view) => (view.sentences.includes(sentence) ? [view[kind].id] : []))];
}

function* citationRows(page, whole, { brief }, content) {
  const primary = (language) => language.split("-")[0];
  for (const { number, id, source, evidence } of whole.citations) {
    const passage = page.querySelector(`[id="q${number}"] .place .in-document a`)?.hash ?? "";
    yield [`the passage of quote ${number}`, passage, brief.files?.sources?.includes(source.id) ? `#p-${id}` : ""];
    const quote = page.getElementById(`q${number}`);
    yield [`the language of quote ${number}`, quote?.querySelector(".passage-text")?.lang, evidence.language];
    // Who reads another language than that of a quote is given the translation that the data have for it, and told whose it is.
    const form = new Map(evidence.translation?.forms).get(content.language);
    if (!form || primary(evidence.language) === primary(content.language)) continue;
    const told = quote?.querySelector(".translation");
    const said = told?.textContent ?? "";
    yield [`the translation of quote ${number}`, letters(said).startsWith(letters(form)) ? form : said, form];
    yield [`whether it tells who translated quote ${number}`, Boolean(told?.querySelector(".by")), true];
  }
}

function* sourceRows(page, whole) {
  const tongues = new Map();
  const told = Array.from(page.querySelectorAll("details.source"), ({ textContent: text }) => letters(text));
  for (const [turn, { source }] of whole.sources.entries()) {
    const lost = [source.file, source.sha256, source.url ?? ""].find((text) => !told[turn]?.includes(letters(text)));
    yield [`the file of ${source.id}`, lost ?? "", ""];
    const row = page.getElementById(`source-${source.id}`);
    yield [`the grade of ${source.id}`, row?.querySelector(".st-grade b")?.textContent, source.reliability];
    yield [`the steps of ${source.id}`, row?.querySelectorAll(".steps .on").length, STEPS.indexOf(source.reliability) + 1];
    const said = row?.querySelector(".st-language")?.textContent;
    if (!tongues.has(source.language)) tongues.set(source.language, said);
    yield [`the language of ${source.id}`, said, tongues.get(source.language)];
  }
  yield ["the languages of its sources", new Set(tongues.values()).size, tongues.size];
  const all = letters(page.querySelector("#sourcing ~ * p, #sourcing")?.closest("section")?.textContent ?? "");
  for (const said of tongues.values()) if (whole.sourcing && !all.includes(letters(said ?? ""))) yield ["the languages of its sources", said, "another"];
}

function* judgementRows(page, whole) {
  for (const { judgement, likelihood } of whole.judgements) {
    const scale = page.querySelector(`[id="judgement-${judgement.id}"] .scale > span`);
    if (scale) yield [`the scale of ${judgement.id}`, scale.className, likelihood];
  }
}

// The words that those hear who point at a grade are those for its letter and its digit.
function* gradesAmiss(page, content) {
  if (!isWordedByUs(content)) return;
  const worded = (mark) => RULES.scale.filter(([own]) => own === mark).map(([, words]) => words);
  for (const each of page.querySelectorAll("abbr.grade")) {
    const [letter, digit] = each.textContent;
    const said = small(letters(each.title));
    const isRight = worded(letter).some((first) => said.startsWith(first) && worded(digit).some((last) => said.endsWith(last) && /^[^\p{L}\p{N}]*$/u.test(said.slice(first.length, said.length - last.length))));
    if (!isRight) yield `it explains ${each.textContent} as “${each.title}”`;
  }
}

// A day that machines read is the one that stands there.
function* daysAmiss(page) {
  for (const { dateTime, textContent: said } of page.querySelectorAll("time")) {
    const told = noFigures();
    addDays(told, dateTime);
    if (!DAY.test(dateTime) || !numbersIn(said).every((number) => told.numbers.has(number) || [...told.days].some((day) => day.endsWith(`-${number}`)))) yield `it calls ${dateTime} “${said.trim()}”`;
  }
}

// Words run the way in which their letters do.
function* directionsAmiss(page, content) {
  const own = page.documentElement.dir;
  if (own !== (RULES.directions[content.language] ?? own)) yield `it runs another way than its language: ${own}`;
  for (const each of page.querySelectorAll("[dir]:not(.map-frame)")) {
    const [isRight, isLeft] = [RIGHT, LEFT].map((letter) => letter.test(each.textContent));
    if (isRight !== isLeft && each.dir !== own && (each.dir === "rtl") !== isRight) yield `it turns round “${each.textContent.trim().slice(0, LONGEST_CUT)}”`;
  }
}

// What stands before a cell on a narrow screen is the head of its column, and a part is called as its own heading.
function* labelsAmiss(page) {
  for (const part of page.querySelectorAll("section[aria-labelledby]")) {
    const name = part.getAttribute("aria-labelledby");
    if (part.querySelector("h2")?.id !== name) yield `it calls a part otherwise than its heading: ${name}`;
  }
  for (const cell of page.querySelectorAll("[data-label]")) {
    const head = cell.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex]?.textContent.trim();
    if (cell.dataset.label !== head) yield `it calls a cell “${cell.dataset.label}”, and its column “${head}”`;
  }
  for (const { dataset } of page.querySelectorAll("[data-digits]")) if (Array.from(dataset.digits, numbersIn).flat().join("") !== "0123456789") yield `its script counts in other digits: ${dataset.digits}`;
}
