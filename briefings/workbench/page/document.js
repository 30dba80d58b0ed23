/* The document */

async function open(source) {
  if (!source) return;
  const { status, value } = await ask(`document?source=${encodeURIComponent(source)}`);
  if (status !== 200) return;
  const changed = !shown || shown.source !== value.source || textOf(shown) !== textOf(value);
  shown = value;
  $("source").value = source;
  const before = changed ? 0 : $("text").scrollTop;
  drawDocument();
  $("text").scrollTop = before;
  if (changed) {
    const waits = shown.candidates.find((each) => each.start !== null);
    cursor = anchor = waits ? sentenceAt(waits.start) : 0;
    if (!passage || passage.source !== source || !stillThere()) forget();
  }
  if (!$("topic").value) {
    const proposed = desk.sources.find((each) => each.id === source)?.topics ?? [];
    $("topic").value = proposed[0] ?? "";
  }
  drawQueue();
  drawChoice();
  await judge(!changed);
}

const textOf = (of) => of.paragraphs.flat().map((each) => each.text).join("\n");
const stillThere = () => slice(passage.start, passage.end) === passage.quote;

function drawDocument() {
  const box = $("text");
  box.dataset.source = shown.source;
  box.lang = shown.language;
  box.dir = shown.direction;
  $("source").dir = shown.direction; // its title is in the same language, as a rule
  sentences = [];
  words = [];
  let ahead = 0; // in what is cited, which is in order of place as the sentences are
  let near = [];
  const segmenter = new Intl.Segmenter(shown.language, { granularity: "word" });
  fill(box, shown.paragraphs.map((paragraph) => {
    const block = element("p", "", { role: "presentation" });
    paragraph.forEach((each) => {
      const end = each.start + points(each.text);
      while (ahead < shown.cited.length && shown.cited[ahead][0] < end) near.push(shown.cited[ahead++]);
      near = near.filter(([, high]) => each.start < high);
      const citing = near;
      const span = element("span", "", {
        role: "option", id: `s${each.number}`, class: "sentence", "aria-selected": "false",
      });
      const names = [...new Set(citing.map(([, , fact]) => fact))];
      if (names.length) {
        span.setAttribute("aria-description", `cited by ${names.join(", ")}`);
        span.title = names.map((name) => `${name}: ${shown.facts[name]}`).join("\n");
      }
      const sentence = { start: each.start, end, text: each.text, element: span, pieces: [] };
      const cuts = new Set([each.start, end]);
      for (const [low, high] of citing) for (const cut of [low, high]) if (cut > each.start && cut < end) cuts.add(cut);
      const bounds = [...cuts].sort((a, b) => a - b);
      const letters = [...each.text];
      bounds.slice(1).forEach((high, index) => {
        const low = bounds[index];
        const node = document.createTextNode(letters.slice(low - each.start, high - each.start).join(""));
        const isCited = citing.some(([from, to]) => from <= low && high <= to);
        if (isCited) span.append(element("mark")), span.lastChild.append(node);
        else span.append(node);
        sentence.pieces.push({ node, start: low, end: high });
      });
      let at = each.start;
      for (const { segment, isWordLike } of segmenter.segment(each.text)) {
        const next = at + points(segment);
        if (isWordLike) words.push([at, next]);
        at = next;
      }
      sentences.push(sentence);
      block.append(span, " ");
    });
    return block;
  }));
  for (const each of shown.candidates) {
    if (each.state === "kept" && each.start !== null) sentences[sentenceAt(each.start)]?.element.classList.add("kept");
  }
}

function sentenceAt(place) {
  const index = sentences.findIndex((each) => place < each.end);
  return index < 0 ? Math.max(0, sentences.length - 1) : index;
}

function slice(start, end) {
  return sentences
    .filter((each) => each.start < end && start < each.end)
    .map((each) => [...each.text].slice(Math.max(0, start - each.start), Math.max(0, end - each.start)).join(""))
    .join(" ").trim();
}

