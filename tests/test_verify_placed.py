"""Where texts of a PDF stand: in the order and blocks of its page, labels as it has them."""

from __future__ import annotations

from dataclasses import replace

from briefings.verify.in_browser.placed import Element, PlacedText, Spot, misplaced, places_in


def at(shown: str, line: float, left: float, element: Element | None = None) -> PlacedText:
    """A text of 40 points at a place of the first page."""
    spot = Spot(1, line, 10, left, left + 40, line + 8, left, left + 40, False, False, True)
    return PlacedText(shown, spot, element)


def rows() -> list[PlacedText]:
    """Two rows of a day and what is told of it, the second one of two lines."""
    body = Element("main", None)
    texts = []
    for line, day, told in ((700.0, "day", ("one",)), (660.0, "night", ("two", "more"))):
        row = Element("div", body)
        texts.append(at(day, line, 50, Element("div", row)))
        main = Element("div", row)
        texts += [at(each, line - 10 * turn, 200, main) for turn, each in enumerate(told, 1)]
    return texts


def exchanged(texts: list[PlacedText], one: int, other: int) -> list[PlacedText]:
    first, second = texts[one], texts[other]
    moved = list(texts)
    moved[one] = replace(first, spot=second.spot)
    moved[other] = replace(second, spot=first.spot)
    return moved


def told(texts: list[PlacedText]) -> list[str]:
    return [fault.message for fault in misplaced(texts)]


def test_rows_stand_below_each_other() -> None:
    """What stands beside others in its own row is no fault."""
    assert told(rows()) == []


def test_texts_of_one_column_in_each_others_place() -> None:
    """Each stands beside what is read next: but its row goes on where another one is."""
    assert told(exchanged(rows(), 0, 2)) == ["“night” stands where “day” goes on"]


def test_a_text_in_the_line_before() -> None:
    """It stands above what is read before it."""
    moved = exchanged(rows(), 3, 4)
    assert told(moved) == ["it stands elsewhere than it is read, behind “two”: “more”"]


def test_what_goes_on_in_a_line_may_be_of_another_element() -> None:
    """Words that end a paragraph begin on its last line."""
    body = Element("p", None)
    one, other = Element("b", body), Element("a", body)
    texts = [at("a", 700, 50, one), at("b", 688, 50, one), at("c", 688, 95, other)]
    assert told(texts) == []


LABELS = "#ln-label-1{left:20.5%}#ln-label-2{left:60%}.tl-tick-1{right:9%}#map-1{left:3%;top:7%}"


def test_labels_stand_as_their_page_has_them() -> None:
    """In each other's place each is a label, and says something else."""
    places = places_in(LABELS + ".key{left:0}.row{width:50%}")
    assert places["map-1"] == ("left", 3.0, 7.0)
    assert places.keys() == {"ln-label-1", "ln-label-2", "tl-tick-1", "map-1"}
    track = Element("div", None)
    labels = [Element("div", track, "label", places[f"ln-label-{turn}"]) for turn in (1, 2)]
    texts = [at("first", 700, 90, labels[0]), at("second", 700, 300, labels[1])]
    assert told(texts) == []
    crossed = exchanged(texts, 0, 1)
    assert told(crossed) == ["“first” and “second” stand in each other's place"]
    rounded = replace(texts[1].spot, size=10.0002)
    assert told([texts[0], replace(texts[1], spot=rounded)]) == []
