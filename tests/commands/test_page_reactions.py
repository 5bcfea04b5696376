"""Reactions to a page: given where a reader is, counted once for the story, found again when the text has changed."""

from __future__ import annotations

from bot.stories.model import Spot
from tests import samples
from tests.library import Library
from tests.screens import card_for, read_at
from tests.seen import Message, buttons_of, components_of, reaction_id, shown, text_of

Place = tuple[int, int]


async def places(library: Library) -> dict[str, list[Place]]:
    """What the store holds: the chapter's number and the offset of each reaction by emoji; (0, 0): to the story."""
    rows = await library.store._db.rows(  # pyright: ignore[reportPrivateUsage]
        "SELECT emoji, coalesce(position, 0), start FROM reactions LEFT JOIN chapters ON chapters.id = chapter_id"
        " ORDER BY emoji, number, start"
    )
    found: dict[str, list[Place]] = {}
    for emoji, number, start in rows:
        found.setdefault(emoji, []).append((number, start))
    return found


async def tally(library: Library, title: str = "Lighthouse") -> dict[str, int]:
    return {each.emoji.key: each.readers for each in await library.store.reactions.tally(await library.id_of(title))}


async def loved(library: Library) -> int:
    """The count on the story's row, which the triggers keep."""
    return sum(count for _, count in await library.store.leaderboard.stories("reactions", "ever", 0, 9))


async def page_of(library: Library, number: int, title: str = "Lighthouse") -> Message:
    return shown(await read_at(library, library.ann, story=title, page=number))


async def start_of(library: Library, number: int) -> Place:
    return 1, (await library.pages_of())[number - 1].spot.offset


def given(message: Message) -> set[str]:
    """The emoji of the buttons that are lit."""
    return {each["emoji"]["name"] for each in components_of(message) if each.get("style") == 1}


async def test_a_reader_reacts_to_the_page_they_are_on_and_nobody_else_sees_it(library: Library) -> None:
    page = await page_of(library, 2)
    panel = shown(await library.ben.click(page, label="React"))
    assert panel.ephemeral and "Page 2 of 6" in text_of(panel) and "4 hours" in text_of(panel)
    await library.restart()
    drawn = shown(await library.ben.click(panel, custom_id=reaction_id(panel, "😭")))
    assert drawn.id == panel.id and given(drawn) == {"😭"}
    assert "Your reactions to this page: 😭 Cried" in text_of(drawn)
    assert await places(library) == {"😭": [await start_of(library, 2)]}
    assert await tally(library) == {"😭": 1}
    drawn = shown(await library.ben.click(panel, custom_id=reaction_id(panel, "😭")))
    assert given(drawn) == set() and "Your reactions" not in text_of(drawn)
    assert await places(library) == {} and await tally(library) == {}


async def test_a_page_of_a_chapter_is_named_with_its_chapter(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Ferry", chapter=2))
    assert "Chapter 2, page 1 of 2" in text_of(shown(await library.ann.click(page, label="React")))


async def test_a_reader_counts_once_for_the_story_however_many_pages_moved_them(library: Library) -> None:
    for number in (1, 2, 4):
        panel = shown(await library.ann.click(await page_of(library, number), label="React"))
        await library.ann.click(panel, custom_id=reaction_id(panel, "🔥"))
    assert (await places(library))["🔥"] == [await start_of(library, n) for n in (1, 2, 4)]
    assert await tally(library) == {"🔥": 1} and await loved(library) == 1
    panel = shown(await library.ann.click(await page_of(library, 2), label="React"))
    await library.ann.click(panel, custom_id=reaction_id(panel, "🔥"))
    assert await tally(library) == {"🔥": 1} and await loved(library) == 1
    assert len((await places(library))["🔥"]) == 2


async def test_the_storys_own_button_takes_back_what_was_given_to_all_pages(library: Library) -> None:
    for number in (1, 3):
        panel = shown(await library.ann.click(await page_of(library, number), label="React"))
        await library.ann.click(panel, custom_id=reaction_id(panel, "🔥"))
    panel = shown(await library.ann.slash(library.channel, "react", story="Lighthouse"))
    drawn = shown(await library.ann.click(panel, custom_id=reaction_id(panel, "🔥")))
    assert given(drawn) == set() and await places(library) == {}
    assert await loved(library) == 0


async def test_a_page_shows_what_was_given_to_it_and_not_to_others(library: Library) -> None:
    await library.store.reactions.toggle(await library.id_of("Lighthouse"), library.ann.id, "❤")
    panel = shown(await library.ann.click(await page_of(library, 3), label="React"))
    assert given(panel) == set()
    await library.ann.click(panel, custom_id=reaction_id(panel, "😂"))
    elsewhere = shown(await library.ann.click(await page_of(library, 4), label="React"))
    assert given(elsewhere) == set()
    again = shown(await library.ann.click(await page_of(library, 3), label="React"))
    assert given(again) == {"😂"}


async def test_the_buttons_under_the_last_page_give_to_it_and_take_back_what_is_the_whole_storys(
    library: Library,
) -> None:
    last = await page_of(library, 6)
    assert "React" not in buttons_of(last)
    await library.ann.click(last, custom_id=reaction_id(last, "🔥"))
    assert await places(library) == {"🔥": [await start_of(library, 6)]}
    await library.ann.click(last, custom_id=reaction_id(last, "🔥"))
    assert await places(library) == {}
    card = await card_for(library.ann, library.channel, "Lighthouse")
    await library.ann.click(card, custom_id=reaction_id(card, "🔥"))
    assert await places(library) == {"🔥": [(0, 0)]}
    await library.ann.click(last, custom_id=reaction_id(last, "🔥"))
    assert await places(library) == {} and await tally(library) == {}


async def test_an_emoji_is_given_to_the_page_that_the_message_shows_when_it_comes(library: Library) -> None:
    page = await page_of(library, 1)
    await library.ben.react(page, "🐙")
    await library.ann.click(page, label="Next")
    await library.restart()
    await library.ben.react(page, "🦊")
    assert await places(library) == {"🐙": [(1, 0)], "🦊": [await start_of(library, 2)]}
    await library.ben.unreact(page, "🐙")
    assert await places(library) == {"🦊": [await start_of(library, 2)]}


async def test_an_emoji_is_given_to_the_page_that_all_see_where_the_next_one_is_shown_to_its_reader_alone(
    library: Library,
) -> None:
    page = await page_of(library, 1)
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("Author:", "Sharing: no\nAuthor:", 1)})
    assert shown(await library.ann.click(page, label="Next")).ephemeral
    await library.ben.react(page, "🦊")
    assert await places(library) == {"🦊": [(1, 0)]}


