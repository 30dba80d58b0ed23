"""Wrong input that people really have: what is wrong is named, with the step that mends it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import pytest
from command import run
from little_desk import LittleDesk, codes, only, printed

from briefings.core import files
from briefings.core.addresses import URL
from briefings.core.limits import allowing
from briefings.core.model import Outcome
from briefings.load import desk as load_desk
from briefings.load.formats import format_of
from briefings.run.check import check_desk

FACT = (
    "facts:\n  - {id: f, kind: event, topics: [t], statement: It left.,"
    " evidence: [{source: a, quote: The ship left}]}\n"
)


def zipped(*names: str) -> bytes:
    """A ZIP file with these names in it."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


TEXT = "Noël: the ship left, “they” said.\n"
PERSIAN = "کشتی رفت و بازنگشت.\nسپس آمد.\n"

# The bytes of a document, its language, what it is, and the step that makes a text of it.
FILES = [
    (TEXT.encode("cp1252"), "en", "“ë” in WINDOWS-1252", "iconv -f WINDOWS-1252 -t UTF-8 a.txt"),
    ("Пароход ушёл".encode("cp1251"), "ru", "“П” in WINDOWS-1251", "iconv -f WINDOWS-1251"),
    (PERSIAN.encode("cp1256", "replace"), "fa-AF", "in WINDOWS-1256", "iconv -f WINDOWS-1256"),
    ("船は出た".encode("shift_jis"), "ja", "not UTF-8", "iconv -f SHIFT_JIS"),
    ("船走了".encode("gb18030"), "zh", "not UTF-8", "iconv -f GB18030"),
    (TEXT.encode("utf-16"), "en", "a text in UTF-16LE", "iconv -f UTF-16LE"),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), "en", "a text in UTF-16BE", "iconv -f UTF-16BE"),
    (TEXT.encode("utf-16-le"), "en", "a text in UTF-16LE", "iconv -f UTF-16LE"),
    (TEXT.encode("utf-16-be"), "en", "a text in UTF-16BE", "iconv -f UTF-16BE"),
    (PERSIAN.encode("utf-16-le"), "fa", "a text in UTF-16LE", "iconv -f UTF-16LE"),
    (PERSIAN.encode("utf-16-be"), "fa", "a text in UTF-16BE", "iconv -f UTF-16BE"),
    (TEXT.encode("utf-32"), "en", "a text in UTF-32LE", "iconv -f UTF-32LE"),
    (b"%PDF-1.7\n\xe2\xe3", "en", "a PDF, not a text", "pdftotext -enc UTF-8 a.txt"),
    (zipped("[Content_Types].xml", "word/document.xml"), "en", "a Word document", "in UTF-8"),
    (zipped("xl/workbook.xml"), "en", "an Excel workbook", "in UTF-8"),
    (zipped("a.txt"), "en", "a ZIP file", "in UTF-8"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "en", "a document of Word", "in UTF-8"),
    (b"{\\rtf1\\ansi The ship left.}", "en", "a text in RTF", "in UTF-8"),
    (b"\x89PNG\r\n\x1a\n", "en", "a picture", "write down its text"),
    (b"\x1f\x8b\x08\x00", "en", "a compressed file", "unpack it"),
    (b"The ship left.\0\0\0\xff", "en", "not UTF-8", "if it is in WINDOWS-1252"),
    (b"The ship left.\0\0\x01", "en", "binary: line 1 holds a NUL character", "in UTF-8"),
    (b"version https://git-lfs.github.com/spec/v1\n", "en", "Git LFS", "git lfs pull"),
]


@pytest.mark.parametrize(("content", "language", "what", "step"), FILES)
def test_a_document_that_is_no_text(
    desk: LittleDesk, content: bytes, language: str, what: str, step: str
) -> None:
    """It is told what it is, and the command or the way to a text."""
    checked = desk.document("a", content, language=language).check(FACT)
    mistake = only(checked, "source-unreadable")
    assert what in mistake.message
    assert step in mistake.hints[0].message


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_document_that_is_empty(desk: LittleDesk, content: str) -> None:
    """It is said of the file, and not of each quote that does not stand in it."""
    checked = desk.document("a", content).check(FACT)
    assert codes(checked) == ["source-unreadable"]
    assert "it is empty" in only(checked, "source-unreadable").message


