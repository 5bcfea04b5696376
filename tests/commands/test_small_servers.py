"""A server of three readers: each screen is true, and says nothing of what may not be counted."""

from __future__ import annotations

import re

from tests.library import Library
from tests.linking import linked
from tests.reviewing import leave, manager
from tests.screens import card_for, desk, mine, server_settings, to_last
from tests.seen import options_of, select_of, shown, text_of

UNTOLD = re.compile(r"(?i)fewer than|under \d|not enough|not told|at least \d|be the first|\b0\b(?!%)|(?m:^[–-]$)")
"""What stands in the place of a count; also an invitation to be the first, which here is too late."""


async def read_by_three(library: Library) -> None:
    """Three readers read a story and do with it what there is to do; Ann wrote it."""
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    for name in ("cleo", "dan", "eve"):
        reader = library.join(name)
        page = await to_last(reader, shown(await reader.slash(library.channel, "read", story="Lighthouse")))
        await reader.click(page, label="I want more")
        await leave(library, reader, f"I am {name}, and I read it on the ferry.")
        await reader.click(shown(await reader.slash(library.channel, "quote", story="Lighthouse")), label="Save")
        await reader.click(shown(await reader.slash(library.channel, "stories", story="Lighthouse")), label="Later")
        await library.store.reactions.toggle(await library.id_of("Lighthouse"), reader.id, "🔥", library.guild_id)
    library.clock.forward(2 * 24 * 60 * 60)


async def screens(library: Library) -> dict[str, str]:
    """What the screens say that show counts of what readers did, by a name."""
    ann, ben, room, mira = library.ann, library.ben, library.channel, manager(library)
    found = {
        "library": text_of(shown(await ben.slash(room, "stories"))),
        "card": text_of(shown(await ben.slash(room, "stories", story="Lighthouse", share=True))),
        "card, More": text_of(await card_for(ben, room, "Lighthouse")),
        "vote": text_of(shown(await ben.slash(room, "vote", story="Lighthouse"))),
        "vote, its author": text_of(shown(await ann.slash(room, "vote", story="Lighthouse"))),
        "reviews": text_of(shown(await ben.slash(room, "review", story="Lighthouse"))),
        "stats": text_of(await desk(library)),
        "my lists": text_of(await mine(ann, room)),
        "first steps": text_of(shown(await mira.slash(room, "manage settings"))),
        "settings": text_of(await server_settings(mira, room)),
        "uploads": text_of(shown(await mira.slash(room, "manage uploads"))),
    }
    page = shown(await ben.slash(room, "read", story="Lighthouse"))
    found["Info"] = text_of(shown(await ben.click(page, label="Info")))
    found["last page"] = text_of(last := await to_last(ben, page))
    found["what next"] = text_of(shown(await ben.click(last, label="Next")))
    top = shown(await ben.slash(room, "top"))
    for label, value in options_of(top, "tp1").items():
        found[label] = text_of(shown(await ben.select(top, [value], custom_id=select_of(top, "tp1"))))
    return found


async def test_no_screen_of_a_small_server_says_what_may_not_be_counted(library: Library) -> None:
    await read_by_three(library)
    found = await screens(library)
    assert {name: UNTOLD.findall(text) for name, text in found.items() if UNTOLD.search(text)} == {}
    assert "🔥 3" in found["stats"] and "3 reviews" in found["stats"] and "**3** of **3** want more" in found["stats"]
    assert "3 reactions" in found["Stories by reactions"] and "3 want more" in found["Stories by votes for more"]
