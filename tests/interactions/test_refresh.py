"""Messages with counts under many presses: few drawings, none of them too early, and the last one true."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
from simcord.enums import InteractionType

from bot.domain.questions import Question
from bot.errors import StoryGone
from bot.interactions.client import Oneshot
from bot.interactions.refresh import TRIES, Refresher
from tests.library import Library
from tests.screens import read_at
from tests.seen import Message, footer_of, ids_by_label, reaction_id, shown, text_of
from tests.votes import votes_of

PAUSE = 60.0
"""Longer than a test may take, so that only the virtual clock ends it."""

GO_ON, LEAVE = "I want more", "Perfect as is"


@pytest.fixture(autouse=True)
def a_pause_between_drawings(monkeypatch: pytest.MonkeyPatch, no_pauses: None) -> None:
    monkeypatch.setattr("bot.interactions.refresh.PAUSE_SECONDS", PAUSE)


async def last_page(library: Library) -> Message:
    """A story's last page, posted for all."""
    return shown(await read_at(library, library.ann, story="Lighthouse", page=6))


def drawings(library: Library) -> int:
    """How often the bot has drawn a message in place."""
    return sum(
        request.method == "PATCH"
        or (request.path.endswith("/callback") and isinstance(request.json, dict) and request.json["type"] == 7)
        for request in library.env.http_requests
    )


def said(go_on: int, leave: int) -> str:
    return f"{go_on} of {go_on + leave} want more"


async def paused(library: Library) -> None:
    await library.env.advance_time(PAUSE)


async def press(library: Library, page: Message, count: int, label: str = GO_ON) -> None:
    """*count* new readers press at once, and each has a receipt."""
    readers = [library.join("reader") for _ in range(count)]
    for result in await library.click_at_once(page, *((reader, label) for reader in readers)):
        assert result.acknowledged and "Your vote is in!" in text_of(result.followups[0])


async def test_fifty_presses_at_once_are_two_drawings_and_the_last_is_true(library: Library) -> None:
    page = await last_page(library)
    await press(library, page, 50)
    assert drawings(library) == 1
    await paused(library)
    assert drawings(library) == 2 and said(50, 0) in text_of(page)
    await paused(library)
    await paused(library)
    assert drawings(library) == 2


async def test_the_first_press_in_a_while_draws_at_once(library: Library) -> None:
    page = await last_page(library)
    for count in range(1, 4):
        await library.join(f"reader{count}").click(page, label=GO_ON)
        assert said(count, 0) in text_of(page) and drawings(library) == count
        await paused(library)


async def test_a_press_within_a_pause_waits_for_its_end(library: Library) -> None:
    page = await last_page(library)
    await library.ann.click(page, label=GO_ON)
    await library.ben.click(page, label=LEAVE)
    await library.env.advance_time(PAUSE - 1)
    assert said(1, 0) in text_of(page)
    await library.env.advance_time(1)
    assert said(1, 1) in text_of(page)


async def test_while_presses_keep_coming_there_is_one_drawing_in_a_pause(library: Library) -> None:
    page = await last_page(library)
    for beat in range(1, 6):
        await press(library, page, 4)
        await paused(library)
        assert drawings(library) == beat + 1 and said(4 * beat, 0) in text_of(page)


async def test_two_messages_do_not_wait_for_each_other(library: Library) -> None:
    one, other = await last_page(library), await last_page(library)
    await library.ann.click(one, label=GO_ON)
    await library.ben.click(other, label=GO_ON)
    assert drawings(library) == 2 and said(2, 0) in text_of(other)


