"""A chapter with a time waits, and comes out then: once, by who may, or its author is told why not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.audience import Audience
from bot.domain.coming_chapters import COMING_AT_MOST, HELD_SECONDS, LEASE_SECONDS, ComingChapter
from bot.domain.uploads import Remover
from bot.interactions.client import Oneshot
from bot.services import coming_chapters
from bot.services.coming_chapters import publish_due
from bot.services.outbox import LOOK_SECONDS
from bot.store import Store
from bot.store.uploads import Uploads
from bot.ui.ids.coming_chapters import ComingAction, ComingTimeModal, PickComing
from tests.clock import instant, start_at, wait
from tests.databases import database_at
from tests.library import Library
from tests.linking import linked
from tests.seen import buttons_of, options_of, select_of, shown, text_of

KETTLE = (
    "Title: The Kettle\n\n----\n\n"
    '"It will rain," said the kettle, which had not been asked, and it was right at noon.\n\n'
    "Nobody in the house had ever told it so, for fear of what it would say about the stairs.\n"
)
DAY, HOUR = 24 * 60 * 60, 60 * 60


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Desk:
    """An author with a story, at noon of a Wednesday in UTC."""

    library: Library
    author: MemberActor
    manager: MemberActor
    story: int
    path: Path

    @property
    def bot(self) -> Oneshot:
        return self.library.bot

    async def panel(self, who: MemberActor | None = None) -> ResponseMessage:
        """The panel of the story."""
        who = who or self.author
        listed = shown(await who.slash(self.library.channel, "author stories"))
        [value] = [value for label, value in options_of(listed).items() if "Kettle" in label]
        return shown(await who.select(listed, [value], custom_id=select_of(listed, "op1")))

    async def preview(self, time: str, text: str = "It sang again at dawn.", **typed: Any) -> ResponseMessage:
        """The preview of a chapter that was typed, with a time."""
        form = await self.author.click(await self.panel(), label="Add chapter…")
        return shown(await self.author.submit_modal(form, {"text": text, "time": time, **typed}))

    async def schedule(self, time: str = "Friday 18:00 Berlin", title: str = "Dawn", **typed: Any) -> ResponseMessage:
        """Have a chapter wait; return the receipt."""
        preview = await self.preview(time, title=title, **typed)
        return shown(await self.author.click(preview, label="Schedule"))

    async def coming(self) -> list[ComingChapter]:
        return await self.library.store.coming_chapters.of(self.story)

    async def opened(self, who: MemberActor | None = None) -> ResponseMessage:
        """The one coming chapter, from the panel of its story."""
        who, panel = who or self.author, await self.panel(who)
        [value] = options_of(panel).values()
        return shown(await who.select(panel, [value], custom_id=select_of(panel, "cp1")))

    async def chapters(self) -> list[str]:
        """What readers get, but for the first chapter."""
        store = self.library.store.for_audience(Audience(adult=True, guild=self.library.guild_id))
        return [chapter.prose for chapter in (await store.stories.whole(self.story)).chapters][1:]

    async def late(self, text: str) -> None:
        """It is so late, and the bot that runs has not noticed."""
        self.library.env.backend.advance_clock(instant(text) - self.library.env.now().timestamp())

    async def later(self, seconds: float) -> None:
        """So much time has gone by, and the bot looks what is due."""
        self.library.env.backend.advance_clock(seconds)
        await wait(self.library, LOOK_SECONDS + 1)

    def told(self) -> list[str]:
        """What the author was told by direct message."""
        return [text_of(message) for message in self.author.user.dm_channel.history() if "Kettle" in text_of(message)]


@pytest.fixture
async def desk(library: Library, mira: MemberActor, tmp_path: Path) -> Desk:
    await start_at(library, "2026-11-18 12:00")
    await library.store.settings.change_server(
        library.guild_id, lambda chosen: replace(chosen, adders="everyone", stories_a_day=50)
    )
    sent = await library.ann.slash(library.channel, "author submit", file=("kettle.txt", KETTLE.encode()))
    await library.ann.click(sent.followups[-1] if sent.followups else shown(sent), label="Publish")
    [own] = await library.store.uploads.own_stories(library.ann.id, 9)
    return Desk(library, library.ann, mira, own.story.id, tmp_path / "oneshot.db")


def plain(message: ResponseMessage) -> str:
    """The words of a message without the signs that keep them from being formatted."""
    return text_of(message).replace("\\", "")


def later(result: InteractionResult) -> str:
    """The private sentence at the end of what took a moment."""
    answer = result.followups[-1] if result.followups else shown(result)
    assert answer.ephemeral
    return answer.content


FRIDAY = int(instant("2026-11-20 17:00"))
"""Six in the evening in Berlin."""


# -- from the form to the readers -----------------------------------------------------------


async def test_a_chapter_waits_for_its_time_and_comes_out_then_over_a_restart(desk: Desk) -> None:
    library = desk.library
    await library.store.follows.follow(library.ben.id, "story", desk.story, library.guild_id)
    preview = await desk.preview("Friday 18:00 Berlin", title="Dawn", notes="You asked for it.")
    said = text_of(preview)
    assert f"<t:{FRIDAY}:F>" in said and "It sang again at dawn." in said and "until it comes out" in said
    assert list(buttons_of(preview)) == ["Schedule", "Edit", "Time…", "Cancel"]
    receipt = shown(await desk.author.click(preview, label="Schedule"))
    assert f"**Dawn** comes out on <t:{FRIDAY}:F>" in text_of(receipt)
    panel = shown(await desk.author.click(receipt, label="Manage story"))
    assert f"**Dawn** comes out on <t:{FRIDAY}:F>, <t:{FRIDAY}:R>" in text_of(panel) and "1 chapter ·" in text_of(panel)
    await desk.later(2 * DAY)
    assert await desk.chapters() == [] and not library.ben.user.dm_channel.history()
    await library.restart()
    await desk.late("2026-11-20 16:58")
    await wait(library, 60)
    assert await desk.chapters() == []
    await wait(library, 90)
    assert await desk.chapters() == ["It sang again at dawn."]
    assert await desk.coming() == [] and "Dawn" not in text_of(await desk.panel())
    [news] = library.ben.user.dm_channel.history()
    assert "Dawn" in text_of(news)
    [version, _] = await library.store.versions.of(desk.story)
    assert (version.change, version.user, version.made_at - FRIDAY < 90) == ("add-chapter", desk.author.id, True)
    log = await library.store.audit.page(library.guild_id, "stories", 9, 0)
    assert [act.act for act in log] == ["add-chapter", "schedule-chapter", "publish"]


async def test_a_chapter_without_a_time_comes_out_at_once_and_can_be_given_one(desk: Desk) -> None:
    preview = await desk.preview("")
    assert list(buttons_of(preview)) == ["Save", "Edit", "Time…", "Cancel"]
    form = await desk.author.click(preview, label="Time…")
    preview = shown(await desk.author.submit_modal(form, {"time": "tomorrow 9am", "city": "Tokyo"}))
    assert f"<t:{int(instant('2026-11-19 00:00') + DAY)}:F>" not in text_of(preview)
    assert f"<t:{int(instant('2026-11-19 00:00'))}:F>" in text_of(preview)
    form = await desk.author.click(preview, label="Time…")
    preview = shown(await desk.author.submit_modal(form, {"time": "", "city": ""}))
    await desk.author.click(preview, label="Save")
    assert await desk.chapters() == ["It sang again at dawn."] and await desk.coming() == []


async def test_the_place_is_typed_once_and_known_from_then_on(desk: Desk) -> None:
    asked = await desk.preview("Friday 18:00")
    assert "I don't know which time zone “Friday 18:00” is in." in plain(asked) and "Schedule" not in buttons_of(asked)
    form = await desk.author.click(asked, label="Time…")
    again = shown(await desk.author.submit_modal(form, {"time": "Friday 18:00", "city": "Berlin"}))
    assert f"<t:{FRIDAY}:F>" in text_of(again)
    known = await desk.preview("Friday 18:00")
    assert f"<t:{FRIDAY}:F>" in text_of(known)
    form = await desk.author.click(await desk.panel(), label="Add chapter…")
    assert form.modal is not None and "Europe/Berlin" in str(form.modal)
    assert (await desk.library.store.privacy.export(desk.author.id))["reader_settings"][0]["zone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    "time", ["soon", "today 9:00 Berlin", "2020-01-01 18:00 Berlin", "in 100 weeks", "18:00 Atlantis"]
)
async def test_a_time_that_is_none_is_handed_back_with_all_that_was_typed(desk: Desk, time: str) -> None:
    preview = await desk.preview(time, notes="You asked for it.")
    said = plain(preview)
    assert time.removeprefix("18:00 ").lower() in said.lower() and "It sang again at dawn." in said
    assert list(buttons_of(preview)) == ["Edit", "Time…", "Cancel"]
    await desk.library.restart()
    form = await desk.author.click(preview, label="Time…")
    assert form.modal is not None and f"'{time}'" in str(form.modal)
    mended = shown(await desk.author.submit_modal(form, {"time": "in 3 days", "city": ""}))
    await desk.author.click(mended, label="Schedule")
    [chapter] = await desk.coming()
    assert chapter.comes_at - instant("2026-11-21 12:00") < 60
    assert (await desk.library.store.coming_chapters.draft(chapter.id)).upload.chapters[0].notes == "You asked for it."


async def test_a_time_that_passes_before_it_is_saved_publishes_nothing(desk: Desk) -> None:
    preview = await desk.preview("in 1 hour")
    await desk.later(2 * HOUR)
    assert "“in 1 hour” has passed" in later(await desk.author.click(preview, label="Schedule"))
    assert await desk.chapters() == [] and await desk.coming() == []
    assert "Schedule" in buttons_of(shown(await desk.author.click(preview, label="Edit")))


async def test_what_was_typed_for_a_chapter_that_cannot_be_read_is_handed_back(desk: Desk) -> None:
    form = await desk.author.click(await desk.panel(), label="Add chapter…")
    file = ("dawn.pdf", b"%PDF-1.7")
    refused = await desk.author.submit_modal(form, {"text": "It sang.", "title": "Dawn", "notes": "Hm.", "file": file})
    assert "pdf" in later(refused).lower()
    message = refused.followups[-1].message
    assert message is not None
    [handed] = message.attachments
    assert await handed.read() == b"Dawn\n\nHm.\n\nIt sang."


async def test_a_file_comes_out_later_too_with_the_corrections_of_its_author(desk: Desk) -> None:
    text = b"The first day\n\nIt rained all day.\n\nThe second day\n\nIt rained more, and then again.\n"
    preview = await desk.preview("in 1 hour", "", file=("days.txt", text))
    panel = shown(await desk.author.click(preview, label="Edit"))
    form = await desk.author.click(panel, label="Chapters…")
    panel = shown(
        await desk.author.submit_modal(form, {"headings": "The first day\nThe second", "plain": "", "notes": ""})
    )
    await desk.author.click(panel, label="Schedule")
    [chapter] = await desk.coming()
    assert chapter.name == "The first day"
    await desk.later(HOUR + 60)
    assert await desk.chapters() == ["It rained all day.", "It rained more, and then again."]


# -- what else happens to the story meanwhile -------------------------------------------------


async def test_what_changed_meanwhile_stays_and_the_chapter_comes_after_it(desk: Desk) -> None:
    await desk.schedule("in 2 hours")
    await desk.schedule("in 1 hour", "Noon", text="It slept at noon.")
    form = await desk.author.click(await desk.panel(), label="New text…")
    file = ("new.txt", KETTLE.replace("at noon", "at four").encode() + b"\nChapter 2\n\nIt was four.\n")
    saved = shown(await desk.author.submit_modal(form, {"file": file}))
    await desk.author.click(saved, label="Save")
    form = await desk.author.click(await desk.panel(), label="Permissions…")
    await desk.author.submit_modal(form, {"quotes": ["no"]})
    await desk.later(2 * HOUR + 60)
    chapters = await desk.chapters()
    assert chapters == ["It was four.", "It slept at noon.", "It sang again at dawn."]
    allowed = await desk.library.store.uploads.permissions(desk.story)
    assert allowed["quotes"] == "no"
    last = await desk.library.store.versions.last(desk.story)
    assert last is not None and b"at four" in last.data


async def test_a_draft_that_was_made_before_loses_no_chapter_that_came_out_since(desk: Desk) -> None:
    await desk.schedule("in 1 hour")
    edited = shown(await desk.author.click(await desk.panel(), label="Edit"))
    preview = await desk.preview("", "It slept.")
    await desk.later(HOUR + 60)
    await desk.author.click(preview, label="Save")
    assert await desk.chapters() == ["It sang again at dawn.", "It slept."]
    await desk.author.click(edited, label="Save")
    assert await desk.chapters() == ["It sang again at dawn.", "It slept."]


async def test_a_change_while_the_chapter_is_read_is_not_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.schedule("in 1 hour")
    preview = await desk.preview("", "It slept.")
    publish, first = Uploads.publish, [True]

    async def late(uploads: Uploads, *values: Any, **named: Any) -> Any:
        if first.pop() if first else False:
            await desk.author.click(preview, label="Save")
        return await publish(uploads, *values, **named)

    monkeypatch.setattr(Uploads, "publish", late)
    await desk.late("2026-11-18 13:01")
    await publish_due(desk.bot)
    assert await desk.chapters() == ["It slept.", "It sang again at dawn."]


# -- dropped, moved, published by hand --------------------------------------------------------


async def test_it_is_published_now_by_who_presses(desk: Desk) -> None:
    await desk.schedule()
    [chapter] = await desk.coming()
    opened = await desk.opened()
    assert list(buttons_of(opened)) == ["Publish now", "Time…", "Delete…", "Back"]
    assert "It sang again at dawn." in text_of(opened) and "**Dawn** comes out on" in text_of(opened)
    await desk.library.restart()
    receipt = shown(await desk.author.click(opened, label="Publish now"))
    assert "Saved" in text_of(receipt) and await desk.chapters() == ["It sang again at dawn."]
    again = await desk.library.forge(desk.author, receipt, str(ComingAction("publish", chapter.id)))
    assert "out already" in later(again)
    await desk.later(3 * DAY)
    assert await desk.chapters() == ["It sang again at dawn."]


async def test_it_is_dropped_after_asking_once_more(desk: Desk) -> None:
    await desk.schedule()
    asked = shown(await desk.author.click(await desk.opened(), label="Delete…"))
    assert "Delete **Dawn**?" in text_of(asked)
    kept = shown(await desk.author.click(asked, label="Back"))
    assert len(await desk.coming()) == 1
    asked = shown(await desk.author.click(kept, label="Delete…"))
    panel = shown(await desk.author.click(asked, label="Delete"))
    assert "Dawn" not in text_of(panel) and await desk.coming() == []
    await desk.later(3 * DAY)
    assert await desk.chapters() == [] and not desk.told()
    log = await desk.library.store.audit.page(desk.library.guild_id, "stories", 1, 0)
    assert [act.act for act in log] == ["drop-chapter"]
    used = await desk.library.store._db.number("SELECT count(*) FROM upload_bytes")
    assert used == 1, "the bytes of the chapter are gone"


async def test_it_is_given_another_time(desk: Desk) -> None:
    await desk.schedule("in 1 hour")
    opened = await desk.opened()
    form = await desk.author.click(opened, label="Time…")
    assert form.modal is not None and "in 1 hour" in str(form.modal)
    refused = await desk.author.submit_modal(form, {"time": "yesterday", "city": ""})
    assert "“yesterday”" in later(refused)
    moved = shown(await desk.author.submit_modal(await desk.author.click(opened, label="Time…"), {
        "time": "Friday 18:00", "city": "Berlin",
    }))  # fmt: skip
    assert f"<t:{FRIDAY}:F>" in text_of(moved)
    await desk.later(2 * HOUR)
    assert await desk.chapters() == []
    await desk.later(2 * DAY + 4 * HOUR)
    assert await desk.chapters() == ["It sang again at dawn."]


async def test_managers_and_authors_see_and_publish_it_and_strangers_do_not(desk: Desk) -> None:
    await desk.schedule()
    [chapter] = await desk.coming()
    library = desk.library
    seen = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
    for forged in (ComingAction(action, chapter.id) for action in ("open", "publish", "time", "drop", "drop-now")):
        library.refused(await library.forge(library.ben, seen, str(forged)))
    library.refused(await library.forge(library.ben, seen, str(PickComing(desk.story)), values=[str(chapter.id)]))
    library.refused(
        await library.send_modal(library.ben, seen, str(ComingTimeModal(chapter.id)), {"time": "in 1 minute"})
    )
    assert await desk.coming() == [chapter]
    panel = shown(await desk.manager.slash(library.channel, "manage story edit", story="Kettle"))
    [value] = options_of(panel).values()
    opened = shown(await desk.manager.select(panel, [value], custom_id=select_of(panel, "cp1")))
    await desk.manager.click(opened, label="Publish now")
    assert (await library.store.versions.of(desk.story))[0].user == desk.manager.id


# -- held back ----------------------------------------------------------------------------------


async def test_who_left_the_server_publishes_nothing_and_is_told(desk: Desk) -> None:
    await desk.schedule()
    desk.author.guild.remove_member(desk.author)
    await desk.later(3 * DAY)
    assert await desk.chapters() == []
    [told] = desk.told()
    assert "**Dawn** didn't come out" in told and "can't add chapters to “The Kettle”" in told
    [chapter] = await desk.coming()
    assert chapter.fault == "rights"
    panel = shown(await desk.manager.slash(desk.library.channel, "manage story edit", story="Kettle"))
    assert "**Dawn** didn't come out: whoever added it" in text_of(panel)


async def test_who_is_linked_no_more_publishes_nothing(desk: Desk) -> None:
    library, author = desk.library, desk.author
    orla = library.join("orla")
    await linked(library.store, desk.story, orla.id)
    desk.author = orla
    await desk.schedule()
    await library.store.authors.unlink(desk.story, orla.id)
    await desk.later(3 * DAY)
    assert await desk.chapters() == [] and len(desk.told()) == 1
    desk.author = author
    opened = await desk.opened()
    await author.click(opened, label="Publish now")
    assert await desk.chapters() == ["It sang again at dawn."]


@pytest.mark.parametrize("who", ["author", "manager"])
async def test_a_story_off_its_shelf_gets_no_chapter_until_its_author_says_so(desk: Desk, who: Remover) -> None:
    await desk.schedule()
    if who == "author":
        await desk.author.click(await desk.panel(), label="Withdraw")
    else:
        await desk.manager.slash(desk.library.channel, "manage story remove", story="Kettle")
    await desk.later(3 * DAY)
    assert len(await desk.library.store.versions.of(desk.story)) == 1
    [told] = desk.told()
    assert "no longer in the library" in told
    await desk.library.store.uploads.restore(desk.story, desk.library.guild_id, desk.author.id, who)
    await desk.later(3 * DAY)
    assert await desk.chapters() == [] and len(desk.told()) == 1
    form = await desk.author.click(await desk.opened(), label="Time…")
    await desk.author.submit_modal(form, {"time": "in 1 hour", "city": ""})
    await desk.later(HOUR + 60)
    assert await desk.chapters() == ["It sang again at dawn."]


@pytest.mark.sqlite("the disk of a server is its own")
async def test_a_chapter_comes_out_later_where_the_disk_has_no_room_when_it_is_due(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.schedule()
    with monkeypatch.context() as full:
        full.setattr("bot.store.disk_space.FLOOR", 10**18)
        await desk.later(3 * DAY)
    assert desk.told() == [] and len(await desk.coming()) == 1
    await desk.later(HOUR)
    assert await desk.chapters() == ["It sang again at dawn."]


async def test_a_story_that_cannot_be_read_with_it_keeps_it_and_says_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.schedule()
    monkeypatch.setattr("bot.services.uploads.CHAPTERS", 0)
    await desk.later(3 * DAY)
    assert "can't be read with it" in desk.told()[0]
    opened = await desk.opened()
    assert "0" in text_of(opened) and "Delete…" in buttons_of(opened)
    await desk.later(HELD_SECONDS - DAY)
    await desk.library.store.pruning.prune()
    assert len(await desk.coming()) == 1
    await desk.later(DAY)
    await desk.library.store.pruning.prune()
    assert await desk.coming() == []


async def test_a_deleted_story_takes_what_was_to_come_with_it(desk: Desk) -> None:
    await desk.schedule()
    asked = shown(await desk.author.click(await desk.panel(), label="Delete…"))
    await desk.author.click(asked, label="Delete for good")
    await desk.later(3 * DAY)
    for table in ("coming_chapters", "drafts", "upload_files", "upload_bytes"):
        assert await desk.library.store._db.number(f"SELECT count(*) FROM {table}") == 0, table
    assert not desk.told()


async def test_who_deletes_their_data_takes_what_was_to_come_with_them(desk: Desk) -> None:
    await desk.schedule()
    data = await desk.library.store.privacy.export(desk.author.id)
    assert [row["name"] for row in data["coming_chapters"]] == ["Dawn"]
    assert "chapter.txt" in [row["name"] for row in data["files"]]
    await desk.library.store.privacy.delete(desk.author.id)
    assert await desk.coming() == []
    await desk.later(3 * DAY)
    assert await desk.chapters() == []


async def test_so_many_chapters_wait_and_no_more(desk: Desk) -> None:
    for number in range(COMING_AT_MOST):
        await desk.schedule(f"in {number + 1} days", f"Day {number + 1}")
    said = text_of(await desk.panel())
    assert "**Day 10** comes out" in said and "**Day 11**" not in said and "15 more chapters" in said
    preview = await desk.preview("in 1 hour")
    assert "which is the limit" in later(await desk.author.click(preview, label="Schedule"))
    assert len(await desk.coming()) == COMING_AT_MOST
    assert "Schedule" in buttons_of(shown(await desk.author.click(preview, label="Edit"))), "the draft is kept"


async def test_the_bytes_of_what_waits_count(desk: Desk) -> None:
    await desk.library.store.settings.change_server(
        desk.library.guild_id, lambda chosen: replace(chosen, member_megabytes=1)
    )
    large = b"<!--" + b"x" * 550_000 + b"--><p>It rained.</p>"
    await desk.schedule("in 1 hour", text="", file=("one.html", large))
    preview = await desk.preview("in 2 hours", "", file=("two.html", large + b"<p>And then it rained.</p>"))
    assert "1 MB" in later(await desk.author.click(preview, label="Schedule"))
    assert len(await desk.coming()) == 1
    await desk.later(HOUR + 60)
    assert len(await desk.chapters()) == 1 and not desk.told()


# -- once -------------------------------------------------------------------------------------


@pytest.fixture
async def other(desk: Desk) -> AsyncIterator[Oneshot]:
    """The same bot on a connection of its own to the same file, as another process has it."""
    async with Store.open(database_at(desk.path), desk.library.clock) as store:
        bot = Oneshot(store)
        bot.fetch_guild = desk.bot.fetch_guild  # type: ignore[method-assign]
        yield bot


async def test_two_processes_publish_it_once(desk: Desk, other: Oneshot) -> None:
    await desk.schedule("in 1 hour")
    await desk.schedule("in 1 hour", "Noon", text="It slept at noon.")
    await desk.late("2026-11-18 13:01")
    await asyncio.gather(*(publish_due(bot) for bot in (desk.bot, other, desk.bot, other)))
    assert sorted(await desk.chapters()) == ["It sang again at dawn.", "It slept at noon."]


@pytest.mark.parametrize("after", [False, True])
async def test_a_kill_in_the_middle_neither_loses_nor_doubles_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    await desk.schedule("in 1 hour")
    publish = coming_chapters.put_on_shelf

    async def killed(*values: Any, **named: Any) -> Any:
        if after:
            await publish(*values, **named)
        raise Killed

    await desk.late("2026-11-18 13:01")
    with monkeypatch.context() as patched:
        patched.setattr(coming_chapters, "put_on_shelf", killed)
        with pytest.raises(Killed):
            await publish_due(desk.bot)
    assert len(await desk.chapters()) == after
    await publish_due(desk.bot)
    assert len(await desk.chapters()) == after, "another process may be at it"
    await start_at(desk.library, "2026-11-18 13:20")
    await desk.later(LEASE_SECONDS)
    assert await desk.chapters() == ["It sang again at dawn."] and not desk.told()


async def test_what_fell_due_while_the_bot_was_down_comes_out_at_its_start_in_order(desk: Desk) -> None:
    await desk.schedule("in 2 hours")
    await desk.schedule("in 1 hour", "Noon", text="It slept at noon.")
    await start_at(desk.library, "2026-11-25 12:00")
    await desk.later(60)
    assert await desk.chapters() == ["It slept at noon.", "It sang again at dawn."]


async def test_while_discord_does_not_answer_it_is_tried_again(desk: Desk) -> None:
    await desk.schedule("in 1 hour")
    member = f"/guilds/{desk.library.guild_id}/members/{desk.author.id}"
    desk.library.env.inject_error("GET", member, status=503)
    await desk.late("2026-11-18 13:01")
    await publish_due(desk.bot)
    assert await desk.chapters() == []
    await desk.later(2 * HOUR)
    assert await desk.chapters() == ["It sang again at dawn."] and not desk.told()


async def test_a_server_that_the_bot_left_gets_nothing_until_it_returns(desk: Desk) -> None:
    await desk.schedule("in 1 hour")
    guild = desk.library.env.backend.guilds.pop(desk.library.guild_id)
    desk.library.env.backend.emit("GUILD_DELETE", {"id": str(desk.library.guild_id)})
    await desk.library.env.settle()
    await desk.later(3 * HOUR)
    assert (await desk.coming())[0].fault is None and not desk.told()
    desk.library.env.backend.guilds[desk.library.guild_id] = guild
    await desk.library.restart()
    await desk.later(2 * HOUR)
    assert await desk.chapters() == ["It sang again at dawn."]
