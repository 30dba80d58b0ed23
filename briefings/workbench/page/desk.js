"use strict";
/* The analyst's page. Nothing that is read or typed becomes markup: all of it is set as text.
   Places in a document are code points, as the program counts them; strings here are UTF-16. */

const $ = (id) => document.getElementById(id);
const FIELDS = ["id", "kind", "date", "due", "headline", "credibility", "by", "translation"];
const points = (text) => [...text].length;

let desk = { version: "", sources: [], diagnostics: [] };
let shown = null; // the document on the left
let sentences = []; // of it, in order: {start, end, text, element, pieces}
let words = []; // bounds of its words, in order
let cursor = 0; // the sentence that keys go on from
let anchor = 0; // the other end of a choice of sentences
let passage = null; // {source, start, end, quote}
let base = ""; // the state of the desk that the verdict on show is of; none while it is out of date
let asking = 0; // the number of the last question, so that a late answer is passed over

/* Elements */

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/* What a message quotes may run the other way, and is kept by itself. */
function said(text) {
  return text.split(/(?<=“)([^”]*)(?=”)/).map((part, index) => (index % 2 ? element("bdi", part) : part));
}

function fill(list, children) {
  list.replaceChildren(...children);
}

function choose(select, options, chosen) {
  const kept = chosen ?? select.value;
  fill(select, options.map(([value, label]) => element("option", label, { value, dir: "auto" })));
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
  if (value.version !== desk.version) outdate();
  desk = value;
  $("title").textContent = desk.title;
  document.title = `${desk.title} · desk`;
  showProblems();
  const isBrief = !$("brief").hidden;
  let brief = null;
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
    $("translation-label").textContent = `Translation of the passage (${desk.languages[0]})`;
    showTranslations();
    // Whoever looks at the brief waits for that; the document is brought up to date behind it.
    if (isBrief) brief = showBrief();
    await open($("source").value);
  }
  if (isBrief) await (brief ?? showBrief());
}

/* Problems, with file and line */

function diagnosticItems(list, texts) {
  return list.map((each) => {
    const item = element("li");
    item.append(element("span", each.severity, { class: each.severity }), " ", ...said(each.message), " ");
    if (each.file && texts) item.append(element("span", `${each.file}:${each.line}:${each.column}`, { class: "at" }));
    if (each.excerpt && texts) item.append(element("span", each.excerpt, { class: "excerpt", dir: "auto" }));
    for (const hint of each.hints) {
      const where = hint.file && hint.file !== "the fact" ? `${hint.file}:${hint.line}: ` : "";
      const line = element("span", "", { class: "hint" });
      line.append(`→ ${where}`, ...said(hint.message));
      item.append(line);
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
