"""Opening stories and turning pages, alone or in a shared reading.

This module decides whether opening a page saves it as the reader's place. If not, the page is only visited (*peek*).
"""

from asyncio import gather

import discord

from bot.domain.places import AWAY_SECONDS, Place, Resumed, SharedReading
from bot.domain.reactions import Post
from bot.domain.settings import asked_about
from bot.errors import ForbiddenByAuthor, NothingStored, ReaderError
from bot.interactions.audience import is_alone_with_bot, store_for
from bot.interactions.client import Interaction
from bot.interactions.messages import is_alone, is_owner, is_private, session_of
from bot.interactions.replies import redraw, think
from bot.services.posts import post, record_post, redrawn_for_all, update_or_copy
from bot.services.questions import asked_of
from bot.services.reactions import offered_reactions
from bot.services.stories import facts_of_card, latest_story
from bot.stories.facts import Facts, facts_of
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.stories.sentences import last_sentences
from bot.ui.ids import Unfolded
from bot.ui.pages import (
    LAST_WORDS,
    Info,
    PageEnd,
    Unfolding,
    Visit,
    opened_screen,
    page_screen,
    thread_name,
    warned_screen,
)
from bot.ui.reactions import OFFERED
from bot.ui.screen import Screen


async def resume(interaction: Interaction, story: StorySummary) -> tuple[OpenPage, Resumed | None]:
    """Return the page at the reader's place, and a reminder for them; without a place, the first page and None."""
    store, reader = store_for(interaction), interaction.user.id
    place = await store.places.of(reader, story.id)
    if place is None:
        first, _ = await store.pages.ends(story.id, reader)
        return await store.pages.open(first, reader), None
    opened = await store.pages.open(place.spot, reader)
    words = None
    if opened.previous is not None and interaction.client.clock() - place.moved_at >= AWAY_SECONDS:
        words = last_sentences((await store.pages.open(opened.previous, reader)).text, 2, LAST_WORDS)
    return opened, Resumed(place.moved_at, words or None)


async def story_to_read(interaction: Interaction) -> tuple[StorySummary, bool]:
    """Return the story to open when the reader names none, and a flag.

    It is the story read last, unless the reader is on its last page: then it is the first other story on the list
    *reading*, or on the list *later*. The flag is true if it is the story read last, they are on its last page, and no
    other story is on these lists. Raises `ReaderError` if there is no story.
    """
    store, reader = store_for(interaction), interaction.user.id
    latest = await store.places.latest(reader)
    if latest is not None and not (await resume(interaction, latest))[0].is_last:
        return latest, False
    for name in ("reading", "later"):
        for listed in await store.reading_lists.of(reader, name, 2):
            if latest is None or listed.story.id != latest.id:
                return listed.story, False
    return await latest_story(interaction), True


async def begin(
    interaction: Interaction, page: OpenPage, resumed: Resumed | None = None, *, private: bool, again: bool = False
) -> None:
    """Show a page that the reader opened; *again* redraws the pressed message instead of sending a new one.

    The page is stored as their place, unless their place is elsewhere. In a new story, they are first asked about
    its warnings.
    """
    store, reader = store_for(interaction), interaction.user.id
    place = await store.places.of(reader, page.story.id)
    if place is None and await _ask_warnings(interaction, page.story, again=again):
        return
    peek = not is_at(place, page)
    message = await redrawn_for_all(interaction, page.story) if again and not peek else 0
    is_first = place is None and private and await store.places.latest(reader) is None
    is_kept = peek or await keep_place(interaction, page, message)  # the place is stored before the page is shown
    screen = await page_of(
        interaction,
        page,
        peek=peek,
        is_kept=is_kept,
        resumed=resumed,
        alone=private,
        asks_length=is_first,
        starts_over=place is not None and not peek and page.is_last and page.previous is not None,
    )
    if again:
        await update_or_copy(interaction, screen)
    else:
        await post(interaction, screen, private=private)


