"""Briefs that a base keeps by name: built by it, varied by flags, and checked like all else."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import build, desk, manifest, page, run
from little_desk import LittleDesk, codes, only

__all__ = ["desk"]

KEPT = """
briefs:
  calder-watch:
    topics: [tarn-cannery, basin-closure]
    merge: true
    actors: [calder]
    no_sections: [map]
    title: What the harbour master says
    period: month
    name: "{brief}-{as_of}"
  both: {topics: [basin-closure, tarn-cannery], kinds: [claim]}
"""


@pytest.fixture
def kept(desk: Path) -> Path:
    """The little desk with two briefs of its own."""
    facts = desk / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + KEPT, encoding="utf-8")
    return desk


@pytest.mark.usefixtures("kept")
def test_a_kept_brief_is_built_by_its_name() -> None:
    """With all that the base says of it; one whose topics stay apart has a name for each."""
    done = build("calder-watch")
    assert (done.exit_code, done.stderr) == (0, "")
    (brief,) = manifest()
    assert brief["since"] == "2024-02-11"
    text = page("calder-watch-2024-03-10.html")
    assert "What the harbour master says" in text
    assert '<section aria-labelledby="map"' not in text
    assert build("both", "calder-watch").exit_code == 0
    assert [each["brief"] for each in manifest()] == [
        "both_basin-closure",
        "both_tarn-cannery",
        "calder-watch",
    ]


@pytest.mark.usefixtures("kept")
def test_flags_go_before_a_kept_brief() -> None:
    """One by one; a brief that is narrowed so is not taken for the kept one."""
    assert build("calder-watch", "--title", "Calder", "--section", "map").exit_code == 1
    assert build("calder-watch", "--title", "Calder", "--name", "{brief}").exit_code == 0
    assert "Calder" in page("calder-watch.html")
    done = build("calder-watch", "--no-merge", "--actor", "wray", "--week", "2024-W10")
    assert done.exit_code == 0
    assert [str(each["brief"])[:-7] for each in manifest()] == [
        "calder-watch_basin-closure-custom",
        "calder-watch_tarn-cannery-custom",
    ]
    assert {each["since"] for each in manifest()} == {"2024-03-04"}
    unknown = build("calder-wach")
    assert unknown.exit_code == 2
    assert "did you mean `calder-watch`?" in unknown.stderr


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("topics: [t], sections: [timelin]", "bad-value"),
        ("topics: [t], no_sections: [quotes]", "bad-value"),
        ("topics: [t], lang: fa", "unknown-language"),
        ("topics: [t], name: '../{topic}'", "bad-name"),
        ("topics: [t], name: '{topc}'", "bad-name"),
        ("topics: [t], kinds: [evnt]", "bad-value"),
        ("topics: [t], actors: [nobody]", "unknown-reference"),
        ("topics: [t], exclude: [nobody]", "unknown-reference"),
        ("topics: [t], min_reliability: G", "bad-value"),
        ("topics: [t], min_reliability: F", "unknown-name"),
        ("topics: [t], min_credibility: 6", "unknown-name"),
        ("topics: [t], period: year", "bad-value"),
        ("topics: [t], marking: CLEAR", "marking-too-low"),
        ("topics: [u]", "unknown-reference"),
        ("topics: []", "empty-text"),
        ("topics: [t], sectons: [map]", "unknown-key"),
        ("merge: true", "missing-key"),
        ("topics: [t], template: ../x.html.j2", "bad-value"),
        ("topics: [t], template: a/../../x.html.j2", "bad-value"),
        ("topics: [t], template: /x.html.j2", "bad-value"),
        ("topics: [t], template: .html.j2", "bad-value"),
        ("topics: [t], template: brief.css", "bad-value"),
    ],
)
def test_a_kept_brief_is_checked_with_its_place(tmp_path: Path, entry: str, code: str) -> None:
    """As everything in a base is: at file, line and column."""
    desk = LittleDesk(tmp_path).document("a", "Boats left.")
    head = (
        "format: 1\ntitle: Little desk\nlanguages: [en]\nmarking: GREEN\n"
        "topics:\n  t: {title: Harbour}\n"
    )
    result = desk.check(f"briefs:\n  b: {{{entry}}}\n", head)
    assert code in codes(result)
    mistake = only(result, code)
    assert mistake.span is not None
    lines = result.texts["facts.yaml"].text.splitlines()
    at = result.texts["facts.yaml"].position(mistake.span.start)
    assert entry in lines[at.line - 1] or lines[at.line - 1].strip().startswith("b:")


@pytest.mark.parametrize("name", ["brief.html.j2", "own.html.j2", "house/own.v2.html.j2"])
def test_a_kept_brief_names_a_template(tmp_path: Path, name: str) -> None:
    """Whether it is there is asked when it is built: `--templates` says where."""
    head = "format: 1\ntitle: Little desk\nlanguages: [en]\ntopics:\n  t: {title: Harbour}\n"
    desk = LittleDesk(tmp_path).document("a", "Boats left.")
    checked = desk.check(f"briefs:\n  b: {{topics: [t], template: {name}}}\n", head)
    assert codes(checked) == ["nothing-checked"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("grade", ["min_reliability: F", "min_credibility: 6"])
def test_what_a_flag_may_not_ask_for_no_base_may_keep(grade: str) -> None:
    """`check` says so with the place, in the words that `build` has for the flag."""
    facts = Path("facts.yaml")
    key, value = grade.split(": ")
    flag = build("--" + key.replace("_", "-"), value)
    assert flag.exit_code == 2
    refusal = flag.stderr.splitlines()[0].partition("error[")[2]
    text = facts.read_text(encoding="utf-8")
    kept = f"briefs:\n  graded: {{topics: [basin-closure], {grade}}}\n"
    facts.write_text(text + kept, encoding="utf-8")
    checked = run("check")
    assert checked.exit_code == 1
    line = text.count("\n") + 2
    assert f"facts.yaml:{line}:3: error[{refusal}" in checked.stdout
    assert build("graded").exit_code == 1


SHARED = "briefs:\n  basin-closure: {topics: [tarn-cannery]}\n"


@pytest.mark.parametrize("is_included", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("build", "--format", "html"),
        ("issue", "--format", "html"),
        ("weekly", "--format", "html"),
        ("diff", "2024-03-05", "2024-03-10"),
    ],
)
def test_a_kept_brief_has_an_id_of_its_own(
    desk: Path, command: tuple[str, ...], *, is_included: bool
) -> None:
    """Under that of a topic, its editions would be compared and issued as those of the topic."""
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    place = f"facts.yaml:{text.count(chr(10)) + 2}:3"
    if is_included:
        (desk / "briefs.yaml").write_text(SHARED, encoding="utf-8")
        text, place = text + "include: [briefs.yaml]\n", "briefs.yaml:2:3"
    else:
        text += SHARED
    facts.write_text(text, encoding="utf-8")
    done = run(*command)
    assert done.exit_code == 1
    printed = done.stdout + done.stderr
    assert f"{place}: error[duplicate-id]: brief id `basin-closure` is already taken" in printed
    topic = text[: text.index("  basin-closure:")].count("\n") + 1
    assert f"hint: facts.yaml:{topic}:3: the topic" in printed
    assert "give the brief another id" in printed
    assert not (desk / "issued").exists()


@pytest.mark.usefixtures("desk")
def test_an_id_is_not_the_name_of_a_brief_with_limits() -> None:
    """Neither that of a topic nor that of a kept brief; a word like it is no such name."""
    facts = Path("facts.yaml")
    text = facts.read_text(encoding="utf-8")
    assert build("--topic", "basin-closure", "--kind", "claim").exit_code == 0
    (brief,) = manifest()
    kept = f"briefs:\n  {brief['brief']}: {{topics: [tarn-cannery]}}\n"
    facts.write_text(text + kept, encoding="utf-8")
    done = run("check")
    assert done.exit_code == 1
    assert f"`{brief['brief']}` is what `basin-closure` is called where flags limit it" in (
        done.stdout
    )
    plain = "briefs:\n  tariffs-custom-facade: {topics: [tarn-cannery]}\n"
    facts.write_text(text + plain, encoding="utf-8")
    assert run("check").exit_code == 0


@pytest.mark.usefixtures("desk")
def test_a_kept_brief_of_other_topics_is_another_brief() -> None:
    """Flags that change what it is about change its name, each set to another."""
    facts = Path("facts.yaml")
    kept = "briefs:\n  all: {topics: [tarn-cannery, basin-closure], merge: true}\n"
    facts.write_text(facts.read_text(encoding="utf-8") + kept, encoding="utf-8")
    names = set()
    for topics in (["basin-closure"], ["tarn-cannery"], ["basin-closure", "tarn-cannery"]):
        flags = [flag for topic in topics for flag in ("--topic", topic)]
        assert build("all", *flags).exit_code == 0
        names |= {str(brief["brief"]) for brief in manifest()}
    assert len(names) == 3
    assert all(name.startswith("all-custom-") for name in names)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("topics: [t], name: '{topic}'", "`b` in en and `b` in fa would both be named `t`"),
        ("topics: [t, u], lang: en, name: '{as_of}'", "`b_t` in en and `b_u` in en would both"),
        ("topics: [t, u], lang: en, name: '{edition}'", ""),
        ("topics: [t, u], merge: true, lang: en, name: '{as_of}'", ""),
        ("topics: [t, empty], lang: en, name: '{as_of}'", ""),
        ("topics: [t, u], kinds: [claim], lang: en, name: '{as_of}'", ""),
        ("topics: [t, u], marking: CLEAR, lang: en, name: '{as_of}'", ""),
        ("topics: [t], lang: en, name: '{lang}" + "x" * 119 + "'", "longer than 120"),
    ],
)
def test_a_kept_brief_whose_files_have_no_names(tmp_path: Path, entry: str, words: str) -> None:
    """It could never be built by its name; where only one of its topics tells anything it can."""
    desk = LittleDesk(tmp_path).document("a", "Boats left. Ships came.")
    head = (
        "format: 1\ntitle: Little desk\nlanguages: [en, fa]\n"
        "topics:\n  t: {title: Harbour}\n  u: {title: Sea}\n  empty: {title: Air}\n"
    )
    facts = (
        "facts:\n"
        "  - {id: f, kind: claim, topics: [t], statement: Boats left.,"
        " evidence: [{source: a, quote: Boats left}]}\n"
        "  - {id: g, kind: event, topics: [u], statement: Ships came., marking: GREEN,"
        " evidence: [{source: a, quote: Ships came}]}\n"
    )
    result = desk.check(f"briefs:\n  b: {{{entry}}}\n{facts}", head)
    faults = [each for each in result.diagnostics if each.code == "bad-name"]
    assert [words in fault.message for fault in faults] == ([True] if words else [])
    assert all(fault.span is not None for fault in faults)


def test_what_the_check_lets_pass_has_a_name_under_every_flag(tmp_path: Path) -> None:
    """Flags that limit a brief make its name longer; an id that is too long for that is told."""
    for length, wrong in ((103, []), (104, ["bad-name"])):
        folder = tmp_path / str(length)
        folder.mkdir()
        desk = LittleDesk(folder).document("a", "Boats left.")
        head = f"format: 1\ntitle: Desk\nlanguages: [en]\ntopics:\n  {'t' * length}: {{title: T}}\n"
        fact = (
            f"facts:\n  - {{id: f, kind: claim, topics: [{'t' * length}], statement: Boats left.,"
            " evidence: [{source: a, quote: Boats left}]}\n"
        )
        result = desk.check(fact, head)
        assert [code for code in codes(result) if code == "bad-name"] == wrong
        base, out = str(folder / "facts.yaml"), str(folder / "out")
        limits = ("--no-annex", "--kind", "claim")
        done = run("build", "--base", base, "--format", "html", "--out", out, *limits)
        assert done.exit_code == (1 if wrong else 0), done.stderr
