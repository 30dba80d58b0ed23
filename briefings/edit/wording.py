"""Texts in forms of a language, told by the words in which they differ: once for all, else each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from briefings.core.languages import chain
from briefings.core.limits import TEXT
from briefings.core.model import FactBase
from briefings.core.values import dataclass
from briefings.edit.comments import Group, ListItem, Text
from briefings.edit.grouping import sections_in
from briefings.load import shorthand
from briefings.load.entries import fields_of
from briefings.load.marked import BRACKET
from briefings.load.variants import MOST_SHARED, differing, stand_in, varied

KEY = "words"
_LONG = 60
"""Characters: a shorter text is written whole."""
_FEWEST = 2
"""Texts: a word that fewer differ in is not worth a place among those of the base."""

_Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Form:
    """A text in a form of a language: `whole` is the text in that, `form` its own if it has one.

    `among` are the languages of the text, of which `item` is its own where it is written.
    """

    whole: str
    form: str | None
    item: ListItem | None
    among: Group | None
    apart: re.Pattern[str] | None

    def by(self, words: _Words) -> str | None:
        """What words make of the whole one."""
        return varied(self.whole, words, TEXT.most, self.apart)


def tell_by_words(roots: Sequence[Group], languages: Collection[str]) -> None:
    """Let the base tell words in which texts differ, and texts those that are left, if few.

    Args:
        roots: The files of a base, written out; the first has its head.
        languages: Those of the base.
    """
    texts = [text for root in roots for text in _texts(root)]
    first = next(iter(languages))
    for code in languages:
        told = _told(roots[0], code)
        forms = [form for item, apart in texts if (form := _form(item, code, first, told, apart))]
        more = _shared(forms, told)
        if more:
            _tell(roots[0], code, more)
        for form in forms:
            _shorten(form, {**told, **more})


def _texts(root: Group) -> Iterator[tuple[ListItem, re.Pattern[str] | None]]:
    """All texts in languages of a file, each with what is no word of it."""
    yield from _texts_of(root, FactBase)
    for section, group in sections_in(root):
        for entry in group.items:
            if isinstance(entry.value, Group):
                yield from _texts_of(entry.value, section.entry)


def _texts_of(group: Group, kind: type) -> Iterator[tuple[ListItem, re.Pattern[str] | None]]:
    fields = {each.key: each for each in reversed(fields_of(kind))}
    for item in group.items:
        key = item.key or ""
        if key not in fields:
            continue
        if fields[key].form.word == "text":
            yield item, BRACKET if fields[key].form.refers else None
        elif not isinstance(item.value, Group):
            continue
        elif (part := fields[key].form.part) is not None:
            inner = [item.value] if item.value.is_map else [each.value for each in item.value.items]
            for each in inner:
                if isinstance(each, Group):
                    yield from _texts_of(each, part)
        elif shorthand.is_answered(kind, key) and item.value.is_map:
            yield from ((answer, None) for answer in item.value.items)


def _form(
    text: ListItem, code: str, first: str, told: _Words, apart: re.Pattern[str] | None
) -> _Form | None:
    """A text in the form of a language; None if it is in none that this is a form of."""
    among = text.value if isinstance(text.value, Group) else None
    items = {each.key: each for each in among.items} if among is not None else {first: text}
    values = (items[each].value for each in chain(code)[1:] if each in items)
    whole = next((each.value for each in values if isinstance(each, Text)), None)
    if whole is None:
        return None
    line, item = " ".join(whole.split()), items.get(code)
    form = _Form(line, None, item, among, apart)
    if item is None:
        made = form.by(told)
        return _Form(line, None if made == line else made, None, among, apart)
    if isinstance(item.value, Text):
        return _Form(line, " ".join(item.value.value.split()), item, among, apart)
    own = {
        " ".join((each.key or "").split()): " ".join(each.value.value.split())
        for each in item.value.items
        if isinstance(each.value, Text)
    }
    return _Form(line, form.by({**told, **own}), item, among, apart)


def _told(root: Group, code: str) -> dict[str, str]:
    """The words that the base tells of a form of a language."""
    words = root.entry(KEY)
    told = words.entry(code) if words is not None else None
    return {
        each.key or "": each.value.value
        for each in (told.entries if told is not None else ())
        if isinstance(each.value, Text)
    }


def _shared(forms: Sequence[_Form], told: _Words) -> dict[str, str]:
    """Words that the base can tell beside those that it does: no text becomes another by them."""
    pairs: Counter[tuple[str, str]] = Counter()
    for each in forms:
        if each.item is not None and each.form is not None:
            pairs.update((differing(each.whole, each.form) or {}).items())
    words: dict[str, str] = {}
    for (old, new), count in pairs.most_common():
        if count >= _FEWEST and old not in told and len(words) + len(told) < MOST_SHARED:
            words.setdefault(old, new)
    while wrong := {word for each in forms for word in _misleading(each, told, words)}:
        words = {old: new for old, new in words.items() if old not in wrong}
    used = Counter(
        word
        for each in forms
        if each.item is not None and each.by({**told, **words}) == each.form
        for word in stand_in(each.whole, words)
    )
    kept = {old: new for old, new in words.items() if used[old] >= _FEWEST}
    # Of what is left, a longer word may have stood in the way of a shorter one.
    return kept if not any(_misleading(each, told, kept) for each in forms) else {}


def _misleading(form: _Form, told: _Words, words: _Words) -> frozenset[str]:
    """The words that would make another text of one that is not written."""
    if form.item is not None or form.by({**told, **words}) == (form.form or form.whole):
        return frozenset()
    return stand_in(form.whole, words)


def _tell(root: Group, code: str, words: _Words) -> None:
    """Put words among those that the base tells."""
    group = _inner(root, KEY)
    told = _inner(group, code)
    told.items += [ListItem(old, Text(new)) for old, new in words.items()]


def _inner(group: Group, key: str) -> Group:
    found = group.entry(key)
    if found is not None and isinstance(found.value, Group):
        return found.value
    inner = Group(is_map=True, items=[])
    group.items.append(ListItem(key, inner))
    return inner


def _shorten(form: _Form, words: _Words) -> None:
    """Leave out a form that the words of the base tell, or tell it by those that are its own."""
    item = form.item
    if item is None or form.among is None or form.form is None or item.is_spoken_of:
        return
    if form.by(words) == form.form != form.whole:
        form.among.items.remove(item)
        return
    if isinstance(item.value, Text) and len(item.value.value) < _LONG:
        return
    differ = differing(form.whole, form.form)
    if differ is None:
        return
    own = {old: new for old, new in differ.items() if words.get(old) != new}
    others = stand_in(form.whole, {**words, **own}) - differ.keys()
    own |= {old: old for old in others}  # which this text has not
    length = len("".join([*own, *own.values()]))
    if not own or length * 2 > len(form.form) or stand_in(form.whole, own) != own.keys():
        return
    if form.by({**words, **own}) == form.form:
        told = [ListItem(old, Text(new)) for old, new in own.items()]
        item.value = Group(is_map=True, items=told)
