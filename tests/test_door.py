"""What a desk's own template can't put into a page, and what it can't reach."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import jinja2
import pytest
from desks import harbour
from harbour_desk import desk
from page_jobs import FILES, page_jobs
from strait_desk import edition, strait

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.diagnostics import Refused
from briefings.core.model import LocalText, Period, TopicId
from briefings.core.spec import EditionSpec
from briefings.plan.request import BriefRequest, Request
from briefings.render.html import fill
from briefings.render.html.environment import TemplateHole, environment
from briefings.render.html.jobs import BriefPage, SourcePage, make
from briefings.render.html.policy import Policy, require_allowed
from briefings.run.build import build

__all__ = ["desk"]

OWN = """{% extends "base.html.j2" %}
{% import "macros.html.j2" as m with context %}
{% block title %}Own{% endblock %}
{% block marking_label %}TLP:CLEAR{% endblock %}
{% block body %}<main id="main">
"""
END = "</main>{% endblock %}"
LINE = OWN.count("\n") + 1


def built(desk: Path, template: str, out: str = "out") -> None:
    """The web page of the harbour's brief, of a template of the desk's own."""
    (desk / "templates").mkdir(exist_ok=True)
    (desk / "templates" / "own.html.j2").write_text(template, encoding="utf-8")
    brief = BriefRequest(as_of=date(2024, 3, 5), template="own.html.j2")
    request = Request(desk / "facts.yaml", desk.parent / out, brief, formats=("html",))
    build(request, today=lambda _: date(2024, 4, 1))


@pytest.fixture(scope="module")
def job() -> BriefPage:
    """The harbour's brief on the screen, to be made with a template of the desk's own."""
    topic, day = TopicId("basin-closure"), date(2024, 3, 5)
    spec = EditionSpec(topic, (topic,), day, day, window(day, Period.WEEK), "en")
    return BriefPage(compose(harbour(), spec), "screen", FILES, template="own.html.j2")


def hole(folder: Path, job: BriefPage, template: str, line: int) -> TemplateHole:
    """What is wrong with a template of the desk's own, in that line."""
    own = folder / "own.html.j2"
    own.write_text(template, encoding="utf-8")
    with pytest.raises(TemplateHole) as caught:
        make(environment(folder), job)
    assert (caught.value.path, caught.value.line) == (str(own), line)
    return caught.value


