"""The `accept` of an entry: what the desk has answered, at which place of it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.core.codes import CODES
from briefings.core.model import Acceptance
from briefings.core.names import nearest, suggestion
from briefings.core.span import Span
from briefings.load.shape import Reader
from briefings.load.yamltree import Mapping, Node, Sequence

KEY = "accept"

_SECTIONS = {"contested": "contests"}


def parted(node: Node) -> tuple[Node, Node | None]:
    """An entry without its `accept`, and that."""
    if not isinstance(node, Mapping):
        return node, None
    entries = tuple((key, value) for key, value in node.entries if key.value != KEY)
    answers = next((value for key, value in node.entries if key.value == KEY), None)
    return (node, None) if answers is None else (Mapping(entries, node.span), answers)


def acceptances(
    reader: Reader, section: str, name: str, entry: Node, answers: Node, *, place: Span
) -> Iterator[Acceptance]:
    """The answers of the entry `name`, which begins at `place` or with its node."""
    whole = Span(place.path, min(place.start, entry.span.start), entry.span.end)
    what = f"{section.removesuffix('s')} `{name}`"
    for item in reader.items(answers, KEY):
        record = reader.record(item, f"`{KEY}` of {what}", ("code", "why"), ("at",))
        if record is None:
            continue
        code = _code(reader, record.get("code"))
        why = reader.local(record.get("why"), "why")
        at = reader.value(record.get("at"), "at")
        within: Span | None = whole
        if at is not None and (node := record.get("at")) is not None:
            within = _place(reader, entry, at, node)
        if code is not None and why is not None and within is not None:
            yield Acceptance(
                _SECTIONS.get(section, section), name, code, why, at, within, item.span
            )


def _code(reader: Reader, node: Node | None) -> str | None:
    code = reader.value(node, "code")
    if node is None or code is None:
        return None
    can = [name for name, one in CODES.items() if one.acceptable]
    if code in can:
        return code
    if code not in CODES:
        hint = suggestion(code, can) or (f"those that can be answered are {', '.join(can)}",)
        reader.report("bad-value", f"{code!r} is no code of a diagnostic", node.span, *hint)
        return None
    message = f"`{code}` can't be accepted: it is no matter of wording or of judgement"
    cure = CODES[code].cure
    step = f"delete this, and mend what is wrong: {cure[0].lower()}{cure[1:]}"
    reader.report("accept-refused", message, node.span, step)
    return None


def _place(reader: Reader, entry: Node, at: str, written: Node) -> Span | None:
    """The place of a path such as `evidence.2.quote` in an entry, list items from 1."""
    here: Node = entry
    for part in at.split("."):
        inner: dict[str, Node] = {}
        if isinstance(here, Mapping):
            inner = {key.value: value for key, value in here.entries}
        elif isinstance(here, Sequence):
            inner = {str(number): item for number, item in enumerate(here.items, 1)}
        if part not in inner:
            message = f"`at: {at}` leads nowhere: there is no `{part}` in this entry there"
            near = nearest(part, inner)
            hint = "name the keys on the way, and items of a list by number, as `evidence.2.quote`"
            hints = (f"did you mean `{near}`?", hint) if near else (hint,)
            reader.report("bad-value", message, written.span, *hints)
            return None
        here = inner[part]
    return here.span
