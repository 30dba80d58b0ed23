"use strict";
/* The analyst's page. Nothing that is read or typed becomes markup: all of it is set as text.
   Places in a document are code points, as the program counts them; strings here are UTF-16. */

const $ = (id) => document.getElementById(id);
const FIELDS = ["id", "kind", "date", "headline", "credibility", "by"];
const points = (text) => [...text].length;

let desk = { version: "", sources: [], diagnostics: [] };
let shown = null; // the document on the left
let sentences = []; // of it, in order: {start, end, text, element, pieces}
let words = []; // bounds of its words, in order
let cursor = 0; // the sentence that keys go on from
let anchor = 0; // the other end of a choice of sentences
let passage = null; // {source, start, end, quote}
let base = ""; // the state of the desk that the verdict on show is of
let asking = 0; // the number of the last question, so that a late answer is passed over

/* Elements */

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function fill(list, children) {
  list.replaceChildren(...children);
}

function choose(select, options, chosen) {
  const kept = chosen ?? select.value;
  fill(select, options.map(([value, label]) => element("option", label, { value })));
  if (options.some(([value]) => value === kept)) select.value = kept;
}

/* The program */

async function ask(path, body) {
  const request = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const reply = await fetch(path, request);
  const isJson = reply.headers.get("Content-Type") === "application/json";
  return { status: reply.status, value: isJson ? await reply.json() : { diagnostics: [] } };
}

async function follow() {
  for (let wait = 0; ; wait = Math.min(wait + 1000, 5000)) {
    try {
      const { status, value } = await ask(`news?version=${encodeURIComponent(desk.version)}`);
      if (status !== 200) throw new Error(String(status));
      if (value.version !== desk.version || wait) await reload();
      wait = -1000;
    } catch {
      say("The program does not answer. What you have typed is kept in this browser.", "error");
      await new Promise((resolve) => setTimeout(resolve, wait + 1000));
    }
  }
}

async function reload(given) {
  const { value } = given ? { value: given } : await ask("desk");
  desk = value;
  $("title").textContent = desk.title;
  document.title = `${desk.title} · desk`;
  showProblems();
  if (desk.topics) {
    choose($("source"), desk.sources.map((each) => [each.id, `${each.title} (${each.facts})`]));
    choose($("brief-topic"), Object.entries(desk.topics));
    choose($("brief-language"), desk.languages.map((each) => [each, each]));
    choose($("topic"), [["", "choose one"], ...Object.entries(desk.topics)]);
    const plain = desk.voices.map((each) => [each, each === "outlet" ? "the document itself" : each]);
    choose($("by"), [...plain, ...Object.entries(desk.actors)]);
    choose($("kind"), [["", "event, or claim if somebody says so"], ...desk.kinds.map((each) => [each, each])]);
    choose($("credibility"), [["", "not judged"], ...desk.grades.map((each) => [each, each])]);
    $("statement-label").textContent = `Statement (${desk.languages[0]})`;
    showTranslations();
    await open($("source").value);
  }
  if (!$("brief").hidden) await showBrief();
}

/* Problems, with file and line */

function diagnosticItems(list, texts) {
  return list.map((each) => {
    const item = element("li");
    item.append(element("span", each.severity, { class: each.severity }), ` ${each.message} `);
    if (each.file && texts) item.append(element("span", `${each.file}:${each.line}:${each.column}`, { class: "at" }));
    if (each.excerpt && texts) item.append(element("span", each.excerpt, { class: "excerpt", dir: "auto" }));
    for (const hint of each.hints) {
      const where = hint.file && hint.file !== "the fact" ? `${hint.file}:${hint.line}: ` : "";
      item.append(element("span", `→ ${where}${hint.message}`, { class: "hint" }));
    }
    return item;
  });
}

function showProblems(of = desk.diagnostics, refused = desk.refused, count = desk.count) {
  const first = of.find((each) => each.severity === "error") ?? of[0];
  $("problems").hidden = !first;
  $("problems").classList.toggle("refused", Boolean(refused));
  if (!first) return;
  const where = first.file ? `${first.file}:${first.line}: ` : "";
  const line = `${count ?? of.length} ${(count ?? of.length) === 1 ? "problem" : "problems"} · ${where}${first.message}`;
  if ($("problems-line").textContent !== line) $("problems-line").textContent = line;
  fill($("problems-list"), diagnosticItems(of, true));
}

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
  await judge();
}