def test_a_web_address_for_a_file(desk: LittleDesk) -> None:
    """The step is the command that makes a file of the page."""
    desk.document("a", "The ship left.", file="https://example.org/a?b=1")
    mistake = only(desk.check(FACT), "source-unreadable")
    assert "`briefings capture 'https://example.org/a?b=1'`" in mistake.hints[0].message


@pytest.mark.parametrize(
    "text", ["", "x", "The ship left.\n", PERSIAN, "船は出た", "\ufeffx", "🚢"]
)
def test_a_text_in_utf_8_is_nothing_else(text: str) -> None:
    """Whatever its language and length."""
    assert format_of(text.encode(), "a.txt") is None


def test_the_command_for_a_file_of_several_words() -> None:
    """Can be typed as it stands."""
    kind = format_of(b"No\xebl", "my files/a b.txt")
    assert kind is not None
    assert "UTF-8 'my files/a b.txt' > 'my files/a b.utf8.txt'" in kind.hint


@pytest.mark.parametrize(
    ("content", "what"),
    [("x".encode("utf-16"), "UTF-16LE"), (b"t\xe9", "WINDOWS-1252"), (b"%PDF-1.7", "a PDF")],
)
def test_a_base_that_is_no_text(tmp_path: Path, content: bytes, what: str) -> None:
    """Likewise."""
    (tmp_path / "facts.yaml").write_bytes(content)
    (mistake,) = check_desk(tmp_path / "facts.yaml").diagnostics
    assert mistake.code == "unreadable-file"
    assert what in mistake.message
    assert "SHA-256" not in mistake.hints[0].message


CHANGED = [
    (b"The ship left.\r\nIt did.\r\n", b"The ship left.\nIt did.\n", "CR LF now, and were LF"),
    (b"The ship left.\nIt did.\n", b"The ship left.\r\nIt did.\r\n", "LF now, and were CR LF"),
    (b"\xef\xbb\xbfThe ship left.", b"The ship left.", "begins with a byte order mark"),
    (b"The ship left.", b"\xef\xbb\xbfThe ship left.", "byte order mark at its beginning is gone"),
    (b"The ship left.\n", b"The ship left.", "a line end was added"),
    (b"The ship left.", b"The ship left.\n", "the line end at its end is gone"),
]


@pytest.mark.parametrize(("now", "before", "what"), CHANGED)
def test_a_document_that_a_tool_has_changed(
    desk: LittleDesk, now: bytes, before: bytes, what: str
) -> None:
    """Only what git and editors do of themselves: that is said, and it proves nothing yet."""
    desk.document("a", now, sha256=hashlib.sha256(before).hexdigest())
    mistake = only(checked := desk.check(FACT), "source-changed")
    assert what in mistake.message
    if "LF" in what:
        assert "`a.txt -text` into .gitattributes" in mistake.hints[0].message
    assert f"sha256: {hashlib.sha256(now).hexdigest()}" in mistake.hints[-1].message
    assert checked.checked is None


def test_a_document_of_other_words(desk: LittleDesk) -> None:
    """Nothing of that is said of one that says something else."""
    desk.document("a", "The ship left.\r\n", sha256=hashlib.sha256(b"It left.\n").hexdigest())
    mistake = only(desk.check(FACT), "source-changed")
    assert "not the document on record" in mistake.message
    assert "put the file back" in mistake.hints[0].message


@pytest.mark.parametrize(("kind", "name"), [("_DOCUMENTS", "b.txt"), ("_BASE", "more.yaml")])
def test_more_than_memory_has_room_for(desk: LittleDesk, kind: str, name: str) -> None:
    """Each file is small enough; the first that is too much with those before it is told, once."""
    for number, each in enumerate("abc"):
        desk.document(each, f"The ship left {number}.\n")
    for each in ("more", "other"):
        (desk.folder / f"{each}.yaml").write_text("# no fact\nfacts: []\n", encoding="utf-8")
    base = f"include: ['*r*.yaml']\n{FACT}"
    size = len("The ship left 0.\n")
    if kind == "_BASE":
        desk.check(base)
        size = (desk.folder / "facts.yaml").stat().st_size
    together = getattr(load_desk, kind)
    with allowing({together.limit.name: size}):
        mistake = only(checked := desk.check(base), together.code)
    assert mistake.message.startswith(
        f"{name} can't be read: with it, {together.what} of this desk"
    )
    assert mistake.hints[0].message == together.hint
    assert checked.checked is None


