"""The quote of the day: set, shown, stopped, and posted when it is due."""

from __future__ import annotations

import re

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.errors import StoryGated
from bot.ui.ids import ReadPosted
from tests import samples
from tests.clock import start_at, wait
from tests.library import Library
from tests.restricting import restrict
from tests.screens import behind_more, read_at, server_settings
from tests.seen import buttons_of, footer_of, ids_by_label, is_refusal, shown, text_of


@pytest.fixture
async def mira(library: Library, mira: MemberActor) -> MemberActor:
    """Who runs the server; it is noon of a winter's day in Berlin."""
    await start_at(library, "2026-01-10 11:00")
    return mira


async def set_daily(library: Library, mira: MemberActor, **options: object) -> str:
    said = {"channel": library.channel, "time": "18:00", "timezone": "Europe/Berlin"} | options
    answer = shown(await mira.slash(library.channel, "manage daily set", **said))
    assert answer.ephemeral
    return text_of(answer)


async def show(library: Library, mira: MemberActor) -> str:
    answer = shown(await mira.slash(library.channel, "manage daily show"))
    assert answer.ephemeral
    return text_of(answer)


def posted(channel: ChannelHandle) -> list[discord.Message]:
    return [message for message in channel.history() if message.interaction_metadata is None]


# -- posted ---------------------------------------------------------------------------------


async def test_a_quote_is_posted_at_the_very_time_and_once_a_day(library: Library, mira: MemberActor) -> None:
    said = await set_daily(library, mira)
    assert (
        "Quote of the day set" in said
        and "Every day" in said
        and "18:00 (Europe/Berlin)" in said
        and "any story" in said
    )
    await start_at(library, "2026-01-10 16:59")
    await wait(library, 59)
    assert posted(library.channel) == []
    await wait(library, 1)
    [message] = posted(library.channel)
    assert "Quote of the day" in text_of(message) and ">" in text_of(message)
    assert list(buttons_of(message)) == ["Read", "Save", "More"]
    await wait(library, 120)
    await start_at(library, "2026-01-11 16:59")
    assert len(posted(library.channel)) == 1
    await wait(library, 60)
    assert len(posted(library.channel)) == 2


async def test_what_is_set_while_the_bot_sleeps_is_posted_in_time(library: Library, mira: MemberActor) -> None:
    await start_at(library, "2026-01-10 11:29")
    await wait(library, 5)
    await set_daily(library, mira, time="12:30")
    await wait(library, 54)
    assert posted(library.channel) == []
    await wait(library, 1)
    assert len(posted(library.channel)) == 1


async def test_a_quote_is_of_the_story_that_was_named_and_of_its_first_part(
    library: Library, mira: MemberActor
) -> None:
    await library.load({"almanac.txt": samples.almanac(*range(1, 61))})
    assert "The Almanac" in await set_daily(library, mira, story="Almanac")
    for day in (10, 11, 12):
        await start_at(library, f"2026-01-{day} 18:00")
    for message in posted(library.channel):
        assert "The Almanac" in footer_of(message)
    days = [found for message in posted(library.channel) for found in re.findall(r"day number (\d+)", text_of(message))]
    assert len(days) == 3 and max(map(int, days)) <= 22, "its page begins in the first third of sixty"


async def test_a_quote_of_the_day_and_a_quote_that_was_asked_for_are_of_one_deck(
    library: Library, mira: MemberActor
) -> None:
    await library.load({"almanac.txt": samples.almanac(*range(1, 5))})
    await library.take_away(*samples.FILES)
    await set_daily(library, mira)
    for day in (10, 11):
        await start_at(library, f"2026-01-{day} 18:00")
        await library.ann.slash(library.channel, "quote")
    assert len({message.embeds[0].description for message in library.channel.history()}) == 4


async def test_read_opens_the_story_privately_where_the_reader_stopped(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira, story="Lighthouse")
    await start_at(library, "2026-01-10 18:00")
    [message] = posted(library.channel)
    await library.restart()
    first = shown(await library.ann.click(message, label="Read"))
    assert first.ephemeral and "Page 1 of 6" in footer_of(first)
    await read_at(library, library.ann, story="Lighthouse", page=3)
    assert "Page 3 of 6" in footer_of(shown(await library.ann.click(message, label="Read")))
    assert shown(await behind_more(library.ben, message, "Read in context")).ephemeral


async def test_an_emoji_on_a_quote_of_the_day_counts_for_its_story(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira, story="Lighthouse")
    await start_at(library, "2026-01-10 18:00")
    [message] = posted(library.channel)
    await library.ann.react(message, "🌊")
    [reaction] = await library.store.reactions.tally(await library.id_of("Lighthouse"))
    assert reaction.emoji.key == "🌊"


