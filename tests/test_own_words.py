"""A desk's own catalogues of the words of our pages: begun, translated, held against ours."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from command import run
from little_desk import HEAD, LittleDesk

from briefings.authoring.editing import edited, mention_at, renamed
from briefings.core.edtf import Precision, parse
from briefings.core.overriding import override
from briefings.core.span import SourceText
from briefings.render.html.environment import environment, locale_of
from briefings.render.html.fallback import fallen_back, marked_up
from briefings.render.l10n.catalogues import NoCatalogue, catalogue, read
from briefings.render.l10n.locales import Locale
from briefings.render.l10n.own_words import faults

FRENCH = HEAD.replace("[en]", "[en, fr]")
FACT = """\
facts:
  - id: f
    kind: event
    topics: [t]
    statement: {en: The ship left., fr: Le bateau est parti.}
    date: 2025-01-01
    credibility: 2
    evidence: [{source: a, quote: The ship left}]
"""
RULE = 'msgid ""\nmsgstr "Plural-Forms: nplurals=%s; plural=%s;\\n"\n\n'
NEWS = 'msgid "What is new this week"\nmsgstr "Les nouvelles de la semaine"\n'
WORDS = {
    "Sources": "Les sources",
    "What is new this week": "Nouvelles",
    "information up to %(day)s": "connu au %(day)s",
}
MANY = """\
#, python-format
msgid "%%(number)s more"
msgid_plural "%%(number)s more"
msgstr[0] "%s"
msgstr[1] "%%(number)s autres"
"""


@pytest.fixture
def desk_in_french(desk: LittleDesk) -> LittleDesk:
    """A desk whose fact is told in French."""
    desk.document("a", "The ship left. It may return.")
    desk.check(FACT, FRENCH)
    (desk.folder / "locale").mkdir()
    return desk


def _words(desk: LittleDesk, text: str, name: str = "fr.po") -> None:
    (desk.folder / "locale" / name).write_text(text, encoding="utf-8")


def _checked(desk: LittleDesk) -> str:
    done = run("check", "--base", str(desk.folder / "facts.yaml"))
    return done.stdout + done.stderr


def _built(desk: LittleDesk, *flags: str) -> Path:
    _why(desk, *flags)
    return desk.folder / "out"


def _why(desk: LittleDesk, *flags: str) -> str:
    """What a build says beside its lines."""
    out = desk.folder / "out"
    where = ("--base", str(desk.folder / "facts.yaml"), "--out", str(out))
    done = run("build", *where, "--week", "2025-W01", "--lang", "fr", *flags)
    assert done.exit_code == 0, done.stderr
    return done.stderr


def test_from_nothing_to_a_french_brief(desk_in_french: LittleDesk) -> None:
    """As docs/languages.md has it: begin, translate, build; what is left is marked as English."""
    desk = desk_in_french
    base = ("--base", str(desk.folder / "facts.yaml"))
    path = desk.folder / "locale" / "fr.po"
    begun = run("words", "fr", *base)
    assert re.search(r"fr\.po: 0 of \d{3} messages translated", begun.stdout)
    text = path.read_text(encoding="utf-8")
    assert "nplurals=2; plural=(n > 1);" in text
    for message, translation in WORDS.items():
        assert f'msgid "{message}"\nmsgstr ""' in text
        text = text.replace(
            f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"'
        )
    path.write_text(text, encoding="utf-8")
    assert "3 of" in run("words", "fr", *base).stdout
    assert path.read_text(encoding="utf-8") == text
    assert "error" not in _checked(desk).replace("0 errors", "")
    out = _built(desk, "--format", "html,md")
    page = (out / "t.fr.html").read_text(encoding="utf-8")
    assert '<h2 id="news">Nouvelles</h2>' in page
    assert '<h2 id="sources">Les sources</h2>' in page
    assert '<h2 id="unknown"><span lang="en" dir="ltr">Not known</span></h2>' in page
    assert "Nouvelles" not in (out / "index.html").read_text(encoding="utf-8")
    earlier = _built(desk, "--format", "md", "--known-by", "2025-01-04")
    assert "· connu au 4 janvier 2025 ·" in (earlier / "t.fr.md").read_text(encoding="utf-8")


def test_a_page_with_own_words_is_verified_with_its_desk(desk_in_french: LittleDesk) -> None:
    """Without the desk nobody else has these words; what does not hold is not said to."""
    _words(desk_in_french, NEWS)
    page = str(_built(desk_in_french, "--format", "html") / "t.fr.html")
    assert "templates or words of the desk's own" in run("verify", page).stdout
    verified = run("verify", page, "--desk", str(desk_in_french.folder)).stdout
    assert "are those of its data" in verified


def test_a_page_without_own_words_is_verified_without_its_desk(desk_in_french: LittleDesk) -> None:
    """Words of one language are nothing to pages of others, unless these call it by its name."""
    desk = desk_in_french
    _words(desk, NEWS)
    english = _built(desk, "--format", "html", "--lang", "en") / "t.en.html"
    assert "are those of its data" in run("verify", str(english)).stdout
    _words(desk, 'msgctxt "language"\nmsgid "fr"\nmsgstr "le français d’ici"\n')
    english = _built(desk, "--format", "html", "--lang", "en") / "t.en.html"
    assert "le français d’ici" in english.read_text(encoding="utf-8")
    assert "templates or words of the desk's own" in run("verify", str(english)).stdout


def test_a_catalogue_is_no_file_of_the_base(desk_in_french: LittleDesk) -> None:
    """Beside one the base is put into shape and made shorter, and an id of it is renamed."""
    _words(desk_in_french, NEWS)
    base = desk_in_french.folder / "facts.yaml"
    for flags in ((), ("--shorten",), ("--check",)):
        done = run("fmt", "--base", str(base), *flags)
        assert done.exit_code == 0, done.stderr
    assert done.stderr == "all is in shape\n"
    desk = edited(base, {})
    mention = mention_at(desk, base.name, base.read_text(encoding="utf-8").index("id: f") + 4)
    assert mention is not None
    (edit,) = renamed(desk, mention, "departure")
    assert edit.text == "departure"


def test_a_changed_word_is_a_reason_to_build_anew(desk_in_french: LittleDesk) -> None:
    """As any other file of the desk is, and a new one."""
    cache = ("--cache", str(desk_in_french.folder / "cache"), "--format", "html", "--why")
    out = _built(desk_in_french, *cache)
    _words(desk_in_french, NEWS)
    _built(desk_in_french, *cache)
    assert "Les nouvelles de la semaine" in (out / "t.fr.html").read_text(encoding="utf-8")
    _words(desk_in_french, NEWS.replace("Les nouvelles", "Tout"))
    why = _why(desk_in_french, *cache)
    assert "t.fr.html: filled, the desk's own words have changed\n" in why
    assert "Tout de la semaine" in (out / "t.fr.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("no catalogue\n", 1, "bad-catalogue"),
        (f'msgid "page"\nmsgstr "{"p" * 2001}"\n', 1, "more than 2,000 characters"),
        (NEWS + 'msgid "unfinished\n', 3, "bad-catalogue"),
        (NEWS + "\n" + NEWS, 4, "it says twice what “What is new this week” is"),
        (NEWS + '\nmsgid "We say so nowhere"\nmsgstr "x"\n', 4, "the program says nowhere"),
        ('msgid "page"\nmsgstr "p. %(x)s"\n', 1, "has %(x)s, which it has not"),
        ('msgid "page"\nmsgstr "p. {x}"\n', 1, "has {x}, which it has not"),
        ('msgid "page"\nmsgstr "p. }"\n', 1, "has other braces than it"),
        ('msgid "page"\nmsgstr " page"\n', 1, "does not begin and end with a blank"),
        ('msgid "page"\nmsgstr "100 % page"\n', 1, "a % that is no placeholder"),
        ('msgid "about {day}"\nmsgstr "{day.year}"\n', 1, "lacks {day}"),
        (b'msgid "page"\nmsgstr "p\\u202e"\n'.decode("unicode_escape"), 1, "holds"),
        (MANY % "un autre", 2, "lacks %(number)s"),
        (MANY % "%(nombre)s autre", 2, "lacks %(number)s and has %(nombre)s"),
        (MANY % "100 % %(number)s", 2, "a % that is no placeholder"),
        (RULE % (2, "n>1") + MANY % "%(number)s" + 'msgstr[2] "x"\n', 5, "more translations than"),
        (RULE % (2, "n>1?2:0"), 2, "chooses a form that is none of the 2"),
        (RULE % (2, "1/n"), 2, "its rule for plurals is none"),
        (RULE % (2, "__import__('os')"), 2, "its rule for plurals is none"),
        (RULE % (2, "(" * 200 + "n"), 2, "its rule for plurals is none"),
        (RULE % (2, "n(n)"), 2, "its rule for plurals is none"),
        ('msgid "page"\nmsgstr "\\x1b[31m"\n', 2, "a line is no text in quotation marks"),
        ('msgid "page"\nmsgstr "\\u202ep"\n', 2, "a line is no text in quotation marks"),
        ('msgid "page"\nmsgstr "p\\"\n', 2, "a line is no text in quotation marks"),
        ('# x\nmsgid "page\nmsgstr "p"\n', 2, "a line is no text in quotation marks"),
        ('msgid "page"\nmsgstr "p\\r"\n', 1, "has a line end or tab, which it has not"),
    ],
)
def test_what_is_wrong_has_its_line(
    desk_in_french: LittleDesk, text: str, line: int, told: str
) -> None:
    """A mistake of whoever translates, and no traceback; nothing of the file is ever run."""
    _words(desk_in_french, text)
    printed = _checked(desk_in_french)
    assert f"locale/fr.po:{line}:" in printed
    assert told in printed


def test_a_per_cent_sign_is_written_twice(desk_in_french: LittleDesk) -> None:
    """As the hint says; the page has it once."""
    _words(desk_in_french, 'msgid "What is new this week"\nmsgstr "100 %% nouveau"\n')
    page = (_built(desk_in_french, "--format", "html") / "t.fr.html").read_text(encoding="utf-8")
    assert "100 % nouveau" in page


def test_a_file_of_no_language(desk_in_french: LittleDesk) -> None:
    """Nobody would ever see its words."""
    _words(desk_in_french, NEWS, "french.po")
    assert "`french.po` is named after no language" in _checked(desk_in_french)
    assert "error[bad-value]" in run("words", "French", "--base", str(desk_in_french.folder)).stderr


def test_a_broken_catalogue_is_not_overwritten(desk_in_french: LittleDesk) -> None:
    """It may hold the work of an hour, and a quotation mark too few."""
    _words(desk_in_french, NEWS + 'msgid "unfinished\n')
    done = run("words", "fr", "--base", str(desk_in_french.folder))
    assert (done.exit_code, "bad-catalogue" in done.stderr) == (1, True)
    assert "unfinished" in (desk_in_french.folder / "locale" / "fr.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "step"),
    [
        (NEWS.encode("utf-16"), "iconv -f UTF-16LE"),
        (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        (NEWS.encode() + b"\0", "in UTF-8, and give that one"),
    ],
)
def test_a_catalogue_that_is_no_text(desk_in_french: LittleDesk, content: bytes, step: str) -> None:
    """Each command says what it is, and the way to a text."""
    path = desk_in_french.folder / "locale" / "fr.po"
    path.write_bytes(content)
    for printed in (
        _checked(desk_in_french),
        run("words", "fr", "--base", str(desk_in_french.folder)).stderr,
    ):
        assert "error[unreadable-file]: locale/fr.po can't be read: it is " in printed
        assert step in printed
        assert "SHA-256" not in printed
    assert path.read_bytes() == content


def test_a_catalogue_with_a_mark_of_order_is_brought_up_to_date(desk_in_french: LittleDesk) -> None:
    """As an editor on Windows leaves one."""
    path = desk_in_french.folder / "locale" / "fr.po"
    path.write_bytes(NEWS.encode("utf-8-sig"))
    done = run("words", "fr", "--base", str(desk_in_french.folder))
    assert done.exit_code == 0, done.stderr
    assert "Les nouvelles de la semaine" in path.read_text(encoding="utf-8")


def test_a_catalogue_of_two_versions(desk_in_french: LittleDesk) -> None:
    """What version control has left in it is told as that, in its line."""
    _words(desk_in_french, f"{NEWS}<<<<<<< HEAD\n=======\n>>>>>>> x\n")
    told = _checked(desk_in_french)
    assert "locale/fr.po:3:1: error[bad-catalogue]: “<<<<<<< HEAD” marks a conflict" in told


def test_a_folder_of_words_that_is_none(desk: LittleDesk) -> None:
    """Is told: nobody would see its words."""
    desk.document("a", "The ship left.").check(FACT)
    (desk.folder / "locale").write_text("x", encoding="utf-8")
    assert "error[unreadable-file]: 'locale' is no folder" in _checked(desk)


def test_words_of_one_desk_and_language_spoil_no_other() -> None:
    """A catalogue is a value; whoever has another one, or none, reads what was there."""
    own = (("fr", NEWS), ("fa", NEWS))
    message = "What is new this week"
    assert Locale("fr", own).gettext(message) == "Les nouvelles de la semaine"
    assert Locale("fr-CA", own).gettext(message) == "Les nouvelles de la semaine"
    assert Locale("fr").gettext(message) == Locale("de", own).gettext(message) == message
    assert Locale("fa", own).gettext("Sources") == Locale("fa").gettext("Sources") != "Sources"
    assert Locale("fa").gettext(message) not in (message, "Les nouvelles de la semaine")


def test_a_desk_names_its_languages(desk_in_french: LittleDesk) -> None:
    """Those that Unicode's data have no name for, and any other; `words` keeps these names."""
    desk, name = desk_in_french, '\nmsgctxt "language"\nmsgid "{}"\nmsgstr "{}"\n'
    desk.check(FACT, FRENCH.replace("fr", "fr, haz"))
    _words(desk, NEWS + name.format("haz", "hazaragi") + name.format("no code", "x"))
    _words(desk, name.format("haz", "آزرگی"), "haz.po")
    assert "the program says nowhere “no code”" in (checked := _checked(desk))
    assert "“haz”" not in checked
    run("words", "fr", "--base", str(desk.folder))
    assert name.format("haz", "hazaragi") in (desk.folder / "locale" / "fr.po").read_text("utf-8")
    own = tuple((path.stem, path.read_text("utf-8")) for path in desk.folder.glob("locale/*"))
    french = Locale("fr", own)
    assert (french.language_name("haz"), french.autonym("haz")) == ("hazaragi", "آزرگی")
    page = (_built(desk, "--lang", "haz", "--format", "html") / "index.html").read_text("utf-8")
    assert 'lang="haz" dir="rtl">آزرگی<' in page