@pytest.mark.parametrize("digest", ["upper", "short", "md5", "words", "named"])
def test_a_digest(desk: LittleDesk, digest: str) -> None:
    """Digits of either case are one; what is no SHA-256 is told by what it has."""
    whole = hashlib.sha256(b"The ship left.").hexdigest()
    given = {
        "upper": whole.upper(),
        "short": whole[:-1],
        "md5": whole[:32],
        "words": "x" + whole[1:],
        "named": f"sha256:{whole}",
    }[digest]
    checked = desk.document("a", "The ship left.", sha256=given).check(FACT)
    if digest == "upper":
        assert codes(checked) == []
        return
    printed_lines = printed(checked)
    wrong = {"short": "has 63", "md5": "has an MD5", "words": "holds 'x'", "named": "holds 's'"}
    assert wrong[digest] in printed_lines
    assert ("leave out `sha256:`" if digest == "named" else "`sha256sum FILE`") in printed_lines


Form = Literal["NFC", "NFD"]
FORMS = [("rapport-été.txt", "NFC", "NFD"), ("rapport-été.txt", "NFD", "NFC")]


@pytest.mark.parametrize(("name", "named", "there"), FORMS)
def test_a_file_name_in_another_form(desk: LittleDesk, name: str, named: Form, there: Form) -> None:
    """No eye tells them apart, so that the hint gives a name that has one form."""
    desk.document("a", "The ship left.", file=unicodedata.normalize(named, name))
    (desk.folder / "a.txt").rename(desk.folder / unicodedata.normalize(there, name))
    mistake = only(desk.check(FACT), "source-unreadable")
    assert "rename it, for example to `rapport-ete.txt`" in mistake.hints[0].message


PATHS = [
    ("A.txt", "did you mean `a.txt`?"),
    ("a.text", "did you mean `a.txt`?"),
    ("docs", "it is a folder"),
    ("docs\\a.txt", "write `docs/a.txt`"),
    ("a.txt/", "write `a.txt`"),
    ("a.txt/a", "what it names as a folder is none"),
]


@pytest.mark.parametrize(("path", "words"), PATHS)
def test_a_path_that_leads_nowhere(desk: LittleDesk, path: str, words: str) -> None:
    """The one that was meant, where it is seen."""
    (desk.folder / "docs").mkdir()
    desk.document("a", "The ship left.", file=path)
    assert words in printed(desk.check(FACT))


def changed(old: str, new: str) -> str:
    assert old in FACT
    return FACT.replace(old, new)


# A base with one mistake, its code, and words of the message or of a hint.
VALUES = [
    (changed("}]}", "}], date: 07/12/2025}"), "bad-date", "write 2025-12-07 or 2025-07-12, which"),
    (changed("}]}", "}], date: 25.12.2025}"), "bad-date", "write 2025-12-25"),
    (changed("}]}", "}], date: 2025/12/07}"), "bad-date", "write 2025-12-07"),
    (changed("}]}", "}], date: 20251207}"), "bad-date", "write 2025-12-07"),
    (changed("}]}", "}], date: 2025-1-7}"), "bad-date", "write 2025-01-07"),
    (changed("}]}", "}], date: ۲۰۲۵-۱۲-۰۷}"), "bad-date", "write 2025-12-07"),
    (changed("}]}", "}], date: '2025-12-07T10:30Z'}"), "bad-date", "time of day: 2025-12-07"),
    (changed("}]}", "}], date: 7 December 2025}"), "bad-date", "7 December 2025 is 2025-12-07"),
    (changed("}]}", "}], date: 2025-24}"), "bad-date", "as an interval"),
    (changed("}]}", "}], date: “2025-12-07”}"), "bad-value", "write 2025-12-07"),
    (changed("kind: event", "kind: “event”"), "bad-value", "no quotation mark"),
    (
        changed("evidence: [{source: a, quote: The ship left}]", "evidence: {source: a, quote: x}"),
        "wrong-type",
        "`evidence` is a list, not a map",
    ),
    (
        changed("evidence: [{source: a, quote: The ship left}]", "evidence: {source: a, quote: x}"),
        "wrong-type",
        "begin each entry with `- `",
    ),
    (
        changed("evidence: [{source: a, quote: The ship left}]", "evidence: The ship left"),
        "wrong-type",
        "`- ` before the first key of each",
    ),
    (changed("[{source: a, quote: The ship left}]", "[]"), "empty-text", "write at least one"),
    (changed("[{source: a, quote: The ship left}]", "[a]"), "wrong-type", "is a map, not a text"),
    (changed("It left.", "[It] left"), "yaml-syntax", "text goes on behind `]`"),
    (changed("It left.", "[It left]"), "wrong-type", "a text that begins with a bracket"),
    (changed("quote: The ship left", "quote: [The ship left]"), "wrong-type", "in quotes"),
    (changed("It left.", "{EN: It left.}"), "unknown-language", "`EN` is not in `languages`"),
    (changed("It left.", "{fr: Parti.}"), "unknown-language", "or add `fr` to `languages`"),
    (changed("topics:", "topic:"), "unknown-key", "did you mean `topics`?"),
    (changed("It left.", "~"), "empty-text", "`statement` says nothing: “~”"),
    (changed("It left.", "{en: '…'}"), "empty-text", "or delete its key"),
    (changed("}]}", "}], due: 2025-12-07}"), "bad-value", "make it `kind: plan`"),
    (changed("statement:", "statment:"), "unknown-key", "did you mean `statement`?"),
    (changed("quote:", "qoute:"), "unknown-key", "did you mean `quote`?"),
    (changed("source:", "sources:"), "unknown-key", "did you mean `source`?"),
    (FACT.replace("facts:", "fact:"), "unknown-key", "did you mean `facts`?"),
    (changed("}]}", "}], occurence: 1}"), "unknown-key", "has no key `occurence`"),
    (changed("left}", "left, occurrence: one}"), "bad-value", "in the digits 0 to 9"),
    (FACT + "topcis: {}\n", "unknown-key", "did you mean `topics`?"),
    (FACT + "places: {p: {name: P, at: '51.5, -0.1'}}\n", "wrong-type", "`at` is a list"),
    (FACT + "actors: [{id: p, name: P}]\n", "wrong-type", "map from id to entry, not a list"),
]


