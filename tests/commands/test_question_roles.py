"""Who may do what with a story's question: its authors, those who keep its shelf, and nobody else."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.questions import ASKED_A_DAY, Question
from bot.domain.rights import Audience
from bot.ui.ids import (
    Answer,
    AskAgain,
    AskChange,
    AskPost,
    AskReply,
    EndQuestion,
    JudgeQuestion,
    ManageQuestion,
    RemoveAnswer,
    SetRule,
    ShowQuestion,
)
from tests import samples
from tests.library import Library
from tests.linking import joined_author, linked
from tests.screens import ask_question, card_for, read_at
from tests.seen import Message, buttons_of, shown, text_of

TALE = b"Title: The Sent Tale\n\nIt came by night and was read by morning, twice over.\n"
WORDS = {"question": "Why?", "answers": "Because\nWhy not", "ends": ["chapter"], "hidden": ["no"]}


@pytest.fixture
async def orla(library: Library) -> MemberActor:
    return await joined_author(library, "Lighthouse")


@pytest.fixture
async def tale(library: Library) -> int:
    """A story on the server's shelf without a linked author."""
    await library.store.settings.change_server(library.guild_id, lambda before: replace(before, adders="everyone"))
    sent = await library.ann.slash(library.channel, "author submit", file=("tale.txt", TALE))
    await library.ann.click(sent.followups[-1] if sent.followups else shown(sent), label="Publish")
    story = (await library.store.for_audience(Audience(False, library.guild_id)).stories.find("Sent Tale")).id
    await library.store.authors.unlink(story, library.ann.id)
    return story


async def asked(library: Library, story: int) -> Question:
    return await library.store.questions.asked(story, library.guild_id)


async def managed(library: Library, member: MemberActor, story: str = "Lighthouse") -> Message:
    panel = shown(await member.slash(library.channel, "vote", story=story))
    return shown(await member.click(panel, label="Manage"))


async def test_a_co_author_does_all_that_the_author_does_and_neither_answers(
    library: Library, orla: MemberActor
) -> None:
    story = await library.id_of("Lighthouse")
    await linked(library.store, story, library.ann.id)
    page = shown(await read_at(library, library.ben, story="Lighthouse", page=6))
    await ask_question(orla, library.channel)
    manage = await managed(library, library.ann)
    await library.ann.submit_modal(await library.ann.click(manage, label="Edit…"), WORDS)
    assert (await asked(library, story)).text == "Why?"
    forged = str(Answer((await asked(library, story)).id, 1, "page", 1, 0))
    for author in (library.ann, orla):
        assert "You wrote this story" in library.refused(await library.forge(author, page, forged))
    await library.ann.click(await managed(library, library.ann), label="Close now")
    assert (await asked(library, story)).is_default


