// The parts of a page or PDF, and what of the data each tells.

const LARGE = ["section", "main", "body", "nav", "header", "footer", "table", "/Sect", "/Part", "/Document", "/Table"];
const HEADING = /^\/?h[1-6]$/i;

// The parts of a page, each with the pieces that are its own and all that stand in it.
function partsOf(line) {
  const parts = new Map();
  const partOf = (part) => {
    if (!parts.has(part)) {
      const around = part?.around ? partOf(part.around) : null;
      const isLarge = LARGE.includes(part?.kind);
      parts.set(part, { kind: part?.kind, own: [], all: [], around, isLarge });
      if (isLarge) for (let each = around; each; each = each.around) each.isLarge = true;
    }
    return parts.get(part);
  };
  for (const [index, { part }] of line.pieces.entries()) {
    partOf(part).own.push(index);
    for (let each = partOf(part); each; each = each.around) each.all.push(index);
  }
  return [...parts.values()];
}

// What a part tells of: the smallest part around it that tells of facts, or of what we say of them;
// where none does, the smallest that names anything.
function aboutOf(part, line, entries, named) {
  let any = null;
  for (let each = part; each && !each.isLarge; each = each.around) {
    each.names ??= namedIn(each.all, line, entries, named);
    if (!any && each.names.length) any = each.names;
    if (!any && HEADING.test(each.kind)) break;
    // The head of a brief that tells of several topics names what each comes to, too.
    if (each !== part && each.names.some((at) => entries.kind(at) === "Edition")) return { ats: [], isOfFacts: false };
    if (each.names.some((at) => OF_FACTS.includes(entries.kind(at)))) return { ats: each.names.filter((at) => !OF_OTHERS.includes(entries.kind(at))), names: each.names, isOfFacts: true };
    if (any?.some((at) => entries.kind(at) === "Edition")) return { ats: [], isOfFacts: false };
  }
  const sources = any?.filter((at) => entries.kind(at).startsWith("Source"));
  return { ats: sources?.length ? sources : (any ?? []), isOfFacts: false };
}

// What pieces name: by words of the data, by what they lead to, and by ¶ and numbers, of which some are a range.
function namedIn(indexes, line, entries, named) {
  const ats = new Set(indexes.flatMap((index) => [...(named.get(index) ?? []), entries.targets.get(line.pieces[index].leads)]));
  const text = indexes.map((index) => (line.pieces[index].isHeard ? " " : line.texts[index])).join("");
  for (const [, numbers] of text.matchAll(/¶([\p{Nd},،–-]+)/gu)) for (const at of entries.listed(numbers)) ats.add(at);
  for (let at = 1; at < indexes.length; at += 1) if (/^[–-]$/.test(line.texts[indexes[at]])) addRange(line, indexes[at], entries, ats);
  ats.delete(undefined);
  return [...ats];
}

// The first and the last of each range of numbers in a list.
function rangesIn(list) {
  return list.split(/[,،]/u).flatMap((range) => {
    const [first, last = first] = numbersIn(range);
    return first === undefined ? [] : [[first, last]];
  });
}

// The quotes between two that a dash joins.
function addRange(line, dash, entries, ats) {
  const [first, last] = [dash - 1, dash + 1].map((index) => Number(/^q(\d+)$/.exec(line.pieces[index]?.leads ?? "")?.[1]));
  for (let number = first; number <= last; number += 1) ats.add(entries.targets.get(`q${number}`));
}
