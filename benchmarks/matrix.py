"""The same desk built in many circumstances, by real processes: equal bytes.

    python benchmarks/matrix.py [DESK] [--topic ID] [--python FILE]

Each circumstance is tried by itself, then those that go together at once: folder and file
system, order of files, time zone, locale, umask, hash seed, user, processors, clock, host,
terminal, home. What this machine can't do (another user without being root, another clock without
`faketime`) is named and left out. `--python` is an interpreter that another user may run too.
Exit code 1 if a byte differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parents[1]
HARBOUR = HERE / "tests" / "desk_harbour"
NOBODY = 65534


@dataclass(frozen=True)
class Circumstance:
    """What is otherwise: words before the command, variables, a umask, a place for the desk."""

    before: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    place: str = ""
    is_reversed: bool = False


_USER = (
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "--bounding-set=-all",
)
CIRCUMSTANCES: dict[str, Circumstance] = {
    "as it is": Circumstance(),
    "folder": Circumstance(place="another place/für Später/d"),
    "file system": Circumstance(place="/dev/shm"),  # noqa: S108 # another one on Linux
    "order of files": Circumstance(is_reversed=True),
    "time zone": Circumstance(variables={"TZ": "Pacific/Kiritimati"}),
    "time zone behind": Circumstance(variables={"TZ": "Pacific/Pago_Pago"}),
    "locale": Circumstance(variables={"LC_ALL": "fa_IR.UTF-8", "LANGUAGE": "fa"}),
    "locale C": Circumstance(variables={"LC_ALL": "C", "PYTHONUTF8": "0"}),
    "locale tr": Circumstance(variables={"LC_ALL": "tr_TR.UTF-8"}),
    "umask 077": Circumstance(umask=0o077),
    "umask 000": Circumstance(umask=0),
    "hash seed 1": Circumstance(variables={"PYTHONHASHSEED": "1"}),
    "hash seed 4711": Circumstance(variables={"PYTHONHASHSEED": "4711"}),
    "user": Circumstance(before=_USER),
    "one processor": Circumstance(before=("taskset", "-c", "0")),
    "clock of 1999": Circumstance(before=("faketime", "1999-12-31 23:59:50")),
    "clock of 2031": Circumstance(before=("faketime", "2031-01-01")),
    "time of the build": Circumstance(variables={"SOURCE_DATE_EPOCH": "86400"}),
    "libraries": Circumstance(
        variables={
            "HB_SHAPER_LIST": "fallback",
            "FONTCONFIG_SYSROOT": "/nowhere",
            "FC_DEBUG": "1024",
        }
    ),
    "folders of the user": Circumstance(variables={"HOME": "home", "XDG_CACHE_HOME": "kept"}),
    "host": Circumstance(before=("unshare", "--uts", "sh", "-c", 'hostname x; exec "$@"', "sh")),
    "terminal": Circumstance(variables={"COLUMNS": "20", "TERM": "dumb", "FORCE_COLOR": "1"}),
    "home": Circumstance(variables={"HOME": "/nowhere", "USER": "x", "LOGNAME": "x"}),
    "without asserts": Circumstance(variables={"PYTHONOPTIMIZE": "1"}),
}
TOGETHER = ("folder", "order of files", "time zone", "locale tr", "hash seed 1", "one processor")


def main() -> int:
    """One line for each circumstance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("desk", nargs="?", type=Path, default=HARBOUR)
    parser.add_argument("--topic", action="append", default=[], help="only this; repeatable")
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    topics = [word for topic in given.topic for word in ("--topic", topic)]
    first: dict[str, str] = {}
    differ = 0
    for name, circumstance in {**CIRCUMSTANCES, "all that go together": _together()}.items():
        files, why = _built(given.desk, circumstance, given.python, topics)
        first = first or files
        wrong = sorted(each for each in first | files if first.get(each) != files.get(each))
        told = f"left out: {why}" if why else ", ".join(wrong[:3]) or f"{len(files)} files, equal"
        differ += bool(wrong) and not why
        print(f"{name:22}{told}", flush=True)
    print(f"{differ} circumstances show")
    return int(differ > 0)


def _together() -> Circumstance:
    those = [CIRCUMSTANCES[name] for name in TOGETHER]
    return Circumstance(
        before=tuple(word for each in those for word in each.before),
        variables={name: value for each in those for name, value in each.variables.items()},
        umask=0o077,
        place=CIRCUMSTANCES["folder"].place,
        is_reversed=True,
    )


def _built(
    desk: Path, circumstance: Circumstance, python: str, topics: list[str]
) -> tuple[dict[str, str], str]:
    """The SHA-256 of each file that is built, or why none is."""
    with tempfile.TemporaryDirectory(
        dir=circumstance.place if _is_elsewhere(circumstance) else None
    ) as scratch:
        folder = Path(scratch) / (circumstance.place.lstrip("/") or "d") / "desk"
        for path in sorted(desk.rglob("*"), reverse=circumstance.is_reversed):
            if path.is_file() and "build" not in path.relative_to(desk).parts[:1]:
                copy = folder / path.relative_to(desk)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
        if circumstance.before == _USER:
            subprocess.run(["chown", "-R", str(NOBODY), scratch], check=False)  # noqa: S603, S607
        packages = os.pathsep.join(
            (str(HERE), *(each for each in sys.path if "site-packages" in each))
        )
        kept = {"BRIEFINGS_CACHE": str(Path(scratch) / "cache"), "PYTHONPATH": packages}
        command = [*circumstance.before, python, "-m", "briefings", "build", *topics]
        try:
            done = subprocess.run(  # noqa: S603 # our own program
                command,
                cwd=folder,
                env=os.environ | kept | dict(circumstance.variables),
                umask=circumstance.umask,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            return {}, str(error)
        if done.returncode:
            return {}, done.stderr.decode(errors="replace").strip().splitlines()[-1]
        built = folder / "build"
        return {
            str(path.relative_to(built)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(built.rglob("*"))
            if path.is_file()
        }, ""


def _is_elsewhere(circumstance: Circumstance) -> bool:
    return circumstance.place.startswith("/")


if __name__ == "__main__":
    sys.exit(main())
