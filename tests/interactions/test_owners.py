"""Who owns the bot is asked of Discord once a minute at most, and nobody does where it does not say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.interactions import owners
from bot.interactions.owners import CACHE_SECONDS, Owners
from tests.clock import Clock

ANN, BEN, DANA, ADAM = range(1, 5)


def owned(owner: int, team: Mapping[int, str] | None = None) -> Any:
    """What Discord says of an application."""
    members = [SimpleNamespace(id=user, role=discord.TeamMemberRole(role)) for user, role in (team or {}).items()]
    whole = None if team is None else SimpleNamespace(owner_id=owner, members=members)
    return SimpleNamespace(owner=SimpleNamespace(id=owner), team=whole)


class Application:
    """What Discord says when it is asked, and how often it was."""

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.answer, self.asked = answer, 0

    async def __call__(self) -> Any:
        self.asked += 1
        await asyncio.sleep(0)
        return self.answer()


@pytest.mark.parametrize(
    ("said", "who"),
    [
        (owned(ANN), {ANN}),
        (owned(ANN, {}), {ANN}),
        (owned(ANN, {BEN: "admin", DANA: "developer", ADAM: "read_only"}), {ANN, BEN, DANA}),
    ],
)
async def test_owners_are_the_owner_or_the_admins_and_developers_of_the_team(said: Any, who: set[int]) -> None:
    found = Owners(Application(lambda: said), Clock())
    assert {user for user in (ANN, BEN, DANA, ADAM) if await found.include(user)} == who and found.are_known


async def test_many_who_press_at_once_ask_once_and_a_minute_later_once_more() -> None:
    application, clock = Application(lambda: owned(ANN)), Clock()
    found = Owners(application, clock)
    assert await asyncio.gather(*(found.include(user) for user in (ANN, BEN) * 20)) == [True, False] * 20
    clock.forward(CACHE_SECONDS - 1)
    assert await found.include(ANN) and application.asked == 1
    clock.forward(1)
    application.answer = lambda: owned(BEN)
    assert [await found.include(ANN), await found.include(BEN)] == [False, True] and application.asked == 2
    clock.forward(-3600)  # the machine's clock was put right
    application.answer = lambda: owned(DANA)
    assert not await found.include(BEN) and application.asked == 3


async def test_where_discord_does_not_say_nobody_owns_it_and_it_is_not_asked_again_at_once() -> None:
    def fail() -> Any:
        raise OSError("no route to Discord")

    application, clock = Application(lambda: owned(ANN)), Clock()
    found = Owners(application, clock)
    assert await found.include(ANN)
    clock.forward(CACHE_SECONDS)
    application.answer = fail
    assert [await found.include(ANN) for _ in range(5)] == [False] * 5 and not found.are_known
    assert application.asked == 2
    clock.forward(CACHE_SECONDS)
    application.answer = lambda: owned(ANN)
    assert await found.include(ANN) and found.are_known


async def test_a_discord_that_does_not_answer_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(owners, "ASK_SECONDS", 0.01)
    found = Owners(never, Clock())
    assert not await found.include(ANN) and not found.are_known
