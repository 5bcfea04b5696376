"""Reactions to a page keep the words that they were given to."""

from __future__ import annotations

from pathlib import Path

from bot.domain.reactions import Emoji, Post
from bot.store import Store
from bot.stories import read_story
from tests.databases import connected
from tests.store.publishing import ANN, GUILD, put_on_shelf

TEXT = "\n\n".join(
    f"On day {n} the ferry came over empty, and the bell on the pier was rung for nobody." for n in range(90)
)


async def test_an_emoji_on_a_later_page_keeps_the_words_of_that_page(empty_store: Store, file: Path) -> None:
    story = await put_on_shelf(empty_store, "ferry", read_story(TEXT.encode(), "ferry.txt"))
    first, last = await empty_store.pages.ends(story)
    page = await empty_store.pages.open(last)
    await empty_store.posts.record(Post(77, 1, GUILD), story, page=page.spot)
    await empty_store.message_emoji.give(77, ANN, Emoji("🔥"))
    with connected(file) as db:
        [(start, passage)] = db.execute("SELECT start, passage FROM reactions").fetchall()
    assert start == page.spot.offset > first.offset
    assert passage and page.text.startswith(passage)
