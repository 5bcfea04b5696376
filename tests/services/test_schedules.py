"""What is posted on a schedule is there once, over crashes, two processes and downtime; or it stops with a word."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import ChannelType, OverwriteType

from bot.domain.schedules import EVERY_DAY, LEASE_SECONDS, Daily, NewPlan, Schedule, Serial
from bot.errors import ReaderError
from bot.interactions.client import Oneshot
from bot.services.schedules import SENDING_SECONDS, ScheduledPosting
from bot.services.sending import RunMessages
from bot.store import Store
from bot.stories.instalments import Size
from tests import samples
from tests.clock import instant, start_at, wait
from tests.databases import database_at
from tests.library import Library
from tests.restricting import restrict
from tests.seen import footer_of, shown, text_of


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Desk:
    """A server with a quote of the day and a serial, both due at six in the evening of UTC."""

    library: Library
    mira: MemberActor
    path: Path

    @property
    def bot(self) -> Oneshot:
        return self.library.bot

    async def daily(self, **options: Any) -> Daily:
        values: dict[str, Any] = {"channel": self.library.channel.id, "story": None} | options
        plan = NewPlan(self.library.guild_id, values["channel"], self.mira.id, EVENING)
        return await self.library.store.daily.set(plan, values["story"], "text", self.now)

    async def serial(self, title: str = "Lighthouse", size: Size = "page", **options: Any) -> Serial:
        store = self.library.store
        story = await store.stories.find(title)
        first, _ = await store.pages.ends(story.id)
        where = (self.library.guild_id, self.library.channel.id, self.mira.id)
        return await store.serials.start(NewPlan(*where, EVENING), story.id, first, self.now, size=size, **options)

    @property
    def now(self) -> float:
        return self.library.env.now().timestamp()

    async def due(self, text: str = "2026-01-10 18:00") -> None:
        """It is so late, and the bot that runs has not noticed."""
        self.library.env.backend.advance_clock(instant(text) - self.now)

    async def post(self) -> None:
        """Post what is due now, as the bot does in the background."""
        await ScheduledPosting(self.bot).post_due()

    async def dies(self) -> None:
        """Post one that is due now, in a process that is killed while it does."""
        begun = await self.library.store.schedules.begin(self.now)
        assert begun is not None
        with pytest.raises(Killed):
            await ScheduledPosting(self.bot).post(begun)

    def posted(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        found = (channel or self.library.channel).history()
        return [message for message in found if message.interaction_metadata is None and message.embeds]

    def places(self) -> list[str]:
        """The places of the instalments that were posted."""
        return [place[1] for message in self.posted() if (place := re.match(r"Part (\d+ of \d+)", footer_of(message)))]

    async def why(self, kind: str = "daily") -> str:
        answer = await self.mira.slash(self.library.channel, f"manage {kind} show")
        return text_of(answer.followups[-1] if answer.followups else shown(answer))


EVENING = Schedule(EVERY_DAY, time(18), "UTC")


@pytest.fixture
async def desk(library: Library, tmp_path: Path) -> Desk:
    role = library.ann.guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    await start_at(library, "2026-01-10 12:00")
    mira = library.ann.guild.add_member(library.env.create_user("mira"), roles=[role])
    return Desk(library, mira, tmp_path / "oneshot.db")


@pytest.fixture
async def other(desk: Desk) -> AsyncIterator[ScheduledPosting]:
    """The same bot in another process: on a connection of its own to the same file."""
    async with Store.open(database_at(desk.path), desk.library.clock) as store:
        posting = ScheduledPosting(desk.bot)
        posting._store = store  # pyright: ignore[reportPrivateUsage]
        yield posting


# -- crashes --------------------------------------------------------------------------------


@pytest.fixture
def killed_before() -> Iterator[pytest.MonkeyPatch]:
    """Whoever sends is killed before, until this is undone."""

    async def killed(*_: object) -> int:
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(RunMessages, "send", killed)
        yield patched


@pytest.fixture
def killed_after() -> Iterator[pytest.MonkeyPatch]:
    """Whoever has sent is killed before it is noted, until this is undone."""
    send = RunMessages.send

    async def killed(sending: RunMessages, *values: Any) -> int:
        await send(sending, *values)
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(RunMessages, "send", killed)
        yield patched


async def test_what_was_begun_and_not_sent_is_sent_when_its_lease_is_over(
    desk: Desk, killed_before: pytest.MonkeyPatch
) -> None:
    await desk.daily()
    await desk.due()
    await desk.dies()
    killed_before.undo()
    await desk.post()
    assert desk.posted() == [], "another process may be at it"
    await start_at(desk.library, "2026-01-10 18:04")
    assert len(desk.posted()) == 1
    await start_at(desk.library, "2026-01-11 17:59")
    assert len(desk.posted()) == 1


async def test_what_was_sent_and_not_noted_is_found_and_not_sent_again(
    desk: Desk, killed_after: pytest.MonkeyPatch
) -> None:
    await desk.daily()
    await desk.serial()
    await desk.due()
    await desk.dies()
    await desk.dies()
    killed_after.undo()
    assert len(desk.posted()) == 2
    await start_at(desk.library, "2026-01-10 18:04")
    assert len(desk.posted()) == 2
    assert "/".join(map(str, (desk.library.guild_id, desk.library.channel.id))) in await desk.why()
    await start_at(desk.library, "2026-01-11 18:00")
    assert desk.places() == ["1 of 6", "2 of 6"]


async def test_after_days_of_downtime_an_instalment_that_was_sent_is_found_and_the_next_is_one(
    desk: Desk, killed_after: pytest.MonkeyPatch
) -> None:
    await desk.serial()
    await desk.due()
    await desk.dies()
    killed_after.undo()
    await start_at(desk.library, "2026-01-14 12:00")
    assert desk.places() == ["1 of 6", "2 of 6"]


async def test_after_days_of_downtime_an_instalment_that_was_not_sent_comes_once(
    desk: Desk, killed_before: pytest.MonkeyPatch
) -> None:
    await desk.serial()
    await desk.due()
    await desk.dies()
    killed_before.undo()
    await start_at(desk.library, "2026-01-14 12:00")
    assert desk.places() == ["1 of 6"]


@pytest.mark.parametrize("sent", range(1, 6))
async def test_a_chapter_of_several_messages_is_completed_after_a_crash(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, sent: int
) -> None:
    line = "At {n} the clock struck, and nobody in the hall moved, nor had they ever, since it was theirs."
    prose = "\n\n".join(" ".join(line.format(n=9 * p + n) for n in range(9)) for p in range(24))
    await desk.library.load({"clock.txt": f"Title: Hours\n\n{prose}\n"})
    await desk.serial("Hours", "chapter", in_thread=True)
    await desk.due()
    whole, count = RunMessages.send, 0

    async def send(sending: RunMessages, *values: Any) -> int:
        nonlocal count
        count += 1
        message = await whole(sending, *values)
        if count == sent:
            raise Killed
        return message

    with monkeypatch.context() as patched:
        patched.setattr(RunMessages, "send", send)
        await desk.dies()
    await start_at(desk.library, "2026-01-10 18:04")
    [first] = desk.posted()
    thread = ChannelHandle(desk.library.env, desk.library.ann.guild, desk.library.env.backend.get_channel(first.id))
    *pages, end = desk.posted(thread)
    said = " ".join(" ".join(e.description or "" for m in [first, *pages] for e in m.embeds).split())
    assert said == " ".join(prose.split()) and "The end" in text_of(end) and len(pages) == 3


async def test_a_crash_between_the_first_instalment_and_its_thread_opens_the_thread_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.serial(in_thread=True)
    await desk.due()
    open_thread = RunMessages.open_thread

    async def killed(sending: RunMessages, *values: Any) -> int:
        await open_thread(sending, *values)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(RunMessages, "open_thread", killed)
        await desk.dies()

    async def exists(self: discord.PartialMessage, **_: object) -> discord.Thread:
        """As Discord answers; SimCord does not know that it does."""
        response: Any = type("Response", (), {"status": 400, "reason": "Bad Request", "headers": {}})()
        raise discord.HTTPException(response, {"code": 160004, "message": "A thread has already been created"})

    monkeypatch.setattr(discord.PartialMessage, "create_thread", exists)
    await start_at(desk.library, "2026-01-10 18:04")
    await start_at(desk.library, "2026-01-11 18:00")
    [first] = desk.posted()
    thread = ChannelHandle(desk.library.env, desk.library.ann.guild, desk.library.env.backend.get_channel(first.id))
    assert [footer_of(message)[:11] for message in desk.posted(thread)] == ["Part 2 of 6"]


# -- two processes --------------------------------------------------------------------------


async def test_two_processes_at_once_post_once(desk: Desk, other: ScheduledPosting) -> None:
    await desk.daily()
    await desk.serial()
    for day in range(10, 15):
        await desk.due(f"2026-01-{day} 18:00")
        await asyncio.gather(desk.post(), other.post_due(), desk.post(), other.post_due())
    assert len(desk.posted()) == 10
    assert desk.places() == [f"{n} of 6" for n in range(1, 6)]


async def test_a_slow_process_does_not_post_what_another_has_taken_over(
    desk: Desk, other: ScheduledPosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has given up by then: what it sends with is bounded by less than its lease."""
    await desk.daily()
    await desk.due()
    send = RunMessages.send

    async def slow(sending: RunMessages, *values: Any) -> int:
        await asyncio.sleep(3600)
        return await send(sending, *values)

    with monkeypatch.context() as patched:
        patched.setattr(RunMessages, "send", slow)
        patched.setattr("bot.services.schedules.SENDING_SECONDS", 0)
        await desk.post()
    await desk.due("2026-01-10 18:04")
    await asyncio.gather(desk.post(), other.post_due())
    assert len(desk.posted()) == 1


