"""Who may import whom: the picture in docs/architecture.md, held to."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import click
import pytest
from program import MODULES, PACKAGE, for_types_alone, nodes

from briefings.cli.menu import Commands

STAGES = frozenset({"load", "check", "compose", "render"})
SERVICES: dict[str, frozenset[str]] = {
    "authoring": frozenset(
        {"check", "compare", "desk", "edit", "load", "make", "output", "plan", "render", "workers"}
    ),
    "compare": frozenset({"compose", "desk", "load", "output", "plan", "render"}),
    "desk": frozenset({"check", "load", "output", "plan", "render", "workers"}),
    "edit": frozenset({"load", "check"}),
    "make": frozenset({"cluster", "output", "plan", "render", "scan", "sign", "verify", "workers"}),
    "plan": frozenset({"compose"}),
    "workers": frozenset({"render"}),
    # It reads days as the check does.
    "capture": frozenset({"check"}),
    "highlights": frozenset(),
    "output": frozenset(),
    # The same work as that of a pool, and nothing else: what it is, it does not know.
    "cluster": frozenset({"output", "render", "scan", "workers"}),
    # Signatures are over bytes, whatever they say.
    "sign": frozenset(),
    "scan": frozenset({"render", "output"}),
    # It reads the words of finished files as the search for leaks does.
    "verify": frozenset({"compose", "output", "render", "scan", "sign", "workers"}),
}
ALLOWED = {
    "core": frozenset({"core"}),
    **{stage: frozenset({"core", stage}) for stage in STAGES},
    **{service: {"core", service} | stages for service, stages in SERVICES.items()},
    "run": STAGES | frozenset(SERVICES) | {"core", "run"},
    "workbench": frozenset({"authoring", "core", "desk", "run", "workbench"}),
    "lsp": frozenset({"authoring", "core", "lsp"}),
    "cli": frozenset(
        {"authoring", "cli", "cluster", "core", "desk", "lsp", "make", "plan", "run", "workbench"}
    ),
    "__main__": frozenset({"cli"}),
    "__init__": frozenset[str](),
}
SPEAKS = frozenset({"print", "exit", "quit", "sys.exit", "sys.stdout", "sys.stderr", "SystemExit"})
# The version stands in the package itself, for all to read.
VERSION = "__version__"


def layer(module: str) -> str:
    """`briefings.load.decode` is in the layer `load`, `briefings.cli` in the layer `cli`."""
    return module.split(".")[1]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each import, those inside functions included."""
    for node in nodes(path):
        if node in for_types_alone(path):
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            assert node.module is not None
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def test_imports_go_one_way() -> None:
    """A stage imports core and itself, a service what it serves; the table above says what."""
    for path in MODULES:
        own = path.relative_to(PACKAGE).with_suffix("").parts[0]
        assert own in ALLOWED, f"{own} is in no layer yet"
        for line, name in imports(path):
            top = name.split(".")[0]
            if top == "briefings" and name != f"briefings.{VERSION}":
                assert layer(name) in ALLOWED[own], f"{path}:{line}: {own} imports {name}"
            elif own == "core" and top != "briefings":
                assert top in sys.stdlib_module_names, f"{path}:{line}: core imports {name}"


def test_no_room_leads_back_to_itself() -> None:
    """What the rule above allows has no circle: there is an order in which to read the rooms."""
    graph = {own: others - {own} for own, others in ALLOWED.items()}
    assert tuple(TopologicalSorter(graph).static_order())[-1] == "__main__"


# Commands whose use case is called otherwise, since Python or a reader would stumble over it.
CALLED = {"import": "highlights", "list": "listing"}
# Commands that are a room of their own, or that say what `core` or `edit` hold.
WITHOUT_A_MODULE = frozenset({"completion", "desk", "explain", "lsp", "schema", "worker"})


def test_a_use_case_is_one_of_a_command() -> None:
    """`run/` has one module for each command, and no other."""
    group = Commands()
    commands = set(group.list_commands(click.Context(group)))
    modules = {path.stem for path in (PACKAGE / "run").glob("*.py")} - {"__init__"}
    assert modules == {CALLED.get(name, name) for name in commands - WITHOUT_A_MODULE}


@pytest.mark.parametrize(
    "layer_name", sorted(STAGES | set(SERVICES) | {"core", "lsp", "run", "workbench"})
)
def test_every_layer_is_there(layer_name: str) -> None:
    """The rule above is about folders that exist."""
    assert (PACKAGE / layer_name / "__init__.py").is_file()


