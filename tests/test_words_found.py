"""Words are found by the letters they begin with: all that stand somewhere, and few are tried."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from breadth import cases, examples
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.check import words as words_of_rules
from briefings.check.quantities.reader import may_be_roman
from briefings.check.quantities.reader import read as figures_of
from briefings.check.quotes.fold import folded_text
from briefings.check.wording import word_rules
from briefings.check.wording.clauses import read, reading_of
from briefings.check.wording.content_words import content_words, known_stem, token_of
from briefings.check.words import languages, words
from briefings.check.words.beginnings import beginnings, needed, openings
from briefings.check.words.senses import Other, Sense

FOLDER = Path(words_of_rules.__file__).parent
CLAIMS = Path(__file__).parent / "claims"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("not", {"not "}),
        (r"believ\w*", {"believ"}),
        ("den(?:y|ies|ied)", {"deny ", "denies ", "denied "}),
        ("m[ae]n", {"man ", "men "}),
        ("wins?", {"win ", "wins "}),
        ("(?:is|are) to", {"is ", "are "}),
        ("می ?گوید", {"می ", "میگوید "}),
        (r"\w+n't", {""}),
        (r"\d+ out of", {"0"}),
        ("(?<!the )will", {"will "}),
        ("one|two", {"one ", "two "}),
        (r"b\.c\.|n't", {"b ", "n "}),
        ("ab+[ou]+gh", {"ab"}),
        (r"a(?:b|c)+\w*", {"ab", "ac"}),
        ("10 days", {""}),
    ],
)
def test_what_a_word_may_begin_with(word: str, expected: set[str]) -> None:
    """Letters up to what is not certain; a space behind a whole word."""
    assert beginnings(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("not at all", {"not at all"}),
        ("(?:in|over) the (?:next|past) \\w+", {"in the next ", "in the past ", "over the next "}),
        (r"h[eo]ld(?= (?:firm|fast))", {"held firm", "held fast", "hold firm", "hold fast"}),
        (r"(?:the|\d+) women", {"the women", "0"}),
        (r"\w* women|men", {""}),
        ("می ?گوید", {"می گوید", "میگوید"}),
    ],
)
def test_what_any_match_of_a_word_opens_with(word: str, expected: set[str]) -> None:
    """Spaces and marks too, as far as they are certain, and all that there is of a short word."""
    assert expected <= set(openings(word))
    assert len(openings(word)) <= len(expected) + 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (r"\w+n't", (("n't",),)),
        ("as if", (("as if",),)),
        ("colou?r", (("colo",),)),
        ("one|two", (("one", "two"),)),
        (r"one|\d+", ()),
        ("a(?:b|cd)", (("a",), ("b", "cd"))),
        ("a(?:b|c)?", (("a",),)),
        ("(?:per cent|%) (?:more|up)", ((" ",), ("per cent", "%"), ("more", "up"))),
        (r"(?<!the )will(?= \d)", (("will",),)),
    ],
)
def test_what_a_word_cannot_be_without(word: str, expected: tuple[tuple[str, ...], ...]) -> None:
    """Letters of which each match has one of every choice; nothing that may be left out."""
    assert needed(word) == expected


@pytest.mark.parametrize("language", languages())
@settings(max_examples=examples(10, 300), deadline=None)
@given(data=st.data())
def test_what_matches_a_word_holds_what_it_needs(language: str, data: st.DataObject) -> None:
    """And begins as it has to: no text is passed over for letters that it could do without."""
    known = words(language)
    assert known is not None
    groups = [known._texts(sense.value) for sense in Sense]
    groups += [side for pair in known.pairs for side in pair]
    plain = st.sampled_from(
        sorted({word for group in groups for word in group if "(?<" not in word})
    )
    word = known._whole.ordered([data.draw(plain)])[0]
    text = data.draw(st.from_regex(re.compile(word), fullmatch="(?=" not in word))
    for choice in needed(word):
        assert any(letters in text for letters in choice), (word, text)
    start = next(re.finditer(word, text)).start()
    is_digit = "0" in openings(word) and text[start].isdigit()
    assert is_digit or text.startswith(openings(word), start), (word, text)


@pytest.mark.parametrize("language", languages())
def test_every_plain_word_is_found_where_it_stands(language: str) -> None:
    """Each word of letters alone in a list of senses is among those tried where it begins."""
    known = words(language)
    assert known is not None
    listed = tomllib.loads((FOLDER / f"{language}.toml").read_text())
    plain = [
        folded_text(word)
        for sense in Sense
        for word in listed.get(sense.value, ())
        if re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", word)
    ]
    assert plain
    for word in plain:
        start, tried = next(known.places(word))
        standing = (each for _, alike in tried.senses for each in alike)
        ends = [end for each in standing if (end := each.end(word, start)) is not None]
        assert start == 0, word
        assert max(ends) == len(word), word


def _tables(language: str) -> list[Path]:
    """The tables of a language; beside that of words, not each has one of everything."""
    both = cases([CLAIMS / "words" / f"{language}.tsv"], CLAIMS / f"{language}.tsv")
    return [each for each in both if each.exists()]


def _texts(language: str) -> list[str]:
    """The texts of the tables of a language."""
    return [
        cell
        for path in _tables(language)
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
        for cell in line.split("\t")
        if not cell.isascii() or " " in cell
    ]


@pytest.mark.parametrize("language", languages())
def test_no_text_with_a_turned_word_is_passed_over(language: str) -> None:
    """Each side of which a text holds a word by its pattern is among those that it may hold."""
    known = words(language)
    assert known is not None
    texts = _texts(language)
    sides = range(2 * len(known.pairs))
    held = 0
    for text in texts:
        reading = read(text, known)
        by_pattern = {each for each in sides if known._side(each).search(reading.text)}
        held += len(by_pattern)
        assert by_pattern <= reading.sides, text
    assert held > len(texts) / 50


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_letters_of_overlapping_words_are_left_out_together(language: str) -> None:
    """Whichever word of a set comes first: nothing of “听证会” is left without these two."""
    reading = reading_of("法院听证会结束", language)
    assert reading is not None
    assert reading.without(frozenset({"听证", "证会"})) == "法院···结束"
    assert reading.without(frozenset({"证会", "听证", "结束"})) == "法院·····"


@pytest.mark.parametrize("language", languages())
def test_no_text_with_a_figure_or_a_future_is_passed_over(language: str) -> None:
    """A text has no more figures than it may hold, nor a word that tells what it may not tell.

    What holds none as it was read holds none as it is written, but for Roman numbers and for names
    that were left out, such as “May”.
    """
    known = words(language)
    assert known is not None
    told = [(Other.FUTURE, "future"), (Other.BAN, "bans"), (Other.PART, "partitive")]
    told += [(Other.EVERYWHERE, "everywhere"), (Other.CLOSE, "close")]
    patterns = [(each, known.pattern(section)) for each, section in told]
    counted = 0
    for text in _texts(language):
        reading = reading_of(text, language)
        assert reading is not None
        figures = figures_of(reading.text, language)
        assert len(figures) <= reading.figures or reading.figures > 1, text
        if not reading.figures and "·" not in reading.text and not may_be_roman(text):
            assert not figures_of(text, language), text
        counted += bool(figures)
        for each, pattern in patterns:
            found = pattern is not None and pattern.search(reading.text) is not None
            assert each in reading.tells or not found, (each, text)
        for side, pattern in enumerate(known.sided):
            assert side in reading.sided or pattern.search(reading.text) is None, (side, text)
    assert counted > 5


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Two of the 12 vans left.", "en", 2),
        ("The vans left.", "en", 0),
        ("п'ять осіб", "uk", 1),  # one word, in two tokens
        ("пятьдесят человек", "ru", 1),
        ("«۵ و ۷»", "fa", 2),
        ("einundzwanzig Wagen", "de", 2),
        ("两人", "zh", 2),
        ("1,2", "en", 2),
        ("5½ tonnes", "en", 2),
    ],
)
def test_how_many_figures_a_text_may_hold(text: str, language: str, count: int) -> None:
    """As many as it has, or more; two, where one word may be several."""
    reading = reading_of(text, language)
    assert reading is not None
    assert reading.figures == count


@pytest.mark.parametrize(
    "text",
    [
        "“well-known tents”: 1,200 (or 24h)…\tand  more",
        "the guards, the guards. the guards\nthe guards",
        "l'état est-il là ? ville–monde",
        "दो टीमें नहीं आईं, 听证会结束 today",
        "  مرز «تجارت»، ۱۲٫۵ خیمه ",
    ],
)
def test_words_stand_where_their_letters_do(text: str) -> None:
    """Also where the same letters came before, with other marks around them or without."""
    known = words("en")
    assert known is not None
    tokens = [*token_of(text).finditer(text)]
    for _ in range(2):
        content, _, _ = content_words(text, known)
        for word in content:
            assert any(each.start() <= word.start < each.end() for each in tokens)
        stems = {word.start: word.stem for word in content}
        for each in tokens:
            stem = known_stem(each.group(), known)
            if stem.isalpha() and stem.isascii():
                assert stems[each.start()] == stem


@pytest.mark.parametrize("language", languages())
def test_a_rule_is_asked_wherever_it_finds_anything(language: str) -> None:
    """What texts have to hold for a rule to be asked is what it can't do without."""
    known = words(language)
    assert known is not None
    found = 0
    for path in _tables(language):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for row in cases(rows[::4], *rows):
            quote, told = (read(row[side], known) for side in ("quote", "statement"))
            for rule, of_text, of_quotes in (*word_rules._OF_WORDS, *word_rules._OF_AMOUNTS):
                if any(True for _ in rule([quote], told)):
                    found += 1
                    assert told.holds & of_text, (rule, row["statement"])
                    assert quote.holds & of_quotes, (rule, row["quote"])
    assert found