async def test_a_quote_is_posted_as_a_picture_with_its_words_for_those_who_do_not_see_it(
    library: Library, mira: MemberActor
) -> None:
    assert "Posted as an image" in await set_daily(library, mira, style="card", story="Lighthouse")
    await start_at(library, "2026-01-10 17:00")
    [message] = posted(library.channel)
    [picture] = message.attachments
    assert message.embeds[0].image.url == f"attachment://{picture.filename}" and not message.embeds[0].description
    assert (await picture.read()).startswith(b"\x89PNG")
    assert (picture.description or "").endswith("— The Lighthouse Post, Orla Venn")
    assert list(buttons_of(message)) == ["Read", "Save", "More"]


async def test_what_cannot_be_a_picture_is_posted_in_words(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira, style="card")
    await take_permissions(library, library.channel, "attach_files")
    answer = await mira.slash(
        library.channel, "manage daily set", channel=library.channel, time="18:00", timezone="UTC", style="card"
    )
    assert "Attach Files" in library.refused(answer)
    await start_at(library, "2026-01-10 17:00")
    [message] = posted(library.channel)
    assert message.attachments == [] and ">" in text_of(message)


# -- clocks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "time", "days"),
    [
        ("Europe/Berlin", "18:00", ["2026-03-28 17:00", "2026-03-29 16:00", "2026-03-30 16:00"]),
        ("Europe/Berlin", "02:30", ["2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"]),
        ("Europe/Berlin", "02:30", ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"]),
        ("America/New_York", "01:30", ["2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"]),
        ("Australia/Lord_Howe", "02:00", ["2026-10-02 15:30", "2026-10-03 15:30", "2026-10-04 15:00"]),
    ],
)
async def test_it_is_right_over_clock_changes(
    library: Library, mira: MemberActor, zone: str, time: str, days: list[str]
) -> None:
    await start_at(library, days[0])
    await set_daily(library, mira, time=time, timezone=zone)
    for count, day in enumerate(days[1:], start=1):
        await start_at(library, day)
        assert len(posted(library.channel)) == count
        assert posted(library.channel)[-1].created_at.strftime("%Y-%m-%d %H:%M") == day


# -- the server's time zone -----------------------------------------------------------------


async def set_zone(library: Library, mira: MemberActor, typed: str) -> None:
    form = await mira.click(await server_settings(mira, library.channel), label="Time zone…")
    shown(await mira.submit_modal(form, {"zone": typed}))


async def plan_without_zone(library: Library, mira: MemberActor, command: str) -> InteractionResult:
    said = {"channel": library.channel, "time": "18:00"}
    if command == "manage serial start":
        said |= {"story": "Lighthouse", "every": "every day"}
    return await mira.slash(library.channel, command, **said)


@pytest.mark.parametrize("command", ["manage daily set", "manage serial start"])
async def test_the_time_zone_of_a_server_holds_for_what_is_planned_there(
    library: Library, mira: MemberActor, command: str
) -> None:
    said = library.refused(await plan_without_zone(library, mira, command))
    assert "don't know this server's time zone" in said and "/manage settings" in said
    await set_zone(library, mira, "new york")
    assert "18:00 (America/New_York)" in text_of(shown(await plan_without_zone(library, mira, command)))
    await start_at(library, "2026-01-10 22:59")
    assert posted(library.channel) == []
    await start_at(library, "2026-01-10 23:00")
    assert len(posted(library.channel)) == 1


async def test_the_first_plan_says_the_servers_time_zone_and_a_later_one_no_other(
    library: Library, mira: MemberActor
) -> None:
    await set_daily(library, mira)
    assert "Time zone**: Europe/Berlin" in text_of(await server_settings(mira, library.channel))
    assert "18:00 (Europe/Berlin)" in text_of(shown(await plan_without_zone(library, mira, "manage serial start")))
    said = {"channel": library.channel, "time": "19:00", "timezone": "Asia/Tokyo"}
    answer = await mira.slash(library.channel, "manage daily set", **said)
    assert "time zone is Europe/Berlin" in library.refused(answer)
    assert "18:00 (Europe/Berlin)" in await show(library, mira)


async def test_when_a_servers_time_zone_changes_the_hour_stays_and_the_moment_moves(
    library: Library, mira: MemberActor
) -> None:
    await start_at(library, "2026-03-28 16:30")
    await set_daily(library, mira)
    await set_zone(library, mira, "London")
    assert "18:00 (Europe/London)" in await show(library, mira)
    for at, count in (("28 17:59", 0), ("28 18:00", 1), ("29 16:59", 1), ("29 17:00", 2)):  # summer time from the 29th
        await start_at(library, f"2026-03-{at}")
        assert len(posted(library.channel)) == count
    await set_zone(library, mira, "UTC")  # it is 17:00 there, and the 29th had its quote
    for at, count in (("29 18:00", 2), ("30 17:59", 2), ("30 18:00", 3)):
        await start_at(library, f"2026-03-{at}")
        assert len(posted(library.channel)) == count