const textOf = (of) => of.paragraphs.flat().map((each) => each.text).join("\n");
const stillThere = () => slice(passage.start, passage.end) === passage.quote;

function drawDocument() {
  const box = $("text");
  box.dataset.source = shown.source;
  box.lang = shown.language;
  box.dir = shown.direction;
  sentences = [];
  words = [];
  const segmenter = new Intl.Segmenter(shown.language, { granularity: "word" });
  fill(box, shown.paragraphs.map((paragraph) => {
    const block = element("p", "", { role: "presentation" });
    paragraph.forEach((each) => {
      const end = each.start + points(each.text);
      const citing = shown.cited.filter(([low, high]) => low < end && each.start < high);
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

/* The form */

function showTranslations() {
  const box = $("translations");
  const wanted = desk.languages.slice(1);
  if ([...box.querySelectorAll("textarea")].map((each) => each.lang).join() === wanted.join()) return;
  fill(box, wanted.flatMap((language) => {
    const id = `statement-${language}`;
    return [element("label", `Statement (${language})`, { for: id }), element("textarea", "", { id, lang: language, rows: "2", dir: "auto" })];
  }));
}

function statements() {
  const forms = { [desk.languages[0]]: $("statement").value };
  for (const each of $("translations").querySelectorAll("textarea")) {
    if (each.value.trim()) forms[each.lang] = each.value;
  }
  return forms;
}

function wanted() {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, $(name).value]));
  const topics = $("topic").value ? [$("topic").value] : [];
  return { ...fields, topics, ...passage, statement: statements() };
}

const isReady = () => passage && $("statement").value.trim() && desk.topics;

async function judge() {
  const number = ++asking;
  if (!isReady()) {
    showVerdict(null);
    say(passage ? "Now write what the passage says, in one sentence." : "");
    return;
  }
  if (!$("topic").value) return say("Choose a topic.", "error");
  const { status, value } = await ask("verdict", wanted());
  if (number !== asking) return;
  if (status === 200) showVerdict(value);
  else showRefusal(value.diagnostics);
}

let pause = 0;
function judgeSoon() {
  save();
  clearTimeout(pause);
  asking += 1; // the verdict on show is of other words
  $("accept").disabled = true;
  pause = setTimeout(judge, 200);
}

function showVerdict(verdict) {
  base = verdict?.base ?? "";
  $("accept").disabled = !verdict || verdict.refused;
  const worstFirst = (verdict?.diagnostics ?? []).toSorted((a, b) => a.severity.localeCompare(b.severity));
  fill($("faults"), diagnosticItems(worstFirst, false));
  $("yaml").textContent = verdict?.yaml ?? "";
  if (!verdict) {
    fill($("alike"), []);
    $("recognised").textContent = "";
    return;
  }
  const errors = verdict.diagnostics.filter((each) => each.severity === "error").length;
  const warnings = verdict.diagnostics.length - errors;
  if (verdict.refused) say(`The gate refuses it: ${errors === 1 ? "1 error" : `${errors} errors`}.`, "error");
  else if (warnings) say(`The gate lets it in, with ${warnings === 1 ? "1 warning" : `${warnings} warnings`}.`, "warning");
  else say("The gate lets it in.", "well");
  const { actors = [], places = [], date = "", id, kind } = verdict.entry;
  const names = [...actors.map((each) => desk.actors[each] ?? each), ...places.map((each) => desk.places[each] ?? each)];
  $("recognised").textContent = [
    `${kind} ${id}`,
    names.length ? `names: ${names.join(", ")}` : "no name recognised",
    verdict.figures.length ? `figures: ${verdict.figures.join(", ")}` : "",
    date ? `day: ${date}` : "",
  ].filter(Boolean).join(" · ");
  const why = { passage: "cites the same words", words: "says nearly the same", rival: "may say otherwise" };
  fill($("alike"), verdict.alike.map((each) => {
    const item = element("li", "", { class: each.why });
    item.append(element("b", why[each.why]), `: ${each.statement} `, element("span", each.fact, { class: "at" }));
    return item;
  }));
}

function showRefusal(diagnostics) {
  showVerdict(null);
  fill($("faults"), diagnosticItems(diagnostics, true));
  say("This can’t be added.", "error");
}

function say(text, kind = "") {
  if ($("verdict").textContent === text) return;
  $("verdict").textContent = text;
  $("verdict").className = kind;
}

let adding = false;
async function add() {
  if (adding) return;
  if ($("accept").disabled) {
    clearTimeout(pause);
    await judge();
    if ($("accept").disabled) return;
  }
  adding = true;
  try {
    const sent = $("statement").value;
    const { status, value } = await ask("facts", { ...wanted(), base });
    if (status === 201) {
      const at = cursor;
      // What was typed while the fact was written belongs to the next one.
      const typed = $("statement").value;
      const next = (typed.startsWith(sent) ? typed.slice(sent.length) : typed).trimStart();
      clearForm();
      $("statement").value = next;
      await reload(value.desk);
      cursor = anchor = Math.min(at, sentences.length - 1);
      if (!next) $("text").focus();
      goWaiting(1);
      say(`Added ${value.id}.`, "well");
    } else if (status === 409) {
      showVerdict(value);
      say("The desk has changed meanwhile, and was read again. Look, and add it once more.", "warning");
    } else {
      showRefusal(value.diagnostics);
    }
  } catch {
    say("The program does not answer. What you have typed is kept in this browser.", "error");
  } finally {
    adding = false;
  }
}

function clearForm() {
  for (const name of FIELDS) $(name).value = name === "by" ? desk.voices[0] : "";
  $("statement").value = "";
  for (const each of $("translations").querySelectorAll("textarea")) each.value = "";
  forget();
  save();
  judge();
}

/* What waits */

function drawQueue() {
  $("queue-title").textContent = `Waiting in this document: ${shown.candidates.length}`;
  fill($("queue"), shown.candidates.map((each) => {
    const item = element("li", "", { class: each.state });
    const button = element("button", each.quote, { type: "button", class: "take", lang: shown.language, dir: shown.direction });
    if (each.start === null) button.disabled = true;
    const notes = [
      each.start === null ? "stands nowhere in the document" : "",
      each.state === "kept" ? "kept" : "",
      each.origin ? `from ${each.origin}` : "",
      each.note,
    ].filter(Boolean).join(" · ");
    if (notes) button.append(element("span", notes, { class: "note", dir: "auto" }));
    button.addEventListener("click", () => takeCandidate(each));
    const keep = element("button", each.state === "kept" ? "Kept" : "Keep", { type: "button", "aria-label": `Keep: ${each.quote}` });
    keep.disabled = each.state === "kept";
    keep.addEventListener("click", () => decide(each.quote, "kept", each.note));
    const dismiss = element("button", "Dismiss", { type: "button", "aria-label": `Dismiss for good: ${each.quote}` });
    dismiss.addEventListener("click", () => decide(each.quote, "dismissed", each.note));
    item.append(button, keep, dismiss);
    return item;
  }));
}

function takeCandidate(candidate) {
  cursor = anchor = sentenceAt(candidate.start);
  sentences[cursor].element.scrollIntoView({ block: "nearest" });
  if (!$("statement").value.trim() && candidate.note) $("statement").value = candidate.note;
  take(candidate.start, candidate.end);
  $("statement").focus();
}

const candidateAt = () => {
  const here = sentences[cursor];
  const { start, end } = passage ?? here;
  const exact = shown.candidates.find((each) => each.start === start && each.end === end);
  return exact ?? shown.candidates.find((each) => each.start !== null && each.start < end && start < each.end);
};

async function decide(quote, state, note = "") {
  const { status, value } = await ask("candidates", { source: shown.source, quote, state, note });
  if (status !== 200) return showProblems(value.diagnostics, true, value.diagnostics.length);
  shown.candidates = value.candidates;
  const top = $("text").scrollTop;
  drawDocument();
  $("text").scrollTop = top;
  drawQueue();
  drawChoice();
  say(state === "kept" ? "Kept for later." : "Dismissed for good.");
}

async function keepPassage() {
  if (passage) await decide(passage.quote, "kept", $("statement").value.trim());
}

async function dismissHere() {
  const candidate = candidateAt();
  if (!candidate) return say("Nothing waits here.");
  await decide(candidate.quote, "dismissed", candidate.note);
  goWaiting(1);
  say("Dismissed for good.");
}

/* Drafts: each window has its own, and one whose window is gone is offered again */

const draftKey = (name) => `briefings:${desk.key}:${name}`;
let own = "";

async function beWindow() {
  own = sessionStorage.getItem("briefings-window") ?? crypto.randomUUID();
  const held = (name) => new Promise((resolve) => {
    navigator.locks.request(`briefings:${name}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : null;
    });
  });
  // A window that was doubled has the name of the first one.
  if (!(await held(own))) {
    own = crypto.randomUUID();
    await held(own);
  }
  sessionStorage.setItem("briefings-window", own);
}

function save() {
  if (!desk.languages) return;
  const typed = wanted();
  const isEmpty = !Object.values(typed.statement).some((each) => each.trim()) && !typed.headline;
  if (isEmpty) localStorage.removeItem(draftKey(own));
  else localStorage.setItem(draftKey(own), JSON.stringify(typed));
}

async function restore() {
  const mine = localStorage.getItem(draftKey(own));
  if (mine) await put(JSON.parse(mine));
  await offer();
}

async function offer() {
  const { held } = await navigator.locks.query();
  const alive = new Set(held.map((each) => each.name));
  const left = Object.keys(localStorage).filter((key) => (
    key.startsWith(draftKey("")) && !alive.has(`briefings:${key.slice(draftKey("").length)}`)
  ));
  $("drafts").hidden = !left.length;
  fill($("drafts"), left.map((key) => {
    const draft = JSON.parse(localStorage.getItem(key));
    const words = Object.values(draft.statement).find((each) => each.trim()) ?? draft.quote ?? "";
    const button = element("button", `Take up: ${words.slice(0, 60)}`, { type: "button" });
    button.addEventListener("click", async () => {
      localStorage.removeItem(key);
      await put(draft);
      await offer();
      $("statement").focus();
    });
    return button;
  }));
}

async function put(draft) {
  for (const name of FIELDS) $(name).value = draft[name] ?? "";
  if (draft.topics.length) $("topic").value = draft.topics[0];
  for (const [language, text] of Object.entries(draft.statement)) {
    const field = language === desk.languages[0] ? $("statement") : $(`statement-${language}`);
    if (field) field.value = text;
  }
  if (draft.source && desk.sources.some((each) => each.id === draft.source)) {
    await open(draft.source);
    passage = { source: draft.source, start: draft.start, end: draft.end, quote: draft.quote };
    if (stillThere()) cursor = anchor = sentenceAt(draft.start);
    else passage = null;
  }
  drawChoice();
  save();
  await judge();
}

/* The brief */

let page = "";
async function showBrief() {
  const query = new URLSearchParams({ topic: $("brief-topic").value, language: $("brief-language").value });
  const { status, value } = await ask(`brief?${query}`);
  if (status !== 200) {
    $("brief-state").textContent = page ? "The last good brief; what is wrong stands above." : "There is no brief yet; what is wrong stands above.";
    showProblems(value.diagnostics, true, value.diagnostics.length);
    $("problems").querySelector("details").open = true;
    return;
  }
  $("brief-state").textContent = "As the desk stands.";
  if (value.page === page) return;
  const place = page ? whereRead() : null;
  page = value.page;
  $("frame").addEventListener("load", () => readOn(place), { once: true });
  $("frame").src = `brief.html?digest=${page}`;
}

function whereRead() {
  const frame = $("frame").contentWindow;
  const named = [...frame.document.querySelectorAll("[id]")].filter((each) => each.getClientRects().length);
  const above = named.findLast((each) => each.getBoundingClientRect().top <= 40) ?? named[0];
  const open = [...frame.document.querySelectorAll("details[open]")].map((each) => each.id).filter(Boolean);
  return { id: above?.id, top: above?.getBoundingClientRect().top ?? 0, y: frame.scrollY, open };
}

function readOn(place) {
  const frame = $("frame").contentWindow;
  frame.document.addEventListener("keydown", (event) => keysAnywhere(event));
  if (!place) return;
  for (const id of place.open) frame.document.getElementById(id)?.setAttribute("open", "");
  const there = place.id && frame.document.getElementById(place.id);
  frame.scrollTo({ top: there ? frame.scrollY + there.getBoundingClientRect().top - place.top : place.y, behavior: "instant" });
}

/* Views and keys */

function view(name) {
  for (const each of ["facts", "brief"]) {
    $(each).hidden = each !== name;
    $(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    $(`tab-${each}`).tabIndex = each === name ? 0 : -1;
  }
  if (name === "brief") {
    $("tab-brief").focus();
    showBrief();
  } else {
    showProblems();
    $("text").focus();
  }
}

function keysAnywhere(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || $("keys").open) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName)) return;
  const act = {
    "?": () => $("keys").showModal(),
    1: () => view("facts"),
    2: () => view("brief"),
    o: () => { view("facts"); $("source").focus(); },
    t: () => view("facts"),
    f: () => { view("facts"); $("statement").focus(); },
    e: () => { const list = $("problems").querySelector("details"); list.open = !list.open; },
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

function keysInDocument(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !sentences.length) return;
  const forward = shown.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = shown.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
  const act = {
    j: () => go(passage ? cursor + 1 : cursor),
    k: () => go(cursor - 1),
    ArrowDown: () => go(cursor + (event.shiftKey || passage ? 1 : 0), event.shiftKey),
    ArrowUp: () => go(cursor - 1, event.shiftKey),
    Home: () => go(0),
    End: () => go(sentences.length - 1),
    "]": () => move("end", 1),
    "[": () => move("end", -1),
    "}": () => move("start", 1),
    "{": () => move("start", -1),
    [forward]: () => event.shiftKey && move("end", 1),
    [backward]: () => event.shiftKey && move("end", -1),
    n: () => goWaiting(1),
    p: () => goWaiting(-1),
    s: () => keepPassage(),
    d: () => dismissHere(),
    Enter: () => {
      const note = shown.candidates.find((each) => each.start === passage?.start && each.note)?.note;
      if (!passage) takeSentences();
      if (note && !$("statement").value.trim()) $("statement").value = note;
      $("statement").focus();
      judge();
    },
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

function listen() {
  document.addEventListener("keydown", keysAnywhere);
  $("text").addEventListener("keydown", keysInDocument);
  $("text").addEventListener("click", (event) => {
    const sentence = event.target.closest(".sentence");
    if (!sentence || !getSelection().isCollapsed) return;
    const index = sentences.findIndex((each) => each.element === sentence);
    go(index, event.shiftKey);
  });
  let marking = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(marking);
    marking = setTimeout(takeMarked, 150);
  });
  $("fact").addEventListener("input", judgeSoon);
  $("fact").addEventListener("change", judgeSoon);
  $("fact").addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
  $("fact").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      add();
    } else if (event.key === "Escape") {
      event.preventDefault();
      $("text").focus();
    }
  });
  $("source").addEventListener("change", () => open($("source").value));
  $("source").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") $("text").focus();
  });
  $("keep").addEventListener("click", keepPassage);
  $("clear").addEventListener("click", clearForm);
  $("help").addEventListener("click", () => $("keys").showModal());
  for (const name of ["facts", "brief"]) {
    $(`tab-${name}`).addEventListener("click", () => view(name));
    $(`tab-${name}`).addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight" || event.key === "ArrowLeft") $(name === "facts" ? "tab-brief" : "tab-facts").click();
    });
  }
  for (const name of ["brief-topic", "brief-language"]) $(name).addEventListener("change", showBrief);
}

listen();
(async () => {
  await beWindow();
  await reload();
  if (desk.topics) await restore();
  $("text").focus();
  if (!passage) go(cursor);
  follow();
})();
