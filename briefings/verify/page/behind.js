// What stands behind a brief that was signed: a signature that no page shows, written as ours are, or something else.

const LARGEST_SIGNATURE = 1024 * 1024;
const LAST_BEHIND = /\nstartxref\n(\d{1,10})\n%%EOF\n$/;
const MOST_NEW = 3;

// Whether it changes nothing that the brief shows; what is not written so that this can be told is wrong.
async function isOnlySigned(pdf, whole, from) {
  const behind = whole.subarray(from);
  const text = asLetters(behind.subarray(0, LARGEST_SIGNATURE));
  const last = LAST_BEHIND.exec(text);
  if (!last || behind.length > LARGEST_SIGNATURE) throw new Wrong("what stands behind it is no signature as we write them");
  const [objects, starts, table] = writtenObjects(behind, text, 0, last.index, wholeValue);
  if (from + starts.get(table) !== Number(last[1])) throw new Wrong("its last object is not its table of references");
  await followedBehind(pdf, objects.get(table), starts, from);
  objects.delete(table);
  return changesNothing(pdf, new Pdf(new Map([...pdf.objects, ...objects]), pdf.table), [...objects.keys()]);
}

// Its table leads to the objects behind the brief, each at its place, and for all else to the table of that.
async function followedBehind(pdf, table, starts, from) {
  const wrong = new Wrong("its table of references is none of ours");
  if (!(table instanceof Stream) || ["/XRefStm", "/Encrypt"].some((key) => table.dictionary.has(key))) throw wrong;
  const is = (key, value) => isSame(table.dictionary.get(key), value);
  if (!is("/Type", "/XRef") || !is("/Prev", pdf.start) || !["/Root", "/Info"].every((key) => is(key, pdf.table.get(key)))) throw wrong;
  let count = 0;
  for (const [number, kind, place] of await rowsOf(table)) {
    if (number === 0 && kind === 0) continue;
    if (kind !== 1 || from + starts.get(number) !== place) throw wrong;
    count += 1;
  }
  if (count !== starts.size) throw wrong;
}

// Whether the catalog has a form, and the first page its one field, which is not seen: no more.
function changesNothing(before, after, written) {
  const { catalog, form: ofForm, field: ofField, signature: ofSignature } = RULES.signed;
  const page = before.get(before.get(before.root, "/Pages"), "/Kids")[0];
  const isOld = (number) => number < before.table.get("/Size");
  if (written.some((number) => isOld(number) && number !== before.root.number && number !== page.number)) return false;
  if (written.filter((number) => !isOld(number)).length > MOST_NEW) return false;
  const without = (holder, keys) => new Map([...holder].filter(([key]) => !keys.includes(key)));
  if (!isSame(before.at(before.root), without(after.at(after.root), catalog))) return false;
  if (!isSame(without(before.at(page), ["/Annots"]), without(after.at(page), ["/Annots"]))) return false;
  const form = after.get(after.root, "/AcroForm");
  const has = (holder, keys) => holder instanceof Map && [...holder.keys()].every((key) => keys.includes(key));
  if (!has(form, ofForm) || form.get("/Fields")?.length !== 1) return false;
  const [field] = form.get("/Fields");
  if (!isSame([...(before.get(page, "/Annots") ?? []), field], after.get(page, "/Annots"))) return false;
  const shown = after.at(field);
  if (!has(shown, ofField) || shown.get("/FT") !== "/Sig" || !has(after.get(field, "/V"), ofSignature)) return false;
  const frame = after.get(field, "/Rect");
  return Array.isArray(frame) && frame.every((each) => each <= 0);
}

function isSame(one, other) {
  if (one instanceof Ref) return other instanceof Ref && one.number === other.number;
  if (one instanceof Bytes) return other instanceof Bytes && one.text === other.text;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((each, index) => isSame(each, other[index]));
  if (one instanceof Map) return other instanceof Map && one.size === other.size && [...one].every(([key, value]) => isSame(value, other.get(key)));
  return one === other;
}