FORBIDDEN = {
    "<script>alert(1)</script>": "a `script` of its own",
    '<script src="page.js"></script>': "an element `script` with an attribute `src`",
    '<script type="module">1</script>': "an element `script` whose type is `module`",
    "<script/>": "a `script` without an end",
    "<style>.quote { display: none }</style>": "a `style` of its own",
    '<b onclick="go()">x</b>': "an element `b` with an attribute `onclick`",
    "<b onclick=go()>x</b>": "an element `b` with an attribute `onclick`",
    "<b/onclick=go()>x</b>": "a tag `b` that is not written plainly",
    '<b style="display: none">x</b>': "an element `b` with an attribute `style`",
    '<b class="x" class="y">x</b>': "an element `b` that has an attribute twice",
    '<base href="https://example.org/">': "an element `base`",
    '<meta http-equiv="refresh" content="0; url=https://example.org">': "http-equiv `refresh`",
    '<meta name="referrer" content="unsafe-url">': "tells other sites",
    '<meta name="viewport" content="width=9999">': "another size than its reader's screen",
    '<meta name=VIEWPORT content="width=device-width,user-scalable=no">': "another size",
    '<a href="https://example.org@evil.example/">x</a>': "an element `a` with the address",
    '<a href="https:example.org">x</a>': "an element `a` with the address",
    '<a href="https://example.org\\@evil.example/">x</a>': "an element `a` with the address",
    '<form action="https://example.org"></form>': "an element `form` with an attribute `action`",
    "<form></form>": "a form that sends something",
    '<button formaction="x">x</button>': "an element `button` with an attribute `formaction`",
    '<iframe src="x.html"></iframe>': "an element `iframe`",
    "<object></object>": "an element `object`",
    "<embed>": "an element `embed`",
    "<noscript></noscript>": "an element `noscript`",
    '<link rel="icon" href="icon.png">': "an icon that is not in the page itself",
    '<a href="data:image/png;base64,AAAA">a</a>': "the address `data:image/png;base64,AAAA`",
    '<link rel="stylesheet" href="x.css">': "an element `link` whose rel is `stylesheet`",
    '<img src="https://example.org/x.png" alt="x">': "address `https://example.org/x.png`",
    '<img src="data:image/svg+xml,x" alt="x">': "an element `img` with the address",
    '<img srcset="x.png 2x" alt="x">': "an element `img` with an attribute `srcset`",
    '<svg><path fill="url(https://example.org/x.svg#x)"/></svg>': "an element `path` with the",
    '<q cite="javascript:go()">x</q>': "address `javascript:go()`",
    '<svg><use href="#x"/></svg>': "an element `use`",
    '<a href="javascript:go()">x</a>': "address `javascript:go()`",
    '<a href="&#106;ava&#9;script:go()">x</a>': "an element `a` with the address",
    '<a href=" JAVASCRIPT:go()">x</a>': "an element `a` with the address",
    '<a href="data:text/html,x">x</a>': "address `data:text/html,x`",
    '<a href="file:///etc/passwd">x</a>': "address `file:///etc/passwd`",
    '<a href="//example.org">x</a>': "address `//example.org`",
    '<a href="\\\\example.org">x</a>': "an element `a` with the address",
    '<a href="/etc/passwd">x</a>': "address `/etc/passwd`",
    '<a href="../x.html">x</a>': "address `../x.html`",
    '<a href="a/.%2E/../x.html#y">x</a>': "an element `a` with the address",
    '<a href="./&#9;/../x">x</a>': "an element `a` with the address",
    '<a href="x" ping="https://example.org">x</a>': "an element `a` with an attribute `ping`",
    "<!--><b>x</b>-->": "a comment with markup in it",
    '<bdo dir="rtl">17 dead</bdo>': "an element `bdo`",
    "\u202e17 dead": "U+202E",
    "<b>&#x202e;17 dead</b>": "U+202E",
    "<b>&#8237;17 dead</b>": "U+202D",
    '<b title="\u202e17 dead">x</b>': "U+202E",
    "<b aria-label='&#x202e;17 dead'>x</b>": "U+202E",
    "a\x1b[31mb": "U+001B, a control character",
    "a\x85b": "U+0085, a control character",
    '<b title="&#127;">x</b>': "U+007F",
    "a&#x01B;[31mb": "U+001B",
    "a&#27b": "U+001B",
    "<![CDATA[x]]>": "a declaration",
    "<?xml version='1.0'?>": "a processing instruction",
    '<b id="of-its-own">x</b><i id="of-its-own">x</i>': "the id `of-its-own` twice",
    "<b": "a tag",
    '<title><b title="</title><meta http-equiv=refresh content=0>">x</b></title>': "a `title` with",
    "<title><!-- x --></title>": "a `title` with markup in it, or without an end",
    "<title>x": "a `title` with markup in it, or without an end",
    "<title/>": "a `title` without an end",
}


@pytest.mark.parametrize("markup", FORBIDDEN)
def test_no_page_holds_what_its_policy_forbids(tmp_path: Path, job: BriefPage, markup: str) -> None:
    """It is told what it is, with the line of the template."""
    place = hole(tmp_path, job, f"{OWN}{markup}\n{END}", LINE)
    assert place.code == "page-forbids"
    assert FORBIDDEN[markup] in place.message


def test_a_style_is_written_in_characters_that_show(tmp_path: Path, job: BriefPage) -> None:
    """What would turn its letters round, or order a screen about, is told as what it is."""
    style = tmp_path / "brief.css"
    for sign in "\u202e\x1b\x85":
        style.write_text(f".x::before {{ content: '{sign}' }}", encoding="utf-8")
        with pytest.raises(TemplateHole, match=rf"holds U\+{ord(sign):04X} as it is") as caught:
            make(environment(tmp_path), replace(job, template="brief.html.j2"))
        assert (caught.value.code, caught.value.path) == ("template-syntax", str(style))


def test_a_mark_of_byte_order_is_none_of_the_page(tmp_path: Path, job: BriefPage) -> None:
    """Some editors begin files with one."""
    (tmp_path / "own.html.j2").write_text(f"{OWN}x{END}", encoding="utf-8-sig")
    (tmp_path / "screen.css").write_text(".own { color: red }", encoding="utf-8-sig")
    page = make(environment(tmp_path), job).text
    assert page.startswith("<!DOCTYPE html>")
    assert "\ufeff" not in page


def test_paper_holds_no_picture_of_dots(tmp_path: Path, job: BriefPage) -> None:
    """None is loaded for it: the line of the template is told, not that its PDF failed."""
    markup = f'<img src="data:image/png;base64,AA==" alt="">\n{END}'
    place = hole(tmp_path, replace(job, medium="print"), f"{OWN}{markup}", LINE)
    assert (place.code, place.message) == (
        "page-forbids",
        "holds an element `img`: paper shows pictures as `svg`",
    )


