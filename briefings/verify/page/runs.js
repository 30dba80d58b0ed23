// Days, grades and numbers beside the data, in runs: which of our messages each stands in, and in which order days follow.

const LATEST_DAY = 31;
const LATEST_COUNT = 999; // a number above it, by itself, is a year
const LETTER = /^[A-F]$/;
const BETWEEN = /[·,;،؛]/;
const REST = "rest";
const HALF_A_YEAR = 6;
const BRACKET = /^[()]$/;
const PARTING = /[^\p{L}\p{N}\p{M}–-]/u;

// The days, grades and numbers of a part beside its data and our messages, in runs that nothing parts.
function runsOf(line, indexes, covered, most) {
  const runs = [[]];
  let isJoined = false;
  for (const index of indexes) {
    const words = wordsIn(saidBy(line.pieces[index]));
    for (const [turn, place] of placesOf(words, line.texts[index]).entries()) {
      const [start, word] = [line.starts[index] + place, words[turn].toLowerCase()];
      const [end, before] = [start + word.length, line.text.charAt(start - 1)];
      const figure = { word: words[turn], index, start, end, months: RULES.months[word] ?? null, number: /^\p{Nd}+$/u.test(word) ? numbersIn(word)[0] : null, isGrade: GRADE.test(words[turn]) || LETTER.test(words[turn]) };
      const isFigure = figure.isGrade || figure.months !== null || figure.number !== null;
      const isRest = figure.number !== null && figure.number <= most && messageOf(line, start, end)?.[2] === REST;
      const isOurs = isRest || covered.subarray(start, end).every(Boolean);
      const isJoint = !isFigure && RULES.joints.includes(word);
      const isBehind = turn > 0 || isJoined || isJoint || figure.months || "–-".includes(before || " ");
      if (isOurs || !(isFigure || isJoint) || !isBehind || PARTING.test(before)) runs.push([]);
      if (isFigure && !isOurs) runs.at(-1).push(figure);
      isJoined = isJoint;
    }
  }
  return runs.filter((run) => run.some(({ months }) => !months));
}

// Whether a name stands by itself in a row of what is said of a sentence, and is shown.
function isVoice(line, start, end) {
  const index = line.at(start);
  const beside = [line.text.charAt(start - 1), line.text.charAt(end)];
  const isEdge = [start === line.starts[index], end === line.starts[index] + line.texts[index].length];
  const isFirst = (line.pieces[index - 1]?.part ?? null) !== line.pieces[index].part && start === line.starts[index] && besides(line, start, end)[1].includes("·");
  return !line.pieces[index].isHeard && (isFirst || beside.includes("·")) && beside.every((mark, turn) => isEdge[turn] || BETWEEN.test(mark));
}

// What stands before and behind a place in its part.
function besides(line, start, end) {
  const index = line.at(start);
  const isNext = (at) => line.pieces[at]?.part === line.pieces[index].part && !line.pieces[at].isHeard;
  const [from, to] = [-1, 1].map((step) => {
    let at = index;
    while (isNext(at + step)) at += step;
    return at;
  });
  const [first, last] = [line.starts[from], line.starts[to] + line.texts[to].length];
  return [line.text.slice(Math.max(first, start - LONGEST_CUT), start), line.text.slice(end, Math.min(last, end + LONGEST_CUT))].map(small);
}

// The message of ours that a number or day stands in, and the field of the data that it tells there. REST is how many
// there are beside those that are shown, which is a matter of room.
function messageOf(line, start, end) {
  const { leads, isHeard } = line.pieces[line.at(start)];
  if (isHeard || /^[sq]\d+$/.test(leads ?? "")) return null;
  const [before, behind] = besides(line, start, end);
  const found = RULES.told.filter(([first, last, , isBeforeNumber]) => before.endsWith(first) && behind.startsWith(last) && (!isBeforeNumber || /^\p{Nd}/u.test(behind.slice(last.length))));
  return found.sort((a, b) => b[0].length + b[1].length - a[0].length - a[1].length)[0] ?? null;
}

