"""Following a story or an author, and looking at what one follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain.follows import FOLLOWS_AT_MOST
from bot.domain.rights import Audience
from bot.errors import ReaderError
from bot.ui.ids import Follow, Unfollow
from tests import samples
from tests.databases import connected
from tests.library import Library
from tests.linking import linked
from tests.screens import card_for, mine
from tests.seen import Message, buttons_of, options_of, select_of, shown, text_of


async def panel(library: Library, story: str = "Ferry", channel: ChannelHandle | None = None) -> Message:
    """What Follow on a story's card opens, for Ann."""
    card = shown(await library.ann.slash(channel or library.channel, "stories", story=story, share=True))
    opened = shown(await library.ann.click(card, label="Follow"))
    assert opened.ephemeral
    return opened


async def follow(library: Library, what: str = "story", story: str = "Ferry") -> Message:
    return shown(await library.ann.click(await panel(library, story), label=f"Follow {what}"))


async def listed(library: Library) -> Message:
    answer = await mine(library.ann, library.channel, "following")
    assert answer.ephemeral
    return answer


async def test_a_story_is_followed_and_unfollowed_from_its_card(library: Library) -> None:
    opened = await panel(library)
    assert "You're not following this story." in text_of(opened) and "I'll DM you" in text_of(opened)
    await library.restart()
    followed = shown(await library.ann.click(opened, label="Follow story"))
    assert "You're following this story." in text_of(followed) and "Tam Sell." not in text_of(followed)
    assert "The Ferry of Words" in text_of(await listed(library))
    left = shown(await library.ann.click(followed, label="Unfollow story"))
    assert "You're not following this story." in text_of(left)
    assert "not following anything yet" in text_of(await listed(library))


RAFT = "Title: The Raft\nAuthor: TAM  sell\n\nIt floated, and that was all it did.\n"


async def link(library: Library, *stories: str, author: MemberActor | None = None) -> MemberActor:
    """A member who is linked to *stories* as their author."""
    author = author or library.join("tam")
    for story in stories:
        await linked(library.store, await library.id_of(story), author.id)
    return author


async def test_an_author_is_followed_in_all_stories_that_they_are_linked_to_under_whichever_name(
    library: Library,
) -> None:
    await library.load({"raft.txt": RAFT})
    tam = await link(library, "Ferry", "Spoon")
    assert "You're following Tam Sell." in text_of(await follow(library, "author"))
    assert "You're following the author." in text_of(await panel(library, "Spoon"))  # it names none
    assert "TAM" not in text_of(await panel(library, "Raft"))  # anybody may type a name
    await link(library, "Raft", author=tam)
    assert "You're following TAM  sell." in text_of(await panel(library, "Raft"))
    said = text_of(await listed(library))
    assert "Everything by TAM  sell" in said and "Ferry" not in said
    assert str(tam.id) not in said and "tam" not in said  # who is behind a pen name is theirs to say
    assert "You're not following TAM" in text_of(
        shown(await library.ann.click(await panel(library, "Raft"), label="Unfollow author"))
    )
    assert "not following anything yet" in text_of(await listed(library))


async def test_those_who_wrote_a_story_together_are_followed_and_left_together(library: Library) -> None:
    await link(library, "Ferry")
    await link(library, "Ferry", author=library.ben)
    opened = await follow(library, "author")
    assert await library.store.follows.count(library.ann.id) == 2
    await library.ann.click(opened, label="Unfollow author")
    assert await library.store.follows.count(library.ann.id) == 0


async def test_a_story_without_a_linked_author_offers_itself_alone(library: Library) -> None:
    opened = await panel(library, "Ferry")
    assert list(buttons_of(opened)) == ["Follow story"]
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    forged = await library.forge(library.ann, page.message, str(Follow("author", await library.id_of("Ferry"), True)))
    assert "you can only follow the story" in library.refused(forged)


async def test_an_author_all_of_whose_stories_are_hidden_here_is_not_named(library: Library) -> None:
    velvet = await library.store.for_audience(Audience(adult=True)).stories.find("Velvet")
    await linked(library.store, velvet.id, library.ben.id)
    await library.store.follows.follow(library.ann.id, "author", velvet.id, library.guild_id)
    said = text_of(await listed(library))
    assert "An author whose stories you can't see here" in said and (velvet.author or "?") not in said
    [row] = await library.store._db.rows("SELECT id FROM authors")
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon"))
    for reader, left in ((library.ben, 1), (library.ann, 0)):  # one who does not follow them, and one who does
        forged = await library.forge(reader, page.message, str(Unfollow("author", row["id"])))
        said = text_of(shown(forged))
        assert "unfollowed this author" in said and (velvet.author or "?") not in said
        assert await library.store.follows.count(library.ann.id) == left


