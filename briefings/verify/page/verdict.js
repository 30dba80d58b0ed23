// The verdict on a file: a line for each question, and for each fault.

const SIGNED_BY = ".p7s";

async function verdict(file, whole, name, { lists, signatures, trusted }) {
  const isPdf = asLetters(whole.subarray(0, 5)) === "%PDF-";
  const bytes = isPdf ? unsigned(whole) : whole;
  const sha256 = hex(await digest(whole));
  const isId = /^[0-9a-f]{12,64}$/.test(name);
  const lines = [];
  if (name && !isId) lines.push(["FAILS", `data: “${name}” is no id of an edition: it has 12 digits of 0-9 and a-f, or up to 64`]);
  if (name === sha256) lines.push(["", "data: the file is the one that you named, to the last byte"]);
  const sought = isId && name !== sha256 ? name : "";
  lines.push(...(isPdf ? await linesOnPaper(whole, bytes, sought) : await said("of_web", bytes, sought)));
  for (const list of lists) lines.push(recorded(file, sha256, list));
  const signature = await (isPdf ? whoseIsBrief(whole, bytes, trusted) : whoseIsPage(file, whole, signatures, trusted));
  return signature ? [...lines, [signature[0], `signature: ${signature[1]}`]] : lines;
}

// What a record or a manifest beside a brief says of it, by its SHA-256.
function recorded(name, sha256, { by, listed, fault }) {
  if (fault) return ["FAILS", `record: ${by} can’t be relied on: ${fault}`];
  if ([...listed.values()].includes(sha256)) return ["", `record: ${by} lists this file, to the last byte`];
  return listed.has(name) ? ["FAILS", `record: ${by} lists another file of that name`] : ["UNCHECKED", `record: ${by} does not list it`];
}

// Whose a file is; null of one that is not signed, where nobody asks for it.
async function whoseIsBrief(whole, first, trusted) {
  if (first !== whole) return whoseIsPdf(whole, first.length, trusted);
  return trusted === null ? null : ["FAILS", "it has none"];
}

async function whoseIsPage(name, whole, signatures, trusted) {
  if (signatures.has(name)) return whoseIsBeside(name, whole, signatures, trusted);
  return trusted === null ? null : ["UNCHECKED", "not checked: none lies beside it; drop the manifest of its build, and the signature of that"];
}

async function whoseIsBeside(name, whole, signatures, trusted) {
  if (!signatures.has(name)) return trusted === null ? null : ["FAILS", "there is none beside it"];
  return whoseIs(signatures.get(name), (hash) => digestBy(hash, whole), trusted);
}

// What a record or a manifest is, and the files that it lists, by name; null of a file that is no JSON.
async function listOf(name, bytes, signatures, trusted) {
  if (bytes[0] !== "{".charCodeAt(0)) return null;
  const signature = await whoseIsBeside(name, bytes, signatures, trusted);
  const list = { by: name, listed: new Map(), signature, fault: signature?.[0] === "FAILS" ? "its signature fails" : "" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const { files, subject, edition, as_of: day } = JSON.parse(text);
    if (files) await held(text);
    const pairs = files ? Object.entries(files) : subject.map((each) => [each.name, each.digest.sha256]);
    return { ...list, listed: new Map(pairs), what: files ? `the record of edition ${edition} of ${day}, unchanged` : null };
  } catch (error) {
    return { ...list, fault: error instanceof Wrong ? error.message : "it is no record or manifest of ours" };
  }
}

// The lines on a record, or on a manifest and the files of it that were dropped with it, by their SHA-256.
function verdictOfList({ listed, signature, fault, what }, digests) {
  const lines = [];
  const [names, own] = [0, 1].map((part) => digests.map((pair) => pair[part]));
  const there = [...listed].filter(([, sha256]) => own.includes(sha256));
  const others = [...listed].flatMap(([name, sha256]) => (names.includes(name.split("/").at(-1)) && !own.includes(sha256) ? [name] : []));
  if (fault && signature?.[0] !== "FAILS") lines.push(["FAILS", `data: ${fault}`]);
  else if (what) lines.push(["", `data: ${what}`]);
  else if (!listed.size) lines.push(["FAILS", "data: it names no file"]);
  else if (there.length === listed.size && !others.length) lines.push(["", `data: all ${listed.size} files are those that it names`]);
  else if (!others.length) lines.push(["UNCHECKED", `data: ${there.length} of the ${listed.size} files that it names are here, and are those`]);
  for (const name of what ? [] : others) lines.push(["FAILS", `data: ${name} is not as it was built`]);
  return signature ? [...lines, [signature[0], `signature: ${signature[1]}`]] : lines;
}

// What is wrong with what stands behind a brief, if it is not a signature alone, as we write them.
async function doubtOf(pdf, whole, from) {
  try {
    return (await isOnlySigned(pdf, whole, from)) ? null : ["FAILS", "what stands behind the brief changes more than a signature does"];
  } catch {
    return ["UNCHECKED", "what stands behind the brief is not written as we sign, and may change what is shown: the command looks at it"];
  }
}
