"""A desk checked, as `briefings check` asks for it, and what shells complete names from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefings.core.characters import in_a_line
from briefings.core.diagnostics import Diagnostic
from briefings.core.model import title_of
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk import standing
from briefings.desk.checked import Checked, check_anew
from briefings.desk.memory import keeping_all
from briefings.desk.read_cache import load_cached
from briefings.desk.tally import Tally, tally
from briefings.load.desk import load
from briefings.output.store import Store


def check_desk(path: Path, cache: Path | None = None) -> Checked:
    """Read and check the base at `path` with all that it includes and cites.

    Args:
        path: The base's own file.
        cache: Where the clearances of the last check lie; None to go by none.
    """
    with keeping_all():
        return check_anew(load_cached(path, cache), path, cache)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check reported, of which texts, and what it came to; `trouble` as of `Checked`."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    tally: Tally
    trouble: str = ""

    @classmethod
    def of(cls, checked: Checked) -> CheckReport:
        """The report of a whole check."""
        return cls(checked.diagnostics, checked.texts, tally(checked), checked.trouble)


def check_report(path: Path, cache: Path | None = None) -> CheckReport:
    """What `check_desk` reports, and what it comes to, without what others work with.

    After an edit of some facts it is enough to check these, with what hangs together with them.
    """
    if cache is None:
        return CheckReport.of(check_desk(path))
    with keeping_all():
        store = Store(cache)
        if (known := standing.tally_by_now(path, store)) is not None:
            return CheckReport((), {}, known, store.trouble)
        loaded = load_cached(path, cache)
        checked = check_anew(loaded, path, cache)
        standing.keep(checked, loaded, path, store)
    return CheckReport.of(checked)


def names(path: Path, section: str) -> dict[str, str]:
    """The ids of one section of a base, and what each is called, for completion in a shell.

    Args:
        path: The base. One with mistakes has some too: whatever could be read.
        section: A field of `FactBase` such as `topics`.
    """
    base = load(path).base
    entries: Mapping[str, object] = getattr(base, section) if base else {}
    return {name: in_a_line(title_of(entry)) for name, entry in entries.items()}
