// What starts Python. It stands around the two scripts of Pyodide in one module of their own; of a network it asks nothing:
// what they fetch is here.

globalThis.startPython = async (held, files) => {
  const kinds = { wasm: "application/wasm", zip: "application/zip" };
  fetched = async (address) => {
    const name = new URL(address).pathname.split("/").at(-1);
    return new Response(held.get(name), { headers: { "Content-Type": kinds[name.split(".").at(-1)] } });
  };
  const python = await loadPyodide({
    createPyodideModule: _createPyodideModule,
    indexURL: "https://here.invalid/",
    stdLibURL: "https://here.invalid/python.zip",
    lockFileContents: LOCK,
    env: { HOME: "/", PYTHONPATH: "/program", PYTHONDONTWRITEBYTECODE: "1" },
    stdout: () => {},
    stderr: () => {},
    fsInit: async (FS) => {
      for (const [path, content] of files) {
        FS.mkdirTree(`/program/${path}`.replace(/[/][^/]*$/, ""));
        FS.writeFile(`/program/${path}`, content);
      }
    },
  });
  return { python, asked: python.pyimport("briefings.verify.in_page") };
};
let fetched = null;
const fetch = (address) => fetched(address);
dispatchEvent(new Event("python"));
