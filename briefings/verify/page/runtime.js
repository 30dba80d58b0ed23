// What starts Python, behind the two scripts of Pyodide, and in one function with them. Of a network it asks nothing: what
// they fetch is here.

const start = async (held, files) => {
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
  return { python, asked: python.pyimport("briefings.verify.in_browser.in_page") };
};
let fetched = null;
const fetch = (address) => fetched(address);
globalThis.importScripts = undefined; // by which Pyodide knows workers that it does not run in
return start;
