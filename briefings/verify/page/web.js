// A page of the web: its data, its name by its bytes, and whether it says what the data do, and nothing hides that.

const OPENING = '<script type="application/json" id="edition">';
const CLOSING = "</" + "script>";

// The data, as they stand in a page; and the name that a file has by its bytes.

function dataOfPage(text) {
  const parts = text.split(OPENING);
  if (parts.length !== 2) throw new Wrong(parts.length < 2 ? "it carries no data of a brief" : "it carries the data of several briefs");
  return parts[1].slice(0, parts[1].indexOf(CLOSING));
}

const BEFORE = [/<xmpMM:InstanceID>urn:sha256:([0-9a-f]{64})(?![0-9a-f])/g, /<meta name="dcterms.identifier" content="urn:sha256:([0-9a-f]{64})(?![0-9a-f])/g];

async function isNamedByItsBytes(bytes, isPdf) {
  // As windows-1252, in which every byte is one letter.
  const text = new TextDecoder("latin1").decode(bytes);
  const names = [...text.matchAll(BEFORE[isPdf ? 0 : 1])];
  if (names.length !== 1) return false;
  const open = bytes.slice();
  const start = names[0].index + names[0][0].length - 64;
  open.fill(48, start, start + 64);
  return hex(await digest(open)) === names[0][1];
}

const NO_LANGUAGE = "und"; // of a text of an earlier record, which does not say in which it is

// The words of a page: what its data say stands there, and nothing hides or replaces it.

async function faultsOfPage(text, content, edition) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const faults = [];
  const [style, ...styles] = page.querySelectorAll("style");
  const scripts = [...page.querySelectorAll("script")].filter((each) => each.type !== "application/json");
  const codeOf = async ({ type, textContent: own }) => `'sha256-${btoa(String.fromCharCode(...(await digest(utf8(type === "application/json" ? own.trim() : own)))))}'`;
  const codes = await Promise.all(Array.from(page.querySelectorAll("script"), codeOf));
  const orders = page.querySelectorAll("meta[http-equiv]");
  const isOurPolicy = policyIn(orders[0]?.content ?? "") === policyIn([...POLICY, `style-src ${style && (await codeOf(style))}`, `script-src ${codes.join(" ")}`].join("; "));
  if (orders.length !== 1 || orders[0].httpEquiv !== "Content-Security-Policy" || !isOurPolicy) faults.push("its policy is not the one of its style, script and data");
  if (scripts.length && !RULES.scripts.some((code) => codes.includes(`'sha256-${code}'`))) faults.push("its script is none of ours");
  if (!/<\/html>\s*$/.test(text)) faults.push("something stands behind its end");
  if (style && !(await isOurStyle(style.textContent))) faults.push("its style is none of ours: it may hide words, or put others");
  if (styles.length || scripts.length > 1) faults.push("it has more styles or scripts than it was made with");
  for (const each of page.querySelectorAll("body *")) {
    const odd = each.getAttributeNames().find((name) => name.startsWith("on") || ["style", "hidden", "contenteditable"].includes(name));
    if (odd) faults.push(`an element has the attribute ${odd}`);
    if (["form", "link"].includes(each.localName)) faults.push(`it has an element ${each.localName}`);
  }
  const within = Array.from(page.querySelectorAll("template"), ({ content: own }) => [...own.querySelectorAll("*")]).flat();
  for (const each of within) if (each.matches("script, style, link, meta, a[href]:not([href^='#']), svg, math, template, iframe, object, embed, base, img, bdo, [style]") || each.getAttributeNames().some((name) => name.startsWith("on"))) faults.push(`what its script shows has an element ${each.localName}`);
  for (const each of page.querySelectorAll("iframe, object, embed, base, img, bdo")) faults.push(`it has an element ${each.localName}`);
  for (const each of page.querySelectorAll("[lang]")) {
    const code = each.getAttribute("lang"); // parts of drawings have no `lang`
    if (![content.language, NO_LANGUAGE].includes(code) && !edition.strings.has(code)) faults.push(`it has a text in a language that none of its data is in: ${code}`);
  }
  for (const { id, hash } of page.querySelectorAll("[id], a[href^='#']")) {
    const name = id || decodeURIComponent(hash.slice(1));
    if (page.querySelectorAll(`[id="${CSS.escape(name)}"]`).length !== 1) faults.push(`a link leads nowhere, or to several places: ${name}`);
  }
  faults.push(...shapeAmiss(page, content, edition), ...headAmiss(text, page, content));
  const proved = [...edition.sentences.map(({ statement }) => statement), ...edition.citations.map(({ text: quote }) => quote)];
  for (const each of page.querySelectorAll("details:not([open])")) {
    const shut = proved.find((one) => letters(each.textContent).includes(letters(one)));
    if (shut && !content.page.own_templates) faults.push(`nobody sees “${shut}” who opens nothing`);
  }
  for (const each of page.querySelectorAll("script, style, [hidden]:not(dialog):not([id])")) each.remove();
  if (UNSEEN.test(page.body.textContent)) faults.push("it has characters that do not show, or turn words round");
  if (page.documentElement.lang !== content.language) faults.push(`it says that it is in another language than ${content.language}`);
  const words = letters(page.body.textContent);
  const told = [...allOf(content, edition), ...findingsOf(words, edition)];
  for (const text of told) if (!words.includes(letters(text))) faults.push(`it does not say “${text}”`);
  const [all, joining] = [spaced(page.body.textContent), told.filter((text) => JOINING.test(text))];
  for (const text of joining) if (words.includes(letters(text)) && !all.includes(spaced(text).trim())) faults.push(`it joins letters otherwise than its data: “${text}”`);
  const known = [...edition.strings, ...RULES.phrases].join("");
  for (const [sign] of new Set(all.match(JOINING_SIGNS) ?? [])) if (!known.includes(sign)) faults.push("it has characters that do not show, or turn words round");
  const line = new Line(saidOn(page));
  for (const amiss of [wordsBeside(line, content, edition), figuresAmiss(line, content, edition), orderAmiss(line, content, edition), messagesAmiss(line, content, edition), courseAmiss(line, content, edition), judgementsAmiss(line, content, edition), sourcesAmiss(line, content, edition), marksAmiss(line, edition), claimsAmiss(line, edition), placesAmiss(page, content, edition), quotedAmiss(page, content, edition), heardAmiss(page, content), namesAmiss(page, content, edition), standsAmiss(page, content, edition), rowsAmiss(page, content, edition), picturesAmiss(page, style?.textContent ?? "", content, edition)])
    for (const [, fault] of amiss) faults.push(fault);
  const beside = isWordedByUs(content) ? ", no word stands beside them that is neither theirs nor ours" : "";
  return [`all ${told.length} sentences, quotes, claims and judgements of its data stand on it${beside}, and nothing of it hides them`, faults, [beside ? "" : UNKNOWN_WORDS]];
}

