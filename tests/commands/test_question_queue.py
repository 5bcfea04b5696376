"""Questions that wait for the mods of a shelf: seen by nobody else, approved or declined once."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from bot.domain.questions import DAY_SECONDS, Question
from bot.domain.rights import Audience
from bot.domain.uploads import DRAFT_SECONDS
from bot.services.due_work import LOOK_SECONDS
from bot.ui.ids import Answer, AskPost, EndQuestion, JudgeQuestion, ManageQuestion, ShowQuestion, ShowQueue
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


async def ask(
    library: Library, member: MemberActor, *, ends: str = "chapter", post: ChannelHandle | None = None
) -> Message:
    answers = "A ghost|The post"
    return shown(await ask_question(member, library.channel, ASKED, answers, story="Sent Tale", ends=ends, post=post))


async def approve(library: Library, mod: MemberActor) -> None:
    """Approve the question that waits, and have all that comes of it sent."""
    question = (await waiting(library)).id
    listed = await queue(library, mod)
    panel = shown(await mod.select(listed, [str(question)], custom_id=select_of(listed, "quw1")))
    assert "Readers see the question now" in text_of(shown(await mod.click(panel, label="Approve")))
    await library.env.advance_time(LOOK_SECONDS)


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
    details = await ask(library, ann)
    assert "waiting for the mods" in text_of(details) and list(buttons_of(details)) == ["Manage"]
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


async def test_a_post_of_the_default_rests_from_the_approval_on(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    details = shown(await ann.slash(library.channel, "vote", story="Sent Tale"))
    form = await ann.click(shown(await ann.click(details, label="Manage")), label="Post…")
    await ann.submit_modal(form, {"channel": [library.channel]})
    await ask(library, ann)
    await library.env.settle()
    listed = await queue(library, mira)
    [post] = [each for each in library.channel.history() if "Details" in buttons_of(each) and not each.flags.ephemeral]
    assert "I want more" in buttons_of(post)
    panel = shown(await mira.select(listed, [str((await waiting(library)).id)], custom_id=select_of(listed, "quw1")))
    await mira.click(panel, label="Approve")
    await library.env.settle()
    [post] = [each for each in library.channel.history() if each.id == post.id]
    assert list(buttons_of(post)) == ["Read", "Details"] and "On hold" in text_of(post)


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
        library.bot.dispatch("due")
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


async def test_one_that_nobody_answers_in_thirty_days_lapses_as_a_text_does_and_who_asked_is_told(
    library: Library, ann: MemberActor, mira: MemberActor
) -> None:
    await ask(library, ann)
    listed = await queue(library, mira)
    question = (await waiting(library)).id
    library.clock.forward(DRAFT_SECONDS["waiting"] - 1)
    await library.store.pruning.prune()
    assert (await waiting(library)).id == question
    library.clock.forward(1)
    await library.store.pruning.prune()
    assert await library.store.questions.waiting(library.guild_id, 5) == []
    late = await library.forge(mira, listed, str(JudgeQuestion(question, True)))
    assert "question is gone" in library.refused(late)
    await library.env.advance_time(LOOK_SECONDS)
    assert "Your question under **The Sent Tale** wasn't asked" in told(ann) and "within 30 days" in told(ann)
    assert "waiting for the mods" in text_of(await ask(library, ann)), "they may ask again"


async def test_one_that_was_approved_never_lapses(library: Library, ann: MemberActor, mira: MemberActor) -> None:
    await ask(library, ann)
    await approve(library, mira)
    library.clock.forward(2 * DRAFT_SECONDS["waiting"])
    await library.store.pruning.prune()
    assert (await asked(library)).text == ASKED


# -- where it is posted -------------------------------------------------------------


@pytest.fixture
async def board(ann: MemberActor) -> ChannelHandle:
    return ann.guild.create_text_channel("board")


async def test_it_is_posted_where_its_asker_picked_once_it_is_approved_after_a_restart(
    library: Library, ann: MemberActor, mira: MemberActor, board: ChannelHandle
) -> None:
    await ask(library, ann, post=board)
    await library.env.advance_time(LOOK_SECONDS)
    assert board.history() == [], "it waits"
    await library.restart()
    await approve(library, mira)
    [post] = board.history()
    assert ASKED in text_of(post)
    await library.ben.click(post, label="2")
    await library.env.advance_time(LOOK_SECONDS)
    [post] = board.history()
    assert "1 · The post" in text_of(post)
    assert "is open" in told(ann) and "couldn't post" not in told(ann)


@pytest.mark.parametrize("whose", ["asker", "bot"])
async def test_where_asker_or_bot_may_not_post_any_more_it_is_asked_and_who_asked_is_told(
    library: Library, ann: MemberActor, mira: MemberActor, board: ChannelHandle, whose: str
) -> None:
    await ask(library, ann, post=board)
    me = library.env.backend.bot_user
    denied = discord.Permissions(send_messages=True).value
    silent = Overwrite(target_id=ann.id if whose == "asker" else me.id, type=OverwriteType.MEMBER, allow=0, deny=denied)
    library.env.backend.set_overwrite(board.id, silent)
    await library.env.settle()
    await approve(library, mira)
    assert board.history() == []
    assert (await asked(library)).text == ASKED
    assert f"couldn't post it in <#{board.id}>" in told(ann)
    assert ("You can't post" in told(ann)) is (whose == "asker")


async def test_a_channel_that_is_gone_is_told_and_a_question_that_is_gone_is_not(
    library: Library, ann: MemberActor, mira: MemberActor, board: ChannelHandle
) -> None:
    await ask(library, ann, post=board)
    await library.store.questions.approve((await waiting(library)).id)
    await library.store.questions.remove((await asked(library)).id, ann.id)
    await library.env.advance_time(LOOK_SECONDS)
    assert board.history() == [] and "couldn't post" not in told(ann)
    await ask(library, ann, post=board)
    library.env.backend.delete_channel(board.id)
    await library.env.settle()
    await approve(library, mira)
    assert "couldn't post it" in told(ann)


async def test_one_that_is_changed_and_waits_again_is_posted_there_too(
    library: Library, ann: MemberActor, mira: MemberActor, board: ChannelHandle
) -> None:
    panel = await ask(library, ann, post=board)
    await approve(library, mira)
    manage = shown(await library.forge(ann, panel, str(ManageQuestion((await asked(library)).id))))
    form = await ann.click(manage, label="Edit…")
    await ann.submit_modal(form, {"question": "Who else?", "answers": "a\nb", "ends": ["chapter"], "hidden": ["no"]})
    await approve(library, mira)
    await library.env.advance_time(LOOK_SECONDS)
    assert ["Who else?" in text_of(each) for each in board.history()].count(True) == 1
