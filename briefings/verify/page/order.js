// The order of what stands side by side: rows, items and paragraphs follow each other as the data list what they tell.

const NUMBERING = /^[\p{Nd}¶·•.]+/u;
const CELLS = /^\/?t[dh]\b/i;
const PICTURED = /^div\.(?:ln|map)\b/;
const OF_PICTURES_ALONE = /^\/Div(?:>\/Div)*$/; // in a PDF
const A_CODE = /^[a-z\d-]*$/; // such as an id, which nobody reads
const FARTHEST = 3; // that a text is from the entry which is listed
// What an entry says that no other does; names stand wherever they are told of.
const OWN_WORDS = ["statement", "headline", "question", "because", "why", "text", "title", "descriptor", "published_basis", "publisher_basis", "reliability_basis", "origin", "file", "sha256"];

function* orderAmiss(line, content, edition) {
  if (content.page.own_templates) return;
  const columns = columnsOf(edition.table);
  const heads = headsOf(columns.flatMap(({ places }) => [...places.keys()]));
  const seen = new Set();
  for (const { units, areAlone } of sideBySide(line)) {
    if (!areAlone || units.every(isOfAChange)) continue;
    const told = units.flatMap((unit) => headOf({ ...unit, text: unit.text.replace(NUMBERING, "") }, heads) ?? []);
    const key = told.map(({ texts }) => texts[0]).join("\n");
    if (new Set(told.map(({ texts }) => texts[0])).size < 2 || seen.has(key)) continue;
    seen.add(key);
    const own = columns.filter(({ places }) => told.every(({ texts }) => texts.some((text) => places.has(text))));
    if (!own.length || own.some((column) => follows(told, column))) continue;
    const wrong = told.find((_, turn) => !own.some((column) => follows(told.slice(0, turn + 1), column)));
    yield [line.pieces[wrong.unit.all[0]].page, `“${wrong.unit.said}” stands in another order than its data have it`];
  }
}

// Parts side by side that begin with messages of ours follow each other as in one of our templates, each once.
function* messagesAmiss(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const heads = headsOf(oursAlone(RULES.order.flat().flatMap(([texts]) => texts), edition));
  for (const { units } of sideBySide(line, false)) {
    const said = units.flatMap((unit) => headOf(unit, heads)?.texts[0] ?? []);
    if (said.length < 2 || new Set(said).size < said.length) continue;
    const own = RULES.order.filter((told) => areTold(said, told));
    if (own.length && !own.some((told) => areInOrder(said, told))) yield [line.pieces[units[0].all[0]].page, `our words stand in another order than on our pages: “${units.map((unit) => unit.said).join(" · ")}”`];
  }
}

// Parts that begin with a message that a brief tells at one place follow each other as it does.
function* courseAmiss(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const heads = headsOf(oursAlone(RULES.course.flat(), edition));
  let last = -1;
  for (const { own } of partsOf(line)) {
    const told = own.filter((index) => !line.pieces[index].isHeard);
    const unit = { text: small(told.map((index) => line.texts[index]).join("")), all: told };
    const head = headOf(unit, heads)?.texts[0];
    if (head === undefined) continue;
    const places = [...RULES.course.keys()].filter((at) => RULES.course[at].includes(head));
    const next = places.find((at) => at >= last);
    if (next === undefined) return yield [line.pieces[told[0]].page, `our words stand in another order than on our pages, at “${line.words(line.starts[told[0]], line.starts[told[0]] + head.length)}” or before`];
    last = next;
  }
}

// Messages that no text of the data begins with, which may stand anywhere.
function oursAlone(messages, edition) {
  const texts = headsOf(Array.from(edition.strings).flatMap((text) => (A_CODE.test(text) ? [] : [small(letters(text))])));
  return messages.filter((each) => !(texts.get(each.slice(0, LIKE)) ?? []).some((text) => text.startsWith(each)));
}

// Whether a template tells all of some messages, and no two of them in place of each other.
function areTold(said, told) {
  const places = said.map((text) => told.filter(([texts]) => texts.includes(text)));
  const areApart = ([, one], [, other]) => one.some(([choice, way]) => other.some(([own, branch]) => own === choice && branch !== way));
  return places.every((ways) => ways.length) && places.every((ways, turn) => places.slice(turn + 1).every((others) => ways.some((one) => others.some((other) => !areApart(one, other)))));
}

function areInOrder(said, told) {
  let last = -1;
  for (const text of said) {
    last = told.findIndex(([texts], at) => at > last && texts.includes(text));
    if (last < 0) return false;
  }
  return true;
}

// Whether texts follow each other as a list has them.
function follows(told, { places }) {
  let last = -1;
  for (const { texts } of told) {
    const next = Math.min(...texts.flatMap((text) => (places.get(text) ?? []).filter((place) => place >= last)));
    if (next === Infinity) return false;
    last = next;
  }
  return true;
}

