"""Reading: `/read`, and the buttons of a page to turn, jump, unfold, share and read together."""

from dataclasses import replace

from discord import app_commands

from bot.domain.places import JumpTarget, Resumed, is_spoiler, read_jump
from bot.errors import ForbiddenByAuthor, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, modal, number_in, picked, picked_id, snowflake_in, typed
from bot.interactions.messages import is_alone, is_owner, is_private, page_owner, redraw_or_send
from bot.interactions.options import StoryArgument
from bot.interactions.permissions import allow_sharing
from bot.interactions.replies import ask, redraw, send
from bot.services.posts import opens_privately, post, update_or_copy
from bot.services.reactions import react_panel_of
from bot.services.reading import (
    begin,
    keep_place,
    open_from,
    page_of,
    read_together,
    resume,
    story_to_read,
    turn,
    visit,
)
from bot.services.stories import latest_story
from bot.store.chapters import LENGTHS
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.ui.chapters import CHAPTERS_IN_FORM
from bot.ui.ids import (
    AnswerWarnings,
    AskJump,
    AskTurner,
    JumpModal,
    PickNext,
    PickTurner,
    ReadFrom,
    ReadPicked,
    ReadPosted,
    ReadStory,
    ReadTogether,
    SetPageLength,
    SharePage,
    ShowNotes,
    TurnPage,
    UnfoldPage,
    WhatNext,
)
from bot.ui.notes import whole_note
from bot.ui.pages import (
    jump_modal,
    left_screen,
    more_screen,
    next_screen,
    pick_turner_screen,
    shared_page_screen,
    turner_changed_screen,
)
from bot.ui.screen import Screen


@app_commands.command()
@app_commands.describe(
    story="Title or author. Leave empty to pick up where you left off",
    chapter="Chapter number",
    page="Page number in that chapter",
    share="Show the pages to everyone in the channel",
    together="Read together in a thread, where you turn the pages",
)
async def read(
    interaction: Interaction,
    story: StoryArgument | None = None,
    chapter: app_commands.Range[int, 0, 100_000] | None = None,
    page: app_commands.Range[int, 1, 1_000_000] | None = None,
    share: bool | None = None,
    together: bool = False,
) -> None:
    """Open a story, or pick up where you left off."""
    is_through = False
    if story is None and chapter is None and page is None:
        story, is_through = await story_to_read(interaction)
    opened, resumed = await _open(interaction, story or await latest_story(interaction), chapter, page)
    if together:
        await read_together(interaction, opened)
        return
    private = await opens_privately(interaction, share)
    if is_through:
        await post(interaction, await _what_next(interaction, opened, peek=False, finished=True), private=private)
    else:
        await begin(interaction, opened, resumed, private=private)


async def _open(
    interaction: Interaction, story: StorySummary, chapter: int | None, page: int | None
) -> tuple[OpenPage, Resumed | None]:
    """Return the page to open, by default at the reader's place, and a reminder if the reader resumes there."""
    store, reader = store_for(interaction), interaction.user.id
    if chapter is None:
        opened, resumed = await resume(interaction, story)
        if page is None:
            return opened, resumed
        contents = opened.chapter
    else:
        contents = await store.stories.chapter(story, chapter)
    return await store.pages.open(await store.pages.spot(contents, page or 1, reader), reader), None


async def _what_next(interaction: Interaction, page: OpenPage, *, peek: bool, finished: bool = False) -> Screen:
    """Return a screen with suggestions for the next story; *page* is the last page of the story just read."""
    stories, reader = store_for(interaction).next_stories, interaction.user.id
    found = await stories.after(page.story.id, reader)
    read_all = not found and await stories.has_read_all(reader)
    return next_screen(page, found, peek=peek, finished=finished, read_all=read_all)


@component(TurnPage, work="repeatable")
async def turn_page(interaction: Interaction, press: TurnPage) -> None:
    """Turn to the previous or the next page or to the reader's place, or save this page as their place."""
    await turn(interaction, Spot(press.chapter, press.offset), peek=press.peek)