async def test_a_message_is_sent_with_what_discord_knows_it_again_by(desk: Desk) -> None:
    await desk.daily()
    await desk.serial()
    await start_at(desk.library, "2026-01-10 18:00")
    await start_at(desk.library, "2026-01-11 18:00")
    nonces = nonces_of(desk)
    assert len(set(nonces)) == 4 and all(len(nonce) <= 25 for nonce in nonces)


def nonces_of(desk: Desk) -> list[str]:
    """What Discord was given with each message that was sent to the channel, also with those that it refused."""
    path = f"/channels/{desk.library.channel.id}/messages"
    sent = [each.json for each in desk.library.env.http_requests if each.path == path and each.method == "POST"]
    return [body["nonce"] for body in sent if body and body["enforce_nonce"]]


# -- downtime -------------------------------------------------------------------------------


async def test_what_was_missed_is_posted_late_and_once(desk: Desk) -> None:
    await desk.daily()
    await desk.serial()
    await start_at(desk.library, "2026-01-13 17:00")
    await desk.library.restart()
    assert len(desk.posted()) == 2
    await wait(desk.library, 60)
    await start_at(desk.library, "2026-01-13 18:00")
    assert len(desk.posted()) == 4


async def test_a_quote_that_is_a_day_late_is_not_posted(desk: Desk) -> None:
    await desk.daily()
    plan = (await desk.daily()).plan
    begun = await desk.library.store.schedules.begin(instant("2026-01-10 18:00"))
    assert begun is not None and begun.plan == plan.id
    await start_at(desk.library, "2026-01-11 18:10")
    assert [message.created_at.hour for message in desk.posted()] == [18], "that of the second day"


