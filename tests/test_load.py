"""Reading a desk: each mistake is one diagnostic with its place, and none is a traceback."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_desk import HEAD, LittleDesk, codes, only, printed

from briefings.core import characters, files
from briefings.core.limits import FILE
from briefings.core.span import SourceText
from briefings.load import yamltree
from briefings.run.check import check_desk

FACT = (
    "facts:\n  - {id: f, kind: event, topics: [t], statement: It left.,"
    " evidence: [{source: a, quote: The ship left}]}\n"
)


@pytest.fixture
def good(desk: LittleDesk) -> LittleDesk:
    """A desk with a document; with `FACT` it has no mistake."""
    return desk.document("a", "The ship left.")


def test_good_desk_has_no_mistake(good: LittleDesk) -> None:
    """The desk that the other tests break is sound."""
    checked = good.check(FACT)
    assert codes(checked) == []
    assert checked.checked is not None


# Broken YAML: text of facts.yaml, code, line and column.
BROKEN = [
    ("a: [1, 2", "yaml-syntax", 1, 4),
    ("a: b: c\n", "yaml-syntax", 1, 5),
    ("format: 1\n\ttitle: x\n", "yaml-syntax", 2, 1),
    ("format: 1\nformat: 1\n", "duplicate-key", 2, 1),
    ("a: &x 1\nb: *x\n", "yaml-feature", 1, 4),
    ("a: 1\nb: *x\n", "yaml-feature", 2, 4),
    ("a: {<<: {b: 1}}\n", "yaml-feature", 1, 5),
    ("a: !!python/object:os.system x\n", "yaml-feature", 1, 4),
    ("a: !x [1]\n", "yaml-feature", 1, 4),
    ("a: 1\n---\nb: 2\n", "yaml-feature", 2, 1),
    ("? [a]\n: b\n", "wrong-type", 1, 3),
    ("[" * 200, "yaml-limit", 1, 101),
    ("a: x\u202ey\n", "hidden-character", 1, 5),
    ('a: "x\\u202ey"\n', "hidden-character", 1, 4),
    ("a: x\u200by\n", "hidden-character", 1, 5),
    ("a: x\x07y\n", "hidden-character", 1, 5),
    ("a: x\ue000y\n", "hidden-character", 1, 5),
    ("a: e\u0301\u0301\u0301\u0301\u0301\u0301\n", "hidden-character", 1, 5),
    ("title: The \u0420aper said\nformat: 1\nlanguages: [en]\n", "mixed-script", 1, 8),
    ("- a\n- b\n", "wrong-type", 1, 1),
    ("just text\n", "wrong-type", 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), BROKEN)
def test_broken_yaml(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    """What is no plain YAML is named with its place."""
    base = tmp_path / "facts.yaml"
    base.write_bytes(text.encode("utf-8", "surrogatepass"))
    checked = check_desk(base)
    assert checked.checked is None
    mistake = only(checked, code)
    assert mistake.span is not None
    position = checked.texts["facts.yaml"].position(mistake.span.start)
    assert (position.line, position.column) == (line, column)


def test_each_script_of_its_own_is_fine(tmp_path: Path) -> None:
    """Greek, Cyrillic and Latin words may stand beside each other."""
    text = "a: Αθήνα Москва Kabul کابل β-carotene\n"
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    assert "mixed-script" not in codes(check_desk(tmp_path / "facts.yaml"))


@pytest.mark.parametrize("before", [0, 1, 255, 256, 257, 300, 513])
def test_a_heap_of_marks_is_found_wherever_it_begins(before: int) -> None:
    """One as high as any writing has is none."""
    letters, most = "x" * before, characters.MOST_MARKS
    assert characters.heap(letters + "\u0301" * most + letters) is None
    assert characters.heap(letters + "\u0301" * (most + 1) + letters) == before


def test_a_file_of_hidden_characters_is_told_in_a_few_lines(tmp_path: Path) -> None:
    """Not in a million."""
    (tmp_path / "facts.yaml").write_text("\x01" * 1_000_000, encoding="utf-8")
    assert 0 < len(check_desk(tmp_path / "facts.yaml").diagnostics) <= yamltree.MOST_HIDDEN


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "{}\n"])
def test_empty_base_is_one_diagnostic(tmp_path: Path, text: str) -> None:
    """It says that nothing is proven, and not each key that is not there."""
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    checked = check_desk(tmp_path / "facts.yaml")
    assert codes(checked) == ["nothing-checked"]
    assert checked.checked is None


def test_alias_bomb_is_quick(tmp_path: Path) -> None:
    """A billion laughs end at the first anchor."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    (tmp_path / "facts.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert codes(check_desk(tmp_path / "facts.yaml")) == ["yaml-feature"]


