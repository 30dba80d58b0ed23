// What a PDF says of itself beside its pages, to the letter: its two metadata, what its catalog asks for, its data as a file,
// and which link stands for which words.

const PRODUCED = /^WeasyPrint [\w.]+, Pango [\d.]+, Pyphen [\w.]+$/;
const NAMED_BY_BYTES = /^urn:sha256:[0-9a-f]{64}$/;
const OF_INFO = ["/CreationDate", "/Creator", "/ModDate", "/Producer", "/Subject", "/Title"];
const OF_NAMES = ["/Dests", "/EmbeddedFiles"];
const CATALOG = { "/MarkInfo": ["/Marked", true], "/ViewerPreferences": ["/DisplayDocTitle", true] };
const FILE = "edition.json";
const OF_FILE = ["/Type", "/F", "/UF", "/EF", "/Desc", "/AFRelationship"];
const NOT_OURS = "it says of itself what none of ours does: ";

async function documentAmiss(pdf, content, paper, said) {
  const metadata = new TextDecoder("utf-8", { fatal: true }).decode(await pdf.plain(pdf.get(pdf.root, "/Metadata")));
  return [
    ...infoAmiss(pdf, said, content),
    ...metadataAmiss(metadata, said, content),
    ...catalogAmiss(pdf, content),
    ...(await colouredAmiss(pdf)),
    ...(await attachmentAmiss(pdf, content)),
    ...tagsAmiss(paper),
    ...linkedAmiss(paper),
  ].map((fault) => (Array.isArray(fault) ? fault : [null, fault]));
}

function* infoAmiss(pdf, said, content) {
  for (const key of pdf.get(pdf.table, "/Info")?.keys() ?? []) if (!OF_INFO.includes(key)) yield `${NOT_OURS}${key.slice(1)}`;
  const day = `D:${content.as_of.replaceAll("-", "")}`;
  for (const [key, own] of [["/Creator", "briefings"], ["/CreationDate", day], ["/ModDate", day]]) if (said(key) !== own) yield `${NOT_OURS}${key.slice(1)} ${said(key)}`;
  if (!PRODUCED.test(said("/Producer"))) yield `${NOT_OURS}${said("/Producer")}`;
}

const XML = /<\?xpacket [^<>]*\?>|<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plainXml = (text) => text.replace(/&(?:#(\d{1,7})|(\w+));/g, (whole, code, name) => (code ? String.fromCodePoint(code) : (ENTITIES[name] ?? whole)));

// Each name in an XML text as we write it, of an element or of what is said of one, with what it says.
function toldIn(text) {
  const [told, open] = [[], [{ name: "", inner: 0, text: "" }]];
  let place = 0;
  for (const { 0: { length }, 1: isEnd, 2: name, 3: said, 4: isEmpty, 5: between } of text.matchAll(XML)) {
    place += length;
    const last = open.at(-1);
    if (between) last.text += between;
    if (!name) continue;
    if (!isEnd) {
      last.inner += 1;
      for (const [, key, value] of said.matchAll(/([\w:]+)="([^"]*)"/g)) if (!key.startsWith("xmlns")) told.push([key, plainXml(value)]);
      open.push({ name, inner: 0, text: "" });
    }
    if (!isEnd && !isEmpty) continue;
    const { name: own, inner, text: held } = open.pop();
    if (own !== name || !open.length) throw new Wrong("its metadata are none of our ways to write");
    if (!inner) told.push([open.at(-1).name === "rdf:Alt" ? open.at(-2).name : name, plainXml(held).trim()]);
    else if (held.trim()) told.push([name, "beside what it holds"]);
  }
  if (place !== text.length || open.length !== 1 || open[0].text.trim()) throw new Wrong("its metadata are none of our ways to write");
  return told;
}

// The same once more, as XML: each of its names with what it says.
function* metadataAmiss(text, said, content) {
  const own = {
    "pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1", "rdf:about": "", "xml:lang": "x-default", "rdf:parseType": "Resource",
    "pdf:Producer": said("/Producer"), "dc:title": said("/Title"), "dc:description": said("/Subject"),
    "xmp:CreatorTool": "briefings", "xmp:CreateDate": content.as_of, "xmp:ModifyDate": content.as_of,
    ...RULES.schema,
  };
  const told = toldIn(text);
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

// Colours are those of one profile, which some readers show them by.
async function colouredAmiss(pdf) {
  const [intent, ...more] = pdf.get(pdf.root, "/OutputIntents") ?? [];
  const profile = intent && pdf.get(pdf.at(intent), "/DestOutputProfile");
  return !more.length && profile && hex(await digest(await pdf.plain(profile))) === RULES.profile ? [] : ["its colours are those of another profile"];
}

// The data are attached under one name, as the source of what is said, of its day, in as many letters.
async function attachmentAmiss(pdf, content) {
  const wrong = ["its data are not attached to it as we do it"];
  const [file, ...more] = pdf.get(pdf.root, "/AF") ?? [];
  if (!file || more.length) return wrong;
  const listed = pdf.get(pdf.get(pdf.root, "/Names"), "/EmbeddedFiles");
  const [name, same, ...others] = pdf.get(listed, "/Names") ?? [];
  holdTo(listed, ["/Names"], "what lists its files");
  holdTo(pdf.at(file), OF_FILE, "its data");
  holdTo(pdf.get(file, "/EF"), ["/F"], "its data");
  if (others.length || textOf(name) !== FILE || pdf.at(same) !== pdf.at(file)) return wrong;
  const held = pdf.get(pdf.get(file, "/EF"), "/F");
  const params = pdf.get(held, "/Params");
  const said = [pdf.get(file, "/F"), pdf.get(file, "/UF"), pdf.get(file, "/Desc")].map(textOf);
  const days = ["/CreationDate", "/ModDate"].map((key) => textOf(pdf.get(params, key)).slice(0, 10));
  const day = `D:${content.as_of.replaceAll("-", "")}`;
  const own = [FILE, FILE, `What this brief says, as of ${content.as_of}`, day, day, "/Source", (await pdf.plain(held)).length].join();
  return [...said, ...days, pdf.get(file, "/AFRelationship"), pdf.get(params, "/Size")].join() === own ? [] : wrong;
}

// Tags that a style adds are numbers of pages.
function* tagsAmiss(paper) {
  for (const title of paper.titles) if (title !== GENERATED) yield `a tag is called “${title}”, as none of ours is`;
  for (const piece of paper.pieces) if (piece.generated && piece.target === null && shownBy(piece)) yield [piece.page, `it says “${shownBy(piece)}” beside its text`];
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
  return meet(rect, room) && left > room[0] && right < room[2] && rect[1] > room[1] - size && rect[3] < room[3] + size;
}
