"""What this machine lacks for the program, and the line that mends it."""

from __future__ import annotations

import ctypes
import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefings.core.values import dataclass
from briefings.render.html.environment import environment, source
from briefings.workers.templates import font_digests, fonts

_OLDEST = (3, 11)
# What WeasyPrint loads: file names on Linux and macOS, and the Debian package and Homebrew formula.
_LIBRARIES = {
    "Pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), "libpango-1.0-0", "pango"),
    "Pango for FreeType": (
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
        "libpangoft2-1.0-0",
        "pango",
    ),
    "HarfBuzz": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        "libharfbuzz-subset0",
        "harfbuzz",
    ),
    "Fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib"), "libfontconfig1", "fontconfig"),
}
_PDFS = "PDFs; web pages do without"
_FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/")
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?P<rest>[^;]*)(?:;(?P<marker>.*))?")
_BOUND = re.compile(r"(>=|<)\s*([\d.]+)")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")


@dataclass(frozen=True, slots=True)
class MachineFinding:
    """One thing that was looked at. `mend` is the line that mends it, empty where all is well.

    `purpose` is what needs it; not `needed` is what belongs to an extra that may be left out.
    """

    name: str
    state: str
    purpose: str
    mend: str = ""
    needed: bool = True

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.mend


def examine() -> tuple[MachineFinding, ...]:
    """Look at the interpreter, packages, libraries, fonts and time zones of this machine."""
    looks: tuple[Callable[[], Iterable[MachineFinding]], ...] = (
        _python,
        _packages,
        _libraries,
        _fonts,
        _time_zones,
        _encoding,
    )
    return tuple(finding for look in looks for finding in look())


def as_text(findings: Iterable[MachineFinding]) -> str:
    """A line for each, and below it what mends it; what one line mends stands together."""
    together: dict[object, list[MachineFinding]] = {}
    for each in findings:
        key = each.name if each.is_well else (each.state, each.purpose, each.mend)
        together.setdefault(key, []).append(each)
    lines = []
    for first, *others in together.values():
        mark = "ok" if first.is_well else ("lacks" if first.needed else "without")
        names = ", ".join(each.name for each in (first, *others))
        lines.append(f"{mark:8}{names}: {first.state}")
        if not first.is_well:
            lines += [f"        needed for {first.purpose}", f"        {first.mend}"]
    return "".join(f"{line}\n" for line in lines)


def as_object(findings: Iterable[MachineFinding]) -> dict[str, object]:
    """The findings for machines."""
    return {
        "findings": [
            {
                "name": each.name,
                "ok": each.is_well,
                "needed": each.needed,
                "state": each.state,
                "purpose": each.purpose,
                "mend": each.mend or None,
            }
            for each in findings
        ]
    }


def _python() -> Iterator[MachineFinding]:
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info[:2] < _OLDEST
    mend = f"install Python {_OLDEST[0]}.{_OLDEST[1]} or later" if old else ""
    yield MachineFinding("Python", version, "everything", mend)


def _packages() -> Iterator[MachineFinding]:
    """The packages that the program asks for, those of its extras too."""
    for requirement in metadata.requires("briefings") or ():
        match = _REQUIREMENT.match(requirement)
        if match is None:
            continue
        marker = (match["marker"] or "").strip()
        extra = _EXTRA.fullmatch(marker)
        if marker and extra is None:
            continue  # of another platform or Python, as pip knows best
        name, purpose = match["name"], "everything" if extra is None else f"the extra {extra[1]}"
        package = "briefings" if extra is None else f"'briefings[{extra[1]}]'"
        mend = f"{sys.executable} -m pip install --upgrade {package}"
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield MachineFinding(name, "not installed", purpose, mend, needed=extra is None)
            continue
        if _satisfies(version, match["rest"]):
            yield MachineFinding(name, version, purpose)
        else:
            state = f"{version}, and {match['rest'].strip()} is asked for"
            yield MachineFinding(name, state, purpose, mend, needed=extra is None)


def _satisfies(version: str, asked: str) -> bool:
    """Whether a version lies within bounds such as `<0.14,>=0.13`; only numbers are compared."""
    have = _numbers(version)
    for sign, bound in _BOUND.findall(asked):
        if not (have >= _numbers(bound) if sign == ">=" else have < _numbers(bound)):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", version)[:4]]
    return tuple(parts + [0] * (4 - len(parts)))


def _libraries() -> Iterator[MachineFinding]:
    """What WeasyPrint loads of the system; at last WeasyPrint itself, which has the final word."""
    missing = {}
    for name, (files, debian, homebrew) in _LIBRARIES.items():
        if any(_loads(folder + file) for folder in _FOLDERS for file in files):
            yield MachineFinding(name, "is there", "PDFs")
        else:
            missing[name] = homebrew if sys.platform == "darwin" else debian
    installer = "brew install" if sys.platform == "darwin" else "sudo apt-get install"
    mend = " ".join((installer, *dict.fromkeys(missing.values())))
    for name in missing:
        yield MachineFinding(name, "not there", _PDFS, mend)
    if not missing:
        try:
            from briefings.render.pdf.write import only_fonts_of  # noqa: PLC0415 # it has to load

            with only_fonts_of(fonts() / "fonts.conf"):  # as a build has it
                importlib.import_module("weasyprint")
        except (ImportError, OSError) as error:
            state = str(error).partition("\n")[0]
            mend = "see https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
            yield MachineFinding("WeasyPrint", state, _PDFS, mend)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _fonts() -> Iterator[MachineFinding]:
    """The faces and style sheets that the program ships."""
    purpose = "PDFs and web pages"
    mend = f"{sys.executable} -m pip install --force-reinstall briefings"
    try:
        count = len(font_digests())
        source(environment(), "fonts/latin.css")
    except Exception as error:  # noqa: BLE001 - whatever is wrong with them, this is what mends it
        yield MachineFinding("fonts", f"can't be read: {error}", purpose, mend)
        return
    yield MachineFinding("fonts", f"{count} files", purpose, "" if count else mend)


def _time_zones() -> Iterator[MachineFinding]:
    try:
        ZoneInfo("Asia/Kabul")
    except ZoneInfoNotFoundError:
        mend = f"{sys.executable} -m pip install tzdata"
        yield MachineFinding("time zones", "are not there", "desks outside UTC", mend)
    else:
        yield MachineFinding("time zones", "are there", "desks outside UTC")


def _encoding() -> Iterator[MachineFinding]:
    encoding = sys.getfilesystemencoding().lower()
    mend = "" if encoding == "utf-8" else "export LC_ALL=C.UTF-8"
    yield MachineFinding("file names", f"are read as {encoding}", "names in other scripts", mend)
