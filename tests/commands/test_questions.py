"""An author's own question: asked, answered, posted, closed, replied to, and what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain.questions import ASKED_A_DAY, DAY_SECONDS, Question
from bot.errors import ReaderError
from bot.ui.ids import Answer, EndQuestion, ManageQuestion, PostModal
from tests import samples
from tests.library import Library
from tests.linking import joined_author, linked
from tests.samples import FORD, INN
from tests.screens import ask_question, behind_info, card_for, read_at, to_last, unhidden
from tests.seen import Message, buttons_of, select_of, shown, text_of
from tests.votes import cast_vote, votes_of


@pytest.fixture
async def orla(library: Library) -> MemberActor:
    """Who wrote the stories that are asked about here."""
    return await joined_author(library, "Lighthouse", "Ferry")


async def asked(library: Library, story: str = "Lighthouse") -> Question:
    return await library.store.questions.asked(await library.id_of(story), library.guild_id)


async def end_of(library: Library, reader: MemberActor, story: str = "Lighthouse") -> Message:
    """The last page of a story, as *reader* opens it by themselves."""
    return await to_last(reader, shown(await reader.slash(library.channel, "read", story=story)))


async def vote_panel(library: Library, reader: MemberActor, story: str = "Lighthouse") -> Message:
    """The details of what a story's readers are asked now."""
    return shown(await reader.slash(library.channel, "vote", story=story))


def asked_in(details: Message) -> str:
    """The question of which a message shows the details."""
    return next(line for line in text_of(details).split("\n") if line.startswith("**")).strip("*")


def posted(channel: ChannelHandle) -> Message:
    """The one message for all in a channel, as it is now."""
    [post] = [each for each in channel.history() if not each.flags.ephemeral]
    return post


# -- asking and answering -----------------------------------------------------------------


async def test_it_is_asked_at_the_end_of_the_story_in_place_of_the_default(library: Library, orla: MemberActor) -> None:
    story = await library.id_of("Lighthouse")
    await cast_vote(library.store, story, library.ben.id, "continue", library.guild_id)
    panel = shown(await ask_question(orla, library.channel, "What is behind the door?", "Her sister|Nobody|The sea"))
    assert panel.ephemeral and "**What is behind the door?**" in text_of(panel)
    page = await end_of(library, library.ann)
    assert "**1** Her sister\n**2** Nobody\n**3** The sea" in text_of(page)
    assert {"1", "2", "3"} <= buttons_of(page).keys() and "I want more" not in buttons_of(page)
    answered = await library.ann.click(page, label="2")
    assert "**2** ━━━━━━ 1 · Nobody" in text_of(shown(answered))
    [receipt] = answered.followups
    assert "Nobody ✓" in text_of(receipt) and list(buttons_of(receipt)) == ["Details", "Notify me"]
    assert (await votes_of(library.store, story)).overall == (1, 0), "the default keeps its votes"