@component(AskJump, work="form")
async def ask_jump(interaction: Interaction, press: AskJump) -> None:
    """Open a form for the place to go to."""
    store, reader = store_for(interaction), interaction.user.id
    page = await store.pages.open(Spot(press.chapter, press.offset), reader)
    contents = await store.stories.contents(page.story.id, page.chapter.position, CHAPTERS_IN_FORM, reader)
    await ask(interaction, jump_modal(press, page, contents))


@modal(JumpModal)
async def jump_to(interaction: Interaction, submitted: JumpModal) -> None:
    """Visit the typed place, or the picked chapter if none was typed."""
    here = Spot(submitted.chapter, submitted.offset)
    page = await store_for(interaction).pages.open(here, interaction.user.id)
    place, chapter = typed(interaction, "page"), number_in(typed(interaction, "chapter"))
    if place.strip() or chapter is None:
        await visit(interaction, await _typed_spot(interaction, page, place))
    else:
        await visit(interaction, Spot(chapter, 0))


async def _typed_spot(interaction: Interaction, page: OpenPage, place: str) -> Spot:
    """Return the spot of the typed *place*, relative to *page*. Too high a page or chapter number means the last one.

    Raises `ReaderError` if there is no such place, or if *place* is not understood.
    """
    store, reader = store_for(interaction), interaction.user.id
    match read_jump(place):
        case JumpTarget("start"):
            return page.first
        case JumpTarget("end"):
            return page.last
        case JumpTarget("page", number):
            return await store.pages.spot(page.chapter, number, reader)
        case JumpTarget("percent", number):
            return await store.pages.at_percent(page.story, number, reader)
        case JumpTarget("chapter", number):
            last = page.story.last_number
            nearest = number if last is None else min(number, last)
            return Spot((await store.stories.chapter(page.story, nearest, page.chapter)).id, 0)
        case JumpTarget("scene"):
            if (spot := await store.pages.next_scene(page)) is None:
                raise ReaderError("no-scene", chapters=page.story.chapters)
            return spot
        case _:
            pages, chapters = page.chapter.pages, page.story.chapters
            raise ReaderError("not-a-number", typed=place.strip()[:40], last=pages, chapters=chapters)


@component(ReadStory)
async def read_from_card(interaction: Interaction, press: ReadStory) -> None:
    """Open the story of a card at the reader's place."""
    page, resumed = await resume(interaction, await store_for(interaction).stories.entry(press.story))
    private = is_private(interaction) or not await is_owner(interaction) or await opens_privately(interaction)
    await begin(interaction, page, resumed, private=private)


@component(ReadPicked)
async def read_picked(interaction: Interaction, _: ReadPicked) -> None:
    """Open the story picked in one of the reader's lists."""
    await read_from_card(interaction, ReadStory(picked_id(interaction)))


@component(ReadPosted)
async def read_posted(interaction: Interaction, press: ReadPosted) -> None:
    """Open the story of a scheduled post privately, at the reader's place or at its first page."""
    store, reader = store_for(interaction), interaction.user.id
    page, resumed = await resume(interaction, await store.stories.entry(press.story))
    if press.from_start and page.previous is not None:
        page, resumed = await store.pages.open(page.first, reader), None
    await begin(interaction, page, resumed, private=True)


@component(ReadFrom)
async def read_from_here(interaction: Interaction, press: ReadFrom) -> None:
    """Open a shared page privately."""
    await open_from(interaction, press.spot)


@component(WhatNext)
async def what_next(interaction: Interaction, press: WhatNext) -> None:
    """Replace the last page with suggestions for the next story."""
    store, reader = store_for(interaction), interaction.user.id
    page = await store.pages.open(Spot(press.chapter, press.offset), reader)
    await update_or_copy(interaction, await _what_next(interaction, page, peek=press.peek))


@component(PickNext)
async def open_next(interaction: Interaction, _: PickNext) -> None:
    """Open the picked story in place of the suggestions."""
    page, resumed = await resume(interaction, await store_for(interaction).stories.entry(picked_id(interaction)))
    if await is_owner(interaction):
        await begin(interaction, page, resumed, private=is_private(interaction), again=True)
    else:
        await begin(interaction, page, resumed, private=True)


