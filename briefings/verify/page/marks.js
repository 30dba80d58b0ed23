// Marks of pictures, and what the page's script knows them by: each stands for what the data say, where they say.

const PLACE_OF_MARK = /[#.]((?:tl|ln|age)-(?:[a-z]+-)?(?:\d+|period))\{([^}]*)\}/g;
const FROM = /(?:left|right):(-?[\d.]+)/;
const WIDE = /width:(-?[\d.]+)/;
const WHOLE_DAYS = /^\d{4}(?:-\d\d)?(?:-\d\d)?$/;
const NEARLY = 0.02; // per cent, as marks are placed
const VAGUE = /[~?%]/; // in a date that is known about or uncertainly
const FAR = 800; // days, that no two labels of an axis are apart without a mark between them
const A_DAY = 86_400_000;
const SHORTEST_AGE = 31; // days, that the scale of ages shows at least

function* picturesAmiss(page, style, content, edition) {
  if (content.page.own_templates) return;
  const { edition: whole } = edition.brief;
  const sentences = new Map(sentencesOf(whole).map((each) => [each.id, each]));
  const spots = spotsOf(style);
  for (const check of [itemsAmiss, factsAmiss, matrixAmiss, lanesAmiss, agesAmiss, timesAmiss, ...(isWordedByUs(content) ? [axesAmiss] : [])]) for (const fault of check(page, whole, sentences, spots)) yield [null, fault];
}

// Where the style puts each mark.
function spotsOf(style) {
  return new Map(Array.from(style.matchAll(PLACE_OF_MARK), ([, id, rule]) => [id, { from: Number(FROM.exec(rule)?.[1] ?? 0), wide: Number(WIDE.exec(rule)?.[1] ?? 0) }]));
}

// The sentences by which the script finds an element.
const listed = (element) => idsIn(element, "items");

// The ¶ that an element names: two links that a dash joins stand for those between them, too.
function namesIn(element) {
  const links = Array.from(element.querySelectorAll("a[href^='#s']")).filter(({ hash }) => NUMBERED_PLACE.test(hash.slice(1)));
  return links.flatMap(({ hash, nextSibling: behind }, turn) => {
    const first = Number(hash.slice(2));
    const last = behind?.data === "–" && turn + 1 < links.length ? Number(links[turn + 1].hash.slice(2)) : first;
    return Array.from({ length: Math.max(last - first, 1) }, (_, step) => `s${first + step}`);
  });
}

function* itemsAmiss(page, whole, sentences) {
  for (const each of page.querySelectorAll("[data-items]")) {
    const [own, named, around] = [listed(each), namesIn(each), each.parentElement.closest("[data-items]")];
    const isAll = named.length && !each.matches(".ln-label");
    const isRight = own.every((id) => sentences.has(id)) && named.every((id) => own.includes(id)) && (!isAll || own.every((id) => named.includes(id)));
    if (!isRight) yield `a part of it stands for ${own.join(", ")}, and names ${named.join(", ")}`;
    if (around && !own.every((id) => listed(around).includes(id))) yield `a part of it stands for ${own.join(", ")}, and what is around it does not`;
    const counted = { facts: true, part: true, undrawn: true, distant: true }[each.dataset.count];
    if (counted && countIn(each) !== own.length && !(each.dataset.count === "part" && numbersIn(each.textContent).includes(own.length))) yield `it counts “${each.textContent.trim()}”, and that are ${own.length}`;
  }
  const isSame = (one, other) => one && other && listed(one).join() === listed(other).join();
  for (const each of page.querySelectorAll("[id^='ln-label-']")) if (!isSame(each, page.getElementById(each.id.replace("label-", "")))) yield `a label stands for other facts than its mark: “${each.textContent.trim()}”`;
  for (const each of page.querySelectorAll("[id^='map-name-']")) if (!isSame(each, page.getElementById(each.id.replace("name", "dot")))) yield `a label stands for other facts than its mark: “${each.textContent.trim()}”`;
  for (const { place, sentences: told } of whole.places) {
    const item = page.getElementById(`place-${place.id}`);
    if (item && listed(item).join() !== told.map(({ id }) => id).join()) yield `${place.id} stands for ${listed(item).join(", ")}`;
  }
  for (const stem of ["tl-event", "tl-known", "age", "ln-label", "map-dot"]) {
    const numbers = Array.from(page.querySelectorAll(`[id^="${stem}-"]`), ({ id }) => Number(id.slice(stem.length + 1)));
    if (numbers.some((number, turn) => number !== turn + 1)) yield `marks of a picture stand in another order than their numbers: ${stem}`;
  }
}

function* factsAmiss(page, whole, sentences) {
  const numbers = new Map(Array.from(sentences.values(), ({ id, fact }) => [fact.id, id]));
  for (const each of page.querySelectorAll("[data-facts]:not(template), [data-fact]")) {
    const own = [...idsIn(each, "facts"), ...idsIn(each, "fact")].map((id) => numbers.get(id));
    const named = namesIn(each);
    if (own.includes(undefined) || (named.length && !own.every((id) => named.includes(id)))) yield `the script of it knows other facts than “${each.textContent.trim().slice(0, LONGEST_CUT)}”`;
  }
}

// Whether who or what is named is somebody of whom, or a source of which, the sentence is.
function isVoiceOf(name, { attributions }) {
  const calls = (text) => text?.forms.some(([, form]) => small(letters(form)) === name || name.includes(small(letters(form))));
  return attributions.some(({ actor, source }) => (actor ? actor.name.forms.some(([, form]) => small(letters(form)) === name) : calls(source.publisher) || name.includes(small(letters(source.title)).slice(0, LIKE))));
}

// Each cell of who says what names facts by which that voice gives that answer.
function* matrixAmiss(page, whole, sentences) {
  const points = new Map(disputedIn(whole).map((view) => [view.contest.id, view]));
  for (const table of page.querySelectorAll("table.matrix")) {
    const id = decodeURIComponent(table.querySelector("thead a")?.hash ?? "").slice("#contest-".length);
    const sides = points.has(id) ? sidesOf(points.get(id)) : [];
    const rows = Array.from(table.tBodies[0]?.rows ?? []);
    if (rows.map((row) => listed(row).join()).join(" ") !== sides.map(({ sentences: told }) => told.map((each) => each.id).join()).join(" ")) yield `it tells who says what of ${id} otherwise than its data`;
    for (const [turn, head] of Array.from(table.tHead.rows[0].cells).entries()) {
      const name = small(letters(head.textContent));
      if (!turn || (turn === head.parentElement.cells.length - 1 && RULES.others.includes(name))) continue;
      for (const row of rows) for (const own of namesIn(row.cells[turn] ?? row)) if (!isVoiceOf(name, sentences.get(own))) yield `it says that “${head.textContent.trim()}” said ¶ ${own.slice(1)}`;
    }
  }
}

// Who acted or spoke: a lane has what its own actor did or said, or whom that acts for.
function* lanesAmiss(page, whole, sentences) {
  const known = new Map(whole.actors.map(({ actor }) => [actor.id, actor]));
  for (const { of } of whole.actors) if (of) known.set(of.id, of);
  const isOf = (id, name) => {
    for (let actor = known.get(id), turn = 0; actor && turn < FEW; actor = known.get(actor.of), turn += 1) if (actor.name.forms.some(([, form]) => small(letters(form)) === name)) return true;
    return false;
  };
  for (const row of page.querySelectorAll(".ln-row:not(.ln-head)")) {
    const name = small(letters(row.querySelector(".ln-name")?.textContent ?? ""));
    const own = Array.from(row.querySelectorAll("[data-items]")).flatMap(listed).map((id) => sentences.get(id));
    const odd = own.find((each) => ![...(each?.attributions ?? []).map(({ actor }) => actor?.id), ...(each?.fact.actors ?? [])].some((id) => isOf(id, name)));
    if (odd) yield `it says of “${name}” what is told of others: ¶ ${odd?.id.slice(1)}`;
  }
}

// The bar of a source is as long as its age has it.
function* agesAmiss(page, whole, sentences, spots) {
  const end = Math.max(SHORTEST_AGE, ...whole.sources.map(({ age }) => age));
  for (const [turn, { age, source }] of whole.sources.entries()) {
    const wide = (100 * Math.log1p(Math.max(age, 0))) / Math.log1p(end);
    if (!(Math.abs(spots.get(`age-${turn + 1}`)?.wide - wide) <= NEARLY)) yield `the bar of ${source.id} is not as long as its age`;
  }
}

// Of two marks on an axis the later one stands further on; one that is not known to the day is drawn so.
function* timesAmiss(page, whole, sentences, spots) {
  const dates = (ids, told) => ids.map((id) => told(sentences.get(id))).filter((day) => WHOLE_DAYS.test(day ?? ""));
  const rows = Array.from(page.querySelectorAll("[id^='tl-event-']"), (mark) => [mark.id, dates(listed(mark.closest("tr")), (each) => each?.fact.date)]);
  const reported = Array.from(page.querySelectorAll("[id^='tl-known-']"), (mark) => [mark.id, dates(listed(mark.closest("tr")), (each) => each?.known)]);
  const lanes = Array.from(page.querySelectorAll(".ln-track > .dot, .ln-track > .bar"), (mark) => [mark.id, dates(listed(mark), (each) => each?.fact.date)]);
  const events = new Map(whole.timeline.map(({ sentence, event }) => [sentence.id, event]));
  for (const mark of page.querySelectorAll("[id^='tl-event-']")) {
    const [event] = listed(mark.closest("tr")).map((id) => events.get(id));
    if (event && VAGUE.test(event) !== mark.matches(".vague")) yield `a mark stands for ${event}, and is drawn otherwise: ${mark.className}`;
  }
  for (const marks of [rows, reported, lanes]) {
    const placed = marks.flatMap(([id, [day]]) => (day && spots.has(id) ? [[day, spots.get(id).from]] : [])).sort(([one, from], [other, to]) => (one < other ? -1 : one > other ? 1 : from - to));
    const wrong = placed.find(([, from], turn) => turn && from < placed[turn - 1][1] - NEARLY);
    if (wrong) yield `a mark of ${wrong[0]} stands where an earlier day does`;
  }
}

// A label of an axis tells a day between those of the marks about it.
function* axesAmiss(page, whole, sentences, spots) {
  const { since, until } = whole.spec.window;
  for (const [prefix, marks] of [["tl", "[id^='tl-event-'].dot"], ["ln", ".ln-track > .dot"]]) {
    const { from, wide } = spots.get(`${prefix}-period`) ?? {};
    const known = Array.from(page.querySelectorAll(marks), (mark) => [sentences.get(listed(mark.closest("[data-items]"))[0])?.fact.date, spots.get(mark.id)?.from]);
    const dated = [...known.filter(([day]) => DAY.test(day ?? "")), [since, from], [until, from + wide]];
    for (const tick of page.querySelectorAll(`.tick[class*="${prefix}-tick-"]`)) {
      const at = spots.get(Array.from(tick.classList).find((name) => name.startsWith(prefix)))?.from;
      const [before, behind] = [dated.filter(([, own]) => own <= at).map(([day]) => day), dated.filter(([, own]) => own >= at).map(([day]) => day)];
      const [first, last] = [before.sort().at(-1), behind.sort()[0]].map((day) => (day ? Date.parse(day) : null));
      const [start, end] = [first ?? last - FAR * A_DAY, last ?? first + FAR * A_DAY];
      const days = Array.from({ length: Math.max(0, (end - start) / A_DAY + 1) }, (_, turn) => new Date(start + turn * A_DAY).toISOString().slice(0, 10));
      if (days.length && days.length < FAR * 2 && !days.some((day) => isCalled(day, tick.textContent))) yield `its axis says “${tick.textContent.trim()}” where another day is`;
    }
  }
}

// Whether some words are a day, a month or a year of one calendar, and that day is in it.
function isCalled(day, text) {
  const told = noFigures();
  addDays(told, day);
  const [numbers, months] = [numbersIn(text), wordsIn(text.toLowerCase()).flatMap((word) => (RULES.months[word] ? [RULES.months[word]] : []))];
  return ["c", "s"].some((calendar) => {
    const own = months.map((names) => names.filter((name) => name.startsWith(calendar) && told.months.has(name)));
    const isSaid = (number) => told.years.has(`${calendar}${number}`) || own.flat().some((name) => told.days.has(`${name}-${number}`));
    return own.every((names) => names.length) && numbers.every(isSaid);
  });
}
