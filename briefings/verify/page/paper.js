// The words of a PDF held against its data: what it has to say, what stands beside it, what nobody sees.

const ANCHOR = 12;
const LIKE = 6;
const ALIKE = 0.6;
const FEWEST_RUNS = 15;
const MOST_FAULTS = 40;
const MOST_COMPARED = 20_000;
const FEW = 12;
const IN_WORDS = /[\p{L}\p{N}\p{M}]/u;
const ALONE = /^\p{Nd}+$/u;
const OWN_LOOKS = "words, as they look: by templates that are not ours";
const UNKNOWN_FACES = "words, as their letters are drawn: in a font that is none of ours, ";
const UNKNOWN_WORDS = "words beside its data: they are of templates or in a language that are not ours";

// What is wrong with the words of a PDF, each with its page; `told` is what its data say.
async function faultsOfPaper(pdf, content, edition, told) {
  const paper = await readPaper(pdf);
  const line = new Line(paper.pieces);
  const isOwn = content.page.own_templates;
  const all = [...told, ...findingsOf(line.text, edition)];
  const faults = [
    ...paper.faults,
    ...(isOwn ? [] : paper.looks),
    ...unlikeTags(paper, line),
    ...wordsAmiss(line, edition, all),
    ...gapsAmiss(line, edition, all),
    ...wordsBeside(line, content, edition),
    ...headingsAmiss(line, content, edition),
    ...figuresAmiss(line, content, edition),
    ...orderAmiss(line, content, edition),
    ...messagesAmiss(line, content, edition),
    ...courseAmiss(line, content, edition),
    ...judgementsAmiss(line, content, edition),
    ...marksAmiss(line, edition),
    ...claimsAmiss(line, edition),
    ...quotesAmiss(line, edition),
    ...kindsAmiss(line, content, edition),
    ...linksAmiss(paper, line, edition),
    ...(await documentAmiss(pdf, content, edition, paper, line)),
    ...marginsAmiss(paper, content, edition),
  ];
  const lines = faults.map(([page, text]) => (page === null ? text : `page ${page}: ${text}`));
  const unsure = isOwn && paper.looks.length ? OWN_LOOKS : paper.unknown.length ? `${UNKNOWN_FACES}${paper.unknown.join(", ")}` : "";
  return [[...new Set(lines)], unsure];
}

async function verdictOfPaper(pdf, content, edition) {
  const told = edition.annex ? allOf(content, edition) : [content.title, ...frontOf(content)];
  const more = edition.annex ? "" : ", and of what else it has room for each as its data say it";
  const beside = isWordedByUs(content) ? "no word stands beside them that is neither theirs nor ours; " : "";
  const unchecked = beside ? "" : UNKNOWN_WORDS;
  try {
    const [faults, unsure] = await faultsOfPaper(pdf, content, edition, told);
    return [`all ${told.length} sentences, quotes, claims and judgements of its data stand on its pages${more}, each with its numbers; ${beside}no tag says otherwise${unsure ? "" : ", and all of it is seen"}`, faults, [unchecked, unsure]];
  } catch (error) {
    return ["", [`its pages can’t be read: ${reasonOf(error)}`], []];
  }
}

// All that a PDF says, letter by letter, in the order of its tags.
class Line {
  constructor(pieces) {
    this.pieces = pieces.filter((piece) => !piece.generated);
    this.texts = this.pieces.map((piece) => letters(piece.spoken ?? piece.readings[0]));
    this.starts = [];
    let length = 0;
    for (const text of this.texts) {
      this.starts.push(length);
      length += text.length;
    }
    this.text = this.texts.join("");
  }

  // The piece in which a letter stands.
  at(place) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  page(place) {
    return this.pieces[this.at(place)]?.page ?? null;
  }

  words(from, to) {
    const shown = this.pieces.slice(this.at(from), this.at(Math.max(from, to - 1)) + 1);
    return shown.map((piece) => piece.spoken ?? piece.readings[0]).join(" ").replace(/\s+/g, " ").trim();
  }

  *places(text) {
    for (let place = this.text.indexOf(text); text && place >= 0; place = this.text.indexOf(text, place + text.length)) yield place;
  }
}

// Tags and glyphs

