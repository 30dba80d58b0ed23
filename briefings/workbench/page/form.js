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

let added = ""; // what was added last, which stands until something is written again
async function judge(isRepeated = false) {
  const number = ++asking;
  if (!isReady()) {
    showVerdict(null);
    const next = passage ? "Now write what the passage says, in one sentence." : "";
    if (!isRepeated) say(`${added} ${next}`.trim(), added ? "well" : "");
    return;
  }
  added = "";
  if (!$("topic").value) return say("Choose a topic.", "error");
  const { status, value } = await ask("verdict", wanted());
  if (number !== asking) return;
  if (status === 200) showVerdict(value);
  else showRefusal(value.diagnostics);
}

/* The verdict on show is of other words, or of the desk as it was. */
function outdate() {
  base = "";
  asking += 1;
}

/* A verdict of what is written, on the desk as it stands, however often that changes meanwhile. */
async function judgeNow() {
  clearTimeout(pause);
  for (let number; number !== asking;) {
    const judged = judge();
    number = asking;
    await judged;
  }
}

let pause = 0;
function judgeSoon() {
  save();
  clearTimeout(pause);
  outdate();
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
  const { actors = [], places = [], date = "", due = "", id, kind } = verdict.entry;
  const names = [...actors.map((each) => desk.actors[each] ?? each), ...places.map((each) => desk.places[each] ?? each)];
  $("recognised").textContent = [
    `${kind} ${id}`,
    names.length ? `names: ${names.join(", ")}` : "no name recognised",
    verdict.figures.length ? `figures: ${verdict.figures.join(", ")}` : "",
    date ? `day: ${date}` : "",
    due ? `due: ${due}` : "",
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
  adding = true;
  const sent = $("statement").value;
  try {
    if (!base || $("accept").disabled) await judgeNow();
    if (!base || $("accept").disabled || $("statement").value !== sent) return;
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
      added = `Added ${value.id}.`;
      say(added, "well");
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
