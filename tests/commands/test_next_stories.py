"""*What next?*, after the last page of a story."""

from __future__ import annotations

from simcord.results import ResponseMessage

from tests.library import Library
from tests.screens import to_last
from tests.seen import buttons_of, options_of, shown, text_of


async def offered_after(library: Library, story: str) -> ResponseMessage:
    """Read a story to its end, and on."""
    page = shown(await library.ann.slash(library.channel, "read", story=story, share=False))
    await to_last(library.ann, page)
    offered = shown(await library.ann.click(page, label="Next"))
    assert offered.id == page.id and offered.embeds[0].title == "What next?"
    return offered


def plain(*titles: str) -> dict[str, str]:
    """Posts of which a file says nothing but the title."""
    return {f"{n}.txt": f"Title: {title}\n\nIt rained all night on the {title}." for n, title in enumerate(titles)}


async def test_three_unread_stories_are_offered_of_which_nothing_is_known(library: Library) -> None:
    await library.load(plain("Kite", "Bell", "Pump", "Drum"))
    offered = await offered_after(library, "Spoon")
    assert len(options_of(offered)) == 3 and "A Spoon for the King" not in options_of(offered)
    assert all(title in text_of(offered) for title in options_of(offered))
    opened = shown(await library.ann.select(offered, [next(iter(options_of(offered).values()))]))
    assert opened.id == offered.id and "Next" in buttons_of(opened)


async def test_what_readers_loved_is_offered_before_what_is_as_long(library: Library) -> None:
    await library.load(plain("Kite", "Bell", "Pump", "Drum"))
    await library.store.reactions.toggle(await library.id_of("Ferry"), library.ben.id, "🔥", library.guild_id)
    offered = await offered_after(library, "Kite")
    assert next(iter(options_of(offered))) == "The Ferry of Words" and "Loved by readers" in text_of(offered)
    assert "About as long" in text_of(offered)


async def test_what_is_begun_dropped_muted_or_for_adults_is_not_offered(library: Library) -> None:
    await library.load(plain("Kite", "Bell"))
    await library.ann.slash(library.channel, "read", story="Ferry")
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Kite"), "dropped")
    await library.store.mutes.add(library.ann.id, "author", ["Orla Venn"])
    offered = await offered_after(library, "Spoon")
    assert list(options_of(offered)) == ["Bell"]


async def test_who_has_read_everything_is_told_so_and_nobody_else(library: Library) -> None:
    await library.take_away("lighthouse.txt", "ferry.txt")
    offered = await offered_after(library, "Spoon")
    assert "You've read everything here." in text_of(offered)
    assert list(buttons_of(offered)) == ["Back", "Library"], "no other story is left to surprise with"
    await library.load(plain("Kite"))
    assert list(options_of(await offered_after(library, "Spoon"))) == ["Kite"]
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Kite"), "dropped")
    again = await offered_after(library, "Spoon")
    assert "You've read everything" not in text_of(again)
    assert "You've started everything else here, apart from what you muted or dropped." in text_of(again)