def test_deep_nesting_is_quick(tmp_path: Path) -> None:
    """A hundred thousand brackets are refused at the hundredth."""
    (tmp_path / "facts.yaml").write_text("[" * 100_000, encoding="utf-8")
    assert codes(check_desk(tmp_path / "facts.yaml")) == ["yaml-limit"]


def test_scalars_stay_what_was_written() -> None:
    """YAML 1.1 reads `no`, 12:30 and 0123 as other things; we do not."""
    root, mistakes = yamltree.parse(SourceText("x", "a: no\nb: 12:30\nc: 0123\nd: 1e3\ne: ~\n"))
    assert not mistakes
    assert isinstance(root, yamltree.Mapping)
    values = [value.value for _, value in root.entries if isinstance(value, yamltree.Scalar)]
    assert values == ["no", "12:30", "0123", "1e3", "~"]


def test_places_count_code_points(tmp_path: Path) -> None:
    """A BOM, astral characters and line separators do not shift a place."""
    text = "\ufeffformat: 1\nlanguages: [en]\ntitle: 𝒜 𝒜\nwrong: x\n"
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    mistake = only(check := check_desk(tmp_path / "facts.yaml"), "unknown-key")
    assert mistake.span is not None
    assert check.texts["facts.yaml"].slice(mistake.span) == "wrong"
    assert "facts.yaml:4:1: error[unknown-key]" in printed(check)


# One mistake each: what FACT's desk is changed to, code, words of the message or of a hint.
MISTAKES = [
    (FACT.replace("kind: event", "kinds: event"), "unknown-key", "did you mean `kind`?"),
    (FACT.replace("kind: event, ", ""), "missing-key", "has no `kind`"),
    (FACT.replace("kind: event", "kind: evnt"), "bad-value", "did you mean `event`?"),
    (FACT.replace("topics: [t]", "topics: t"), "wrong-type", "`topics` is a list"),
    (FACT.replace("topics: [t]", "topics: []"), "empty-text", "`topics`"),
    (FACT.replace("topics: [t]", "topics: [u]"), "unknown-reference", "no topic `u`"),
    (FACT.replace("source: a", "source: b"), "unknown-reference", "no source `b`"),
    (FACT.replace("}]}", "}], actors: [x]}"), "unknown-reference", "no actor `x`"),
    (FACT.replace("}]}", "}], places: [x]}"), "unknown-reference", "no place `x`"),
    (FACT.replace("left}", "left, by: x}"), "unknown-reference", "no actor `x`"),
    (FACT.replace("}]}", "}], date: 2025-02-30}"), "bad-date", "out of range for its month"),
    (FACT.replace("}]}", "}], date: soon}"), "bad-date", "YYYY-MM-DD"),
    (FACT.replace("}]}", "}], due: 2025-02-03}"), "bad-value", "`due` is for plans"),
    (FACT.replace("}]}", "}], credibility: 7}"), "bad-value", "'7'"),
    (FACT.replace("}]}", "}], marking: PURPLE}"), "bad-value", "'PURPLE'"),
    (FACT.replace("It left.", "{fa: رفت}"), "unknown-language", "`fa` is not in `languages`"),
    (FACT.replace("It left.", '""'), "empty-text", "`statement` is empty"),
    (FACT.replace("It left.", "[a]"), "wrong-type", "`statement`"),
    (FACT.replace("id: f,", "id: F x,"), "bad-id", "for example `f-x`"),
    (FACT.replace("id: f, ", ""), "missing-key", "`id`"),
    (FACT + FACT.removeprefix("facts:\n"), "duplicate-id", "first used here"),
    (FACT.replace("left}", "left, occurrence: 0}"), "bad-value", "`occurrence`"),
    (FACT.replace("It left.", "x" * 10_001), "bad-value", "characters long"),
    (FACT + "places: {p: {name: P, at: [91, 0]}}\n", "bad-value", "`latitude`"),
    (FACT + "places: {p: {name: P, at: [1]}}\n", "wrong-type", "[latitude, longitude]"),
    (FACT + "places: [p]\n", "wrong-type", "map from id"),
    (FACT.replace("event", "event, withdrawn: x"), "wrong-type", "write `on` and `why` below it"),
    (FACT + "factz: []\n", "unknown-key", "did you mean `facts`?"),
    (FACT + "timezone: Mars/Olympus\n", "bad-value", "no time zone"),
    (FACT + "timezone: localtime\n", "bad-value", "no time zone"),
    (FACT + "edition: {as_of: 2025-13-01}\n", "bad-date", "the month is out of range"),
    (FACT + "include: [../x.yaml]\n", "outside-desk", "goes up"),
    (FACT + "include: [/etc/hosts]\n", "outside-desk", "not relative"),
    (FACT + "include: [more/*.yaml]\n", "unreadable-file", "matches no file"),
]


