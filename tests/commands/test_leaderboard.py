"""Lists of the most loved, and the counts behind them."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.domain.anonymity import DAY_SECONDS
from bot.domain.reactions import RANKINGS, Emoji, Metric, Post, Ranked
from bot.store import Store
from bot.store.leaderboard import Score, count_scores, period
from tests.clock import Clock
from tests.library import Library
from tests.linking import linked
from tests.seen import Message, buttons_of, components_of, options_of, select_of, shown, text_of
from tests.votes import cast_vote, unvote

NOW = 1_790_000_000.0


def monday(year: int, month: int, day: int) -> float:
    return datetime(year, month, day, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (monday(2026, 11, 16), monday(2026, 11, 23) - 1, True),
        (monday(2026, 11, 16) - 1, monday(2026, 11, 16), False),
        (monday(2026, 12, 28), datetime(2027, 1, 3, 23, tzinfo=UTC).timestamp(), True),
    ],
)
def test_a_week_begins_on_monday_also_over_new_year(one: float, other: float, same: bool) -> None:
    assert (period("week", one) == period("week", other)) is same


async def test_a_score_counts_for_its_week_its_month_and_ever(store: Store) -> None:
    for at in (0, 86_400 * 4 - 1, 86_400 * 4, int(NOW), int(monday(2027, 1, 1))):
        await store._db.execute("DELETE FROM leaderboard")
        await store._db.write(partial(count_scores, scores=[Score("story", "saves", 7, at, 1, 1)]))
        rows = await store._db.rows("SELECT DISTINCT period FROM leaderboard WHERE guild_id = 7")
        assert {row[0] for row in rows} == {period("week", at), period("month", at), "all"}


async def asked(library: Library, **options: str | bool) -> Message:
    return shown(await library.ann.slash(library.channel, "top", **options))


async def test_stories_stand_in_the_order_of_their_reactions(library: Library) -> None:
    ferry, lighthouse = await library.id_of("Ferry"), await library.id_of("Lighthouse")
    for reader in range(1, 4):
        await library.store.reactions.toggle(ferry, reader, "🔥", library.guild_id)
    await library.store.reactions.toggle(lighthouse, 1, "🔥", library.guild_id)
    text = text_of(await asked(library))
    assert text.index("Ferry") < text.index("Lighthouse") and "3 reactions" in text and "1 reaction" in text


async def test_a_list_counts_this_server_or_everywhere(library: Library) -> None:
    await library.store.reactions.toggle(await library.id_of("Ferry"), 1, "🔥", 99)
    here = await asked(library)
    assert "Nothing here yet" in text_of(here)
    everywhere = shown(await library.ann.click(here, label="All servers"))
    assert "Ferry" in text_of(everywhere)
    assert "Nothing here yet" in text_of(shown(await library.ann.click(everywhere, label="This server")))


async def test_a_list_counts_this_week_this_month_or_ever(library: Library, clock: Clock) -> None:
    await library.store.reactions.toggle(await library.id_of("Ferry"), 1, "🔥", library.guild_id)
    answer = await asked(library, since="week")
    assert "Ferry" in text_of(answer)
    clock.at = clock() + 40 * 86_400
    for label in ("Month", "Week"):
        answer = shown(await library.ann.click(answer, label=label))
        assert "Nothing here yet" in text_of(answer)
    assert "Ferry" in text_of(shown(await library.ann.click(answer, label="All time")))


async def test_emoji_on_a_quote_count_for_that_quote(library: Library) -> None:
    first = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    await library.ben.react(first, "🌟")
    second = shown(await library.ann.click(first, label="Another"))
    await library.ann.react(second, "🌟")
    answer = await asked(library, what="quote")
    assert text_of(answer).count("1 reaction") == 2
    await library.ben.unreact(second, "🌟")
    assert text_of(await asked(library, what="quote")).count("1 reaction") == 1


async def test_saved_quotes_and_finished_reads_and_votes_are_listed(library: Library) -> None:
    answer = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    await library.ann.click(answer, label="Save")
    await library.ann.slash(library.channel, "read", story="Spoon")
    await read_and_saved_by_more(library, quote_id(answer))
    vote = shown(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    await library.ann.click(vote, label="I want more")
    await library.restart()
    assert "saved 5 times" in text_of(await asked(library, what="quote", by="saves"))
    for by, title in (("saves", "Ferry"), ("reads", "Spoon"), ("votes", "Lighthouse")):
        text = text_of(await asked(library, by=by))
        assert title in text and text.count("**2.**") == 0


async def test_another_list_is_picked_and_its_places_open(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    await library.ann.click(quote, label="Save")
    await read_and_saved_by_more(library, quote_id(quote))
    answer = shown(await library.ann.select(await asked(library), ["quote:saves"], custom_id="tp1:ever:1"))
    opened = shown(await library.ann.select(answer, [quote_id(quote)], custom_id=select_of(answer, "to2")))
    assert opened.ephemeral and "Another" not in buttons_of(opened)
    answer = shown(await library.ann.select(answer, ["story:saves"], custom_id=select_of(answer, "tp1")))
    card = shown(await library.ann.select(answer, [str(await library.id_of("Ferry"))], custom_id="to2:story"))
    assert card.ephemeral and "Read" in buttons_of(card)


def quote_id(message: Message) -> str:
    from tests.seen import ids_by_label

    return ids_by_label(message)["Save"].split(":")[1]


async def read_and_saved_by_more(library: Library, quote: str, readers: int = 5) -> None:
    """What readers only do is told of five or more, from the next day on."""
    _, last = await library.store.pages.ends(await library.id_of("Spoon"))
    for reader in range(5000, 5000 + readers):
        await library.store.saved_quotes.keep(reader, int(quote), library.guild_id)
        await library.store.places.move(reader, await library.store.pages.open(last), library.guild_id)
    library.clock.forward(DAY_SECONDS)


async def test_what_readers_only_do_is_told_in_steps(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    await read_and_saved_by_more(library, quote_id(quote), readers=7)
    for what in ("story", "quote"):
        text = text_of(await asked(library, what=what, by="saves"))
        assert "5" in text and "7" not in text


async def test_a_list_without_anything_in_it_is_not_offered(library: Library) -> None:
    assert select_ids(await asked(library)) == set()
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    await library.ann.click(quote, label="Save")
    await library.ann.react(quote, "🌟")
    await read_and_saved_by_more(library, quote_id(quote), readers=3)
    listed = await asked(library)
    assert list(options_of(listed, "tp1")) == ["Stories by reactions", "Quotes by reactions"]
    for value in options_of(listed, "tp1").values():
        opened = shown(await library.ann.select(listed, [value], custom_id=select_of(listed, "tp1")))
        assert "**1." in text_of(opened)
    empty = await asked(library, by="reads")
    assert "Nothing to show here yet" in text_of(empty) and "first" not in text_of(empty)
    assert "Stories by readers who finished" in options_of(empty, "tp1")  # it is the one that is open
    await read_and_saved_by_more(library, quote_id(quote))
    assert len(options_of(await asked(library), "tp1")) == 5


async def test_a_list_of_what_may_not_be_shown_here_is_not_offered(library: Library) -> None:
    rows = await library.store._db.rows("SELECT id FROM stories WHERE mature = 1")
    await cast_vote(library.store, int(rows[0][0]), 5, "continue", library.guild_id)
    await library.store.reactions.toggle(await library.id_of("Ferry"), 1, "🔥", library.guild_id)
    assert select_ids(await asked(library)) == {"to2"}


def select_ids(message: Message) -> set[str]:
    """The kinds of selects on a message."""
    return {each["custom_id"].split(":")[0] for each in components_of(message) if each["type"] == 3}


async def test_an_emoji_taken_back_in_one_server_counts_in_the_other(library: Library) -> None:
    story = await library.id_of("Ferry")
    for message, guild in ((1, 5), (2, 6)):
        await library.store.posts.record(Post(message, 1, guild), story)
        await library.store.message_emoji.give(message, library.ann.id, Emoji("🌟"))
    assert await counted(library.store, "story", "reactions", 5) == {story: 1}
    await library.store.message_emoji.take(1, library.ann.id, Emoji("🌟"))
    assert await counted(library.store, "story", "reactions", 5) == {}
    assert await counted(library.store, "story", "reactions", 6) == {story: 1}
    assert await counted(library.store, "story", "reactions", 0) == {story: 1}


async def test_what_is_not_counted_says_so(library: Library) -> None:
    refused = await library.ann.slash(library.channel, "top", what="quote", by="votes")
    assert "by reactions or saves" in library.refused(refused)
    forged = await library.forge(library.ann, await asked(library), "tp1:ever:1", values=["story:money"])
    assert "by reactions or saves" in library.refused(forged)


async def test_stories_for_adults_are_not_listed_where_not_all_are(library: Library) -> None:
    rows = await library.store._db.rows("SELECT id FROM stories WHERE mature = 1")
    await library.store.reactions.toggle(int(rows[0][0]), 5, "🔥", library.guild_id)
    assert "Velvet" not in text_of(await asked(library))


async def test_counts_are_what_their_rows_say_after_anything_readers_do(store: Store) -> None:
    """Three thousand random operations, with doubles, as a resumed gateway sends them."""
    chance = random.Random(6)
    stories = [entry.id for entry in await store.stories.search("", 10)]
    drawn = {each.id: each.story.id for each in [await store.quotes.draw("guild:1") for _ in range(4)]}
    quotes = list(drawn)
    pages = [await store.pages.open((await store.pages.ends(story))[1]) for story in stories]
    for message in range(1, 13):
        quote = chance.choice([None, *quotes])
        await store.posts.record(
            Post(message, 1, chance.choice([None, 5, 6])),
            drawn[quote] if quote else chance.choice(stories),
            quote=quote,
        )
    hidden = 0
    for step in range(3_000):
        reader, guild = chance.randint(1, 12), chance.choice([None, 5, 6])
        story, emoji = chance.choice(stories), chance.choice("🔥🌟")
        if await store.authors.wrote(reader, story) and chance.random() < 0.5:
            await store.authors.unlink(story, reader)
        for _ in range(chance.choice([1, 1, 2])):
            wrote = await store.authors.wrote(reader, story)
            match chance.randint(0, 9):
                case 3 | 4 if wrote:  # refused: their own story
                    pass
                case 0 | 1:
                    await store.message_emoji.give(chance.randint(1, 14), reader, Emoji(emoji))
                case 2:
                    await store.message_emoji.take(chance.randint(1, 14), reader, Emoji(emoji))
                case 3:
                    await store.reactions.toggle(story, reader, emoji, guild)
                case 4:
                    await cast_vote(store, story, reader, chance.choice(["continue", "leave"]), guild)
                case 5:
                    await unvote(store, story, reader)
                case 6:
                    await store.saved_quotes.keep(reader, chance.choice(quotes), guild)
                case 7:
                    await store.saved_quotes.drop(reader, chance.choice(quotes))
                case 8:
                    await store.places.move(reader, chance.choice(pages), guild)
                case _ if chance.random() < 0.1:
                    await store.privacy.delete(reader)
                case _ if chance.random() < 0.3:
                    await linked(store, story, reader)
                case _ if chance.random() < 0.1:
                    quote = chance.choice(quotes)
                    await store.posts.record(
                        Post(message := chance.randint(1, 12), 1, guild), drawn[quote], quote=quote
                    )
                    await store.message_emoji.settle(message, Emoji(emoji), {reader, chance.randint(1, 12)})
                case _:
                    await store.message_emoji.take(chance.randint(1, 12))
        if step % 300 == 0:
            await assert_counted(store)
            hidden += len(await store._db.rows("SELECT 1 FROM story_authors JOIN reactions USING (story_id, user_id)"))
    await assert_counted(store)
    assert hidden  # authors have reacted before they were linked
    for reader in range(1, 13):
        await store.privacy.delete(reader)
    await assert_counted(store)
    for table, count in (("leaderboard", "count"), ("stories", "loved + go_on"), ("quotes", "loved + saves")):
        assert await store._db.rows(f"SELECT * FROM {table} WHERE {count} <> 0") == []
    for table, count in (("answer_counts", "count"), ("finish_counts", "readers + go_on + leave")):
        assert await store._db.rows(f"SELECT * FROM {table} WHERE {count} <> 0") == []


BY_READER = "r.user_id NOT IN (SELECT a.user_id FROM story_authors a WHERE a.story_id = r.story_id)"
"""What an author said of their own story is kept, and not counted."""


async def assert_counted(store: Store) -> None:
    """All that is counted of reactions, reads, votes and saved quotes is what a count of their rows finds."""
    for what, by in RANKINGS:
        for guild in (0, 5, 6):
            assert await counted(store, what, by, guild) == await by_rows(store, what, by, guild), (what, by, guild)
    tallies = {tuple(row) for row in await store._db.rows("SELECT story_id, emoji, readers FROM reaction_counts")}
    rows = await store._db.rows(
        f"SELECT story_id, emoji, count(DISTINCT user_id) FROM reactions r WHERE {BY_READER} GROUP BY story_id, emoji"
    )
    assert tallies == {tuple(row) for row in rows}
    loved = await store._db.rows(
        "SELECT s.loved, (SELECT coalesce(sum(readers), 0) FROM reaction_counts WHERE story_id = s.id) FROM stories s"
    )
    assert all(row[0] == row[1] for row in loved)
    kept = await store._db.rows(
        "SELECT q.saves, (SELECT count(*) FROM saved_quotes WHERE quote_id = q.id), q.loved,"
        " (SELECT count(DISTINCT emoji || user_id) FROM reactions r WHERE quote_id = q.id"
        "  AND user_id NOT IN (SELECT user_id FROM story_authors a WHERE a.story_id = q.story_id)) FROM quotes q"
    )
    assert all(row[0] == row[1] and row[2] == row[3] for row in kept)


async def counted(store: Store, what: Ranked, by: Metric, guild: int) -> dict[int, int]:
    rows = await store._db.rows(
        "SELECT id, count FROM leaderboard WHERE kind = ? AND counted = ? AND guild_id = ? AND period = 'all'"
        " AND count <> 0",
        (what, by, guild),
    )
    return {int(each): int(count) for each, count in rows}


_DEFAULTS = (
    "(SELECT q.story_id, b.user_id, b.number, b.guild_id FROM ballots b JOIN questions q ON q.id = b.question_id"
    " WHERE q.text IS NULL) r"
)


FIRSTS = "(SELECT * FROM reactions WHERE id IN (SELECT min(id) FROM reactions GROUP BY {}, emoji, user_id)) r"
"""The rows by which a reader and emoji count."""


async def by_rows(store: Store, what: Ranked, by: Metric, guild: int) -> dict[int, int]:
    """The same from what readers did, row by row."""
    table, each, where = {
        ("story", "reactions"): (FIRSTS.format("story_id"), "story_id", BY_READER),
        ("story", "reads"): ("places", "story_id", "finished_at IS NOT NULL"),
        ("story", "votes"): (_DEFAULTS, "story_id", f"number = 1 AND {BY_READER}"),
        ("story", "saves"): ("saved_quotes JOIN quotes q ON q.id = quote_id", "q.story_id", "TRUE"),
        ("quote", "reactions"): (FIRSTS.format("quote_id"), "quote_id", f"quote_id IS NOT NULL AND {BY_READER}"),
        ("quote", "saves"): ("saved_quotes", "quote_id", "TRUE"),
    }[what, by]
    column = "finished_in" if by == "reads" else "guild_id"
    rows = await store._db.rows(
        f"SELECT {each}, count(*) FROM {table} WHERE {where} AND (? = 0 OR {column} = ?) GROUP BY 1", (guild, guild)
    )
    return {int(found): int(count) for found, count in rows}
