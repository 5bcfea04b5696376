"""News of what readers follow: to whom, where, of what, and once."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain.authors import NEW_SECONDS
from bot.domain.follows import SHUT_SECONDS, FollowKind
from bot.domain.notices import Notice
from bot.domain.questions import Rules
from bot.domain.rights import Audience
from bot.domain.settings import Notices, ReaderSettings, ServerSettings
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.services.delivery import RETRY_SECONDS
from bot.services.due_work import LOOK_SECONDS
from bot.store import Store
from bot.stories import PARSER_VERSION, Story
from bot.stories.formats.corrections import Correction
from tests import samples
from tests.databases import connected, connections, database_at
from tests.direct_messages import close_messages, said_to, told
from tests.library import Library
from tests.linking import linked
from tests.owning import administrator, owned_on_discord
from tests.restricting import restrict
from tests.samples import FORD, INN
from tests.screens import card_for, mine
from tests.seen import buttons_of, shown, text_of
from tests.votes import answer_vote, cast_vote, reopen_vote, set_rules

RAFT = "Title: The Raft\nAuthor: tam sell\n\nIt floated, and that was all that anybody asked of it.\n"


async def follow(
    library: Library,
    reader: MemberActor,
    story: str = "Ferry",
    *,
    subject: FollowKind = "story",
    audience: Audience | None = None,
) -> None:
    audience = audience or Audience(adult=True, guild=library.guild_id)
    entry = await library.store.for_audience(audience).stories.find(story)
    await library.store.follows.follow(reader.id, subject, entry.id, audience.guild)


async def author_of(library: Library, story: str, author: MemberActor | None = None) -> MemberActor:
    """A member who is linked to a story as its author."""
    author = author or library.join("tam")
    await linked(library.store, (await library.store.stories.find(story)).id, author.id)
    return author


async def wants(library: Library, reader: MemberActor, notices: Notices) -> None:
    await library.store.settings.change_reader(reader.id, lambda _: ReaderSettings(notices=notices))


async def news_channel(library: Library, *, restricted: bool = False) -> ChannelHandle:
    channel = library.ann.guild.create_text_channel("news")
    if restricted:
        await restrict(library, channel)
    await library.store.settings.change_server(library.guild_id, lambda _: ServerSettings(news_channel=channel.id))
    return channel


async def looked(library: Library) -> None:
    """The next look at what is due has been taken."""
    await library.env.advance_time(LOOK_SECONDS)


async def come_due(library: Library, path: Path) -> None:
    """What waits to be tried again has waited long enough."""
    with connected(path) as db:
        db.execute("UPDATE outbox SET due_at = 0")
    await looked(library)


async def add_chapters(library: Library, *chapters: str) -> None:
    await library.load({"ferry.txt": samples.FERRY + "".join(chapters)})
    await looked(library)


# -- what is told ---------------------------------------------------------------------------


async def test_a_new_chapter_is_told_by_direct_message_with_the_way_into_the_story(library: Library) -> None:
    await follow(library, library.ann)
    await add_chapters(library, FORD)
    [message] = told(library.ann)
    said = text_of(message)
    assert "The Ferry of Words" in said and "by Tam Sell" in said and "New chapter: Chapter 4: The Ford" in said
    assert list(buttons_of(message)) == ["Read", "Unfollow story"]
    assert told(library.ben) == []
    await library.restart()
    page = shown(await library.ann.user.click(message, label="Read"))
    assert not page.ephemeral and "ferry" in text_of(page)


async def test_several_new_chapters_are_one_message(library: Library) -> None:
    await follow(library, library.ann)
    await add_chapters(library, FORD, INN)
    [message] = told(library.ann)
    assert all(part in text_of(message) for part in ("2 new chapters", "The Ford", "The Inn"))


async def test_a_chapter_added_by_reload_is_told_at_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    await library.restart(
        reload=lambda _: load_folder(library.store, library.folder, read_here), owner_server=library.guild_id
    )
    await follow(library, library.ann)
    (library.folder / "ferry.txt").write_text(samples.FERRY + FORD, "utf-8")
    olga = administrator(library, "olga")
    owned_on_discord(monkeypatch, olga)
    await olga.slash(library.channel, "bot reload")
    assert len(told(library.ann)) == 1


async def test_a_chapter_added_by_replace_is_told_with_the_way_to_its_server(
    library: Library, mira: MemberActor
) -> None:
    await published(library, mira, samples.FERRY.replace("Ferry", "Bridge"))
    await follow(library, library.ann, "Bridge")
    file = ("bridge.txt", (samples.FERRY.replace("Ferry", "Bridge") + FORD).encode())
    answer = await mira.slash(library.channel, "manage story replace", story="Bridge", file=file)
    await mira.click(answer.followups[-1] if answer.followups else shown(answer), label="Save")
    [message] = told(library.ann)
    assert "New chapter: Chapter 4: The Ford" in text_of(message) and "The Reading Room" in text_of(message)
    [row] = message.components
    assert isinstance(row, discord.ActionRow)
    [link] = [each for each in row.children if isinstance(each, discord.Button) and each.url]
    assert link.url == f"https://discord.com/channels/{library.guild_id}" and link.label == "Open The Reading Room"


async def published(library: Library, mira: MemberActor, text: str) -> None:
    answer = await mira.slash(library.channel, "manage story add", file=("bridge.txt", text.encode()))
    await mira.click(answer.followups[-1] if answer.followups else shown(answer), label="Publish")


async def test_a_new_story_by_a_followed_author_is_told_and_so_are_its_chapters(library: Library) -> None:
    tam = await author_of(library, "Ferry")
    await follow(library, library.ann, subject="author")
    await library.load({"raft.txt": RAFT})
    await author_of(library, "Raft", tam)
    await looked(library)
    [message] = told(library.ann)
    assert "tam sell posted a new story!" in text_of(message) and "The Raft" in text_of(message)
    assert list(buttons_of(message)) == ["Read", "Unfollow author"]
    await add_chapters(library, FORD)
    assert "Chapter 4: The Ford" in said_to(library.ann)


async def test_a_new_story_under_the_name_of_a_followed_author_is_told_to_nobody(library: Library) -> None:
    await author_of(library, "Ferry")
    await follow(library, library.ann, subject="author")
    await wants(library, library.ben, "server")
    await follow(library, library.ben, subject="author")
    channel = await news_channel(library)
    await library.load({"raft.txt": RAFT})
    await author_of(library, "Raft", library.join("impostor"))
    await looked(library)
    assert told(library.ann) == told(library.ben) == channel.history() == []


async def test_an_old_story_whose_author_is_linked_late_is_no_news(library: Library) -> None:
    tam = await author_of(library, "Ferry")
    await follow(library, library.ann, subject="author")
    await library.load({"raft.txt": RAFT})
    library.clock.forward(NEW_SECONDS + 1)
    await author_of(library, "Raft", tam)
    await looked(library)
    assert told(library.ann) == []


async def test_one_who_is_linked_no_longer_brings_their_followers_no_chapters(library: Library) -> None:
    tam = await author_of(library, "Ferry")
    await follow(library, library.ann, subject="author")
    await library.store.authors.unlink(await library.id_of("Ferry"), tam.id)
    await add_chapters(library, FORD)
    assert told(library.ann) == []


async def test_one_who_follows_story_and_author_is_told_once_and_can_leave_either(library: Library) -> None:
    await author_of(library, "Ferry")
    await follow(library, library.ann)
    await follow(library, library.ann, subject="author")
    await add_chapters(library, FORD)
    [message] = told(library.ann)
    assert list(buttons_of(message)) == ["Read", "Unfollow story", "Unfollow author"]
    gone = shown(await library.ann.user.click(message, label="Unfollow author"))
    assert gone.ephemeral and "unfollowed Tam Sell" in text_of(gone)
    assert await library.store.follows.count(library.ann.id) == 1


async def test_an_edit_without_a_new_chapter_is_no_news(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY.replace("a short one", "a long one")})
    await looked(library)
    assert told(library.ann) == []


async def test_the_same_bytes_cut_otherwise_are_no_news(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async def earlier(path: Path, name: str, correction: Correction | None = None) -> tuple[Story, str]:
        """A parser that does not see where the last chapter begins."""
        story, digest = await (read_here(path, name, correction) if correction else read_here(path, name))
        return replace(story, chapters=story.chapters[:2]), digest

    (library.folder / "bridge.txt").write_text(samples.FERRY.replace("Ferry", "Bridge"), "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("bot.importing.loading.PARSER_VERSION", PARSER_VERSION - 1)
        await load_folder(library.store, library.folder, earlier)
    await follow(library, library.ann, "Bridge")
    report = await library.load({})
    assert any("chapter 3 is new" in str(line) for line in report)
    await looked(library)
    assert told(library.ann) == []


async def test_news_of_the_longest_names_is_what_discord_takes_and_shows_them_as_they_are(library: Library) -> None:
    await library.load({"loud.txt": samples.LOUD})
    [loud] = [story for story in await library.store.stories.search("", 9) if story.title.startswith("@everyone")]
    sign = await author_of(library, f"#{loud.id}")
    channel = await news_channel(library)
    await wants(library, library.ben, "server")
    for reader in (library.ann, library.ben):
        await follow(library, reader, f"#{loud.id}")
        await follow(library, reader, f"#{loud.id}", subject="author")
    await library.load({"again.txt": samples.LOUD + "And again, said the sign.\n"})
    again = (await library.store.publishing.known("folder"))["again"].story
    await author_of(library, f"#{again}", sign)
    await looked(library)
    for [message] in (told(library.ann), channel.history()):
        assert "\\@everyone" in text_of(message) and not message.content
    card = await card_for(library.ann, library.channel, f"#{loud.id}")
    await library.ann.click(card, label="Follow")
    await mine(library.ann, library.channel, "following")


async def test_a_first_load_is_silent(library: Library, tmp_path: Path) -> None:
    with connected(tmp_path / "oneshot.db") as db:
        assert db.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


# -- once -----------------------------------------------------------------------------------


async def test_nothing_is_told_twice_by_loading_again_or_by_a_restart(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await library.load({})
    await library.restart()
    await library.load({"ferry.txt": samples.FERRY + FORD + "\n"})
    await looked(library)
    await library.restart()
    assert len(told(library.ann)) == 1


async def test_what_was_made_before_a_restart_is_told_after_it(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    assert told(library.ann) == []
    await library.restart()
    assert len(told(library.ann)) == 1


async def test_a_crash_between_claim_and_message_loses_it_and_doubles_nothing(library: Library) -> None:
    await follow(library, library.ann)
    await follow(library, library.ben)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    claims = [await library.store.outbox.claim(2**40) for _ in range(2)]  # the server's, and one reader's
    assert claims[1] is not None
    await library.restart()
    assert sorted(len(told(reader)) for reader in (library.ann, library.ben)) == [0, 1]
    told_reader = library.ben if claims[1].user == library.ann.id else library.ann
    assert len(told(told_reader)) == 1


async def test_two_bots_on_one_database_are_never_given_the_same(library: Library, tmp_path: Path) -> None:
    for reader in (library.ann, library.ben):
        await follow(library, reader)
    await library.load({"ferry.txt": samples.FERRY + FORD + INN})
    claimed: list[Notice] = []
    async with Store.open(database_at(tmp_path / "oneshot.db"), library.clock) as other:
        while due := await library.store.outbox.claim(2**40):
            claimed.append(due)
            if due := await other.outbox.claim(2**40):
                claimed.append(due)
    assert sorted((due.user, due.guild) for due in claimed) == sorted(
        [(0, library.guild_id), (library.ann.id, 0), (library.ben.id, 0)]
    )
    assert all(len(due.items) == 2 for due in claimed)


# -- many followers -------------------------------------------------------------------------


async def test_a_hundred_readers_are_told_once_each(library: Library) -> None:
    readers = [library.join(f"reader{number}") for number in range(100)]
    for reader in readers:
        await follow(library, reader)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    library.bot.dispatch("due")
    await library.env.settle()
    assert [len(told(reader)) for reader in readers] == [1] * 100


async def test_a_server_hears_before_the_many_who_wait(library: Library) -> None:
    for number in range(3):
        await follow(library, library.join(f"reader{number}"), audience=Audience(direct=True))
    await library.load({"ferry.txt": samples.FERRY + FORD})
    library.clock.at = library.clock() + 60
    await follow(library, library.ben, "Spoon")
    await library.load({"spoon.txt": samples.ONE_PAGE + FORD})
    claimed = [await library.store.outbox.claim(2**40) for _ in range(5)]
    assert [job is not None and job.guild for job in claimed] == [library.guild_id, 0, 0, 0, 0]


async def test_one_message_that_discord_holds_up_holds_up_no_other(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_dm = library.bot.create_dm

    async def slow(user: discord.Object) -> discord.DMChannel:
        if user.id == library.ann.id:
            await asyncio.sleep(30)
        return await create_dm(user)

    monkeypatch.setattr(library.bot, "create_dm", slow)
    readers = [library.ann, library.ben, library.join("cid")]
    for reader in readers:
        await follow(library, reader)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    library.bot.dispatch("due")
    await library.env.advance_time(1)
    assert [len(told(reader)) for reader in readers] == [0, 1, 1]
    await library.env.advance_time(30)
    assert [len(told(reader)) for reader in readers] == [1, 1, 1]


# -- what may not be told -------------------------------------------------------------------


async def test_a_chapter_that_is_hidden_before_it_is_told_is_not_told(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await add_chapters(library)
    assert told(library.ann) == []


async def test_a_withdrawn_story_is_not_told(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await library.take_away("ferry.txt")
    await looked(library)
    assert told(library.ann) == []


async def test_a_story_that_is_rated_for_adults_before_it_is_told_is_not_told(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await library.load({"ferry.txt": samples.FERRY.replace("K+", "M") + FORD})
    await looked(library)
    assert told(library.ann) == []


async def test_one_whose_data_is_deleted_before_it_is_told_hears_nothing(library: Library, tmp_path: Path) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    assert len((await library.store.privacy.export(library.ann.id))["outbox"]) == 1
    await library.store.privacy.delete(library.ann.id)
    await looked(library)
    assert told(library.ann) == []


async def test_one_who_unfollows_before_it_is_told_hears_nothing(library: Library) -> None:
    await follow(library, library.ann)
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await library.store.follows.unfollow(library.ann.id, "story", await library.id_of("Ferry"))
    await looked(library)
    assert told(library.ann) == []


async def grow_velvet(library: Library) -> None:
    """Two chapters where there was one."""
    body = samples.MATURE.split("\n\n", 2)[2]
    text = f"Title: Behind the Velvet Door\n\nRating: M\n\nChapter 1\n\n{body}\nChapter 2\n\n{body[:300]}\n"
    await library.load({"velvet.txt": text})
    await looked(library)


async def test_no_direct_message_tells_of_a_story_for_adults(library: Library) -> None:
    await follow(library, library.ann, "Velvet")
    await grow_velvet(library)
    assert told(library.ann) == []


async def test_one_who_is_of_age_is_told_of_a_story_for_adults(library: Library) -> None:
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings(adult=True))
    for reader in (library.ann, library.ben):
        await follow(library, reader, "Velvet")
    await grow_velvet(library)
    assert ["Velvet" in text_of(message) for message in told(library.ann)] == [True]
    assert told(library.ben) == []


async def test_one_who_has_muted_its_author_meanwhile_hears_nothing(library: Library) -> None:
    for reader in (library.ann, library.ben):
        await follow(library, reader, "Ferry")
    author = (await library.store.stories.find("Ferry")).author
    assert author is not None
    await library.store.mutes.add(library.ann.id, "author", [author])
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await looked(library)
    assert told(library.ann) == [] and len(told(library.ben)) == 1


@pytest.mark.parametrize("restricted", [True, False])
async def test_a_news_channel_tells_of_a_story_for_adults_only_if_it_is_age_restricted(
    library: Library, restricted: bool
) -> None:
    channel = await news_channel(library, restricted=restricted)
    await wants(library, library.ann, "server")
    await follow(library, library.ann, "Velvet")
    await grow_velvet(library)
    assert ["Velvet" in text_of(message) for message in channel.history()] == [True] * restricted


async def test_a_story_of_another_server_is_told_to_its_members_only(library: Library, mira: MemberActor) -> None:
    await published(library, mira, samples.FERRY.replace("Ferry", "Bridge"))
    guild = library.env.create_guild("Elsewhere")
    cleo = guild.add_member(library.env.create_user("cleo"))
    await wants(library, library.ben, "server")
    for reader in (cleo, library.ann, library.ben):
        await follow(library, reader, "Bridge")
    tam = await author_of(library, "Ferry")
    bridge = await library.store.for_audience(Audience(guild=library.guild_id)).stories.find("Bridge")
    await linked(library.store, bridge.id, tam.id)
    await library.store.follows.follow(library.ben.id, "author", await library.id_of("Ferry"), guild.id)
    elsewhere = guild.create_text_channel("news")
    await library.store.settings.change_server(guild.id, lambda _: ServerSettings(news_channel=elsewhere.id))
    file = ("bridge.txt", (samples.FERRY.replace("Ferry", "Bridge") + FORD).encode())
    answer = await mira.slash(library.channel, "manage story replace", story="Bridge", file=file)
    await mira.click(answer.followups[-1] if answer.followups else shown(answer), label="Save")
    assert len(told(library.ann)) == 1
    assert told(cleo) == [] and elsewhere.history() == []


# -- a server's news channel ----------------------------------------------------------------


async def test_a_news_channel_names_a_story_once_for_all_who_follow_it_there(library: Library) -> None:
    channel = await news_channel(library)
    for reader in (library.ann, library.ben):
        await wants(library, reader, "server")
        await follow(library, reader)
    await add_chapters(library, FORD)
    [message] = channel.history()
    assert "Chapter 4: The Ford" in text_of(message) and "@" not in message.content
    assert told(library.ann) == told(library.ben) == []
    await library.restart()
    page = shown(await library.ann.click(message, label="Read"))
    assert page.ephemeral and "ferry" in text_of(page)
    gone = shown(await library.ann.click(message, label="Unfollow story"))
    assert gone.ephemeral and "unfollowed this story" in text_of(gone)
    await add_chapters(library, FORD, INN)
    assert len(channel.history()) == 2
    await library.ben.click(message, label="Unfollow story")
    await add_chapters(library, FORD, INN, "\nChapter 6: The Hill\n\nIt was uphill, as hills are.\n")
    assert len(channel.history()) == 2


async def test_a_server_that_hides_a_story_is_not_told_of_it(library: Library) -> None:
    channel = await news_channel(library)
    await wants(library, library.ann, "server")
    await follow(library, library.ann)
    await library.store.publishing.hide(await library.id_of("Ferry"), library.guild_id)
    await add_chapters(library, FORD)
    assert channel.history() == [] and told(library.ann) == []


async def test_a_reader_hears_in_each_server_where_they_said_so(library: Library) -> None:
    here, guild = await news_channel(library), library.env.create_guild("Elsewhere")
    there = guild.create_text_channel("news")
    await library.store.settings.change_server(guild.id, lambda _: ServerSettings(news_channel=there.id))
    await wants(library, library.ann, "server")
    await follow(library, library.ann)
    await add_chapters(library, FORD)
    assert (len(here.history()), len(there.history())) == (1, 0)
    again = guild.add_member(library.ann.user)
    card = await card_for(again, there, "Ferry")
    panel = shown(await again.click(card, label="Follow"))
    assert f"<#{there.id}>" in text_of(panel)
    panel = shown(await again.click(panel, label="Follow story here"))
    assert list(buttons_of(panel)) == ["Unfollow story"]
    await add_chapters(library, FORD, INN)
    [news] = [message for message in there.history() if "New chapter" in text_of(message)]
    assert "The Inn" in text_of(news) and len(here.history()) == 2
    assert await library.store.follows.count(library.ann.id) == 1


async def test_news_in_a_channel_are_in_the_language_of_its_server(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str | None]()
    monkeypatch.setattr("bot.services.delivery.set_language", lambda *locales: asked.extend(locales))
    guild = library.bot.get_guild(library.guild_id)
    assert guild is not None
    guild.preferred_locale = discord.Locale.german
    await news_channel(library)
    await wants(library, library.ann, "server")
    await follow(library, library.ann)
    await add_chapters(library, FORD)
    assert asked == ["de"]


@pytest.mark.parametrize("state", ["none chosen", "gone", "closed"])
async def test_a_news_channel_that_cannot_be_written_to_is_left_alone(
    library: Library, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    if state != "none chosen":
        channel = await news_channel(library)
        if state == "gone":
            library.env.backend.delete_channel(channel.id)
        else:
            library.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50001, times=None)
    await wants(library, library.ann, "server")
    await follow(library, library.ann)
    with caplog.at_level(logging.WARNING, "bot.services"):
        await add_chapters(library, FORD)
        await add_chapters(library, FORD, INN)
        await looked(library)
    assert len(caplog.records) == (0 if state == "none chosen" else 1)
    assert sent_to_channels(library) <= 2
    assert await library.store.outbox.claim(2**40) is None


def sent_to_channels(library: Library) -> int:
    return sum(request.method == "POST" and request.path.endswith("/messages") for request in library.env.http_requests)


# -- readers who are not reached ------------------------------------------------------------


async def test_one_who_wants_no_news_gets_none(library: Library) -> None:
    channel = await news_channel(library)
    await wants(library, library.ann, "none")
    await follow(library, library.ann)
    await add_chapters(library, FORD)
    assert told(library.ann) == [] and channel.history() == []
    await wants(library, library.ann, "direct")
    await looked(library)
    assert told(library.ann) == []


async def test_closed_direct_messages_are_noted_and_not_tried_again_until_they_look(library: Library) -> None:
    await follow(library, library.ann)
    await follow(library, library.ben)
    close_messages(library, library.ann)  # once: a second try would get through
    await add_chapters(library, FORD)
    await add_chapters(library, FORD, INN)
    await looked(library)
    assert told(library.ann) == [] and len(told(library.ben)) == 2
    card = await card_for(library.ann, library.channel, "Ferry")
    assert "didn't reach you" in text_of(shown(await library.ann.click(card, label="Follow")))
    said = text_of(await mine(library.ann, library.channel, "following"))
    assert "didn't reach you" in said and "Ferry" in said
    await add_chapters(library, FORD, INN, "\nChapter 6: The Hill\n\nIt was uphill, as hills are.\n")
    assert "The Hill" in said_to(library.ann)
    assert "didn't reach you" not in text_of(await mine(library.ann, library.channel, "following"))
    close_messages(library, library.ann)
    hills = [f"\nChapter {n}: The Hill\n\nIt was uphill, as hills are.\n" for n in (6, 7, 8)]
    await add_chapters(library, FORD, INN, *hills[:2])
    library.clock.forward(SHUT_SECONDS)
    await add_chapters(library, FORD, INN, *hills)
    assert "Chapter 7" not in said_to(library.ann) and "Chapter 8" in said_to(library.ann)
    assert "didn't reach you" not in text_of(await mine(library.ann, library.channel, "following"))


async def test_a_fault_on_the_way_is_tried_again_and_told_once(library: Library, tmp_path: Path) -> None:
    await follow(library, library.ann)
    close_messages(library, library.ann, status=400, code=40003)
    await add_chapters(library, FORD)
    await looked(library)
    assert told(library.ann) == []
    await come_due(library, tmp_path / "oneshot.db")
    await come_due(library, tmp_path / "oneshot.db")
    assert len(told(library.ann)) == 1


async def test_what_a_server_misses_by_a_fault_of_discords_is_told_once_it_is_over(
    library: Library, tmp_path: Path
) -> None:
    channel = await news_channel(library)
    await wants(library, library.ann, "server")
    await follow(library, library.ann)
    library.env.inject_error("POST", f"/channels/{channel.id}/messages", status=400, code=40003)
    await add_chapters(library, FORD)
    assert channel.history() == []
    await come_due(library, tmp_path / "oneshot.db")
    [message] = channel.history()
    assert "The Ford" in text_of(message)


async def test_each_try_waits_longer_than_the_one_before(library: Library, tmp_path: Path) -> None:
    library.clock.at = float(int(library.clock()))  # a whole second, that stands still: a wait is what was meant
    await follow(library, library.ann)
    close_messages(library, library.ann, status=400, code=40003, times=None)
    await add_chapters(library, FORD)
    waits = list[int]()
    for _ in RETRY_SECONDS:
        with connected(tmp_path / "oneshot.db") as db:
            [(due_at,)] = db.execute("SELECT due_at FROM outbox")
        waits.append(due_at - library.clock())
        await come_due(library, tmp_path / "oneshot.db")
    assert waits == list(RETRY_SECONDS) and waits == sorted(set(waits))
    assert told(library.ann) == []


async def test_what_fails_after_a_message_was_sent_does_not_send_it_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> bool:
        raise OSError("the disk is full")

    monkeypatch.setattr(library.store.posts, "record", broken)
    await follow(library, library.ann)
    await add_chapters(library, FORD)
    await come_due(library, tmp_path / "oneshot.db")
    assert len(told(library.ann)) == 1


async def test_each_try_of_a_message_is_known_to_discord_as_the_same(library: Library, tmp_path: Path) -> None:
    await follow(library, library.ann)
    close_messages(library, library.ann, status=400, code=40003)
    await add_chapters(library, FORD)
    await come_due(library, tmp_path / "oneshot.db")
    await add_chapters(library, FORD, INN)
    sent = [request.json for request in library.env.http_requests if request.path.endswith("/messages")]
    first, second, other = [body["nonce"] for body in sent if isinstance(body, dict)]
    assert first == second != other and len(first) <= 25
    assert all(body["enforce_nonce"] for body in sent if isinstance(body, dict))


async def test_a_fault_that_stays_is_given_up(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await follow(library, library.ann)
    await follow(library, library.ben)
    close_messages(library, library.ann, status=400, code=40003, times=None)
    with caplog.at_level(logging.WARNING, "bot.services"):
        await add_chapters(library, FORD)
        for _ in range(6):
            await come_due(library, tmp_path / "oneshot.db")
    assert len(told(library.ben)) == 1
    assert ["dropped" in record.message for record in caplog.records] == [True]
    assert sent_to_channels(library) == 1 + 4
    assert await library.store.outbox.claim(2**40) is None


# -- what it costs --------------------------------------------------------------------------

TABLES = {"follows", "outbox", "authors", "stories", "settings", "chapters", "story_servers"}
TABLES |= {"votes", "vote_rules", "vote_counts", "decisions", "story_authors"}


@pytest.fixture
async def asked(store: Store) -> AsyncIterator[list[str]]:
    """Every statement that SQLite is given, with its values in their places."""
    statements: list[str] = []
    for connection in connections(store):
        await connection.set_trace_callback(statements.append)
    yield statements
    for connection in connections(store):
        await connection.set_trace_callback(lambda _: None)


def full_scans(file: Path, sql: str) -> list[str]:
    """The steps of the plan of *sql* that go through all of a table."""
    names = TABLES | {alias for table, alias in re.findall(r"(?:FROM|JOIN)\s+(\w+)\s+(\w)\b", sql) if table in TABLES}
    with connected(file) as db:
        steps = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return [step for step in steps if step.startswith("SCAN ") and step.split()[1] in names and "INDEX" not in step]


@pytest.mark.sqlite("it counts SQLite's statements")
async def test_no_query_of_news_reads_a_whole_table(library: Library, tmp_path: Path, asked: list[str]) -> None:
    store, ann = library.store, library.ann
    await wants(library, library.ben, "server")
    await author_of(library, "Ferry")
    asked.clear()  # the test's own statements
    for reader in (ann, library.ben):
        await follow(library, reader)
        await follow(library, reader, subject="author")
    ferry = await library.id_of("Ferry")
    await cast_vote(store, ferry, 7, "continue", library.guild_id)
    await set_rules(store, await library.id_of("Spoon"), Rules(quorum=5))
    await answer_vote(store, ferry, ann.id, "keeper", "continue", "")
    await library.load({"ferry.txt": samples.FERRY + FORD})
    await reopen_vote(store, ferry, "keeper")
    told = 0
    while due := await store.outbox.claim(2**40):
        told += await store.news.news(due, 2**40) is not None
        await store.news.servers(due.subject)
    assert told == 2  # one by direct message, one in the server
    await store.follows.list(ann.id, 4)
    await store.follows.count(ann.id)
    await store.follows.of(ann.id, ferry, library.guild_id)
    of_news = "|".join(TABLES - {"stories", "settings", "chapters"})
    ours = [sql for sql in asked if re.search(of_news, sql) and sql[:2] != "--"]
    assert any("INSERT INTO outbox" in sql for sql in ours) and any("DELETE FROM outbox" in sql for sql in ours)
    assert [scan for sql in ours for scan in full_scans(tmp_path / "oneshot.db", sql)] == []


@pytest.mark.sqlite("it counts SQLite's statements")
async def test_ten_thousand_followers_are_one_statement_for_a_chapter(
    library: Library, tmp_path: Path, asked: list[str]
) -> None:
    ferry = await library.id_of("Ferry")
    with connected(tmp_path / "oneshot.db") as db:
        db.executemany(
            "INSERT INTO follows (user_id, story_id, guild_id, followed_at) VALUES (?, ?, ?, 0)",
            [(10**6 + n, ferry, n % 3) for n in range(10_000)],
        )
    await library.load({"ferry.txt": samples.FERRY + FORD})
    assert sum("INSERT INTO outbox" in sql for sql in asked) == 1
    with connected(tmp_path / "oneshot.db") as db:
        assert db.execute("SELECT count(*), count(DISTINCT user_id) FROM outbox").fetchone() == (10_002, 10_001)
        db.execute("DELETE FROM outbox")