def test_strange_keys_beyond_five_hundred_are_counted(good: LittleDesk) -> None:
    """In each map by itself; the five hundred and first has the place."""
    many = "".join(f"x{number}: 1\n" for number in range(520))
    found = [each for each in good.check(many).diagnostics if each.code == "unknown-key"]
    assert len(found) == 501
    assert found[-1].message == "the base has no key `x500`, nor 19 more"


@pytest.mark.parametrize(("yaml", "code", "words"), MISTAKES)
def test_mistake(good: LittleDesk, yaml: str, code: str, words: str) -> None:
    """Each mistake has its code, its place in the file and a next step."""
    checked = good.check(yaml)
    assert checked.checked is None
    mistakes = [each for each in checked.diagnostics if each.code == code]
    assert mistakes
    assert words in printed(checked)
    assert all(each.span is not None and each.span.path == "facts.yaml" for each in mistakes)


def test_all_mistakes_at_once(good: LittleDesk) -> None:
    """A check does not stop at the first mistake, nor repeat one where it is referred to."""
    yaml = (
        FACT.replace("kind: event", "kind: evnt")
        + "  - {id: g, kind: event, topics: [t], statement: x, outcome_of: [f],"
        + " evidence: [{source: a, quote: The boat left}]}\n"
        + "gaps: [{id: q, topic: t, question: Why?, made: never, answered_by: f}]\n"
    )
    checked = good.check(yaml)
    expected = ["bad-value", "bad-date", "quote-not-found"]
    assert sorted(codes(checked)) == sorted(expected)


def test_facts_in_many_files(good: LittleDesk) -> None:
    """Included files hold sections; ids are unique over all of them."""
    (good.folder / "more").mkdir()
    (good.folder / "more" / "one.yaml").write_text(FACT, encoding="utf-8")
    assert codes(good.check("include: [more/*.yaml]\n")) == []
    (good.folder / "more" / "two.yaml").write_text(FACT, encoding="utf-8")
    mistake = only(checked := good.check("include: [more/*.yaml]\n"), "duplicate-id")
    assert mistake.span is not None
    assert mistake.span.path == "more/two.yaml"
    assert "more/one.yaml" in printed(checked)


def test_patterns_follow_no_link(good: LittleDesk) -> None:
    """A linked folder is not entered; a linked file is refused and not read."""
    (good.folder / "more").symlink_to("/etc")
    (good.folder / "one.yaml").symlink_to("/etc/hostname")
    printed_lines = printed(good.check("include: ['**/*.yaml', '**/*.conf']\n"))
    assert "outside-desk" in printed_lines
    assert "more/" not in printed_lines


