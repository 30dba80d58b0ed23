"""Each language is written as it is where it stands alone, whatever was written before it.

Babel shares what languages inherit, and changes it as it looks things up (python-babel/babel#1234):
when this test fails after an upgrade, look at `briefings/render/l10n/cldr.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from multiprocessing import get_context
from typing import TypeAlias

from babel.localedata import locale_identifiers
from breadth import cases

from briefings.core.edtf import Precision
from briefings.core.spec import Window
from briefings.render.l10n.cldr import cldr
from briefings.render.l10n.locales import Locale

Writing: TypeAlias = dict[str, list[str]]

# Those that aliases of the others were seen to spoil, and some more.
SPOILERS = (
    "az-Arab",
    "ur",
    "he",
    "fr",
    "no",
    "de",
    "fa",
    "fa-AF",
    "ps",
    "en",
    "zh-Hant",
    "sr-Latn",
)
LANGUAGES = tuple(
    dict.fromkeys(
        (*SPOILERS, *sorted(each.replace("_", "-") for each in locale_identifiers())[::31], "tlh")
    )
)


def samples(language: str) -> list[str]:
    """All that a page takes from the data of a language."""
    locale = Locale(language)
    days = (date(2025, 12, 7), date(2025, 12, 14), date(2026, 1, 3))
    windows = [Window(days[0], until) for until in days]
    return [
        *(locale.day(day, width) for day in days for width in ("long", "short")),
        *(locale.window(window, width) for window in windows for width in ("long", "short")),
        *(locale.tick(day, unit) for day in days for unit in Precision),
        *map(locale.weekday, days),
        locale.near(days[0], days[1]),
        locale.number(1234567.8),
        locale.list(["a", "b", "c"]),
        locale.direction,
        *(locale.language_name(other) for other in SPOILERS),
        *(str(locale.territory(code)) for code in ("AF", "IR", "US")),
        *(name for each in cldr(language).months["stand-alone"].values() for name in each.values()),
    ]


def written(languages: tuple[str, ...]) -> Writing:
    """What each language writes, one after another in this process."""
    return {language: samples(language) for language in languages}


ORDERS = (LANGUAGES[::-1], SPOILERS, LANGUAGES, (*LANGUAGES[1::2], *LANGUAGES[::2]))


def main() -> None:
    """For a fresh process: each language in a process of its own, then all in several orders.

    How many of these is the argument of the command.
    """
    orders = ORDERS[: int(sys.argv[1])]
    alone = [(language,) for language in LANGUAGES]
    with get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        json.dump(pool.map(written, (*alone, *orders), chunksize=1), sys.stdout)


def test_a_language_is_written_as_if_it_were_alone() -> None:
    """In whatever order languages come, each in a process that has seen all those before it."""
    number = len(cases(ORDERS[:2], *ORDERS[2:]))
    command = [sys.executable, __file__, str(number)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    writings: Iterator[Writing] = iter(json.loads(run.stdout))
    alone: Writing = {}
    for _ in LANGUAGES:
        alone |= next(writings)
    orders = list(writings)
    assert alone.keys() == set(LANGUAGES)
    assert len(orders) == number
    for together in orders:
        for language, texts in together.items():
            assert texts == alone[language], language


if __name__ == "__main__":
    main()