@component(AnswerWarnings)
async def answer_warnings(interaction: Interaction, press: AnswerWarnings) -> None:
    """Open a story despite its warnings, or leave it."""
    if press.answer == "leave":
        await update_or_copy(interaction, left_screen())
        return
    page, _ = await resume(interaction, await store_for(interaction).stories.entry(press.story))
    is_kept = await keep_place(interaction, page)
    await update_or_copy(interaction, await page_of(interaction, page, peek=False, is_kept=is_kept))


@component(UnfoldPage)
async def unfold(interaction: Interaction, press: UnfoldPage) -> None:
    """Unfold or fold a part of the page; if others see the page, show the part privately."""
    spot = Spot(press.chapter, press.offset)
    if is_alone(interaction):
        await turn(
            interaction, spot, peek=press.peek, unfolded=None if press.part == "fold" else press.part, moves=False
        )
        return
    page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    if press.part == "react":
        await post(interaction, await react_panel_of(interaction, page.story.id, page), private=True)
    elif press.part == "info":
        screen = await page_of(interaction, page, peek=True, unfolded="info", alone=True)
        await post(interaction, screen, private=True)
    else:
        await send(interaction, more_screen(page), private=True)


@component(SetPageLength)
async def set_page_length(interaction: Interaction, press: SetPageLength) -> None:
    """Save the reader's page length, and redraw the open page."""
    length = known(LENGTHS, picked(interaction))
    settings = store_for(interaction).settings
    await settings.change_reader(interaction.user.id, lambda chosen: replace(chosen, page_length=length))
    await turn(interaction, Spot(press.chapter, press.offset), peek=press.peek, moves=False)


@component(SharePage)
async def share(interaction: Interaction, press: SharePage) -> None:
    """Post the open page publicly, with the reader's name."""
    if interaction.guild_id is None:
        raise ReaderError("button-unknown")
    allow_sharing(interaction)
    page = await store_for(interaction).pages.open(press.spot, interaction.user.id)
    if not page.story.may_share:
        raise ForbiddenByAuthor("share")
    may_spoil = is_spoiler(page.story, page.words_before)
    await post(interaction, shared_page_screen(page, interaction.user.display_name, may_spoil=may_spoil), private=False)


@component(ReadTogether)
async def together(interaction: Interaction, press: ReadTogether) -> None:
    """Open a thread with the page, for everyone to read along; the reader who pressed turns the pages."""
    page = await store_for(interaction).pages.open(press.spot, interaction.user.id)
    await read_together(interaction, page)


@component(ShowNotes, work="lookup")
async def show_notes(interaction: Interaction, press: ShowNotes) -> None:
    """Show a note in full, privately; a long note has buttons to turn its parts."""
    spot = Spot(press.chapter, press.offset)
    page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    notes = page.notes_before if press.side == "before" else page.notes_after
    if not notes:
        raise ReaderError("passage-gone")
    await redraw_or_send(interaction, whole_note(notes, press), again=press.turn)


@component(AskTurner, work="lookup")
async def ask_turner(interaction: Interaction, _: AskTurner) -> None:
    """Ask the current page turner of a shared reading who should turn the pages next."""
    session = await store_for(interaction).shared_readings.of(interaction.message.id) if interaction.message else None
    if session is None:
        raise ReaderError("passage-gone")
    if session.turner != interaction.user.id:
        raise ReaderError("not-yours")
    await send(interaction, pick_turner_screen(session), private=True)


@component(PickTurner)
async def change_turner(interaction: Interaction, press: PickTurner) -> None:
    """Make the picked reader the page turner of a shared reading, and announce it in the thread."""
    value = picked(interaction)
    reader = snowflake_in(value)
    resolved = (interaction.data or {}).get("resolved", {})
    users = resolved.get("users", {}) if isinstance(resolved, dict) else {}
    if reader is None or users.get(value, {}).get("bot"):
        raise ReaderError("not-yours")
    if not await store_for(interaction).shared_readings.hand_over(press.message, interaction.user.id, reader):
        raise ReaderError("not-yours")
    await redraw(interaction, turner_changed_screen(reader))
    await send(interaction, turner_changed_screen(reader), private=False)
