"""Polls close on time and once, over restarts and by two processes, and tell honestly how they ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle

from bot.errors import PollClosed
from bot.interactions.client import Oneshot
from bot.services.delivery import RETRY_SECONDS
from bot.services.outbox import LOOK_SECONDS
from bot.services.poll_closing import PollClosing
from bot.store import Store
from bot.store.polls import LEASE_SECONDS
from tests.clock import Clock
from tests.databases import database_at
from tests.interactions.test_age_gate import restrict, velvet
from tests.library import Library
from tests.linking import linked
from tests.screens import ask_poll, polls_of
from tests.seen import Message, buttons_of, options_of, select_of, shown, text_of

LAMP, BOAT = "1", "2"
HOUR = 3600


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.at = 1_790_000_000.0
    return clock


@pytest.fixture
async def other(library: Library, clock: Clock, tmp_path: Path) -> AsyncIterator[Store]:
    """The same file, opened by another process."""
    async with Store.open(database_at(tmp_path / "oneshot.db"), clock) as opened:
        yield opened


async def opened(library: Library, mira: MemberActor, channel: ChannelHandle | None = None, **options: Any) -> Message:
    said = {"story": "Lighthouse", "question": "What next?", "choices": "Light the lamp|Row out", "closes": "1 hour"}
    return shown(await ask_poll(mira, channel or library.channel, **(said | options)))


async def passes(library: Library, clock: Clock, seconds: float = HOUR) -> None:
    """Time passes, and the next look at what is due is taken."""
    clock.forward(seconds)
    await library.env.advance_time(LOOK_SECONDS)


def results(library: Library) -> list[discord.Message]:
    return [message for message in library.channel.history() if message.reference is not None]


def closes(library: Library) -> int:
    """How often the bot has posted a message by itself."""
    return sum(r.method == "POST" and r.path.endswith("/messages") for r in library.env.http_requests)


async def poll_of(library: Library) -> int:
    [poll, *_] = await library.store.polls.latest(library.guild_id, 1)
    return poll.id


# -- how it ends ----------------------------------------------------------------


async def test_a_poll_closes_on_time_and_names_its_winner(library: Library, mira: MemberActor, clock: Clock) -> None:
    poll = await opened(library, mira)
    await library.ann.click(poll, label=LAMP)
    await library.ben.click(poll, label=LAMP)
    await mira.click(poll, label=BOAT)
    await passes(library, clock, HOUR - 1)
    assert results(library) == [] and LAMP in buttons_of(poll)
    await passes(library, clock, 1)
    [result] = results(library)
    assert result.reference is not None and result.reference.message_id == poll.id
    assert "**Light the lamp** won: 2 of 3 voters picked it (67%)." in text_of(result)
    assert "won" in text_of(poll) and "**1. Light the lamp** · the most votes" in text_of(poll)
    assert "67% · 2 votes" in text_of(poll) and f"Closed <t:{int(clock())}:R>" in text_of(poll)
    assert list(buttons_of(poll)) == ["Read", "More"]


async def test_a_poll_closes_at_its_second_not_at_the_next_look(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await opened(library, mira, closes="never")
    await opened(library, mira, closes="1 min")
    clock.forward(30)
    await library.env.advance_time(30)
    await opened(library, mira, closes="10 h")
    clock.forward(29)
    await library.env.advance_time(29)
    assert results(library) == []
    clock.forward(1)
    await library.env.advance_time(1)
    assert len(results(library)) == 1


async def test_a_tie_is_told_as_one(library: Library, mira: MemberActor, clock: Clock) -> None:
    poll = await opened(library, mira, choices="A|B|C")
    for reader, label in ((library.ann, "1"), (library.ben, "3")):
        await reader.click(poll, label=label)
    await passes(library, clock)
    [result] = results(library)
    assert "a tie between **A** and **C**: 1 of 2 voters picked each." in text_of(result)
    assert text_of(poll).count("tied for the most") == 2


async def test_nobody_having_voted_is_told_so(library: Library, mira: MemberActor, clock: Clock) -> None:
    await opened(library, mira)
    await passes(library, clock)
    [result] = results(library)
    assert "Nobody voted." in text_of(result) and "won" not in text_of(result)


async def test_votes_after_the_time_are_refused_though_the_poll_was_not_closed_yet(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    poll = await opened(library, mira)
    receipt = (await library.ann.click(poll, label=LAMP)).followups[0]
    clock.forward(HOUR)
    assert "is closed" in library.refused(await library.ben.click(poll, label=BOAT))
    assert "is closed" in library.refused(await library.ann.click(receipt, label="Remove vote"))
    await passes(library, clock, 0)
    assert "won with the only vote" in text_of(results(library)[0])


async def test_a_closed_poll_takes_neither_vote_nor_withdrawal(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    poll = await opened(library, mira)
    receipt = (await library.ann.click(poll, label=LAMP)).followups[0]
    await passes(library, clock)
    late = await library.forge(library.ben, poll, f"po1:{await poll_of(library)}:2")
    assert "is closed" in late.followups[0].content and "won" in text_of(poll)
    assert "is closed" in library.refused(await library.ann.click(receipt, label="Remove vote"))
    assert (await library.store.polls.tally(await poll_of(library))).voters == 1


async def test_a_poll_without_a_time_stays_open_until_it_is_closed_by_hand(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    poll = await opened(library, mira, closes="never")
    await library.ann.click(poll, label=BOAT)
    await passes(library, clock, 300 * 24 * HOUR)
    assert results(library) == [] and "No closing time" in text_of(poll)
    answer = shown(await mira.slash(library.channel, "manage poll close", poll="What next"))
    assert answer.ephemeral and "closed" in text_of(answer)
    assert "**Row out** won" in text_of(results(library)[0]) and LAMP not in buttons_of(poll)
    assert "is closed" in library.refused(await mira.slash(library.channel, "manage poll close", poll="What next"))
    assert closes(library) == 1


async def test_a_writer_closes_a_poll_on_their_story_that_a_manager_opened(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await opened(library, mira)
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    listed = await polls_of(library.ben, library.channel)
    [poll] = options_of(listed).values()
    panel = shown(await library.ben.select(listed, [poll], custom_id=select_of(listed, "pop1")))
    closed = shown(await library.ben.click(panel, label="Close now"))
    assert "Close now" not in buttons_of(closed) and "Nobody voted" in text_of(closed)
    assert len(results(library)) == 1


async def test_a_poll_that_closes_while_many_press_ends_with_all_of_their_votes(
    library: Library, mira: MemberActor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.interactions.refresh.PAUSE_SECONDS", LOOK_SECONDS)
    poll = await opened(library, mira)
    readers = [library.join("reader") for _ in range(9)]
    await library.ann.click(poll, label=LAMP)
    await library.click_at_once(poll, *((reader, LAMP) for reader in readers))
    assert "100% · 1 vote" in text_of(poll)
    clock.forward(HOUR)
    library.env.bot.dispatch("poll_due")
    await library.env.settle()
    assert "10 of 10 voters picked it" in text_of(poll)
    await library.env.advance_time(2 * LOOK_SECONDS)
    assert "10 of 10 voters picked it" in text_of(poll) and LAMP not in buttons_of(poll)
    assert len(results(library)) == 1


# -- restarts and several processes -----------------------------------------------


async def test_a_poll_whose_time_comes_while_the_bot_is_down_closes_when_it_is_back(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    poll = await opened(library, mira)
    await library.ann.click(poll, label=BOAT)
    due = int(clock()) + HOUR
    clock.forward(5 * HOUR)
    await library.restart()
    assert "**Row out** won" in text_of(results(library)[0])
    assert f"Closed <t:{due}:R>" in text_of(poll)


async def test_a_poll_from_before_a_restart_closes_on_time(library: Library, mira: MemberActor, clock: Clock) -> None:
    poll = await opened(library, mira)
    await library.restart()
    await library.ann.click(poll, label=BOAT)
    await passes(library, clock)
    await library.restart()
    await passes(library, clock)
    assert len(results(library)) == 1


async def test_a_closing_that_another_process_began_and_died_in_is_taken_over(
    library: Library, mira: MemberActor, clock: Clock, other: Store
) -> None:
    poll = await opened(library, mira)
    clock.forward(HOUR)
    assert await other.polls.claim(clock()) is not None
    await passes(library, clock, LEASE_SECONDS - 1)
    assert results(library) == [] and LAMP in buttons_of(poll)
    await passes(library, clock, 1)
    assert len(results(library)) == 1 and LAMP not in buttons_of(poll)


async def test_of_two_processes_one_closes_a_poll(
    other: Store, library: Library, mira: MemberActor, clock: Clock
) -> None:
    for number in range(5):
        await opened(library, mira, question=f"{number}?")
    now = clock() + HOUR
    lent = await asyncio.gather(*((library.store, other)[n % 2].polls.claim(now) for n in range(12)))
    assert sorted(ending.poll for ending in lent if ending) == sorted({ending.poll for ending in lent if ending})
    assert len([ending for ending in lent if ending]) == 5


async def test_two_bots_that_close_at_once_post_one_result(library: Library, mira: MemberActor, clock: Clock) -> None:
    await opened(library, mira)
    clock.forward(HOUR)
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    await asyncio.gather(*(PollClosing(bot).close_due() for _ in range(3)))
    assert len(results(library)) == closes(library) == 1


async def test_what_was_lent_to_another_meanwhile_is_not_ended_twice(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await opened(library, mira)
    polls = library.store.polls
    late = await polls.claim(clock() + HOUR)
    taken_over = await polls.claim(clock() + HOUR + LEASE_SECONDS)
    assert late is not None and taken_over is not None
    assert not await polls.ended(late)
    assert await polls.ended(taken_over) and not await polls.ended(taken_over)


async def test_a_result_outlives_whoever_had_begun_with_it(library: Library, mira: MemberActor, clock: Clock) -> None:
    await opened(library, mira)
    clock.forward(HOUR)
    assert await library.store.polls.claim(clock()) is not None, "another process, which ends here"
    await passes(library, clock, LEASE_SECONDS - 1)
    assert results(library) == []
    await passes(library, clock, 1)
    assert len(results(library)) == 1


async def test_a_result_that_is_there_is_found_and_not_posted_again(
    library: Library, mira: MemberActor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at, clock.source = (
        None,
        lambda: library.env.now().timestamp(),
    )  # Discord dates the messages among which it is looked for
    await opened(library, mira)

    async def killed(*_: object) -> bool:
        raise OSError("killed between the message and the store")

    with monkeypatch.context() as patched:
        patched.setattr("bot.store.polls.Polls.ended", killed)
        await library.env.advance_time(HOUR + LOOK_SECONDS)
        assert closes(library) == 1
    await library.ann.send(library.channel, "So the boat it is!")
    await library.env.advance_time(RETRY_SECONDS[1] + LOOK_SECONDS)
    assert len(results(library)) == closes(library) == 1 and await library.store.polls.next_due() is None


async def test_a_vote_and_a_closing_at_once_leave_the_result_that_was_told(
    library: Library, mira: MemberActor, clock: Clock, other: Store
) -> None:
    await opened(library, mira)
    poll = await poll_of(library)

    async def vote(reader: int) -> bool:
        try:
            await other.polls.cast(poll, reader, 1, clock())
        except PollClosed:
            return False
        return True

    cast, _ = await asyncio.gather(
        asyncio.gather(*(vote(reader) for reader in range(1, 30))), library.store.polls.close(poll, clock())
    )
    assert (await library.store.polls.tally(poll)).voters == sum(cast)
    assert not await vote(99)


async def test_a_poll_that_is_being_closed_when_the_bot_stops_is_closed_whole(
    library: Library, mira: MemberActor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        await opened(library, mira, question=f"{number}?")
    clock.forward(HOUR)
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    closing, ended = PollClosing(bot), library.store.polls.ended

    async def stopped_then(*ending: Any) -> bool:
        closing.stop()
        return await ended(*ending)

    with monkeypatch.context() as patched:
        patched.setattr("bot.services.poll_closing.AT_ONCE", 1)
        patched.setattr("bot.store.polls.Polls.ended", lambda _, ending: stopped_then(ending))
        await closing.close_due()
    assert len(results(library)) == 1
    await library.restart()
    assert len(results(library)) == 2


# -- when something is wrong ------------------------------------------------------


async def test_nothing_is_posted_below_a_poll_that_was_deleted(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    poll = await opened(library, mira)
    library.env.backend.delete_message(library.channel.id, poll.id)
    await passes(library, clock)
    assert closes(library) == 0 and await library.store.polls.next_due() is None
    assert "Nobody voted" in text_of(shown(await mira.slash(library.channel, "manage poll show", poll="What")))


async def test_a_channel_that_is_gone_is_let_go(library: Library, mira: MemberActor, clock: Clock) -> None:
    there = library.ann.guild.create_text_channel("polls")
    await opened(library, mira, channel=there)
    library.env.backend.delete_channel(there.id)
    await library.env.settle()
    await passes(library, clock)
    assert closes(library) == 0 and await library.store.polls.next_due() is None


@pytest.mark.parametrize("method", ["PATCH", "POST"])
async def test_a_permission_that_was_taken_away_is_noted_quietly(
    library: Library, mira: MemberActor, clock: Clock, method: str
) -> None:
    poll = await opened(library, mira)
    library.env.inject_error(method, "/channels/*/messages*", status=403, code=50013, times=None)
    await passes(library, clock)
    assert results(library) == [] and await library.store.polls.next_due() is None
    assert (LAMP in buttons_of(poll)) is (method == "PATCH")
    if method == "PATCH":  # the next press finds the poll closed, and draws it so
        assert "is closed" in (await library.ann.click(poll, label=LAMP)).followups[0].content
        assert "Nobody voted" in text_of(poll) and LAMP not in buttons_of(poll)


@pytest.mark.parametrize("method", ["PATCH", "POST"])
async def test_what_does_not_get_through_is_tried_again_and_told_once(
    library: Library, mira: MemberActor, clock: Clock, method: str
) -> None:
    await opened(library, mira)
    library.env.inject_error(method, "/channels/*/messages*", status=400, times=2)
    await passes(library, clock)
    assert results(library) == []
    await passes(library, clock, RETRY_SECONDS[0])
    assert results(library) == []
    await passes(library, clock, RETRY_SECONDS[1])
    assert len(results(library)) == 1
    await passes(library, clock, RETRY_SECONDS[2])
    assert len(results(library)) == 1 and await library.store.polls.next_due() is None


async def test_each_try_of_a_result_is_known_to_discord_as_the_same(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await opened(library, mira)
    library.env.inject_error("POST", "/channels/*/messages", status=400)
    await passes(library, clock)
    await passes(library, clock, RETRY_SECONDS[0])
    sent = [r.json for r in library.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    assert len(sent) == 2
    assert all(isinstance(each, dict) and each["enforce_nonce"] for each in sent)
    assert len({each["nonce"] for each in sent if isinstance(each, dict)}) == 1


async def test_a_fault_that_stays_is_given_up_and_the_others_are_closed(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await opened(library, mira)
    library.env.inject_error("PATCH", "/channels/*/messages*", status=400, times=len(RETRY_SECONDS) + 1)
    await passes(library, clock)
    for seconds in RETRY_SECONDS:
        await passes(library, clock, seconds)
    assert results(library) == [] and await library.store.polls.next_due() is None
    await opened(library, mira, question="And now?")
    await passes(library, clock)
    assert len(results(library)) == 1


async def test_a_result_is_not_told_where_its_story_is_not_shown_any_more(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await restrict(library, library.channel)
    poll = await opened(library, mira, story="Velvet", question="Open it?")
    await restrict(library, library.channel, False)
    await passes(library, clock)
    assert results(library) == []
    assert "Open it" not in text_of(poll) and "Velvet" not in text_of(poll) and not buttons_of(poll)
    assert "can no longer be shown here" in text_of(poll)
    assert await velvet(library)


async def test_a_poll_on_a_story_for_adults_closes_where_all_are(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    await restrict(library, library.channel)
    await opened(library, mira, story="Velvet", question="Open it?")
    await passes(library, clock)
    assert "Open it?" in text_of(results(library)[0])


async def test_a_poll_in_a_thread_closes_there_also_when_it_is_archived(
    library: Library, mira: MemberActor, clock: Clock
) -> None:
    thread = library.env.backend.create_thread(library.channel.id, "talk", library.ann.id)
    await library.env.settle()
    there = ChannelHandle(library.env, library.ann.guild, thread)
    await opened(library, mira, channel=there)
    assert thread.thread_metadata is not None
    thread.thread_metadata.archived = True
    library.env.backend.emit("THREAD_UPDATE", dict(serializers.thread_payload(library.env.backend, thread)))
    await library.env.settle()
    await passes(library, clock)
    assert [message.reference is not None for message in there.history()] == [False, True]
    woken = [r.json for r in library.env.http_requests if r.method == "PATCH" and r.path == f"/channels/{thread.id}"]
    assert [isinstance(each, dict) and each["archived"] for each in woken] == [False]