// What stands before the words says of the brief what it is; what of it is told in words is looked at with them.
const BEGINNING = /^<!DOCTYPE html>\s*<html lang="[^"]*" dir="(?:ltr|rtl)">\s*<head>\s*<meta charset="utf-8">/;
const TOLD_BEFORE = "meta[name='description'], meta[property='og:title'], meta[property='og:description'], meta[property='og:site_name']";
const OUR_METAS = ["charset", "color-scheme", "dcterms.created", "dcterms.identifier", "dcterms.modified", "description", "generator", "og:description", "og:locale", "og:site_name", "og:title", "og:type", "referrer", "viewport"];

function* headAmiss(text, page, content) {
  if (content.page.own_templates) return;
  if (!BEGINNING.test(text)) yield "it does not begin as ours do";
  for (const each of page.querySelectorAll("meta:not([http-equiv])")) {
    const name = each.getAttribute("name") ?? each.getAttribute("property") ?? "charset";
    if (!OUR_METAS.includes(name)) yield `none of our pages says of itself: ${name}`;
    if (name.startsWith("dcterms.") && name !== "dcterms.identifier" && each.content !== content.as_of) yield `it says that it is of another day: ${each.content}`;
    if (name === "generator" && each.content !== "briefings") yield `it says that it was made by ${each.content}`;
    else if (name in RULES.metas && each.content !== RULES.metas[name]) yield `it says of itself as none of ours does: ${name}`;
    if (name === "og:locale" && each.content !== content.language.replace("-", "_")) yield `it says that it is in another language than ${content.language}`;
  }
  for (const { href } of page.querySelectorAll("link[rel='icon']")) if (!RULES.icons.includes(href)) yield "its icon is none of ours";
  for (const each of page.querySelectorAll("head link")) if (!["alternate", "icon"].includes(each.rel)) yield `it has an element link: ${each.rel}`;
}

// The policy of each page of ours, but for the hashes of what it has; and one as a text in which no order counts.
const POLICY = ["default-src 'none'", "font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'"];
const policyIn = (text) => text.split(";").map((each) => each.trim().split(/\s+/).sort().join(" ")).sort().join("; ");

// Each sentence stands where its ¶ leads to, and each quote where its number does; a template of a desk's own has its own places.
function* placesAmiss(page, content, edition) {
  if (content.page.own_templates) return;
  const told = [
    ...edition.sentences.map(({ number, statement }) => [`s${number}`, `¶ ${number}`, statement]),
    ...edition.citations.map(({ number, text }) => [`q${number}`, `quote ${number}`, text]),
  ];
  for (const [id, name, text] of told) {
    const [place, ...more] = page.querySelectorAll(`[id="${id}"]`);
    const [first] = numbersIn(letters(place?.textContent ?? ""));
    if (!place || more.length || !letters(place.textContent).includes(letters(text))) yield [null, `where ${name} leads to, it does not say “${text}”`];
    else if (id === `q${first}` !== id.startsWith("q")) yield [null, `where ${name} leads to, it is called ${first}`];
  }
}

