"""No template makes a text of what nobody could read, by whatever way it makes texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desks import harbour

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.model import Period, TopicId
from briefings.core.spec import EditionSpec
from briefings.render.html.environment import TemplateHole, environment, render
from briefings.render.l10n.locales import Locale

NO_TEXT = "can't be printed|the value is none"
VALUES = ("edition", "edition.sentences", "none", "cycler(1)", "[]", "{}", "{} | dictsort")
EMPTY = VALUES[-3:]
TAKE_NONE = ("join", "urlencode", "xmlattr")
"""Filters of lists or maps: of an empty one they make an empty text."""

WAYS = (
    "{{ %s }}",
    "{{ %s ~ 'x' }}",
    "{{ 'x' ~ %s }}",
    "{{ '%%s' % (%s,) }}",
    "{{ '%%s' % %s }}",
    "{{ '%%(x)r' % {'x': %s} }}",
    "{{ ('%%a'.encode() % (%s,)).decode() }}",
    "{{ ('%%s' | e) % (%s,) }}",
    "{{ '{}'.format(%s) }}",
    "{{ '{x!r:>9}'.format(x=%s) }}",
    "{{ '{0[x]}'.format({'x': %s}) }}",
    "{{ '{x}'.format_map({'x': %s}) }}",
    "{{ ('{}' | e).format(%s) }}",
    "{{ '%%s' | format(%s) }}",
    "{{ '%%(x)s' | format(x=%s) }}",
    "{{ [%s] | join }}",
    "{{ [%s, 'x'] | join(', ') }}",
    "{{ [{'x': %s}] | join(', ', attribute='x') }}",
    "{{ ['x', 'x'] | join(%s) }}",
    "{{ (', ' | e).join([%s]) }}",
    "{{ ('x' | e).replace('x', %s) }}",
    "{{ 'x' | replace('x', %s) }}",
    "{{ ('x' | e).escape(%s) }}",
    "{{ 'xx' | truncate(1, true, %s, 0) }}",
    "{{ {'class': [%s]} | urlencode }}",
    "{{ [%s] | map('string') | join }}",
    "{{ [%s] | map('format', 1) | list | first }}",
    "{{ '%%s' | format([%s] | first) }}",
    "{{ _('%%(x)s', x=%s) }}",
    "{{ gettext(%s) }}",
    "{{ ngettext('%%(x)s', '%%(x)s', 1, x=%s) }}",
    "{{ pgettext('x', '%%(x)s', x=%s) }}",
    "{% set x = %s %}{% trans x %}{{ x }}{% endtrans %}",
    "{% macro a(x) %}{{ x }}{% endmacro %}{{ a(%s) }}",
    "{% macro a() %}{{ caller(%s) }}{% endmacro %}{% call(x) a() %}{{ x }}{% endcall %}",
    "{% filter replace('x', %s) %}x{% endfilter %}",
    "{% set y %}{{ %s }}{% endset %}{{ y }}",
    "{{ joiner(%s)() ~ 'x' }}{% set j = joiner(%s) %}{{ j() }}{{ j() }}",
    "{{ cycler(%s).next() }}",
    "{% for x in [1] %}{{ loop.cycle(%s) }}{% endfor %}",
    "{{ namespace(x=%s).x | string }}",
    "{{ dict(x=%s).x | upper }}",
    "{{ ([%s] | groupby('nothing', default='x') | first)[1] }}",
    "{{ locale.list([%s, 'x']) }}",
    "{{ locale.quoted(%s) }}",
    "{{ edition.title.best(%s) }}",
    *(
        f"{{{{ %s | {name} }}}}"
        for name in (
            *("capitalize", "center", "e", "escape", "filesizeformat", "forceescape", "format"),
            *("indent", "join", "lower", "pprint", "replace", "string", "striptags", "title"),
            *("trim", "truncate", "upper", "urlencode", "urlize", "wordcount", "wordwrap"),
            "xmlattr",
        )
    ),
)
OTHERS = ("self", "namespace(a=1)", "edition.title.best", "range(3)", "(1, 2)", "[1] | map('abs')")
"""Of each it is enough that one way refuses it: all ask the same gate."""


@pytest.fixture(scope="module")
def context() -> dict[str, object]:
    """What a template may use: an edition, and a language."""
    topic, day = TopicId("basin-closure"), date(2024, 3, 5)
    spec = EditionSpec(topic, (topic,), day, day, window(day, Period.WEEK), "en")
    return {"edition": compose(harbour(), spec), "locale": Locale("en")}


def filled(folder: Path, template: str, context: dict[str, object]) -> str:
    (folder / "own.html.j2").write_text(template, encoding="utf-8")
    return render(environment(folder), "own.html.j2", context)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_makes_a_text_of_a_value(
    tmp_path: Path, context: dict[str, object], way: str
) -> None:
    """Whatever kind of value it is; it is told with its line, and without the value."""
    is_of_lists = way.endswith(tuple(f"| {name} }}}}" for name in TAKE_NONE))
    for value in VALUES:
        if is_of_lists and value in EMPTY:
            continue
        template = way.replace("%%", "\0").replace("%s", f"({value})").replace("\0", "%")
        with pytest.raises(TemplateHole) as caught:
            filled(tmp_path, f"one\n{template}", context)
        assert (caught.value.code, caught.value.line) == ("template-hole", 2)
        assert "Edition(" not in caught.value.message


@pytest.mark.parametrize("value", OTHERS)
def test_no_value_is_a_text(tmp_path: Path, context: dict[str, object], value: str) -> None:
    """Parts of a template are none either."""
    for way in ("{{ %s }}", "{{ 'x' ~ %s }}"):
        with pytest.raises(TemplateHole, match=NO_TEXT):
            filled(tmp_path, way.replace("%s", f"({value})"), context)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 'a' ~ 1 ~ ('<' | e) ~ '>' }}", "a1&lt;&gt;"),
        ("{{ '%s of %(x)s'[3:] % {'x': 2} }}", "of 2"),
        ("{{ '%s and %d' | format('a', 2) }}", "a and 2"),
        ("{{ '{0.year} {x[a]}'.format(edition.spec.as_of, x={'a': 'b'}) }}", "2024 b"),
        ("{{ [1, 'a', edition.spec.as_of] | join(', ') }}", "1, a, 2024-03-05"),
        ("{{ [{'x': {'y': 1}}] | join(attribute='x.y') }}", "1"),
        ("{{ (', ' | e).join(['a', 1]) }}", "a, 1"),
        ("{{ ('a' | e).startswith(('a', 'b')) }}", "True"),
        ("{{ {'a': '1', 'b': none} | xmlattr }}", ' a="1"'),
        ("{{ {'a': 1} | urlencode }} {{ [('a', '&')] | urlencode }}", "a=1 a=%26"),
        (
            "{{ 'https://b.org' | urlize(none, extra_schemes=['tel:']) | striptags }}",
            "https://b.org",
        ),
        ("{{ [3, 1] | sort | map('string') | join }}", "13"),
        ("{{ [] | join }}{{ '' | upper }}", ""),
        ("{% for x in range(2) %}{{ _('%(x)s of 2', x=x) }} {% endfor %}", "0 of 2 1 of 2 "),
        ("{{ edition.sentences | length > 1 }}", "True"),
        ("{{ '\u0085' }}", " "),
    ],
)
def test_what_reads_as_text_is_one(
    tmp_path: Path, context: dict[str, object], template: str, text: str
) -> None:
    """By the same ways."""
    assert filled(tmp_path, template, context) == text


@pytest.mark.parametrize(
    "template",
    [
        "{% for x in [fa] %}{% set locale = x %}{{ _('Sources') }}{% endfor %}",
        "{% block x scoped %}{% set locale = fa %}{{ gettext('Sources') }}{% endblock %}",
        "{{ ngettext('%(num)s', '%(num)s', 2) ~ pgettext('x', '%(context)s') }}",
    ],
)
def test_words_are_those_of_the_locale_that_a_block_sets(
    tmp_path: Path, context: dict[str, object], template: str
) -> None:
    """Also in a loop; what is asked for with a number or a sense may hold these."""
    page = filled(tmp_path, template, {**context, "fa": Locale("fa")})
    assert page in ("منابع", "2x")


def test_json_ends_no_attribute(tmp_path: Path, context: dict[str, object]) -> None:
    """It is a text like any other, and escaped; of a value it is an error."""
    page = filled(tmp_path, """<b data-x="{{ ['" class="x', '<'] | tojson }}">""", context)
    assert page == r"""<b data-x="[&#34;\&#34; class=\&#34;x&#34;, &#34;\u003c&#34;]">"""
    with pytest.raises(TemplateHole, match="not JSON serializable"):
        filled(tmp_path, "{{ [edition] | tojson }}", context)


def test_a_value_is_not_written_into_a_message(tmp_path: Path, context: dict[str, object]) -> None:
    """Of what Jinja and Python say the first words are enough."""
    for template in ("{{ {}[edition.sentences] }}", "{{ ['a'].index(edition) }}"):
        with pytest.raises(TemplateHole) as caught:
            filled(tmp_path, template, context)
        assert len(caught.value.message) < 320


@pytest.mark.parametrize(
    "asked",
    ["locale.day(1)", "locale.number('x')", "locale.band('a', 'b')", "gettext(1, 2, 3)",
     "npgettext('a', 'b', 'c')", "locale.when('x')", "edition.title.best()"],
)  # fmt: skip
def test_what_is_asked_wrongly_of_us_is_a_mistake_of_the_template(
    tmp_path: Path, context: dict[str, object], asked: str
) -> None:
    """Not a fault of the program, though it is our code that fails."""
    with pytest.raises(TemplateHole) as caught:
        filled(tmp_path, f"one\n{{{{ {asked} }}}}", context)
    assert (caught.value.code, caught.value.line) == ("template-hole", 2)
