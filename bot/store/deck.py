"""A shuffled deck of any size in a few numbers: no position is drawn twice before all are drawn.

A deck is a list of segments, each a pseudo-random order of the positions ``low`` to ``high - 1`` and how many of
them were drawn. The order is a Feistel network over the next power of four, walked on until it lands inside: a
position costs constant time and no memory, whatever the size (Black and Rogaway, "Ciphers with Arbitrary Finite
Domains", 2002). Positions that are added while a deck is in use become a segment of their own, so that old and new
come mixed.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

ROUNDS = 4
MOST_SEGMENTS = 12
"""Positions that are added beyond so many segments wait until one segment is used up."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The positions from *low* to *high* (not included), in the order of *seed*; *drawn* of them have come."""

    seed: int
    low: int
    high: int
    drawn: int = 0

    @property
    def left(self) -> int:
        return self.high - self.low - self.drawn

    def draw(self) -> tuple[int, Self]:
        """Return the next position, and the segment that is left then."""
        position = self.low + _shuffled(self.drawn, self.high - self.low, self.seed)
        return position, type(self)(self.seed, self.low, self.high, self.drawn + 1)


def draw(segments: Sequence[Segment], top: int) -> tuple[int, list[Segment]]:
    """Draw one of the positions 1 to *top*, and return the deck that is left.

    *top* must be at least 1. A deck that is used up is shuffled again.
    """
    cards = list(segments)
    reached = max((segment.high for segment in cards), default=1)
    if reached <= top and sum(segment.left > 0 for segment in cards) < MOST_SEGMENTS:
        cards.append(_new(reached, top))
    live = [i for i, segment in enumerate(cards) if segment.left > 0]
    if not live:
        cards, live = [_new(1, top)], [0]
    [chosen] = live if len(live) == 1 else random.choices(live, weights=[cards[i].left for i in live])
    position, cards[chosen] = cards[chosen].draw()
    return position, _without_spent(cards)


def has_left(segments: Sequence[Segment], top: int) -> bool:
    """Return whether some of the positions 1 to *top* have not come since the deck was shuffled."""
    reached = max((segment.high for segment in segments), default=1)
    return reached <= top or any(segment.left for segment in segments)


def _new(reached: int, top: int) -> Segment:
    return Segment(random.getrandbits(32), reached, top + 1)


def _without_spent(segments: list[Segment]) -> list[Segment]:
    """Drop the segments that are used up, but for the one that says how far the deck has reached."""
    reached = max(segment.high for segment in segments)
    return [segment for segment in segments if segment.left > 0 or segment.high == reached]


def write(segments: Sequence[Segment]) -> str:
    """Return a deck as a row holds it."""
    return json.dumps([[s.seed, s.low, s.high, s.drawn] for s in segments], separators=(",", ":"))


def read(text: str) -> list[Segment]:
    """Return the deck that `write` wrote."""
    return [Segment(*numbers) for numbers in json.loads(text)]


def _shuffled(index: int, size: int, seed: int) -> int:
    """Where *index* of *size* comes in the order of *seed*."""
    bits = max(1, ((size - 1).bit_length() + 1) // 2)
    while True:
        index = _feistel(index, bits, seed)
        if index < size:
            return index


def _feistel(value: int, bits: int, seed: int) -> int:
    half = (1 << bits) - 1
    left, right = value >> bits, value & half
    for turn in range(1, ROUNDS + 1):
        left, right = right, left ^ (_mixed((seed * ROUNDS + turn) * _GOLDEN + right) & half)
    return left << bits | right


_GOLDEN = 0x9E3779B97F4A7C15


def _mixed(number: int) -> int:
    """Return 64 bits, each of which hangs on every bit of *number*: the finalizer of SplitMix64.

    (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.)
    """
    number &= _BITS
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _BITS
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _BITS
    return number ^ number >> 31


_BITS = 2**64 - 1
