"""The messages that show a question: drawn again in time, once at a time, and forgotten where they are gone."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain.questions import DAY_SECONDS, PostedQuestion, Question
from bot.services.delivery import RETRY_SECONDS
from bot.ui.ids import AskPost
from tests import samples
from tests.library import Library
from tests.linking import joined_author, linked
from tests.restricting import restrict
from tests.screens import ask_question
from tests.seen import Message, buttons_of, shown, text_of

MINUTE = 60
HIDDEN = "can no longer be shown here"


@pytest.fixture
async def orla(library: Library) -> MemberActor:
    """Who wrote the stories that are asked about here."""
    library.clock.at = library.clock()
    return await joined_author(library, "Lighthouse", "Ferry")


@pytest.fixture
async def board(library: Library, orla: MemberActor) -> ChannelHandle:
    """Another channel; one question is posted there and in the first."""
    board = orla.guild.create_text_channel("board")
    await ask_question(orla, library.channel, post=library.channel)
    await post_in(library, orla, board)
    return board


async def post_in(library: Library, member: MemberActor, channel: ChannelHandle, story: str = "Lighthouse") -> None:
    panel = shown(await member.slash(library.channel, "vote", story=story))
    manage = shown(await member.click(panel, label="Manage"))
    await member.submit_modal(await member.click(manage, label="Post…"), {"channel": [channel]})


async def asked(library: Library, story: str = "Lighthouse") -> Question:
    return await library.store.questions.asked(await library.id_of(story), library.guild_id)


def posted(channel: ChannelHandle) -> Message:
    """The first message for all in a channel, as it is now."""
    return next(each for each in channel.history() if not each.flags.ephemeral)


async def look(library: Library, seconds: float = 0) -> None:
    """The bot looks for what is due, *seconds* later."""
    library.clock.forward(seconds)
    library.bot.dispatch("due")
    await library.env.settle()


async def posts_of(library: Library) -> list[int]:
    rows = await library.store._db.rows("SELECT message_id FROM question_posts ORDER BY message_id")  # pyright: ignore[reportPrivateUsage]
    return [row["message_id"] for row in rows]


def edits_of(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The messages that the bot edits by themselves, from now on."""
    edited: list[int] = []
    edit = discord.PartialMessage.edit

    async def noted(message: discord.PartialMessage, **options: Any) -> Any:
        edited.append(message.id)
        return await edit(message, **options)

    monkeypatch.setattr(discord.PartialMessage, "edit", noted)
    return edited


# -- when they are drawn ------------------------------------------------------------------


async def test_the_pressed_one_is_drawn_at_once_and_the_others_once_a_minute_whoever_answers(
    library: Library, board: ChannelHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = edits_of(library, monkeypatch)
    for reader in (library.ann, library.ben):
        await reader.click(posted(library.channel), label="1")
        await look(library)
    assert "2 · Row on" in text_of(posted(library.channel)) and "━" not in text_of(posted(board)) and not edited
    await look(library, MINUTE)
    assert "2 · Row on" in text_of(posted(board)) and edited == [posted(board).id]
    await look(library, MINUTE)
    assert edited == [posted(board).id], "nothing is drawn that shows what is so"


async def test_an_answer_while_a_post_is_drawn_is_shown_a_minute_later_not_at_once_again(
    library: Library, board: ChannelHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, edited = await asked(library), list[int]()
    edit, readers = discord.PartialMessage.edit, iter(range(7000, 7100))

    async def answered_meanwhile(message: discord.PartialMessage, **options: Any) -> Any:
        if len(edited) < 2:
            await library.store.ballots.cast(
                question.id, next(readers), 2, library.guild_id, posted(library.channel).id
            )
        edited.append(message.id)
        return await edit(message, **options)

    monkeypatch.setattr(discord.PartialMessage, "edit", answered_meanwhile)
    await library.ben.click(posted(library.channel), label="1")
    await look(library, MINUTE)
    assert edited == [posted(board).id]
    await look(library, MINUTE)
    await look(library, MINUTE)
    assert edited == [posted(board).id] * 3
    assert "1 · Row on" in text_of(posted(board)) and "2 · Row back" in text_of(posted(board))


@pytest.mark.parametrize("way", ["hand", "time"])
async def test_when_it_closes_all_show_the_final_counts(library: Library, orla: MemberActor, way: str) -> None:
    board = orla.guild.create_text_channel("board")
    await ask_question(orla, library.channel, post=library.channel, ends="1", hidden="yes")
    await post_in(library, orla, board)
    await library.ben.click(posted(board), label="2")
    assert "━" not in text_of(posted(board)) and "1 answer · results at the end" in text_of(posted(board))
    if way == "hand":
        panel = shown(await orla.slash(library.channel, "vote", story="Lighthouse"))
        await orla.click(shown(await orla.click(panel, label="Manage")), label="Close now")
        await library.env.settle()
    else:
        await look(library, DAY_SECONDS)
    for post in (posted(library.channel), posted(board)):
        assert "1 · Row back" in text_of(post) and "closed" in text_of(post) and "1" not in buttons_of(post)


async def test_the_next_chapter_draws_them_closed(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, story="Ferry", post=library.channel)
    await library.ben.click(posted(library.channel), label="2")
    await library.load({"ferry.txt": samples.FERRY + "\nChapter 4: The Ford\n\nThe horse knew the way, and went.\n"})
    await look(library)
    assert "1 · Row back" in text_of(posted(library.channel)) and "closed" in text_of(posted(library.channel))


async def test_a_restart_in_the_middle_draws_what_was_due(library: Library, board: ChannelHandle) -> None:
    await library.ben.click(posted(library.channel), label="1")
    library.clock.forward(MINUTE)
    post = await library.store.question_posts.claim(library.clock())
    assert post is not None and post.message == posted(board).id, "this process has it, and is killed"
    await library.restart()
    await look(library)
    assert "━" not in text_of(posted(board))
    await look(library, MINUTE)
    assert "1 · Row on" in text_of(posted(board))


# -- what Discord says to it ---------------------------------------------------------------


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (404, 10008)])
async def test_a_post_that_is_out_of_reach_is_forgotten_and_the_others_are_drawn(
    library: Library, board: ChannelHandle, status: int, code: int
) -> None:
    library.env.inject_error("PATCH", f"/channels/{library.channel.id}/messages/*", status=status, code=code)
    await library.store.questions.close((await asked(library)).id)
    await look(library)
    assert "closed" in text_of(posted(board))
    assert await posts_of(library) == [posted(board).id]


