"""Warnings that a reader wants to be asked about before the first page of a story that has one."""

from collections.abc import Sequence

from bot.stories.folding import fold

ANY = "all"
"""What a reader types to be asked about any warning."""

MOST_WARNINGS = 50
WARNING_CHARS = 60
"""Characters of one of a reader's warnings; of each only so many are kept."""


def read_warnings(typed: str) -> tuple[str, ...]:
    """Return the warnings that a reader typed, separated by commas, none twice."""
    words = (" ".join(each.split())[:WARNING_CHARS] for each in typed.split(","))
    return tuple(dict.fromkeys(each for each in words if each))[:MOST_WARNINGS]


def asked_about(warnings: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return those of a story's *warnings* that a reader *asked* to be asked about: that contain their words."""
    wanted = [fold(each) for each in asked]
    return [each for each in warnings if any(word == ANY or word in fold(each) for word in wanted)]
