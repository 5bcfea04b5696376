"""Stories that are sent to the mods by command, and what a mod opens of them."""

from __future__ import annotations

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.uploads import Draft
from tests.library import Library
from tests.seen import options_of, select_of, shown, text_of

DAY = (
    "On day {day} of crossing {chapter} the ferry took {sheep} sheep aboard, and old Wenna counted them twice, since"
    " one of them was hers and she would not say which. The water was as grey as slate, and nobody *sang*."
)


def ferry(chapters: int = 3, *, rating: str = "Teen", title: str = "The Sheep Ferry") -> str:
    """A story of chapters with some pages each, with a long note above and a short one below."""
    parts = [f"Title: {title}\nAuthor: Ann\nRating: {rating}", "Author's note: " + "This took all winter. " * 130]
    for chapter in range(1, chapters + 1):
        days = [DAY.format(day=day, chapter=chapter, sheep=day + 2) for day in range(1, 6 + 2 * (chapter % 3))]
        parts += [f"Chapter {chapter}: Crossing {chapter}", *days]
    return "\n\n".join([*parts, "Author's note: Thank you for crossing with me."])


async def queue(library: Library, mod: MemberActor, count: int = 1) -> ResponseMessage:
    """The list of the *count* submissions that wait."""
    uploads = shown(await mod.slash(library.channel, "manage uploads"))
    assert uploads.ephemeral
    return shown(await mod.click(uploads, label=f"Waiting ({count})"))


async def opened(library: Library, mod: MemberActor, count: int = 1) -> ResponseMessage:
    """The preview of the first of *count* submissions that wait."""
    listed = await queue(library, mod, count)
    value = next(iter(options_of(listed).values()))
    await library.restart()
    return shown(await mod.select(listed, [value], custom_id=select_of(listed, "mqp1")))


async def send_in(library: Library, text: str, *, writer: MemberActor | None = None) -> Draft:
    """Send a story to the mods; the draft that waits."""
    writer = writer or library.ann
    await library.change_settings(adders="everyone", approval=True)
    result = await writer.slash(library.channel, "author submit", file=("ferry.txt", text.encode()))
    draft = result.followups[-1] if result.followups else shown(result)
    assert "Sent to the mods" in text_of(shown(await writer.click(draft, label="Submit")))
    return (await library.store.drafts.waiting(library.guild_id, 10))[-1]


async def preview_result(library: Library, mod: MemberActor) -> InteractionResult:
    """The preview of what waits, without a restart: SimCord keeps no age-restricted channel over one."""
    listed = await queue(library, mod)
    return await mod.select(listed, list(options_of(listed).values()), custom_id=select_of(listed, "mqp1"))


async def previewed(library: Library, mod: MemberActor) -> ResponseMessage:
    return shown(await preview_result(library, mod))