@pytest.mark.parametrize(("weeks", "up"), [(None, 1), ("../index.html", 2)])
def test_a_link_leads_no_further_than_what_is_published(
    tmp_path: Path, weeks: str | None, up: int
) -> None:
    """A page of a source lies in a folder of its own, and a week's set in another."""
    (tmp_path / "strait").mkdir()
    base = strait(tmp_path / "strait")
    job = page_jobs(base, edition(base))["source"]
    assert isinstance(job, SourcePage)
    job = replace(job, files=replace(job.files, weeks=weeks))
    own = tmp_path / "source.html.j2"
    for steps in (up, up + 1):
        link = f"<a href='{'../' * steps}x.html'>x</a>"
        own.write_text(f"{OWN}{link}\n{END}", encoding="utf-8")
        if steps == up:
            assert link in make(environment(tmp_path), job).text
        else:
            with pytest.raises(TemplateHole, match="with the address"):
                make(environment(tmp_path), job)


def test_a_page_that_is_forbidden_is_not_published(desk: Path) -> None:
    """It is refused with its name; the line of the template is shown."""
    with pytest.raises(Refused) as caught:
        built(desk, f"{OWN}<embed>\n{END}")
    assert caught.value.status == 1
    assert not (desk.parent / "out").exists()
    (error,) = [each for each in caught.value.diagnostics if each.severity == "error"]
    assert error.code == "page-forbids"
    assert error.message.startswith("basin-closure.en.html ")
    assert error.span is not None
    assert error.span.path == "templates/own.html.j2"
    text = caught.value.texts[error.span.path]
    assert text.position(error.span.start).line == LINE


def test_what_a_page_may_hold_is_built(desk: Path) -> None:
    """Links of the web and of the build, pictures of its own, tables, figures and comments."""
    built(
        desk,
        OWN
        + """<!-- a comment -->\f &#9; &#133;
<a href="HTTPS://example.org/a:b">x</a> <a href='mailto:a@example.org'>x</a>
<a href=index.html>x</a> <a href="a/../x.html?q=../..#y">x</a>
<a href="#main" hreflang="en">1 &lt; 2 and 1 < 2</a>
<img src="data:image/png;base64,AA==" alt="">
<table class="x"><tr><td colspan="2" data-x="1" aria-label="x">x<br/></td></tr></table>
<svg viewBox="0 0 1 1" role="img"><path d="M0 0" fill="red"/></svg>
"""
        + END,
    )
    assert "a comment" in (desk.parent / "out" / "basin-closure.en.html").read_text("utf-8")


POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'sha256-{{ style_digest }}'; base-uri 'none'; form-action 'none'\">"
)
BARE = (
    "<!DOCTYPE html><html><head><meta charset=utf-8>%s<title>x</title></head><body>x</body></html>"
)


def test_a_page_of_its_own_with_the_policy_is_built(desk: Path) -> None:
    """What is stricter than ours is as good."""
    built(desk, BARE % (POLICY + "<style>{{ style }}</style>{{ data }}"))


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("", "lacks its Content-Security-Policy"),
        (f"<title>y</title>{POLICY}", "a policy that is not the first"),
        (f"x{POLICY}", "a policy that is not the first"),
        (f"&amp;{POLICY}", "a policy that is not the first"),
        (f"{POLICY}{POLICY}", "a policy that is not the first"),
        (POLICY.replace("default-src 'none'", "default-src *"), "default-src is not the page's"),
        (POLICY.replace("default-src 'none'; ", ""), "a policy without default-src 'none'"),
        (POLICY.replace("base-uri 'none'; ", ""), "a policy without base-uri 'none'"),
        (POLICY.replace("style-src", "style-src 'unsafe-inline'"), "style-src is not the page's"),
        (POLICY.replace("style-src", "connect-src"), "connect-src is not the page's"),
        (POLICY.replace("base-uri", "default-src *; base-uri"), "default-src is not the page's"),
    ],
)
def test_no_template_loosens_the_policy(
    tmp_path: Path, job: BriefPage, head: str, words: str
) -> None:
    """Whatever it overrides, all of the page included."""
    place = hole(tmp_path, job, BARE % head, 1)
    assert place.code == "page-forbids"
    assert words in place.message


TITLE = "edition.title.best('en')[1]"