@pytest.mark.parametrize(("yaml", "code", "words"), VALUES)
def test_a_value_as_people_write_it(desk: LittleDesk, yaml: str, code: str, words: str) -> None:
    """Each has the step that makes a value of it."""
    checked = desk.document("a", "The ship left.").check(yaml)
    assert code in codes(checked)
    assert words in printed(checked)


def test_a_misspelt_key_is_told_once(desk: LittleDesk) -> None:
    """Not again as one that is missing."""
    checked = desk.document("a", "The ship left.").check(changed("statement:", "statment:"))
    assert codes(checked) == ["unknown-key"]


def test_what_was_meant_is_looked_for_a_hundred_times(desk: LittleDesk) -> None:
    """Each costs as much as a fact; a map of nothing but strange keys is something else."""
    checked = desk.check("".join(f"topic{number}: {{}}\n" for number in range(150)))
    strange = [each for each in checked.diagnostics if each.code == "unknown-key"]
    assert sum("did you mean `topics`?" in str(each.hints) for each in strange) == 100
    assert len(strange) == 150


def test_a_base_without_a_language_is_told_so(desk: LittleDesk) -> None:
    """No text of it can be read: nothing is checked, and that is a mistake."""
    checked = desk.check(FACT, "format: 1\ntitle: Little desk\nlanguages: []\n")
    assert "`languages` is empty" in printed(checked)
    assert codes(checked) == ["empty-text"]


URLS = {
    "www.example.org/a": "write https://www.example.org/a",
    "HTTPS://you@example.org/": "as a browser shows it",
    "javascript:alert(1)": "as a browser shows it",
    "https://example.org\\.evil.example/": "as a browser shows it",
    "https://example.org:99999/": "as a browser shows it",
    "https://[x/": "as a browser shows it",
}


@pytest.mark.parametrize("url", URLS)
def test_an_address(desk: LittleDesk, url: str) -> None:
    """One that a browser would read as another is none."""
    checked = desk.document("a", "The ship left.", url=f"'{url}'").check(FACT)
    assert URLS[url] in "".join(hint.message for hint in only(checked, "bad-url").hints)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("HTTPS://Diario.Example/X?Y#Z", "https://diario.example/X?Y#Z"),
        ("Http://EXAMPLE.org:8080", "http://example.org:8080"),
        ("https://example.org/?u=HTTP://A", "https://example.org/?u=HTTP://A"),
        ("https://ÖRTCHEN.example/", "https://Örtchen.example/"),
    ],
)
def test_an_address_is_the_same_in_letters_of_either_case(
    desk: LittleDesk, url: str, read: str
) -> None:
    """Its scheme and its host, and no more of it: so it is compared, shown and linked as one."""
    checked = desk.document("a", "The ship left.", url=f"'{url}'").check(FACT)
    assert codes(checked) == []
    assert checked.checked is not None
    assert [each.url for each in checked.checked.base.sources.values()] == [read]
    assert re.fullmatch(URL, url)