@pytest.mark.parametrize(
    ("rule", "forms"),
    [("n>1", "0011"), ("n!=1", "1011"), ("(n==0 || n==1) ? 0 : n%10==2 ? 1 : 0", "0010")],
)
def test_plurals_are_as_the_file_has_them(rule: str, forms: str) -> None:
    """In the arithmetic of gettext; without a rule as in English."""
    words = catalogue("xx", (("xx", RULE % (2, rule) + MANY % "%(number)s autre"),))
    singular = "%(number)s more"
    plurals = [words.ngettext(singular, singular, number).endswith("autres") for number in range(4)]
    assert [str(int(each)) for each in plurals] == list(forms)
    assert read(MANY % "x").plural(1) == 0
    with pytest.raises(NoCatalogue):
        read(RULE % (7, "n"))


def test_a_number_that_nobody_tried_has_a_form_too() -> None:
    """A rule can't be held against all numbers."""
    plural = read(RULE % (2, "n==1234567 ? 7 : n==7654321 ? 0-1 : 0") + MANY % "x").plural
    assert [plural(number) for number in (1, 1234567, 7654321)] == [0, 1, 1]


def test_many_mistakes_take_time_by_their_number() -> None:
    """Each has its line, and the file is parted into lines once."""
    text = "".join(f'msgid "no {number}"\nmsgstr "x"\n\n' for number in range(20_000))
    wrong = list(faults(SourceText("locale/fr.po", text)))
    assert len(wrong) == 20_000
    (last,) = (each.span for each in wrong[-1:])
    assert last is not None
    assert text[last.start : last.end] == 'msgid "no 19999"'