async def test_the_author_of_another_story_is_a_reader_here(library: Library, orla: MemberActor) -> None:
    await linked(library.store, await library.id_of("Ferry"), library.ann.id)
    await ask_question(orla, library.channel)
    question = await asked(library, await library.id_of("Lighthouse"))
    assert "Only the story's author" in library.refused(await ask_question(library.ann, library.channel))
    panel = shown(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    assert "Manage" not in buttons_of(panel)
    await library.ann.click(panel, label="1")
    assert (await asked(library, question.story)).voters == 1


@pytest.mark.parametrize("who", ["reader", "mod of the server", "unlinked author"])
async def test_nobody_manages_a_story_of_the_folder_but_its_author_and_the_host(
    library: Library, orla: MemberActor, mira: MemberActor, who: str
) -> None:
    shown(await ask_question(orla, library.channel))
    story = await library.id_of("Lighthouse")
    question = (await asked(library, story)).id
    member = {"reader": library.ben, "mod of the server": mira, "unlinked author": orla}[who]
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    if who == "unlinked author":
        await library.store.authors.unlink(story, orla.id)
    for pressed in (
        ManageQuestion(question),
        EndQuestion(question, "close"),
        EndQuestion(question, "remove"),
        AskReply(question),
        AskChange(question),
        AskPost(question),
        JudgeQuestion(question, True),
    ):
        assert library.refused(await library.forge(member, page, str(pressed)))
    default = (await library.store.questions.defaults([story], None))[story].id
    assert library.refused(await library.forge(member, page, str(SetRule(default, "quorum")), values=["5"]))
    assert library.refused(await library.forge(member, page, str(EndQuestion(default, "reopen"))))
    form = await library.forge(member, page, str(AskAgain(story)))
    answered = form if form.modal is None else await member.submit_modal(form, WORDS)
    assert library.refused(answered)
    assert (await asked(library, story)).id == question


async def test_the_host_closes_and_removes_any_question_of_the_folder_but_puts_no_words_in_its_authors_mouth(
    library: Library, orla: MemberActor, mira: MemberActor
) -> None:
    library.owned_by(mira)
    story = await library.id_of("Lighthouse")
    await ask_question(orla, library.channel)
    question = await asked(library, story)
    manage = await managed(library, mira)
    assert "Edit…" not in buttons_of(manage)
    assert "Only the story's author" in library.refused(await library.forge(mira, manage, str(AskChange(question.id))))
    await mira.click(await managed(library, mira), label="Close now")
    assert (await asked(library, story)).is_default
    await ask_question(orla, library.channel)
    removed = await mira.click(await managed(library, mira), label="Remove")
    assert "are gone" in text_of(shown(removed))
    assert (await asked(library, story)).is_default
    assert len(await library.store.questions.closed(story, None, 5)) == 1


async def test_a_mod_asks_closes_and_removes_on_the_shelf_and_the_log_says_what_was_removed(
    library: Library, tale: int, mira: MemberActor
) -> None:
    assert "Only the story's author" in library.refused(
        await ask_question(library.ben, library.channel, story="Sent Tale")
    )
    shown(await ask_question(mira, library.channel, story="Sent Tale"))
    await library.ben.click(shown(await library.ben.slash(library.channel, "vote", story="Sent Tale")), label="1")
    await linked(library.store, tale, library.ann.id)
    assert "Only the story's author" in library.refused(await ask_question(mira, library.channel, story="Sent Tale"))
    await mira.click(await managed(library, mira, "Sent Tale"), label="Remove")
    assert (await asked(library, tale)).is_default
    [act] = await library.store.audit.page(library.guild_id, "all", 1, 0)
    assert (act.act, act.user) == ("remove-question", mira.id)
    uploads = shown(await mira.slash(library.channel, "manage log"))
    assert "Removed a question under **The Sent Tale**" in text_of(uploads)


async def test_a_story_whose_file_wants_no_votes_is_asked_about_by_its_author_alone(
    library: Library, mira: MemberActor
) -> None:
    library.owned_by(mira)
    await library.load({"spoon.txt": "Votes: no\n" + samples.ONE_PAGE})
    story = await library.id_of("Spoon")
    assert "Only the story's author" in library.refused(await ask_question(mira, library.channel, story="Spoon"))
    await linked(library.store, story, library.ann.id)
    shown(await ask_question(library.ann, library.channel, story="Spoon"))
    page = shown(await read_at(library, library.ben, story="Spoon"))
    assert {"1", "2"} <= buttons_of(page).keys()
    await library.ben.click(page, label="2")
    assert (await asked(library, story)).voters == 1
    await mira.click(await managed(library, mira, "Spoon"), label="Close now")
    page = shown(await read_at(library, library.ben, story="Spoon"))
    assert not {"1", "I want more"} & buttons_of(page).keys()


async def test_in_a_direct_message_an_author_asks_without_a_channel_and_readers_answer(
    library: Library, orla: MemberActor
) -> None:
    form = await orla.user.slash("author ask", story="Lighthouse")
    assert form.modal is not None and "channel" not in str(form.modal)
    panel = shown(await orla.user.submit_modal(form, WORDS))
    assert "Why?" in text_of(panel)
    manage = shown(await orla.user.click(panel, label="Manage"))
    assert "Post…" not in buttons_of(manage)
    question = await asked(library, await library.id_of("Lighthouse"))
    asking = shown(await library.ben.user.slash("vote", story="Lighthouse"))
    await library.ben.user.click(asking, label="1")
    counts = (await library.store.questions.find(question.id, library.guild_id)).counts
    assert counts is not None and (counts.overall, counts.here) == ((1, 0), (0, 0))
    assert library.refused(await library.ann.user.slash("author ask", story="Lighthouse"))


async def test_a_stranger_of_another_server_neither_sees_nor_answers_a_question_of_this_shelf(
    library: Library, tale: int, mira: MemberActor
) -> None:
    await ask_question(mira, library.channel, story="Sent Tale")
    question = await asked(library, tale)
    elsewhere = library.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Manager", permissions=discord.Permissions(administrator=True))
    otto, hall = (
        elsewhere.add_member(library.env.create_user("otto"), roles=[role]),
        elsewhere.create_text_channel("hall"),
    )
    page = shown(await otto.slash(hall, "vote", story="Lighthouse"))
    for pressed in (
        Answer(question.id, 1, "vote", 0, 0),
        Answer(question.id, 1, "question", 0, 0),
        ShowQuestion(question.id),
        RemoveAnswer(question.id),
        ManageQuestion(question.id),
        EndQuestion(question.id, "remove"),
    ):
        one = {"type": 2, "style": 2, "label": "?", "custom_id": str(pressed)}
        library.env.backend.edit_message(hall.id, page.id, {"components": [{"type": 1, "components": [one]}]})
        refused = library.refused(await otto.click(page, custom_id=str(pressed)))
        assert "What next?" not in refused
    assert (await asked(library, tale)).voters == 0


async def test_what_is_removed_counts_among_the_three_of_the_day(library: Library, orla: MemberActor) -> None:
    for _ in range(ASKED_A_DAY):
        shown(await ask_question(orla, library.channel))
        await orla.click(await managed(library, orla), label="Remove")
    assert f"{ASKED_A_DAY} questions a day" in text_of(shown(await ask_question(orla, library.channel)))
    card = text_of(await card_for(library.ben, library.channel, "Lighthouse", share=False))
    assert "What next?" not in card and "Readers were asked" not in card


async def test_a_press_on_a_removed_question_says_so_and_draws_the_message_as_it_is(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    question = await asked(library, await library.id_of("Lighthouse"))
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    await library.store.questions.remove(question.id, orla.id)
    stale = await library.ben.click(page, label="1")
    assert "question is gone" in stale.followups[0].content
    assert "I want more" in buttons_of(shown(stale)) and "1" not in buttons_of(shown(stale))
    library.env.errors.clear()


async def test_a_form_of_before_changes_nothing_that_was_answered_meanwhile(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    story = await library.id_of("Lighthouse")
    form = await orla.click(await managed(library, orla), label="Edit…")
    await library.store.ballots.cast((await asked(library, story)).id, library.ben.id, 1, None)
    assert "already answered" in library.refused(await orla.submit_modal(form, WORDS))
    assert (await asked(library, story)).text == "What next?"


async def test_a_form_for_the_default_never_makes_it_an_own_question(library: Library, orla: MemberActor) -> None:
    story = await library.id_of("Lighthouse")
    panel = shown(await ask_question(orla, library.channel))
    question = await asked(library, story)
    default = (await library.store.questions.defaults([story], None))[story]
    await library.store.questions.close(question.id)
    refused = await library.send_modal(
        orla, panel, f"quct1:{default.id}", {"question": "Rude?", "answers": "a\nb", "ends": "1", "hidden": "no"}
    )
    assert library.refused(refused)
    assert (await asked(library, story)).is_default
