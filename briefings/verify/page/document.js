// What a PDF says of itself beside its pages, to the letter: its two metadata, what its catalog asks for, its data as a file, its
// bookmarks and named places, and which link stands for which words.

const PRODUCED = /^WeasyPrint [\w.]+, Pango [\d.]+, Pyphen [\w.]+$/;
const NAMED_BY_BYTES = /^urn:sha256:[0-9a-f]{64}$/;
const OF_INFO = ["/CreationDate", "/Creator", "/ModDate", "/Producer", "/Subject", "/Title"];
const OF_NAMES = ["/Dests", "/EmbeddedFiles"];
const CATALOG = { "/MarkInfo": ["/Marked", true], "/ViewerPreferences": ["/DisplayDocTitle", true] };
const FILE = "edition.json";
const NOT_OURS = "it says of itself what none of ours does: ";

async function documentAmiss(pdf, content, edition, paper, line) {
  if (content.page.own_templates) return [];
  const info = pdf.get(pdf.table, "/Info");
  const said = (key) => (info instanceof Map && info.has(key) ? textOf(pdf.get(info, key)) : "");
  const metadata = new TextDecoder("utf-8", { fatal: true }).decode(await pdf.plain(pdf.get(pdf.root, "/Metadata")));
  return [
    ...infoAmiss(pdf, info, said, content, edition),
    ...metadataAmiss(metadata, said, content),
    ...catalogAmiss(pdf, content),
    ...(await attachmentAmiss(pdf, content)),
    ...headedAmiss(paper, line),
    ...tagsAmiss(paper, content, edition),
    ...linkedAmiss(paper),
    ...partsMissing(paper, line, edition),
    ...namedPlacesAmiss(paper, line, edition),
  ].map((fault) => (Array.isArray(fault) ? fault : [null, fault]));
}

function* infoAmiss(pdf, info, said, content, { margins, brief }) {
  for (const key of info?.keys() ?? []) if (!OF_INFO.includes(key)) yield `${NOT_OURS}${key.slice(1)}`;
  const day = `D:${content.as_of.replaceAll("-", "")}`;
  for (const [key, own] of [["/Creator", "briefings"], ["/CreationDate", day], ["/ModDate", day]]) if (said(key) !== own) yield `${NOT_OURS}${key.slice(1)} ${said(key)}`;
  if (!PRODUCED.test(said("/Producer"))) yield `${NOT_OURS}${said("/Producer")}`;
  if (!brief.edition.desk.forms.some(([, desk]) => said("/Title").startsWith(`${content.title} – ${desk} – `))) yield `it is called “${said("/Title")}”, and by its data “${content.title}”`;
  if (!said("/Subject").includes(content.edition)) yield `it says of itself that it is another edition: “${said("/Subject")}”`;
}

// The same once more, as XML: each of its names with what it says.
function* metadataAmiss(text, said, content) {
  const own = {
    "pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1", "rdf:about": "", "xml:lang": "x-default", "rdf:parseType": "Resource",
    "pdf:Producer": said("/Producer"), "dc:title": said("/Title"), "dc:description": said("/Subject"),
    "xmp:CreatorTool": "briefings", "xmp:CreateDate": content.as_of, "xmp:ModifyDate": content.as_of,
    ...RULES.schema,
  };
  const whole = new DOMParser().parseFromString(text, "text/xml");
  const told = [];
  for (const each of whole.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) if (!name.startsWith("xmlns")) told.push([name, value]);
    if (!each.children.length) told.push([each.parentElement?.nodeName === "rdf:Alt" ? each.parentElement.parentElement.nodeName : each.nodeName, each.textContent.trim()]);
  }
  const isOurs = ([name, value]) => (name in own ? [own[name]].flat().includes(value) : name === "xmpMM:InstanceID" ? NAMED_BY_BYTES.test(value) : !value);
  const odd = told.find((each) => !isOurs(each));
  if (odd) yield `${NOT_OURS}${odd.join(" ")}`;
  const missing = Object.keys(own).find((name) => !told.some(([each]) => each === name));
  if (missing) yield `it does not say of itself: ${missing}`;
}

function* catalogAmiss(pdf, content) {
  const { root } = pdf;
  for (const [key, own] of Object.entries(CATALOG)) if (!isSame(pdf.get(root, key), new Map([own]))) yield `it asks for what no brief does: ${key.slice(1)}`;
  if (pdf.at(root).has("/PageMode")) yield "it asks for what no brief does: PageMode";
  if (textOf(pdf.get(root, "/Lang")) !== content.language) yield `it says that it is in another language than ${content.language}`;
  for (const key of pdf.get(root, "/Names").keys()) if (!OF_NAMES.includes(key)) yield `it asks for what no brief does: ${key.slice(1)}`;
  for (const [turn, page] of pdf.get(pdf.get(root, "/Pages"), "/Kids").entries()) if (pdf.get(page, "/StructParents") !== turn) yield [turn + 1, "the tags of the page are those of another"];
}

