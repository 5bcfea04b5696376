"""Emoji that wait for their message's row: for ten seconds, and so many."""

from __future__ import annotations

from bot.domain.reactions import Emoji
from bot.services.reactions import EARLY_SECONDS, MOST_EARLY, EarlyReactions
from tests.clock import Clock

FIRE, STAR = Emoji("🔥"), Emoji("🌟")


def test_what_waits_comes_back_once() -> None:
    early = EarlyReactions(Clock())
    early.hold(1, 5, FIRE)
    early.hold(2, 5, STAR)
    assert early.pop(1) == [(5, FIRE)]
    assert early.pop(1) == []
    assert early.pop(2) == [(5, STAR)]


def test_what_came_off_is_dropped_by_reader_by_emoji_or_all() -> None:
    early = EarlyReactions(Clock())
    for reader in (5, 6):
        for emoji in (FIRE, STAR):
            early.hold(1, reader, emoji)
    early.hold(3, 5, FIRE)
    early.hold(3, 5, STAR)
    early.drop(3, 5, FIRE)
    assert early.pop(3) == [(5, STAR)]
    early.drop(1, 5, FIRE)
    early.drop(1, emoji=STAR)
    early.hold(2, 7, STAR)
    early.drop(2)
    assert early.pop(1) == [(6, FIRE)] and early.pop(2) == []


def test_what_has_waited_too_long_is_forgotten() -> None:
    clock = Clock()
    early = EarlyReactions(clock)
    early.hold(1, 5, FIRE)
    clock.forward(EARLY_SECONDS)
    early.hold(1, 6, FIRE)
    clock.forward(1)
    assert early.pop(1) == [(6, FIRE)]


def test_no_more_wait_than_there_is_room_for() -> None:
    early = EarlyReactions(Clock())
    for message in range(MOST_EARLY + 1):
        early.hold(message, 5, FIRE)
    assert early.pop(0) == [] and early.pop(1) == [(5, FIRE)] and early.pop(MOST_EARLY) == [(5, FIRE)]