function take(start, end) {
  const within = words.filter(([low, high]) => low < end && start < high);
  if (!within.length) return;
  const low = Math.min(start, within[0][0]), high = Math.max(end, within.at(-1)[1]);
  passage = { source: shown.source, start: low, end: high, quote: slice(low, high) };
  drawChoice();
  save();
  judge();
}

function takeSentences() {
  const [low, high] = cursor < anchor ? [cursor, anchor] : [anchor, cursor];
  if (sentences[low]) take(sentences[low].start, sentences[high].end);
}

function forget() {
  passage = null;
  drawChoice();
}

function drawChoice() {
  sentences.forEach((each, index) => {
    const chosen = passage && passage.source === shown.source && each.start < passage.end && passage.start < each.end;
    each.element.setAttribute("aria-selected", chosen ? "true" : "false");
    each.element.classList.toggle("at", index === cursor);
  });
  const now = sentences[cursor];
  if (now) $("text").setAttribute("aria-activedescendant", now.element.id);
  $("place").textContent = sentences.length ? `sentence ${cursor + 1} of ${sentences.length}` : "";
  const quote = $("quote");
  quote.classList.toggle("empty", !passage);
  if (passage) {
    quote.textContent = passage.quote;
    quote.lang = desk.sources.find((each) => each.id === passage.source)?.language ?? "";
    quote.dir = passage.source === shown.source ? shown.direction : "auto";
  } else {
    quote.textContent = "Choose a passage: j and k go to a sentence, or mark words with the pointer.";
    quote.lang = "en";
    quote.dir = "ltr";
  }
  const isForeign = passage && desk.languages && quote.lang !== desk.languages[0];
  $("translated").hidden = !isForeign;
  $("keep").disabled = !passage;
  if (!passage) $("accept").disabled = true;
  if (!window.Highlight) return;
  const ranges = [];
  if (passage && passage.source === shown.source) {
    for (const { pieces } of sentences) {
      for (const { node, start, end } of pieces) {
        const low = Math.max(start, passage.start), high = Math.min(end, passage.end);
        if (low >= high) continue;
        const letters = [...node.data], range = new Range();
        range.setStart(node, letters.slice(0, low - start).join("").length);
        range.setEnd(node, letters.slice(0, high - start).join("").length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("chosen", new Highlight(...ranges));
}

function go(to, extend = false) {
  cursor = Math.max(0, Math.min(sentences.length - 1, to));
  if (!extend) anchor = cursor;
  sentences[cursor]?.element.scrollIntoView({ block: "nearest" });
  takeSentences();
}

function goWaiting(step) {
  const places = shown.candidates.filter((each) => each.start !== null).map((each) => sentenceAt(each.start));
  const next = step > 0 ? places.find((each) => each > cursor) : places.findLast((each) => each < cursor);
  if (next !== undefined) go(next);
  else say("Nothing waits there.");
}

function move(edge, step) {
  if (!passage) return takeSentences();
  const { start, end } = passage;
  if (edge === "end") {
    const next = step > 0
      ? words.find(([, high]) => high > end)
      : words.findLast(([low, high]) => high < end && low >= start);
    if (next) take(start, Math.max(next[1], start + 1));
  } else {
    const next = step > 0
      ? words.find(([low, high]) => low > start && high <= end)
      : words.findLast(([low]) => low < start);
    if (next) take(next[0], end);
  }
}

function placeOf(node, offset) {
  for (const { pieces } of sentences) {
    const piece = pieces.find((each) => each.node === node);
    if (piece) return piece.start + points(node.data.slice(0, offset));
  }
  return null;
}

function takeMarked() {
  const marked = getSelection();
  if (!marked.rangeCount || marked.isCollapsed || !$("text").contains(marked.anchorNode)) return;
  const range = marked.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  let end = placeOf(range.endContainer, range.endOffset);
  if (end === null) { // it ends behind a whole element, as a click on a paragraph three times does
    const last = sentences.findLast((each) => range.intersectsNode(each.element));
    end = last ? last.end : null;
  }
  if (start === null || end === null || start >= end) return;
  cursor = anchor = sentenceAt(start);
  take(start, end);
}