// Quotation marks stand around each quote, whole, and the quotes stand in the order of their numbers.
function* quotedAmiss(page, content, edition) {
  if (content.page.own_templates) return;
  for (const { number, text } of edition.citations) {
    const quoted = Array.from(page.querySelectorAll(`[id="q${number}"] q`), (each) => each.textContent).join(" ");
    if (quoted && letters(quoted) !== letters(text)) yield [null, `where quote ${number} leads to, it puts “${quoted}” in quotation marks`];
    else if (!quoted) yield [null, `where quote ${number} leads to, nothing stands in quotation marks`];
  }
  const numbers = Array.from(page.querySelectorAll("li[id^='q']"), ({ id }) => Number(id.slice(1)));
  const late = numbers.find((number, at) => at && number < numbers[at - 1]);
  if (late) yield [null, `quote ${late} stands behind a later one`];
}

// What is said of a link to those who hear has no other number than the one that it shows or leads to.
function* heardAmiss(page, content) {
  if (content.page.own_templates) return;
  for (const each of page.querySelectorAll("a[aria-label][href^='#']")) {
    const shown = [each.textContent, each.hash.slice(2)].flatMap((text) => numbersIn(letters(text)));
    const heard = numbersIn(letters(each.getAttribute("aria-label")));
    if (!heard.every((number) => shown.includes(number))) yield [null, `those who hear it are told “${each.getAttribute("aria-label")}” of “${each.textContent}”`];
  }
}

// What no page of ours has: it shows such characters by their codes.
const UNSEEN = /[\u061c\u200b\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e0fff}]/u;

// Signs within words, by which letters join or words may break.
const JOINING = /\u200c|\u200d/u;
const JOINING_SIGNS = /[\u00ad\u200c\u200d]/gu;
const spaced = (text) => text.replace(/\s+/g, " ");

// All that a page says, in its order: its title, its texts, and what some elements say to those who hear or point.

const PARTS = "body, main, section, header, footer, nav, aside, div, p, ul, ol, li, dl, dt, dd, table, thead, tbody, tr, td, th, caption, figure, figcaption, h1, h2, h3, h4, summary, details, blockquote";
const SAYING = ["alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title", "value"];

function saidOn(page) {
  const pieces = [];
  const aside = [];
  const parts = new Map([[null, null]]);
  const partOf = (element) => {
    if (!parts.has(element)) parts.set(element, { kind: element.localName, around: partOf(element.parentElement.closest(PARTS)) });
    return parts.get(element);
  };
  const places = new Map();
  const placeOf = (element) => {
    if (!places.has(element)) places.set(element, { kind: pathOf(element), around: element === page.body ? null : placeOf(element.parentElement) });
    return places.get(element);
  };
  const say = (list, text, leads, part, within = null) => list.push({ page: null, readings: [text, text], spoken: null, generated: false, leads, part, within, isHeard: list === aside });
  say(aside, page.title, null, null);
  for (const each of page.querySelectorAll(TOLD_BEFORE)) say(aside, each.content, null, null);
  const shown = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const sayAside = (text) => say(aside, text.replace(/\{[a-z_]+\}/g, " "), null, null);
  const sayAttributes = (element, tell) => {
    for (const { name, value } of element.attributes) if (SAYING.includes(name) || (name.startsWith("data-") && (/\s/.test(value.trim()) || (element.localName === "template" && /\p{L}/u.test(value))))) tell(value.replace(/\{[a-z_]+\}/g, " "));
  };
  // What our script puts into the page stands in a part of it that is none yet.
  for (const { content } of page.querySelectorAll("template")) {
    const own = page.createTreeWalker(content, shown);
    for (let node = own.nextNode(); node; node = own.nextNode()) node.nodeType === Node.TEXT_NODE ? sayAside(node.data) : sayAttributes(node, sayAside);
  }
  const walker = page.createTreeWalker(page.body, shown);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const link = node.parentElement.closest("a")?.getAttribute("href") ?? "";
    const part = partOf((node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(PARTS));
    if (node.nodeType === Node.TEXT_NODE) say(pieces, node.data, link.startsWith("#") ? link.slice(1) : null, part, placeOf(node.parentElement));
    else sayAttributes(node, (text) => say(aside, text, null, part));
  }
  return [...pieces, ...aside];
}

// A style is our sheets, then where the marks of pictures stand, and how the label is printed.

const PLACED = /^[#.](?:age|ln|map|tl)(?:-[a-z]+)*(?:-\d+)?\{(?:(?:left|right|top|width):-?\d+(?:\.\d+)?(?:e-?\d+)?%;?)+\}$/;

async function isOurStyle(text) {
  for (const [length, sheets] of RULES.styles) {
    const rest = text.slice(length).split("\n");
    const isOurs = btoa(String.fromCharCode(...(await digest(utf8(text.slice(0, length)))))) === sheets;
    if (isOurs && rest.every((line) => !line || RULES.labels.includes(line) || PLACED.test(line))) return true;
  }
  return false;
}
