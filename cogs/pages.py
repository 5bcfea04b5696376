"""Reading: pages that buttons turn, and the reader's place, which is saved."""

from discord import app_commands

from bot.domain.jumps import JumpTarget, read_jump
from bot.domain.places import AWAY_SECONDS, Resumed
from bot.errors import ReaderError, StoryGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, number_in, picked, picked_id, typed
from bot.interactions.options import StoryArgument
from bot.interactions.replies import ask, redraw_or_send
from bot.services.pages import (
    is_owner,
    is_private,
    latest_story,
    page_of,
    page_owner,
    post,
    reads_privately,
    session_of,
    update_or_copy,
)
from bot.services.shared_reading import read_together
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.stories.sentences import last_sentences
from bot.ui.ids.pages import AskJump, JumpModal, PickChapter, ReadPicked, ReadStory, ShowNotes, TurnPage
from bot.ui.ids.schedules import ReadPosted
from bot.ui.notes import whole_note
from bot.ui.pages import AROUND, LAST_WORDS, jump_modal


@app_commands.command()
@app_commands.describe(
    story="Title or author; leave it out to go on where you stopped",
    chapter="Number of the chapter, as its author counts",
    page="Number of the page in that chapter",
    private="Whether only you see the pages",
    thread="Whether to read with others, in a thread, where you turn the pages for all",
)
async def read(
    interaction: Interaction,
    story: StoryArgument | None = None,
    chapter: app_commands.Range[int, 0, 100_000] | None = None,
    page: app_commands.Range[int, 1, 1_000_000] | None = None,
    private: bool | None = None,
    thread: bool = False,
) -> None:
    """Open a story, or go on where you stopped."""
    opened, resumed = await _open(interaction, story, chapter, page)
    if thread:
        await read_together(interaction, opened)
        return
    private = await reads_privately(interaction) if private is None else private
    await post(interaction, await page_of(interaction, opened, peek=False, resumed=resumed), private=private)
    await store_for(interaction).places.move(interaction.user.id, opened, interaction.guild_id)


async def _open(
    interaction: Interaction, story: StorySummary | None, chapter: int | None, page: int | None
) -> tuple[OpenPage, Resumed | None]:
    """Return the page to open: by default where the reader stopped, else the beginning."""
    store, reader = store_for(interaction), interaction.user.id
    story = story or await latest_story(interaction)
    if chapter is None:
        opened, resumed = await _resume(interaction, story)
        if page is None:
            return opened, resumed
        contents = opened.chapter
    else:
        contents = await store.stories.chapter(story, chapter)
    return await store.pages.open(await store.pages.spot(contents, page or 1, reader), reader), None


async def _resume(interaction: Interaction, story: StorySummary) -> tuple[OpenPage, Resumed | None]:
    """Return the page where the reader stopped in a story, and what reminds them of it; else its first page."""
    store, reader = store_for(interaction), interaction.user.id
    place = await store.places.of(reader, story.id)
    if place is None:
        first, _ = await store.pages.ends(story.id, reader)
        return await store.pages.open(first, reader), None
    opened = await store.pages.open(place.spot, reader)
    words = None
    if opened.previous is not None and interaction.client.clock() - place.moved_at >= AWAY_SECONDS:
        words = last_sentences((await store.pages.open(opened.previous, reader)).text, 2, LAST_WORDS)
    return opened, Resumed(place.moved_at, words or None, place.furthest if place.is_behind else None)


async def _turn(interaction: Interaction, spot: Spot, *, peek: bool, around: int | None = None) -> None:
    """Turn the pressed message to *spot*; on someone else's, open a copy that moves neither reader's place."""
    store, reader = store_for(interaction), interaction.user.id
    page = await store.pages.open(spot, reader)
    own = await is_owner(interaction)
    session = await session_of(interaction) if own else None
    peek = peek or not own
    screen = await page_of(interaction, page, peek=peek, around=around, session=session)
    message = await update_or_copy(interaction, screen)
    if not peek and around is None:
        await store.places.move(reader, page, interaction.guild_id, message)


