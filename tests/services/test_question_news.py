"""What came of a question: on the chapter that came of it, and in one message to who is to hear of it."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain.questions import DAY_SECONDS, NewQuestion, Question
from bot.domain.settings import ServerSettings
from bot.services.due_work import LOOK_SECONDS
from tests import samples
from tests.library import Library
from tests.linking import linked
from tests.samples import FORD, INN
from tests.screens import ask_question, card_for, read_at
from tests.seen import shown, text_of

HILL = "\nChapter 6: The Hill\n\n" + "It was no hill, said the map, and they walked up it all day.\n\n" * 3


@pytest.fixture
async def tam(library: Library) -> MemberActor:
    """Who wrote the story."""
    library.clock.at = library.clock() // DAY_SECONDS * DAY_SECONDS + 10 * 60 * 60
    member = library.join("tam")
    await linked(library.store, await library.id_of("Ferry"), member.id)
    return member


async def asked(library: Library) -> Question:
    return await library.store.questions.asked(await library.id_of("Ferry"), library.guild_id)


async def ask(
    library: Library, author: MemberActor, *counts: int, elsewhere: bool = False, ends: str = "chapter"
) -> Question:
    """Ask, and have it answered so often."""
    shown(await ask_question(author, library.channel, story="Ferry", ends=ends))
    question, reader = await asked(library), 5000
    for number, count in enumerate(counts, start=1):
        for _ in range(count):
            reader += 1
            await library.store.ballots.cast(question.id, reader, number, 0 if elsewhere else library.guild_id)
    return question


async def chapters(library: Library, *more: str) -> None:
    await library.load({"ferry.txt": samples.FERRY + "".join(more)})
    await library.env.advance_time(LOOK_SECONDS)


async def updates(library: Library) -> ChannelHandle:
    channel = library.ann.guild.create_text_channel("news")
    await library.store.settings.change_server(library.guild_id, lambda _: ServerSettings(news_channel=channel.id))
    return channel


async def first_page(library: Library, chapter: int = 4) -> str:
    return text_of(shown(await library.ben.slash(library.channel, "read", story="Ferry", chapter=chapter)))


# -- on the chapter ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "line"),
    [((1, 1), None), ((0, 0), None), ((2, 1), "2 of 3 said: Row on."), ((2, 2), "2 of 4 said: Row on and Row back.")],
)
async def test_it_tells_from_three_answers_on_and_a_tie_names_both(
    library: Library, tam: MemberActor, counts: tuple[int, int], line: str | None
) -> None:
    await ask(library, tam, *counts)
    await chapters(library, FORD)
    page = await first_page(library)
    assert (line in page) if line else ("said:" not in page)


async def test_it_is_no_part_of_the_text_the_search_or_a_quote_and_goes_with_the_chapter(
    library: Library, tam: MemberActor
) -> None:
    question = await ask(library, tam, 3)
    await chapters(library, FORD)
    assert "3 of 3 said" in await first_page(library)
    found = shown(await library.ben.slash(library.channel, "search", text="ferry"))
    assert "3 of 3" not in text_of(found)
    for table in ("pages", "quotes", "passages"):
        rows = await library.store._db.rows(f"SELECT * FROM {table}")  # pyright: ignore[reportPrivateUsage]
        assert "3 of 3" not in str([dict(row) for row in rows])
    await chapters(library)
    card = text_of(await card_for(library.ben, library.channel, "Ferry", share=False))
    assert "What next?" in card
    assert (await library.store.questions.find(question.id, None)).closed_at is not None
    assert (await asked(library)).is_default


async def test_a_long_reply_is_in_the_details_and_a_short_one_on_the_page(library: Library, tam: MemberActor) -> None:
    question = await ask(library, tam, 3)
    await chapters(library, FORD)
    await library.store.questions.reply(question.id, tam.id, "author", None, "So be it.")
    assert "3 of 3 said: Row on. **The author:** “So be it.”" in await first_page(library)
    long = "I had it written the other way round, and then I read what you had said, and burnt nine pages of it."
    await library.store.questions.reply(question.id, tam.id, "author", None, long)
    page = await first_page(library)
    assert "3 of 3 said: Row on." in page and "burnt" not in page
    info = text_of(await card_for(tam, library.channel, "Ferry", share=False))
    assert "burnt nine pages" in info


@pytest.mark.parametrize("how", ["by hand", "by its time", "by its time, which nobody saw"])
async def test_one_that_was_closed_before_is_told_by_the_first_chapter_after_it(
    library: Library, tam: MemberActor, how: str
) -> None:
    question = await ask(library, tam, 3, ends="chapter" if how == "by hand" else "1")
    if how == "by hand":
        await library.store.questions.close(question.id)
    library.clock.forward(2 * DAY_SECONDS)
    if how == "by its time":
        await library.store.questions.close_due()
    await chapters(library, FORD)
    assert "3 of 3 said: Row on." in await first_page(library)
    await chapters(library, FORD, INN)
    assert "said:" not in await first_page(library, 5)
    await chapters(library)
    await chapters(library, FORD)
    assert "3 of 3 said: Row on." in await first_page(library), "it goes and comes with its chapter"


async def test_of_several_that_closed_since_the_latest_with_enough_answers_is_told_and_the_others_never(
    library: Library, tam: MemberActor
) -> None:
    for counts in ((9,), (0, 4), (1, 1)):
        question = await ask(library, tam, *counts)
        await library.store.questions.close(question.id)
    await chapters(library, FORD)
    page = await first_page(library)
    assert "4 of 4 said: Row back." in page and page.count("said:") == 1
    await chapters(library, FORD, INN)
    assert "said:" not in await first_page(library, 5)


async def test_a_chapter_that_takes_the_place_of_another_tells_nothing(library: Library, tam: MemberActor) -> None:
    await chapters(library, FORD)
    question = await ask(library, tam, 3)
    await library.store.questions.close(question.id)
    await chapters(library)
    await chapters(library, INN)
    assert "said:" not in await first_page(library, 5)
    await chapters(library, INN, HILL)
    assert "3 of 3 said" in await first_page(library, 6)


async def test_a_removed_question_takes_its_line_along(library: Library, tam: MemberActor) -> None:
    question = await ask(library, tam, 3)
    await chapters(library, FORD)
    await library.store.questions.remove(question.id, tam.id)
    assert "said:" not in await first_page(library)


# -- news ---------------------------------------------------------------------------


async def test_who_follows_and_the_channels_of_servers_that_answered_get_one_message_for_both(
    library: Library, tam: MemberActor
) -> None:
    news = await updates(library)
    await library.store.follows.follow(library.ben.id, "story", await library.id_of("Ferry"), 0)
    await ask(library, tam, 3, 1)
    await chapters(library, FORD)
    [post], [message] = news.history(), library.ben.user.dm_channel.history()
    for each in (post, message):
        assert "The Ford" in text_of(each) and "3 of 4 said: Row on." in text_of(each)


async def test_asking_closing_and_a_reply_alone_notify_nobody(library: Library, tam: MemberActor) -> None:
    news = await updates(library)
    await library.store.follows.follow(library.ben.id, "story", await library.id_of("Ferry"), 0)
    question = await ask(library, tam, 3)
    await library.store.questions.close(question.id)
    await library.store.questions.reply(question.id, tam.id, "author", None, "So be it.")
    await library.env.advance_time(LOOK_SECONDS)
    assert news.history() == [] and library.ben.user.dm_channel.history() == []


async def test_a_server_where_nobody_answered_or_follows_hears_nothing(library: Library, tam: MemberActor) -> None:
    news = await updates(library)
    await ask(library, tam, 3, elsewhere=True)
    await chapters(library, FORD)
    assert news.history() == []


async def test_one_result_a_story_and_day_is_news(library: Library, tam: MemberActor) -> None:
    news = await updates(library)
    await ask(library, tam, 3)
    await chapters(library, FORD)
    library.clock.forward(60 * 60)
    await ask(library, tam, 0, 4)
    await chapters(library, FORD, INN)
    library.clock.forward(DAY_SECONDS)
    await ask(library, tam, 0, 5)
    await chapters(library, FORD, INN, HILL)
    first, second, third = sorted(news.history(), key=lambda each: each.id)
    assert "The Ford" in text_of(first) and "3 of 3 said" in text_of(first)
    assert "The Inn" in text_of(second) and "said:" not in text_of(second)
    assert "The Hill" in text_of(third) and "5 of 5 said" in text_of(third)
    assert "4 of 4 said: Row back." in await first_page(library, 5), "the page tells it"


async def test_one_that_was_closed_before_is_news_with_its_chapter_and_is_that_days_result(
    library: Library, tam: MemberActor
) -> None:
    news = await updates(library)
    question = await ask(library, tam, 3)
    await library.store.questions.close(question.id)
    await library.env.advance_time(LOOK_SECONDS)
    assert news.history() == []
    library.clock.forward(2 * DAY_SECONDS)
    await chapters(library, FORD)
    await ask(library, tam, 0, 4)
    await chapters(library, FORD, INN)
    first, second = sorted(news.history(), key=lambda each: each.id)
    assert "The Ford" in text_of(first) and "3 of 3 said: Row on." in text_of(first)
    assert "The Inn" in text_of(second) and "said:" not in text_of(second)


async def test_the_last_three_are_on_the_card_and_hidden_counts_show_there_after_the_close_only(
    library: Library, tam: MemberActor
) -> None:
    await read_at(library, library.ben, story="Ferry", chapter=3)
    story = await library.id_of("Ferry")
    for number in range(4):
        new = NewQuestion(story, 100 + number, 0, f"Number {number}?", ("Row on", "Row back"), "chapter", hidden=True)
        await library.store.questions.ask(new)
        question = await asked(library)
        await library.store.ballots.cast(question.id, library.ben.id, 2, library.guild_id)
        before = text_of(await card_for(library.ben, library.channel, "Ferry", share=False))
        assert f"Number {number}? Row back" not in before
        await library.store.questions.close(question.id)
    card = text_of(await card_for(library.ben, library.channel, "Ferry", share=False))
    assert all(f"Number {number}? Row back" in card for number in (1, 2, 3)) and "Number 0?" not in card