@pytest.mark.parametrize(
    ("code", "words"),
    [("EN", "did you mean en?"), ("fa_AF", "did you mean fa-AF?"), ("English", "BCP 47")],
)
def test_a_language(desk: LittleDesk, code: str, words: str) -> None:
    """By its code, however it is typed."""
    checked = desk.document("a", "The ship left.", language=code).check(FACT)
    assert words in printed(checked)


def test_a_word_of_two_scripts(desk: LittleDesk) -> None:
    """A source's own may be quoted as it reads, and that is told; in a statement it is refused."""
    own = "Глава I\u0422-отдела задержан"
    desk.document("a", f"{own}.", language="ru")
    quoted = FACT.replace("quote: The ship left", f"quote: {own}, translation: The head was held")
    assert codes(desk.check(quoted)) == ["document-characters"]
    as_read = desk.check(quoted.replace("\u0422", "T"))
    assert codes(as_read) == ["document-characters"]
    assert [quote.outcome for quote in as_read.quotes] == [Outcome.FOLDED]
    assert "mixed-script" in codes(
        desk.check(quoted.replace("It left.", "The I\u0422 head was held."))
    )


def test_a_stub_of_a_translation_is_told_as_one(desk: LittleDesk) -> None:
    """What says next to nothing of a long quote contradicts nothing, and stops no build."""
    quote = "ونفى متحدث باسم وزارة الصحة في دمشق أن تكون الحكومة قد منعت دخول المساعدات إلى إدلب"
    desk.document("a", quote + ".", language="ar")
    for translation, code in {
        "an English rendering of the quote": "short-translation",
        "The government stopped aid": "short-translation",
        "The Damascus government has blocked all aid to Idlib": "translation-contradicts",
    }.items():
        fact = FACT.replace("The ship left", f"{quote}, translation: {translation}")
        found = [each for each in codes(desk.check(fact)) if "translation" in each]
        assert found == [code], translation


def test_a_word_that_only_holds_the_letters_of_a_hedge(desk: LittleDesk) -> None:
    """The Persian word for protests has in it that for apparently."""
    desk.document("a", "تظاهرات در کابل پایان یافت.", language="fa")
    fact = FACT.replace("The ship left", "تظاهرات در کابل پایان یافت, translation: The rally ended")
    assert codes(desk.check(fact)) == []
    desk.document("a", "ظاهراً در کابل پایان یافت.", language="fa")
    fact = FACT.replace("The ship left", "ظاهراً در کابل پایان یافت, translation: It ended")
    assert codes(desk.check(fact)) == ["translation-contradicts"]


def test_where_there_is_no_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was meant, or how to begin."""
    monkeypatch.chdir(tmp_path)
    assert "or begin one: `briefings init" in run("check").stderr
    assert "there is no folder 'no'" in run("check", "--base", "no/facts.yaml").stderr
    (tmp_path / "fact.yml").touch()
    assert "Is it --base fact.yml?" in run("check").stderr
    (tmp_path / "facts.yaml").symlink_to("facts.yaml")
    assert "'facts.yaml' is a link that leads nowhere" in run("check").stderr
    (tmp_path / "facts.yaml").unlink()
    (tmp_path / "facts.yaml").touch()
    begun = run("check")
    assert "`languages: [en]`" in begun.stdout
    assert run("list", "topics").exit_code == 1


def test_a_list_of_nothing_says_so(desk: LittleDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the output, which stays empty; a machine gets an empty list."""
    desk.document("a", "The ship left.").check(FACT)
    monkeypatch.chdir(desk.folder)
    steps = {"actors": "name actor", "places": "name place", "briefs": "help fact-base"}
    for what, step in steps.items():
        done = run("list", what)
        assert (done.exit_code, done.stdout) == (0, "")
        assert f"nothing to list: facts.yaml has no `{what}`; `briefings {step}`" in done.stderr
    assert "no brief was issued yet" in run("list", "issued").stderr
    assert run("list", "briefs", "--json").stdout == "[]\n"


def test_what_the_system_withholds_of_ours_is_no_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such as where as many files are open as may be: told as any other file."""

    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError, match="open files"):
        files.own(Path(__file__).parent, Path(__file__).name)