async def test_a_time_zone_whose_hour_is_near_is_in_time(library: Library, mira: MemberActor) -> None:
    await start_at(library, "2026-01-10 16:59:30")
    await set_daily(library, mira, timezone="America/New_York")
    await set_zone(library, mira, "Berlin")
    await wait(library, 29)
    assert posted(library.channel) == []
    await wait(library, 1)
    assert len(posted(library.channel)) == 1


# -- refused, changed, stopped --------------------------------------------------------------


@pytest.mark.parametrize(
    "options", [{"time": "6 pm"}, {"time": "18:15"}, {"timezone": "Berlin"}, {"timezone": "Middle-earth"}]
)
async def test_what_is_not_from_the_list_is_refused_with_what_to_do(
    library: Library, mira: MemberActor, options: dict[str, str]
) -> None:
    said = {"channel": library.channel, "time": "18:00", "timezone": "UTC"} | options
    answer = await mira.slash(library.channel, "manage daily set", **said)
    [typed] = options.values()
    assert f"“{typed}” isn't in the list" in library.refused(answer).replace("\\", "")
    assert is_refusal(library.env.errors[-1].__cause__, "not-listed")


async def test_where_none_is_set_it_says_so(library: Library, mira: MemberActor) -> None:
    assert "no quote of the day" in await show(library, mira)
    assert "no quote of the day" in library.refused(await mira.slash(library.channel, "manage daily stop"))


async def test_times_are_offered_as_one_types(library: Library, mira: MemberActor) -> None:
    offered = await mira.autocomplete(library.channel, "manage daily set", "time", "6:30")
    assert offered == [
        {"name": "06:30 · 6:30 am", "value": "06:30"},
        {"name": "18:30 · 6:30 pm", "value": "18:30"},
    ]
    [offer] = await mira.autocomplete(library.channel, "manage daily set", "time", "6pm")
    assert "18:00 (Europe/Berlin)" in await set_daily(library, mira, time=offer["value"])


async def test_it_is_posted_on_the_days_that_were_picked(library: Library, mira: MemberActor) -> None:
    assert "Weekdays" in await set_daily(library, mira, every="weekdays")
    for day, count in ((10, 0), (11, 0), (12, 1), (13, 2)):  # from a Saturday on
        await start_at(library, f"2026-01-{day} 20:00")
        assert len(posted(library.channel)) == count
    assert "Monday" in await set_daily(library, mira, every="monday")
    for day, count in ((14, 2), (18, 2), (19, 3), (20, 3)):
        await start_at(library, f"2026-01-{day} 20:00")
        assert len(posted(library.channel)) == count


async def test_time_zones_are_offered_as_one_types(library: Library, mira: MemberActor) -> None:
    offered = await mira.autocomplete(library.channel, "manage daily set", "timezone", "berl")
    assert offered == [{"name": "Berlin, Germany · Europe/Berlin · UTC+1 · now 12:00", "value": "Europe/Berlin"}]
    offered = await mira.autocomplete(library.channel, "manage daily set", "timezone", "kathm")
    assert "UTC+5:45 · now 16:45" in offered[0]["name"]
    assert len(await mira.autocomplete(library.channel, "manage daily set", "timezone", "")) == 25


async def test_it_is_set_only_where_the_bot_may_post(library: Library, mira: MemberActor) -> None:
    mute = discord.PermissionOverwrite(send_messages=False, embed_links=False)
    closed = library.ann.guild.create_text_channel("closed", overwrites={library.ann.guild.default_role: mute})
    await take_permissions(library, closed, "send_messages", "embed_links")
    answer = await mira.slash(library.channel, "manage daily set", channel=closed, time="18:00", timezone="UTC")
    said = library.refused(answer)
    assert f"in <#{closed.id}>. I need" in said and "Send Messages and Embed Links" in said
    assert is_refusal(library.env.errors[-1].__cause__, "may-not-post")


async def take_permissions(library: Library, channel: ChannelHandle, *names: str) -> None:
    """Take permissions from the bot in one channel."""
    me = library.ann.guild.me
    assert me is not None
    cached = me.guild.get_channel(channel.id)
    assert isinstance(cached, discord.TextChannel)
    await cached.set_permissions(me, overwrite=discord.PermissionOverwrite(**dict.fromkeys(names, False)))
    await library.env.settle()


async def test_only_those_who_manage_the_server_may(library: Library, mira: MemberActor) -> None:
    assert "manage daily set" in mira.available_commands(library.channel)
    assert "manage daily set" not in library.ann.available_commands(library.channel)