async def test_a_channel_that_is_gone_takes_its_posts_along(library: Library, board: ChannelHandle) -> None:
    first = posted(library.channel).id
    library.env.backend.delete_channel(board.id)
    await library.env.settle()
    await library.store.questions.close((await asked(library)).id)
    await look(library)
    assert "closed" in text_of(posted(library.channel)) and await posts_of(library) == [first]


async def test_what_fails_is_tried_again_and_holds_up_no_other(library: Library, board: ChannelHandle) -> None:
    library.env.inject_error("PATCH", f"/channels/{library.channel.id}/messages/*", status=400, code=0)
    await library.store.questions.close((await asked(library)).id)
    await look(library)
    assert "closed" in text_of(posted(board)) and "closed" not in text_of(posted(library.channel))
    await look(library, RETRY_SECONDS[0])
    assert "closed" in text_of(posted(library.channel))
    library.env.errors.clear()


async def test_what_fails_for_good_is_given_up_and_drawn_with_the_next_answer(
    library: Library, board: ChannelHandle
) -> None:
    library.env.inject_error(
        "PATCH", f"/channels/{board.id}/messages/*", status=400, code=0, times=len(RETRY_SECONDS) + 1
    )
    await library.ben.click(posted(library.channel), label="1")
    await look(library, MINUTE)
    for seconds in RETRY_SECONDS:
        await look(library, seconds)
    assert "━" not in text_of(posted(board))
    assert await library.store.question_posts.next_due() is None
    await library.ann.click(posted(library.channel), label="1")
    await look(library, MINUTE)
    assert "2 · Row on" in text_of(posted(board))
    library.env.errors.clear()


# -- where they may not be ------------------------------------------------------------------


async def test_a_story_that_turns_adult_under_an_open_question_is_hidden_where_others_see_it(
    library: Library, orla: MemberActor
) -> None:
    await ask_question(orla, library.channel, story="Ferry", post=library.channel)
    await library.load({"ferry.txt": samples.FERRY.replace("Rating: K+", "Rating: M")})
    await look(library)
    assert HIDDEN in text_of(posted(library.channel)) and "What next?" not in text_of(posted(library.channel))
    await library.load({"ferry.txt": samples.FERRY})
    await look(library)
    assert "What next?" in text_of(posted(library.channel)) and "1" in buttons_of(posted(library.channel))


async def test_one_that_is_removed_leaves_no_words_in_any_channel(
    library: Library, board: ChannelHandle, mira: MemberActor
) -> None:
    question = await asked(library)
    await library.store.questions.remove(question.id, mira.id)
    await look(library)
    for post in (posted(library.channel), posted(board)):
        assert HIDDEN in text_of(post) and "Row on" not in text_of(post) and "1" not in buttons_of(post)
    assert await posts_of(library) == []