async def test_an_answer_is_changed_until_it_closes_and_a_second_press_only_says_it(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    page = await end_of(library, library.ben)
    await library.ben.click(page, label="1")
    again = await library.ben.click(page, label="1")
    assert "That's your answer already" in text_of(again.followups[0])
    assert (await asked(library)).counts is not None and (await asked(library)).counts.overall == (1, 0)  # type: ignore[union-attr]
    await library.ben.click(page, label="2")
    question = await asked(library)
    assert question.counts is not None and question.counts.overall == (0, 1)
    details = shown(
        await library.ben.click(
            shown(await library.ben.slash(library.channel, "vote", story="Lighthouse")), label="Remove answer"
        )
    )
    assert "✓" not in text_of(details)
    assert (await asked(library)).voters == 0


async def test_its_author_does_not_answer_and_who_is_linked_later_counts_no_longer(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    assert "You wrote this story" in library.refused(await orla.click(page, label="1"))
    await library.ben.click(page, label="1")
    story, question = await library.id_of("Lighthouse"), await asked(library)
    await library.store.questions.close(question.id)
    await linked(library.store, story, library.ben.id)
    assert (await library.store.questions.find(question.id, None)).voters == 0
    await library.store.authors.unlink(story, library.ben.id)
    assert (await library.store.questions.find(question.id, None)).voters == 1


async def test_five_hundred_who_answer_in_one_moment_are_all_counted(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, answers="a|b|c|d|e")
    question = await asked(library)
    cast = (library.store.ballots.cast(question.id, 1000 + n, n % 5 + 1, library.guild_id) for n in range(500))
    await asyncio.gather(*cast)
    counts = (await asked(library)).counts
    assert counts is not None and counts.overall == counts.here == (100,) * 5


async def test_hidden_counts_show_when_it_closes(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, hidden="yes")
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    answered = await library.ben.click(page, label="1")
    for text in (text_of(shown(answered)), text_of(answered.followups[0]), text_of(await end_of(library, orla))):
        assert "━" not in text and "1 answer · results at the end · open until" in text
    await library.store.questions.close((await asked(library)).id)
    card = text_of(await card_for(library.ben, library.channel, "Lighthouse", share=False))
    assert "What next?" in card and "Row on" in card


async def test_ones_own_answer_is_marked_on_ones_own_page_and_on_no_page_that_others_see(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    public = shown(await read_at(library, library.ben, story="Lighthouse", page=6))
    assert not public.ephemeral
    assert "✓" not in text_of(shown(await library.ben.click(public, label="2")))
    alone = library.ben.user
    own = shown(await alone.slash("read", story="Lighthouse"))
    assert "**2** ━━━━━━ 1 · Row back ✓" in text_of(own)
    changed = text_of(shown(await alone.click(own, label="1")))
    assert "Row on ✓" in changed and "Row back ✓" not in changed


async def test_ones_own_answer_is_marked_when_a_screen_of_ones_own_is_opened(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    question = await asked(library)
    await library.store.ballots.cast(question.id, library.ben.id, 2, library.guild_id)
    await read_at(library, library.ben, story="Lighthouse", page=6)
    for private, marked in ((True, True), (False, False)):
        page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse", share=not private))
        card = await card_for(library.ben, library.channel, "Lighthouse", share=not private)
        for screen in (page, card):
            assert screen.ephemeral is private
            assert ("Row back ✓" in text_of(screen)) is marked and "Row on ✓" not in text_of(screen)
    assert "Row back ✓" in text_of(shown(await library.ben.slash(library.channel, "vote", story="Lighthouse")))


async def test_ones_own_vote_is_marked_on_ones_own_screens_and_on_none_that_others_see(
    library: Library, orla: MemberActor
) -> None:
    await cast_vote(library.store, await library.id_of("Lighthouse"), library.ben.id, "leave", library.guild_id)
    await read_at(library, library.ben, story="Lighthouse", page=6)
    page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse", share=False))
    assert {"I want more", "Perfect as is ✓"} <= buttons_of(page).keys()
    switched = shown(await library.ben.click(page, label="I want more"))
    assert {"I want more ✓", "Perfect as is"} <= buttons_of(switched).keys()
    card = await card_for(library.ben, library.channel, "Lighthouse", share=False)
    assert "You voted: **I want more**." in text_of(card)
    public = shown(await library.ben.slash(library.channel, "read", story="Lighthouse", share=True))
    shared = await card_for(library.ben, library.channel, "Lighthouse")
    for screen in (public, shown(await library.ben.click(public, label="I want more")), shared):
        assert "✓" not in str(buttons_of(screen)) and "You voted" not in text_of(screen)


async def test_hidden_counts_are_in_no_screen_no_table_and_no_export_before_the_close(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel, hidden="yes", post=library.channel)
    for reader in range(9):
        await library.store.ballots.cast((await asked(library)).id, 5000 + reader, 1, library.guild_id)
    library.clock.forward(61)
    library.bot.dispatch("due")
    await library.env.settle()
    panel = shown(await orla.slash(library.channel, "vote", story="Lighthouse"))
    listed = shown(await orla.slash(library.channel, "author stories"))
    picked = [str(await library.id_of("Lighthouse"))]
    chosen = shown(await orla.select(listed, picked, custom_id=select_of(listed, "op1")))
    opened = await orla.click(chosen, label="Stats")
    stats = opened.followups[-1] if opened.followups else shown(opened)
    table = shown(await orla.click(stats, label="Download CSV")).attachments[0]
    screens = [
        text_of(posted(library.channel)),
        text_of(panel),
        text_of(shown(await orla.click(panel, label="Manage"))),
        text_of(await card_for(orla, library.channel, "Lighthouse", share=False)),
        text_of(stats),
        (await table.read()).decode("utf-8-sig"),
        str(await library.store.privacy.export(orla.id)),
    ]
    for text in screens:
        assert "━" not in text and "9 · Row on" not in text and "Row on,9" not in text
    await library.store.questions.close((await asked(library)).id)
    table = shown(await orla.click(stats, label="Download CSV")).attachments[0]
    assert "Row on,9" in (await table.read()).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("question", "answers", "said"),
    [
        (" ", "a|b", "Type a question first"),
        ("What?", "a", "2 to 5 answers"),
        ("What?", "a|b|c|d|e|f", "2 to 5 answers"),
        ("What?", "a|" + "b" * 25, "too long"),
        ("What?", "Yes|yes", "twice"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_is_given_back(
    library: Library, orla: MemberActor, question: str, answers: str, said: str
) -> None:
    form = await orla.slash(library.channel, "author ask", story="Lighthouse")
    values = {"question": question, "answers": answers.replace("|", "\n"), "ends": ["chapter"], "hidden": ["no"]}
    refused = shown(await orla.submit_modal(form, values))
    assert said in text_of(refused) and answers.replace("|", "\n") in text_of(refused)
    assert (await asked(library)).is_default
    again = await orla.click(refused, label="Try again")
    assert again.modal is not None


# -- who may ----------------------------------------------------------------------------------


async def test_only_its_author_asks_and_who_keeps_the_shelf_where_it_has_none(
    library: Library, orla: MemberActor, mira: MemberActor
) -> None:
    assert "Only the story's author" in library.refused(await ask_question(library.ben, library.channel))
    assert "Only the story's author" in library.refused(await ask_question(mira, library.channel))
    library.owned_by(mira)  # the folder is the host's
    assert "Only the story's author" in library.refused(await ask_question(mira, library.channel))
    shown(await ask_question(mira, library.channel, story="Spoon"))
    assert not (await asked(library, "Spoon")).is_default


async def test_one_is_open_at_a_time_and_so_many_are_asked_in_a_day(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel)
    assert "already has an open question" in text_of(shown(await ask_question(orla, library.channel)))
    for _ in range(ASKED_A_DAY - 1):
        await library.store.questions.close((await asked(library)).id)
        await ask_question(orla, library.channel)
    await library.store.questions.close((await asked(library)).id)
    refused = text_of(shown(await ask_question(orla, library.channel)))
    assert f"{ASKED_A_DAY} questions a day" in refused
    library.clock.forward(DAY_SECONDS)
    await ask_question(orla, library.channel)
    assert not (await asked(library)).is_default


async def test_a_stranger_manages_nothing_by_forged_buttons(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel)
    question = (await asked(library)).id
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    for forged in (ManageQuestion(question), EndQuestion(question, "close"), EndQuestion(question, "remove")):
        assert "Only the story's author" in library.refused(await library.forge(library.ben, page, str(forged)))
    for number in (0, 3, 10**9):
        forged = str(Answer(question, number, "page", 1, 0))
        assert "question is gone" in library.refused(await library.forge(library.ben, page, forged))
    assert (await asked(library)).id == question and (await asked(library)).voters == 0


# -- closing --------------------------------------------------------------------------------------


async def chapters(library: Library, *more: str) -> None:
    await library.load({"ferry.txt": samples.FERRY + "".join(more)})


async def test_the_next_chapter_closes_it_and_its_first_page_says_what_readers_answered(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel, story="Ferry")
    question = await asked(library, "Ferry")
    for reader in range(3):
        await library.store.ballots.cast(question.id, 5000 + reader, 1 if reader else 2, library.guild_id)
    await chapters(library, FORD)
    assert (await asked(library, "Ferry")).is_default
    page = shown(await library.ben.slash(library.channel, "read", story="Ferry", chapter=4))
    assert "2 of 3 said: Row on." in text_of(page)
    second = shown(await library.ben.slash(library.channel, "read", story="Ferry", chapter=3))
    assert "said:" not in text_of(second)


async def test_a_chapter_that_goes_and_comes_again_closes_nothing(library: Library, orla: MemberActor) -> None:
    await chapters(library, FORD)
    await ask_question(orla, library.channel, story="Ferry")
    question = await asked(library, "Ferry")
    await chapters(library)
    assert (await asked(library, "Ferry")).id == question.id
    await chapters(library, FORD)
    assert (await asked(library, "Ferry")).id == question.id
    await chapters(library, FORD, INN)
    assert (await asked(library, "Ferry")).is_default


async def test_it_closes_by_its_time_over_a_restart(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, ends="1", post=library.channel)
    question = await asked(library)
    library.clock.forward(DAY_SECONDS)
    with pytest.raises(ReaderError, match="question-closed"):
        await library.store.ballots.cast(question.id, library.ben.id, 1, None)
    await library.restart()
    await library.env.settle()
    post = posted(library.channel)
    assert "1" not in buttons_of(post) and "closed" in text_of(post)
    assert (await asked(library)).is_default


async def test_a_story_that_is_taken_away_closes_it_and_restoring_opens_it_not_again(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    question = await asked(library)
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    await library.take_away("lighthouse.txt")
    assert "no longer in the library" in library.refused(await library.ben.click(page, label="1"))
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE})
    assert (await asked(library)).is_default
    assert not (await library.store.questions.find(question.id, None)).is_open


async def test_a_button_of_a_closed_question_says_so_and_draws_the_message_as_it_is(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    question = await asked(library)
    await library.store.questions.close(question.id)
    stale = await library.ben.click(page, label="1")
    assert "This question is closed" in stale.followups[0].content
    assert "I want more" in buttons_of(shown(stale)) and "1" not in buttons_of(shown(stale))
    assert (await library.store.questions.find(question.id, None)).voters == 0
    library.env.errors.clear()


async def test_an_old_button_of_the_default_stores_nothing_while_an_own_one_is_asked(
    library: Library, orla: MemberActor
) -> None:
    story = await library.id_of("Lighthouse")
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    await ask_question(orla, library.channel)
    stale = await library.ben.click(page, label="I want more")
    assert "Another question is open" in stale.followups[0].content and "1" in buttons_of(shown(stale))
    assert (await votes_of(library.store, story)).all == 0
    library.env.errors.clear()


async def test_a_post_of_the_default_has_no_buttons_that_take_no_vote_while_an_own_one_is_asked(
    library: Library, orla: MemberActor
) -> None:
    story = await library.id_of("Lighthouse")
    await cast_vote(library.store, story, library.ben.id, "continue", library.guild_id)
    manage = shown(await orla.click(await vote_panel(library, orla), label="Manage"))
    await orla.submit_modal(await orla.click(manage, label="Post…"), {"channel": [library.channel]})
    assert {"I want more", "Perfect as is"} <= buttons_of(posted(library.channel)).keys()
    await ask_question(orla, library.channel)
    await library.env.settle()
    post = posted(library.channel)
    assert list(buttons_of(post)) == ["Read", "Details"]
    assert "All servers: **1** of **1** want more" in text_of(post)
    assert "On hold while another question is open" in text_of(post)
    details = shown(await library.ben.click(post, label="Details"))
    assert "You voted: **I want more**." in text_of(details) and "Press the other" not in text_of(details)
    assert "1" in buttons_of(shown(await library.ben.click(details, label="Newer question")))
    await library.store.questions.close((await asked(library)).id)
    library.bot.dispatch("due")
    await library.env.settle()
    assert {"I want more", "Perfect as is"} <= buttons_of(posted(library.channel)).keys()
    assert "On hold" not in text_of(posted(library.channel))


async def test_what_its_author_manages_of_the_default_while_it_rests(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel)
    resting = shown(await orla.click(await vote_panel(library, orla), label="Older question"))
    manage = shown(await orla.click(resting, label="Manage"))
    assert {"Reply…", "Close now"} <= buttons_of(manage).keys() and "Post…" not in buttons_of(manage)
    default = (await library.store.questions.defaults([await library.id_of("Lighthouse")], None)).popitem()[1]
    refused = await library.send_modal(orla, manage, str(PostModal(default.id)), {"channel": str(library.channel.id)})
    assert "Another question is open" in library.refused(refused)


# -- posts ------------------------------------------------------------------------------------------


async def test_a_posted_question_is_answered_there_and_its_other_posts_follow_within_a_minute(
    library: Library, orla: MemberActor
) -> None:
    other = library.ann.guild.create_text_channel("elsewhere")
    panel = shown(await ask_question(orla, library.channel, post=library.channel))
    manage = shown(await orla.click(panel, label="Manage"))
    await orla.submit_modal(await orla.click(manage, label="Post…"), {"channel": [other]})
    answered = await library.ben.click(posted(library.channel), label="1")
    assert "**1** ━━━━━━ 1 · Row on" in text_of(shown(answered))
    assert "━" not in text_of(posted(other))
    library.clock.forward(61)
    library.bot.dispatch("due")
    await library.env.settle()
    assert "**1** ━━━━━━ 1 · Row on" in text_of(posted(other))
    await library.store.questions.close((await asked(library)).id)
    library.bot.dispatch("due")
    await library.env.settle()
    for post in (posted(library.channel), posted(other)):
        assert "closed" in text_of(post) and "1" not in buttons_of(post)


async def test_a_chapter_that_comes_closes_its_posts_at_once(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, story="Ferry", post=library.channel)
    await chapters(library, FORD)
    library.bot.dispatch("due")
    await library.env.settle()
    assert "closed" in text_of(posted(library.channel)) and "1" not in buttons_of(posted(library.channel))


async def test_a_post_whose_story_may_not_show_any_more_says_so(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, post=library.channel)
    await library.take_away("lighthouse.txt")
    library.bot.dispatch("due")
    await library.env.settle()
    assert "can no longer be shown here" in text_of(posted(library.channel))


# -- what is said to it --------------------------------------------------------------------------------


async def test_a_reply_shows_with_the_result_and_only_the_author_changes_theirs(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel, story="Ferry")
    question = await asked(library, "Ferry")
    for reader in range(3):
        await library.store.ballots.cast(question.id, 5000 + reader, 2, library.guild_id)
    panel = shown(await orla.slash(library.channel, "vote", story="Ferry"))
    manage = shown(await orla.click(panel, label="Manage"))
    await orla.submit_modal(await orla.click(manage, label="Reply…"), {"line": "Back they go."})
    await chapters(library, FORD)
    page = shown(await library.ben.slash(library.channel, "read", story="Ferry", chapter=4))
    assert "3 of 3 said: Row back. **The author:** “Back they go.”" in text_of(page)


async def test_the_card_veils_what_was_asked_beyond_what_its_reader_has_read(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel, "Does the ferry sink?", "Yes|No", story="Ferry")
    question = await asked(library, "Ferry")
    await library.store.ballots.cast(question.id, library.ben.id, 1, library.guild_id)
    await chapters(library, FORD)
    card = text_of(await card_for(library.ann, library.channel, "Ferry", share=False))
    assert "||Does the ferry sink? Yes||" in card
    await read_at(library, library.ann, story="Ferry", chapter=4)
    card = text_of(await card_for(library.ann, library.channel, "Ferry", share=False))
    assert "Does the ferry sink? Yes" in card and "||Does" not in card
    await library.store.questions.reply(question.id, orla.id, "author", None, "Down it goes.")
    replied = text_of(await card_for(library.ann, library.channel, "Ferry", share=False))
    assert "Does the ferry sink? Yes\n**The author:** “Down it goes.”" in replied


async def test_the_details_page_through_all_that_was_asked(library: Library, orla: MemberActor) -> None:
    for number in range(1, 6):
        await ask_question(orla, library.channel, f"Question {number}?")
        await library.store.questions.close((await asked(library)).id)
        library.clock.forward(DAY_SECONDS)
    await ask_question(orla, library.channel, "Question 6?")
    await library.store.settings.change_reader(library.ann.id, lambda before: replace(before, veil=False))
    details = await vote_panel(library, library.ann)
    assert "1" in buttons_of(details)
    met = [asked_in(details)]
    while "Older question" in buttons_of(details):
        older = shown(await library.ann.click(details, label="Older question"))
        assert older.id == details.id, "it is drawn in the same message"
        details = older
        met.append(asked_in(details))
    assert met == ["Question 6?", "Should this story continue?", *(f"Question {number}?" for number in (5, 4, 3, 2, 1))]
    back = shown(await library.ann.click(details, label="Newer question"))
    assert asked_in(back) == "Question 2?" and not {"1", "Notify me"} & buttons_of(back).keys()


async def test_the_details_veil_what_the_card_veils_but_not_for_who_wrote_it(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel, "Does the ferry sink?", "Yes|No", story="Ferry")
    question = await asked(library, "Ferry")
    await library.store.ballots.cast(question.id, library.ben.id, 1, library.guild_id)
    await library.store.questions.reply(question.id, orla.id, "author", None, "Down it goes.")
    assert "||" not in text_of(await vote_panel(library, library.ann, "Ferry")), "it is open"
    await chapters(library, FORD)
    panel = await vote_panel(library, library.ann, "Ferry")
    veiled = shown(await library.ann.click(panel, label="Older question"))
    for words in ("sink", "Yes", "No", "Down it goes"):
        assert words in text_of(veiled) and words not in unhidden(veiled)
    assert "1 answer" in unhidden(veiled)
    own = shown(await orla.click(await vote_panel(library, orla, "Ferry"), label="Older question"))
    assert "||" not in text_of(own)
    assert "||" not in text_of(await card_for(orla, library.channel, "Ferry", share=False))
    await read_at(library, library.ann, story="Ferry", chapter=4)
    panel = await vote_panel(library, library.ann, "Ferry")
    assert "||" not in text_of(shown(await library.ann.click(panel, label="Older question")))


async def test_a_story_that_wants_no_votes_shows_what_its_author_asked(library: Library, orla: MemberActor) -> None:
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("Author:", "Votes: no\n\nAuthor:")})
    assert "turned off voting" in library.refused(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    for number in (1, 2):
        await ask_question(orla, library.channel, f"Question {number}?")
        page = await end_of(library, library.ann)
        asking = shown(await behind_info(library.ann, page, "Vote"))
        assert f"**Question {number}?**" in text_of(asking)
        await library.store.questions.close((await asked(library)).id)
    card = await card_for(library.ann, library.channel, "Lighthouse", share=False)
    last = shown(await library.ann.click(card, label="Vote"))
    assert "Question 2?" in text_of(last) and list(buttons_of(last)) == ["Older question"]
    assert "Question 1?" in text_of(shown(await library.ann.click(last, label="Older question")))


async def test_deleting_takes_answers_out_of_closed_counts_and_words_of_who_asked(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel)
    question = await asked(library)
    for reader in (library.ben.id, 77):
        await library.store.ballots.cast(question.id, reader, 1, library.guild_id)
    await library.store.questions.close(question.id)
    await library.store.privacy.delete(library.ben.id)
    assert (await library.store.questions.find(question.id, None)).voters == 1
    await library.store.privacy.delete(orla.id)
    found = await library.store.questions.find(question.id, None)
    assert (found.text, found.answers, found.asker, found.voters) == ("", ("", ""), 0, 1)
    assert "(deleted)" in text_of(await card_for(library.ben, library.channel, "Lighthouse", share=False))
