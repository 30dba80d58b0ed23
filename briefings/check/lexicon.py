"""The words that the rules know, by language; a rule is silent in a language without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType


def _words(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of these, whole, the longest first."""
    ordered = sorted(alternatives, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])", flags)


_NOWHERE = re.compile("(?!)")

# Before or after a term these make another degree, which ICD 203 does not have.
DEGREES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = MappingProxyType(
    {
        "en": (
            re.compile(
                r"(?:not|n['’]t|never|hardly|scarcely|in no way|less than|too|as|highly|extremely"
                r"|quite|fairly|rather|somewhat|more|less|most|least|pretty|very"
                r"|increasingly|reasonably|all but|virtually|almost|nearly)\s+$",
                re.IGNORECASE,
            ),
            _NOWHERE,
        ),
        "fa": (
            re.compile(
                r"(?<!\w)(?:نه|غیر|چندان|خیلی|کاملاً?|نسبتاً?|تا حدی|تا حدودی|کم‌?وبیش|بیشتر"
                r"|کمتر|عملاً?|تقریباً?|بسیار|فوق‌?العاده|به‌?شدت)\s+$"
            ),
            # A verb denies behind the term, and it may stand at the very end of the clause.
            re.compile(r"\s+(?:نیست|نبود|نخواهد بود|نمی\w*|به نظر نمی\w*)(?!\w)"),
        ),
        "ps": (re.compile(r"(?<!\w)(?:نه|خورا|تر ټولو|ډ[ېیي]ر)\s+$"), _NOWHERE),
    }
)
CONFIDENCES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _words(
            *("confiden(?:ce|t|tly)", "sure", "certainty", "conviction", "(?:no|little) doubt")
        ),
        "fa": re.compile(r"(?<!\w)(?:اطمینان|مطمئن\w*|یقین|قطعیت|بی‌?تردید|بدون تردید)(?!\w)"),
        "ps": re.compile(r"(?<!\w)(?:ډاډ|ډاډه|یقین|بې‌?شکه)(?!\w)"),
    }
)

PERCENT: Mapping[str, str] = MappingProxyType(
    {"en": r"per ?cent(?:age points?)?|pct", "fa": r"درصد|فیصد", "ps": r"سلنه|سلن[ېیي]|فیصده"}
)

_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_UNIT_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_EN_TEN_ORDINALS = (
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
).split()
# Neither نه, which is “no” as well, nor یک, which is “a”.
_FA_UNITS = (
    "دو سه چهار پنج شش هفت هشت . ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
).split()
_FA_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
_FA_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
_FA_ORDINALS = "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم".split()

# Words below a hundred add up; scales multiply what stands before them.
NUMBERS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            **{word: value for value, word in enumerate(_EN_UNITS)},
            **{word: 10 * value for value, word in enumerate(_EN_TENS, 2)},
        },
        "fa": {
            **{word: value for value, word in enumerate(_FA_UNITS, 2) if word != "."},
            **{word: 10 * value for value, word in enumerate(_FA_TENS, 2)},
            **{word: 100 * value for value, word in enumerate(_FA_HUNDREDS, 1)},
        },
    }
)
ORDINALS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            **{word: value for value, word in enumerate(_EN_UNIT_ORDINALS, 1)},
            **{word: 10 * value for value, word in enumerate(_EN_TEN_ORDINALS, 2)},
        },
        "fa": {
            **{word: value for value, word in enumerate(_FA_ORDINALS, 1)},
            **{f"{word}ین": value for value, word in enumerate(_FA_ORDINALS, 1)},
        },
    }
)
SCALES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            "dozen": 12,
            "hundred": 100,
            "thousand": 1000,
            "million": 10**6,
            "billion": 10**9,
            "trillion": 10**12,
        },
        "fa": {"هزار": 1000, "میلیون": 10**6, "میلیارد": 10**9},
    }
)
# What may be written directly behind digits.
SUFFIXES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {"en": {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}, "fa": {"هزار": 1000}}
)
VAGUE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _words(
            *("dozens", "scores", "hundreds", "tens of thousands", "thousands", "millions"),
            *("billions", "half", "halves", "halved", "quarters?", "two-thirds", "three-quarters"),
            *("doubled", "tripled", "quadrupled", "twice"),
        )
    }
)
# Where a word for a number counts nothing.
UNCOUNTED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _words(
            *("no one", "one another", "one of", "the one", "which one", "this one", "that one"),
            *("at one time", "one side", "one day", "for one", "one by one", "one['’]s"),
            *("at first", "first of all", "a second later", "split second"),
        ),
        "fa": re.compile(r"سی ?ان ?ان|بی ?بی ?سی|(?<!\w)هر دو(?!\w)"),
    }
)
AND: Mapping[str, str] = MappingProxyType({"en": "and", "fa": "و"})

# Units of Pashto stand before the tens, which the reader of figures does not know: it reads only
# digits there, and says so.
MONTHS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            name: number
            for number, names in enumerate(
                (
                    "January Jan",
                    "February Feb",
                    "March Mar",
                    "April Apr",
                    "May",
                    "June Jun",
                    "July Jul",
                    "August Aug",
                    "September Sept Sep",
                    "October Oct",
                    "November Nov",
                    "December Dec",
                ),
                1,
            )
            for name in names.split()
        },
        "fa": {
            name: number
            for number, names in enumerate(
                (
                    "ژانویه جنوری",
                    "فوریه فبروری",
                    "مارس مارچ",
                    "آوریل اپریل آپریل",
                    "مه می",
                    "ژوئن جون",
                    "ژوئیه ژوییه جولای",
                    "اوت اگست آگست",
                    "سپتامبر سپتمبر",
                    "اکتبر اکتوبر",
                    "نوامبر نومبر",
                    "دسامبر دسمبر",
                ),
                1,
            )
            for name in names.split()
        },
        "ps": {
            name: number
            for number, names in enumerate(
                (
                    "جنوري",
                    "فبروري فېبروري",
                    "مارچ",
                    "اپرېل اپریل",
                    "مې مۍ می",
                    "جون",
                    "جولای جولايي",
                    "اګست اگست",
                    "سپټمبر سپتمبر سېپتمبر",
                    "اکټوبر اکتوبر",
                    "نومبر",
                    "ډسمبر دسمبر",
                ),
                1,
            )
            for name in names.split()
        },
    }
)
WEEKDAYS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            name: number
            for number, name in enumerate(
                "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
            )
        },
        "fa": {
            name: number
            for number, name in enumerate(
                ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
            )
        },
        "ps": {
            name: number
            for number, name in enumerate(
                ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
            )
        },
    }
)
# A month name that is a common word too counts only beside a day, a year or one of these.
MONTH_INTRODUCTIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:in|since|of|by|until|till|early|late|mid|last|next|this)[\s-]+$", re.IGNORECASE
        ),
        "fa": re.compile(r"ماه\s+$"),
    }
)
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "jan", "مه", "می", "جون", "مې", "مۍ"})
