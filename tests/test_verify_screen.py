"""`briefings verify`: whatever was changed in a page of the web, or in its data, is found."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from command import run
from page_jobs import made_from

from briefings.core.canonical import NotASnapshot
from briefings.core.carried import Carried, from_json, to_json
from briefings.core.model import LocalText
from briefings.core.packing import pack, unpack
from briefings.render.html.embedded import block, from_html
from briefings.render.html.environment import environment
from briefings.render.html.jobs import BriefPage, make
from briefings.verify.remake import carrying, job_in
from briefings.verify.screen import compare_pages


@pytest.fixture(scope="module")
def remade(screen: str) -> str:
    """The page that its data make."""
    return made_from(from_html(screen))


def swapped(text: str, one: str, other: str) -> str:
    """A text with the first of each of two others in the place of the other."""
    first, second = text.index(one), text.index(other)
    assert first < second
    between = text[first + len(one) : second]
    return text[:first] + other + between + one + text[second + len(other) :]


CHANGED_PAGES: dict[str, Callable[[str], str]] = {
    "a word": lambda page: page.replace("refused", "welcomed", 1),
    "a number": lambda page: page.replace("twelve", "twenty", 1),
    "a quote": lambda page: page.replace("two that carried exemptions", "three that carried", 1),
    "a citation": lambda page: page.replace('href="#q1"', 'href="#q2"', 1),
    "numbers of sentences": lambda page: swapped(page, 'id="s1"', 'id="s2"'),
    "a grade": lambda page: page.replace(">B3<", ">A1<", 1),
    "a rule that hides": lambda page: page.replace("<style>", "<style>#s1{display:none}", 1),
    "a hidden attribute": lambda page: page.replace('id="s1"', 'hidden id="s1"', 1),
    "a style on an element": lambda page: page.replace('id="s1"', 'style="opacity:0" id="s1"', 1),
    "a text by a style sheet": lambda page: page.replace(
        "<style>", '<style>h1::after{content:"not so"}', 1
    ),
    "a second style sheet": lambda page: page.replace("</head>", "<style>p{}</style></head>", 1),
    "a script": lambda page: page.replace("</body>", "<script>alert(1)</script></body>", 1),
    "a script changed": lambda page: page.replace("<script>", "<script>document.title='';", 1),
    "a policy": lambda page: page.replace("default-src 'none'", "default-src *", 1),
    "an address": lambda page: page.replace('href="#source-gazette"', 'href="https://x.y/"', 1),
    "a base": lambda page: page.replace("<head>", '<head><base href="https://x.y/">', 1),
    "a title": lambda page: page.replace("<title>", "<title>No ", 1),
    "a comment": lambda page: page.replace("<main", "<!-- more --><main", 1),
    "behind the end": lambda page: page + "<p>More.</p>",
    "before the beginning": lambda page: "<p>More.</p>" + page,
    "an invisible character": lambda page: page.replace("refused", "re\u200bfused", 1),
    "an override": lambda page: page.replace("refused", "\u202erefused\u202c", 1),
    "letters that look alike": lambda page: page.replace("refused", "r\u0435fused", 1),
    "a marking": lambda page: page.replace("TLP:CLEAR", "TLP:GREEN", 1),
    "a section gone": lambda page: re.sub(
        r'<section aria-labelledby="contested">.*?</section>', "", page, count=1, flags=re.DOTALL
    ),
    "a section twice": lambda page: re.sub(
        r'(<section aria-labelledby="outlook".*?</section>)',
        r"\1\1",
        page,
        count=1,
        flags=re.DOTALL,
    ),
    "line ends": lambda page: page.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("kind", CHANGED_PAGES)
def test_a_page_that_was_changed(screen: str, remade: str, kind: str) -> None:
    """Whatever is not as the data make it; the place is told."""
    changed = CHANGED_PAGES[kind](screen)
    assert changed != screen
    assert list(compare_pages(remade, changed))


def test_words_of_a_page_one_after_the_other(remade: str) -> None:
    """Forty words altered, each alone: found, with the word."""
    page = remade
    body, end = page.index("<main"), page.index("</main>")
    places = [
        match.span(1)
        for match in re.finditer(r">[^<>]*?\b([A-Za-z]{4,})\b[^<>]*?<", page[body:end])
    ]
    chosen = random.Random(14).sample(places, 40)
    for start, end in chosen:
        changed = page[: body + start] + "altered" + page[body + end :]
        (fault,) = compare_pages(page, changed)
        assert "altered" in fault.says
        assert page[body + start : body + end] in fault.expected


def test_the_command_says_which_words(tmp_path: Path, screen: str) -> None:
    """With the nearest place that a link can lead to."""
    changed = tmp_path / "changed.html"
    head, body = screen.split("<main", 1)
    body = body.replace("twelve boats", "twenty boats", 1)
    changed.write_text(f"{head}<main{body}", encoding="utf-8")
    done = run("verify", str(changed))
    assert done.exit_code == 1
    assert 'it says "twenty", it should say "twelve"' in done.stdout
    assert "words: FAILS" in done.stdout


# Data that were changed


def forged(page: str, change: Callable[[BriefPage], BriefPage], *, renamed: bool) -> str:
    """A page of other data that makes itself anew without fault, its checksum right as well."""
    carried = from_json(from_html(page))
    assert carried.page is not None
    job = change(job_in(carried))
    data = carrying(job, own_templates=False)
    if renamed:
        data = to_json(replace(from_json(data), snapshot=carried.snapshot))
    return make(environment(), replace(job, data=data)).text


def reworded(job: BriefPage) -> BriefPage:
    """The first sentence says otherwise, in the data and so on the page."""
    first, *rest = job.edition.developments
    statement = LocalText((("en", "Nothing happened."),), first.fact.statement.span)
    retold = replace(first, fact=replace(first.fact, statement=statement))
    return replace(job, edition=replace(job.edition, developments=(retold, *rest)))


def test_data_changed_with_the_words(tmp_path: Path, screen: str) -> None:
    """Their checksum is right and the page is theirs: but another id follows from them."""
    path = tmp_path / "forged.html"
    path.write_text(forged(screen, reworded, renamed=True), encoding="utf-8")
    done = run("verify", str(path))
    assert done.exit_code == 1
    assert "its id is not that of its data" in done.stdout


AROUND: dict[str, Callable[[BriefPage], BriefPage]] = {
    "a language elsewhere": lambda job: replace(job, alternates=(("fr", "https://x.y/"),)),
    "a language that runs": lambda job: replace(job, alternates=(("fr", "javascript:alert(1)"),)),
    "a file elsewhere": lambda job: replace(
        job, files=replace(job.files, stems={job.edition.id: "//x.y/a"})
    ),
    "a page of nothing": lambda job: replace(job, template="base.html.j2"),
    "a page for paper": lambda job: replace(job, medium="print"),
    "a page without proofs": lambda job: replace(job, annex=False),
}


@pytest.mark.parametrize("kind", AROUND)
def test_what_stands_around_an_edition(tmp_path: Path, screen: str, kind: str) -> None:
    """Its id says nothing of it, and a page made of it is its own: but no build makes one so."""
    path = tmp_path / "forged.html"
    path.write_text(forged(screen, AROUND[kind], renamed=False), encoding="utf-8")
    done = run("verify", str(path), "--id", job_in(from_json(from_html(screen))).edition.id)
    assert done.exit_code == 1
    assert ": FAILS: " in done.stdout


DAMAGED_DATA: dict[str, Callable[[str], str]] = {
    "a statement": lambda data: data.replace("twelve boats", "twenty boats", 1),
    "a key more": lambda data: data.replace("{", '{"more": 1,', 1),
    "nothing": lambda _: "{}",
    "no JSON": lambda data: data[:-3],
    "the page of it": lambda data: re.sub(r'("packed": ")....', r"\1AAAA", data),
}


@pytest.mark.parametrize("kind", DAMAGED_DATA)
def test_data_changed_alone(tmp_path: Path, screen: str, kind: str) -> None:
    """In the block of the page: its checksum does not fit any more."""
    data = from_html(screen)
    changed = DAMAGED_DATA[kind](data)
    assert changed != data
    path = tmp_path / "changed.html"
    path.write_text(screen.replace(data, str(block(changed))[48:-9]), encoding="utf-8")
    done = run("verify", str(path))
    assert done.exit_code == 1
    assert "data: FAILS" in done.stdout


def test_values_come_back_as_they_were(screen: str) -> None:
    """Equal values are packed alike, and what was packed is equal."""
    job = job_in(from_json(from_html(screen)))
    packed = pack(job, without=frozenset({"snapshot", "data"}))
    again = unpack(BriefPage, packed, {"snapshot": job.edition.snapshot, "data": job.data})
    assert again == job
    assert pack(again, without=frozenset({"snapshot", "data"})) == packed


@pytest.mark.parametrize("packed", ["", "AAAA", "eJwDAAAAAAE=", "eNqrrgUAAXUA+Q==", "é"])
def test_what_is_packed_otherwise(packed: str, screen: str) -> None:
    """A mistake that is told, whatever stands there."""
    carried = from_json(from_html(screen))
    assert carried.page is not None
    broken = Carried(carried.snapshot, replace(carried.page, packed=packed))
    with pytest.raises(NotASnapshot):
        job_in(broken)


def test_data_of_the_right_types_that_make_no_sense(screen: str) -> None:
    """Sixty tables with a value exchanged for another: an error that is told, or the same."""
    carried = from_json(from_html(screen))
    assert carried.page is not None
    table = json.loads(zlib.decompress(base64.b64decode(carried.page.packed)))
    chance = random.Random(14)
    for _ in range(60):
        values = json.loads(json.dumps(table["values"]))
        one, other = chance.choice(values), chance.choice(values)
        one[chance.randrange(len(one))] = other[chance.randrange(len(other))]
        text = json.dumps({"fields": table["fields"], "values": values})
        packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
        try:
            job_in(Carried(carried.snapshot, replace(carried.page, packed=packed)))
        except NotASnapshot:
            continue


def test_what_never_closes_is_read_once() -> None:
    """Comments and scripts without an end, each of which might reach to the end of the page."""
    for opening in ("<!--", "<script "):
        assert list(compare_pages("<p>", opening * 200_000))
