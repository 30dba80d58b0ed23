// The data that a brief carries: whole, under the id that follows from all that they show.

const LARGEST = 64 * 1024 * 1024;

class Wrong extends Error {}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const utf8 = (text) => new TextEncoder().encode(text);

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const parts = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > LARGEST) throw new Wrong(`what is packed in it is larger than ${LARGEST / 1024 / 1024} MiB`);
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

// The checksum, and the id, which is worked out from all that the edition shows.

async function held(text) {
  const content = JSON.parse(text);
  const seal = content.seal;
  delete content.seal;
  const canonical = JSON.stringify(sorted(content), null, 1);
  if (hex(await digest(utf8(canonical))) !== seal) throw new Wrong("its data were changed: their checksum does not fit");
  return content;
}

async function tableOf(page) {
  const packed = Uint8Array.from(atob(page.packed), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await inflated(packed)));
}

async function fingerprintOf(table) {
  const texts = new Map();
  const fieldsOf = (place) => {
    const [kind, ...values] = table.values[place];
    return [kind, table.fields[kind].map((name, index) => [name, values[index]])];
  };
  const object = (pairs) => {
    const members = pairs.map(([key, value]) => [key, told(value)]).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
  };
  const saysNothingYet = (kind, name, value) => {
    const own = `${kind}.${name}`;
    const key = own in RULES.later ? own : name;
    return key in RULES.later && JSON.stringify(value) === JSON.stringify(RULES.later[key]);
  };
  const shownOf = (kind) => ([name, value]) =>
    !RULES.unshown.includes(name) && !saysNothingYet(kind, name, value);
  const formsOf = ([kind, fields]) => RULES.texts.includes(kind) && fields.find(([name]) => name === "forms")[1];
  const plain = ([name, value]) => {
    const forms = RULES.once_plain.includes(name) && value?.at !== undefined && formsOf(fieldsOf(value.at));
    return [name, forms && forms.length === 1 ? forms[0][1] : value];
  };
  const entry = (place) => {
    if (!texts.has(place)) {
      const whole = fieldsOf(place);
      texts.set(place, object(formsOf(whole) || whole[1].map(plain).filter(shownOf(whole[0]))));
    }
    return texts.get(place);
  };
  const told = (value) => {
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map(told).join(",")}]`;
    if ("at" in value) return entry(value.at);
    if ("map" in value) return object(value.map.filter(([key]) => !RULES.unshown.includes(key)));
    return JSON.stringify(Object.values(value)[0]);
  };
  const [, whole] = fieldsOf(table.values.length - 1);
  const [, edition] = fieldsOf(Object.fromEntries(whole).edition.at);
  const content = edition
    .filter(
      ([name, value]) =>
        RULES.content.includes(name) &&
        !RULES.unshown.includes(name) &&
        !(RULES.empty.includes(name) && (value === null || value.length === 0)),
    )
    .map(([name, value]) => [RULES.digested[name] ?? name, value]);
  return hex(await digest(utf8(object(content))));
}

// What the edition shows: its sentences with their numbers, its quotes, and all texts in it.

function editionOf(table, content) {
  const entryAt = ({ at }) => {
    const [kind, ...values] = table.values[at];
    return Object.fromEntries(table.fields[kind].map((name, index) => [name, values[index]]));
  };
  const entriesOf = (kind) => table.values.flatMap((value, at) => (value[0] === kind ? [entryAt({ at })] : []));
  const strings = new Set();
  const gather = (value) => {
    if (typeof value === "string") strings.add(value);
    else if (value && typeof value === "object") Object.values(value).forEach(gather);
  };
  table.values.forEach((value) => gather(value.slice(1)));
  const told = new Map(content.facts.map((fact) => [fact.id, fact]));
  const sentences = entriesOf("Sentence").map(({ id, fact, citations }) => {
    const { id: name, statement } = entryAt(fact);
    const text = told.get(name)?.statement;
    if (!entryAt(statement).forms.some(([, form]) => form === text)) throw new Wrong("its facts are not those of its page");
    return { number: Number(id.slice(1)), fact: name, statement: text, cites: citations };
  });
  const citations = entriesOf("Citation").map(({ number, text, cited_by: by }) => ({ number, text, citedBy: by.map((each) => entryAt(each).target) }));
  const quoted = new Set(citations.map(({ text }) => text));
  const isOther = (text) => !strings.has(text);
  if (new Set(sentences.map(({ fact }) => fact)).size !== told.size) throw new Wrong("its facts are not those of its page");
  if (content.facts.some((fact) => fact.quotes.some(({ text }) => !quoted.has(text)))) throw new Wrong("its quotes are not those of its page");
  if ([...frontOf(content), ...accountsOf(content), ...judgedOf(content)].some(isOther)) throw new Wrong("what it tells is not what its page does");
  const numbers = new Map(sentences.map(({ fact, number }) => [fact, number]));
  const numbersOf = (claims) => claims.flatMap(({ facts }) => facts.map((fact) => numbers.get(fact)));
  const claims = (content.accounts ?? []).flatMap((account) =>
    account.claims.filter(({ facts }) => facts.length).map((claim) => ({ text: claim.text, numbers: numbersOf([claim]), around: numbersOf(account.claims) })),
  );
  const { annex, edition } = entryAt({ at: table.values.length - 1 });
  const { desk, title, marking, contests } = entryAt(edition);
  const points = new Map(contests.map((view, index) => [`contest-${entryAt(entryAt(view).contest).id}`, index + 1]));
  const formsOf = (name) => entryAt(name).forms.map(([, form]) => small(letters(form)));
  const judgements = entriesOf("JudgementView").map(({ judgement, likelihood, confidence, rests_on: rests }) => ({
    statements: formsOf(entryAt(judgement).statement),
    grounds: formsOf(entryAt(judgement).because),
    band: RULES.bands[likelihood] ?? [],
    confidence: RULES.confidence[confidence],
    numbers: rests.map((each) => Number(entryAt(each).id.slice(1))).sort((a, b) => a - b),
  }));
  const headlines = entriesOf("FindingView").flatMap(({ summary }) => (summary ? [entryAt(entryAt(summary).summary).headline] : []));
  const findings = headlines.map((headline) => entryAt(headline).forms.map(([, form]) => form));
  const margins = [marking, content.title, ...[desk, title].flatMap((name) => entryAt(name).forms.map(([, form]) => form))];
  return { table, brief: graphOf(table), sentences, citations, points, claims, judgements, findings, strings, margins, title: content.title, annex: annex !== false };
}

const frontOf = (content) => (content.summary ? [content.summary.headline, ...content.summary.standfirst.map((claim) => claim.text)] : []);
// What of several topics each comes to, in a language of the desk.
const findingsOf = (said, edition) => edition.findings.map((forms) => forms.find((form) => said.includes(letters(form))) ?? forms[0]);
const accountsOf = (content) => (content.accounts ?? []).flatMap((account) => account.claims.map((claim) => claim.text));
const judgedOf = (content) => content.judgements.flatMap((judgement) => [judgement.statement, judgement.because]);
// A brief that leaves developments out tells of none.
const allOf = (content, { brief }) => [
  content.title,
  ...content.facts.flatMap((fact) => [fact.statement, ...fact.quotes.flatMap((quote) => quote.text.split(" […] "))]),
  ...frontOf(content),
  ...(tellsNews(brief.edition) ? accountsOf(content) : []),
  ...judgedOf(content),
];
