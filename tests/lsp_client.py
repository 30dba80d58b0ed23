"""An editor without a screen: it speaks the Language Server Protocol with `briefings lsp`."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

_LONGEST = 100  # seconds; a server that says nothing is ended then


class Editor:
    """A session with a server of its own, in the folder of a desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "briefings", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
        )
        self._clock = threading.Timer(_LONGEST, self._process.kill)
        self._clock.start()
        self._count = 0
        self._version = 0
        self.shown: dict[str, list[dict[str, Any]]] = {}
        self.capabilities: dict[str, Any] = self.ask(
            "initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}
        )["capabilities"]
        self.tell("initialized", {})

    def uri(self, name: str) -> str:
        """The address of a file of the desk."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, on disk or not; the diagnostics of it."""
        document = {"uri": self.uri(name), "languageId": "yaml", "version": 0, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self._checked(name)

    def type(self, name: str, text: str) -> list[dict[str, Any]]:
        """Let an open file hold this text; the diagnostics of it."""
        self._version += 1
        self.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri(name), "version": self._version},
                "contentChanges": [{"text": text}],
            },
        )
        return self._checked(name)

    def at(self, method: str, name: str, text: str, mark: str, **more: Any) -> Any:
        """What the server answers to a question about the place where `mark` begins in `text`."""
        before = text[: text.index(mark)]
        line = before.count("\n")
        column = len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2
        where = {"line": line, "character": column}
        document = {"textDocument": {"uri": self.uri(name)}}
        return self.ask(f"textDocument/{method}", {**document, "position": where, **more})

    def actions(self, name: str, where: dict[str, Any]) -> dict[str, Any]:
        """The edits that are offered at a range, by their titles."""
        document = {"textDocument": {"uri": self.uri(name)}}
        asked = {**document, "range": where, "context": {"diagnostics": []}}
        offered = self.ask("textDocument/codeAction", asked)
        return {each["title"]: each["edit"]["changes"] for each in offered}

    def ask(self, method: str, params: Any) -> Any:
        """A request, and its answer; an error is an answer too."""
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        while True:
            message = self._received()
            if message.get("id") == self._count and "method" not in message:
                return message["error"] if "error" in message else message["result"]

    def tell(self, method: str, params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def close(self) -> tuple[int, str]:
        """End the server as an editor does; its exit code, and what it wrote on standard error."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        _, errors = self._process.communicate()
        self._clock.cancel()
        return self._process.returncode, errors.decode()

    def _checked(self, name: str) -> list[dict[str, Any]]:
        """The diagnostics of a file, once the server has said any, or that all is well."""
        self.shown.pop(self.uri(name), None)
        while self.uri(name) not in self.shown:
            self._received()
        return self.shown[self.uri(name)]

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _received(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            assert line or self._process.poll() is None, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.shown[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


def changed(text: str, edits: list[dict[str, Any]]) -> str:
    """A text after edits of the protocol, as an editor makes them."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def index(at: dict[str, int]) -> int:
        units = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]]
        return starts[at["line"]] + len(units.decode("utf-16-le"))

    for each in sorted(edits, key=lambda edit: -index(edit["range"]["start"])):
        start, end = index(each["range"]["start"]), index(each["range"]["end"])
        text = text[:start] + each["newText"] + text[end:]
    return text
