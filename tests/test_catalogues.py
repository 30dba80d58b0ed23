"""The words of our own pages in other languages: complete, up to date, and used."""

from __future__ import annotations

import re
from pathlib import Path

import catalogues
import pytest
from jinja2 import TemplateSyntaxError

from briefings.render.html.environment import environment
from briefings.render.html.fallback import marked_up
from briefings.render.l10n.catalogues import FOLDER, catalogue
from briefings.render.l10n.locales import Locale

ROOT = Path(__file__).parents[1]
LANGUAGES = ("fa", "fa-AF", "ps")
HEAD = 'msgid ""\nmsgstr ""\n"Language: %s\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_all_words_are_there_in_every_language() -> None:
    """`make catalogues` would change nothing, and nothing is left to translate."""
    status, lines = catalogues.run(["--check"], ROOT, FOLDER)
    assert (status, lines[:-1]) == (0, [])
    assert {path.stem for path in FOLDER.glob("*.po")} == set(LANGUAGES)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Sources of two words, one of them in the plural, and an empty folder of catalogues."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "locale").mkdir()
    (tmp_path / "templates" / "a.html.j2").write_text(
        '{{ _("Sources") }} {% trans day=day %}made {{ day }}{% endtrans %} {{ pgettext("tree",'
        ' "Leaf") }} {% trans count=n %}{{ count }} brief{% pluralize %}{{ count }} briefs'
        "{% endtrans %}",
        encoding="utf-8",
    )
    return tmp_path


def _run(house: Path, *arguments: str) -> list[str]:
    return catalogues.run(arguments, house, house / "locale")[1][:-1]


def _filled(house: Path, code: str, **said: str) -> None:
    """Translate single messages in the file, by the first word of the message."""
    path = house / "locale" / f"{code}.po"
    text = path.read_text(encoding="utf-8")
    for word, translation in said.items():
        text = re.sub(rf'(msgid "{word}[^"]*"\nmsgstr )""', rf'\1"{translation}"', text)
    path.write_text(text, encoding="utf-8")


def test_a_new_catalogue_lists_what_is_to_be_translated(house: Path) -> None:
    """Words with a context, and with plurals, are found too."""
    assert _run(house, "--new", "fa") == [
        "fa: not translated: Sources",
        "fa: not translated: made %(day)s",
        "fa: not translated: tree | Leaf",
        "fa: not translated: %(count)s brief",
    ]
    text = (house / "locale" / "fa.po").read_text(encoding="utf-8")
    assert "Plural-Forms: nplurals=2; plural=(n > 1);" in text
    assert 'msgid_plural "%(count)s briefs"\nmsgstr[0] ""\nmsgstr[1] ""' in text


def test_what_is_translated_stays_and_what_is_not_used_goes(house: Path) -> None:
    """An update changes nothing but the words that templates have changed."""
    _run(house, "--new", "fa")
    _filled(house, "fa", Sources="منابع", made="در %(day)s", Leaf="برگ")
    before = _run(house)
    assert before == ["fa: not translated: %(count)s brief"]
    (house / "templates" / "a.html.j2").write_text('{{ _("Sources") }}', encoding="utf-8")
    assert _run(house, "--check") == ["fa: not up to date; run `make catalogues`"]
    assert _run(house) == []
    text = (house / "locale" / "fa.po").read_text(encoding="utf-8")
    assert "منابع" in text
    assert "made" not in text
    assert _run(house, "--check") == []


