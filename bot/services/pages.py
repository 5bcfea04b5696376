"""Screens of a story for several cogs, and how they are posted: as a new message, in place, or as a copy."""

from asyncio import gather
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import discord

from bot.domain.places import Resumed
from bot.domain.reactions import Emoji
from bot.domain.shared_reading import SharedReading
from bot.errors import ChapterGone, ReaderError, StoryGated, StoryGone
from bot.interactions.audience import is_alone_with_bot, store_for
from bot.interactions.channels import allow_sharing, may_write_here
from bot.interactions.client import Interaction
from bot.interactions.components import id_on, ids_on
from bot.interactions.replies import redraw, send
from bot.services.posts import record_post
from bot.services.questions import asked_of, find_question, panel_of, question_of, spoilers_of
from bot.store import Store
from bot.stories.facts import Facts, facts_of
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.ui.custom_id import MessageKind
from bot.ui.ids.pages import Unfolded
from bot.ui.ids.schedules import ReadPosted
from bot.ui.ids.stories import UnfoldCard
from bot.ui.ids.story_lists import AnotherStory
from bot.ui.page_panels import CHAPTER_OPTIONS, MorePanel
from bot.ui.pages import PageEnd, Unfolding, page_screen
from bot.ui.questions import closed_lines, posted_screen
from bot.ui.reactions import OFFERED, react_panel
from bot.ui.review_news import review_news_panel
from bot.ui.screen import Screen
from bot.ui.serials import end_screen
from bot.ui.stories import CHAPTERS_SHOWN, card_screen

CLOSED_SHOWN = 3
"""A story's questions that are closed, on its card."""


async def page_of(
    interaction: Interaction,
    page: OpenPage,
    *,
    peek: bool,
    is_kept: bool = True,
    unfolded: Unfolded | None = None,
    around: int | None = None,
    resumed: Resumed | None = None,
    session: SharedReading | None = None,
    reader: int | None = None,
    alone: bool = False,
) -> Screen:
    """Return an open page as its reader sees it, or as all of a shared reading's *session* do.

    What is *unfolded* under it is for *reader*: by default whoever pressed. *Alone* says that nobody else will see it;
    it is so, too, where the pressed message is seen by them alone.
    """
    end, offered = None, OFFERED
    if page.is_last:
        end, offered = await gather(
            _end_of_page(interaction, page, alone=session is None and (alone or is_alone(interaction))),
            offered_reactions(interaction),
        )
    elif unfolded == "react":
        offered = await offered_reactions(interaction)
    store = store_for(interaction)
    return page_screen(
        page,
        came_of=await store.questions.came_of(page.chapter.id) if page.number == 1 and page.previous else None,
        peek=peek,
        is_kept=is_kept,
        facts=await facts_of_story(interaction, page.story.id) if page.previous is None else None,
        end=end,
        offered=offered,
        unfolding=await _unfolding(interaction, page, unfolded, around, reader or interaction.user.id)
        if unfolded
        else None,
        resumed=resumed,
        session=session,
    )


async def facts_of_story(interaction: Interaction, story: int) -> Facts:
    """Return the facts that a reader is told before the first page of a story."""
    card = await store_for(interaction).stories.card(story)
    return facts_of(card.metadata, card.rating)


async def _end_of_page(interaction: Interaction, page: OpenPage, *, alone: bool) -> PageEnd:
    store, story = store_for(interaction), page.story.id
    tally, question = await gather(store.reactions.tally(story), asked_of(interaction, page.story))
    own = await store.ballots.of(question.id, interaction.user.id) if question is not None and alone else None
    return PageEnd(tally, question, page.story.wishes.review, own)