async def test_a_story_that_may_not_show_there_is_refused(library: Library, mira: MemberActor) -> None:
    gated = library.ann.guild.create_text_channel("late")
    await restrict(library, gated)
    said = {"time": "18:00", "timezone": "UTC"}
    answer = await mira.slash(gated, "manage daily set", channel=library.channel, story="Velvet", **said)
    library.refused(answer)
    assert isinstance(library.env.errors[-1].__cause__, StoryGated)
    await library.load(
        {
            "mine.txt": "Title: Mine Alone\nSharing: no\n\n" + samples.almanac(1, 2, 3).split("\n\n", 1)[1],
            "hm.txt": samples.QUIET,
            "unquoted.txt": "Title: Unquoted\nQuotes: no\n\n" + samples.almanac(1, 2, 3).split("\n\n", 1)[1],
        }
    )
    for title, error in (
        ("Mine Alone", "not-wished"), ("Unquoted", "not-wished"), ("Hm", "no-quotes-of-story"),
    ):  # fmt: skip
        library.refused(
            await mira.slash(library.channel, "manage daily set", channel=library.channel, story=title, **said)
        )
        assert is_refusal(library.env.errors[-1].__cause__, error)


async def test_what_may_not_be_shared_or_quoted_is_never_posted(library: Library, mira: MemberActor) -> None:
    text = samples.almanac(*range(1, 40)).split("\n\n", 1)[1]
    await library.load(
        {
            "a.txt": f"Title: Mine Alone\nSharing: no\n\n{text}",
            "b.txt": f"Title: Unquoted\nQuotes: no\n\n{text}",
            "c.txt": samples.almanac(1, 2),
        }
    )
    await library.take_away(*samples.FILES)
    await set_daily(library, mira)
    for day in range(10, 16):
        await start_at(library, f"2026-01-{day} 18:00")
    assert [footer_of(message) for message in posted(library.channel)] == ["The Almanac"] * 6


async def test_what_is_set_anew_takes_the_place_of_what_was(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira)
    other = library.ann.guild.create_text_channel("other")
    await set_daily(library, mira, channel=other, time="19:00")
    await start_at(library, "2026-01-10 18:30")
    assert posted(library.channel) == [] and len(posted(other)) == 1
    await set_daily(library, mira, channel=other, time="23:00")
    await start_at(library, "2026-01-10 22:30")
    assert len(posted(other)) == 1, "a date has one quote"
    await start_at(library, "2026-01-11 18:30")
    assert len(posted(other)) == 1
    await start_at(library, "2026-01-11 22:30")
    assert len(posted(other)) == 2


async def test_show_tells_when_the_next_comes_and_where_the_last_is(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira, story="Lighthouse")
    await start_at(library, "2026-01-10 18:00")
    said = await show(library, mira)
    [message] = posted(library.channel)
    assert message.jump_url in said and "The Lighthouse Post" in said and f"<@{mira.id}>" in said
    assert "**Next**: <t:1768150800:F>" in said  # six in the evening of the next day in Berlin


async def test_stopped_it_posts_nothing_and_says_so(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira)
    assert "stopped" in text_of(shown(await mira.slash(library.channel, "manage daily stop")))
    await start_at(library, "2026-01-10 18:00")
    assert posted(library.channel) == []
    assert "It's stopped." in await show(library, mira)


async def test_the_title_of_a_story_for_adults_is_not_told_elsewhere(library: Library, mira: MemberActor) -> None:
    gated = library.ann.guild.create_text_channel("late")
    await restrict(library, gated)
    answer = await mira.slash(gated, "manage daily set", channel=gated, story="Velvet", time="18:00", timezone="UTC")
    assert "Velvet" in text_of(shown(answer))
    assert "Velvet" not in await show(library, mira)


async def test_who_set_it_up_can_have_that_forgotten(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira)
    assert (await library.store.privacy.export(mira.id))["schedules"][0]["time"] == "18:00"
    await library.store.privacy.delete(mira.id)
    assert "Set up by" not in await show(library, mira)
    await start_at(library, "2026-01-10 18:00")
    assert len(posted(library.channel)) == 1


async def test_a_forged_read_opens_nothing_that_may_not_be_seen(library: Library, mira: MemberActor) -> None:
    await set_daily(library, mira, story="Lighthouse")
    await start_at(library, "2026-01-10 18:00")
    [message] = posted(library.channel)
    assert ids_by_label(message)["Read"].startswith(ReadPosted.PREFIX)
    gated = (await library.store._db.rows("SELECT id FROM stories WHERE mature = 1"))[0][0]  # pyright: ignore[reportPrivateUsage]
    for story in (gated, 999):
        pressed = await library.forge(library.ann, message, str(ReadPosted(1, 1, 1, story, from_start=True)))
        assert "Velvet" not in library.refused(pressed)
