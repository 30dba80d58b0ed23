// What a brief says beside its data: messages of our pages, each as a whole, and words of dates and names of lands.

const GRADE = /^[A-F][1-6]$/;
const LONGEST_CUT = 200;
const MOST_CUTS = 2000;
const CUT = "...";
const PHRASES = RULES.phrases.map(letters);

// Whether all words beside the data can be known: they are not, of a desk's own templates or language.
const isWordedByUs = (content) => !content.page.own_templates && RULES.languages.includes(content.language);

function* wordsBeside(line, content, edition) {
  if (!isWordedByUs(content)) return;
  const texts = Array.from(edition.strings, (text) => small(letters(text)));
  const covered = coveredBy(small(line.text), texts);
  coverCuts(small(line.text), texts, covered);
  for (const [place, isOurs] of coveredBy(small(line.text), PHRASES).entries()) if (isOurs) covered[place] = 1;
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

// A text of the data may be cut short at either end, and says so; compared as it is, “…” is three dots.
function coverCuts(line, texts, covered) {
  const [beginnings, endings] = [new Map(), new Map()];
  const note = (known, key, text) => known.set(key, [...(known.get(key) ?? []), text]);
  for (const text of texts) {
    note(beginnings, text.slice(0, LIKE), text);
    note(endings, text.slice(-LIKE), text);
  }
  let cut = line.indexOf(CUT);
  for (let count = 0; cut >= 0 && count < MOST_CUTS; cut = line.indexOf(CUT, cut + 1), count += 1) {
    for (let start = Math.max(0, cut - LONGEST_CUT); start + LIKE <= cut; start += 1) {
      const before = line.slice(start, cut);
      if ((beginnings.get(before.slice(0, LIKE)) ?? []).some((text) => text.startsWith(before))) covered.fill(1, start, cut);
    }
    const begin = cut + CUT.length;
    for (let end = begin + LIKE; end <= Math.min(line.length, begin + LONGEST_CUT); end += 1) {
      const after = line.slice(begin, end);
      if ((endings.get(after.slice(-LIKE)) ?? []).some((text) => text.endsWith(after))) covered.fill(1, begin, end);
    }
  }
}