async def keep_place(interaction: Interaction, page: OpenPage, message: int = 0) -> bool:
    """Store *page*, shown by the public *message*, as the reader's place.

    Returns False if the database cannot be written; the page is then shown with a note.
    """
    try:
        await store_for(interaction).places.move(interaction.user.id, page, interaction.guild_id, message)
    except NothingStored:
        return False
    return True


async def open_from(interaction: Interaction, spot: Spot) -> None:
    """Open the page at *spot* in a private message."""
    await begin(interaction, await store_for(interaction).pages.open(spot, interaction.user.id), private=True)


async def _ask_warnings(interaction: Interaction, story: StorySummary, *, again: bool) -> bool:
    """Ask whether to open a story with a warning that the reader wants to see first; return False if it has none."""
    store = store_for(interaction)
    asked = (await store.settings.of_reader(interaction.user.id)).warnings
    found = asked_about((await _facts_of(interaction, story.id)).warnings, asked) if asked else []
    if not found:
        return False
    if again:
        await update_or_copy(interaction, warned_screen(story, found))
    else:
        await post(interaction, warned_screen(story, found), private=not is_alone_with_bot(interaction))
    return True


def is_at(place: Place | None, page: OpenPage) -> bool:
    """Return whether *page* contains the reader's place, or is the first page for a reader without a place."""
    if place is None:
        return page.previous is None
    start, end = page.spot.offset, page.spot.offset + len(page.text)
    return place.spot.chapter == page.spot.chapter and start <= place.spot.offset < max(end, start + 1)


async def turn(
    interaction: Interaction,
    spot: Spot,
    *,
    peek: bool,
    unfolded: Unfolded | None = None,
    moves: bool = True,
) -> None:
    """Show the page at *spot* in the pressed message, or in a private copy of someone else's message.

    The page is stored as the reader's place, unless it is a visit (*peek*), a copy, or a redraw of the same page
    (*moves* is False). *unfolded* is the part that is unfolded.
    """
    store, reader, message = store_for(interaction), interaction.user.id, interaction.message
    own = await is_owner(interaction)
    session = await session_of(interaction) if own else None
    page, peek, is_kept = None, peek or not own, True
    if moves and not peek:  # the place is stored before the page is shown
        seen = 0 if message is None or is_private(interaction) else message.id
        try:
            page = await store.places.turn(reader, spot, interaction.guild_id, seen)
        except NothingStored:
            is_kept = False
    page = page or await store.pages.open(spot, reader)
    screen = await page_of(
        interaction,
        page,
        peek=peek,
        is_kept=is_kept,
        unfolded=unfolded,
        session=session,
        alone=not own,
    )
    await update_or_copy(interaction, screen)


async def visit(interaction: Interaction, spot: Spot) -> None:
    """Show the page at *spot* after a jump: as a visit, unless the page contains the reader's place."""
    store, reader = store_for(interaction), interaction.user.id
    page = await store.pages.open(spot, reader)
    here = is_at(await store.places.of(reader, page.story.id), page)
    await turn(interaction, spot, peek=not here)


async def page_of(
    interaction: Interaction,
    page: OpenPage,
    *,
    peek: bool,
    is_kept: bool = True,
    unfolded: Unfolded | None = None,
    resumed: Resumed | None = None,
    session: SharedReading | None = None,
    reader: int | None = None,
    alone: bool = False,
    asks_length: bool = False,
    starts_over: bool = False,
) -> Screen:
    """Return the screen of a page for one reader, or for everybody in the shared reading *session*.

    *unfolded* is the part that is unfolded, for *reader* (default: the member who pressed). *alone* means that nobody
    else will see the screen, which is always so if the pressed message is private. *asks_length* asks for the reader's
    page length, *starts_over* offers the first page.
    """
    end, offered = None, OFFERED
    is_own = session is None and (alone or is_alone(interaction))
    if page.is_last:
        end, offered = await gather(_end_of_page(interaction, page, alone=is_own), offered_reactions(interaction))
    elif unfolded == "react":
        offered = await offered_reactions(interaction)
    store = store_for(interaction)
    return page_screen(
        page,
        came_of=await store.questions.came_of(page.chapter.id) if page.number == 1 and page.previous else None,
        peek=peek,
        visit=await _visit_of(interaction, page) if peek and is_own else None,
        is_kept=is_kept,
        facts=await _facts_of(interaction, page.story.id) if page.previous is None else None,
        end=end,
        offered=offered,
        unfolding=await _unfolding(interaction, page, unfolded, reader or interaction.user.id) if unfolded else None,
        resumed=resumed,
        session=session,
        length=(await store.settings.of_reader(interaction.user.id)).page_length if asks_length else None,
        starts_over=starts_over,
    )


