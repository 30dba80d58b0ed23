"""TLP: an edition under a ceiling holds nothing above it, and every finished file is searched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import desks
import pikepdf
import pypdfium2
import pytest
from built_desks import DESK
from command import run
from filled_here import PUT_ERRAND
from refusals import codes, refusal
from secret_desk import CABLE, FACTS, LETTER, MISLEADING, SECRETS, write

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.model import CheckedBase, Filters, Marking, TopicId
from briefings.core.span import Span
from briefings.plan.request import BriefRequest, Request
from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf
from briefings.run.build import Built, build
from briefings.run.check import check_desk
from briefings.scan import scan as secrecy
from briefings.scan.allowlist import OwnWords
from briefings.scan.entries import Marked
from briefings.scan.index import leak_index
from briefings.workers.agenda import Agenda

pytestmark = pytest.mark.usefixtures("harmless")

GREEN = BriefRequest(marking=Marking.GREEN)


def given_away(checked: CheckedBase, file: Artifact) -> list[Diagnostic]:
    """What a file that is marked GREEN gives away."""
    look = secrecy.search(checked, [file.path], {}, Marking.GREEN)
    assert look is not None
    return list(look(file))


def built(base: Path, asked: BriefRequest = GREEN, formats: tuple[str, ...] = ("html",)) -> Built:
    brief = replace(asked, topics=(TopicId("ferry"),))
    request = Request(base, base.parent / "out", brief, formats=formats)
    return build(request, today=lambda _: date(2031, 5, 18), workers=1)


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    """All that a stranger can get out of the files with the tools of others."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        name = str(path.relative_to(folder))
        yield name, name
        if path.suffix != ".pdf":
            yield name, path.read_text(encoding="utf-8")
            continue
        for page in pypdfium2.PdfDocument(path):
            yield name, page.get_textpage().get_text_range()
        with pikepdf.open(path) as pdf:
            for obj in pdf.objects:
                yield name, str(obj.to_json() if hasattr(obj, "to_json") else obj)
                if isinstance(obj, pikepdf.Stream):
                    yield name, obj.read_bytes().decode("utf-8", "replace")


def test_nothing_above_the_ceiling_is_in_any_file(tmp_path: Path) -> None:
    """Nor what would mislead without it: a side alone, a plan that looks open, a closed gap."""
    base = write(tmp_path)
    done = built(base, formats=("html", "pdf"))
    assert done.diagnostics == ()
    (edition,) = done.editions
    assert edition.marking.label == "TLP:CLEAR"
    fact_ids = [each.fact.id for each in (*edition.developments, *edition.outlook)]
    assert fact_ids == ["ferry-stopped"]
    assert [view.judgement.id for view in edition.judgements] == ["no-sailing-soon"]
    assert [gap.id for gap in edition.gaps] == ["open-one"]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (CABLE, LETTER)]
    for name, text in everything(tmp_path / "out"):
        company = () if name.startswith("sources/") else MISLEADING
        for secret in (*SECRETS, *company, *digests):
            pattern = rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])"
            assert not re.search(pattern, text), (name, secret)


def test_without_a_ceiling_all_is_told_under_its_marking(tmp_path: Path) -> None:
    """The label of the edition is the highest of what it holds; then there is nothing to find."""
    done = built(write(tmp_path), BriefRequest())
    assert done.diagnostics == ()
    (edition,) = done.editions
    assert edition.marking.label == "TLP:RED"
    assert edition.sentence(done.editions[0].contests[0].positions[1].fact.id) is not None
    page = (tmp_path / "out" / "sources" / "gazette.html").read_text(encoding="utf-8")
    assert "TLP:RED" in page  # it tells what the brief takes from it


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> CheckedBase:
    checked = check_desk(write(tmp_path_factory.mktemp("secrets"))).checked
    assert checked is not None
    return checked


def encoded(secret: str) -> str:
    return base64.b64encode(secret.encode()).decode()