// The data are attached under one name, as the source of what is said, of its day, in as many letters.
async function attachmentAmiss(pdf, content) {
  const [file, ...more] = pdf.get(pdf.root, "/AF") ?? [];
  if (!file || more.length) return ["its data are not attached to it as we do it"];
  const held = pdf.get(pdf.get(file, "/EF"), "/F");
  const params = pdf.get(held, "/Params");
  const said = [pdf.get(file, "/F"), pdf.get(file, "/UF"), pdf.get(file, "/Desc")].map(textOf);
  const days = ["/CreationDate", "/ModDate"].map((key) => textOf(pdf.get(params, key)).slice(0, 10));
  const day = `D:${content.as_of.replaceAll("-", "")}`;
  const own = [FILE, FILE, `What this brief says, as of ${content.as_of}`, day, day, "/Source", (await pdf.plain(held)).length].join();
  return [...said, ...days, pdf.get(file, "/AFRelationship"), pdf.get(params, "/Size")].join() === own ? [] : ["its data are not attached to it as we do it"];
}

// Tags that a style adds are numbers of pages; languages are those of the data; a picture is told of in our words.
function* tagsAmiss(paper, content, edition) {
  for (const code of paper.codes) if (code !== content.language && code !== NO_LANGUAGE && !edition.strings.has(code)) yield `it has a text in a language that none of its data is in: ${code}`;
  for (const title of paper.titles) if (title !== GENERATED) yield `a tag is called “${title}”, as none of ours is`;
  for (const piece of paper.pieces) if (piece.generated && piece.target === null && shownBy(piece)) yield [piece.page, `it says “${shownBy(piece)}” beside its text`];
  if (!isWordedByUs(content)) return;
  const names = new Set(edition.brief.edition.places.flatMap(({ place }) => place.name.forms.flatMap(([, form]) => wordsIn(form.toLowerCase()))));
  for (const text of paper.alternatives) {
    const said = small(letters(text));
    const [first, last] = RULES.maps.find(([before, behind]) => said.startsWith(before) && said.endsWith(behind)) ?? [];
    const middle = first === undefined ? "" : wordsIn(text.toLowerCase()).filter((word) => !names.has(word));
    if (first === undefined || middle.some((word) => !(first + last).includes(word) && !RULES.words.includes(word))) yield `a picture is told of as “${text}”`;
  }
}

// Each link is that of a tag, is called as what that shows, and lies where it stands.
function* linkedAmiss(paper) {
  const notes = new Set(paper.links.map(({ note }) => note));
  const tagged = new Map(paper.linked.map((each) => [each.note, each]));
  for (const { note, page, spoken } of paper.links) if (!tagged.has(note)) yield [page, `a link stands for no words: “${spoken}”`];
  for (const { note, page, pieces } of tagged.values()) {
    const told = letters(pieces.filter(({ generated }) => !generated).map((piece) => piece.spoken ?? piece.readings[0]).join(""));
    const link = paper.links.find((each) => each.note === note);
    if (!notes.has(note)) yield [page, `a link is missing: “${told}”`];
    else if (told && !letters(link.spoken).includes(told) && !told.includes(letters(link.spoken))) yield [link.page, `a link is called “${link.spoken}”, and shows “${told}”`];
    else if (!isOn(link.rect, pieces, link.page, paper.spots)) yield [link.page, `a link lies elsewhere than its words: “${told}”`];
  }
}

// Whether a link lies on words, and reaches no further than these.
function isOn([left, bottom, right, top], pieces, page, spots) {
  const [own, rect] = [pieces.flatMap((piece) => (piece.page === page ? (spots.get(`${page} ${piece.number}`) ?? []) : [])), [left, Math.min(bottom, top), right, Math.max(bottom, top)]];
  if (!own.length) return !pieces.some((piece) => spots.has(`${piece.page} ${piece.number}`));
  const [frame, size] = [own.map((each) => each.frame).reduce(around), own[0].size];
  const room = [frame[0] - size, frame[1] - size, frame[2] + size, frame[3] + size];
  return meet(rect, room) && left > room[0] && right < room[2];
}

// A place that is named after an entry is where that is told of.
function* namedPlacesAmiss(paper, line, { brief, sentences, citations }) {
  const told = [...sentences.map(({ number, statement }) => [`s${number}`, [statement]]), ...citations.map(({ number, text }) => [`q${number}`, [text]])];
  for (const prefix of ["judgement", "contest", "account"]) for (const [id, text] of ENTRIES_DUE[prefix](brief.edition)) if (text) told.push([`${prefix}-${id}`, text.forms.map(([, form]) => form)]);
  for (const [id, texts] of told) {
    const place = paper.spotsOfPlaces.get(id);
    if (!place) continue;
    const spots = texts.flatMap((text) => Array.from(line.places(letters(text)), (at) => line.pieces[line.at(at)])).map((piece) => [piece.page, spotOf(paper, piece)]);
    if (spots.length && !spots.some(([page, spot]) => page === place.page && isOver(place.top, spot))) yield [place.page, `the place ${id} is not where it is told of`];
  }
}
