"""A story by instalments: begun, posted on its days with its place, paused, stopped, ended; readers who are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle
from simcord.results import InteractionResult

from bot.domain.settings import ServerSettings
from bot.errors import ForbiddenByAuthor, ReaderError, StoryGated
from bot.ui.ids import Subscribe
from bot.ui.limits import EMBEDS_TOTAL, embed_size
from tests import samples
from tests.clock import start_at
from tests.databases import connected
from tests.library import Library
from tests.restricting import restrict
from tests.seen import buttons_of, footer_of, is_refusal, reaction_id, shown, text_of
from tests.votes import votes_of


@pytest.fixture
async def mira(library: Library, mira: MemberActor) -> MemberActor:
    """Who runs the server; it is noon of a Monday in Berlin."""
    await start_at(library, "2026-01-12 11:00")
    return mira


async def start(library: Library, mira: MemberActor, story: str = "Lighthouse", **options: object) -> str:
    said = {"channel": library.channel, "every": "every day", "time": "18:00", "timezone": "Europe/Berlin"}
    answer = shown(await mira.slash(library.channel, "manage serial start", story=story, **(said | options)))
    assert answer.ephemeral
    return text_of(answer)


async def evenings(library: Library, *days: int) -> None:
    for day in days:
        await start_at(library, f"2026-01-{day} 17:00")


async def command(library: Library, mira: MemberActor, name: str, **options: object) -> str:
    return answered(await mira.slash(library.channel, f"manage serial {name}", **options))


def answered(result: InteractionResult) -> str:
    """What one alone was told, at once or after a while."""
    said = result.followups[-1] if result.followups else shown(result)
    assert said.ephemeral
    return text_of(said)


def posted(channel: ChannelHandle) -> list[discord.Message]:
    return [message for message in channel.history() if message.interaction_metadata is None and message.embeds]


def thread_of(library: Library, message: discord.Message) -> ChannelHandle:
    """The thread under a message."""
    return ChannelHandle(library.env, library.ann.guild, library.env.backend.get_channel(message.id))


def words(message: discord.Message) -> str:
    """The text of an instalment, without what stands around it."""
    return " ".join(" ".join(embed.description or "" for embed in message.embeds).split())


# -- posted ---------------------------------------------------------------------------------


async def test_instalments_come_one_a_day_with_their_place_in_the_story(library: Library, mira: MemberActor) -> None:
    said = await start(library, mira)
    assert (
        "The Lighthouse Post" in said
        and "Every day" in said
        and "18:00 (Europe/Berlin)" in said
        and "1 page" in said
        and "1 of 6" in said
    )
    await evenings(library, 12, 13, 14)
    messages = posted(library.channel)
    assert [footer_of(message)[:11] for message in messages] == ["Part 1 of 6", "Part 2 of 6", "Part 3 of 6"]
    assert all(list(buttons_of(message)) == ["Read from start", "React"] for message in messages)
    assert "be kind" in text_of(messages[0]) and "be kind" not in text_of(messages[1])
    assert "part 4 of 6" in await command(library, mira, "show")


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("weekdays", [12, 13, 14, 15, 16, 19]),
        ("weekends", [17, 18]),
        ("thursday", [15]),
    ],
)
async def test_instalments_come_on_chosen_days(
    library: Library, mira: MemberActor, every: str, days: list[int]
) -> None:
    await start(library, mira, every=every)
    await evenings(library, *range(12, 20))
    instalments = [message for message in posted(library.channel) if message.embeds[0].title != "The end"]
    assert [message.created_at.day for message in instalments] == days


async def test_all_of_the_story_comes_and_nothing_twice(library: Library, mira: MemberActor) -> None:
    await start(library, mira, story="Ferry")
    await evenings(library, *range(12, 30))
    whole = await library.store.stories.whole(await library.id_of("Ferry"))
    prose = " ".join(" ".join(chapter.prose for chapter in whole.chapters).split())
    *instalments, end = posted(library.channel)
    pages = [" ".join((m.embeds[-1].description or "").split()) for m in instalments]
    assert " ".join(pages).replace("\\", "") == prose
    assert "The end" in text_of(end)


async def test_the_vote_stands_under_the_last_instalment(library: Library, mira: MemberActor) -> None:
    await start(library, mira, story="Spoon")
    await evenings(library, 12)
    instalment, end = posted(library.channel)
    assert (
        "1 of 1" in footer_of(instalment)
        and "The end" in text_of(end)
        and "Should this story continue?" in text_of(end)
    )
    await library.restart()
    await library.ann.click(end, label="I want more")
    again = posted(library.channel)[-1]
    assert "**1**" in text_of(again) and "The end" in text_of(again)
    assert {"Read from start", "I want more", "Perfect as is"} <= set(buttons_of(again))
    receipt = (await library.ben.click(again, label="Perfect as is")).followups[-1]
    await library.ben.click(shown(await library.ben.click(receipt, label="Details")), label="Remove vote")
    tally = await votes_of(library.store, await library.id_of("Spoon"), library.guild_id)
    assert (tally.overall[0], tally.overall[1]) == (1, 0)
    await evenings(library, 13, 14)
    assert len(posted(library.channel)) == 2
    assert "has ended" in await command(library, mira, "show")


async def test_a_story_whose_writer_asks_for_no_votes_ends_without_one(library: Library, mira: MemberActor) -> None:
    await library.load({"quiet.txt": "Title: Quiet\nVotes: no\n\n" + samples.ONE_PAGE.split("\n\n", 1)[1]})
    await start(library, mira, story="Quiet")
    await evenings(library, 12)
    end = posted(library.channel)[-1]
    assert "The end" in text_of(end) and "I want more" not in buttons_of(end)
    await library.ann.click(end, custom_id=reaction_id(end, "🔥"))
    assert "I want more" not in buttons_of(posted(library.channel)[-1])


async def test_reactions_count_for_the_story(library: Library, mira: MemberActor) -> None:
    await start(library, mira)
    await evenings(library, 12)
    [message] = posted(library.channel)
    await library.ann.react(message, "🌊")
    panel = shown(await library.ben.click(message, label="React"))
    await library.ben.click(panel, custom_id=reaction_id(panel, "🔥"))
    tally = await library.store.reactions.tally(await library.id_of("Lighthouse"))
    assert {reaction.emoji.key for reaction in tally} == {"🌊", "🔥"}


async def test_the_menu_of_an_instalment_opens_that_part_of_the_story(library: Library, mira: MemberActor) -> None:
    await start(library, mira)
    await evenings(library, 12, 13)
    second = posted(library.channel)[1]
    opened = shown(await library.ben.context_menu(library.channel, "Read here", second))
    assert opened.ephemeral and "Visiting page 2 of 6" in footer_of(opened)


async def test_reactions_to_an_instalment_are_given_to_that_part_of_the_story(
    library: Library, mira: MemberActor, tmp_path: Path
) -> None:
    await start(library, mira)
    await evenings(library, 12, 13)
    second = posted(library.channel)[1]
    await library.ann.react(second, "🌊")
    panel = shown(await library.ben.click(second, label="React"))
    await library.ben.click(panel, custom_id=reaction_id(panel, "🔥"))
    with connected(tmp_path / "oneshot.db") as db:
        given = set(db.execute("SELECT emoji, start FROM reactions"))
    spots = {start for _, start in given}
    assert {emoji for emoji, _ in given} == {"🌊", "🔥"} and len(spots) == 1 and 0 not in spots


async def test_read_from_the_start_is_private_and_moves_no_place_that_is_further(
    library: Library, mira: MemberActor
) -> None:
    await start(library, mira)
    await evenings(library, 12, 13)
    message = posted(library.channel)[-1]
    await library.restart()
    first = shown(await library.ann.click(message, label="Read from start"))
    assert first.ephemeral and "Page 1 of 6" in footer_of(first) and "Visiting page" not in text_of(first)
    await library.ann.click(first, label="Next")
    again = shown(await library.ann.click(message, label="Read from start"))
    assert "Visiting page 1 of 6" in footer_of(again)
    assert "Page 2 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))


async def test_the_longest_names_and_notes_are_what_discord_takes(library: Library, mira: MemberActor) -> None:
    await library.load({"loud.txt": samples.LOUD, "noted.txt": samples.NOTED})
    [loud] = [story for story in await library.store.stories.search("", 9) if story.title.startswith("@everyone")]
    for title in (f"#{loud.id}", "The Train to Nowhere Much"):
        await start(library, mira, story=title, size="chapter", thread=True)
    await evenings(library, 12, 13)
    await command(library, mira, "show")
    threads = [thread_of(library, message) for message in posted(library.channel)]
    assert len(threads) == 2 and "The end" in text_of(posted(threads[0])[-1])
    assert not any(message.content for channel in (library.channel, *threads) for message in posted(channel))
    noted = next(message for message in posted(library.channel) if "Opening note" in buttons_of(message))
    note = shown(await library.ann.click(noted, label="Opening note"))
    assert note.ephemeral and "Part 1 of" in footer_of(note)


# -- sizes ----------------------------------------------------------------------------------


async def test_a_scene_comes_at_a_time(library: Library, mira: MemberActor) -> None:
    scene = "In scene {n} the kettle sang number {m}, and nobody in the kitchen knew the words to it."
    text = "\n\n* * *\n\n".join(" ".join(scene.format(n=n, m=m) for m in range(9)) for n in range(1, 4))
    await library.load({"kettle.txt": f"Title: Kettle\n\n{text}\n"})
    assert "1 scene" in await start(library, mira, story="Kettle", size="scene")
    await evenings(library, 12, 13, 14)
    messages = posted(library.channel)[:3]
    assert [footer_of(message)[:11] for message in messages] == ["Part 1 of 3", "Part 2 of 3", "Part 3 of 3"]
    assert all(f"scene {n} " in words(m) and f"scene {n + 1} " not in words(m) for n, m in enumerate(messages, 1))


async def test_of_a_chapter_that_is_long_the_first_page_is_posted_and_the_rest_opens_privately(
    library: Library, mira: MemberActor
) -> None:
    await start(library, mira, story="Ferry", size="chapter")
    await evenings(library, 12)
    [message] = posted(library.channel)
    assert "1 of 3" in footer_of(message) and "The Fare" in text_of(message)
    assert list(buttons_of(message)) == ["Read the rest", "Read from start", "React"]
    await library.restart()
    rest = shown(await library.ann.click(message, label="Read the rest"))
    assert rest.ephemeral and "Visiting page 2 of" in footer_of(rest)
    await evenings(library, 13)
    assert "The Crossing" in text_of(posted(library.channel)[-1])


async def test_a_thread_holds_whole_chapters_and_opens_under_the_first_post(
    library: Library, mira: MemberActor
) -> None:
    await library.load({"clock.txt": long_chapters(2)})
    await start(library, mira, story="Hours", size="chapter", thread=True)
    await evenings(library, 12)
    [first] = posted(library.channel)
    thread = thread_of(library, first)
    assert thread._channel.name == "Hours"  # pyright: ignore[reportPrivateUsage]
    inside = posted(thread)
    assert inside and all(embed_size(message.embeds) <= EMBEDS_TOTAL for message in [first, *inside])
    chapter = (await library.store.stories.whole(await library.id_of("Hours"))).chapters[0].prose
    assert " ".join([words(first), *map(words, inside)]) == " ".join(chapter.split())
    assert [list(buttons_of(m)) for m in [first, *inside]][-1] == ["Read from start", "React"]
    await evenings(library, 13)
    assert posted(library.channel) == [first] and len(posted(thread)) > len(inside)
    assert "The end" in text_of(posted(thread)[-1])


def long_chapters(count: int) -> str:
    """Chapters of some 9,000 characters."""
    line = "In chapter {c} the clock struck {n}, and nobody in the hall moved, nor had they for a very long time."
    chapters = [
        f"Chapter {c}\n\n" + "\n\n".join(" ".join(line.format(c=c, n=9 * p + n) for n in range(9)) for p in range(10))
        for c in range(1, count + 1)
    ]
    return "Title: Hours\n\n" + "\n\n".join(chapters) + "\n"


async def test_a_very_long_chapter_is_posted_as_far_as_is_kind_and_then_opens_privately(
    library: Library, mira: MemberActor
) -> None:
    line = "At {n} the clock struck, and nobody in the hall moved, nor had they ever."
    prose = "\n\n".join(" ".join(line.format(n=9 * p + n) for n in range(9)) for p in range(120))
    await library.load({"clock.txt": f"Title: Hours\n\n{prose}\n"})
    await start(library, mira, story="Hours", size="chapter", thread=True)
    await evenings(library, 12)
    first, end = posted(library.channel)[0], posted(thread_of(library, posted(library.channel)[0]))
    assert len(end) == 8 and "Read the rest" in buttons_of(end[-2])  # seven more of the text, and the end
    assert "Read the rest" not in buttons_of(first)


async def test_an_archived_thread_is_opened_by_the_next_instalment(library: Library, mira: MemberActor) -> None:
    await start(library, mira, thread=True)
    await evenings(library, 12)
    thread = thread_of(library, posted(library.channel)[0])
    library.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    await evenings(library, 13)
    assert len(posted(thread)) == 1


# -- by hand --------------------------------------------------------------------------------


async def test_paused_nothing_comes_and_resumed_it_goes_on_where_it_was(library: Library, mira: MemberActor) -> None:
    await start(library, mira)
    await evenings(library, 12)
    assert "is paused" in await command(library, mira, "pause")
    assert "It's paused." in await command(library, mira, "show")
    await evenings(library, 13, 14)
    assert "is running again" in await command(library, mira, "resume")
    await evenings(library, 15)
    assert [footer_of(message)[:11] for message in posted(library.channel)] == ["Part 1 of 6", "Part 2 of 6"]


async def test_next_posts_one_now_beside_those_of_the_schedule(library: Library, mira: MemberActor) -> None:
    await start(library, mira)
    said = await command(library, mira, "next")
    [message] = posted(library.channel)
    assert message.jump_url in said and "1 of 6" in footer_of(message)
    await evenings(library, 12)
    assert "2 of 6" in footer_of(posted(library.channel)[-1])


async def test_stopped_it_is_over_and_can_be_begun_anew(library: Library, mira: MemberActor) -> None:
    await start(library, mira)
    await evenings(library, 12)
    again = await mira.slash(
        library.channel,
        "manage serial start",
        story="Lighthouse",
        channel=library.channel,
        every="every day",
        time="19:00",
        timezone="UTC",
    )
    assert "already" in library.refused(again)
    assert "is stopped" in await command(library, mira, "stop")
    await evenings(library, 13)
    assert len(posted(library.channel)) == 1
    await start(library, mira)
    await evenings(library, 14)
    assert [footer_of(message)[:11] for message in posted(library.channel)] == ["Part 1 of 6", "Part 1 of 6"]


async def test_of_several_one_is_named(library: Library, mira: MemberActor) -> None:
    assert "No serials here yet" in await command(library, mira, "show")
    assert "/manage serial show" in library.refused(await mira.slash(library.channel, "manage serial pause"))
    await start(library, mira)
    await start(library, mira, story="Ferry", every="weekends")
    assert "more than one serial" in library.refused(await mira.slash(library.channel, "manage serial pause"))
    offered = await mira.autocomplete(library.channel, "manage serial pause", "serial", "fer")
    assert [choice["name"] for choice in offered] == ["The Ferry of Words · Weekends, 18:00 (Europe/Berlin)"]
    assert "Ferry" in await command(library, mira, "pause", serial=offered[0]["value"])
    assert "Lighthouse" in await command(library, mira, "pause", serial="the lighthouse post")
    unknown = await mira.slash(library.channel, "manage serial pause", serial="99")
    assert "by that name" in library.refused(unknown)


async def test_a_story_that_gains_chapters_after_its_end_goes_on(library: Library, mira: MemberActor) -> None:
    await start(library, mira, story="Ferry", size="chapter")
    await evenings(library, 12, 13, 14)
    assert "The end" in text_of(posted(library.channel)[-1])
    assert "nothing left to post" in library.refused(await mira.slash(library.channel, "manage serial resume"))
    await library.load({"ferry.txt": samples.FERRY + "\nChapter 4: The Ford\n\nThe horse knew the way.\n"})
    await command(library, mira, "resume")
    await evenings(library, 15)
    ford, end = posted(library.channel)[-2:]
    assert "4 of 4" in footer_of(ford) and "The horse knew" in text_of(ford) and "The end" in text_of(end)


async def test_an_edited_story_goes_on_where_it_was(library: Library, mira: MemberActor) -> None:
    await start(library, mira)
    await evenings(library, 12, 13)
    head, tail = samples.LIGHTHOUSE.split("----\n\n")
    await library.load({"lighthouse.txt": f"{head}----\n\nA new beginning, of one sentence.\n\n{tail}"})
    await evenings(library, 14)
    third = posted(library.channel)[-1]
    assert words(third).startswith("The tide had been out for 6 hours")


# -- refused --------------------------------------------------------------------------------


async def refusal(library: Library, mira: MemberActor, **options: object) -> tuple[str, ReaderError]:
    said = {"story": "Lighthouse", "channel": library.channel, "every": "every day", "time": "18:00", "timezone": "UTC"}
    answer = await mira.slash(library.channel, "manage serial start", **(said | options))
    said = library.refused(answer)
    error = library.env.errors[-1].__cause__
    assert isinstance(error, ReaderError)
    return said, error


async def test_what_may_not_be_shown_to_all_is_refused(library: Library, mira: MemberActor) -> None:
    await library.load({"mine.txt": "Title: Mine Alone\nSharing: no\n\n" + samples.ONE_PAGE.split("\n\n", 1)[1]})
    assert isinstance((await refusal(library, mira, story="Mine Alone"))[1], ForbiddenByAuthor)
    gated = library.ann.guild.create_text_channel("late")
    await restrict(library, gated)
    said = {"channel": library.channel, "every": "every day", "time": "18:00", "timezone": "UTC"}
    library.refused(await mira.slash(gated, "manage serial start", story="Velvet", **said))
    assert isinstance(library.env.errors[-1].__cause__, StoryGated)
    assert "Velvet" in text_of(
        shown(await mira.slash(gated, "manage serial start", story="Velvet", **said | {"channel": gated}))
    )
    assert "Velvet" not in await command(library, mira, "show")
    assert (
        "can't see here" in (await mira.autocomplete(library.channel, "manage serial pause", "serial", ""))[0]["name"]
    )


@pytest.mark.parametrize("options", [{"time": "noon"}, {"timezone": "Berlin"}])
async def test_what_is_not_from_the_list_is_refused(
    library: Library, mira: MemberActor, options: dict[str, str]
) -> None:
    said, error = await refusal(library, mira, **options)
    assert is_refusal(error, "not-listed") and "pick from what comes up" in said


# -- those who are told ---------------------------------------------------------------------


@pytest.fixture
def subscribers(library: Library, mira: MemberActor) -> RoleHandle:
    """A role that grants nothing, and that anyone may mention."""
    role = library.ann.guild.create_role("Serial readers")
    library.env.backend.edit_role(library.guild_id, role.id, {"mentionable": True})
    return role


async def test_a_role_is_told_of_instalments_and_nobody_else(
    library: Library, mira: MemberActor, subscribers: RoleHandle
) -> None:
    await library.env.settle()
    assert "**Pings**" in await start(library, mira, role=subscribers)
    await evenings(library, 12)
    [message] = posted(library.channel)
    assert message.content == subscribers.mention
    sent = [each.json for each in library.env.http_requests if each.path == f"/channels/{library.channel.id}/messages"]
    assert [body["allowed_mentions"] for body in sent if body] == [{"parse": [], "roles": [subscribers.id]}]


async def test_the_button_gives_the_role_and_takes_it(
    library: Library, mira: MemberActor, subscribers: RoleHandle
) -> None:
    message = await offered(library, mira, subscribers)
    await library.restart()
    told = await library.ann.click(message, label="Notify me")
    assert "You now have" in answered(told) and has(library, library.ann, subscribers)
    assert not has(library, library.ben, subscribers)
    untold = await library.ann.click(message, label="Notify me")
    assert "You no longer have" in answered(untold) and not has(library, library.ann, subscribers)


async def offered(library: Library, mira: MemberActor, role: RoleHandle) -> discord.Message:
    """The first instalment of a serial whose button gives *role*."""
    await library.env.settle()
    await start(library, mira, role=role)
    await evenings(library, 12)
    [message] = posted(library.channel)
    return message


def has(library: Library, reader: MemberActor, role: RoleHandle) -> bool:
    return role.id in library.env.backend.guilds[library.guild_id].members[reader.id].role_ids


async def test_a_role_with_any_power_is_refused(library: Library, mira: MemberActor, subscribers: RoleHandle) -> None:
    guild = library.ann.guild
    strong = guild.create_role("Strong", permissions=discord.Permissions(manage_messages=True))
    key = guild.create_role("Key")
    guild.create_text_channel("vault", overwrites={key: discord.PermissionOverwrite(view_channel=True)})
    adder = guild.create_role("Adder")
    chosen = replace(ServerSettings(), adders="role", adders_role=adder.id)
    await library.store.settings.change_server(library.guild_id, lambda _: chosen)
    for role in (strong, key, adder, guild.default_role):
        said, error = await refusal(library, mira, role=role)
        assert is_refusal(error, "role-unfit"), said
    silent = guild.create_role("Silent")
    take_from_bot(library, "mention_everyone")
    await library.env.settle()
    assert is_refusal((await refusal(library, mira, role=silent))[1], "may-not-ping")


def take_from_bot(library: Library, *names: str) -> None:
    """Take permissions from the bot's own role."""
    backend = library.env.backend
    me = backend.guilds[library.guild_id].members[backend.bot_user.id]
    for number in me.role_ids:
        allowed = discord.Permissions(backend.guilds[library.guild_id].roles[number].permissions)
        allowed.update(**dict.fromkeys(names, False))
        backend.edit_role(library.guild_id, number, {"permissions": allowed.value})


