// What runs beside the page, which does not wait for it: all that reads files. It is asked for one thing after the other.

let given = null;

const asks = {
  async start(parts) {
    await (python = startedPython(parts));
  },

  // Reads what was dropped: which files can't be read, which are to be verified, which signatures are over none of them.
  async take(files) {
    const [opened, unread] = [[], []];
    for (const file of files) {
      try {
        opened.push([file.name, new Uint8Array(await file.arrayBuffer())]);
      } catch {
        unread.push(file.name);
      }
    }
    const digests = await Promise.all(opened.map(async ([file, bytes]) => [file, hex(await digest(bytes))]));
    const isSignature = ([file]) => file.endsWith(SIGNED_BY);
    const signatures = new Map(opened.filter(isSignature).map(([file, bytes]) => [file.slice(0, -SIGNED_BY.length), bytes]));
    const rest = opened.filter((each) => !isSignature(each)).map(([file, bytes]) => [file, bytes, certificatesIn(bytes)]);
    const certificates = rest.flatMap(([, , own]) => own ?? []);
    const trusted = certificates.length ? certificates : null;
    const briefs = await Promise.all(rest.filter(([, , own]) => !own).map(async ([file, bytes]) => [file, bytes, await listOf(file, bytes, signatures, trusted)]));
    const lists = briefs.flatMap(([, , list]) => list ?? []);
    given = { briefs, digests, lists, signatures, trusted };
    return { unread, names: briefs.map(([file]) => file), alone: [...signatures.keys()].filter((file) => !opened.some(([each]) => each === file)) };
  },

  // The lines on one of them; and whether Python ended by it.
  async verify(turn, name) {
    const [file, bytes, list] = given.briefs[turn];
    hasEnded = false;
    const lines = list ? verdictOfList(list, given.digests) : await verdict(file, bytes, name, given);
    return { lines, isList: Boolean(list), hasEnded };
  },
};

onmessage = async ({ data: [what, ...more] }) => {
  try {
    postMessage({ answer: await asks[what](...more) });
  } catch (error) {
    postMessage({ why: reasonIn(error) || "it says nothing" });
  }
};
