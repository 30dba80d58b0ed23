// What is told of an entry stands with its name: of who is who, of places, sources and quotes.

const NAMED_BY_ID = { ActorView: "actor", PlaceView: "place", Gap: "gap", Contest: "contest", Judgement: "judgement" };
const CALLED = ["name", "question", "statement"];
const OF_SOURCES = ["descriptor", "publisher_basis", "published_basis", "reliability_basis"];
const NUMBER_BEFORE = /^\p{Nd}+/u;
const ITEM = /^\/?li$/i;

// Each place that has the name of an entry says what that is called; persons, bodies and places stand with their ¶.
function* namesAmiss(page, content, edition) {
  if (content.page.own_templates) return;
  const entries = new Entries(edition.table);
  const cited = entries.all.flatMap((entry, at) => (entries.kind(at) === "SourceView" ? [entry.source.at] : []));
  for (const [at, { actor, place, of, titles = [], sentences }] of entries.all.entries()) {
    const prefix = NAMED_BY_ID[entries.kind(at)];
    const entry = entries.all[(actor ?? place)?.at ?? at];
    const said = prefix ? small(letters(page.getElementById(`${prefix}-${entry.id}`)?.textContent ?? "")) : "";
    if (!said) continue;
    const says = (text) => text === null || wordedIn(entries, text).some((form) => said.includes(form));
    const called = CALLED.flatMap((name) => (entry[name] ? wordedIn(entries, entry[name]) : []));
    const own = [of ? entries.all[of.at].name : null, ...titles.flatMap(([designation, source]) => (cited.includes(source.at) ? (entries.all[designation.at].title ?? null) : null))];
    const isCalled = (form) => (actor || place ? said.replace(NUMBERING, "").startsWith(form) : said.includes(form));
    if (!called.some(isCalled) || !own.every(says)) yield [null, `it says “${said}” where its data tell of ${entry.id}`];
    if (!actor && !place) continue;
    const told = refsIn(sentences).map((each) => entries.all[each].id);
    const shown = entries.listed(/¶([\p{Nd},،–-]+)/u.exec(said)?.[1] ?? "").map((each) => entries.all[each]?.id);
    if (shown.sort().join() !== told.sort().join()) yield [null, `it says of “${said}” other ¶ than its data`];
  }
}

// A part that has the file and the checksum of a source has all that its data say of it; an item with a quote, whence it is: on a page of the
// web, since sheets part what a PDF has in one.
function* sourcesAmiss(line, content, edition) {
  if (content.page.own_templates) return;
  const entries = new Entries(edition.table);
  const parts = partsOf(line).filter(({ all }) => all.length);
  for (const part of parts) part.text = small(part.all.filter((index) => !line.pieces[index].isHeard).map((index) => line.texts[index]).join(""));
  const isOdd = (part, texts) => texts.some((text) => text && !wordedIn(entries, text).some((form) => part.text.includes(form)));
  for (const [at, entry] of entries.all.entries()) {
    const isSource = entries.kind(at) === "Source";
    if (!isSource && entries.kind(at) !== "Citation") continue;
    const source = isSource ? entry : entries.all[entry.source.at];
    const marks = (isSource ? [entry.file, entry.sha256] : [entry.text]).map((text) => small(letters(text)));
    const isOfQuote = ({ text, kind }) => ITEM.test(kind) && numbersIn(NUMBER_BEFORE.exec(text)?.[0] ?? "")[0] === entry.number;
    const around = parts.filter((each) => !each.isLarge && (isSource || isOfQuote(each)) && marks.every((mark) => each.text.includes(mark)));
    const part = around.sort((one, other) => one.all.length - other.all.length)[0];
    const texts = [source.publisher, ...(isSource ? OF_SOURCES.map((name) => source[name]) : [])];
    if (part && isOdd(part, isSource ? texts.filter((text) => text !== source.publisher || part.kind !== "dl") : texts)) yield [line.pieces[part.all[0]].page, `it tells of ${source.id} otherwise than its data: “${part.all.map((index) => saidBy(line.pieces[index])).join(" ").replace(/\s+/g, " ").trim()}”`];
  }
}

// All forms of a text, as compared.
function wordedIn(entries, text) {
  const forms = typeof text === "string" ? [text] : entries.all[text.at].forms.map(([, form]) => form);
  return forms.map((form) => small(letters(form)));
}
