// What a PDF says beside its data: each word has to be one of our pages, of dates, or of names of lands.

const GRADE = /^[A-F][1-6]$/;
const LONGEST_CUT = 200;
const MOST_CUTS = 2000;
const CUT = "...";

// Whether all words beside the data can be known: they are not, of a desk's own templates or language.
const isWordedByUs = (content) => !content.page.own_templates && RULES.languages.includes(content.language);

function* wordsBeside(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const texts = Array.from(edition.strings, (text) => small(letters(text)));
  const covered = coveredBy(small(line.text), texts);
  coverCuts(small(line.text), texts, covered);
  const short = Array.from(edition.strings).filter((text) => letters(text).length < LIKE);
  const known = new Set([...RULES.words, ...short.flatMap((text) => wordsIn(text.toLowerCase()))]);
  const isKnown = (word) => known.has(word.toLowerCase()) || GRADE.test(word) || /^\p{Nd}+$/u.test(word);
  const pieces = line.texts.map((text, index) => wordsIn(saidBy(line.pieces[index])));
  let count = 0;
  for (const [index, words] of pieces.entries()) {
    const places = placesOf(words, line.texts[index]);
    const odd = words.filter((word, turn) => {
      const start = line.starts[index] + places[turn];
      return !(isKnown(word) || isBroken(pieces, index, turn, isKnown) || covered.subarray(start, start + word.length).every(Boolean));
    });
    if (odd.length && (count += 1) > MOST_FAULTS) return;
    if (odd.length) yield [line.pieces[index].page, `it says “${saidBy(line.pieces[index]).trim()}”, and neither its data nor our pages say “${odd.join(" ")}”`];
  }
}

// A style sets headings and names of lands in capitals; places in the text stay where they are.
const small = (text) => Array.from(text, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter)).join("");

const saidBy = (piece) => piece.spoken ?? piece.readings[0];

function placesOf(words, text) {
  let end = 0;
  return words.map((word) => {
    const start = text.indexOf(word, end);
    end = start + word.length;
    return start;
  });
}

// Whether a word is part of one that the end of a line breaks.
function isBroken(pieces, index, turn, isKnown) {
  const words = pieces[index];
  const after = turn === words.length - 1 ? pieces[index + 1]?.[0] : undefined;
  const before = turn === 0 ? pieces[index - 1]?.at(-1) : undefined;
  return (after !== undefined && isKnown(words[turn] + after)) || (before !== undefined && isKnown(before + words[turn]));
}

// A text of the data may be cut short, and says so; compared as it is, “…” is three dots.
function coverCuts(line, texts, covered) {
  const beginnings = new Map();
  for (const text of texts) {
    const known = beginnings.get(text.slice(0, LIKE));
    if (known) known.push(text);
    else beginnings.set(text.slice(0, LIKE), [text]);
  }
  let end = line.indexOf(CUT);
  for (let count = 0; end >= 0 && count < MOST_CUTS; end = line.indexOf(CUT, end + 1), count += 1)
    for (let place = Math.max(0, end - LONGEST_CUT); place + LIKE <= end; place += 1) {
      const cut = line.slice(place, end);
      if ((beginnings.get(cut.slice(0, LIKE)) ?? []).some((text) => text.startsWith(cut))) covered.fill(1, place, end);
    }
}