def test_mistake_is_told_once(good: LittleDesk) -> None:
    """A value of the wrong shape is not also reported as empty, unknown or ambiguous."""
    assert codes(good.check(FACT.replace("topics: [t]", "topics: t"))) == ["wrong-type"]
    assert codes(good.check(FACT.replace("left}", "left, occurrence: 0}"))) == ["bad-value"]
    judgement = (
        "judgements: [{id: j, topic: t, statement: It is likely., confidence: low,"
        " because: So., rests_on: [zz], made: 2025-01-02}]\n"
    )
    assert codes(good.check(FACT + judgement)) == ["unknown-reference"]


def test_one_document_is_one_source(good: LittleDesk) -> None:
    """The same text under two names corroborates nothing."""
    good.document("b", "The ship left.")
    assert "document-shared" in codes(good.check(FACT))


@pytest.mark.parametrize("char", ["\u202e", "\U000e0041", "\x07"])
def test_document_that_prints_as_another(desk: LittleDesk, char: str) -> None:
    """What changes how a document prints is named with its place; what is only clutter is not."""
    checked = desk.document("a", f"The ship left.\nIt was{char} late.").check(FACT)
    assert "a.txt:2:7" in printed(checked)
    assert codes(checked) == ["document-characters"]
    assert codes(desk.document("a", "The ship left.\u200b\u200f\u00ad").check(FACT)) == []


@pytest.mark.parametrize(
    "url", ["https://paper.example@evil.example/", "javascript:x", "ftp://x", "http://", "x"]
)
def test_address_that_is_none(desk: LittleDesk, url: str) -> None:
    """Only plain http and https addresses pass, and none that pretends to be another's."""
    assert codes(desk.document("a", "The ship left.", url=url).check(FACT)) == ["bad-url"]


def test_origin_that_is_unknown_is_no_origin(desk: LittleDesk) -> None:
    """`unknown-1` and `unknown-2` would corroborate each other."""
    checked = desk.document("a", "The ship left.", origin="unknown-1").check(FACT)
    assert "would count as an origin" in printed(checked)


def test_included_file_has_no_head(good: LittleDesk) -> None:
    """Only the base itself names the desk."""
    (good.folder / "more.yaml").write_text(f"title: x\n{FACT}", encoding="utf-8")
    assert "unknown-key" in codes(good.check("include: [more.yaml]\n"))


def outside(desk: LittleDesk, path: str) -> list[str]:
    """The codes for a source whose file is `path`."""
    desk.sources["a"] = desk.sources["a"].replace("file: a.txt", f"file: {path}")
    return codes(desk.check(FACT))


def test_source_outside_the_desk(
    good: LittleDesk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By `..`, an absolute path, a linked file or a linked folder: nothing out there is read."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.txt").write_text("The ship left.", encoding="utf-8")
    (good.folder / "link.txt").symlink_to(elsewhere / "a.txt")
    (good.folder / "folder").symlink_to(elsewhere)
    original = good.sources["a"]
    for path in ("../elsewhere0/a.txt", str(elsewhere / "a.txt"), "link.txt", "folder/a.txt"):
        good.sources["a"] = original
        assert "outside-desk" in outside(good, path), path
        assert check_desk(good.folder / "facts.yaml").checked is None


def test_fifo_and_folder_do_not_hang(good: LittleDesk) -> None:
    """What is no regular file is refused at once."""
    os.mkfifo(good.folder / "fifo")
    (good.folder / "sub").mkdir()
    original = good.sources["a"]
    for path in ("fifo", "sub", "no/such", "a.txt/x"):
        good.sources["a"] = original
        assert "source-unreadable" in outside(good, path), path


def test_base_that_is_not_there(tmp_path: Path) -> None:
    """A missing base is a diagnostic that names the file."""
    (mistake,) = check_desk(tmp_path / "facts.yaml").diagnostics
    assert mistake.code == "unreadable-file"
    assert "no such file" in mistake.message


