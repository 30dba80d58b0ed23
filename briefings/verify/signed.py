"""What stands behind a PDF that was signed: nothing but a signature that no page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pikepdf

from briefings.render.pdf.reader import UnreadablePdf, expecting_ours, opened, text_of
from briefings.verify.verdict import Fault

_IS_TABLE = "/XRef"
OF_SIGNED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "catalog": frozenset({"/AcroForm", "/Extensions", "/Version"}),
        "form": frozenset({"/Fields", "/SigFlags", "/DA", "/DR"}),
        "field": frozenset({"/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"}),
        "signature": frozenset(
            {"/Contents", "/ByteRange", "/Type", "/Filter", "/SubFilter", "/M", "/Reason", "/Name"}
        ),
    }
)
"""What the catalog has besides, and what else a signature may hold."""

_LARGEST = 2**20
_LONG = 0x80
"""What a length in DER begins with, more than how many bytes tell it."""
_NEW = 3
"""The form, its field and the signature."""


def faults_behind(content: bytes, first: bytes) -> Iterator[Fault]:
    """What stands behind the signed file besides one signature that shows nothing."""
    if len(content) - len(first) > _LARGEST:
        yield Fault(
            f"more than {_LARGEST // 2**20} MiB stand behind it: no signature needs so much"
        )
        return
    try:
        with expecting_ours(), opened(first) as before, opened(content) as after:
            faults = tuple(_faults(before, after))
    except UnreadablePdf:
        faults = (Fault("what stands behind it can't be read"),)
    yield from faults


def _faults(before: pikepdf.Pdf, after: pikepdf.Pdf) -> Iterator[Fault]:
    old, new = _objects(before), _objects(after)
    root, page = before.Root.objgen, before.pages[0].obj.objgen
    changed = {key for key, text in old.items() if new.get(key) != text}
    if changed - {root, page}:
        yield Fault("what stands behind it changes more than a signature does")
        return
    if len(new.keys() - old.keys()) > _NEW or not _only_a_signature(before, after):
        yield Fault("more than a signature was put behind it")


def _objects(document: pikepdf.Pdf) -> dict[tuple[int, int], bytes]:
    """All objects by number, as they are written; of streams what they hold as well."""
    objects = {}
    for each in document.objects:
        is_stream = isinstance(each, pikepdf.Stream)
        if is_stream and each.get("/Type") in (_IS_TABLE, "/ObjStm"):
            continue
        held = each.read_raw_bytes() if is_stream else b""
        objects[each.objgen] = text_of(each) + held
    return objects


def _only_a_signature(before: pikepdf.Pdf, after: pikepdf.Pdf) -> bool:
    """Whether the catalog has a form and the first page a field that no page shows: no more."""
    if _without(before.Root, ()) != _without(after.Root, OF_SIGNED["catalog"]):
        return False
    old, new = before.pages[0].obj, after.pages[0].obj
    if _without(old, {"/Annots"}) != _without(new, {"/Annots"}):
        return False
    notes, more = _written(old.get("/Annots", ())), _written(new.get("/Annots", ()))
    form = after.Root.get("/AcroForm")
    if form is None or not form.keys() <= OF_SIGNED["form"] or len(form.get("/Fields", ())) != 1:
        return False
    field = form.Fields[0]
    return more == [*notes, _reference(field)] and _is_unseen(field)


def _is_unseen(field: Any) -> bool:
    signature = field.get("/V")
    return (
        field.keys() <= OF_SIGNED["field"]
        and field.get("/FT") == "/Sig"
        and all(float(each) <= 0 for each in field.get("/Rect", (1,)))
        and isinstance(signature, pikepdf.Dictionary)
        and signature.keys() <= OF_SIGNED["signature"]
        and _is_padded_with_nothing(bytes(signature.get("/Contents", b"")))
    )


def _is_padded_with_nothing(held: bytes) -> bool:
    """Whether behind a signature in DER, in the room that none covers, there are but zeros."""
    if held[:1] != b"\x30" or held[1:2] <= b"\x80":  # its length takes bytes of its own
        return False
    end = 2 + held[1] - _LONG
    return not any(held[end + int.from_bytes(held[2:end]) :])


def _without(held: Any, left_out: Any) -> dict[str, bytes]:
    return {
        name: each.unparse() if isinstance(each, pikepdf.Object) else repr(each).encode()
        for name, each in held.items()
        if name not in left_out
    }


def _written(array: Any) -> list[bytes]:
    return [_reference(each) for each in array]


def _reference(each: Any) -> bytes:
    number, generation = each.objgen
    return b"%d %d R" % (number, generation) if number else bytes(each.unparse())