async def _unfolding(
    interaction: Interaction, page: OpenPage, part: Unfolded, around: int | None, reader: int
) -> Unfolding:
    store, story = store_for(interaction), page.story
    match part:
        case "react":
            return Unfolding(part, own=await store.reactions.of(story.id, reader, page))
        case "contents":
            position = around or page.chapter.position
            return Unfolding(part, contents=await store.stories.contents(story.id, position, CHAPTER_OPTIONS, reader))
        case "more":
            return Unfolding(part, more=await more_of(interaction, page))


async def more_of(interaction: Interaction, page: OpenPage) -> MorePanel:
    """Return what *More* offers the one who pressed, on a page."""
    store, story, reader = store_for(interaction), page.story, interaction.user.id
    return MorePanel(
        length=(await store.settings.of_reader(reader)).page_length,
        place=await store.places.of(reader, story.id),
        may_share=story.may_share and interaction.guild_id is not None,
        has_vote=page.is_last and await asked_of(interaction, story) is not None,
    )


async def card_of(
    interaction: Interaction,
    story: int,
    by_chance: int | None = None,
    *,
    more: bool | None = None,
    public: bool = False,
) -> Screen:
    """Return a story's card; *by_chance* is the id of the query that drew it, whose next story a button draws.

    *More* unfolds what is rarer; None: as on the pressed card. A *public* one says nothing of its reader's lists and
    answers.
    """
    store, guild, reader = store_for(interaction), interaction.guild_id, interaction.user.id
    card, heat, reads, closed = await gather(
        store.stories.card(story),
        store.heats.find(story),
        language_read(interaction),
        _closed_lines(interaction, story, public=public),
    )
    contents, question, reviews, reactions, offered, holding = await gather(
        store.stories.contents(story, 1, CHAPTERS_SHOWN),
        asked_of(interaction, card.entry),
        store.review_lists.count(story, guild or 0),
        store.reactions.tally(story),
        offered_reactions(interaction),
        store.reading_lists.holding(reader, story),
    )
    own = await store.ballots.of(question.id, reader) if question is not None and not public else None
    wishes = card.entry.wishes
    drawn = id_on(interaction.message, AnotherStory)  # the pressed card may have come by chance
    return card_screen(
        card,
        contents=contents if card.entry.chapters > 1 else [],
        question=question,
        own=own,
        closed=closed,
        wishes=wishes,
        reviews=reviews if wishes.review else None,
        reactions=reactions,
        offered=offered,
        heat=heat,
        by_chance=drawn.query_id if by_chance is None and drawn is not None else by_chance,
        reads=reads,
        holding=None if public else holding,
        more=_is_unfolded(interaction, story) if more is None else more,
    )


async def _closed_lines(interaction: Interaction, story: int, *, public: bool) -> str:
    """Return the last own questions of a story that are closed; those are veiled that its reader has not come to."""
    store = store_for(interaction)
    questions = await store.questions.closed(story, interaction.guild_id, CLOSED_SHOWN)
    spoilers = await spoilers_of(interaction, story, questions, 0 if public else interaction.user.id)
    return closed_lines([(each, each in spoilers) for each in questions])


def _is_unfolded(interaction: discord.Interaction, story: int) -> bool:
    return str(UnfoldCard(story, False)) in ids_on(interaction.message)


async def rerender(
    interaction: Interaction, kind: MessageKind, story: int, chapter: int, offset: int, *, question: int = 0
) -> Screen:
    """Return what a message shows now, after a press changed a count. Raises `StoryGone`.

    Its button is about a *question*, or about what is asked now (0).
    """
    store = store_for(interaction)
    match kind:
        case "page" | "peek" | "page-react" | "peek-react":
            owner = await page_owner(interaction)
            try:
                page = await store.pages.open(Spot(chapter, offset), owner)
            except ChapterGone:  # the press counts nevertheless
                return await card_of(interaction, story, public=not is_alone(interaction))
            session = await session_of(interaction)
            unfolded: Unfolded | None = "react" if kind.endswith("-react") else None
            peek = kind.startswith("peek")
            return await page_of(interaction, page, peek=peek, unfolded=unfolded, session=session, reader=owner)
        case "card":
            return await card_of(interaction, story, public=not is_alone(interaction))
        case "vote":
            entry = await store.stories.entry(story)
            asked = (
                (await find_question(interaction, question))[1] if question else await question_of(interaction, entry)
            )
            return await panel_of(interaction, entry, asked)
        case "question":
            return posted_screen(*await find_question(interaction, question))
        case "react":
            page = await page_at(interaction, story, chapter, offset)
            return await react_panel_of(interaction, story, page)
        case "end":
            entry = await store.stories.entry(story)
            return await end_of(store, entry, interaction.guild_id, ReadPosted(0, 0, 0, story, from_start=True))