function* unlikeTags(paper, line) {
  const isMixed = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(line.text);
  for (const piece of paper.pieces) {
    if (piece.spoken !== null && !isShown(piece, isMixed)) yield [piece.page, `its tag says “${piece.spoken}”, and the page shows “${shownBy(piece)}”`];
    if (piece.generated && piece.target !== null && !isPageNumber(piece)) yield [piece.page, `the number of page ${piece.target} is wrong: “${shownBy(piece)}”`];
  }
  for (const piece of paper.loose) if (shownBy(piece)) yield [piece.page, `it shows a text that no tag mentions: “${shownBy(piece)}”`];
}

function isShown({ spoken, readings: ways }, isMixed) {
  const spaced = (text) => joined(text).trim().split(/\s+/).join(" ");
  const plain = letters(spoken);
  const same = ways.filter((way) => [plain, `${plain}-`].includes(letters(way)));
  if (same.length) return !wordsIn(spoken).length || same.some((way) => [spaced(spoken), `${spaced(spoken)}-`].includes(spaced(way)));
  return isMixed && isAlike(spoken, ways);
}

// Whether a text of two directions is what glyphs say in two ways, each of them half right.
function isAlike(text, ways) {
  const sortedLetters = (each) => Array.from(each).sort().join("");
  const words = (each) => wordsIn(each).sort().join(" ");
  const shown = letters(ways[0]);
  const alike = [shown, shown.replace(/-$/, "")].some((each) => sortedLetters(each) === sortedLetters(letters(text)));
  return alike && ways.some((way) => words(way) === words(text)) && ways.some((way) => orderOf(way) === orderOf(text));
}

// The words of a text in their order, and apart from them the numbers side by side, either way round.
function orderOf(text) {
  const [words, runs] = [[], [[]]];
  for (const word of wordsIn(text)) {
    if (/\p{Nd}/u.test(word)) runs[runs.length - 1].push(Array.from(word).sort().join(""));
    else {
      words.push(word);
      if (runs[runs.length - 1].length) runs.push([]);
    }
  }
  const eitherWay = (run) => [run.join(" "), [...run].reverse().join(" ")].sort()[0];
  // Both numbers of a day stand at one side of its month where the line runs the other way.
  const apart = words.length === 1 ? [runs.flat()] : runs;
  return [words.join(" "), ...apart.filter((run) => run.length).map(eitherWay)].join("\n");
}

function isPageNumber(piece) {
  const texts = piece.spoken === null ? piece.readings : [piece.spoken];
  return texts.some((text) => numbersIn(text).join() === String(piece.target));
}

// The numbers of a text, in digits of any script.
function numbersIn(text) {
  const valueOf = (digit) => {
    let first = digit.codePointAt(0);
    const last = first;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return (last - first) % 10;
  };
  return Array.from(text.matchAll(/\p{Nd}+/gu), ([digits]) => Number(Array.from(digits, valueOf).join("")));
}

// Sentences

function* wordsAmiss(line, edition, told) {
  const texts = [...new Set(told.map(letters))].filter(Boolean);
  const originals = new Map(told.map((text) => [letters(text), text]));
  const near = nearMisses(line, edition, texts);
  for (const [place, text] of near) {
    const says = line.words(place, place + text.length);
    yield [line.page(place), `it says “${says}”, and its data “${originals.get(text)}”`];
  }
  const altered = new Set(near.map(([, text]) => text));
  for (const text of texts) if (!altered.has(text) && !line.text.includes(text)) yield [null, `it does not say “${originals.get(text)}”`];
}