async def test_a_private_message_is_drawn_at_every_press(library: Library) -> None:
    panel = shown(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    for label in (GO_ON, LEAVE, GO_ON):
        assert f"You voted: **{label}**" in text_of(shown(await library.ann.click(panel, label=label)))


async def test_reactions_under_a_page_wait_for_each_other_too(library: Library) -> None:
    page = await last_page(library)
    await library.ann.click(page, custom_id=reaction_id(page, "🔥"))
    readers = [library.join(f"reader{n}") for n in range(5)]
    for reader in readers:
        await reader.click(page, custom_id=reaction_id(page, "🔥"))
    assert drawings(library) == 1
    await paused(library)
    assert drawings(library) == 2
    assert "🔥 6" in text_of(page)


async def test_a_page_that_is_turned_meanwhile_is_not_turned_back(library: Library) -> None:
    page = await last_page(library)
    await press(library, page, 3)
    await library.ann.click(page, label="Back")
    await paused(library)
    assert "Page 5 of 6" in footer_of(page)


async def test_a_message_that_is_deleted_meanwhile_is_let_go(library: Library) -> None:
    page = await last_page(library)
    await press(library, page, 3)
    library.env.backend.delete_message(library.channel.id, page.id)
    await paused(library)
    await paused(library)
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 3
    assert nothing_waits(library)


def nothing_waits(library: Library) -> bool:
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    return not bot.refresher._recent and not bot.refresher._following  # pyright: ignore[reportPrivateUsage]


async def test_nothing_is_kept_of_a_message_that_has_gone_quiet(library: Library) -> None:
    pages = [await last_page(library) for _ in range(3)]
    for page in pages:
        await press(library, page, 2)
    assert not nothing_waits(library)
    await paused(library)
    await paused(library)
    assert nothing_waits(library)


# -- when something is wrong ----------------------------------------------------


async def test_counts_that_cannot_be_read_leave_those_that_show(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await last_page(library)
    await press(library, page, 1)
    await paused(library)
    asked, reads = library.store.questions.asked, iter([False, False])

    async def read(story: int, guild: int | None) -> Question:
        """Fails for the first two drawings; the receipt asks nothing more."""
        if next(reads, True):
            return await asked(story, guild)
        raise OSError("the disk is away")

    monkeypatch.setattr("bot.store.questions.Questions.asked", lambda _, story, guild: read(story, guild))
    await press(library, page, 1)
    assert said(1, 0) in text_of(page)
    await paused(library)
    assert said(1, 0) in text_of(page)
    await paused(library)
    assert said(2, 0) in text_of(page)


async def test_a_drawing_that_discord_refuses_for_now_is_tried_again(library: Library) -> None:
    page = await last_page(library)
    await press(library, page, 1)
    await press(library, page, 4)
    library.env.inject_error("PATCH", "/webhooks/*", status=400)
    await paused(library)
    assert said(5, 0) not in text_of(page)
    await paused(library)
    assert said(5, 0) in text_of(page)


@pytest.mark.parametrize("before", [PAUSE - 1, PAUSE / 2])
@pytest.mark.parametrize("takes", [PAUSE / 8, PAUSE * 1.25])
async def test_a_press_that_discord_is_slow_to_take_is_drawn_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch, before: float, takes: float
) -> None:
    page = await last_page(library)
    await press(library, page, 1)
    await library.env.advance_time(before)
    defer = discord.InteractionResponse.defer

    async def slow(response: discord.InteractionResponse[Any]) -> None:
        await asyncio.sleep(takes)
        await defer(response)

    monkeypatch.setattr(discord.InteractionResponse, "defer", slow)
    vote = {"custom_id": ids_by_label(page)[GO_ON], "component_type": 2}
    library.deliver(page, [(library.ann, InteractionType.MESSAGE_COMPONENT, vote)])
    for _ in range(3):
        await paused(library)
    assert said(2, 0) in text_of(page)
    assert nothing_waits(library)


@pytest.mark.parametrize("code", [10015, 50027])
async def test_where_discord_knows_the_press_no_more_the_bot_draws_by_itself(library: Library, code: int) -> None:
    page = await last_page(library)
    await press(library, page, 1)
    library.env.inject_error("GET", "/webhooks/*", status=404, code=code)
    await press(library, page, 4)
    await paused(library)
    assert said(5, 0) in text_of(page)


async def test_a_press_that_discord_has_given_up_is_drawn_with_the_next(library: Library) -> None:
    page = await last_page(library)
    library.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await library.ann.click(page, label=GO_ON)
    await paused(library)
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 1
    await press(library, page, 1)
    await paused(library)
    assert said(2, 0) in text_of(page)


async def test_who_pressed_a_message_that_was_deleted_hears_that_it_counted(library: Library) -> None:
    page = await last_page(library)
    library.env.inject_error("POST", "/interactions/*/callback", status=404, code=10008)
    answer = shown(await library.ann.click(page, label=GO_ON))
    assert "That counted, but its message is gone" in answer.content
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 1


async def test_a_drawing_that_fails_again_and_again_is_given_up() -> None:
    assert await tries_before_closing(OSError("no")) == TRIES


async def test_what_there_is_not_any_more_is_not_tried_again() -> None:
    assert await tries_before_closing(StoryGone()) == 1


async def tries_before_closing(error: Exception) -> int:
    """How often a drawing is tried that always fails so."""
    refresher, tries = Refresher(), 0

    async def fail() -> None:
        nonlocal tries
        tries += 1
        raise error

    refresher.soon(1, fail)
    await refresher.close()
    return tries


# -- closing --------------------------------------------------------------------


async def test_what_waits_is_drawn_when_the_bot_closes(library: Library) -> None:
    page = await last_page(library)
    await press(library, page, 1)
    await press(library, page, 4)
    assert said(1, 0) in text_of(page)
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    await bot.refresher.close()
    assert said(5, 0) in text_of(page)
    assert nothing_waits(library)


async def test_a_press_while_the_bot_closes_is_drawn_at_once(library: Library) -> None:
    page = await last_page(library)
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    await bot.refresher.close()
    await press(library, page, 2)
    assert said(2, 0) in text_of(page)
    await press(library, page, 3)
    assert said(5, 0) in text_of(page)
    assert nothing_waits(library)


async def test_idle_is_when_no_drawing_is_under_way() -> None:
    refresher, begun, may_end, told = Refresher(), asyncio.Event(), asyncio.Event(), list[str]()

    async def draw() -> None:
        begun.set()
        await may_end.wait()
        told.append("drawn")

    async def wait() -> None:
        await refresher.idle(1)
        told.append("idle")

    refresher.soon(1, draw)
    await begun.wait()
    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    may_end.set()
    await waiting
    await refresher.close()
    assert told == ["drawn", "idle"]
