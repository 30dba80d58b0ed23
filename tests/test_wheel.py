"""The wheel: the program with its templates and fonts, and no desk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

import briefings
from briefings.edit.starter import _NAMES
from briefings.render.l10n.catalogues import catalogue
from briefings.verify.in_browser.bundled import bundle

FONTS = (
    "NotoSansAfghani-Regular.ttf",
    "NotoSansRareLetters-Regular.ttf",
    "SourceSans3-Regular.ttf",
    "SourceSans3-SemiBold.ttf",
    "SourceSerif4-Italic.ttf",
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-SemiBold.ttf",
    "Vazirmatn-Bold.ttf",
    "Vazirmatn-Regular.ttf",
)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def hatch(checkout: Path, target: str, folder: Path) -> Path:
    """Build the archive as pip would, without the network."""
    command = ("build", "-t", target, "-d", folder)
    done = run(sys.executable, "-m", "hatchling", *command, cwd=checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    (archive,) = folder.iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hatch(checkout, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that has the wheel, and of this one the dependencies.

    The `.pth` file lends the dependencies and not the editable project: the `.pth` files of a
    folder that is lent in this way are not read.
    """
    environment = tmp_path_factory.mktemp("installed") / "venv"
    here = environment.parent
    venv = run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=here)
    assert venv.returncode == 0, venv.stderr
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    install = ("install", "--quiet", "--no-index", "--no-deps", "--no-compile")
    done = run(*pip, *install, wheel, cwd=here)
    assert done.returncode == 0, done.stderr
    (packages,) = environment.glob("lib/python*/site-packages")
    lent = packages / "dependencies.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin"


@pytest.fixture
def harbour(checkout: Path, tmp_path: Path) -> Path:
    """A desk of another subject, away from this checkout."""
    return Path(shutil.copytree(checkout / "tests" / "desk_harbour", tmp_path / "desk"))


def test_wheel_holds_the_whole_program(checkout: Path, wheel: Path) -> None:
    """Every module, every template, every font with its licence and its origin."""
    held = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(checkout) for path in (checkout / "briefings").rglob("*.py")}
    assert {str(path) for path in modules} <= held
    templates = {
        "briefings" / path.relative_to(checkout)
        for path in (checkout / "templates").rglob("*")
        if path.is_file()
    }
    assert {str(path) for path in templates} <= held
    pages = {f"briefings/docs/{path.name}" for path in (checkout / "docs").glob("*.md")}
    assert pages <= held
    fonts = {Path(name).name for name in held if name.endswith(".ttf")}
    assert fonts == set(FONTS)
    for family in ("NotoSans", "SourceSans3", "SourceSerif4", "Vazirmatn"):
        assert f"briefings/templates/fonts/OFL-{family}.txt" in held
    assert "briefings/templates/fonts/ORIGIN.md" in held
    for name in _NAMES.values():
        assert f"briefings/edit/starter/{name}" in held
    for language in ("fa", "fa-AF", "ps"):
        assert f"briefings/locale/{language}.po" in held


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """No documents, no facts but those of a new desk, no tests: a desk is not the program."""
    stem = f"briefings-{briefings.__version__}.dist-info"
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("briefings/", f"{stem}/"))
        if name.startswith("briefings/edit/starter/"):
            continue
        assert not {"seeds", "tests", "build"} & set(Path(name).parts)
        assert Path(name).name != "facts.yaml"
        assert Path(name).suffix != ".pyc"
    # most of it is the page that verifies in a browser, 5.1 MB
    assert wheel.stat().st_size < 8_700_000


def test_the_page_for_browsers_brings_what_pages_are_made_of() -> None:
    """And nothing else that lies beside it, such as the compiled catalogues of a run before."""
    catalogue("fa")
    brought = json.loads(bundle())["texts"]
    beside = [path for path in brought if path.startswith(("briefings/locale", "briefings/temp"))]
    assert {Path(path).suffix for path in beside} == {".css", ".j2", ".js", ".json", ".po"}


def test_wheel_names_its_licences(wheel: Path) -> None:
    """The licence of the program and those of the fonts travel with it."""
    stem = f"briefings-{briefings.__version__}.dist-info"
    metadata = zipfile.ZipFile(wheel).read(f"{stem}/METADATA").decode()
    assert (
        "License-Expression: MIT AND MPL-2.0 AND OFL-1.1 AND PSF-2.0 AND Unicode-3.0\n" in metadata
    )
    assert metadata.count("\nLicense-File: ") == 8
    assert "\nRequires-Python: >=3.11\n" in metadata


def test_sdist_builds_the_same_wheel(checkout: Path, wheel: Path, tmp_path: Path) -> None:
    """The source archive is enough to build the same bytes from, and holds no desk either."""
    archive = hatch(checkout, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    desks = [name for name in names if "seeds" in name or name.endswith("facts.yaml")]
    assert all("/briefings/edit/starter/" in name for name in desks)
    (tmp_path / "source").mkdir()
    assert run("tar", "-xzf", archive, cwd=tmp_path / "source").returncode == 0
    (source,) = (tmp_path / "source").iterdir()
    again = hatch(source, "wheel", tmp_path / "again")
    assert again.read_bytes() == wheel.read_bytes()


def test_installed_program_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    """The command answers, from the new environment and not from this checkout."""
    done = run(installed / "briefings", "--version", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert briefings.__version__ in done.stdout
    where = run(
        installed / "python", "-c", "import briefings; print(briefings.__file__)", cwd=tmp_path
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)


def test_installed_program_begins_a_desk(installed: Path, tmp_path: Path) -> None:
    """What a new desk is made of travels with the program."""
    begun = run(installed / "briefings", "init", "desk", cwd=tmp_path)
    assert begun.returncode == 0, begun.stdout + begun.stderr
    checked = run(installed / "briefings", "check", "--strict", cwd=tmp_path / "desk")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_installed_program_serves_a_desk(installed: Path, harbour: Path) -> None:
    """Installed alone, it checks and builds a desk of its own, fonts and templates included."""
    checked = run(installed / "briefings", "check", cwd=harbour)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = run(installed / "briefings", "build", "--topic", "tarn-cannery", cwd=harbour)
    assert built.returncode == 0, built.stdout + built.stderr
    out = harbour / "build"
    assert (out / "manifest.json").is_file()
    pdfs = list(out.glob("**/*.pdf"))
    assert pdfs
    assert all(pdf.read_bytes().startswith(b"%PDF-") for pdf in pdfs)
    assert list(out.glob("**/*.html"))