async def test_a_role_that_the_bot_cannot_give_is_refused(
    library: Library, mira: MemberActor, subscribers: RoleHandle
) -> None:
    stored = library.env.backend.guilds[library.guild_id].roles[subscribers.id]
    stored.managed = True
    library.env.backend.edit_role(library.guild_id, subscribers.id, {"mentionable": True})
    await library.env.settle()
    assert "can't give it to anyone" in (await refusal(library, mira, role=subscribers))[0]
    stored.managed = False
    library.env.backend.edit_role(library.guild_id, subscribers.id, {"position": 99})
    await library.env.settle()
    assert "above my own role" in (await refusal(library, mira, role=subscribers))[0]
    take_from_bot(library, "manage_roles", "administrator")
    await library.env.settle()
    assert "Manage Roles" in (await refusal(library, mira, role=subscribers))[0]


async def test_a_role_that_gained_power_is_not_given_any_more(
    library: Library, mira: MemberActor, subscribers: RoleHandle
) -> None:
    message = await offered(library, mira, subscribers)
    library.env.backend.edit_role(library.guild_id, subscribers.id, {"permissions": str(1 << 13)})
    await library.env.settle()
    pressed = await library.ann.click(message, label="Notify me")
    assert "anyone could get it by pressing a button" in answered(pressed)
    assert not has(library, library.ann, subscribers)


async def test_without_the_permission_to_give_roles_the_button_says_so(
    library: Library, mira: MemberActor, subscribers: RoleHandle
) -> None:
    message = await offered(library, mira, subscribers)
    take_from_bot(library, "manage_roles", "administrator")
    await library.env.settle()
    pressed = await library.ann.click(message, label="Notify me")
    assert "Manage Roles" in answered(pressed)


async def test_a_forged_button_gives_no_role_of_another_server(
    library: Library, mira: MemberActor, subscribers: RoleHandle
) -> None:
    await library.env.settle()
    await start(library, mira, role=subscribers)
    [serial] = await library.store.serials.of(library.guild_id)
    page = shown(await library.ann.slash(library.channel, "help"))
    library.refused(await library.forge(library.ann, page.message, str(Subscribe(serial.plan.id + 1))))
    assert not has(library, library.ann, subscribers)
