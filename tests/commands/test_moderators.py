"""Moderators: a role that managers choose checks reviews, in `/reviews` and in the reports channel."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle

from bot.services.due_work import LOOK_SECONDS
from bot.ui.ids import CheckReview, ReviewsPage
from tests.library import Library
from tests.restricting import restrict
from tests.reviewing import GOOD, leave, look, manager, newcomer, put
from tests.seen import buttons_of, shown, text_of


@pytest.fixture
async def mods(library: Library) -> RoleHandle:
    """The role that may check reviews."""
    role = library.ann.guild.create_role("Mods")
    await library.change_settings(moderators_role=role.id)
    return role


@pytest.fixture
async def mo(library: Library, mods: RoleHandle) -> MemberActor:
    """A moderator, who manages nothing."""
    return library.ann.guild.add_member(library.env.create_user("mo"), roles=[mods])


@pytest.fixture
async def reports(library: Library, mods: RoleHandle) -> ChannelHandle:
    """The channel that managers chose for reports."""
    channel = library.ann.guild.create_text_channel("reports")
    await library.change_settings(reports_channel=channel.id)
    return channel


async def report(library: Library, reader: MemberActor, channel: ChannelHandle | None = None, **story: str) -> None:
    listed = shown(await reader.slash(channel or library.channel, "review", story=story.get("story", "Lighthouse")))
    modal = await reader.click(listed, label="Report 1")
    await reader.submit_modal(modal, {"reason": "It is *cruel*."})
    await library.env.advance_time(LOOK_SECONDS)


async def test_a_moderator_checks_what_was_reported_and_reads_it_under_a_spoiler(
    library: Library, mo: MemberActor
) -> None:
    await put(library, library.ann.id)
    await report(library, library.ben)
    listed = shown(await mo.click(await look(library, mo, None), label="1 to check"))
    assert f"||{GOOD}||" in text_of(listed) and "It is \\*cruel\\*" in text_of(listed)
    assert "Nothing to check" in text_of(shown(await mo.click(listed, label="Hide 1")))
    assert GOOD not in text_of(await look(library, library.ben))
    [act] = await library.store.audit.page(library.guild_id, "reviews", 10, 0)
    assert (act.user, act.act, act.title) == (mo.id, "hide-review", "The Lighthouse Post")


async def test_a_member_without_the_role_checks_nothing(library: Library, mo: MemberActor) -> None:
    number = await put(library, library.ann.id)
    await report(library, library.ben)
    listed = await look(library, library.ben, None)
    assert "1 to check" not in buttons_of(listed)
    waiting = str(ReviewsPage("waiting", "waiting", 0, 0))
    assert GOOD not in text_of(shown(await library.forge(library.ben, listed.message, waiting)))
    for action in ("hide", "show"):
        forged = await library.forge(library.ben, listed.message, str(CheckReview(action, number)))
        assert "the mods" in library.refused(forged)
    assert await library.store.review_lists.waiting(library.guild_id) == 1


async def test_a_report_stands_in_the_reports_channel_once_and_its_buttons_answer_it(
    library: Library, mo: MemberActor, reports: ChannelHandle
) -> None:
    await put(library, library.ann.id)
    await report(library, library.ben)
    await report(library, library.join("cleo"))
    [message] = reports.history()
    said = "\n".join([text_of(message), *(field.value or "" for field in message.embeds[0].fields)])
    assert f"||{GOOD}||" in said and "It is \\*cruel\\*" in said and f"<@{library.ann.id}>" in said
    assert str(library.ben.id) not in said
    await library.restart()
    assert "the mods" in library.refused(await library.ben.click(message, label="Hide"))
    done = shown(await mo.click(message, label="Hide"))
    assert f"<@{mo.id}> hid it" in text_of(done) and buttons_of(done) == {}
    assert GOOD not in text_of(await look(library, library.ben))


async def test_reports_go_to_their_own_channel_and_nowhere_without_one(library: Library, mo: MemberActor) -> None:
    managers, reports = (library.ann.guild.create_text_channel(name) for name in ("managers", "reports"))
    await library.change_settings(managers_channel=managers.id)
    await put(library, library.ann.id)
    await report(library, library.ben)
    await library.change_settings(reports_channel=reports.id)
    await put(library, library.ben.id, story="Ferry")
    await report(library, library.ann, story="Ferry")
    assert (len(managers.history()), len(reports.history())) == (0, 1)


async def test_the_first_of_two_answers_holds(library: Library, mo: MemberActor, reports: ChannelHandle) -> None:
    number = await put(library, library.ann.id)
    await report(library, library.ben)
    [message] = reports.history()
    mira = manager(library)
    await mira.click(message, label="Keep")
    custom_id = str(CheckReview("hide", number))
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Hide", "custom_id": custom_id}]}
    library.env.backend.edit_message(reports.id, message.id, {"components": [row]})
    late = await mo.click(message, custom_id=custom_id)
    assert "already answered" in library.refused(late)
    await library.store.settings.change_reader(library.ben.id, lambda chosen: replace(chosen, veil=False))
    assert GOOD in text_of(await look(library, library.ben))


async def test_who_lost_the_role_answers_no_report(
    library: Library, mo: MemberActor, mods: RoleHandle, reports: ChannelHandle
) -> None:
    await put(library, library.ann.id)
    await report(library, library.ben)
    [message] = reports.history()
    library.env.backend.remove_member_role(library.guild_id, mo.id, mods.id)
    assert "the mods" in library.refused(await mo.click(message, label="Hide"))
    assert await library.store.review_lists.waiting(library.guild_id) == 1


async def test_a_review_by_a_new_account_is_posted_for_moderators_too(
    library: Library, mo: MemberActor, reports: ChannelHandle
) -> None:
    newt = newcomer(library)
    await leave(library, newt)
    await library.env.advance_time(LOOK_SECONDS)
    [message] = reports.history()
    assert "less than a week old" in text_of(message)
    assert GOOD not in text_of(await look(library, library.ben))
    await mo.click(message, label="Approve")
    await library.store.settings.change_reader(library.ben.id, lambda chosen: replace(chosen, veil=False))
    assert GOOD in text_of(await look(library, library.ben))


async def test_words_about_a_story_for_adults_stay_out_of_a_reports_channel_for_all_ages(
    library: Library, mo: MemberActor, reports: ChannelHandle
) -> None:
    restricted = library.ann.guild.create_text_channel("adults")
    await restrict(library, restricted)
    modal = await library.ann.slash(restricted, "review", story="Velvet", chapter=1)
    await library.ann.submit_modal(modal, {"text": "The velvet is worn, and so is she."})
    await report(library, library.ben, restricted, story="Velvet")
    [message] = reports.history()
    assert "worn" not in text_of(message) and "Velvet" not in text_of(message)
    done = shown(await mo.click(message, label="Hide"))
    assert "worn" not in text_of(done) and "Velvet" not in text_of(done)
    assert await library.store.review_lists.waiting(library.guild_id) == 0


async def test_a_channel_where_the_bot_may_not_write_gets_nothing_and_the_list_still_has_it(
    library: Library, mo: MemberActor
) -> None:
    closed = library.ann.guild.create_text_channel(
        "closed", overwrites={library.ann.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    )
    await library.change_settings(reports_channel=closed.id)
    await put(library, library.ann.id)
    await report(library, library.ben)
    assert "1 to check" in buttons_of(await look(library, mo, None))
