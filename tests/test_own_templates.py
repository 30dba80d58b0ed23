"""Templates of a desk's own: which file they may show, how long they may take, who goes first."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from breadth import cases
from command import stated
from harbour_desk import codes, content, desk, html, refused

from briefings.core.limits import allowing
from briefings.desk.report import report
from briefings.render.html import front
from briefings.workers import templates as house

pytestmark = pytest.mark.usefixtures("workers")

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("line one\n{{ edition.nonsense }}\n", "template-hole"),
        ("line one\n{% if %}\n", "template-syntax"),
    ],
)
def test_a_template_with_a_hole_is_shown(
    tmp_path: Path, desk: Path, template: str, code: str
) -> None:
    """At its line, in the user's own folder of templates; the earlier build stays."""
    out = tmp_path / "build"
    html(desk, out)
    before = content(out)
    (desk / "templates").mkdir()
    own = desk / "templates" / "index.html.j2"
    own.write_text(template, encoding="utf-8")
    stopped = refused(desk, out)
    assert (stopped.status, codes(stopped)) == (1, [code])
    span = stopped.diagnostics[0].span
    assert span is not None
    assert span.path == "templates/index.html.j2"
    assert stopped.texts[span.path].position(span.start).line == 2
    assert content(out) == before


@pytest.mark.parametrize(
    "template",
    cases(
        ["{% extends '/etc/passwd' %}", "{% include '../facts.yaml' %}"],
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% include '../../../../../../../etc/passwd' %}",
    ),
)
def test_a_template_can_show_no_other_file(tmp_path: Path, desk: Path, template: str) -> None:
    """Neither on a page nor beside a message: that shows the line which asks."""
    (desk / "templates").mkdir()
    own = desk / "templates" / "index.html.j2"
    own.write_text(f"one\n{template}\n", encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    assert (stopped.status, codes(stopped)) == (1, ["template-hole"])
    printed = report(stopped.diagnostics, stopped.texts, Path())
    assert printed.startswith("templates/index.html.j2:2:1: ")
    assert template in printed
    assert "root:" not in printed
    assert "format: 1" not in printed


def test_a_template_can_not_show_where_the_base_has_something(tmp_path: Path, desk: Path) -> None:
    """Or a comment in the base would make another page."""
    (desk / "templates").mkdir()
    own = desk / "templates" / "brief.html.j2"
    own.write_text("{{ edition.sentences[0].fact.span.start }}", encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    assert (stopped.status, codes(stopped)) == (1, ["template-hole"])
    assert (
        "access to attribute 'start' of 'Span' object is unsafe" in stopped.diagnostics[0].message
    )


@pytest.mark.parametrize(
    "template",
    [
        '{% include "own.html.j2" %}',
        '{% import "own.html.j2" as x %}{{ x }}',
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        pytest.param("{{ " + "1 + " * 20_000 + "1 }}", id="a long sum"),
        pytest.param("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", id="deep brackets"),
        pytest.param("{{ " + "not " * 5_000 + "1 }}", id="many denials"),
    ],
)
def test_a_template_that_goes_round_is_told_in_our_words(
    tmp_path: Path, desk: Path, template: str
) -> None:
    """Wherever the circle breaks, in a template or in what reads it."""
    (desk / "templates").mkdir()
    (desk / "templates" / "brief.html.j2").write_text(template, encoding="utf-8")
    again = '{% include "brief.html.j2" %}'
    (desk / "templates" / "own.html.j2").write_text(again, encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    assert (stopped.status, codes(stopped)) == (1, ["template-hole"])
    message = "it goes round in a circle, or nests too deep"
    assert stopped.diagnostics[0].message == message


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ("\n{# x", "template-syntax", "Missing end of comment"),
        ("\n{% raw %} x", "template-syntax", "Missing end of raw"),
        ("1\r{{ nope }}\r3\r4", "template-hole", "'nope' is undefined"),
        ("1\r\n{{ nope }}\r\n3", "template-hole", "'nope' is undefined"),
        ("\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c", "template-syntax", "“<<<<<<< HEAD” marks a"),
    ],
)
def test_a_mistake_is_told_in_its_line(
    tmp_path: Path, desk: Path, template: str, code: str, words: str
) -> None:
    """Where what has no end begins, and whatever lines end with."""
    (desk / "templates").mkdir()
    (desk / "templates" / "brief.html.j2").write_text(template, encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    told = report(stopped.diagnostics, stopped.texts, desk)
    assert f"templates/brief.html.j2:2:1: error[{code}]: {words}" in told


def test_macros_without_number_are_told_before_they_are_compiled(
    tmp_path: Path, desk: Path
) -> None:
    """By the square of their number they would take Python minutes."""
    (desk / "templates").mkdir()
    own = desk / "templates" / "brief.html.j2"
    own.write_text("{% macro a() %}{% endmacro %}" * 2_001, encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    told = report(stopped.diagnostics, stopped.texts, desk)
    assert "templates/brief.html.j2:1:1: error[template-limit]: it has more than 2,000" in told
    assert "into files of their own" in told


def test_a_circle_in_a_block_is_told_where_it_is(tmp_path: Path, desk: Path) -> None:
    """In the desk's own line, even where that holds all: what it extends, the block, the circle."""
    (desk / "templates").mkdir()
    circle = "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"
    page = '{% extends "base.html.j2" %}{% block body %}' + circle + "{% endblock %}"
    (desk / "templates" / "brief.html.j2").write_text(page, encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    told = report(stopped.diagnostics, stopped.texts, desk)
    assert "templates/brief.html.j2:1:1: error[template-hole]" in told


def test_a_link_as_a_template_is_called_one(tmp_path: Path, desk: Path) -> None:
    """It is not followed, and not passed over in silence for the shipped one either."""
    (desk / "templates").mkdir()
    (desk / "templates" / "macros.html.j2").symlink_to("/etc/passwd")
    stopped = refused(desk, tmp_path / "build")
    assert (stopped.status, codes(stopped)) == (1, ["template-hole"])
    assert '"macros.html.j2" is a link' in stopped.diagnostics[0].message
    assert [each.message for each in stopped.diagnostics[0].hints] == [
        "copy what it leads to into its place"
    ]
    assert "root:" not in report(stopped.diagnostics, stopped.texts, Path())


def test_a_font_that_is_a_link_is_not_followed(tmp_path: Path, desk: Path) -> None:
    """The hint is what a font asks for, and nothing about templates."""
    (desk / "templates" / "fonts").mkdir(parents=True)
    (desk / "templates" / "fonts" / "own.ttf").symlink_to(tmp_path / "elsewhere.ttf")
    stopped = refused(desk, tmp_path / "build", formats=("pdf",))
    (fault,) = stopped.diagnostics
    assert fault.message == "a font in templates/fonts/ can't be used: `own.ttf` in it is a link"
    assert [each.message for each in fault.hints] == [
        "copy the font itself into `templates/fonts/`"
    ]


def test_a_folder_of_templates_that_is_a_link_is_not_followed(tmp_path: Path, desk: Path) -> None:
    """A desk could reach what lies beside it; where a user's own leads, is the user's affair."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (desk / "evil.html.j2").write_text("{% include 'secret.txt' %}", encoding="utf-8")
    (desk / "templates").symlink_to("..")
    stopped = refused(desk, tmp_path / "build", template="desk/evil.html.j2")
    assert (stopped.status, codes(stopped)) == (1, ["template-hole"])
    assert '"templates" is a link' in stopped.diagnostics[0].message
    (tmp_path / "house").mkdir()
    (desk / "templates").unlink()
    (tmp_path / "style").symlink_to("house")
    html(desk, tmp_path / "build", templates=tmp_path / "style")


def test_a_place_in_a_house_style_is_seen_from_the_desk(tmp_path: Path, desk: Path) -> None:
    """Not an absolute path, although the folder is given as one."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "index.html.j2").write_text("{{ nowhere }}", encoding="utf-8")
    stopped = refused(desk, tmp_path / "build", templates=house)
    assert stopped.diagnostics[0].span is not None
    assert stopped.diagnostics[0].span.path == "../house/index.html.j2"


BODY = '{% extends "base.html.j2" %}{% block body %}'
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("template", "line", "words"),
    cases(
        [
            ("one\n{{ 'x' * 9999999999 }}", 2, "more than 1 GiB of memory"),
            ("{% set n = 7 %}{{ (n ** 999999999) > 1 }}", 0, "1 seconds of processor time"),
            ("a\n{% for a in range(99999) %}\n{{ 'x' * 1000 }}{% endfor %}", 3, "grows beyond"),
            (f"{BODY}\n{{{{ 'a' | center(10 ** 8) }}}}{{% endblock %}}", 2, "grows beyond"),
        ],
        ("one\n{{ '%(a)299999999s' % {'a': 1} }}", 2, "grows beyond"),
        (f"one\n{ENDLESS}", 2, "longer than 1 seconds of processor time"),
        ("one\n{% set n = 9999999999 %}{{ 'x' * n }}", 2, "more than 1 GiB of memory"),
        ("one\n{{ 'x'.center(9999999999) }}", 2, "more than 1 GiB of memory"),
        ("one\n{{ '%9999999999d' % 1 }}", 2, "more than 1 GiB of memory"),
    ),
)
def test_a_template_without_end_is_stopped(
    tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, template: str, *, line: int,
    words: str,
) -> None:  # fmt: skip
    """With its place, unless it hangs within one call."""
    out = tmp_path / "build"
    monkeypatch.setattr(house, "_GRACE", 0)
    (desk / "templates").mkdir()
    (desk / "templates" / "index.html.j2").write_text(template, encoding="utf-8")
    with allowing({"page-time": 1}):
        stopped = refused(desk, out)
    assert (stopped.status, codes(stopped)) == (1, ["template-limit"])
    mistake = stopped.diagnostics[0]
    assert words in mistake.message
    if line:
        assert mistake.span is not None
        assert stopped.texts[mistake.span.path].position(mistake.span.start).line == line
    assert not out.exists()


def test_a_page_with_little_to_show_is_stopped_sooner(tmp_path: Path, desk: Path) -> None:
    """A template that never ends shall not take what a page of thousands of facts may."""
    (desk / "templates").mkdir()
    (desk / "templates" / "index.html.j2").write_text(ENDLESS, encoding="utf-8")
    with allowing({"page-time": 8}):
        stopped = refused(desk, tmp_path / "build")
    assert "longer than 1 seconds" in stopped.diagnostics[0].message


def test_a_failure_of_our_own_is_no_mistake_of_the_desk(
    tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is raised here, although it happened in another process."""
    html(desk, tmp_path / "before")  # by which templates are compiled here

    def broken(*_: object, **__: object) -> str:
        raise KeyError("ours")

    monkeypatch.setattr(front, "filled", broken)
    with pytest.raises(RuntimeError, match="KeyError: 'ours'"):
        html(desk, tmp_path / "build")


def test_an_unknown_template_names_the_nearest(tmp_path: Path, desk: Path) -> None:
    """The desk's own among them; the request is no good, so the status is 2."""
    (desk / "templates").mkdir()
    (desk / "templates" / "short.html.j2").write_text("x", encoding="utf-8")
    for asked, near in (("shrt.html.j2", "short.html.j2"), ("brief.html", "brief.html.j2")):
        stopped = refused(desk, tmp_path / "build", template=asked)
        assert (stopped.status, codes(stopped)) == (2, ["unknown-name"])
        assert stopped.diagnostics[0].message == f"there is no template `{asked}`"
        assert stopped.diagnostics[0].hints[0].message == f"did you mean `{near}`?"
    for asked in ("nosuch", "", "/", "../facts.yaml"):
        stopped = refused(desk, tmp_path / "build", template=asked)
        assert (stopped.status, codes(stopped)) == (2, ["unknown-name"])
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    "name",
    ["brief.css", "page.js", "macros.html.j2", "./index.html.j2", "fonts/Vazirmatn-Bold.ttf"],
)
def test_only_a_template_of_briefs_makes_a_brief(tmp_path: Path, desk: Path, name: str) -> None:
    """A style sheet or a part of a page would be printed as it is."""
    (desk / "templates").mkdir()
    (desk / "templates" / "short.html.j2").write_text("x", encoding="utf-8")
    stopped = refused(desk, tmp_path / "build", template=name)
    assert (stopped.status, codes(stopped)) == (2, ["unknown-name"])
    assert stopped.diagnostics[0].message == f"`{name}` is no template of a brief"
    assert "take `brief.html.j2`, `short.html.j2`; " in stopped.diagnostics[0].hints[0].message
    assert not (tmp_path / "build").exists()


def test_a_template_that_can_not_be_read_is_told(tmp_path: Path, desk: Path) -> None:
    """With what to do about it; the shipped one is not taken in silence."""
    (desk / "templates").mkdir()
    os.mkfifo(desk / "templates" / "brief.html.j2")
    stopped = refused(desk, tmp_path / "build")
    assert (stopped.status, codes(stopped)) == (1, ["template-hole"])
    printed = report(stopped.diagnostics, stopped.texts, Path())
    assert 'the template "brief.html.j2" can\'t be read: it is not a regular file' in printed
    assert "hint: make it a plain file of this user; or remove it" in printed


def test_own_templates_go_before_the_shipped_ones(tmp_path: Path, desk: Path) -> None:
    """The manifest names them as they are named, wherever they are."""
    house = tmp_path / "house"
    house.mkdir()
    own = '{% extends "base.html.j2" %}{% block title %}Own {{ desk.forms[0][1] }}{% endblock %}'
    (house / "index.html.j2").write_text(own, encoding="utf-8")
    html(desk, tmp_path / "build", templates=house)
    files = content(tmp_path / "build")
    assert b"<title>Own The harbour of Merrow</title>" in files["index.html"]
    read = stated(files["manifest.json"]).inputs
    assert (
        read["templates/index.html.j2"]
        == sha256((house / "index.html.j2").read_bytes()).hexdigest()
    )
