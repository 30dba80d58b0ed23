"""`doctor`: what a machine lacks, and the line that mends it."""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import sys
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from command import run

from briefings.run import doctor
from briefings.workers.templates import fonts


def test_this_machine_lacks_nothing() -> None:
    """Each thing is named with its state; the tests need them all."""
    done = run("doctor")
    assert done.exit_code == 0, done.stdout
    lines = done.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    version = ".".join(map(str, sys.version_info[:3]))
    assert f"ok      Python: {version}" in lines
    assert f"ok      weasyprint: {metadata.version('weasyprint')}" in lines
    assert "ok      Pango: is there" in lines


def test_fonts_of_the_machine_are_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by no build: where they are told of by a pipe, whoever asks waits without end."""
    told = tmp_path / "fonts.conf"
    monkeypatch.setenv("FONTCONFIG_FILE", str(told))
    seen = []
    monkeypatch.setattr(
        importlib, "import_module", lambda _: seen.append(os.environ["FONTCONFIG_FILE"])
    )
    assert all(each.is_well for each in doctor.examine())
    assert seen == [str((fonts() / "fonts.conf").resolve())]


def test_a_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line for the system at hand; web pages do without it, and the exit code tells."""
    load = ctypes.CDLL

    def without(name: str) -> object:
        if "pangoft2" in name:
            raise OSError(name)
        return load(name)

    monkeypatch.setattr(ctypes, "CDLL", without)
    monkeypatch.setattr(sys, "platform", "linux")
    done = run("doctor")
    assert done.exit_code == 1
    assert "lacks   Pango for FreeType: not there" in done.stdout
    assert "        sudo apt-get install libpangoft2-1.0-0\n" in done.stdout
    monkeypatch.setattr(sys, "platform", "darwin")
    (lacking,) = [each for each in doctor.examine() if not each.is_well]
    assert lacking.mend == "brew install pango"


def test_one_line_mends_what_belongs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """All libraries of the system, and all packages of an extra, each once for one paste."""

    def nothing(name: str) -> object:
        raise OSError(name)

    asked = ["no-such-one; extra == 'desk'", "click>=8", "no-such-two; extra == 'desk'"]
    monkeypatch.setattr(ctypes, "CDLL", nothing)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(metadata, "requires", lambda _: asked)
    printed = run("doctor").stdout
    assert "without no-such-one, no-such-two: not installed\n" in printed
    assert "lacks   Pango, Pango for FreeType, HarfBuzz, Fontconfig: not there\n" in printed
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1"
    assert printed.count("sudo apt-get install") == 1
    assert f"        sudo apt-get install {packages}\n" in printed


def test_an_extra_may_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and is no fault of the machine; a package that the program needs is."""
    monkeypatch.setattr(metadata, "requires", lambda _: ["no-such-one; extra == 'desk'"])
    done = run("doctor")
    assert done.exit_code == 0
    assert "without no-such-one: not installed\n" in done.stdout
    monkeypatch.setattr(metadata, "requires", lambda _: ["no-such-one"])
    assert run("doctor").exit_code == 1


def test_a_package_is_missing_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter's own pip mends it; what only an extra needs is told apart."""
    asked = [
        "click>=8",
        "no-such-package>=1",
        "pyyaml>=99",
        "jinja2<1",
        "no-such-either; extra == 'desk'",
        "colorama; sys_platform == 'win32'",
    ]
    monkeypatch.setattr(metadata, "requires", lambda _: asked)
    findings = {each.name: each for each in doctor.examine()}
    assert findings["click"].is_well
    assert (
        findings["no-such-package"].mend == f"{sys.executable} -m pip install --upgrade briefings"
    )
    assert "and >=99 is asked for" in findings["pyyaml"].state
    assert "and <1 is asked for" in findings["jinja2"].state
    extra = findings["no-such-either"]
    assert (extra.purpose, extra.needed) == ("the extra desk", False)
    assert extra.mend.endswith("'briefings[desk]'")
    assert "colorama" not in findings


def test_fonts_and_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation, and a system without a database of time zones."""

    def gone() -> None:
        raise FileNotFoundError("fonts")

    def unknown(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(doctor, "font_digests", gone)
    monkeypatch.setattr(doctor, "ZoneInfo", unknown)
    answer = json.loads(run("doctor", "--json").stdout)["findings"]
    lacking = {each["name"]: each["mend"] for each in answer if not each["ok"]}
    assert set(lacking) == {"fonts", "time zones"}
    assert lacking["fonts"].endswith("-m pip install --force-reinstall briefings")
    assert lacking["time zones"].endswith("-m pip install tzdata")


def test_without_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The help; and where there is no base, how to begin."""
    monkeypatch.chdir(tmp_path)
    done = run()
    assert done.exit_code == 2
    assert "Build situation briefs" in done.stderr
    assert done.stderr.endswith(
        "There is no facts.yaml here. To begin a desk: briefings init DIR\n"
    )
    (tmp_path / "facts.yaml").write_text("")
    assert "To begin a desk" not in run().stderr
