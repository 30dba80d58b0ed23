"""Keeps the Python of the page for browsers: `tools/runtime.py FOLDER`, of npm's package `pyodide`.

It copies what the page needs of it into `briefings/verify/page/runtime`, packed; and of the
standard library the modules that are loaded when pages are made, compiled by that very Python.
`ORIGIN.md` there tells the version and the digests. Nothing is fetched: unpack the package first.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import zopfli.gzip

from briefings.verify.in_browser.bundled import bundle

_TARGET = Path(__file__).parents[1] / "briefings" / "verify" / "page" / "runtime"
_AS_THEY_ARE = ("pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide.mjs")
_LOCK = "pyodide-lock.json"
_LIBRARY = "python_stdlib.zip"

_LOADING = """
import { writeFileSync, readFileSync } from "node:fs";
const [folder, bundle, out, ...briefs] = process.argv.slice(2);
const { loadPyodide } = await import(`${folder}/pyodide.mjs`);
const { texts, bytes } = JSON.parse(readFileSync(bundle, "utf8"));
const bytesOf = (text) => Uint8Array.from(text, (each) => each.charCodeAt(0));
const plain = Object.entries(bytes).map(([path, text]) => [path, bytesOf(text)]);
const files = [...Object.entries(texts), ...plain];
const python = await loadPyodide({
  env: { PYTHONPATH: "/program", PYTHONDONTWRITEBYTECODE: "1" },
  fsInit: async (FS) => {
    for (const [path, content] of files) {
      FS.mkdirTree(`/program/${path}`.replace(/[/][^/]*$/, ""));
      FS.writeFile(`/program/${path}`, content);
    }
  },
});
python.FS.mkdirTree("/briefs");
briefs.forEach((brief, at) => python.FS.writeFile(`/briefs/${at}`, readFileSync(brief)));
python.runPython(readFileSync(0, "utf8"));
writeFileSync(out, python.FS.readFile("/library.zip"));
"""

_COMPILING = """
import os, sys
from importlib import import_module

for name in NAMES:
    import_module(name)
from briefings.verify.in_browser.in_page import of_web
for name in os.listdir("/briefs"):
    with open(f"/briefs/{name}", "rb") as file:
        lines = of_web(memoryview(file.read()), "")
    assert "FAILS" not in lines and "not compared" not in lines, lines

loaded = [each.__spec__ for each in list(sys.modules.values()) if getattr(each, "__spec__", None)]
library = next(each for each in sys.path if each.endswith(".zip"))
wanted = {each.origin for each in loaded if each.origin and each.origin.startswith(library)}

import io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
held = zipfile.ZipFile(library)
with zipfile.ZipFile("/library.zip", "w") as out:
    for name in sorted(held.namelist()):
        path = f"{library}/{name}"
        if path in wanted:
            code = compile(held.read(name), path, "exec", dont_inherit=True, optimize=2)
            kept = bytes(_code_to_hash_pyc(code, bytes(8), False))
            out.writestr(zipfile.ZipInfo(f"{name}c"), kept)
"""


def main() -> int:
    """Keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="npm's package `pyodide`, unpacked")
    parser.add_argument("briefs", type=Path, nargs="+", help="briefs of this state, as pages")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    rows = []
    for name in _AS_THEY_ARE:
        content = (folder / name).read_bytes()
        _keep(name, content)
        rows.append((name, content))
    lock = json.loads((folder / _LOCK).read_text(encoding="utf-8"))
    _keep(_LOCK, json.dumps({"info": lock["info"], "packages": {}}).encode())
    _keep("python.zip", _library(folder, [each.resolve() for each in asked.briefs]))
    rows.append((_LIBRARY, (folder / _LIBRARY).read_bytes()))
    origin = _TARGET / "ORIGIN.md"
    head, _, _ = origin.read_text(encoding="utf-8").partition("| file |")
    table = "".join(f"| `{name}` | {sha256(each).hexdigest()} |\n" for name, each in rows)
    origin.write_text(f"{head}| file | SHA-256 |\n|---|---|\n{table}", encoding="utf-8")
    print(f"pyodide {version}")
    return 0


def _keep(name: str, content: bytes) -> None:
    (_TARGET / f"{name}.gz").write_bytes(zopfli.gzip.compress(content))


def _library(folder: Path, briefs: Iterable[Path]) -> bytes:
    """What of the standard library is loaded, as it is compiled there."""
    program = bundle()
    paths = [Path(path) for path in json.loads(program)["texts"] if path.endswith(".py")]
    plain = (path.parent if path.name == "__init__.py" else path.with_suffix("") for path in paths)
    names = sorted(".".join(path.parts) for path in plain)
    with TemporaryDirectory() as here:
        held, script, out = (Path(here) / each for each in ("bundle", "load.mjs", "out"))
        held.write_text(program, encoding="utf-8")
        script.write_text(_LOADING, encoding="utf-8")
        command = [Path(sys.executable).parent / "node", script, folder, held, out, *briefs]
        code = _COMPILING.replace("NAMES", repr(names))
        subprocess.run(command, input=code, text=True, check=True)  # noqa: S603 # node, and files of ours
        return out.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
