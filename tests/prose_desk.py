"""The harbour desk with a summary for each of two days, and accounts of what several facts tell."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from harbour_desk import DESK

from briefings.compose.edition import compose
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, Marking, TopicId
from briefings.core.spec import EditionSpec, Window
from briefings.run.check import check_desk

BASIN = TopicId("basin-closure")
SUMMARIES = """
summaries:
  - id: basin-early
    topic: basin-closure
    made: 2024-03-04
    headline: The inner basin stays closed to trawlers
    standfirst: >-
      Inés Calder says that nine trawlers were turned away [nine-turned-away]; the skippers' union
      says twelve [twelve-refused]. What the port's survey found is not known [-].
  - id: basin-late
    topic: basin-closure
    made: 2024-03-06
    headline: The harbour master confirms that boats were turned away
    standfirst: >-
      Inés Calder confirmed to a radio station that trawlers had been turned away at Port Merrow
      [nine-confirmed]. What the port's survey found is not known [-].
"""
ACCOUNTS = """
accounts:
  - id: calder-speaks
    topics: [basin-closure]
    text: >-
      Inés Calder said that the basin was silting up and that the port could not wait [silting].
      Nine trawlers were turned away, she said [nine-turned-away]; twelve boats, says the skippers'
      union, two of them with exemptions [twelve-refused].
  - id: calder-confirms
    topics: [basin-closure]
    text: >-
      Inés Calder called the basin silted up [silting], and confirmed on the radio that trawlers had
      been turned away at Port Merrow [nine-confirmed].
"""


def desk_with(folder: Path, prose: str = SUMMARIES + ACCOUNTS) -> Path:
    """A copy of the desk with this prose; the path of its base."""
    base = Path(shutil.copytree(DESK, folder / "desk")) / "facts.yaml"
    base.write_text(base.read_text(encoding="utf-8") + prose, encoding="utf-8")
    return base


def sound(base: Path) -> CheckedBase:
    """The desk, of which the check has nothing to say."""
    checked = check_desk(base)
    assert not checked.diagnostics
    assert checked.checked is not None
    return checked.checked


def edition(base: CheckedBase, day: date, ceiling: Marking = Marking.RED) -> Edition:
    """The week's edition of the one topic on a day."""
    window = Window(day - timedelta(days=6), day)
    return compose(base, EditionSpec(BASIN, (BASIN,), day, day, window, "en", ceiling=ceiling))
