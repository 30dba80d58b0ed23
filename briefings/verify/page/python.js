// The program itself, in Python: it makes each page anew, as the command does. Until it has started, and where it can't, no
// brief is verified.

const bytesOf = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

async function unpackedPart(packed) {
  const stream = new Blob([bytesOf(atob(packed))]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function startedPython(parts) {
  const held = new Map();
  for (const [name, packed] of Object.entries(parts)) held.set(name, await unpackedPart(packed));
  const { texts, bytes } = JSON.parse(new TextDecoder().decode(held.get("program")));
  const files = [...Object.entries(texts), ...Object.entries(bytes).map(([path, text]) => [path, bytesOf(text)])];
  return startPython(held, files);
}

const reasonIn = (error) => String(error?.message ?? error).trim().split("\n").at(-1).slice(0, 200);
let [python, hasEnded] = [null, false];

// What Python says to some bytes; a line that says why, where it says nothing.
async function said(what, bytes, ...more) {
  try {
    const { python: own, asked } = await python;
    const given = own.toPy(bytes);
    const lines = JSON.parse(asked[what](given, ...more));
    given.destroy();
    return lines;
  } catch (error) {
    hasEnded = !error?.type; // no exception of Python itself, which has one
    return [["UNCHECKED", `data and words: this browser can’t run the check: ${reasonIn(error)}`]];
  }
}