WORDS = "he had ordered the ferry kept in port"
LEAKS = {
    "text": f"<p>{WORDS}</p>",
    "across tags": "<p>he had <b>ordered the</b> fer<wbr>ry <i>kept</i> in port</p>",
    "shouted": f"<p>{WORDS.upper().replace(' ', chr(10))}</p>",
    "comment": f"<!-- {WORDS} -->",
    "title": f'<p title="{WORDS}">x</p>',
    "style": f'<style>main::after {{ content: "{WORDS}" }}</style>',
    "style in codes": '<style>main::after { content: "Colonel \\4f strava" }</style>',
    "link": '<a href="https://example.org/?q=' + WORDS.replace(" ", "%20") + '">x</a>',
    "reference": "<p>" + "".join(f"&amp;#{ord(char)};" for char in WORDS) + "</p>",
    "json": '<script type="application/json">'
    + json.dumps(LETTER.strip(), ensure_ascii=True)
    + "</script>",
    "base64": f'<a href="data:text/plain;base64,{encoded(WORDS)}">x</a>',
    "base64 in percent": f"<p>{encoded(WORDS.replace(' ', '%20'))}</p>",
    "id": '<p id="fact-kept-in-port">x</p>',
    "id of one word": '<p id="actor-ostrava">x</p>',
    "name": "<p>Viktor Ostrava</p>",
    "name of a place": "<p>Brindle\nPoint</p>",
    "publisher": "<p>Embassy of Vesk</p>",
    "address": '<a href="https://vesk.example/">x</a>',
    "digest": f"<p>{hashlib.sha256(CABLE.encode()).hexdigest()[8:24]}</p>",
    "hidden by its own mark": "<p>Nightjar bureau</p>",
    "judgement": "<p>It is unlikely that the owners know of the bargain.</p>",
    "gap": "<p>Can our friend in the hangar be reached?</p>",
    "other letters": "<p>سرهنگ استراوا به فرستاده گفت كه ناوگان جزيره در بندر ميماند</p>",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_page_is_searched(secrets: CheckedBase, leak: str) -> None:
    """Wherever it gives something away; the message names file and entry."""
    page = f"<!DOCTYPE html><html lang=en><title>x</title>{LEAKS[leak]}"
    file = Artifact("x.html", "text/html; charset=utf-8", page.encode())
    leaks = given_away(secrets, file)
    assert {each.code for each in leaks} == {"above-marking"}
    assert all(each.span is not None for each in leaks)
    assert leaks[0].message.startswith("x.html is TLP:GREEN, and ")


def test_a_template_that_gives_something_away_stops_the_build(tmp_path: Path) -> None:
    """Nothing is written, and the message names the label of the file."""
    base = write(tmp_path)
    template(tmp_path, LEAKS["comment"])
    done = refusal(lambda: built(base, replace(GREEN, template="leak.html.j2")))
    assert done.status == 1
    assert {each.code for each in done.diagnostics} == {"above-marking"}
    assert all(each.span is not None for each in done.diagnostics)
    assert re.match(r"ferry-custom-\w+\.en\.html is TLP:CLEAR, and ", done.diagnostics[0].message)
    assert not (tmp_path / "out").exists()


def template(folder: Path, body: str, medium: str = "screen") -> None:
    """A template of briefs that tells nothing but this, in that medium."""
    (folder / "templates").mkdir()
    (folder / "templates" / "leak.html.j2").write_text(
        '{% extends "brief.html.j2" %}{% block body %}'
        f'{{% if medium == "{medium}" %}}{body}{{% endif %}}{{% endblock %}}',
        encoding="utf-8",
    )


PAPER = {
    "text": (f"<p>{WORDS}</p>", "on its pages"),
    "Persian text": ("<p dir=rtl lang=fa>گفت که ناوگان جزیره در بندر می‌ماند</p>", "on its pages"),
    "Persian among Latin": (
        "<p>A clerk: <b lang=fa>به فرستاده گفت که ناوگان جزیره</b> 12</p>",
        "on its pages",
    ),
    "broken lines": (
        f'<p lang="en" style="width: 9mm; font-size: 20pt; hyphens: auto">{WORDS}</p>',
        "on its pages",
    ),
    "margin": (f'<style>@page {{ @left-middle {{ content: "{WORDS}" }} }}</style>', "on its pages"),
    "heading": ("<h3>Colonel Ostrava</h3>", "on its pages"),
    "metadata": (f'<meta name="keywords" content="{WORDS}">', "in "),
    "link": ('<p><a href="https://vesk.example/wires/77">x</a></p>', "in its titles, links"),
    "alternative": (
        f'<svg width="9" height="9"><title>{WORDS}</title><rect width="9" height="9"/></svg>',
        "in its titles, links",
    ),
    "target": ('<p id="kept-in-port">x <a href="#kept-in-port">y</a></p>', "in its titles, links"),
}


@pytest.mark.parametrize("leak", PAPER)
def test_a_pdf_is_searched(secrets: CheckedBase, leak: str) -> None:
    """Its bytes, not the page that it was made from."""
    body, where = PAPER[leak]
    head, text = (body, "<p>x</p>") if "<meta" in body else ("", body)
    page = f"<!DOCTYPE html><html lang=en><head><title>x</title>{head}</head><body>{text}"
    paper = Artifact("x.pdf", "application/pdf", pdf(page, shipped() / "fonts"))
    leaks = given_away(secrets, paper)
    assert {each.code for each in leaks} == {"above-marking"}
    assert any(where in each.message for each in leaks)


def test_the_finished_pdf_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By each build, in a worker, with all that only paper has; nothing is written."""
    monkeypatch.setattr(Agenda, "put", PUT_ERRAND)
    base = write(tmp_path)
    template(tmp_path, PAPER["text"][0], "print")
    done = refusal(lambda: built(base, replace(GREEN, template="leak.html.j2"), ("pdf",)))
    assert done.status == 1
    assert {each.code for each in done.diagnostics} == {"above-marking"}
    assert any("on its pages" in each.message for each in done.diagnostics)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "asked",
    [
        replace(GREEN, title="Ostrava keeps the ferry in port"),
        replace(GREEN, name="{lang}-kept-in-port"),
        replace(GREEN, filters=Filters(exclude=("kept-in-port",))),
    ],
)
def test_what_is_typed_is_searched_too(tmp_path: Path, asked: BriefRequest) -> None:
    """A title, the name of a file, a filter that names what it leaves out."""
    base = write(tmp_path)
    status, wrong = codes(lambda: built(base, asked))
    assert (status, set(wrong)) == (1, {"above-marking"})


def repeated() -> str:
    """The facts, with a gap that anyone may see and that says what only the cable says."""
    facts = FACTS.replace("What do the islanders say?", f"Is it so that {WORDS}?")
    assert facts != FACTS
    return facts


def test_a_text_of_the_base_that_repeats_a_secret(tmp_path: Path) -> None:
    """A gap typed by hand; each file that shows it is named, and nothing is written."""
    base = write(tmp_path, repeated())
    done = refusal(lambda: built(base))
    assert done.status == 1
    assert {each.code for each in done.diagnostics} == {"above-marking"}
    assert all(f"“{WORDS}”" in each.message for each in done.diagnostics)
    assert not (tmp_path / "out").exists()


@pytest.fixture
def open_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The desk without what is restricted of its topic `ferry`, but for the answer to a gap."""
    facts = re.sub(
        r"(?ms)^  - id: (toll-third|none-sailed|ordered-from-above|own-mark).*?(?=^  - |^\w)",
        "",
        repeated(),
    )
    facts = re.sub(r"(?ms)^contested:.*?(?=^gaps)", "", facts)
    facts = facts.replace("topics: [ferry, orders]", "topics: [orders]")
    facts = re.sub(r"(?ms)^  - \{id: asset.*", "", facts)
    write(tmp_path, facts.replace("answered_by: kept-in-port", "why: It may happen again"))
    base = tmp_path / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    title = ",\n    titles: [{source: cable, name: Colonel Ostrava}]"
    assert title in text
    base.write_text(text.replace(title, ""), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("briefings.cli.editions.today", lambda _: date(2031, 5, 18))
    return tmp_path


@pytest.mark.parametrize(
    "command", [("build",), ("issue",), ("weekly",), ("issue", "--out", "new")]
)
@pytest.mark.usefixtures("open_desk")
def test_every_command_that_publishes_searches(command: tuple[str, ...]) -> None:
    """No ceiling is asked for: what is marked lower may not hold it either. Exit code 1."""
    before = sorted(Path().rglob("*"))
    done = run(*command, "--format", "html")
    assert done.exit_code == 1
    assert "error[above-marking]" in done.stderr
    assert "which is TLP:RED" in done.stderr
    assert sorted(Path().rglob("*")) == before


@pytest.mark.usefixtures("blank_pdfs")
def test_notices_are_searched(open_desk: Path) -> None:
    """The page of differences, and the correction of an issued brief, each by its own template."""
    facts = open_desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8").replace(f"Is it so that {WORDS}?", "Who knows?")
    facts.write_text(text, encoding="utf-8")
    assert run("issue", "--format", "html").stderr == ""
    evidence = "    evidence: [{source: gazette, quote: The ferry"
    end = "    withdrawn: {on: 2031-05-17, why: It was another ferry}\n"
    text = text.replace(evidence, end + evidence)
    facts.write_text(text, encoding="utf-8")
    (open_desk / "templates").mkdir()
    for name, label in (("diff", "marking"), ("correction", "marking")):
        (open_desk / "templates" / f"{name}.html.j2").write_text(
            f'{{% extends "base.html.j2" %}}{{% block marking_label %}}{{{{ {label}.label }}}}'
            f"{{% endblock %}}{{% block body %}}<p>{WORDS}</p>{{% endblock %}}"
        )
    compared = run("diff", "2031-05-15", "2031-05-18", "--html", "d.html")
    assert (compared.exit_code, "error[above-marking]" in compared.stderr) == (1, True)
    assert not Path("d.html").exists()
    corrected = run("correction")
    assert (corrected.exit_code, "error[above-marking]" in corrected.stderr) == (1, True)
    assert not Path("corrections").exists()


def test_nothing_is_looked_for_where_nothing_is_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk without restricted entries pays nothing for the search."""
    base = write(tmp_path, re.sub(r"    marking: \w+\n", "", FACTS))
    text = re.sub(r", marking: \w+|marking: \w+, ", "", base.read_text(encoding="utf-8"))
    base.write_text(re.sub(r"\n     marking: RED", "", text), encoding="utf-8")
    monkeypatch.setattr(secrecy, "entries", None)
    built(base)


def test_a_file_that_is_the_same_is_not_searched_again(tmp_path: Path) -> None:
    """As long as nothing else is looked for in it; one that gave something away is, each time."""
    base = write(tmp_path)
    searched: list[str] = []

    def note(step: str, _done: int = 0, _of: int = 0, /) -> None:
        searched.extend([step.removeprefix("searched ")] * step.startswith("searched "))

    def searched_again(brief: BriefRequest = GREEN) -> list[str]:
        searched.clear()
        request = Request(
            *(base, tmp_path / "out", replace(brief, topics=(TopicId("ferry"),))),
            formats=("html",),
            cache=tmp_path / "cache",
        )
        build(request, today=lambda _: date(2031, 5, 18), progress=note, workers=1)
        return sorted(searched)

    def edit(old: str, new: str) -> None:
        text = base.read_text(encoding="utf-8")
        assert old in text
        base.write_text(text.replace(old, new), encoding="utf-8")

    everything = searched_again()
    assert {"index.html", "manifest.json"} < set(everything)
    assert searched_again() == []
    edit("format: 1\n", "# a comment\nformat: 1\n")
    assert searched_again() == ["manifest.json"]
    edit("Nightjar bureau", "Nightjar division")
    assert searched_again() == everything
    template(tmp_path, LEAKS["comment"])
    for _ in range(2):
        with pytest.raises(Refused):
            searched_again(replace(GREEN, template="leak.html.j2"))
        assert any(name.startswith("ferry-") for name in searched)


def test_what_can_not_be_read_is_not_passed(tmp_path: Path) -> None:
    """A PDF with a byte more, a stream of another kind, or a file that is no text."""
    base = check_desk(write(tmp_path)).checked
    assert base is not None
    for content, media_type in (
        (b"%PDF-1.7\nnothing", "application/pdf"),
        (b"\xff\xfe\x00", "text/html; charset=utf-8"),
    ):
        file = Artifact("x", media_type, content)
        (leak,) = given_away(base, file)
        assert leak.code == "unsearched"


def test_half_of_a_desk_restricted_gives_no_false_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open says much of the same things in words of its own, and that is no find."""
    whole, turn = desks.reference(), cycle([True, False])
    listed: dict[str, Any] = {
        section: {
            name: replace(entry, marking=Marking.RED) if next(turn) else entry
            for name, entry in getattr(whole.base, section).items()
        }
        for section in ("facts", "judgements", "contests", "gaps", "summaries", "accounts")
    }
    half = replace(whole, base=replace(whole.base, **listed))
    check = replace(desks.reference_check(), checked=half)
    monkeypatch.setattr("briefings.run.build.check_anew", lambda *_: check)
    brief = replace(GREEN, topics=(TopicId("un-staff-ban"),))
    asked = Request(DESK, tmp_path / "out", brief, formats=("html",))
    done = build(asked, today=lambda _: date(2025, 12, 14), workers=1)
    assert [each.message for each in done.diagnostics if each.code == "above-marking"] == []
    assert len(done.editions[0].developments) > 2


def test_open_texts_are_gone_through_one_by_one() -> None:
    """What it takes to know what is open does not grow with how much is."""
    span, own = Span("facts.yaml", 0, 0), OwnWords((), frozenset(), frozenset())
    words = [f"word{number}" for number in range(1_000)]
    closed = Marked("source", "c", Marking.RED, span, ("c",), (" ".join(words[:50]),))

    def most(count: int) -> int:
        texts = [" ".join(words[turn:] + words[:turn]) for turn in range(count)]
        others = [Marked("source", "o", Marking.CLEAR, span, ("o",), (text,)) for text in texts]
        tracemalloc.start()
        index = leak_index((closed, *others), Marking.GREEN, own)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert not index.runs
        return peak

    most(1)  # what is read once stays
    assert most(60) < 1.5 * most(6)
