// What all of this page speaks in: bytes, their digests, and a record with its checksum.

const LARGEST = 64 * 1024 * 1024;

class Wrong extends Error {}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const utf8 = (text) => new TextEncoder().encode(text);

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const parts = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > LARGEST) throw new Wrong(`what is packed in it is larger than ${LARGEST / 1024 / 1024} MiB`);
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

// A record, if its checksum is its own.

async function held(text) {
  const content = JSON.parse(text);
  const seal = content.seal;
  delete content.seal;
  const canonical = JSON.stringify(sorted(content), null, 1);
  if (hex(await digest(utf8(canonical))) !== seal) throw new Wrong("its data were changed: their checksum does not fit");
  return content;
}
