"""Take the text out of briefs on paper in three ways, and tell what is not the page's own.

    python benchmarks/letters.py [--brief un-staff-ban --brief ...] [--lang en --lang fa ...]

Poppler reads as search engines do, pdfium as Chrome; both by words, for they choose an order of
their own. The tags are read as a screen reader does, `ActualText` before what glyphs stand for:
their text is held against the page's character by character, and in order.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from unicodedata import bidirectional, category

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import desks  # noqa: E402 # of the tests, whose folder comes first
from taken_out import by_pdfium, by_poppler, by_tags, page_words, text_of_page, words  # noqa: E402

from briefings.compose.edition import compose  # noqa: E402
from briefings.compose.selection import window  # noqa: E402
from briefings.core.edition import EditionSpec  # noqa: E402
from briefings.core.model import Period, TopicId  # noqa: E402
from briefings.render.html.environment import environment, shipped  # noqa: E402
from briefings.render.html.page import brief  # noqa: E402
from briefings.render.pdf.write import pdf  # noqa: E402
