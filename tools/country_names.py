"""Make `briefings/check/words/countries/`: the names of countries in some languages, from Unicode.

    PYTHONPATH=. uv run --no-project --with Babel==2.19.0 tools/country_names.py

It makes the same bytes every time, and so takes no other version. The languages are those in which
no capital tells a name, and English, into which most of them are translated. Each name is written
as a word of the rules is: with what its language hangs on it.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import version
from pathlib import Path

from babel import localedata

from briefings.check.quotes.fold import folded_text

TARGET = Path(__file__).parent.parent / "briefings" / "check" / "words" / "countries"
VERSION = "2.19.0"
LANGUAGES = ("ar", "en", "fa", "hi", "ja", "ko", "ps", "ur", "zh")
_CODE = re.compile(r"[A-Z]{2}")
# Bodies of several countries, and codes that are no country's.
_LEFT = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ"})
# Names that are other words too.
_OTHER_WORDS = {
    "ar": {"OM", "TD"},
    "en": {"GE", "JO", "TD"},
    "hi": {"CL"},
    "ko": {"GA", "TD", "TO"},
    "zh": {"TD"},
}
_ASIDE = re.compile(r"\s*[(（\[].*?[)）\]]")
_LONGEST = 4  # words of a name
_SHORTEST = {"ja": 2, "ko": 2, "zh": 2}  # letters; elsewhere three
# What hangs on a name in Korean.
_PARTICLES = "은|는|이|가|을|를|의|에|와|과|도|로|으로|에서|에게|측|정부|정부는|정부가|군|군이|군은"


def main() -> None:
    """Write every file anew."""
    if version("babel") != VERSION:
        sys.exit(f"Babel is {version('babel')} here; the files are made with {VERSION}")
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.toml"):
        old.unlink()
    for language in LANGUAGES:
        (TARGET / f"{language}.toml").write_text(names(language), encoding="utf-8")


def names(language: str) -> str:
    """The file of a language: the words for each country, by its code."""
    lines = ["[kinds.country]"]
    for code, name in sorted(localedata.load(language)["territories"].items()):
        if _CODE.fullmatch(code) is None or code in _LEFT | _OTHER_WORDS.get(language, set()):
            continue
        plain = _ASIDE.sub("", folded_text(str(name))).lower()
        short = len(plain) < _SHORTEST.get(language, 3)
        if not short and " - " not in plain and len(plain.split()) <= _LONGEST:
            lines.append(f"{code} = {json.dumps([_word(plain, language)], ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _word(name: str, language: str) -> str:
    """A name with what may hang on it: “and”, “in”, “to” in Arabic."""
    plain = re.sub(r"([.|?*+^$])", r"\\\1", name)
    match language:
        case "ar":
            bare = plain.removeprefix("ال")
            return f"(?:[وفبك]?ال|[وف]?لل){bare}" if bare != plain else f"[وفبكل]?{plain}"
        case "ko":
            return f"{plain}(?:{_PARTICLES})?"
        case _:
            return plain


if __name__ == "__main__":
    main()
