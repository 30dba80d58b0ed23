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
