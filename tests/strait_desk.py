"""An invented dispute over a strait, with one of everything that a page can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from little_desk import LittleDesk

from briefings.compose.edition import compose
from briefings.core.edition import ContestView, Edition
from briefings.core.model import CheckedBase, FactId, TopicId
from briefings.core.spec import EditionSpec, Window

AS_OF = date(2031, 5, 18)

HERALD = """\
Ferries stop in the Strait of Oom
The ferry company said on Monday that no ferry would sail before 20 May 2031. \
“We wait for the pilots,” its director Mara Quist said.
Two people close to the talks, who asked not to be named, \
said the pilots want twice their pay & <b>more</b>.
Between 2 and 9 May the toll was raised by 40 percent.
The Herald holds that both sides have lost sight of the islanders.
"""
WIRE = """\
بندر اوم، ۱۲ مه ۲۰۳۱
سخنگوی بندر گفت که کشتی‌ها از فردا حرکت می‌کنند.
The pilots' union said the toll had been raised by a third.
The union announced a march for 15 May 2031.
"""
HEAD = """\
format: 1
title: The Strait of Oom
languages: [en]
marking: MARKING
topics:
  ferries:
    title: The ferries' halt
    question: When will ferries sail again, and who pays for it?
  silence: {title: Nothing at all}
actors:
  company: {name: Oom Ferries, kind: body}
  quist:
    name: Mara Quist
    kind: person
    of: company
    titles: [{source: herald, name: Mara Quist, title: its director}]
  union: {name: Pilots' union, kind: group}
  insiders: {name: people close to the talks, kind: anonymous}
  speaker:
    name: the port's spokesman
    kind: person
    titles: [{source: wire, title: سخنگوی بندر, language: fa, translation: spokesman of the port}]
places:
  port: {name: Port Oom, at: [-17.5, 179.6]}
  far: {name: Farside, at: [-16.9, -179.4]}
"""
FACTS = """\
facts:
  - id: halt
    kind: statement
    topics: [ferries]
    headline: Ferries stop
    statement: Oom Ferries said that no ferry would sail before 20 May 2031.
    date: 2031-05-12
    actors: [company]
    credibility: 2
    evidence:
      - source: herald
        quote: The ferry company said … no ferry would sail before 20 May 2031
        by: company
  - id: waiting
    kind: statement
    topics: [ferries]
    statement: Mara Quist said that the company waited for the pilots.
    date: 2031-05-12~
    actors: [quist, company]
    evidence:
      - source: herald
        quote: >-
          no ferry would sail before 20 May 2031. “We wait for the pilots,” its director Mara Quist
          said
        by: quist
  - id: tomorrow
    kind: plan
    topics: [ferries]
    headline: Port announces sailings
    statement: The port's spokesman said that ferries would sail from the next day.
    date: 2031-05-12
    due: 2031-05-13
    actors: [speaker]
    places: [port]
    credibility: 3
    evidence:
      - source: wire
        language: fa
        quote: سخنگوی بندر گفت که کشتی‌ها از فردا حرکت می‌کنند
        by: speaker
        translation: The spokesman of the port said that the ships move from tomorrow on
        translator: the desk
        note: The text does not say which ships.
  - id: double-pay
    kind: claim
    topics: [ferries]
    statement: People close to the talks, not named, said that the pilots want twice their pay.
    actors: [insiders]
    evidence: [{source: herald, quote: the pilots want twice their pay & <b>more</b>, by: insiders}]
  - id: toll-40
    kind: figure
    topics: [ferries]
    headline: Toll raised
    statement: The toll was raised by 40 percent, according to the Herald.
    date: 2031-05-02/2031-05-09
    places: [port, far]
    credibility: 3
    evidence: [{source: herald, quote: the toll was raised by 40 percent}]
  - id: toll-third
    kind: claim
    topics: [ferries]
    statement: The pilots' union said that the toll had been raised by a third.
    actors: [union]
    credibility: 4
    evidence: [{source: wire, quote: the toll had been raised by a third, by: union}]
  - id: march
    kind: plan
    topics: [ferries]
    statement: The pilots' union announced a march for 15 May 2031.
    due: 2031-05-15
    actors: [union]
    evidence: [{source: wire, quote: The union announced a march for 15 May 2031, by: union}]
  - id: islanders
    kind: advocacy
    topics: [ferries]
    statement: The Herald holds that both sides have lost sight of the islanders.
    evidence: [{source: herald, quote: both sides have lost sight of the islanders}]
judgements:
  - id: long
    topic: ferries
    statement: It is very likely that no ferry sails in this week.
    confidence: low
    because: Two of the three accounts are not named.
    rests_on: [halt, double-pay]
    made: 2031-05-16
contested:
  - id: toll
    topic: ferries
    question: By how much was the toll raised?
    positions: [toll-40, toll-third]
gaps:
  - {id: pilots, topic: ferries, question: What do the pilots say themselves?, made: 2031-05-16}
"""


def strait(
    folder: Path, marking: str = "GREEN", *, head: str = HEAD, facts: str = FACTS
) -> CheckedBase:
    """The desk, checked, or one that differs in `head` or `facts`."""
    desk = LittleDesk(folder)
    desk.document("herald", HERALD, published="2031-05-14", reliability="B", publisher="Herald")
    desk.document("wire", WIRE, published="2031-05-13/2031-05-14", publisher="unknown")
    checked = desk.check(facts, head.replace("MARKING", marking))
    assert checked.checked is not None, checked.diagnostics
    return checked.checked


def edition(
    base: CheckedBase, topic: str = "ferries", as_of: date = AS_OF, language: str = "en"
) -> Edition:
    """The edition of one week."""
    window = Window(as_of - timedelta(days=6), as_of)
    return compose(base, EditionSpec(topic, (TopicId(topic),), as_of, as_of, window, language))


def of_three(shown: Edition) -> tuple[Edition, ContestView]:
    """The edition with a third answer to its disputed point, by the voice that gives the first."""
    (view,) = shown.contests
    first = view.positions[0]
    third = replace(first, id="s99", fact=replace(first.fact, id=FactId("third")))
    told = replace(view, positions=(*view.positions, third))
    return replace(shown, front=replace(shown.front, disputes=(told,))), told