def test_a_form_of_a_language_holds_only_what_differs(house: Path) -> None:
    """What Dari says as Persian does is not written down twice, and is not missing."""
    (house / "templates" / "a.html.j2").write_text(
        '{{ _("Sources") }} {{ _("Search") }}', encoding="utf-8"
    )
    _run(house, "--new", "fa")
    _filled(house, "fa", Sources="منابع", Search="جست‌وجو")
    _run(house, "--new", "fa-AF")
    path = house / "locale" / "fa-AF.po"
    text = path.read_text(encoding="utf-8")
    for word, translation in (("Sources", "منابع"), ("Search", "جستجو")):
        text += f'\nmsgid "{word}"\nmsgstr "{translation}"\n'
    path.write_text(text, encoding="utf-8")
    assert _run(house) == []
    text = path.read_text(encoding="utf-8")
    assert "جستجو" in text
    assert "Sources" not in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("در روز", "other placeholders"),
        ("در %(days)s", "unknown named placeholder"),
        ("در <b>%(day)s</b>", "other placeholders"),
        (" در %(day)s", "other placeholders"),
    ],
)
def test_a_translation_keeps_what_is_filled_in(house: Path, said: str, told: str) -> None:
    """A lost or invented placeholder, a tag, or a blank at an end is told."""
    (house / "templates" / "a.html.j2").write_text(
        "{% trans day=day %}made {{ day }}{% endtrans %}", encoding="utf-8"
    )
    _run(house, "--new", "fa")
    _filled(house, "fa", made=said)
    lines = _run(house)
    assert lines
    assert any(told in line for line in lines), lines


def test_a_doubtful_translation_is_none(house: Path) -> None:
    """A fuzzy entry would not be used, so it is not let through."""
    (house / "templates" / "a.html.j2").write_text('{{ _("Sources") }}', encoding="utf-8")
    text = HEAD % "fa" + '#, fuzzy\nmsgid "Sources"\nmsgstr "منابع"\n'
    (house / "locale" / "fa.po").write_text(text, encoding="utf-8")
    assert _run(house) == ["fa: fuzzy: Sources"]


def test_a_broken_template_is_no_empty_one(house: Path) -> None:
    """Words must not vanish because a file cannot be parsed."""
    (house / "templates" / "a.html.j2").write_text("{% trans %}never ends", encoding="utf-8")
    with pytest.raises(TemplateSyntaxError, match="unclosed translation block"):
        _run(house, "--check")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_files_hold_words_and_nothing_that_changes_by_itself(path: Path) -> None:
    """No dates and no line numbers; letters of the language and not their Arabic twins."""
    text = path.read_text(encoding="utf-8")
    assert "Date" not in text.partition("\n\n")[0]
    assert not re.search(r"^#: .*:\d", text, re.MULTILINE)
    assert "nplurals=2; plural=(n > 1)" in text
    assert not re.search("[ك\u0640]" if path.stem == "ps" else "[كيى\u0640]", text)


def test_pages_speak_their_language() -> None:
    """One environment, three languages: the page's own words, its parent's, or English."""
    templates = environment()
    page = templates.from_string(
        '{{ _("Copy") }}|{{ _("Sources") }}|{% trans count=n, number=locale.number(n) %}'
        "{{ number }} brief{% pluralize %}{{ number }} briefs{% endtrans %}"
    )

    def said(language: str, number: int) -> str:
        return marked_up(page.render(locale=Locale(language), n=number), Locale(language))

    assert said("fa", 12) == "کپی|منابع|۱۲ گزارش"
    assert said("fa-AF", 12) == "کاپی|منابع|۱۲ گزارش"
    assert said("ps", 1) == "کاپي|سرچینې|۱ راپور"
    assert said("ps", 12) == "کاپي|سرچینې|۱۲ راپورونه"
    assert said("de", 12).startswith('<span lang="en" dir="ltr">Copy</span>|<span')
    assert said("de", 12).endswith('><bdi lang="de" dir="ltr">12</bdi> briefs</span>')
    assert said("en", 1) == "Copy|Sources|1 brief"


def test_a_sense_tells_words_apart() -> None:
    """North of a latitude is not the letter N."""
    assert catalogue("fa").pgettext("latitude", "N") == "شمالی"
    assert catalogue("fa").gettext("N") == "N"


def test_a_template_without_context_is_english() -> None:
    """A macro of a house's own, imported so, has no page to ask."""
    templates = environment()
    assert templates.from_string('{{ _("Sources") }}').render() == "Sources"
