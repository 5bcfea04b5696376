"""The custom ids of `custom_ids.txt`, to press."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.promises.conftest import Member, Screen, World

LIST = Path(__file__).with_name("custom_ids.txt")

SENDER = "1456074443980800026"
"""Whose uploads the ids of the list are about."""

AT_ONCE = 12
"""Presses that are on their way together, which takes less time than one after the other."""


@dataclass(frozen=True)
class Written:
    """A custom id that the bot once wrote, and how it comes back."""

    kind: str
    how: str
    id: str
    values: tuple[str, ...]
    """What was picked; of a form ``name=value``."""

    @property
    def begins(self) -> str:
        return self.id.partition(":")[0]

    def first(self, sender: Member) -> Written:
        """The same about the first story, chapter, review and so on, and about who sent them."""
        put = {str(number): "1" for number in range(2, 100)} | {SENDER: str(sender.id)}
        parts = [put.get(part, part) for part in self.id.split(":")]
        values = tuple("s1" if value == "s8" else put.get(value, value) for value in self.values)
        return replace(self, id=":".join(parts), values=values)

    def send(self, reader: Member, screen: Screen) -> Any:
        """Press it, pick what was picked, or send the form; it is on its way only."""
        words = [value.replace("_", " ") for value in self.values]
        if any("=" in word for word in words):
            return reader.send_form(screen, self.id, dict(word.split("=", 1) for word in words))
        return reader.send_press(screen, self.id, *words)


def _listed() -> Iterator[Written]:
    for line in LIST.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, how, custom_id, *values = line.split()
            yield Written(kind, how, custom_id, tuple(values))


WRITTEN = list(_listed())
LIVE = [each for each in WRITTEN if each.how != "gone"]
GONE = [each for each in WRITTEN if each.how == "gone"]


async def press_all(
    world: World, ids: Sequence[Written], *where: tuple[Member, Screen]
) -> list[tuple[Written, list[Screen]]]:
    """Have each id pressed by each reader on a message; what each of them was answered."""
    found: list[tuple[Written, list[Screen]]] = []
    size = max(1, AT_ONCE // len(where))
    for some in (ids[start : start + size] for start in range(0, len(ids), size)):
        answers = iter(await world.answered([each.send(*one) for each in some for one in where]))
        found += [(each, [next(answers) for _ in where]) for each in some]
    return found


def one_of_each(ids: Iterable[Written]) -> list[Written]:
    """The first of each kind."""
    return list({each.begins: each for each in reversed(list(ids))}.values())[::-1]