def test_only_cli_reads_the_clock() -> None:
    """The same inputs give the same bytes: no other module asks for the time of day."""
    clocks = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime"}
    for path in MODULES:
        if path.relative_to(PACKAGE).parts[0] in {"cli", "cli.py"}:
            continue
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of = ast.unparse(node.func.value).split(".")[-1]
                asked = of in {"date", "datetime", "time"} and node.func.attr in clocks
                assert not asked, f"{path}:{node.lineno}: {ast.unparse(node)}"


# Calls by which a program reads files or looks through folders, and by which it changes them.
READS = frozenset(
    {"open", "fdopen", "read_text", "read_bytes", "iterdir", "scandir", "listdir", "glob", "rglob"}
    | {"walk", "files", "ZipFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"}
)
WRITES = frozenset(
    {"write_text", "write_bytes", "touch", "truncate", "ftruncate", "chmod", "fchmod", "lchmod"}
    | {"chown", "utime", "unlink", "rmdir", "removedirs", "rmtree", "mkdir", "makedirs", "mkfifo"}
    | {"mknod", "rename", "renames", "symlink", "symlink_to", "hardlink_to", "copyfile", "copytree"}
    | {"copyfileobj", "copy2", "fsync", "TemporaryDirectory"}
)
OF_OS = frozenset({"os.write", "os.remove", "os.replace", "os.link", "shutil.copy", "shutil.move"})
# They read and write bytes that they are given.
IN_MEMORY = frozenset({"pikepdf.open"})
# It asks the network, and no file.
OF_THE_WEB = frozenset({"opener.open"})


def file_calls(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Line and text of each call that touches files, and whether it changes any."""
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        name = called.rpartition(".")[2]
        # A text is replaced by another, a file only by its name.
        is_move = name == "replace" and "." in called and len(node.args) + len(node.keywords) == 1
        of_bytes = bool(node.args) and ast.unparse(node.args[0]).startswith("io.BytesIO(")
        if called in IN_MEMORY | OF_THE_WEB or of_bytes or (name == "replace" and not is_move):
            continue
        if called in OF_OS or name in WRITES or (is_move and not node.keywords):
            yield node.lineno, called, True
        elif name in READS:
            yield node.lineno, called, False


def test_one_module_reads_files_and_one_room_changes_them() -> None:
    """Whoever wants a file asks `core/files.py`; whoever wants one written, the room `output`."""
    for path in MODULES:
        own = path.relative_to(PACKAGE)
        for line, called, changes in file_calls(path):
            if own.parts[0] == "output":
                # To write, to hold a lock, to force names to the disk: never to read what is there.
                assert changes or called == "os.open", f"{path}:{line}: {called}"
            else:
                assert own == Path("core/files.py"), f"{path}:{line}: {called}"
                assert not changes, f"{path}:{line}: {called}"


def test_the_rule_on_files_sees_them() -> None:
    """Of the modules that may, each is seen to do it: the rule above is no empty one."""
    seen = {
        str(path.relative_to(PACKAGE)): {changes for _, _, changes in file_calls(path)}
        for path in MODULES
    }
    assert seen["core/files.py"] == {False}
    assert seen["output/atomic.py"] == {False, True}
    assert seen["output/publish.py"] == {True}


# Modules by which a program speaks with others, on this machine or elsewhere.
OF_NETWORKS = (
    *("socket", "socketserver", "ssl", "http.client", "http.server", "urllib.request", "xmlrpc"),
    *("ftplib", "imaplib", "poplib", "smtplib", "aiohttp", "requests", "pyhanko.sign.timestamps"),
    *("distributed", "pygls", "asyncio.start_server", "asyncio.open_connection"),
)
SPEAKING = {"capture/fetch.py", "sign/make.py", "cluster", "lsp", "workbench"}


def test_few_speak_with_a_network() -> None:
    """For a page that is captured, a time stamp, workers elsewhere, an editor and a browser."""
    speaking: set[str] = set()
    for path in MODULES:
        own = path.relative_to(PACKAGE)
        for _, name in imports(path):
            if any(f"{name}.".startswith(f"{each}.") for each in OF_NETWORKS):
                speaking.add(str(own) if str(own) in SPEAKING else own.parts[0])
    assert speaking == SPEAKING


def test_only_cli_prints_and_ends_the_program() -> None:
    """Others return what there is to say, or raise it."""
    for path in MODULES:
        if path.relative_to(PACKAGE).parts[0] in {"cli", "__main__.py"}:
            continue
        for line, name in imports(path):
            assert name.split(".")[0] != "click", f"{path}:{line}: {name}"
        for node in nodes(path):
            if isinstance(node, ast.Name | ast.Attribute):
                used = ast.unparse(node)
                assert used not in SPEAKS, f"{path}:{node.lineno}: {used}"
