"""The words that the rules know, by language; a rule is silent in a language without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from briefings.core.model import Likelihood


def _words(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of these, whole, the longest first."""
    ordered = sorted(alternatives, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])", flags)


NEGATIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?<![\w-])(?:not|no|never|nor|neither|none|nobody|nothing|without|denied|denies|deny"
            r"|refused|refuses|rejected|rejects|failed to|unless)(?![\w-])|n['’]t\b",
            re.IGNORECASE,
        ),
        "fa": re.compile(
            r"(?<!\w)(?:نه|هیچ|هرگز|بدون|مگر|تکذیب|رد کرد|ن(?:ی)?ست|نمی\w*|نخواه\w*)(?!\w)"
        ),
    }
)

HEDGES: Mapping[str, Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": {
            "reported": _words(
                "reportedly",
                "allegedly",
                "alleged",
                "purportedly",
                "said to (?:be|have)",
                "claimed",
            ),
            # Capital “May” is the month, unless it opens a question nobody would quote.
            "possible": re.compile(
                r"(?<![\w-])(?:may|might|could|[Pp]ossibly|[Pp]erhaps|[Pp]otentially)(?![\w-])"
            ),
            "expected": _words("expected", "likely", "probably", "anticipated"),
            "seeming": _words(
                "appears?", "appeared", "seems?", "seemed", "seemingly", "apparently", "suggests?"
            ),
            "believed": _words("believed", "thought to (?:be|have)"),
        },
        "fa": {
            "reported": re.compile(r"گزارش‌?ها? حاکی|گویا|به ادعای|ظاهراً گفته"),
            "possible": re.compile(r"(?<!\w)(?:شاید|ممکن است|احتمالاً?|می‌?تواند)(?!\w)"),
            "expected": re.compile(r"انتظار می‌?رود|قرار است"),
            "seeming": re.compile(r"به نظر می‌?رسد|ظاهراً"),
        },
    }
)

# ICD 203 (2015), D.6.e.(2)(a): the seven terms, and what the desk may write for them.
LIKELIHOODS: Mapping[str, Mapping[Likelihood, tuple[str, ...]]] = MappingProxyType(
    {
        "en": {
            Likelihood.ALMOST_NO_CHANCE: ("almost no chance", "remote(?:ly)?"),
            Likelihood.VERY_UNLIKELY: ("very unlikely", "highly improbabl[ey]"),
            Likelihood.UNLIKELY: ("unlikely", "improbabl[ey]"),
            Likelihood.ROUGHLY_EVEN: ("roughly even chance", "roughly even odds"),
            Likelihood.LIKELY: ("likely", "probable", "probably"),
            Likelihood.VERY_LIKELY: ("very likely", "highly probabl[ey]"),
            Likelihood.ALMOST_CERTAIN: ("almost certain(?:ly)?", "nearly certain(?:ly)?"),
        },
    }
)
# Before a term these make another degree, which ICD 203 does not have.
DEGREES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?:not|highly|extremely|quite|fairly|rather|somewhat|more|less|most|least|pretty|very"
            r"|increasingly|reasonably|all but|virtually|almost|nearly)\s+$",
            re.IGNORECASE,
        )
    }
)
CONFIDENCES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"en": _words("confiden(?:ce|t|tly)")}
)

FUTURES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _words(
            "will", "shall", "(?:is|are) (?:to|going to|due to|set to|expected to)", "plans? to"
        )
    }
)

PERCENT: Mapping[str, str] = MappingProxyType(
    {"en": r"per ?cent(?:age points?)?", "fa": r"درصد|فیصد"}
)

_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth "
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth"
).split()
_EN_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()

# Words below a hundred add up; scales multiply what stands before them.
NUMBERS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            **{word: value for value, word in enumerate(_EN_UNITS)},
            **{word: 10 * value for value, word in enumerate(_EN_TENS, 2)},
            **{word: value for value, word in enumerate(_EN_ORDINALS)},
            **{word: 10 * value for value, word in enumerate(_EN_TENTHS, 2)},
            "dozen": 12,
        },
        "fa": {
            word: value
            for value, word in enumerate(
                (
                    "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده "
                    "شانزده هفده هجده نوزده"
                ).split()
            )
        }
        | {
            word: 10 * value
            for value, word in enumerate("بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split(), 2)
        },
    }
)
SCALES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": {
            "hundred": 100,
            "thousand": 1000,
            "million": 10**6,
            "billion": 10**9,
            "hundredth": 100,
            "thousandth": 1000,
        },
        "fa": {"صد": 100, "هزار": 1000, "میلیون": 10**6, "میلیارد": 10**9},
    }
)
VAGUE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"en": _words("dozens", "hundreds", "thousands", "millions", "billions", "half", "twice")}
)
# Where “one” and “first” count nothing.
UNCOUNTED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _words(
            "no one", "one another", "one of", "the one", "which one", "at first", "first of all"
        ),
        "fa": re.compile(r"یک\u200c?دیگر|هیچ یک|یکی از|نه تنها|نه\s"),
    }
)
AND: Mapping[str, str] = MappingProxyType({"en": "and", "fa": "و"})

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
                    "آوریل اپریل",
                    "مه می",
                    "ژوئن جون",
                    "ژوئیه جولای",
                    "اوت اگست",
                    "سپتامبر سپتمبر",
                    "اکتبر اکتوبر",
                    "نوامبر نومبر",
                    "دسامبر دسمبر",
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
    }
)
# A month name that is a common word too counts only beside a day, a year or one of these.
MONTH_INTRODUCTIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:in|since|of|by|until|till|early|late|mid|last|next|this)[\s-]+$", re.IGNORECASE
        ),
        "fa": re.compile(r"(?:ماه|در|از|تا)\s+$"),
    }
)
AMBIGUOUS_MONTHS = frozenset({"May", "March", "مه", "می", "جون"})