# -- what may go away -----------------------------------------------------------------------


async def test_what_discord_did_not_take_is_tried_again_and_posted_once(desk: Desk) -> None:
    await desk.daily()
    await desk.due()
    for _ in range(2):
        desk.library.env.inject_error("POST", "/channels/*/messages", status=503, times=1)
        await desk.post()
        await desk.due(desk.library.env.now().strftime("%Y-%m-%d %H:") + f"{desk.library.env.now().minute + 6:02}")
    await desk.post()
    assert len(desk.posted()) == 1
    await desk.due("2026-01-10 23:00")
    await desk.post()
    assert len(desk.posted()) == 1
    assert len(nonces_of(desk)) == 3 and len(set(nonces_of(desk))) == 1, "Discord knows each try again"


async def test_a_message_that_arrived_while_word_of_it_did_not_is_not_doubled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.daily()
    await desk.due()
    send = RunMessages.send

    async def unheard(sending: RunMessages, *values: Any) -> int:
        await send(sending, *values)
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(RunMessages, "send", unheard)
        await desk.post()
    await desk.due("2026-01-10 18:02")
    await desk.post()
    assert len(desk.posted()) == 1 and "**Last**:" in await desk.why()


async def test_what_never_gets_through_gives_way_to_the_next(desk: Desk) -> None:
    await desk.serial()
    await desk.due()
    desk.library.env.inject_error("POST", "/channels/*/messages", status=503, times=None)
    for hour in range(18, 24):
        await desk.due(f"2026-01-10 {hour}:30")
        await desk.post()
    desk.library.env.backend.faults.clear()
    await start_at(desk.library, "2026-01-11 18:00")
    assert desk.places() == ["1 of 6"]


