// The program itself, in Python: it makes each page anew, as the command does. Until it has started, and where it can't, no
// brief is verified.

const PARTS = ["pyodide.asm.wasm", "python.zip"];
const SLOW = 50; // milliseconds, after which the page has been painted

async function unpackedPart(name) {
  const packed = Uint8Array.from(atob(document.getElementById(name).textContent), (letter) => letter.charCodeAt(0));
  return new Uint8Array(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

const textOfPart = async (name) => new TextDecoder().decode(await unpackedPart(name));
const bytesOf = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const painted = () => new Promise((resolve) => setTimeout(resolve, SLOW));

// The policy of this page names the script by its digest, though it is packed.
async function startedPython() {
  await painted();
  const { texts, bytes } = JSON.parse(await textOfPart("program"));
  const held = new Map();
  for (const name of PARTS) held.set(name, await unpackedPart(name));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await textOfPart("runtime");
  await new Promise((resolve, reject) => {
    const fail = ({ message }) => reject(new Error(message ?? "it does not run the script that starts it"));
    for (const kind of ["error", "securitypolicyviolation"]) addEventListener(kind, fail, { once: true });
    addEventListener("python", resolve, { once: true });
    document.head.append(script);
  });
  const files = [...Object.entries(texts), ...Object.entries(bytes).map(([path, text]) => [path, bytesOf(text)])];
  return globalThis.startPython(held, files);
}

const reasonIn = (error) => String(error?.message ?? error).trim().split("\n").at(-1).slice(0, 200);

function tellWhyNot(error) {
  document.getElementById("state").textContent = `This browser can’t run the check: ${reasonIn(error)}`;
}

function startPythonAnew() {
  const state = document.getElementById("state");
  state.textContent = "Starting…";
  starting = startedPython().then(
    (python) => {
      state.textContent = "Ready.";
      return python;
    },
    (error) => {
      tellWhyNot(error);
      throw error;
    },
  );
  starting.catch(() => {}); // told of each brief
}
let starting = null;
startPythonAnew();

// What Python says to some bytes; a line that says why, where it says nothing. A file may be such that Python ends by it:
// the next one has a new one.
async function said(what, bytes, ...more) {
  let begun = null;
  try {
    begun = await starting;
    const { python, asked } = begun;
    const given = python.toPy(bytes);
    const lines = JSON.parse(asked[what](given, ...more));
    given.destroy();
    return lines;
  } catch (error) {
    if (begun && !error?.type) startPythonAnew(); // no exception of Python itself, which has one
    return [["UNCHECKED", `data and words: this browser can’t run the check: ${reasonIn(error)}`]];
  }
}