// The field of the data that each run tells: that of its message; without one, of a day or a number `alone`. A day in
// brackets behind another is the same one in another calendar.
function fieldsOf(line, runs, alone) {
  const isDay = (run) => run?.some(({ months }) => months) || run?.every(({ number }) => number > LATEST_COUNT);
  const isBeside = (run, next) => isDay(run) && isDay(next) && [line.text.slice(run.at(-1).end, next[0].start), line.text.charAt(next.at(-1).end)].every((mark) => BRACKET.test(mark));
  const isDegrees = ({ start, end }) => OF_DEGREES.test(line.text.slice(start, end + FEW));
  const kindOf = (run) => (alone.degrees && run.some(isDegrees) ? "degrees" : isDay(run) ? "day" : run.every(({ number }) => number !== null) ? "number" : "other");
  const fields = [];
  for (const [turn, run] of runs.entries()) {
    if (turn && isBeside(runs[turn - 1], run)) fields.push(fields[turn - 1]);
    else {
      const end = isBeside(run, runs[turn + 1]) ? runs[turn + 1].at(-1).end + 1 : run.at(-1).end;
      fields.push(messageOf(line, run[0].start, end)?.[2] ?? (line.pieces[run[0].index].isHeard ? null : (alone[kindOf(run)] ?? null)));
    }
  }
  return fields;
}

// Whether the words behind a letter or a number are those for another: of the scale, or of what our messages count.
function isWordedOtherwise(line, mark, start, end) {
  const behind = besides(line, start, end)[1].replace(/^[,،()]/, "");
  const found = RULES.scale.filter(([worded, words]) => behind.startsWith(words) && LETTER.test(mark) === LETTER.test(worded));
  const longest = Math.max(...found.map(([, words]) => words.length));
  return found.length > 0 && !GRADE.test(mark) && !found.some(([worded, words]) => words.length === longest && worded === mark);
}

// Whether a part of nothing but figures is an axis: days, months or years of one calendar side by side.
function isAxis(runs) {
  const figures = runs.flat();
  const isTick = ({ number, months }) => number > LATEST_COUNT || months?.some((name) => name.startsWith("c"));
  return new Set(figures.filter(isTick).map(({ index }) => index)).size > 1;
}

// The days that a run tells in its order, with as much of each as it says.
function momentsOf(run) {
  const moments = [];
  for (const { months, number, isGrade } of run) {
    if (isGrade) continue;
    const key = months ? "months" : number > LATEST_DAY ? "year" : "day";
    if (!moments.length || key === "day" || moments.at(-1)[key]) moments.push({});
    moments.at(-1)[key] = months ?? number;
  }
  // “2 to 9 May 2024”: what one does not say it has of the next.
  for (let at = moments.length - 2; at >= 0; at -= 1) {
    moments[at].year ??= moments[at + 1].year;
    if (moments[at].day) moments[at].months ??= moments[at + 1].months;
  }
  return moments;
}

// Whether each of some days is later than the one before it, as far as they tell.
function isAscending(moments) {
  return moments.every((other, turn) => {
    const one = moments[turn - 1];
    if (!one) return true;
    const areOfYears = one.year && other.year;
    if (areOfYears && one.year !== other.year) return one.year < other.year;
    if (!one.months || !other.months) return !areOfYears || one.months !== other.months;
    const [month, next] = monthsOfOne(one.months, other.months);
    if (month !== next) return month < next || (!areOfYears && month - next > HALF_A_YEAR);
    return (one.day ?? 0) < (other.day ?? 0) || !month;
  });
}

// Two months by their numbers in a calendar of both.
function monthsOfOne(one, other) {
  const calendar = one.map((month) => month.charAt(0)).find((letter) => other.some((month) => month.startsWith(letter)));
  return [one, other].map((months) => Number(months.find((month) => month.startsWith(calendar))?.slice(1) ?? 0));
}