async def test_a_server_that_is_not_there_for_now_is_waited_for(desk: Desk) -> None:
    await desk.daily()
    guild = desk.bot.get_guild(desk.library.guild_id)
    assert guild is not None
    guild.unavailable = True
    await desk.due()
    await desk.post()
    assert len(desk.posted()) == 0
    guild.unavailable = False
    await desk.due("2026-01-10 18:02")
    await desk.post()
    assert len(desk.posted()) == 1


async def test_a_fault_of_our_own_stops_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.daily()
    await desk.serial()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO):
        patched.setattr("bot.services.schedules.daily_screen", broken)
        await start_at(desk.library, "2026-01-10 18:00")
    assert desk.places() == ["1 of 6"] and "ZeroDivisionError" in caplog.text
    await start_at(desk.library, "2026-01-10 18:30")
    assert len(desk.posted()) == 2


# -- what stops it --------------------------------------------------------------------------


@pytest.fixture
def board(desk: Desk) -> ChannelHandle:
    """Where Discord itself writes to those who manage the server."""
    return system_channel(desk, "managers")


def system_channel(desk: Desk, name: str, **options: Any) -> ChannelHandle:
    channel = desk.library.ann.guild.create_text_channel(name, **options)
    guild = desk.bot.get_guild(desk.library.guild_id)
    assert guild is not None
    guild._system_channel_id = channel.id
    return channel


