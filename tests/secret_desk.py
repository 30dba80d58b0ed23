"""An invented desk, part of it restricted: a ferry that stops, and what a cable says of it."""

from __future__ import annotations

from pathlib import Path

from little_desk import LittleDesk

GAZETTE = """\
The ferry to Larn stopped on Monday, the harbour office said.
The toll on the quay was raised by a tenth.
The harbour office said that sailings would begin again on 14 May 2031.
"""
CABLE = """\
Colonel Ostrava told the envoy that he had ordered the ferry kept in port.
The colonel keeps his papers in the hangar at Brindle Point.
The toll on the quay was raised by a third, he added.
No ship sailed on 14 May 2031, the envoy noted with some satisfaction.
"""
LETTER = """\
سرهنگ استراوا به فرستاده گفت که ناوگان جزیره در بندر می‌ماند.
"""

HEAD = """\
format: 1
title: The Larn desk
languages: [en]
edition: {as_of: 2031-05-18, period: week}
topics:
  ferry: {title: The ferry to Larn, question: When will it sail?, weekly: true}
  orders: {title: Who keeps the ships in port}
actors:
  office: {name: Harbour office, kind: body, note: The cable calls it a front.,
    titles: [{source: cable, name: Colonel Ostrava}]}
  ostrava: {name: Colonel Ostrava, aliases: [Viktor Ostrava], kind: person}
  ghost: {name: Nightjar bureau, kind: body, marking: AMBER}
places:
  larn: {name: Larn, at: [54.9, -5.8]}
  brindle: {name: Brindle Point, at: [54.8, -5.7]}
"""

FACTS = """\
facts:
  - id: ferry-stopped
    kind: event
    topics: [ferry]
    statement: The ferry to Larn stopped, the harbour office said.
    date: 2031-05-12
    actors: [office]
    places: [larn]
    evidence: [{source: gazette, quote: The ferry to Larn stopped on Monday, by: office}]
  - id: toll-tenth
    kind: claim
    topics: [ferry]
    statement: The toll on the quay was raised by a tenth.
    evidence: [{source: gazette, quote: The toll on the quay was raised by a tenth}]
  - id: toll-third
    kind: claim
    topics: [ferry]
    statement: The toll on the quay was raised by a third.
    evidence: [{source: cable, quote: The toll on the quay was raised by a third}]
  - id: sailings
    kind: plan
    topics: [ferry]
    statement: Sailings were to begin again on 14 May 2031.
    due: 2031-05-14
    evidence: [{source: gazette, quote: sailings would begin again on 14 May 2031}]
  - id: none-sailed
    kind: event
    topics: [ferry]
    statement: No ship sailed on 14 May 2031.
    outcome_of: [sailings]
    evidence: [{source: cable, quote: No ship sailed on 14 May 2031}]
  - id: kept-in-port
    kind: claim
    topics: [ferry, orders]
    headline: Ostrava keeps the ferry in port
    statement: Colonel Ostrava told the envoy that he had ordered the ferry kept in port.
    actors: [ostrava]
    places: [brindle]
    evidence:
      - source: cable
        quote: Colonel Ostrava told the envoy that he had ordered the ferry kept in port
        by: ostrava
  - id: fleet-stays
    kind: claim
    topics: [orders]
    statement: The envoy was told that the island fleet stays where it is.
    actors: [ostrava]
    evidence:
      - source: letter
        quote: به فرستاده گفت که ناوگان جزیره در بندر می‌ماند
        by: ostrava
        translation: told the envoy that the island fleet remains in the harbour
        translator: the desk
judgements:
  - id: no-sailing-soon
    topic: ferry
    statement: It is likely that the ferry stays away in May.
    confidence: low
    because: One office says so.
    rests_on: [ferry-stopped]
    made: 2031-05-15
  - id: ordered-from-above
    topic: ferry
    statement: It is very likely that the halt was ordered and not forced by weather.
    confidence: moderate
    because: The man who gave the order tells of it.
    rests_on: [ferry-stopped, kept-in-port]
    made: 2031-05-15
  - id: own-mark
    topic: ferry
    statement: It is unlikely that the owners know of the bargain.
    confidence: low
    because: Nothing points to it.
    rests_on: [ferry-stopped]
    made: 2031-05-15
    marking: AMBER
contested:
  - {id: toll, topic: ferry, question: By how much was the toll raised?,
     positions: [toll-tenth, toll-third]}
gaps:
  - {id: open-one, topic: ferry, question: What do the islanders say?, made: 2031-05-15}
  - {id: who-ordered, topic: ferry, question: Did anybody order the halt?, made: 2031-05-15,
     answered_by: kept-in-port}
  - {id: asset, topic: ferry, question: Can our friend in the hangar be reached?,
     made: 2031-05-15, marking: RED}
"""

SECRETS = (
    *("Ostrava", "Brindle", "hangar", "cable", "kept in port", "by a third", "No ship sailed"),
    *("Nightjar", "ostrava", "kept-in-port", "toll-third", "none-sailed", "bargain"),
    *("who-ordered", "ordered-from-above", "own-mark", "our friend", "asset", "front", "envoy"),
    *("استراوا", "ناوگان", "Vesk", "embassy", "Letter of"),
)
"""Words that no open entry says."""

MISLEADING = ("by a tenth", "toll-tenth", "Sailings were to begin")
"""Words of open entries that would mislead without what is hidden."""


def write(folder: Path, facts: str = FACTS) -> Path:
    """The desk's `facts.yaml` in `folder`, checked."""
    desk = LittleDesk(folder)
    days = {"published": "2031-05-14", "retrieved": "2031-05-14"}
    desk.document("gazette", GAZETTE, title="Ferry stops", publisher="Larn Gazette", **days)
    cable = {"title": "Cable of the embassy of Vesk", "publisher": "Embassy of Vesk"}
    wires = "https://vesk.example/wires/77"
    desk.document("cable", CABLE, marking="RED", url=wires, **cable, **days)
    letter = {"title": "Letter of the clerk", "language": "fa"}
    desk.document("letter", LETTER, marking="AMBER", **letter, **days)
    checked = desk.check(facts, HEAD)
    assert checked.checked is not None, checked.diagnostics
    return folder / "facts.yaml"