def test_base_that_is_not_utf8(tmp_path: Path) -> None:
    """A base in another encoding is a diagnostic too."""
    (tmp_path / "facts.yaml").write_bytes(HEAD.encode("utf-16"))
    assert codes(check_desk(tmp_path / "facts.yaml")) == ["unreadable-file"]


def test_large_file_is_refused(tmp_path: Path) -> None:
    """A file over the limit is not read into memory."""
    with (tmp_path / "big").open("wb") as stream:
        stream.truncate(FILE.most + 1)
    with pytest.raises(files.Unreadable, match="larger") as caught:
        files.read(tmp_path, "big")
    assert "part it into files" in caught.value.hints[0]


def test_folders_upon_folders_are_looked_through(tmp_path: Path) -> None:
    """As deep as the system can name them, and once each, however many stars ask for it."""
    folders = [tmp_path]
    for _ in range(1200):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    (folders[-1] / "a.yaml").touch()
    (folders[2] / "a.yaml").touch()
    try:
        for pattern in ("**/*.yaml", "**/" * 4 + "d/*.yaml"):
            assert files.matching(tmp_path, pattern) == sorted(
                f"{'d/' * depth}a.yaml" for depth in (2, 1200)
            )
        names, below = files.listed(tmp_path)
        assert (len(names), len(below)) == (2, 1200)
    finally:  # no remover of whole trees goes so deep
        for folder in reversed(folders[1:]):
            (folder / "a.yaml").unlink(missing_ok=True)
            folder.rmdir()


@pytest.mark.parametrize(
    ("path", "raised", "words"),
    [
        ("sub/a.txt", None, ""),
        ("sub/none", files.Missing, "no such file"),
        ("sub/a\0b", files.Missing, "NUL"),
        ("sub", files.Unreadable, "it is a folder"),
        ("sub/a.txt/x", files.Unreadable, "as a folder is none"),
        ("fifo", files.Unreadable, "not a regular file"),
        ("sub/linked", files.OutsideFolder, "`linked` in it is a link"),
        ("door/a.txt", files.OutsideFolder, "`door` in it is a link"),
        ("socket", files.Unreadable, "not a regular file"),
        ("../a.txt", files.OutsideFolder, "goes up"),
        ("/etc/passwd", files.OutsideFolder, "not relative"),
    ],
)
def test_each_way_to_fail_has_its_type(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    raised: type[Exception] | None,
    words: str,
) -> None:
    """What is not there is told from what may not be read, and both from what leads outside."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "sub" / "linked").symlink_to("a.txt")
    (tmp_path / "door").symlink_to("sub")
    os.mkfifo(tmp_path / "fifo")
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
    if raised is None:
        assert files.read(tmp_path, path) == b"text"
        return
    with pytest.raises(raised, match=words) as caught:
        files.read(tmp_path, path)
    assert type(caught.value) is raised


def test_a_folder_by_a_link_is_one_that_the_user_named(tmp_path: Path) -> None:
    """Where it is a desk's own, the link is not followed either."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_text("text", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    assert files.read(tmp_path / "link", "a") == b"text"
    with pytest.raises(files.OutsideFolder, match="its folder is a link"):
        files.read(tmp_path / "link", "a", linked=False)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_ends_in_diagnostics(text: str) -> None:
    """Whatever the base holds, parsing it raises nothing and says at least what is missing."""
    root, mistakes = yamltree.parse(SourceText("x", text))
    assert root is not None or mistakes


SNIPPETS = [
    *"abx:[]{},-?#&*!|>%@`'\" \n\t",
    "\n  ",
    ": ",
    "- ",
    "facts",
    "id",
    "---",
    "f: 1\n",
    "…",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=60))
def test_any_yaml_ends_in_diagnostics(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    """The whole check of a base made of YAML's own pieces raises nothing."""
    folder = tmp_path_factory.mktemp("any")
    (folder / "facts.yaml").write_text(HEAD + "".join(pieces), encoding="utf-8")
    checked = check_desk(folder / "facts.yaml")
    assert checked.checked is None
    assert printed(checked)