def test_a_file_that_is_read_twice_is_not_compared_for_each_mistake() -> None:
    """As `build` reads it after the check: a comparison takes the longer the longer it is."""
    compared = []

    class Compared(str):
        __slots__ = ()
        __hash__ = str.__hash__

        @override
        def __eq__(self, other: object) -> bool:
            compared.append(other)
            return str.__eq__(self, other)

    text = "".join(f'msgid "no {number}"\nmsgstr "x"\n\n' for number in range(200))
    for _ in range(2):
        assert len(list(faults(SourceText("locale/fr.po", Compared(text))))) == 200
    assert len(compared) < 20


@pytest.mark.parametrize(
    ("rule", "forms"),
    [
        # As CLDR and newer releases of Babel write them, with spaces.
        ("(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2", "0022"),
        ("n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 ? 1 : 2", "2011"),
        ("n%10==1 && n%100!=11 ? 0 : n / 3 == 1 ? 1 : 2", "2021"),
    ],
)
def test_a_rule_may_have_spaces(rule: str, forms: str) -> None:
    """Around what divides, as around all else."""
    plural = read(RULE % (3, rule) + NEWS).plural
    assert [str(plural(number)) for number in range(4)] == list(forms)


@pytest.mark.parametrize("divisor", ["n", " n", "0", " 0", "(1)", " (n)", "-1"])
def test_a_rule_divides_by_no_nothing(divisor: str) -> None:
    """With or without a space before it."""
    with pytest.raises(NoCatalogue, match="its rule for plurals is none"):
        read(RULE % (2, f"n %{divisor}") + NEWS)