async def test_an_emoji_on_a_card_is_the_whole_storys(library: Library) -> None:
    await library.ben.react(await card_for(library.ann, library.channel, "Lighthouse"), "🐙")
    assert await places(library) == {"🐙": [(0, 0)]}


async def test_the_page_of_a_thread_is_reacted_to_where_it_is(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Lighthouse", together=True)
    [thread] = library.channel.threads
    [page] = [message for message in thread.history() if message.components]
    await library.ann.click(page, label="Next")
    await library.ben.react(page, "🐙")
    assert await places(library) == {"🐙": [await start_of(library, 2)]}


async def test_a_reaction_to_a_page_is_found_again_after_an_edit(library: Library) -> None:
    for number in (2, 4):
        panel = shown(await library.ann.click(await page_of(library, number), label="React"))
        await library.ann.click(panel, custom_id=reaction_id(panel, "🔥"))
    words = {page.text.strip()[:40] for page in (await library.pages_of())[1:4:2]}
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("----\n\n", "----\n\nIt rained all night.\n\n")})
    await library.restart()
    prose = (await library.store.stories.whole(await library.id_of("Lighthouse"))).chapters[0].prose
    assert {prose[start:].strip()[:40] for _, start in (await places(library))["🔥"]} == words
    assert await tally(library) == {"🔥": 1} and await loved(library) == 1


async def test_a_reaction_to_a_page_that_is_gone_is_the_whole_storys(library: Library) -> None:
    kept = "Title: Two Roads\n\nChapter 1: Up\n\nThe upper road was dry, and so were its jokes.\n\n"
    gone = "Chapter 2: Down\n\nNobody came back along the lower one, except for its milestones.\n"
    await library.load({"roads.txt": kept + gone})
    second = shown(await read_at(library, library.ann, story="Two Roads", chapter=2))
    await library.ann.click(second, custom_id=reaction_id(second, "🔥"))
    assert await places(library) == {"🔥": [(2, 0)]}
    await library.load({"roads.txt": kept})
    assert await places(library) == {"🔥": [(0, 0)]}
    await library.ann.click(second, custom_id=reaction_id(second, "😭"))
    assert await places(library) == {"🔥": [(0, 0)], "😭": [(0, 0)]}
    assert await tally(library, "Two Roads") == {"🔥": 1, "😭": 1}


async def test_pages_of_one_reader_that_become_one_leave_one_reaction(library: Library) -> None:
    title = "Kettle"
    await library.load({"kettle.txt": samples.sized(title, 4)})
    story = await library.id_of(title)
    for page in (await library.pages_of(title))[:3]:
        for reader in (library.ann.id, library.ben.id):
            await library.store.reactions.toggle(story, reader, "🔥", page=page)
    await library.load({"kettle.txt": f"Title: {title}\n\nNothing of it was left, not even the weather.\n"})
    first, met = (1, 0), (1, len("Nothing of it was left, not even the weather.") - 1)
    assert await places(library) == {"🔥": [first, first, met, met]}
    assert await tally(library, title) == {"🔥": 2} and await loved(library) == 2


async def test_a_page_of_another_story_is_no_page_of_this_one(library: Library) -> None:
    story, other = await library.id_of("Lighthouse"), (await library.pages_of("Spoon"))[0].spot
    page = await page_of(library, 1)
    await library.forge(library.ann, page, f"e1:{story}:react:{other.chapter}:{other.offset}:🔥")
    assert await places(library) == {"🔥": [(0, 0)]}


async def test_an_offset_beyond_the_chapter_is_its_last_page(library: Library) -> None:
    story, page = await library.id_of("Lighthouse"), await page_of(library, 1)
    chapter = (await library.pages_of())[0].spot.chapter
    await library.forge(library.ann, page, f"e1:{story}:react:{chapter}:999999999:🔥")
    assert await places(library) == {"🔥": [await start_of(library, 6)]}


async def test_pages_cut_otherwise_are_reacted_to_where_they_were_shown(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    [whole] = [page for page in await library.pages_of() if page.number == 3]
    inside = Spot(whole.spot.chapter, whole.spot.offset + 100)
    page = await page_of(library, 1)
    await library.forge(library.ann, page, f"e1:{story}:react:{inside.chapter}:{inside.offset}:🔥")
    assert await places(library) == {"🔥": [(1, inside.offset)]}
    again = shown(await library.ann.click(await page_of(library, 3), label="React"))
    assert given(again) == {"🔥"}