async def test_words_that_are_forgotten_go_from_its_posts_too_with_the_answers_of_who_left(
    library: Library, board: ChannelHandle, orla: MemberActor
) -> None:
    question = await asked(library)
    for reader in (library.ben.id, library.ann.id):
        await library.store.ballots.cast(question.id, reader, 1, library.guild_id)
    await library.store.questions.reply(question.id, orla.id, "author", None, "I knew it.")
    await library.store.questions.close(question.id)
    await look(library)
    assert "I knew it" in text_of(posted(board)) and "2 · Row on" in text_of(posted(board))
    await library.store.privacy.delete(library.ben.id)
    await look(library, MINUTE)
    assert "1 · Row on" in text_of(posted(board))
    await library.store.privacy.delete(orla.id)
    await look(library)
    text = text_of(posted(board))
    assert "I knew it" not in text and "Row on" not in text and "(deleted)" in text


async def test_a_story_deleted_for_good_leaves_no_words_either(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel, post=library.channel)
    story = await library.id_of("Lighthouse")
    await library.store._db.execute(
        "UPDATE stories SET shelf = :shelf WHERE id = :story", {"shelf": str(library.guild_id), "story": story}
    )  # pyright: ignore[reportPrivateUsage]
    await library.store.uploads.delete(story, library.guild_id, orla.id)
    await look(library)
    assert HIDDEN in text_of(posted(library.channel)) and await posts_of(library) == []


async def test_nothing_is_posted_of_a_story_that_may_not_be_shared(library: Library, orla: MemberActor) -> None:
    await ask_question(orla, library.channel)
    question, story = await asked(library), await library.id_of("Lighthouse")
    panel = shown(await orla.slash(library.channel, "vote", story="Lighthouse"))
    await library.store._db.execute("UPDATE stories SET may_share = 0 WHERE id = :story", {"story": story})  # pyright: ignore[reportPrivateUsage]
    form = await library.forge(orla, panel, str(AskPost(question.id)))
    if form.modal is not None:
        form = await orla.submit_modal(form, {"channel": [library.channel]})
    assert library.refused(form)
    form = await orla.slash(library.channel, "author ask", story="Ferry")
    assert await posts_of(library) == []


async def test_asking_goes_on_where_it_may_not_be_posted_and_who_asks_is_told(
    library: Library, orla: MemberActor
) -> None:
    await library.load({"ferry.txt": samples.FERRY.replace("Rating: K+", "Rating: M")})
    attic = orla.guild.create_text_channel("attic")
    await restrict(library, attic)
    result = await ask_question(orla, attic, story="Ferry", post=library.channel)
    assert "What next?" in text_of(shown(result)), "it is open"
    [why] = result.followups
    assert why.content and why.ephemeral
    assert await posts_of(library) == []
    library.env.errors.clear()


async def test_a_closed_one_is_posted_no_more_by_a_form_of_before(library: Library, orla: MemberActor) -> None:
    panel = shown(await ask_question(orla, library.channel))
    question = await asked(library)
    manage = shown(await orla.click(panel, label="Manage"))
    form = await orla.click(manage, label="Post…")
    await library.store.questions.close(question.id)
    assert "closed" in library.refused(await orla.submit_modal(form, {"channel": [library.channel]}))
    assert await posts_of(library) == []


async def test_a_server_that_the_bot_left_is_not_drawn_in(library: Library, board: ChannelHandle) -> None:
    await library.store.question_posts.record(PostedQuestion((await asked(library)).id, 4711, 4712, 4713))
    await library.store.questions.close((await asked(library)).id)
    await look(library)
    assert 4713 not in await posts_of(library) and "closed" in text_of(posted(board))


async def test_a_post_that_discord_does_not_take_at_once_is_drawn_later(library: Library) -> None:
    orla, there = library.join("orla"), library.ann.guild.create_text_channel("elsewhere")
    story = await library.id_of("Lighthouse")
    await linked(library.store, story, orla.id)
    assert shown(await ask_question(orla, library.channel, post=there))
    library.env.inject_error("PATCH", f"/channels/{there.id}/messages/*", status=503, times=1)
    await library.store.questions.close((await library.store.questions.asked(story, library.guild_id)).id)
    await look(library)
    [post] = there.history()
    assert "closed" not in text_of(post)
    library.clock.forward(RETRY_SECONDS[0])
    await look(library)
    [post] = there.history()
    assert "closed" in text_of(post)