// Words end where they do in the data and in our messages: but for ends of lines, which part them anywhere.
function* gapsAmiss(line, edition, told) {
  const [gaps, edges] = [new Set(), new Set(line.starts)];
  for (const [index, piece] of line.pieces.entries()) for (const gap of gapsIn(piece.spoken ?? piece.readings[0])) gaps.add(line.starts[index] + gap);
  const isLike = (place, plain, own) => [...plain.split("").keys()].every((at) => !at || edges.has(place + at) || gaps.has(place + at) === own.has(at));
  const isEnd = (place) => edges.has(place) || gaps.has(place) || [place - 1, place].some((at) => !IN_WORDS.test(line.text.charAt(at)));
  const ofData = waysOf([...told, ...Array.from(edition.strings).filter((text) => /\s/.test(text))]);
  // A name that one language writes in two words another writes in one.
  for (const text of edition.strings) if (!/\s/.test(text)) ofData.get(letters(text))?.push(gapsIn(text));
  const ours = waysOf(RULES.phrases.filter((text) => text.length > ANCHOR));
  const short = [...ofData.keys()].filter((plain) => plain.length < LIKE);
  const found = [...short.flatMap((plain) => Array.from(line.places(plain), (place) => [place, plain])), ...foundIn(line.text, [...ofData.keys()])];
  const covered = coveredBy(line.text, [...ofData.keys()]);
  const beside = Array.from(foundIn(small(line.text), [...ours.keys()])).filter(([place]) => !covered[place]);
  const odd = new Set();
  for (const [places, ways] of [[found, ofData], [beside, ours]])
    for (const [place, plain] of places)
      if (isEnd(place) && isEnd(place + plain.length) && !ways.get(plain).some((way) => isLike(place, plain, way))) odd.add(line.at(place));
  for (const index of odd) yield [line.pieces[index].page, `it parts words otherwise than its data and our pages: “${saidBy(line.pieces[index]).trim()}”`];
}

// Texts by their letters, each with all that they are parted by.
function waysOf(texts) {
  const ways = new Map();
  for (const text of new Set(texts)) ways.set(letters(text), [...(ways.get(letters(text)) ?? []), gapsIn(text)]);
  return ways;
}

// Behind how many letters of a text there is a space.
function gapsIn(text) {
  const gaps = new Set();
  let count = 0;
  for (const letter of joined(text)) {
    if (/\s/.test(letter)) gaps.add(count);
    else count += letter.length;
  }
  return gaps;
}

// Where it says something that its data nearly say: the place, and what they do say.
function nearMisses(line, edition, texts) {
  const covered = coveredBy(line.text, [...texts, ...Array.from(edition.strings, letters)]);
  const anchors = new Map();
  for (const text of texts)
    for (let at = 0; at + ANCHOR <= text.length; at += 1) {
      const anchor = text.substr(at, ANCHOR);
      const known = anchors.get(anchor);
      if (!known) anchors.set(anchor, [[text, at]]);
      else if (known.length < FEW) known.push([text, at]);
    }
  const near = [];
  let compared = 0;
  for (let place = 0; place + ANCHOR <= line.text.length && near.length < MOST_FAULTS; place += 1) {
    const known = anchors.get(line.text.substr(place, ANCHOR));
    if (!known || covered.subarray(place, place + ANCHOR).every(Boolean)) continue;
    const nearest = known
      .map(([text, at]) => [likeness(line.text, covered, Math.max(0, place - at), text), text, Math.max(0, place - at)])
      .sort(([a], [b]) => b - a)[0];
    if ((compared += known.length) > MOST_COMPARED) break;
    if (nearest[0] < ALIKE) continue;
    near.push([nearest[2], nearest[1]]);
    place = nearest[2] + nearest[1].length;
  }
  return near;
}

// Which letters of a line are part of one of the texts, as a whole.
function coveredBy(line, texts) {
  const covered = new Uint8Array(line.length);
  for (const [place, text] of foundIn(line, texts)) covered.fill(1, place, place + text.length);
  return covered;
}

// The texts in a line, the longest at each place, with where each begins.
function* foundIn(line, texts) {
  const beginnings = new Map();
  for (const text of new Set(texts)) {
    if (text.length < LIKE) continue;
    const known = beginnings.get(text.slice(0, LIKE));
    if (known) known.push(text);
    else beginnings.set(text.slice(0, LIKE), [text]);
  }
  for (const known of beginnings.values()) known.sort((a, b) => b.length - a.length);
  for (let place = 0; place + LIKE <= line.length; place += 1) {
    const longest = (beginnings.get(line.substr(place, LIKE)) ?? []).find((text) => line.startsWith(text, place));
    if (longest) yield [place, longest];
  }
}

// How much of a text stands about a place, by runs of a few letters that no other text covers.
function likeness(line, covered, place, text) {
  const runs = new Set();
  for (let at = 0; at + LIKE <= text.length; at += 1) runs.add(text.substr(at, LIKE));
  let same = 0;
  const end = Math.min(line.length - LIKE, place + text.length);
  for (let at = Math.max(0, place - LIKE); at <= end; at += 1) same += !(covered[at] && covered[at + LIKE - 1]) && runs.has(line.substr(at, LIKE));
  return same < FEWEST_RUNS ? 0 : same / (text.length - LIKE + 1);
}