@component(TurnPage)
async def turn(interaction: Interaction, press: TurnPage) -> None:
    """Turn to another page: First, Previous, Next, Last, "Go to the furthest" or "Go on from here"."""
    await _turn(interaction, Spot(press.chapter, press.offset), peek=press.peek)


@component(PickChapter)
async def pick_chapter(interaction: Interaction, press: PickChapter) -> None:
    """Open the chapter that was picked, or offer other chapters."""
    value = picked(interaction)
    number = number_in(value.removeprefix(AROUND))
    if number is None:
        raise StoryGone
    if value.startswith(AROUND):
        await _turn(interaction, Spot(press.chapter, press.offset), peek=press.peek, around=number)
    else:
        await _turn(interaction, Spot(number, 0), peek=press.peek)


@component(AskJump)
async def jump(interaction: Interaction, press: AskJump) -> None:
    """Ask where to jump."""
    page = await store_for(interaction).pages.open(Spot(press.chapter, press.offset), interaction.user.id)
    await ask(interaction, jump_modal(press, page))


@modal(JumpModal)
async def jump_to(interaction: Interaction, submitted: JumpModal) -> None:
    """Jump to the place that was typed."""
    page = await store_for(interaction).pages.open(Spot(submitted.chapter, submitted.offset), interaction.user.id)
    await _turn(interaction, await _spot(interaction, page, typed(interaction, "page")), peek=submitted.peek)


async def _spot(interaction: Interaction, page: OpenPage, place: str) -> Spot:
    """Return the place that a reader of *page* typed. Raises `ReaderError`."""
    store, reader = store_for(interaction), interaction.user.id
    match read_jump(place):
        case JumpTarget("page", number):
            return await store.pages.spot(page.chapter, number, reader)
        case JumpTarget("percent", number):
            return await store.pages.at_percent(page.story, number, reader)
        case JumpTarget("chapter", number):
            return Spot((await store.stories.chapter(page.story, number, page.chapter)).id, 0)
        case JumpTarget("scene"):
            if (spot := await store.pages.next_scene(page)) is None:
                raise ReaderError("no-scene")
            return spot
        case _:
            raise ReaderError("not-a-number", typed=place.strip()[:40], last=page.chapter.pages)


@component(ReadStory)
async def read_from_card(interaction: Interaction, press: ReadStory) -> None:
    """Open the story of a card where the reader stopped."""
    store = store_for(interaction)
    page, resumed = await _resume(interaction, await store.stories.entry(press.story))
    private = is_private(interaction) or not await is_owner(interaction) or await reads_privately(interaction)
    await post(interaction, await page_of(interaction, page, peek=False, resumed=resumed), private=private)
    await store.places.move(interaction.user.id, page, interaction.guild_id)


@component(ReadPicked)
async def read_picked(interaction: Interaction, _: ReadPicked) -> None:
    """Open the story that was picked in a list of the reader's own."""
    await read_from_card(interaction, ReadStory(picked_id(interaction)))


@component(ReadPosted)
async def read_posted(interaction: Interaction, press: ReadPosted) -> None:
    """Open the story of a scheduled post, privately; a reader who is beyond its start keeps their place."""
    store, reader = store_for(interaction), interaction.user.id
    page, resumed = await _resume(interaction, await store.stories.entry(press.story))
    peek = press.from_start and page.previous is not None
    if peek:
        page, resumed = await store.pages.open(page.first, reader), None
    await post(interaction, await page_of(interaction, page, peek=peek, resumed=resumed), private=True)
    if not peek:
        await store.places.move(reader, page)


@component(ShowNotes)
async def show_notes(interaction: Interaction, press: ShowNotes) -> None:
    """Show the whole of a long note, privately; its buttons turn its parts."""
    spot = Spot(press.chapter, press.offset)
    page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    notes = page.notes_before if press.side == "before" else page.notes_after
    if not notes:
        raise ReaderError("passage-gone")
    await redraw_or_send(interaction, whole_note(notes, press.side, spot, press.part), again=press.turn)