def test_words_that_fall_back_say_so_wherever_they_can() -> None:
    """In a text by an element, what is filled in being the page's; in a title by its attribute."""
    sentence = fallen_back("made %(day)s") % {"day": fallen_back("today")}
    page = f'<title>{sentence}</title><p title="{sentence}">{sentence}</p><style>{sentence}</style>'
    assert marked_up(page, Locale("ur")) == (
        '<title lang="en">made today</title><p title="made today">'
        '<span lang="en" dir="ltr">made <bdi lang="ur" dir="rtl">'
        '<span lang="en" dir="ltr">today</span></bdi></span></p><style>made today</style>'
    )


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("ur", '<span lang="en" dir="ltr">about <bdi lang="ur" dir="rtl">{day}</bdi></span>'),
        ("fa", "{day}"),
        ("en", "about {day}"),
    ],
)
def test_words_around_dates_that_fall_back_say_so(language: str, marked: str) -> None:
    """What a date is told with, and not the date, of which the language has the words."""
    locale = locale_of(environment(), language)
    plain, about = parse("2025-12-07"), parse("2025-12-07~")
    day = locale.when(plain)
    expected = {"fa": locale.when(about)}.get(language, marked.format(day=day))
    assert marked_up(locale.when(about), locale) == expected
    assert "lang=" not in marked_up(day, locale)


def test_a_date_without_any_words_is_english_as_a_whole() -> None:
    """Where a language has no names of months."""
    locale = locale_of(environment(), "qaa")
    assert marked_up(locale.when(parse("2025-12-07~")), locale) == (
        '<span lang="en" dir="ltr">about 7 December 2025</span>'
    )
    assert marked_up(locale.tick(date(2025, 12, 7), Precision.MONTH), locale) == (
        '<span lang="en" dir="ltr">Dec 2025</span>'
    )
    assert Locale("qaa").when(parse("2025-12-07")) == "7 December 2025"
