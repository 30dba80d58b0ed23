"""Values written as YAML in many shapes: quotes, brackets, blocks, blank lines and comments."""

from __future__ import annotations

import json
from random import Random
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

WORDS = (
    *("the", "port", "of", "Oom,", "said:", "no", "#2", "it's", "10", "%", "“so”", "–", "دریا"),
    *("می‌رود", "{x}", "[y]", "'z'", "&", "*", "!", "|", ">", "~", "?", "@", "-"),
)


def text(chance: Random, most: int = 30) -> str:
    """A text of some words, which may need quotes."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))


class Shapes:
    """Writes values; every choice is by `chance`, and each comment is counted in `comments`."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.comments: list[str] = []

    def write(self, value: dict[str, Value]) -> str:
        """A whole file."""
        lines = [*self._above(0), *self._entries(value, 0)]
        return "\n".join([*lines, *self._above(0)]) + "\n"

    def _comment(self) -> str:
        comment = f"# {len(self.comments)} {self.chance.choice(['x: y', '- so', 'a # b', 'é', ''])}"
        self.comments.append(comment.rstrip())
        return comment.rstrip()

    def _above(self, indent: int) -> list[str]:
        lines: list[str] = []
        while self.chance.random() < 0.12:
            lines += [""] if self.chance.random() < 0.4 else [" " * indent + self._comment()]
        return lines

    def _behind(self) -> str:
        return f" {self._comment()}" if self.chance.random() < 0.06 else ""

    def _entries(self, value: dict[str, Value], indent: int) -> list[str]:
        lines: list[str] = []
        for key, inner in value.items():
            lines += [*self._above(indent), *self._below(f"{' ' * indent}{key}:", inner, indent)]
        return lines

    def _below(self, head: str, value: Value, indent: int) -> list[str]:
        """`value` behind `head`, or below it."""
        if isinstance(value, str):
            return self._text(head, value, indent + 2)
        if not value or self.chance.random() < 0.25:
            return [f"{head} {self._flow(value)}{self._behind()}"]
        if isinstance(value, dict):
            inner = indent + self.chance.choice([2, 3, 4])
            return [head + self._behind(), *self._entries(value, inner), *self._above(inner)]
        inner = indent + self.chance.choice([0, 2, 4]) if head.strip() != "-" else indent + 2
        if head.strip() == "-":
            return [f"{head} {self._flow(value)}"]
        return [head + self._behind(), *self._items(value, inner), *self._above(inner)]

    def _items(self, value: list[Value], indent: int) -> list[str]:
        lines: list[str] = []
        for item in value:
            lines += self._above(indent)
            if isinstance(item, dict) and item and self.chance.random() < 0.8:
                first, *rest = self._entries(item, indent + 2)
                if first.strip() and not first.lstrip().startswith("#"):
                    lines += [f"{' ' * indent}- {first.lstrip()}", *rest]
                else:
                    lines += [f"{' ' * indent}-", first, *rest]
            else:
                lines += self._below(f"{' ' * indent}-", item, indent)
        return lines

    def _text(self, head: str, value: str, indent: int) -> list[str]:
        margin = " " * indent
        match self.chance.randint(0, 4):
            case 0 if value[0].isalpha() and not set(":#,[]{}") & set(value) and "\n" not in value:
                words = value.split(" ")
                cut = self.chance.randint(1, len(words))
                head = f"{head} {' '.join(words[:cut])}"
                rest = " ".join(words[cut:])
                return [head, margin + rest] if rest else [head + self._behind()]
            case 1 if "\n" not in value:
                words = value.split(" ")
                cut = self.chance.randint(1, len(words))
                lines = [" ".join(words[:cut]), " ".join(words[cut:])]
                return [f"{head} >-{self._behind()}", *(margin + line for line in lines if line)]
            case 2 if "'" not in value and "\n" not in value:
                return [f"{head} '{value}'{self._behind()}"]
            case 3:
                lines = [margin + line if line else "" for line in value.split("\n")]
                return [f"{head} |-{self._behind()}", *lines]
        return [f"{head} {json.dumps(value, ensure_ascii=False)}{self._behind()}"]

    def _flow(self, value: Value) -> str:
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            return f"{{{self._joined([f'{key}: {self._flow(value[key])}' for key in value])}}}"
        return f"[{self._joined([self._flow(each) for each in value])}]"

    def _joined(self, parts: list[str]) -> str:
        joined = parts[0] if parts else ""
        for part in parts[1:]:
            is_wrapped = self.chance.random() < 0.2
            joined += f",{self._behind()}\n      {part}" if is_wrapped else f", {part}"
        return joined
