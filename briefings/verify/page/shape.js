// The shape of a page of the web: no part is empty, shut or unheard that is not so in ours, and each place has its name.

// Elements that are there for what they say; and those that say something if any other of their class does: marks of
// pictures and some cells never do.
const SAYS_SOMETHING = "a, abbr, b, bdi, blockquote, button, caption, cite, dd, dt, em, figcaption, h1, h2, h3, h4, h5, h6, i, label, legend, li, p:not([role], [aria-hidden]), q, strong, sub, summary, sup, th, time";
const OF_A_LANGUAGE = "bdi"; // around each text of ours that a page's language lacks, and between these around nothing
const SAYS_AS_OTHERS = "span[class], td[class]";
const OPENED_BY_READERS = ["source", "finder"];
const UNHEARD = ".tally, button > span";
const TOLD_TO_ALL = /[\p{L}\p{N}\p{P}]/u;
const OF_PICTURES = /^(?:age|ln|map|tl)(?:-[a-z]+)*-\d+$/;
const OF_DATA = /^[a-z]+-(?=.)/;
const NUMBERED_PLACE = /^[sq]\d+$/;

function* shapeAmiss(page, content, edition) {
  const isHeard = content.page.own_templates ? /\p{L}/u : TOLD_TO_ALL;
  for (const each of page.querySelectorAll("[aria-hidden]")) if (isHeard.test(each.textContent) || !(content.page.own_templates || each.matches(UNHEARD))) yield `those who hear it are not told “${each.textContent.trim()}”`;
  if (content.page.own_templates) return;
  yield* elementsAmiss(page);
  yield* addressesAmiss(page, edition);
  if (isWordedByUs(content)) yield* captionsAmiss(page);
  const saying = new Set(Array.from(page.querySelectorAll(SAYS_AS_OTHERS)).flatMap((each) => (each.textContent.trim() ? [pathOf(each)] : [])));
  for (const each of page.querySelectorAll(`${SAYS_SOMETHING}, ${SAYS_AS_OTHERS}`)) {
    if (each.matches(OF_A_LANGUAGE) && !isWordedByUs(content)) continue;
    if (each.matches(".tl-known") && !each.parentElement.querySelector(".known")) continue; // the row of all others
    const isSaying = each.textContent.trim() || (each.matches(SAYS_AS_OTHERS) && !saying.has(pathOf(each)));
    if (!isSaying) yield `a part of it is empty: ${pathOf(each)}`;
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (isTwice(node.data)) yield `it says twice “${node.data.trim()}”`;
  for (const each of page.querySelectorAll("details")) {
    const isOurs = each.firstElementChild?.localName === "summary" && (each.open || OPENED_BY_READERS.includes(each.className));
    if (!isOurs) yield `it can be shut: ${pathOf(each)}`;
  }
  for (const each of page.querySelectorAll("table")) if (new Set(Array.from(each.rows, widthOf)).size > 1) yield `a row has more or fewer cells than the others: ${pathOf(each)}`;
  const led = new Set(Array.from(page.querySelectorAll("a[href^='#']"), ({ hash }) => decodeURIComponent(hash.slice(1))));
  const numbered = new Set([...edition.sentences.map(({ number }) => `s${number}`), ...edition.citations.map(({ number }) => `q${number}`)]);
  const isKnown = (id) => (NUMBERED_PLACE.test(id) ? numbered.has(id) : led.has(id) || RULES.ids.includes(id) || OF_PICTURES.test(id) || edition.strings.has(id.replace(OF_DATA, "")));
  for (const { id } of page.querySelectorAll("[id]:not(script)")) if (!isKnown(id)) yield `a place of it has a name that none of ours has: ${id}`;
}

// A page is made of what our templates are made of.
function* elementsAmiss(page) {
  for (const each of page.querySelectorAll("*")) {
    if (!RULES.elements.includes(each.localName)) yield `none of our pages has an element ${each.localName}`;
    for (const { name, value } of each.attributes) {
      const isOurs = name.startsWith("data-") || (RULES.attributes.includes(name) && (name !== "role" || RULES.roles.includes(value)));
      if (!isOurs) yield `none of our pages has an attribute ${name}${name === "role" ? `=${value}` : ""}`;
    }
    if (each.matches(".unseen") && !RULES.unseen.includes(each.localName)) yield `nobody sees “${each.textContent.trim()}”`;
  }
  const hidden = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT).nextNode();
  if (hidden) yield `nobody sees “${hidden.data.trim()}”`;
}

// A link leads to a place of the page, to a file beside it, or to what its data name; a copy of a document is that of its source.
const BESIDE = /^(?!\/)[\w./%~-]+(?:#[\w.%,-]+)?$/;
const COPY = /^sources\/([^/#]+?)(?:\.[A-Za-z]{2,3}(?:-[A-Za-z]+)*)?\.html(?:#|$)/;

function* addressesAmiss(page, edition) {
  for (const each of page.querySelectorAll("a[href]")) {
    const href = each.getAttribute("href");
    if (!href.startsWith("#") && !BESIDE.test(href) && !edition.strings.has(href)) yield `a link leads elsewhere than any of its data: ${href}`;
    const source = each.closest("[id^='source-']")?.id ?? each.closest(".place")?.querySelector("a[href^='#source-']")?.hash.slice(1);
    if (source && !href.startsWith("#") && BESIDE.test(href) && COPY.exec(href)?.[1] !== source.replace(OF_DATA, "")) yield `a link leads to another document than its source's: ${href}`;
  }
}

// Headings and heads of columns say what they say in our pages; a list of contents says the same as they.
function* captionsAmiss(page) {
  for (const [place, texts] of Object.entries(RULES.captions))
    for (const each of page.querySelectorAll(place)) if (!texts.includes(small(letters(each.textContent)))) yield `it says “${each.textContent.trim()}” in place of a heading of ours`;
  for (const each of page.querySelectorAll(".contents a")) {
    const heading = page.getElementById(decodeURIComponent(each.hash.slice(1)));
    if (letters(heading?.textContent ?? "") !== letters(each.textContent)) yield `it lists “${each.textContent.trim()}” among its contents, and that is headed otherwise`;
  }
}

// Whether a text is another one two times over.
function isTwice(text) {
  const plain = letters(text);
  return plain.length % 2 === 0 && /\p{L}{2}/u.test(plain) && plain === plain.slice(plain.length / 2).repeat(2);
}

// How many cells wide a row is, with those that reach into it from above.
function widthOf(row) {
  const above = Array.from(row.parentElement.rows).slice(0, row.sectionRowIndex);
  const own = Array.from(row.cells).reduce((sum, { colSpan }) => sum + colSpan, 0);
  return above.reduce((sum, { cells, sectionRowIndex: at }) => sum + Array.from(cells).reduce((wide, { rowSpan, colSpan }) => wide + (rowSpan > row.sectionRowIndex - at ? colSpan : 0), 0), own);
}

const pathOf = (element) => [element.localName, ...element.classList].join(".");
