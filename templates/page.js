// What a brief can do more where scripts run: open a quote where the reader stands, filter and
// search, copy a sentence with its citation. Without it every link leads to the same things.
// All words come from the page, in <template id="tools">; an entry of the history says in its
// state which quote is open, and in its address what the brief is filtered by.
"use strict";
(() => {
  const tools = document.getElementById("tools");
  const words = tools.dataset;
  const part = (selector) => tools.content.querySelector(selector).cloneNode(true);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const digits = (number) => String(number).replace(/\d/g, (digit) => [...words.digits][digit]);
  const say = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (_, name) =>
      typeof values[name] === "number" ? digits(values[name]) : values[name]);

  function plain(node) {
    const copy = node.cloneNode(true);
    for (const one of all(".cite, .count, dialog, button", copy)) one.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // Letters that a reader takes for the same: yeh, kaf and heh of Arabic and of Persian, and quotes.
  const alike = {
    "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u06d5": "\u0647", "\u0629": "\u0647",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"' };
  const foldOne = (letter) => {
    const plain = letter.toLowerCase().normalize("NFKD").replace(/[\p{M}\u00ad\u0640\u200b-\u200f]/gu, "");
    return plain.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15)
      .replace(/\s/g, " ").replace(/[^]/g, (one) => alike[one] ?? one);
  };
  const fold = (text) => [...text].map(foldOne).join("").replace(/ +/g, " ");
  const termsOf = (text) => fold(text).split(" ").filter(Boolean);

  // ---- The annex is folded, so that the brief ends after its second page; what a link, a filter or
  // the printer needs of it opens.

  const folds = () => all("details.fold");

  function foldAnnex() {
    for (const section of all(".annex > section")) {
      const folded = document.createElement("details");
      const summary = document.createElement("summary");
      const opening = section.querySelector(":scope > .opening");
      summary.append(opening.querySelector("h2"));
      folded.className = "fold";
      folded.append(summary, ...section.childNodes);
      if (folded.querySelector(".map-scroll")) folded.addEventListener("toggle", centre);
      section.append(folded);
    }
    addEventListener("beforeprint", () => { for (const each of folds()) each.open = true; });
    addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#"]');
      if (link) reveal(document.getElementById(decodeURIComponent(link.hash.slice(1))));
    }, true);
  }

  // Opens what a node is folded into; whether any of that was closed.
  function reveal(node) {
    let closed = false;
    for (let each = node?.closest("details"); each; each = each.parentElement.closest("details")) {
      closed ||= !each.open;
      each.open = true;
    }
    return closed;
  }

  // ---- A quote where the reader stands: beside its mark, or on a phone as a sheet from below.

  const phone = matchMedia("(max-width: 40rem)");
  const marks = all('main a[href^="#q"]').filter(
    (link) => /^#q\d+$/.test(link.hash) && !link.closest(".quotes"));
  const card = part("#card");
  const pattern = { title: part("#card-title").textContent, link: part(".to-quote").textContent };
  let mark = null;
  let held = null;

  const homeOf = (link) => link.closest("p, th, td, li") ?? link;
  const isOpen = () => card.open || card.matches(":popover-open");

  function fill() {
    const quote = document.querySelector(mark.hash);
    const number = quote.querySelector(".number").textContent;
    card.querySelector(".card-title").textContent = say(pattern.title, { number });
    const text = card.querySelector(".card-text");
    text.replaceChildren(...[...quote.children].map((child) => child.cloneNode(true)));
    text.querySelector(".number").remove();
    for (const grade of all(".grade", text)) grade.append(` (${grade.title})`); // no finger can hover
    const links = card.querySelector(".card-links");
    const list = links.querySelector(".to-quote");
    list.textContent = say(pattern.link, { number });
    list.setAttribute("href", mark.getAttribute("href"));
    const source = text.querySelector(".in-document");
    source?.remove();
    links.replaceChildren(...(source ? [source.querySelector("a"), " "] : []), list);
  }

  // Below the words that the mark stands in, else above them; beside the mark where they leave room
  // for neither.
  function place() {
    if (card.open || !isOpen()) return;
    const at = mark.getBoundingClientRect();
    const home = homeOf(mark).getBoundingClientRect();
    const text = document.getElementById("main").getBoundingClientRect();
    const edge = 8;
    const last = Math.min(text.right, document.documentElement.clientWidth - edge) - card.offsetWidth;
    const middle = at.left + at.width / 2 - card.offsetWidth / 2;
    const left = Math.max(edge, text.left, Math.min(middle, last));
    const room = edge + card.offsetHeight;
    const kept = home.bottom + room <= innerHeight || home.top >= room ? home : at;
    const below = kept.bottom + room <= innerHeight || (kept === at && at.top < innerHeight / 2);
    const top = below ? kept.bottom + edge : kept.top - room;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${Math.max(top + scrollY, 0)}px`;
  }

  // `how`: a sheet makes an entry of the history, so that Back closes it; a card does not, but
  // notes itself in the entry that is there, so that who comes back to the page finds it open.
  function open(link, how) {
    shut();
    mark?.setAttribute("aria-expanded", "false");
    mark = link;
    reveal(link);
    fill();
    const home = mark.closest("p");
    if (home) home.after(card);
    else mark.closest("td, th, li, section").append(card);
    const state = { quote: marks.indexOf(mark), sheet: phone.matches };
    if (how === "asked" && phone.matches && !history.state?.sheet) history.pushState(state, "");
    else if (how === "asked") history.replaceState(state, "");
    if (phone.matches) {
      card.removeAttribute("popover");
      card.style.left = card.style.top = "";
      card.showModal();
      const free = innerHeight - card.offsetHeight;
      const at = mark.getBoundingClientRect();
      const home = homeOf(mark).getBoundingClientRect();
      const covered = Math.max(at.bottom + 24 - free, Math.min(home.bottom + 8 - free, home.top - 8));
      if (covered > 0) scrollBy({ top: covered, behavior: "instant" });
    } else {
      card.popover = "auto";
      // The browser scrolls to what it focuses, so the card opens on the mark and then moves.
      card.style.top = `${mark.getBoundingClientRect().top + scrollY}px`;
      card.showPopover();
      place();
    }
    mark.setAttribute("aria-expanded", "true");
    card.querySelector(".card-title").focus({ preventScroll: true });
    card.scrollTop = 0;
  }

  function shut() {
    if (!mark) return;
    if (card.open) card.close();
    else if (isOpen()) card.hidePopover();
  }

  // Both of the card's events tell of one closing, and one may come when it is open again.
  function closed() {
    if (isOpen() || !mark) return;
    const left = mark;
    mark = null;
    left.setAttribute("aria-expanded", "false");
    if (card.contains(document.activeElement) || document.activeElement === document.body) {
      left.focus({ preventScroll: true });
    }
    const state = history.state;
    if (state?.quote === undefined) return;
    if (state.sheet) history.back();
    else history.replaceState(null, "");
  }

  function quotes() {
    if (!HTMLElement.prototype.showPopover) return;
    for (const link of marks) {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
      link.addEventListener("pointerdown", () => { held = isOpen() ? mark : null; });
      link.addEventListener("keydown", (event) => {
        if (event.key === " ") { event.preventDefault(); link.click(); }
      });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        if (held === link) shut();
        else open(link, "asked");
        held = null;
      });
    }
    card.addEventListener("toggle", closed);
    card.addEventListener("close", closed);
    card.addEventListener("click", (event) => {
      if (event.target === card && card.open) shut(); // the backdrop
      if (event.target.closest(".close")) shut();
      const link = event.target.closest('a[href^="#"]');
      if (link && card.open) { // its target takes the place of the sheet's entry
        event.preventDefault();
        location.replace(link.hash);
      }
      if (link) shut();
    });
    card.addEventListener("focusout", (event) => {
      if (!card.open && event.relatedTarget && !card.contains(event.relatedTarget)) shut();
    });
    addEventListener("resize", place);
  }

  // ---- Filter and search. Every choice is in the address; accounts that stand against each other
  // go together, and the bottom line always stays.

  const folder = part(".finder");
  const finder = folder.querySelector("form");
  const bar = part(".filtered");
  const rows = all(".row.item, .row.gap").map((node) => ({
    node,
    of: (name) => (node.dataset[name] ?? "").split(" ").filter(Boolean),
  }));
  const names = all("[name]", finder).map((field) => field.name);

  const heard = (node) => node.closest(".hearing")?.querySelector(".head"); // by whom, of which day
  const headed = (node) => heard(node) ?? node;
  const quoted = (node) => all("a.cite", node).flatMap((link) =>
    all("q, .translation", document.querySelector(link.hash)).map((one) => one.textContent));
  const textOf = (row) => (row.text ??= fold(
    [heard(row.node), row.node].filter(Boolean).map(plain).concat(quoted(row.node)).join(" ")));

  const pointOf = (contest) => contest.id.replace("contest-", "");

  function sought() {
    const asked = new URLSearchParams(location.search);
    return Object.fromEntries(names.map((name) => [name, asked.get(name)?.trim() ?? ""]));
  }

  function matching(want) {
    const terms = termsOf(want.q);
    return rows.filter((row) => terms.every((term) => textOf(row).includes(term)) &&
      names.every((name) => name === "q" || !want[name] || row.of(`${name}s`).includes(want[name])));
  }

  // The rows with all that stand against them, and what stands against those.
  function withRivals(found) {
    const shown = new Set(found);
    let before;
    do {
      before = shown.size;
      const points = new Set([...shown].flatMap((row) => row.of("contests")));
      for (const row of rows) if (row.of("contests").some((point) => points.has(point))) shown.add(row);
    } while (shown.size > before);
    return shown;
  }

  // Here and not in the style sheet, for checkers do not know it yet.
  if (globalThis.Highlight) {
    document.styleSheets[0].insertRule("::highlight(found) { background-color: var(--found); color: var(--ink); }");
  }

  function light(terms) {
    if (!globalThis.Highlight) return;
    const ranges = [];
    const texts = document.createTreeWalker(document.getElementById("main"), NodeFilter.SHOW_TEXT);
    while (terms.length && texts.nextNode()) {
      const node = texts.currentNode;
      const from = []; // where in the text each folded letter comes from, in UTF-16
      let folded = "";
      let at = 0;
      for (const letter of node.data) {
        for (const one of foldOne(letter)) { folded += one; from.push([at, at + letter.length]); }
        at += letter.length;
      }
      for (const term of terms) {
        for (let start = folded.indexOf(term); start >= 0; start = folded.indexOf(term, start + 1)) {
          const range = new Range();
          range.setStart(node, from[start][0]);
          range.setEnd(node, from[start + term.length - 1][1]);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  // A picture under a filter: only what is shown has marks, counts are of that, and what is left
  // without a mark folds away.
  const counts = new Map(all("[data-count]").map((node) => {
    const words = node.querySelector("a") ?? node;
    return [node, { words, whole: [...words.childNodes] }];
  }));
  const counted = (kind, number) => say(words[kind].split("\n")[words.plurals.split(" ")[number]], { number });

  function draw(is, shown) {
    const left = new Set([...shown].map((row) => row.node.id));
    const total = [...shown].filter((row) => row.node.matches(".item")).length;
    for (const node of all("[data-items]")) {
      const number = node.dataset.items.split(" ").filter((item) => left.has(item)).length;
      node.toggleAttribute("hidden", is && number === 0);
      const count = counts.get(node);
      if (!count) continue;
      const kind = node.dataset.count;
      if (!is) count.words.replaceChildren(...count.whole);
      else count.words.textContent = kind === "part" ? say(words.part, { number, total }) : counted(kind, number);
    }
    for (const part of all(".ln-row:not(.ln-head), .lanes, .map-scroll")) {
      part.hidden = is && !part.querySelector("[data-items]:not([hidden], .legend *)");
    }
  }

  // What a filter finds opens, and closes again with it.
  const opened = new Set();
  const found = ".row:is(.item, .gap), .contest, [data-items]:not([hidden])";

  function unfold(is) {
    for (const each of folds()) {
      if (is && !each.open && each.querySelector(found)) opened.add(each);
    }
    for (const each of opened) each.open = is;
    if (!is) opened.clear();
  }

  function apply() {
    const want = sought();
    for (const name of names) {
      const field = finder.elements[name];
      if (field.value.trim() !== want[name]) field.value = want[name];
    }
    const is = names.some((name) => want[name]);
    const found = is ? matching(want) : rows;
    const shown = is ? withRivals(found) : new Set(rows);
    const points = new Set([...shown].flatMap((row) => row.of("contests")));
    for (const row of rows) row.node.hidden = !shown.has(row);
    for (const contest of all(".contest")) contest.hidden = is && !points.has(pointOf(contest));
    for (const group of all(".hearing")) group.hidden = all(".row:not([hidden])", group).length === 0;
    for (const list of all(".heard, .items:not(.heard .items), .contests")) {
      const hidden = all(".row[hidden], .contest[hidden]", list).length;
      if (hidden) list.dataset.hidden = say(words.here, { hidden });
      else delete list.dataset.hidden;
    }
    const count = { shown: shown.size, all: rows.length, hidden: rows.length - shown.size,
      kept: shown.size - found.length };
    bar.querySelector(".found").textContent = !is ? "" :
      [say(found.length ? words.shown : words.none, count),
       count.kept ? say(words.kept, count) : "", words.stays].filter(Boolean).join(" ");
    finder.querySelector(".tally").textContent = bar.querySelector(".found").textContent;
    draw(is, shown);
    unfold(is);
    bar.querySelector(".clear").hidden = !is;
    document.body.classList.toggle("is-filtered", is);
    light(termsOf(want.q));
  }

  // Typing on changes the entry that its first letter has made; any other choice makes a new one.
  function choose(values) {
    const before = sought();
    const address = new URL(location.href);
    for (const name of names) {
      if (values[name]) address.searchParams.set(name, values[name]);
      else address.searchParams.delete(name);
    }
    if (address.href === location.href) return;
    const typing = before.q && values.q && before.q !== values.q;
    history[typing ? "replaceState" : "pushState"](null, "", address);
    apply();
  }

  const chosen = () =>
    Object.fromEntries(names.map((name) => [name, finder.elements[name].value.trim()]));

  function filter() {
    folder.open = matchMedia("(min-width: 76rem)").matches || location.search !== "";
    document.querySelector(".aside").append(folder);
    document.getElementById("main").prepend(bar);
    const lead = () => { // to the first that was found
      const first = matching(sought())[0]?.node;
      if (!first) return;
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      headed(first).scrollIntoView();
    };
    finder.addEventListener("input", () => choose(chosen()));
    finder.addEventListener("change", (event) => {
      if (event.target.value && event.target.matches("select")) {
        const first = matching(sought())[0]; // the choice keeps the focus
        if (first) headed(first.node).scrollIntoView();
      }
    });
    finder.addEventListener("submit", (event) => { event.preventDefault(); lead(); });
    bar.querySelector(".clear").addEventListener("click", () => {
      choose({});
      folder.querySelector("summary").focus({ preventScroll: true });
    });
    addEventListener("hashchange", () => { // a link leads to what is hidden: show it
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const wasHidden = target?.closest("[hidden]");
      if (wasHidden) choose({});
      if (reveal(target) || wasHidden) target.scrollIntoView();
    });
  }

  // ---- Copy a sentence with its citation.

  const cited = (node) =>
    all("a.cite", node).map((link) => `— ${document.querySelector(link.hash).dataset.cite}`);

  function copyable(node) {
    const lines = [];
    if (node.matches(".contest")) { // the point with all its accounts, never one of them
      lines.push(plain(node.querySelector("h3")));
      for (const { node: row } of rows.filter((one) => one.of("contests").includes(pointOf(node)))) {
        lines.push(`• ${plain(row.querySelector(".statement"))}`, ...cited(row));
      }
    } else {
      lines.push(plain(node.querySelector(".statement, h1")), ...cited(node));
    }
    if (node.matches(".judgement")) lines.push(plain(node.querySelector(".odds")), plain(node.querySelector(".because")), `— ${words.judged}`);
    for (const point of (node.dataset.contests ?? "").split(" ").filter(Boolean)) {
      lines.push(say(words.contested, { question: plain(document.querySelector(`#contest-${point} h3`)) }));
    }
    lines.push(words.tail);
    if (location.protocol.startsWith("http")) lines.push(`${location.origin}${location.pathname}#${node.id}`);
    return lines.join("\n");
  }

  // The older way, where a page may not write to the clipboard by itself.
  function copyBySelection(text) {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  const copy = (text) =>
    navigator.clipboard
      ? navigator.clipboard.writeText(text).then(() => true, () => copyBySelection(text))
      : Promise.resolve(copyBySelection(text));

  function copies() {
    const told = bar.querySelector(".copied");
    for (const node of all(".judgement, .row.item, .contest")) {
      const button = part(".copy");
      const label = button.textContent;
      const what = node.matches(".item") ? `¶ ${digits(node.id.slice(1))}` : plain(node.querySelector(".statement, h1, h3"));
      button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${what}`);
      button.addEventListener("click", async () => {
        button.textContent = told.textContent = (await copy(copyable(node))) ? words.copied : words.failed;
        button.focus();
        setTimeout(() => { button.textContent = label; told.textContent = ""; }, 2500);
      });
      (node.querySelector(".main > .voice, .because") ?? node).append(button);
    }
  }

  // ---- Pass it on: share, print, the same place in another language.

  function acts() {
    const bar = part(".acts");
    document.querySelector(".aside").prepend(bar);
    bar.querySelector(".print").addEventListener("click", () => print());
    bar.querySelector(".share").addEventListener("click", async (event) => {
      const shared = { title: document.title, url: location.href };
      if (navigator.share) { await navigator.share(shared).catch(() => {}); return; }
      const button = event.currentTarget;
      const label = button.textContent;
      button.textContent = (await copy(shared.url)) ? words.linked : words.failed;
      setTimeout(() => { button.textContent = label; }, 2500);
    });
    for (const link of all(".languages a")) {
      link.addEventListener("click", () => {
        if (scrollY > 60) link.hash = here();
      });
    }
    const contents = document.querySelector(".contents details");
    if (phone.matches && contents) contents.open = false;
  }

  // The id nearest to the top, of those that a page has in each language: marks of pictures are not.
  function here() {
    const places = all('main [id]:not([id^="ln-"], [id^="tl-"], [id^="map-"])').filter((node) => node.offsetParent);
    const away = places.map((node) => Math.abs(node.getBoundingClientRect().top));
    return places[away.indexOf(Math.min(...away))].id;
  }

  // ---- Of the numbers of a paragraph or a list one is a stop for keys; arrows lead to the others.

  function stops() {
    const together = (link) => link.closest(".telling, .standfirst, .point") ?? link.parentElement;
    const lists = Map.groupBy?.(all("main a.ref, .standfirst a.ref"), together) ?? new Map();
    const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    for (const [list, links] of lists) {
      for (const link of links.slice(1)) link.tabIndex = -1;
      if (links.length > 1) list.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        const next = links[links.indexOf(event.target) + (event.key === forth ? 1 : -1)];
        if (next && links.includes(event.target)) { event.preventDefault(); next.focus(); }
      });
    }
  }

  function asTheEntrySays() {
    apply();
    const asked = marks[history.state?.quote];
    if (asked) open(asked, "again");
    else shut();
  }

  // On a phone a map is wider than the page: it shows where most is told of, else its middle.
  function centre() {
    for (const map of all(".map-scroll")) {
      const most = map.scrollWidth - map.clientWidth;
      const start = map.querySelector(".map-frame").getBoundingClientRect().left;
      const dots = [...map.querySelectorAll(".map-dot")].map((dot) => {
        const { left, right } = dot.firstElementChild.getBoundingClientRect();
        return { left: left - start, right: right - start, facts: dot.dataset.items.split(" ").length };
      });
      const isShown = ({ left, right }, at, room) =>
        left >= at + (at > 0 ? room : 0) && right <= at + map.clientWidth - (at < most ? room : 0);
      const shown = (at, room) =>
        dots.reduce((sum, dot) => sum + (isShown(dot, at, room) ? dot.facts : 0), 0);
      const [edge, name] = [12, 84]; // of a dot to be whole, and of its name beside it
      const sides = ({ left, right }) =>
        [edge, name].flatMap((room) => [left - room, right + room - map.clientWidth]);
      const places = [most / 2, ...dots.flatMap(sides)]
        .map((at) => Math.min(Math.max(at, 0), most))
        .sort((one, other) => shown(other, 0) - shown(one, 0) || shown(other, name - 1) - shown(one, name - 1) ||
          Math.abs(one - most / 2) - Math.abs(other - most / 2));
      map.scrollLeft = document.dir === "rtl" ? places[0] - most : places[0];
    }
  }

  foldAnnex();
  centre();
  quotes();
  filter();
  copies();
  acts();
  stops();
  addEventListener("popstate", asTheEntrySays);
  asTheEntrySays();
  const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (reveal(asked)) asked.scrollIntoView();
})();
