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
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName)) return;
  const act = {
    "?": () => $("keys").showModal(),
    1: () => view("facts"),
    2: () => view("brief"),
    o: () => { view("facts"); $("source").focus(); },
    t: () => view("facts"),
    f: () => { view("facts"); $("statement").focus(); },
    a: () => desk.topics && openNaming(),
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
  $("new-name").addEventListener("click", openNaming);
  $("name-section").addEventListener("change", showNameKind);
  $("name-close").addEventListener("click", () => $("naming").close());
  $("name-form").addEventListener("submit", (event) => {
    event.preventDefault();
    addName();
  });
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