// For each list of the data, and each field of what is in it, where in the list stands what has such a text.
function columnsOf(table) {
  const all = table.values.map(([kind, ...values]) => [kind, Object.fromEntries(table.fields[kind].map((name, index) => [name, values[index]]))]);
  const columns = [];
  // Of what is told in claims, the first.
  const formsOf = ([, { forms }]) => (forms ?? []).map(([, form]) => (Array.isArray(form) ? all[form[0].at][1].text : form));
  const lists = all.flatMap(([, entry]) => Object.entries(entry).flatMap(([name, value]) => (Array.isArray(value) && name !== "citations" && value.length > 1 && value.every((each) => Number.isInteger(each?.at)) ? [value] : [])));
  const numbered = all.flatMap(([kind, { id }], at) => (kind === "Sentence" ? [[Number(id.slice(1)), { at }]] : [])).sort(([a], [b]) => a - b);
  lists.push(numbered.map(([, each]) => each));
  const answers = new Map(all.flatMap(([, { contest, positions }]) => (positions && contest?.at !== undefined ? [[positions, all[contest.at][1].says]] : [])));
  for (const list of lists) {
    const own = new Map();
    const note = (path, text, place) => {
      if (!own.has(path)) own.set(path, new Map());
      gather(own.get(path), small(letters(text)), place);
    };
    const look = (at, path, place, depth) => {
      const [kind, entry] = all[at];
      for (const [key, value] of Object.entries(entry)) {
        const [to, isNear] = [all[value?.at], depth < FARTHEST];
        if (OWN_WORDS.includes(key) || (kind === "Contest" && key === "note")) for (const text of to ? formsOf(to) : [value]) if (typeof text === "string" && letters(text)) note(`${path}.${key}`, text, place);
        if (to && isNear && !RULES.texts.includes(to[0])) look(value.at, `${path}.${key}`, place, depth + 1);
      }
    };
    list.forEach(({ at }, place) => look(at, "", place, 0));
    // An answer to a disputed point belongs to its first account.
    list.forEach((each, place) => {
      const { fact } = all[each.at][1];
      for (const [id, text] of answers.get(list) ?? []) if (fact && all[fact.at][1].id === id) for (const form of formsOf(all[text.at])) note(".answer", form, place);
    });
    for (const places of own.values()) if (places.size > 1) columns.push({ places });
  }
  return columns;
}

function headsOf(texts) {
  const heads = new Map();
  for (const text of new Set(texts)) gather(heads, text.slice(0, LIKE), text);
  for (const known of heads.values()) known.sort((a, b) => b.length - a.length);
  return heads;
}

// The texts that a part is, or begins with: short ones are all of it, or end with a colon.
function headOf(unit, heads) {
  const isHead = (text, each) => text === each || ((each.length >= ANCHOR || each.endsWith(":")) && text.startsWith(each));
  const texts = (heads.get(unit.text.slice(0, LIKE)) ?? []).filter((each) => isHead(unit.text, each));
  return texts.length ? { texts, unit } : null;
}

// The parts of each part that stand side by side, of one kind and at one place within it.
function* sideBySide(line, areCells = true) {
  const nodes = new Map();
  const nodeOf = (place) => {
    if (!nodes.has(place)) {
      const around = place.around ? nodeOf(place.around) : null;
      const cells = around ? (around.cells += CELLS.test(place.kind)) : 0;
      nodes.set(place, { kind: CELLS.test(place.kind) && areCells ? `${place.kind}${cells}` : place.kind, around, all: [], cells: 0 });
    }
    return nodes.get(place);
  };
  for (const [index, { isHeard, within, part }] of line.pieces.entries()) {
    const place = within ?? part;
    if (!isHeard && place && line.texts[index]) for (let each = nodeOf(place); each; each = each.around) each.all.push(index);
  }
  const rows = new Map();
  for (const node of nodes.values()) {
    if (!node.all.length) continue;
    node.text = small(node.all.map((index) => line.texts[index]).join(""));
    node.said = node.all.map((index) => saidBy(line.pieces[index])).join(" ").replace(/\s+/g, " ").trim();
    if (isOfPicture(node) || node.kind === OF_A_LANGUAGE) continue;
    let path = node.kind;
    for (let child = node, each = node.around; each; child = each, each = each.around) {
      if (!rows.has(each)) rows.set(each, new Map());
      const own = rows.get(each);
      if (!own.has(path)) own.set(path, new Map());
      gather(own.get(path), child, node);
      path = `${each.kind}>${path}`;
    }
  }
  for (const own of rows.values())
    for (const [path, byChild] of own)
      if (byChild.size > 1 && !OF_PICTURES_ALONE.test(path)) yield { units: [...byChild.values()].flat(), areAlone: [...byChild.values()].every((units) => units.length === 1) };
}

// Judgements

// The grounds of a judgement stand behind it, its odds and its confidence.
function* judgementsAmiss(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const text = small(line.text);
  const byGround = new Map();
  for (const judgement of edition.judgements) for (const ground of judgement.grounds) gather(byGround, ground, judgement);
  for (const [ground, judgements] of byGround)
    for (let end = text.indexOf(ground); end >= 0; end = text.indexOf(ground, end + ground.length))
      if (!judgements.some((judgement) => isJudged(text.slice(0, end), judgement))) yield [line.page(end), `“${line.words(end, end + ground.length)}” does not stand behind its judgement, with its odds and its confidence`];
}

function isJudged(text, { statements, band, confidence, numbers }) {
  return statements.some((statement) => {
    const start = text.lastIndexOf(statement);
    const [odds, rests = "", ...more] = text.slice(start + statement.length).split("¶");
    const isBand = numbersIn(odds).sort((a, b) => a - b).join() === band.join();
    return start >= 0 && !more.length && isBand && confidence.some((each) => odds.includes(each)) && isListOf(rests, numbers);
  });
}

const isListOf = (text, numbers) => rangesIn(text).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, turn) => first + turn)).sort((a, b) => a - b).join() === numbers.join();

// Labels of a picture stand where it has room.
// Which points are new stands with each fact that made them so.
const isOfAChange = (node) => /^p\.due\b/.test(node.kind) || (node.around !== null && isOfAChange(node.around));
const isOfPicture = (node) => PICTURED.test(node.kind) || (node.around !== null && isOfPicture(node.around));