async def give(desk: Desk, channel: ChannelHandle, **permissions: bool) -> None:
    """Change what the bot may do in a channel."""
    me = desk.library.env.backend.bot_user.id
    allow, deny = discord.PermissionOverwrite(**permissions).pair()
    overwrite = Overwrite(target_id=me, type=OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
    desk.library.env.backend.set_overwrite(channel.id, overwrite)
    await desk.library.env.settle()


async def evenings(desk: Desk, *days: int) -> None:
    """Some days go by in which the bot runs."""
    for day in days:
        await desk.due(f"2026-01-{day} 18:00")
        await desk.post()


async def test_a_channel_that_is_gone_stops_both_with_one_message_each(desk: Desk, board: ChannelHandle) -> None:
    gone = desk.library.ann.guild.create_text_channel("gone")
    await desk.daily(channel=gone.id)
    await desk.serial()
    desk.library.env.backend.delete_channel(gone.id)
    await desk.library.env.settle()
    await evenings(desk, 10, 11, 12)
    [word] = desk.posted(board)
    assert "quote of the day stopped" in text_of(word) and "channel or thread was deleted" in text_of(word)
    assert desk.mira.user.dm_channel.history() == []
    assert "channel or thread was deleted" in await desk.why()
    assert desk.places() == ["1 of 6", "2 of 6", "3 of 6"]


@pytest.mark.parametrize("lost", ["send_messages", "view_channel", "embed_links", "read_message_history"])
async def test_a_lost_permission_stops_it_with_one_message(desk: Desk, board: ChannelHandle, lost: str) -> None:
    await desk.daily()
    await give(desk, desk.library.channel, **{lost: False})
    await evenings(desk, 10, 11)
    [word] = desk.posted(board)
    assert "can't post there" in text_of(word) and "can't post there" in await desk.why()
    await give(desk, desk.library.channel, **{lost: True})
    await evenings(desk, 12)
    assert desk.posted() == []
    assert "Quote of the day set" in text_of(
        shown(
            await desk.mira.slash(
                desk.library.channel, "manage daily set", channel=desk.library.channel, time="18:00", timezone="UTC"
            )
        )
    )
    await evenings(desk, 13)
    assert len(desk.posted()) == 1


async def test_what_discord_forbids_stops_it(desk: Desk, board: ChannelHandle) -> None:
    await desk.daily()
    desk.library.env.inject_error("POST", f"/channels/{desk.library.channel.id}/messages", status=403, code=50013)
    await evenings(desk, 10)
    assert "can't post there" in text_of(desk.posted(board)[0])


async def test_a_story_for_adults_stops_where_the_channel_is_not_restricted_any_more(
    desk: Desk, board: ChannelHandle
) -> None:
    story = (await desk.library.store._db.rows("SELECT id FROM stories WHERE mature = 1"))[0][0]  # pyright: ignore[reportPrivateUsage]
    late = desk.library.ann.guild.create_text_channel("late")
    await restrict(desk.library, late)
    await desk.daily(channel=late.id, story=story)
    await evenings(desk, 10)
    assert "Velvet" in text_of(desk.posted(late)[0])
    await restrict(desk.library, late, False)
    await evenings(desk, 11, 12)
    assert len(desk.posted(late)) == 1
    [word] = desk.posted(board)
    assert "age-restricted" in text_of(word) and "Velvet" not in text_of(word)


async def test_a_story_that_is_gone_or_may_not_be_shared_any_more_stops(desk: Desk, board: ChannelHandle) -> None:
    await desk.serial()
    await desk.serial("Ferry")
    await evenings(desk, 10)
    await desk.library.take_away("lighthouse.txt")
    await desk.library.load({"ferry.txt": samples.FERRY.replace("Status:", "Sharing: no\nStatus:")})
    await evenings(desk, 11, 12)
    assert len(desk.posted()) == 2
    said = "\n".join(map(text_of, desk.posted(board)))
    assert "no longer in the library" in said and "doesn't want" in said and "Ferry" not in said
    assert len(desk.posted(board)) == 2


async def test_a_library_without_a_quote_stops_the_quote_of_the_day(desk: Desk, board: ChannelHandle) -> None:
    await desk.library.load({"hm.txt": samples.QUIET})
    await desk.library.take_away(*samples.FILES)
    await desk.daily()
    await evenings(desk, 10, 11)
    assert len(desk.posted(board)) == 1 and "nothing to quote" in await desk.why()


async def test_a_thread_that_is_gone_stops_it_and_another_is_opened_when_it_goes_on(
    desk: Desk, board: ChannelHandle
) -> None:
    await desk.serial(in_thread=True)
    await evenings(desk, 10)
    [first] = desk.posted()
    desk.library.env.backend.delete_channel(first.id)
    await evenings(desk, 11)
    assert "channel or thread was deleted" in text_of(desk.posted(board)[0])
    await desk.mira.slash(desk.library.channel, "manage serial resume")
    await evenings(desk, 12)
    assert desk.places() == ["1 of 6", "2 of 6"]
    second = desk.posted()[-1]
    assert desk.library.env.backend.get_channel(second.id).type is ChannelType.PUBLIC_THREAD


async def test_a_serial_goes_on_in_another_channel(desk: Desk, board: ChannelHandle) -> None:
    await desk.serial()
    await evenings(desk, 10)
    elsewhere = desk.library.ann.guild.create_text_channel("elsewhere")
    await desk.mira.slash(desk.library.channel, "manage serial resume", channel=elsewhere)
    await evenings(desk, 11)
    assert [footer_of(message)[:11] for message in desk.posted(elsewhere)] == ["Part 2 of 6"]


async def test_managers_are_told_by_direct_message_where_no_channel_takes_it(desk: Desk) -> None:
    await desk.daily()
    await give(desk, desk.library.channel, send_messages=False)
    await evenings(desk, 10, 11)
    [word] = desk.mira.user.dm_channel.history()
    assert "stopped" in text_of(word) and "The Reading Room" in text_of(word)


async def test_the_owner_is_told_where_who_set_it_up_is_not_reached(desk: Desk) -> None:
    closed = system_channel(desk, "closed")
    await give(desk, closed, send_messages=False)
    await desk.daily()
    desk.library.env.inject_error("POST", f"/channels/{desk.mira.user.dm_channel.id}/messages", status=403, code=50007)
    await give(desk, desk.library.channel, send_messages=False)
    await evenings(desk, 10)
    [word] = desk.library.ann.guild.owner.dm_channel.history()
    assert "stopped" in text_of(word) and desk.posted(closed) == []


async def test_next_says_what_kept_an_instalment_back(desk: Desk, board: ChannelHandle) -> None:
    await desk.serial()
    elsewhere = desk.library.ann.guild.create_text_channel("elsewhere")
    desk.library.env.inject_error("POST", f"/channels/{desk.library.channel.id}/messages", status=503, times=1)
    assert "try again in a minute" in await refused_next(desk, elsewhere)
    assert "right now" in await refused_next(desk, elsewhere)
    await desk.due("2026-01-10 12:02")
    await desk.post()
    assert desk.places() == ["1 of 6"]
    await give(desk, desk.library.channel, send_messages=False)
    assert "can't post there" in await refused_next(desk, elsewhere)
    assert "isn't running" in await refused_next(desk, elsewhere)


async def refused_next(desk: Desk, channel: ChannelHandle) -> str:
    result = await desk.mira.slash(channel, "manage serial next")
    answer = result.followups[-1] if result.followups else shown(result)
    assert answer.ephemeral and isinstance(desk.library.env.errors[-1].__cause__, ReaderError)
    return answer.content


async def test_a_server_that_the_bot_was_taken_out_of_is_left_quietly(desk: Desk, board: ChannelHandle) -> None:
    await desk.daily()
    await desk.serial()
    desk.library.env.backend.emit("GUILD_DELETE", {"id": str(desk.library.guild_id)})
    await desk.library.env.settle()
    assert await desk.library.store.schedules.next_due() is None
    found = await desk.library.store.daily.of(desk.library.guild_id)
    assert found is not None and found.plan.state == "left"


async def test_a_server_that_was_left_while_the_bot_was_down_is_left_quietly(desk: Desk) -> None:
    await desk.library.store.daily.set(NewPlan(999, 1, desk.mira.id, EVENING), None, "text", desk.now)
    await evenings(desk, 10)
    found = await desk.library.store.daily.of(999)
    assert found is not None and found.plan.state == "left" and await desk.library.store.schedules.next_due() is None


async def test_a_post_speaks_the_language_of_its_server(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr("bot.services.schedules.set_language", lambda *locales: asked.extend(locales))
    guild = desk.bot.get_guild(desk.library.guild_id)
    assert guild is not None
    guild.preferred_locale = discord.Locale.german
    await desk.daily()
    await evenings(desk, 10)
    assert asked == ["de"]


def test_sending_ends_before_another_takes_over() -> None:
    assert SENDING_SECONDS < LEASE_SECONDS