async def _facts_of(interaction: Interaction, story: int) -> Facts:
    """Return a story's facts, which are shown before its first page."""
    card = await store_for(interaction).stories.card(story)
    return facts_of(card.metadata, card.rating)


async def _end_of_page(interaction: Interaction, page: OpenPage, *, alone: bool) -> PageEnd:
    store, story = store_for(interaction), page.story.id
    tally, question = await gather(store.reactions.tally(story), asked_of(interaction, page.story))
    if not alone:
        return PageEnd(tally, question, page.story.wishes.review)
    own = await store.ballots.of(question.id, interaction.user.id) if question is not None else None
    given = await store.reactions.of(story, interaction.user.id, page)
    return PageEnd(tally, question, page.story.wishes.review, own, given)


async def _unfolding(interaction: Interaction, page: OpenPage, part: Unfolded, reader: int) -> Unfolding:
    match part:
        case "react":
            return Unfolding(part, own=await store_for(interaction).reactions.of(page.story.id, reader, page))
        case "info":
            card = await facts_of_card(interaction, page.story.id, more=True)
            return Unfolding(part, Info(card, page.story.may_share and interaction.guild_id is not None))
        case "more":
            return Unfolding(part)


async def _visit_of(interaction: Interaction, page: OpenPage) -> Visit:
    """Return where the place of the reader of a visited page is."""
    store, reader = store_for(interaction), interaction.user.id
    place = await store.places.of(reader, page.story.id)
    if place is None:
        return Visit(None, None)
    number = None
    if place.spot.chapter == page.spot.chapter:
        number = (await store.pages.open(place.spot, reader)).number
    return Visit(place.spot, number)


async def read_together(interaction: Interaction, page: OpenPage) -> None:
    """Open a thread below the answer, and post *page* there.

    Raises `ReaderError` if the story must not be shared, or if no thread can be opened here.
    """
    if not page.story.may_share:
        raise ForbiddenByAuthor("share")
    if not isinstance(interaction.channel, discord.TextChannel) or not _may_open(interaction):
        raise ReaderError("no-thread")
    store, reader = store_for(interaction), interaction.user.id
    await store.places.move(reader, page, interaction.guild_id)  # the place is stored before the page is shown
    await think(interaction, private=False)
    await redraw(interaction, opened_screen(page.story, reader))
    screen = await page_of(interaction, page, peek=False, session=SharedReading(0, reader))
    try:
        answer = await interaction.original_response()
        thread = await answer.create_thread(name=thread_name(page.story))
        message = await thread.send(embeds=screen.embeds, view=screen.view or discord.utils.MISSING)
    except discord.Forbidden:
        await interaction.delete_original_response()
        raise ReaderError("no-thread") from None
    await store.shared_readings.begin(message.id, page.story.id, reader)
    await record_post(interaction.client, Post(message.id, thread.id, interaction.guild_id), screen)


def _may_open(interaction: Interaction) -> bool:
    """Return whether both the bot and the reader may open a thread here and write in it."""
    allowed = interaction.app_permissions & interaction.permissions
    return interaction.guild_id is not None and allowed.create_public_threads and allowed.send_messages_in_threads