async def end_of(store: Store, story: StorySummary, guild: int | None, read: ReadPosted) -> Screen:
    """Return what follows the last instalment of a serial; the button *read* opens the story's start."""
    chosen = (await store.settings.of_server(guild)).reactions
    question = await store.questions.asked(story.id, guild)
    return end_screen(
        story,
        read,
        question=question if story.wishes.vote or not question.is_default else None,
        reactions=await store.reactions.tally(story.id),
        offered=OFFERED if chosen is None else chosen,
    )


async def react_panel_of(interaction: Interaction, story: int, page: OpenPage | None) -> Screen:
    """Return the reactions to a story, or to a *page* of it, and which of them this reader gave."""
    store = store_for(interaction)
    entry, tally, given, offered = await gather(
        store.stories.entry(story),
        store.reactions.tally(story),
        store.reactions.of(story, interaction.user.id, page),
        offered_reactions(interaction),
    )
    return react_panel(entry, tally, given, offered, page)


async def page_at(interaction: Interaction, story: int, chapter: int, offset: int) -> OpenPage | None:
    """Return the page of a story that a press is about, from *offset* on.

    None if it is about the story as a whole (*chapter* is 0), or if that chapter is gone.
    """
    if not chapter:
        return None
    try:
        page = await store_for(interaction).pages.open(Spot(chapter, offset), await page_owner(interaction))
    except ChapterGone:
        return None
    if page.story.id != story:
        return None
    cut = max(0, offset - page.spot.offset)  # the message may be cut into pages of another length than this reader's
    return replace(page, spot=Spot(chapter, offset), text=page.text[cut:]) if cut < len(page.text) else page


async def latest_story(interaction: Interaction) -> StorySummary:
    """Return the story that the reader opened last. Raises `ReaderError`."""
    story = await store_for(interaction).places.latest(interaction.user.id)
    if story is None:
        raise ReaderError("nothing-begun")
    return story


async def shown_story(interaction: Interaction, story: int) -> StorySummary | None:
    """Return a story; None if it is gone, or may not be shown here."""
    with suppress(StoryGone, StoryGated):
        return await store_for(interaction).stories.entry(story)
    return None


async def offered_reactions(interaction: Interaction) -> Sequence[Emoji]:
    """Return the reactions that a server offers; in a direct message, the bot's own."""
    chosen = (await store_for(interaction).settings.of_server(interaction.guild_id)).reactions
    return OFFERED if chosen is None else chosen


async def language_read(interaction: Interaction) -> str:
    """Return the language that the reader chose to read, else the one that Discord speaks with them."""
    chosen = await store_for(interaction).settings.of_reader(interaction.user.id)
    return chosen.language or interaction.locale.value


async def review_news_of(interaction: Interaction) -> Screen:
    """Return how a writer is notified of reviews."""
    store, reader = store_for(interaction), interaction.user.id
    return review_news_panel(await store.settings.of_reader(reader))


async def show_review_news(interaction: Interaction) -> None:
    """Show it, then clear the undeliverable flag so that direct messages are tried again."""
    await post(interaction, await review_news_of(interaction), private=True)
    await store_for(interaction).settings.unreached(interaction.user.id, None)


