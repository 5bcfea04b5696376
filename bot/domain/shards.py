"""Shards: Discord divides the servers of a large bot among several connections, and several processes share those."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one process."""

    count: int
    """How many there are in all processes."""
    own: tuple[int, ...]

    def have(self, server: int) -> bool:
        """Return whether a server is on one of them."""
        return (server >> 22) % self.count in self.own

    @property
    def are_all(self) -> bool:
        """Whether there is no other process."""
        return len(self.own) == self.count


ALL_SHARDS = Shards(1, (0,))
"""Of a bot in one process: every server is its own, however many shards Discord has it open."""


def shown(numbers: Iterable[int]) -> str:
    """Return numbers as the setting SHARDS has them: ``0-3,7``."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ",".join(f"{each[0]}-{each[-1]}" if len(each) > 1 else str(each[0]) for each in ranges)
