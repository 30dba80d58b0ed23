"""How texts look by the style sheets of their page, and what looks other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from briefings.render.html.declared import declarations
from briefings.verify.in_browser.styled import Look, Shown, Styles, Typeface, styles_in, unlike

SHEET = """
:root { --ink: #123; --sans: "Sans", "Other", sans-serif }
html { font: 10pt/13pt var(--sans); color: var(--ink) }
h1 { font: 600 2em/28pt "Serif" } .soft, a { color: #445566 }
#more .soft { font-size: 8pt } p em b { font-weight: 400 } .soft { color: #000 !important }
a::after { color: #fff; content: "." } a.quiet { color: inherit }
.green { page: green }
@page { @top-left { font: 8pt/9pt var(--sans); content: string(topic) }
  @top-right { font: 600 9pt/9pt Serif; color: #fff; content: string(marking) } }
@page green { @top-right { color: #3f0 } }
@page red { @top-right { color: #f00 } }
"""
PAGE = """<html><body><h1>One <b>two</b></h1><div id="more"><p class="soft">Three <em>four <b>five
</b></em><a>six</a><a class="quiet">seven</a></p></div></body></html>"""
REGULAR = Typeface(frozenset({"Sans"}), is_bold=False, is_italic=False)
BOLD, ITALIC = replace(REGULAR, is_bold=True), replace(REGULAR, is_italic=True)
OTHER = Typeface(frozenset({"Other", "Other Bold"}), is_bold=True, is_italic=False)


def styled(page: str = PAGE) -> tuple[Element, Styles]:
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    return root, styles_in(root, SHEET)


def look(path: str) -> Look:
    root, styles = styled()
    found = root.find(path)
    assert found is not None
    return styles.own[found]


@pytest.mark.parametrize(
    ("path", "size", "colour", "is_bold", "is_italic"),
    [
        (".", 10, "#112233", False, False),
        ("body/h1", 20, "#112233", True, False),
        ("body/h1/b", 20, "#112233", True, False),
        (".//p", 8, "#000", False, False),
        (".//em", 8, "#000", False, True),
        (".//em/b", 8, "#000", False, True),
        (".//a[1]", 8, "#445566", False, False),
        (".//a[2]", 8, "#000", False, False),
    ],
)
def test_each_element_looks_as_its_sheet_says(
    path: str, size: float, colour: str, *, is_bold: bool, is_italic: bool
) -> None:
    """By what is said last, of it and of what it lies in."""
    found = look(path)
    long = colour if len(colour) == 7 else "#000000"
    assert (found.size, found.colour) == (size, long)
    assert (found.is_bold, found.is_italic) == (is_bold, is_italic)
    assert found.families == (("Serif",) if "h1" in path else ("Sans", "Other", "sans-serif"))


def test_what_a_sheet_adds() -> None:
    """Behind a text, and in margins, those of a sheet of that name included."""
    root, styles = styled()
    (first, _) = root.iter("a")
    assert styles.behind[first].colour == "#ffffff"
    assert styles.margins == [Look(8, "#000000", ("Sans", "Other", "sans-serif"), height=9)]
    white = Look(9, "#ffffff", ("Serif",), is_bold=True, height=9)
    assert styles.marking == [white]
    _, green = styled('<html><body class="green">One</body></html>')
    assert [each.colour for each in green.marking] == ["#33ff00"]


def test_letters_that_look_other() -> None:
    """Of the first family that has them, and of that the face that is asked for, or the nearest."""
    faces = (REGULAR, BOLD, ITALIC, OTHER)
    bold = Look(9, "#112233", ("Sans", "Other"), is_bold=True)
    for shown, what in (
        (Shown(9, "112233", 1, (0, 1, 2, 3)), ""),
        (Shown(9.1, "112233", 1, (0, 1, 2, 3)), "size"),
        (Shown(9, "112234", 1, (0, 1, 2, 3)), "colour"),
        (Shown(9, "112233", 0, (0, 1, 2, 3)), "face"),
        (Shown(9, "112233", 3, (0, 1, 2, 3)), "face"),
        (Shown(9, "112233", 3, (3,)), ""),
        (Shown(9, "112233", -1, (0, 1)), ""),
    ):
        assert unlike(shown, bold, faces) == what
    assert unlike(Shown(9, "112233", 3, (3,)), Look(9, "#112233", ("Other",)), faces) == ""


def test_all_that_our_sheets_say_is_understood(checkout: Path) -> None:
    """Each of their rules about how texts look on paper, of an element of its own."""
    for name in ("brief", "pictures", "print", "pictures-print"):
        sheet = (checkout / "templates" / f"{name}.css").read_text(encoding="utf-8")
        variables = ":root { --ink: #000; --soft: #000; --sans: A; --serif: A; --term: #000;"
        variables += " --accent: #000; --warn: #000; --paper: #fff }"
        for each in declarations(sheet):
            if each.name in ("color", "font", "font-family", "font-size", "font-style"):
                plain = f"{variables} p {{ {each.name}: {each.value} }}"
                root = tinyhtml5.parse("<p>One", namespace_html_elements=False)
                found = styles_in(root, plain).own[next(root.iter("p"))]
                assert found.size >= 6
                assert len(found.colour) == 7, each
