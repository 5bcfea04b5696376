"""Following a story or an author, and looking at what one follows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from simcord.builders import ChannelHandle

from bot.domain.audience import Audience
from bot.domain.follows import FOLLOWS_AT_MOST
from bot.errors import ReaderError
from bot.ui.ids.follows import Follow
from tests import samples
from tests.conftest import Library, Message, buttons_of, shown, text_of


async def panel(library: Library, story: str = "Ferry", channel: ChannelHandle | None = None) -> Message:
    """What Follow on a story's card opens, for Ann."""
    card = shown(await library.ann.slash(channel or library.channel, "story", story=story))
    opened = shown(await library.ann.click(card, label="Follow"))
    assert opened.ephemeral
    return opened


async def follow(library: Library, what: str = "this story", story: str = "Ferry") -> Message:
    return shown(await library.ann.click(await panel(library, story), label=f"Follow {what}"))


async def listed(library: Library) -> Message:
    answer = shown(await library.ann.slash(library.channel, "following"))
    assert answer.ephemeral
    return answer


async def test_a_story_is_followed_and_unfollowed_from_its_card(library: Library) -> None:
    opened = await panel(library)
    assert "You do not follow this story." in text_of(opened) and "direct message" in text_of(opened)
    await library.restart()
    followed = shown(await library.ann.click(opened, label="Follow this story"))
    assert "You follow this story." in text_of(followed) and "You do not follow Tam Sell." in text_of(followed)
    assert "The Ferry of Words" in text_of(await listed(library))
    left = shown(await library.ann.click(followed, label="Unfollow this story"))
    assert "You do not follow this story." in text_of(left)
    assert "You follow nothing yet" in text_of(await listed(library))


async def test_an_author_is_followed_in_all_stories_by_that_name_however_it_is_written(library: Library) -> None:
    await library.load({"raft.txt": "Title: The Raft\nAuthor: TAM  sell\n\nIt floated, and that was all it did.\n"})
    assert "You follow Tam Sell." in text_of(await follow(library, "the author"))
    assert "You follow TAM  sell." in text_of(await panel(library, "Raft"))
    said = text_of(await listed(library))
    assert "All by Tam Sell" in said and "Ferry" not in said


async def test_a_story_without_an_author_offers_itself_alone(library: Library) -> None:
    opened = await panel(library, "Spoon")
    assert list(buttons_of(opened)) == ["Follow this story"]
    spoon = await library.id_of("Spoon")
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon"))
    forged = await library.forge(library.ann, page.message, str(Follow("author", spoon, True)))
    assert "do not know this button" in library.refused(forged)


async def test_what_another_reader_follows_is_not_listed(library: Library) -> None:
    await follow(library)
    assert "Ferry" not in text_of(shown(await library.ben.slash(library.channel, "following")))


async def test_pressing_follow_twice_follows_once(library: Library) -> None:
    opened = await panel(library)
    await library.click_at_once(opened, (library.ann, "Follow this story"), (library.ann, "Follow this story"))
    assert await library.store.follows.count(library.ann.id) == 1


async def test_the_list_is_turned_and_each_line_can_be_unfollowed(library: Library) -> None:
    await library.load(samples.shelf(5))
    for number in range(1, 6):
        story = await library.store.stories.find(f"Letter {number:03}")
        await library.store.follows.follow(library.ann.id, "story", story.id, library.guild_id)
    opened = await listed(library)
    first = text_of(opened)
    await library.restart()
    second = shown(await library.ann.click(opened, label="Next"))
    names = {f"Letter {n:03}" for n in range(1, 6)}
    assert sum(name in first for name in names) == 4
    assert all((name in first) != (name in text_of(second)) for name in names)
    left = shown(await library.ann.click(second, label="Unfollow 1"))
    assert text_of(left).count("Letter") == 4 and "Next" not in buttons_of(left)


async def test_a_story_that_is_not_shown_here_is_listed_without_its_name(library: Library) -> None:
    await follow(library)
    await library.take_away("ferry.txt")
    seen = await listed(library)
    assert "Ferry" not in text_of(seen) and "not shown here" in text_of(seen)
    assert "You follow nothing yet" in text_of(shown(await library.ann.click(seen, label="Unfollow 1")))


async def test_a_reader_follows_only_so_much(library: Library, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "oneshot.db") as db:
        rows = [(library.ann.id, number) for number in range(1, FOLLOWS_AT_MOST + 1)]
        db.executemany("INSERT INTO followed_authors (id, key, name) VALUES (?2, ?2, ?2)", rows)
        db.executemany("INSERT INTO follows (user_id, author_id, guild_id, followed_at) VALUES (?, ?, 0, 0)", rows)
    opened = await panel(library)
    assert "as many as I can keep" in library.refused(await library.ann.click(opened, label="Follow this story"))
    story = await library.store.stories.find("Ferry")
    with pytest.raises(ReaderError, match="follows-full"):
        await library.store.follows.follow(library.ann.id, "author", story.id, 0)
    await library.store.follows.follow(library.ben.id, "story", story.id, 0)


async def test_a_story_that_may_not_be_seen_cannot_be_followed(library: Library) -> None:
    velvet = await library.store.for_audience(Audience(adult=True)).stories.find("Velvet")
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon"))
    forged = await library.forge(library.ann, page.message, str(Follow("story", velvet.id, True)))
    assert "age-restricted" in library.refused(forged)
    assert await library.store.follows.count(library.ann.id) == 0


async def test_stories_are_followed_in_direct_messages(library: Library) -> None:
    card = shown(await library.ann.user.slash("story", story="Ferry"))
    opened = shown(await library.ann.user.click(card, label="Follow"))
    assert "You follow this story." in text_of(shown(await library.ann.user.click(opened, label="Follow this story")))
