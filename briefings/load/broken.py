"""What is wrong with a text that is no YAML, told by what stands there and what would mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import yaml

from briefings.core.conflicts import MEND, conflict
from briefings.core.excerpts import head
from briefings.load.parser_stop import QUOTED, Broken, ParserStop

_CURLY = "“”„‟‘’‚‛«»"
_COMMENT = re.compile(r"(?<=\s)#")
_COMMENTED = re.compile(r"(?<=\s)#[^\r\n]*")
_NO_SPACE = re.compile(r"(?:- +)*([\w-]+):(\S.*)")


def explain(text: str, error: yaml.MarkedYAMLError) -> Broken:
    """What an error of libyaml means for who wrote the text; none of its own words are used.

    Args:
        text: What was parsed.
        error: Its marks count code points from 0.

    Returns:
        The mistake with its place, which may lie before that where the parser gave up, and the
        steps that mend it.
    """
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    at, since = (min(each.index, len(text)) if each else 0 for each in (mark, context))
    if (unmerged := conflict(text)) is not None:
        begin, what = unmerged
        return ParserStop(text, begin, begin).broken(what, MEND)
    tell = _BY_PROBLEM.get(error.problem or "", _unreadable)
    return tell(ParserStop(text, at, since))


def _always(message: str, *hints: str) -> Callable[[ParserStop], Broken]:
    """What is told of a mistake wherever it stands."""
    return lambda stop: stop.broken(message, *hints)


_unreadable = _always("from here on this is no YAML")


def _colon(stop: ParserStop) -> Broken:
    """A colon that would end a key where no key can stand."""
    key = stop.before.lstrip(" -")
    if ": " in key:
        value = key.partition(": ")[2]
        hints = [QUOTED]
        if value[:1] in tuple(_CURLY):
            hints.append(f"{value[0]} is no quotation mark to YAML: take \" or '")
        return stop.broken("`: ` stands within a text, which YAML takes for a key", *hints)
    start, line = stop.earlier
    if match := _NO_SPACE.match(line.strip()):
        name, value = match.groups()
        at = start + line.index(f"{name}:") + len(name)
        return stop.broken(
            f"no space stands behind the colon of `{_short(name)}`",
            f"write `{_short(name)}: {_short(value)}`",
            at=at,
        )
    if _indent(stop.line) > _indent(line) and ":" in line:
        return stop.broken(
            f"`{_short(key)}` is indented below a line that has its value already",
            "give it the indentation of the keys beside it; or, if it belongs to the text before,"
            " put that text in quotes",
            at=stop.at - len(key),
        )
    if line and ":" not in line:
        return stop.broken(
            f"“{_short(line.strip())}” is neither `key: value` nor an item behind `- `",
            "give it a key, or indent it if it belongs to the text before it",
            at=start + _indent(line),
        )
    return stop.broken("a `:` stands where no key can", QUOTED)


def _key_without_colon(stop: ParserStop) -> Broken:
    key = ParserStop(stop.text, stop.since, stop.since)
    begun = key.line[stop.since - key.line_start :]
    if _cut(line := key.earlier[1]):
        return _behind_comment(stop, line, key.line_start)
    return stop.broken(
        f"“{_short(begun)}” is neither `key: value` nor an item behind `- `",
        "write a colon and a space behind its key; or, if it belongs to the text before it,"
        " indent it as the rest of that text",
        at=stop.since,
    )


def _key(stop: ParserStop) -> Broken:
    """Something else stands where the next key of a map should."""
    if stop.char in ("}", "]"):
        return stop.broken(f"`{stop.char}` closes nothing", f"delete it; or {QUOTED}")
    if (behind := _behind_its_end(stop)) is not None:
        return behind
    if stop.char == ":":
        return stop.broken("a `:` has no key before it", "write the key; or " + QUOTED)
    if not stop.before.strip():
        return _misplaced_line(stop)
    return _unreadable(stop)


def _behind_its_end(stop: ParserStop) -> Broken | None:
    """A text that goes on behind what closed it, if it is that."""
    end = stop.before.rstrip()[-1:]
    if end and end in "\"'":
        inside = "write '' for an apostrophe" if end == "'" else 'write \\" for a quotation mark'
        return stop.broken(
            f"text goes on behind the closing {end}",
            f"put the whole text in quotes; inside {end}…{end} {inside}",
        )
    if end and end in "]}":
        opening = "[" if end == "]" else "{"
        return stop.broken(f"text goes on behind `{end}`: it began with `{opening}`", QUOTED)
    return None


def _misplaced_line(stop: ParserStop) -> Broken:
    _, line = stop.earlier
    if _cut(line) and ": " not in stop.line:
        return _behind_comment(stop, line, stop.line_start)
    if stop.line.lstrip().startswith("- "):
        return stop.broken(
            "an item of a list stands among the keys of a map",
            "indent it as the other items of its list; a list stands below its key",
        )
    return stop.broken(
        f"the line is indented by {_indent(stop.line)}, and none that it could belong to is",
        "indent it as the lines beside it; the rest of a text stands deeper than its key",
    )


def _item(stop: ParserStop) -> Broken:
    if stop.before.strip():
        return _key(stop)
    if _cut(stop.earlier[1]) and ": " not in stop.line:
        return _behind_comment(stop, stop.earlier[1], stop.line_start)
    return stop.broken(
        "a line stands among the items of a list and begins with no `- `",
        "begin it with `- `, or indent it as what it belongs to",
    )


def _behind_comment(stop: ParserStop, line: str, next_start: int) -> Broken:
    """The text was cut by a comment on `line`, which ends before `next_start`, and goes on."""
    start = stop.text.rindex(line, 0, next_start)
    match = _COMMENT.search(line)
    assert match is not None
    at = start + match.start()
    return stop.broken(
        f"YAML takes “{_short(line[match.start() :])}” for a comment, and the text goes on below",
        QUOTED,
        at=at,
    )


def _unclosed(opening: str, closing: str) -> Callable[[ParserStop], Broken]:
    def tell(stop: ParserStop) -> Broken:
        if (behind := _behind_its_end(stop)) is not None:
            return behind
        inside = stop.text[stop.since : stop.at]
        for match in _COMMENTED.finditer(inside):
            rest = match.group()
            if closing in rest:
                return stop.broken(
                    f"YAML takes “{_short(rest)}” for a comment, and `{opening}` is never closed",
                    "put the text that holds `#` in quotes",
                    at=stop.since + match.start(),
                )
        return stop.broken(
            f"the `{opening}` that opens here is not closed, or a comma is missing in it",
            f"close it with `{closing}`, and put commas between its parts; a text in it that holds"
            " a comma, a colon or a bracket stands in quotes",
            at=stop.since,
        )

    return tell


def _first_character(stop: ParserStop) -> Broken:
    if stop.char == "\t":
        return _tab(stop)
    return stop.broken(f"a text can't begin with “{stop.char}”", QUOTED)


_tab = _always("a tab stands where YAML asks for spaces", "replace it with spaces")


def _open_quote(stop: ParserStop) -> Broken:
    quote = stop.text[stop.since : stop.since + 1]
    inside = "''" if quote == "'" else '\\"'
    return stop.broken(
        f"the {quote} that opens here is never closed",
        f"close it at the end of its text; one inside is written {inside}",
        at=stop.since,
    )


def _escape(stop: ParserStop) -> Broken:
    at = stop.text.rfind("\\", 0, stop.at + 1)
    escape = stop.text[at : at + 2]
    return stop.broken(
        f'`{escape}` names no character: inside "…" a backslash begins a code',
        "write \\\\ for a backslash, or put the text in '…', where it is a letter like others",
        at=at,
    )


def _block(stop: ParserStop) -> Broken:
    sign = stop.text[stop.since : stop.since + 1]
    if sign not in (">", "|"):
        return _directive(stop)
    return stop.broken(
        f"a text can't begin with `{sign}`, which begins a block on the next line",
        QUOTED,
        at=stop.since,
    )


def _sign(stop: ParserStop) -> Broken:
    """An anchor, alias or tag that is none: a text that begins with its sign."""
    sign = stop.text[stop.since : stop.since + 1]
    return stop.broken(f"a text can't begin with `{sign}`", QUOTED, at=stop.since)


def _directive(stop: ParserStop) -> Broken:
    return stop.broken(
        "a line that begins with `%` is an order to YAML, and none is followed here",
        "delete it; a text that begins with `%` stands in quotes",
        at=stop.since,
    )


def _no_value(stop: ParserStop) -> Broken:
    if stop.char in ("]", "}", ","):
        return stop.broken(f"a value is missing before `{stop.char}`", f"write it; or {QUOTED}")
    return stop.broken("a value is missing here", f"write it; or {QUOTED}")


_BY_PROBLEM: Mapping[str, Callable[[ParserStop], Broken]] = {
    "mapping values are not allowed in this context": _colon,
    "could not find expected ':'": _key_without_colon,
    "did not find expected key": _key,
    "did not find expected '-' indicator": _item,
    "did not find expected ',' or ']'": _unclosed("[", "]"),
    "did not find expected ',' or '}'": _unclosed("{", "}"),
    "found character that cannot start any token": _first_character,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "block sequence entries are not allowed in this context": _always(
        "`- ` begins a list on the line of its key",
        "begin the list on the next line; or, if it is a text that begins with a dash, put it in"
        " quotes",
    ),
    "mapping keys are not allowed in this context": _always("a text can't begin with `? `", QUOTED),
    "found unexpected end of stream": _open_quote,
    "found unexpected document indicator": _always(
        "a line of `---` or `...` stands within quotes", "indent it"
    ),
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "did not find expected comment or line break": _block,
    "found an indentation indicator equal to 0": _block,
    "did not find expected alphabetic or numeric character": _sign,
    "did not find the expected '>'": _sign,
    "did not find expected '!'": _sign,
    "did not find expected tag URI": _sign,
    "did not find URI escaped octet": _sign,
    "found an incorrect leading UTF-8 octet": _sign,
    "found an incorrect trailing UTF-8 octet": _sign,
    "found undefined tag handle": _sign,
    "did not find expected whitespace or line break": _sign,
    "found unknown directive name": _directive,
    "could not find expected directive name": _directive,
    "found unexpected non-alphabetical character": _directive,
    "did not find expected version number": _directive,
    "did not find expected digit or '.' character": _directive,
    "found extremely long version number": _directive,
    "did not find expected whitespace": _directive,
    "found incompatible YAML document": _directive,
    "found duplicate %YAML directive": _directive,
    "found duplicate %TAG directive": _directive,
    "did not find expected <document start>": _always(
        "text stands behind the end of the document, which `...` or `%` has set", "delete that line"
    ),
    "did not find expected node content": _no_value,
}
"""By libyaml's word for what it met, which is stable and never shown."""


def _cut(line: str) -> bool:
    """Whether a comment ends a line that holds something before it."""
    match = _COMMENT.search(line)
    return match is not None and bool(line[: match.start()].strip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _short(text: str) -> str:
    return head(text, 40)
