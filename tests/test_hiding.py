"""What a desk's own style sheet can't do to the words of facts, and what it can."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_jobs import page_jobs
from strait_desk import edition, strait

from briefings.core.model import LocalText
from briefings.core.span import Span
from briefings.render.html import fill
from briefings.render.html.environment import TemplateHole, environment, source
from briefings.render.html.fill import Medium
from briefings.render.html.hiding import Hidden, StyleSheet, require_shown
from briefings.render.html.jobs import BriefPage, PageJob, make

STATEMENT = "The wire reports that nobody was seen near the lighthouse."
PAGE = f"""<!DOCTYPE html><html><head><title>x</title></head><body class="tlp-red">
<div class="marking"><span class="tlp">TLP:RED</span></div><a class="skip" href="#main">x</a>
<div class="masthead"><h1>Of lighthouses</h1></div><main id="main">
<p class="statement">{STATEMENT[:-11]}<span class="ref">{STATEMENT[-11:]}<span class="mark"
>¶ 1</span></span></p><p class="passage-text"><q>{STATEMENT}</q></p><p><mark>{STATEMENT}</mark></p>
<ul><li>x</li></ul><p class="legend">Grades</p><p class="map-frame"><i class="dot"></i></p>
</main></body></html>"""
CONTEXT = {"statement": LocalText((("en", STATEMENT),), Span("facts.yaml", 0, 0))}


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageJob]:
    """A page of each kind."""
    base = strait(tmp_path_factory.mktemp("strait"))
    return page_jobs(base, edition(base))


def sheets(medium: Medium, more: str) -> list[StyleSheet]:
    """Our style sheets, the one for the medium with more in it."""
    ours = {name: source(environment(), name) for name in fill._names(medium)}
    own = {**ours, f"{medium}.css": ours[f"{medium}.css"] + more}
    return [StyleSheet(name, own[name], ours[name]) for name in ours]


def shown(medium: Medium, more: str) -> None:
    """Look at a little page with more in its style sheet."""
    is_paper = medium == "print"
    require_shown(PAGE, sheets(medium, more), CONTEXT, is_paper=is_paper, is_own_markup=False)


HIDING = {
    ".statement { display: none }": "sets `display: none` on words of facts",
    ".statement { d\\69splay: n\\6fne }": "sets `display: none` on words",
    ".statement { visibility: hidden }": "`visibility: hidden`",
    ".statement { opacity: 0 }": "`opacity: 0`",
    "main { opacity: 70% } .statement { opacity: .6 }": "`opacity: .6`",
    "main { font-size: 0 }": "`font-size: 0`",
    "main { font-size: 99em }": "`font-size: 99em`",
    "main { font-size: calc(1rem - 1rem) }": "calc",
    "main { font: 0/0 serif }": "`font: 0/0 serif`",
    "* { font-size: .7em }": "leaves too little of words of facts by `font-size: .7em`",
    ":root { --x: 0 } main { font-size: var(--x) }": "`font-size: 0`",
    ".statement { text-indent: -9999px }": "`text-indent: -9999px`",
    ".statement { position: absolute; left: -999em }": "`position: absolute`",
    ".statement { position: relative; left: -999em }": "`left: -999em`",
    ".statement { margin-left: -999em }": "`margin-left: -999em`",
    ".statement { clip-path: inset(100%) }": "clip-path",
    ".statement { mask-image: linear-gradient(#0000, #0000) }": "mask-image",
    ".statement { transform: scale(0) }": "transform",
    ".statement { filter: opacity(0) }": "filter",
    ".statement { height: 0; overflow: hidden }": "`height: 0`",
    ".statement { white-space: nowrap; overflow: clip }": "`overflow: clip`",
    ".statement { line-height: 0 }": "`line-height: 0`",
    ".statement { letter-spacing: -1em }": "`letter-spacing: -1em`",
    ".statement { animation: gone 1s forwards }": "animation",
    ".statement { text-decoration: line-through }": "line-through",
    ".statement { unicode-bidi: bidi-override }": "unicode-bidi",
    ".statement { direction: rtl }": "`direction: rtl`",
    ".statement::before { content: 'It is not true that ' }": "puts `",
    ".statement:after { content: attr(class) }": "puts `attr(class)` beside words of facts",
    ".statement::before { content: '−' }": "puts `",
    ".statement::before { content: counter(n, upper-alpha) counter(o, upper-alpha) }": "puts `",
    "q { quotes: 'not ' '' }": "quotes",
    ".statement { content: 'not' }": "puts other `content` in place of",
    ".ref { float: left }": "`float: left`",
    ".ref { order: -1 }": "`order: -1`",
    ".ref { display: none }": "`display: none`",
    ".mark { margin-left: -5em; background: #fff }": "on what could cover words of facts",
    "main::after { content: ''; position: fixed; inset: 0 }": "`position: fixed`",
    ".legend { position: fixed; inset: 0 }": "on what could cover words of facts",
    "@media (min-width: 1px) { .statement { display: none } }": "`display: none`",
    "@supports (display: grid) { @layer x { .statement { display: none } } }": "`display: none`",
    "main { & .statement:not(:hover) { display: none } }": "`display: none`",
    ".statement:lurking, .statement:dir(ltr) { display: none }": "`display: none`",
    "@import 'other.css';": "has a style sheet with `@import`",
    "@counter-style x { system: cyclic; symbols: 'not' }": "marks of lists are words",
    ".statement::before { counter-increment: n 83 }": "`counter-increment: n 83`",
    ".legend { counter-set: n 82 }": "`counter-set: n 82`",
    ".statement::first-line { color: #fff; background: #fff }": "the colour of what lies behind",
    "p:first-line { color: transparent } p.statement { color: #000 }": "of what lies behind them",
    "main::first-letter { color: #fff; background: #fff }": "the colour of what lies behind them",
    "main { display: grid } main > * { grid-area: 1 / 1 }": "on others by `grid-area`",
    "main > * { grid-row: 1 / 9; grid-column: 1 / -1 }": "on others by `grid-column`",
    "main > * { --r: 1; grid-row: var(--r); grid-column-start: 2 }": "by `grid-column-start`",
    "main > :first-child { grid-area: 1 / 1 / 5 } main > * + * { grid-area: 3 / 1 }": "on others",
    "main > * { grid-area: one }": "on others by `grid-area`",
    f".legend {{ z-index: {'9' * 5_000} }}": "a number of more than 40 digits",
    "@font-face { font-family: x; src: local(x), url(https://example.org/x) }": "`@font-face`",
    "@font-face { font-family: x; src: \\75RL( 'x.woff2' ) }": "asks for a file by `@font-face`",
    ".statement { background: url(https://example.org/x.png) }": "",
    ".statement { color: #fff; background: #fff }": "the colour of what lies behind them",
    ".statement { color: transparent }": "the colour of what lies behind them",
    ".statement { color: rgb(from red r g b) }": "a colour not to be known",
    ".statement { background: #1b1f23 }": "the colour of what lies behind them",
    ".statement { background: linear-gradient(#fff, #1b1f23) }": "by `background",
    ":root { --ink: var(--paper) }": "by `--ink: var(--paper)`",
    ".legend { string-set: marking 'TLP:CLEAR' }": "names parts of it by `string-set",
    "h1 { bookmark-label: 'Nobody died' }": "names parts of it by `bookmark-label",
    ".tlp-red { page: green }": "`page: green`",
    "main { container-type: size }": "`container-type: size`",
    "main { container: x / size }": "`container: x / size`",
    "@font-face { font-family: x; src: local(x); size-adjust: 1% }": "a font of another size",
    "@property --z { syntax: '<length>'; inherits: true; initial-value: 0px }"
    " .statement { font-size: var(--z) }": "`font-size: 0px`",
    ".statement { line-height: 1e9 }": "`line-height: 1e9`",
    ".statement { width: 0 }": "`width: 0`",
    ".statement { max-width: 2px }": "`max-width: 2px`",
    ".statement { inline-size: calc(1px + 1px) }": "`inline-size: calc(1px + 1px)`",
    ".statement { columns: 9999 }": "`columns: 9999`",
    "main { column-width: 1px }": "`column-width: 1px`",
    "main { column-gap: 9999px }": "`column-gap: 9999px`",
    ".statement { writing-mode: sideways-lr }": "`writing-mode: sideways-lr`",
    ".statement { float: footnote }": "`float: footnote`",
    ".statement { display: table-column }": "`display: table-column`",
    "main { display: grid; grid-auto-flow: dense }": "`grid-auto-flow: dense`",
    "main { position: relative; z-index: -1 }": "`z-index: -1`",
    "html { -webkit-text-size-adjust: 1% }": "`-webkit-text-size-adjust: 1%`",
    ".statement { text-decoration: overline 900px #fff }": "`text-decoration: overline 900px",
    ".statement { text-underline-offset: -2em }": "`text-underline-offset: -2em`",
    ".statement { forced-color-adjust: none }": "`forced-color-adjust: none`",
    ".statement::first-letter { float: right }": "`float: right`",
    ".statement::first-line { width: 4em }": "`width: 4em`",
    ".statement { color: #fff } .statement:hover { color: #000 }": "of what lies behind them",
    ".statement { color: #fff } @media (min-width: 1px) { .statement { color: #000 } }": "the col",
    "::selection { color: #fff; background: #fff }": "the colour of what lies behind them",
    "::target-text { color: transparent }": "the colour of what lies behind them",
    "@when media(print) { .statement { display: none } }": "has a style sheet with `@when`",
    "@-moz-document url-prefix() { .statement { display: none } }": "with `@-moz-document`",
    "@view-transition { navigation: auto }": "has a style sheet with `@view-transition`",
    **{
        f".statement::after {{ content: '{sign}' }}": "puts `"
        for sign in "✗🚫%‰⁉؟՞¿$°′" + "\u202e\u200f\u2066\u0338\u20e0"
    },
    "@page { @bottom-center { content: 'Nobody died' } }": "into `@bottom-center`",
    "@page { @left-middle { content: counter(page) '0' } }": "into `@left-middle`",
    "@page { @top-left { width: 300mm; height: 300mm } }": "for `@top-left`",
    "@page { @left-middle { width: 150mm } }": "sets `width: 150mm` for `@left-middle`",
    "@page { @top-left { margin-top: 150mm } }": "sets `margin-top: 150mm` for `@top-left`",
    "@page { @top-left { transform: scale(99) } }": "sets `transform: scale(99)` for `@top-left`",
    "@page { size: 10mm 10mm }": "sets `size: 10mm 10mm` for paper",
    "@page { margin: -100mm }": "sets `margin: -100mm` for paper",
    "@page :first { background: #1b1f23 }": "sets `background: #1b1f23` for paper",
}


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("more", HIDING)
def test_no_style_hides_facts(more: str, medium: Medium) -> None:
    """On a screen or on paper; it is told which declaration would."""
    with pytest.raises(Hidden) as caught:
        shown(medium, more)
    assert HIDING[more] in str(caught.value)
    assert caught.value.sheet == f"{medium}.css"


@pytest.mark.parametrize(
    ("medium", "more", "words"),
    [
        ("screen", "@media (prefers-color-scheme: dark) { :root { --ink: #123 } }", "on dark"),
        ("screen", ".tlp { visibility: hidden }", "`visibility: hidden`"),
        ("print", "@page { @top-right { content: none } }", "where its marking stands"),
        ("print", "@page red { @bottom-right { color: #000 } }", "where its marking stands"),
        ("print", "html { --ink: #fff }", "by `--ink: #fff`"),
        ("screen", "mark { display: none }", "`display: none`"),
    ],
)
def test_nor_markings_or_dark_screens(medium: Medium, more: str, words: str) -> None:
    """What one medium alone has."""
    with pytest.raises(Hidden) as caught:
        shown(medium, more)
    assert words in str(caught.value)


LEGIBLE = """\
:root { --accent: #702020; --serif: Georgia, serif }
html { font: 1.2rem/1.6 "Source Serif", serif }
.statement { font-size: .9em; letter-spacing: .01em; margin: 1em 0 2em; padding-left: 1rem }
.statement { border-left: 3px solid red; break-inside: avoid; text-align: justify }
.skip, .map-frame, .copy { display: none }
h1 { text-transform: uppercase; font-size: clamp(2rem, 1rem + 4vw, 4rem); text-wrap: balance }
.masthead::before { content: ""; display: block; height: 4px; background: #702020 }
li::marker { content: "• " } ul { list-style: square }
.legend { opacity: .3 }
main { max-width: 40rem; margin-inline: auto; columns: 2 }
.passage-text q::before { content: "“" } .passage-text q::after { content: "”" }
.dot { width: .8em; height: .8em; margin-inline-start: -.4em; border: 1px solid }
a:hover { text-decoration: underline; background: #ffc; color: #000 }
.tlp { font-size: 14pt; padding: 2px 8px }
h2::after { content: ""; display: block; width: 3rem; border-bottom: 3px solid }
@font-face { font-family: Own; src: url(data:font/woff2;base64,AA) }
@font-face { font-family: Other; src: local("Other"), url("data:font/woff2;base64,AA") }
.statement::first-letter { color: #b06060 } .statement::first-line { font-variant: small-caps }
main { display: grid } main > :first-child { grid-area: 1 / 1 } main > * + * { grid-column: 2 }
main > :last-child { grid-area: 2 / 1 / span 3 / -1 }
@media (min-width: 50em) { main > :first-child { grid-area: one } }
main { counter-reset: n } .statement { counter-increment: n 1 }
@property --own { syntax: "<color>"; inherits: false; initial-value: red }
@page { margin: 25mm; @top-left { content: string(desk) } @top-right { font-family: Own } }
@page { size: A5 landscape; @bottom-center { content: counter(page) " / " counter(pages) " · " } }
@page { @bottom-left { font: 8pt x; border-top: 1px solid; width: 150mm; margin: 4mm 0 0 auto } }
h2 { string-set: part content(text) } @page { @top-center { content: string(part) } }
p { max-width: 60ch; width: calc(100% - 2rem) } .legend { width: 0; columns: 2 20rem; gap: 1rem }
.statement::before { content: "▸ " } .passage-text::after { content: " ❧" }
.statement::first-letter { float: left; font-size: 2em } .tlp { z-index: 2 }
a { text-decoration: underline 1px; text-underline-offset: .2em }
::selection { color: #000; background: #ffd }
.statement:hover { color: #b06060 } @media (min-width: 1px) { .statement { color: #b06060 } }
""".splitlines()


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_style_may_do_all_else(medium: Medium) -> None:
    """Colours, fonts, sizes, lines, columns, and what adorns or hides what is no fact."""
    for more in LEGIBLE:
        shown(medium, more)
    shown(medium, "\n".join(LEGIBLE))


def test_a_selector_nests_no_deeper_than_it_can_be_read() -> None:
    """By its own brackets, or by those of the rules around it."""
    for more in (
        ":not(" * 300 + "a" + ")" * 300 + " { color: red }",
        "a {" + (":is(" * 9 + "&" + ")" * 9 + "{") * 9 + "color: red" + "}" * 10,
    ):
        with pytest.raises(Hidden, match="@nesting"):
            shown("screen", more)
    shown("screen", ":is(" * 9 + "a" + ")" * 9 + " { color: #702020 }")


@pytest.fixture
def broken_style(tmp_path: Path) -> Path:
    """A folder with a style sheet that hides the statements, in its second line."""
    ours = source(environment(), "print.css")
    (tmp_path / "print.css").write_text(".x { color: red }\n.statement { opacity: 0 }\n" + ours)
    return tmp_path


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_our_pages_with_such_a_style_are_made(
    tmp_path: Path, jobs: dict[str, PageJob], medium: str
) -> None:
    """Whole briefs, pictures and all."""
    own = source(environment(), f"{medium}.css") + "\n".join(LEGIBLE)
    (tmp_path / f"{medium}.css").write_text(own, encoding="utf-8")
    assert "#702020" in make(environment(tmp_path), jobs[medium]).text


def test_a_hiding_style_is_told_with_its_place(
    broken_style: Path, jobs: dict[str, PageJob]
) -> None:
    """That of the declaration in the desk's own sheet; no page is made."""
    with pytest.raises(TemplateHole) as caught:
        make(environment(broken_style), jobs["print"])
    hole = caught.value
    assert (hole.code, hole.path) == ("page-forbids", str(broken_style / "print.css"))
    assert (hole.line, hole.column) == (2, 14)


def test_a_template_can_not_use_what_our_style_hides(
    tmp_path: Path, jobs: dict[str, PageJob]
) -> None:
    """A part of a sentence in what only machines are to read would be gone for readers."""
    job = jobs["screen"]
    assert isinstance(job, BriefPage)
    (tmp_path / "own.html.j2").write_text(
        '{% extends "base.html.j2" %}{% block title %}x{% endblock %}\n'
        "{% block marking_label %}{{ edition.marking.label }}{% endblock %}{% block body %}\n"
        '{% set words = edition.sentences[0].fact.statement.best("en")[1] %}\n'
        '<p>{{ words[:9] }}<b class="copied">{{ words[9:] }}</b></p>{% endblock %}\n'
    )
    own = BriefPage(job.edition, "screen", job.files, template="own.html.j2")
    with pytest.raises(TemplateHole, match="on words of facts") as caught:
        make(environment(tmp_path), own)
    assert (caught.value.path, caught.value.line) == (str(tmp_path / "own.html.j2"), 4)


def test_a_colour_of_several_selectors_has_the_weight_of_each() -> None:
    """What wins on an element is the heaviest that holds of it, wherever its rule stands."""
    plain = "p.statement { color: #000 }"
    shown("print", f".statement {{ color: #fff }} {plain}")
    with pytest.raises(Hidden, match="the colour of what lies behind them by `color: #fff`"):
        shown("print", f".statement, main p.statement {{ color: #fff }} {plain}")
