"""Our dataclasses are those of the standard library, but for when their methods are compiled."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, dataclass, field
from typing import Any

import pytest

from briefings.core import values


@values.dataclass(frozen=True, slots=True)
class Point:
    """With a default, and one that is made."""

    across: int
    down: int = 2
    marks: list[str] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same by the standard library."""

    across: int
    down: int = 2
    marks: list[str] = field(default_factory=list, compare=False)


@values.dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Later:
    """Its fields are given by name."""

    day: int
    hour: int = 0


@values.dataclass(frozen=True, slots=True)
class Marked(Point):
    """Has a field more than what it is made of."""

    name: str = ""


@values.dataclass(slots=True)
class Changing:
    """Not frozen, and with a field that nobody gives."""

    count: int
    seen: set[int] = field(init=False, compare=False)
    doubled: int = field(init=False, default=0)
    known: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """As the standard library calls it."""
        self.doubled = 2 * self.count


@values.dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """Equal to nothing but itself."""

    name: str


def test_made_as_by_the_standard_library() -> None:
    """By place, by name, by default; what is made is made anew each time."""
    for given, named in (((1,), {}), ((1, 3), {}), ((), {"down": 5, "across": 4})):
        ours: Any = Point(*given, **named)  # type: ignore[arg-type]  # any of them
        theirs: Any = Theirs(*given, **named)  # type: ignore[arg-type]  # as above
        assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
        assert repr(ours) == repr(theirs).replace("Theirs", "Point")
        assert hash(ours) == hash(theirs)
    assert Point(1).marks is not Point(1).marks
    assert Point.__match_args__ == Theirs.__match_args__
    assert [each.name for each in dataclasses.fields(Marked)] == ["across", "down", "marks", "name"]
    wrong: tuple[tuple[Any, ...], ...] = ((), (1, 2, [], 4))
    for arguments in wrong:
        with pytest.raises(TypeError, match="__init__"):
            Point(*arguments)


def test_equal_by_values_of_the_same_class() -> None:
    """Fields that are not compared do not count; what is not compared at all is only itself."""
    assert Point(1, marks=["a"]) == Point(1, 2)
    assert Point(1) != Point(2)
    assert Point(1) != Marked(1)
    assert Itself("a") != Itself("a")
    assert len({Itself("a"), Itself("a")}) == 2
    assert Changing(1) != Changing(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Changing(1))


def test_ordered_by_values() -> None:
    """Field by field; not against anything else."""
    days = [Later(day=2), Later(day=1, hour=3), Later(day=1)]
    assert sorted(days) == [Later(day=1), Later(day=1, hour=3), Later(day=2)]
    assert Later(day=1) <= Later(day=1) < Later(day=2)
    assert Later(day=2) >= Later(day=2) > Later(day=1)
    with pytest.raises(TypeError, match="not supported"):
        assert Later(day=1) < 2  # type: ignore[operator]  # on purpose
    with pytest.raises(TypeError, match="positional"):
        Later(1)  # type: ignore[call-arg]  # by name alone


def test_frozen() -> None:
    """No field can be set or deleted, and there is room for no other attribute."""
    point = Point(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'across'"):
        point.across = 2  # type: ignore[misc]  # on purpose
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'across'"):
        del point.across
    assert not hasattr(point, "__dict__")
    changing = Changing(3)
    changing.count = 4
    assert (changing.doubled, changing.known, hasattr(changing, "seen")) == (6, {}, False)


def test_copied_pickled_replaced_and_matched() -> None:
    """Whoever looks at fields finds them."""
    point = Marked(1, name="a")
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point  # noqa: S301 # our own
    assert dataclasses.replace(point, down=7) == Marked(1, 7, name="a")
    match point:
        case Marked(across, down, _, name):
            assert (across, down, name) == (1, 2, "a")


def test_replaced_as_by_the_standard_library() -> None:
    """Other values in the fields that are named, of the same class; no field that is not there."""
    marked = Marked(1, marks=["a"], name="b")
    other = values.replace(marked, down=5, name="c")
    assert other == dataclasses.replace(marked, down=5, name="c")
    assert type(other) is Marked
    assert other.marks is marked.marks
    assert values.replace(Changing(1), count=4).doubled == 8  # by what it does once it is made
    for replace in (values.replace, dataclasses.replace):
        with pytest.raises(TypeError, match="'left'"):
            replace(Point(1), left=2)