async def test_who_deletes_their_data_is_followed_by_nobody(library: Library) -> None:
    tam = await link(library, "Ferry")
    await follow(library, "author")
    await library.store.privacy.delete(tam.id)
    assert await library.store.follows.count(library.ann.id) == 0


async def test_what_another_reader_follows_is_not_listed(library: Library) -> None:
    await follow(library)
    assert "Ferry" not in text_of(await mine(library.ben, library.channel, "following"))


async def test_pressing_follow_twice_follows_once(library: Library) -> None:
    opened = await panel(library)
    await library.click_at_once(opened, (library.ann, "Follow story"), (library.ann, "Follow story"))
    assert await library.store.follows.count(library.ann.id) == 1


async def test_the_list_is_turned_and_each_line_can_be_unfollowed(library: Library) -> None:
    await library.load(samples.shelf(10))
    for number in range(1, 11):
        story = await library.store.stories.find(f"Letter {number:03}")
        await library.store.follows.follow(library.ann.id, "story", story.id, library.guild_id)
    opened = await listed(library)
    first = text_of(opened)
    await library.restart()
    second = shown(await library.ann.click(opened, label="Next"))
    names = {f"Letter {n:03}" for n in range(1, 11)}
    assert sum(name in first for name in names) == 8
    assert all((name in first) != (name in text_of(second)) for name in names)
    left = second
    for _ in range(2):
        [one, *_] = options_of(left, "fd2").values()
        left = shown(await library.ann.select(left, [one], custom_id=select_of(left, "fd2")))
    assert sum(name in text_of(left) for name in names) == 8 and "Next" not in buttons_of(left)


async def test_a_story_that_is_not_shown_here_is_listed_without_its_name(library: Library) -> None:
    await follow(library)
    await library.take_away("ferry.txt")
    seen = await listed(library)
    assert "Ferry" not in text_of(seen) and "can't see here" in text_of(seen)
    assert "not following anything yet" in text_of(
        shown(await library.ann.select(seen, [*options_of(seen, "fd2").values()], custom_id=select_of(seen, "fd2")))
    )


async def test_a_reader_follows_only_so_much(library: Library, tmp_path: Path) -> None:
    with connected(tmp_path / "oneshot.db") as db:
        rows = [(library.ann.id, number) for number in range(1001, FOLLOWS_AT_MOST + 1001)]
        db.executemany("INSERT INTO authors (id, user_id) VALUES (?, ?)", [(number, number) for _, number in rows])
        db.executemany("INSERT INTO follows (user_id, author_id, guild_id, followed_at) VALUES (?, ?, 0, 0)", rows)
    await link(library, "Ferry")
    opened = await panel(library)
    assert "reached the limit" in library.refused(await library.ann.click(opened, label="Follow story"))
    story = await library.store.stories.find("Ferry")
    with pytest.raises(ReaderError, match="follows-full"):
        await library.store.follows.follow(library.ann.id, "author", story.id, 0)
    await library.store.follows.unfollow(library.ann.id, "author", 1001)
    for _ in range(2):  # at the limit, what is followed may be followed again
        await library.store.follows.follow(library.ann.id, "story", story.id, 0)
    await library.store.follows.follow(library.ben.id, "story", story.id, 0)


async def test_a_story_that_may_not_be_seen_cannot_be_followed(library: Library) -> None:
    velvet = await library.store.for_audience(Audience(adult=True)).stories.find("Velvet")
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon"))
    forged = await library.forge(library.ann, page.message, str(Follow("story", velvet.id, True)))
    assert "age-restricted" in library.refused(forged)
    assert await library.store.follows.count(library.ann.id) == 0


async def test_stories_are_followed_in_direct_messages(library: Library) -> None:
    card = await card_for(library.ann.user, None, "Ferry")
    opened = shown(await library.ann.user.click(card, label="Follow"))
    assert "You're following this story." in text_of(shown(await library.ann.user.click(opened, label="Follow story")))
