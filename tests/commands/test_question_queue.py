"""Questions that wait for the mods of a shelf: seen by nobody else, approved or declined once."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.audience import Audience
from bot.domain.questions import DAY_SECONDS, Question
from bot.services.outbox import LOOK_SECONDS
from bot.ui.ids.manage import ShowQueue
from bot.ui.ids.questions import (
    Answer,
    AskPost,
    EndQuestion,
    JudgeQuestion,
    ManageQuestion,
    ShowQuestion,
)
from tests.library import Library
from tests.linking import linked
from tests.reviewing import manager
from tests.screens import ask_question, card_for
from tests.seen import Message, buttons_of, options_of, select_of, shown, text_of

TALE = b"Title: The Sent Tale\n\nIt came by night and was read by morning, twice over.\n"
ASKED = "Who came by night?"


@pytest.fixture
async def mira(library: Library) -> MemberActor:
    return manager(library)


@pytest.fixture
async def ann(library: Library) -> MemberActor:
    """Who uploaded a story in a server where mods approve, and is linked to it."""
    await library.change_settings(adders="everyone")
    sent = await library.ann.slash(library.channel, "author submit", file=("tale.txt", TALE))
    await library.ann.click(sent.followups[-1] if sent.followups else shown(sent), label="Publish")
    await linked(library.store, await tale(library), library.ann.id)
    await library.change_settings(approval=True)
    return library.ann


async def tale(library: Library) -> int:
    here = library.store.for_audience(Audience(adult=False, guild=library.guild_id))
    return (await here.stories.find("Sent Tale")).id


async def ask(library: Library, member: MemberActor, **more: str) -> Message:
    return shown(await ask_question(member, library.channel, ASKED, "A ghost|The post", story="Sent Tale", **more))  # type: ignore[arg-type]


async def waiting(library: Library) -> Question:
    [question] = await library.store.questions.waiting(library.guild_id, 5)
    return question


async def queue(library: Library, mod: MemberActor) -> Message:
    uploads = shown(await mod.slash(library.channel, "manage uploads"))
    return shown(await library.forge(mod, uploads, str(ShowQueue())))


async def asked(library: Library) -> Question:
    return await library.store.questions.asked(await tale(library), library.guild_id)


def told(reader: MemberActor) -> str:
    return "\n".join(map(text_of, reader.user.dm_channel.history()))


async def test_it_waits_with_the_submissions_and_is_asked_once_a_mod_has_approved_it_after_a_restart(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    assert "waiting for the mods" in text_of(await ask(library, ann))
    assert (await asked(library)).is_default
    listed = await queue(library, mira)
    assert ASKED in options_of(listed)
    await library.restart()
    question = shown(await mira.select(listed, [options_of(listed)[ASKED]], custom_id=select_of(listed, "quw1")))
    assert "**1** A ghost\n**2** The post" in text_of(question)
    library.clock.forward(DAY_SECONDS)
    left = text_of(shown(await mira.click(question, label="Approve")))
    assert "Readers see the question now" in left
    assert (await asked(library)).text == ASKED
    again = await library.forge(mira, question, str(JudgeQuestion((await asked(library)).id, True)))
    assert "question is gone" in library.refused(again)
    assert "question is gone" in library.refused(
        await library.forge(mira, question, str(JudgeQuestion((await asked(library)).id, False)))
    )
    assert (await asked(library)).text == ASKED
    await library.env.advance_time(LOOK_SECONDS)
    assert "Your question under **The Sent Tale** is open" in told(ann)


async def test_one_that_is_declined_is_gone_and_who_asked_is_told(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    await ask(library, ann)
    question = (await waiting(library)).id
    listed = await queue(library, mira)
    panel = shown(await mira.select(listed, [str(question)], custom_id=select_of(listed, "quw1")))
    assert "Declined" in text_of(shown(await mira.click(panel, label="Decline")))
    assert await library.store.questions.waiting(library.guild_id, 5) == []
    await library.env.advance_time(LOOK_SECONDS)
    assert "was declined by the mods" in told(ann)


async def test_the_channel_of_the_managers_is_told_and_a_stranger_judges_nothing_there(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    staff = ann.guild.create_text_channel("staff")
    await library.change_settings(managers_channel=staff.id)
    await ask(library, ann)
    await library.env.advance_time(LOOK_SECONDS)
    [post] = staff.history()
    assert ASKED in text_of(post) and {"Approve", "Decline"} <= buttons_of(post).keys()
    for member in (library.ben, ann):
        assert library.refused(await member.click(post, label="Approve"))
    assert (await asked(library)).is_default
    await mira.click(post, label="Approve")
    assert (await asked(library)).text == ASKED


async def test_a_mod_of_another_server_judges_nothing(library: Library, ann: MemberActor) -> None:
    await ask(library, ann)
    question = await waiting(library)
    elsewhere = library.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    other = elsewhere.add_member(library.env.create_user("otto"), roles=[role])
    channel = elsewhere.create_text_channel("hall")
    page = shown(await other.slash(channel, "vote", story="Lighthouse"))
    for pressed in (
        JudgeQuestion(question.id, True),
        JudgeQuestion(question.id, False),
        ShowQuestion(question.id),
        ManageQuestion(question.id),
        EndQuestion(question.id, "remove"),
    ):
        library.env.backend.edit_message(
            channel.id,
            page.id,
            {
                "components": [
                    {"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": str(pressed)}]}
                ]
            },
        )
        refused = library.refused(await other.click(page, custom_id=str(pressed)))
        assert ASKED not in refused
    assert (await waiting(library)).id == question.id


async def test_nobody_else_sees_it_while_it_waits_even_past_the_time_that_it_was_to_be_open(
    library: Library, ann: MemberActor
) -> None:
    await ask(library, ann, ends="1")
    question = await waiting(library)
    for seconds in (0, DAY_SECONDS + 1):
        library.clock.forward(seconds)
        library.bot.dispatch("questions_due")
        await library.env.settle()
        card = text_of(await card_for(library.ben, library.channel, "Sent Tale", share=False))
        vote = shown(await library.ben.slash(library.channel, "vote", story="Sent Tale"))
        page = shown(await library.ben.slash(library.channel, "read", story="Sent Tale"))
        for text in (card, text_of(vote), text_of(page)):
            assert ASKED not in text and "A ghost" not in text
        for forged in (ShowQuestion(question.id), Answer(question.id, 1, "question", 0, 0)):
            assert "question is gone" in library.refused(await library.forge(library.ben, vote, str(forged)))
        of = await library.store.questions.of(question.story, library.guild_id, 10)
        assert [each.id for each in of if not each.is_default] == []
        assert await library.store.questions.closed(question.story, library.guild_id, 3) == []
    assert (await waiting(library)).id == question.id
    refused = text_of(await ask(library, ann))
    assert "already has an open question" in refused and (await waiting(library)).id == question.id


async def test_who_asked_cannot_close_post_or_change_their_way_around_the_mods(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    panel = await ask(library, ann)
    question = await waiting(library)
    assert "question is closed" in library.refused(
        await library.forge(ann, panel, str(EndQuestion(question.id, "close")))
    )
    assert await library.store.questions.closed(question.story, library.guild_id, 3) == []
    form = await library.forge(ann, panel, str(AskPost(question.id)))
    assert "waits for the mods" in library.refused(await ann.submit_modal(form, {"channel": [library.channel]}))
    await library.store.questions.approve(question.id)
    manage = shown(await library.forge(ann, panel, str(ManageQuestion(question.id))))
    form = await ann.click(manage, label="Edit…")
    changed = await ann.submit_modal(
        form, {"question": "Something rude?", "answers": "a\nb", "ends": ["chapter"], "hidden": ["no"]}
    )
    assert "waiting for the mods" in text_of(shown(changed))
    assert (await asked(library)).is_default
    new = await waiting(library)
    assert new.text == "Something rude?"
    uploads = shown(await mira.slash(library.channel, "manage uploads"))
    old = await library.forge(mira, uploads, str(JudgeQuestion(question.id, True)))
    assert "question is gone" in library.refused(old), "the button shows other words"
    assert (await waiting(library)).id == new.id


async def test_it_goes_with_its_story_and_with_who_asked(library: Library, ann: MemberActor) -> None:
    await ask(library, ann)
    question = await waiting(library)
    assert ASKED in str(await library.store.privacy.export(ann.id))
    assert ASKED not in str(await library.store.privacy.export(library.ben.id))
    await library.store.privacy.delete(ann.id)
    assert await library.store.questions.waiting(library.guild_id, 5) == []
    with pytest.raises(Exception, match="question-gone"):
        await library.store.questions.approve(question.id)


async def test_a_mod_asks_under_an_upload_that_nobody_is_linked_to_at_once(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    assert "Only the story's author" in library.refused(
        await ask_question(mira, library.channel, ASKED, "A ghost|The post", story="Sent Tale")
    )
    await library.store.authors.unlink(await tale(library), ann.id)
    await ask(library, mira)
    assert (await asked(library)).text == ASKED