async def post(interaction: Interaction, screen: Screen, *, private: bool) -> None:
    """Answer with a new message; emoji on a public one about a story count as reactions to that story.

    A story that its writer does not want shared is always shown privately, and so is all that is asked for by somebody
    who may not write here themselves. Alone with the bot a page is always a message that stays.
    """
    private = private or not _may_share(screen.story) or not may_write_here(interaction)
    if screen.page is not None and is_alone_with_bot(interaction):
        private = False
    message = await send(interaction, screen, private=private)
    if message is not None and screen.story is not None:
        await _record(interaction, message, screen)


async def opens_privately(interaction: Interaction, share: bool | None = None) -> bool:
    """Return whether a page, a list or a card opens for its reader alone.

    It is as they say now with *share*, else as they, their server or the host chose. Alone with the bot it is a message
    that stays. Raises `ReaderError` if they may not write where they share it.
    """
    if is_alone_with_bot(interaction):
        return is_private(interaction)
    if share:
        allow_sharing(interaction)
    if share is not None:
        return not share
    settings = store_for(interaction).settings
    own, here = await gather(settings.of_reader(interaction.user.id), settings.of_server(interaction.guild_id))
    chosen = here.private if own.private is None else own.private
    return interaction.client.private_reading if chosen is None else chosen


async def update_or_copy(interaction: Interaction, screen: Screen) -> None:
    """Draw the pressed message again for its owner; anyone else gets the screen as a private copy."""
    if not await _is_redrawn(interaction, screen.story):
        await post(interaction, screen, private=True)
        return
    await redraw(interaction, screen)
    if message := _public_message(interaction, screen.story):
        await _record(interaction, message, screen)


async def redrawn_for_all(interaction: Interaction, story: StorySummary) -> int:
    """Return the id of the public message that `update_or_copy` draws again with a page; 0 where it draws none."""
    message = _public_message(interaction, story)
    return message if message and await _is_redrawn(interaction, story) else 0


def _public_message(interaction: Interaction, story: StorySummary | None) -> int:
    """Return the id of the pressed message if others see it, for a screen about a story; else 0."""
    message = interaction.message
    return 0 if message is None or is_private(interaction) or story is None else message.id


async def _is_redrawn(interaction: Interaction, story: StorySummary | None) -> bool:
    return await is_owner(interaction) and (is_private(interaction) or _may_share(story))


def _may_share(story: StorySummary | None) -> bool:
    return story is None or story.may_share


async def _record(interaction: Interaction, message: int, screen: Screen) -> None:
    channel = interaction.channel_id or 0
    story = screen.story.id if screen.story else 0
    where = (message, channel, interaction.guild_id)
    await record_post(interaction.client, *where, story, quote=screen.quote, page=screen.page)


def is_private(interaction: discord.Interaction) -> bool:
    """Return whether only the one who pressed sees the pressed message."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def is_alone(interaction: discord.Interaction) -> bool:
    """Return whether only the reader sees the answer: it is private, or in a direct message with the bot."""
    return is_private(interaction) or is_alone_with_bot(interaction)


async def session_of(interaction: Interaction) -> SharedReading | None:
    """Return the shared reading whose page a pressed message shows; None for any other message."""
    message = interaction.message
    if message is None or message.interaction_metadata is not None or is_private(interaction):
        return None
    return await store_for(interaction).shared_readings.of(message.id)


async def page_owner(interaction: Interaction) -> int:
    """Return whose reading a message shows: who asked for it, alone sees it, or turns it for all; else 0."""
    message = interaction.message
    if message is None or is_alone(interaction):
        return interaction.user.id
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id
    session = await session_of(interaction)
    return session.turner if session else 0


async def is_owner(interaction: Interaction) -> bool:
    """Return whether the one who pressed is the owner of the message's reading."""
    return await page_owner(interaction) == interaction.user.id