@pytest.mark.parametrize(
    "use",
    [
        "{{ _(%s) }}",
        "{{ gettext(%s) }}",
        "{{ pgettext('x', %s) }}",
        "{{ ngettext(%s, %s, 1) }}",
        "{{ npgettext('x', %s, %s, 1) }}",
        "{%% set text = %s %%}{%% trans text %%}{{ text }}{%% endtrans %%}",
        "{{ %s | indent }}",
        "{{ [%s] | join('<b>' | escape) }}",
        '<b title="{{ _(%s) }}">x</b>',
    ],
)
def test_markup_in_a_fact_stays_a_text(tmp_path: Path, job: BriefPage, use: str) -> None:
    """Through whatever Jinja takes for markup."""
    title = LocalText((("en", '<img src=x onerror=go()>"'),), job.edition.title.span)
    job = replace(job, edition=replace(job.edition, title=title))
    template = f"{OWN}{use.replace('%s', TITLE).replace('%%', '%')}{END}"
    (tmp_path / "own.html.j2").write_text(template, encoding="utf-8")
    page = make(environment(tmp_path), job).text
    assert "&lt;img src=x onerror=go()&gt;&#34;" in page
    assert "<img" not in page
    assert 'go()>"' not in page


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ("{% autoescape false %}{{ edition.id }}{% endautoescape %}", "no block `autoescape`"),
        ("{%- autoescape false -%}{{ edition.id }}{% endautoescape %}", "no block `autoescape`"),
        ("{{ ['<b>'] | map('safe') | join }}", "No filter named 'safe'"),
        ("{{ ['<b>'] | map(attribute='__html__') | list | first }}", "__html__"),
        ("{{ m | string | indent('<b>') }}", "a number of spaces"),
        ("{{ edition.spec.as_of.today() }}", "today"),
        ("{{ edition.spec.as_of.fromtimestamp(0) }}", "fromtimestamp"),
        ("{{ day_of }}", "a value of type `function`"),
        ("{{ edition.spec.as_of.isoformat }}", "can't be printed"),
        ("{{ [1] | map('string') }}", "a value of type `generator`"),
        ("{{ [nowhere] }}", "a value of type `list`"),
        ("{{ range }}", "a value of type"),
        ("{{ edition.summary }}", "the value is none"),
        ("{{ edition.title }}", "a value of type `LocalText`"),
    ],
)
def test_no_way_around(tmp_path: Path, job: BriefPage, use: str, words: str) -> None:
    """Escaping stays on, no clock is reached, nothing of the program is printed."""
    place = hole(tmp_path, job, f"{OWN}{use}{END}", LINE)
    assert place.code in {"template-hole", "template-syntax"}
    assert words in place.message


def test_all_shipped_pages_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind and in both media, though they are not looked at in a build."""
    seen: list[str] = []

    def look(_: jinja2.Environment, page: str, policy: Policy) -> None:
        require_allowed(page, policy)
        seen.append(page)

    monkeypatch.setattr(fill, "_require_allowed", look)
    base = strait(tmp_path)
    jobs = page_jobs(base, edition(base))
    for job in jobs.values():
        make(environment(), job)
    assert len(seen) == len(jobs)


def test_the_shipped_pages_of_a_desk_with_a_style_pass(desk: Path) -> None:
    """They are looked at, since a file of the desk's own had a part in them."""
    (desk / "templates").mkdir()
    (desk / "templates" / "screen.css").write_text(".own { color: red }", encoding="utf-8")
    brief = BriefRequest(as_of=date(2024, 3, 5))
    request = Request(desk / "facts.yaml", desk.parent / "out", brief, formats=("html",))
    build(request, today=lambda _: date(2024, 4, 1))
    page = desk.parent / "out" / "basin-closure.en.html"
    assert ".own{color:red}" in page.read_text("utf-8")


@pytest.mark.parametrize("markup", ["<script>1</script>", "<style>a { color: red }</style>"])
def test_paper_holds_no_more_than_the_screen(tmp_path: Path, markup: str) -> None:
    """Though it has no policy for browsers; the shipped print page is let through."""
    (tmp_path / "strait").mkdir()
    base = strait(tmp_path / "strait")
    job = page_jobs(base, edition(base))["print"]
    assert isinstance(job, BriefPage)
    own = tmp_path / "own.html.j2"
    begin = (
        '{% extends "brief.html.j2" %}{% block meta %}{{ super() }}<meta name="own" content="">\n'
    )
    job = replace(job, template=own.name)
    own.write_text(begin + "{% endblock %}", encoding="utf-8")
    assert '<meta name="own"' in make(environment(tmp_path), job).text
    own.write_text(f"{begin}{markup}{{% endblock %}}", encoding="utf-8")
    with pytest.raises(TemplateHole, match="of its own") as caught:
        make(environment(tmp_path), job)
    assert (caught.value.code, caught.value.path) == ("page-forbids", str(own))
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("make_own", "words"),
    [
        (Path.mkdir, "it is a folder"),
        (os.mkfifo, "it is not a regular file"),
        (lambda path: path.write_bytes(b" " * (2**20 + 1)), "it is larger than"),
    ],
)
def test_what_can_not_be_read_is_not_passed_over(
    desk: Path, make_own: Callable[[Path], object], words: str
) -> None:
    """For the shipped template of that name."""
    (desk / "templates").mkdir()
    make_own(desk / "templates" / "brief.html.j2")
    with pytest.raises(Refused) as caught:
        built(desk, "{% extends 'brief.html.j2' %}")
    assert words in caught.value.diagnostics[-1].message
