"""Turns: what several share is lent fairly, and nothing is lost by who gives up."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.worker import Turns

ANN, BEN, FOLDER = 1, 2, 0


class Desk:
    """Members who borrow things and keep them until told; *lent* has who has something, in order."""

    def __init__(self, things: int, most: Callable[[int], int] = lambda _: 1) -> None:
        self.turns = Turns(range(things), most)
        self.lent: list[str] = []
        self.now: set[int] = set()
        self.back: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, name: str, owner: int) -> None:
        """Ask for a thing under a *name*."""
        self.back[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._borrow(name, owner))
        await settle()

    async def _borrow(self, name: str, owner: int) -> None:
        async with self.turns.lend(owner) as thing:
            assert thing not in self.now, "lent twice"
            self.now.add(thing)
            self.lent.append(name)
            await self.back[name].wait()
            self.now.remove(thing)

    async def give_back(self, name: str) -> None:
        self.back[name].set()
        await settle()


async def settle() -> None:
    """Let all tasks run until each waits."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_ten_of_one_member_hold_up_anothers_one_no_longer_than_the_first_does() -> None:
    desk = Desk(1)
    for n in range(10):
        await desk.ask(f"ann{n}", ANN)
    await desk.ask("ben", BEN)
    assert desk.lent == ["ann0"]
    await desk.give_back("ann0")
    assert desk.lent == ["ann0", "ben"]
    await desk.give_back("ben")
    assert desk.lent == ["ann0", "ben", "ann1"]


async def test_a_member_has_one_at_a_time_though_others_are_idle() -> None:
    desk = Desk(3)
    await desk.ask("ann0", ANN)
    await desk.ask("ann1", ANN)
    await desk.ask("ben", BEN)
    assert desk.lent == ["ann0", "ben"]
    await desk.give_back("ann0")
    assert desk.lent == ["ann0", "ben", "ann1"]


async def test_the_folder_may_have_several_but_leaves_some() -> None:
    desk = Desk(3, lambda owner: 2 if owner == FOLDER else 1)
    for n in range(5):
        await desk.ask(f"file{n}", FOLDER)
    await desk.ask("ann", ANN)
    assert desk.lent == ["file0", "file1", "ann"]


async def test_who_gives_up_waiting_is_passed_over() -> None:
    desk = Desk(1)
    for name, owner in (("ann", ANN), ("ben", BEN), ("cleo", 3)):
        await desk.ask(name, owner)
    desk.tasks["ben"].cancel()
    await desk.give_back("ann")
    assert desk.lent == ["ann", "cleo"]


async def test_what_is_lent_in_the_moment_of_giving_up_goes_to_the_next() -> None:
    desk = Desk(1)
    for name, owner in (("ann", ANN), ("ben", BEN), ("cleo", 3)):
        await desk.ask(name, owner)
    desk.back["ann"].set()
    await asyncio.sleep(0)  # ann gives it back, which lends it to ben
    desk.tasks["ben"].cancel()
    await settle()
    assert desk.lent == ["ann", "cleo"]


async def test_what_raises_gives_its_thing_back() -> None:
    turns = Turns([1], lambda _: 1)
    with pytest.raises(KeyError):
        async with turns.lend(ANN):
            raise KeyError
    async with asyncio.timeout(5), turns.lend(BEN) as thing:
        assert thing == 1


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 3))
def test_everybody_who_asks_gets_one(owners: list[int], things: int) -> None:
    async def all_of_them() -> None:
        desk = Desk(things, lambda owner: things if owner == FOLDER else 1)
        for n, owner in enumerate(owners):
            await desk.ask(f"{n}", owner)
        for served in range(len(owners)):
            assert len(desk.lent) > served
            await desk.give_back(desk.lent[served])

    asyncio.run(all_of_them())
