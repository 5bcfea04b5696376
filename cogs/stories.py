"""Stories: filtered lists, random stories, cards and downloads."""

import asyncio
from asyncio import gather
from dataclasses import replace

from discord import app_commands

from bot.domain.downloads import as_epub, as_text, file_name
from bot.domain.stories import MOST_MINUTES, SORTS, Filter, StoryFilter, read_names
from bot.errors import ForbiddenByAuthor, ReaderError
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, number_in, one_of, picked, picked_id, typed
from bot.interactions.messages import is_alone, is_owner, page_owner
from bot.interactions.options import (
    AnyNames,
    Authors,
    Characters,
    Fandoms,
    Languages,
    LengthChoice,
    RatingChoice,
    SortChoice,
    StatusChoice,
    StoryArgument,
    Tags,
)
from bot.interactions.permissions import allow_sharing
from bot.interactions.replies import ask, send_files, think
from bot.services.posts import opens_privately, post, update_or_copy
from bot.services.stories import card_of, language_read
from bot.stories.languages import language_name
from bot.ui.ids import (
    AnotherStory,
    AskNames,
    Download,
    NamesModal,
    PickFilter,
    PickStory,
    ShareCard,
    ShowCard,
    ShowFilters,
    SortStoryList,
    StoryListPage,
    SurpriseMe,
    UnfoldCard,
)
from bot.ui.limits import SELECT_OPTIONS
from bot.ui.screen import Screen
from bot.ui.stories import (
    ANY_VALUE,
    NAMES_CHARS,
    STORIES_A_PAGE,
    TYPED_FILTERS,
    VALUES_OF,
    filters_screen,
    library_screen,
    names_modal,
    story_count_text,
)


@component(PickStory, work="lookup")
async def pick_story(interaction: Interaction, press: PickStory) -> None:
    """Show the card of the picked story."""
    await post(interaction, await card_of(interaction, picked_id(interaction)), private=True)


@component(UnfoldCard)
async def unfold_card(interaction: Interaction, press: UnfoldCard) -> None:
    """Unfold or fold *More* of a card; for another reader's card, do so in a private copy."""
    public = not is_alone(interaction) and await is_owner(interaction)
    screen = await card_of(interaction, press.story, more=press.more, public=public)
    await update_or_copy(interaction, screen)


@component(ShareCard)
async def share_card(interaction: Interaction, press: ShareCard) -> None:
    """Post a story's card publicly."""
    allow_sharing(interaction)
    await post(interaction, await card_of(interaction, press.story, more=False, public=True), private=False)


@component(ShowCard, work="lookup")
async def show_card(interaction: Interaction, press: ShowCard) -> None:
    """Show the card of the story of a page or quote."""
    await post(interaction, await card_of(interaction, press.story), private=True)


@app_commands.command()
@app_commands.describe(
    story="Only this story: title or author",
    tag="Tags to include, separated by commas",
    without="Tags, fandoms, characters or authors to exclude, separated by commas",
    fandom="Fandoms to include",
    character="Characters to include",
    author="Authors to include",
    length="How long it is",
    minutes="Minutes you have: only stories that fit in",
    status="Complete, in progress and more",
    rating="Rating to include",
    language="One or more languages",
    sort="What comes first",
    share="Show it to everyone in the channel",
)
async def stories(
    interaction: Interaction,
    story: StoryArgument | None = None,
    tag: Tags = (),
    without: AnyNames = (),
    fandom: Fandoms = (),
    character: Characters = (),
    author: Authors = (),
    length: LengthChoice | None = None,
    minutes: app_commands.Range[int, 1, MOST_MINUTES] | None = None,
    status: StatusChoice | None = None,
    rating: RatingChoice | None = None,
    language: Languages = (),
    sort: SortChoice = "title",
    share: bool | None = None,
) -> None:
    """Browse the library, with filters, or see what a story is about"""
    if story is not None:
        private = await opens_privately(interaction, share)
        await post(interaction, await card_of(interaction, story.id, public=not private), private=private)
        return
    chosen = StoryFilter(
        tags=tag,
        fandoms=fandom,
        characters=character,
        authors=author,
        languages=tuple(map(language_name, language)),
        length=length,
        minutes=minutes,
        status=status,
        rating=rating,
        without=without,
        sort=sort,
    )
    private, listed = await gather(opens_privately(interaction, share), _list(interaction, chosen, 0))
    await post(interaction, listed, private=private)


async def _stored_filter(interaction: Interaction, query_id: int) -> StoryFilter:
    """Return the stored filter of the pressed list: the reader's own, or that of the message's owner."""
    return await store_for(interaction).story_lists.saved(query_id, await page_owner(interaction))


async def _list(interaction: Interaction, chosen: StoryFilter, page: int, *, more: bool = False) -> Screen:
    """Return a page of the stories that match the filter *chosen*; *more* shows the *More* buttons."""
    store = store_for(interaction)
    return library_screen(
        await store.story_lists.page(chosen, page, STORIES_A_PAGE),
        chosen,
        await store.story_lists.save(chosen),
        reader_language=await language_read(interaction),
        more=more,
    )


async def _panel(interaction: Interaction, chosen: StoryFilter) -> Screen:
    store = store_for(interaction)
    found = await store.story_lists.page(chosen, 0, 1)
    languages = await store.facets.offered(["language"], "", SELECT_OPTIONS)
    return filters_screen(chosen, await store.story_lists.save(chosen), story_count_text(found), languages)


async def _random_card(interaction: Interaction, chosen: StoryFilter) -> Screen:
    store = store_for(interaction)
    story = await store.story_lists.by_chance(chosen)
    if story is None:
        raise ReaderError("nothing-unread-of-these" if bool(chosen.on()) else "nothing-unread")
    return await card_of(interaction, story.id, by_chance=await store.story_lists.save(chosen))


@component(StoryListPage)
async def turn_list(interaction: Interaction, press: StoryListPage) -> None:
    """Show a page of the list, or unfold its *More* buttons; for another reader's list, do so in a private copy."""
    chosen = await _stored_filter(interaction, press.query_id)
    screen = await _list(interaction, chosen, press.page, more=press.button == "more")
    await update_or_copy(interaction, screen)


@component(SortStoryList)
async def sort_list(interaction: Interaction, press: SortStoryList) -> None:
    """Change the order of the list."""
    chosen = await _stored_filter(interaction, press.query_id)
    chosen = replace(chosen, sort=one_of(SORTS, picked(interaction)) or chosen.sort)
    await update_or_copy(interaction, await _list(interaction, chosen, 0, more=True))


@component(ShowFilters)
async def show_filters(interaction: Interaction, press: ShowFilters) -> None:
    """Show the filters in place of the list."""
    chosen = await _stored_filter(interaction, press.query_id)
    await update_or_copy(interaction, await _panel(interaction, chosen))


@component(PickFilter)
async def pick_filter(interaction: Interaction, press: PickFilter) -> None:
    """Set a filter to the picked value, or remove the filter. A length is a named length or a maximum of minutes."""
    value = picked(interaction)
    chosen = (await _stored_filter(interaction, press.query_id)).less(press.filter)
    if press.filter == "length":
        chosen = chosen.less("minutes")
    if press.filter == "length" and (most := number_in(value)) and most <= MOST_MINUTES:
        chosen = replace(chosen, minutes=most)
    elif press.filter == "languages" and value != ANY_VALUE:
        chosen = replace(chosen, languages=read_names(value)[:1])
    elif press.filter != "languages" and value in VALUES_OF[press.filter]:
        chosen = replace(chosen, **{press.filter: value})
    elif value != ANY_VALUE:
        raise ReaderError("button-unknown")
    await update_or_copy(interaction, await _panel(interaction, chosen))


@component(AskNames, work="form")
async def ask_names(interaction: Interaction, press: AskNames) -> None:
    """Open a modal for tags and names to filter by."""
    await ask(interaction, names_modal(await _stored_filter(interaction, press.query_id), press.query_id))


@modal(NamesModal)
async def take_names(interaction: Interaction, submitted: NamesModal) -> None:
    """List the stories that match the typed tags and names."""
    chosen = await _stored_filter(interaction, submitted.query_id)
    filters: dict[Filter, tuple[str, ...]] = {
        name: read_names(typed(interaction, name)[:NAMES_CHARS]) for name in TYPED_FILTERS
    }
    await update_or_copy(interaction, await _list(interaction, replace(chosen, **filters), 0))


@component(SurpriseMe)
async def surprise_me(interaction: Interaction, press: SurpriseMe) -> None:
    """Show the card of a random story of the list that the reader has not begun."""
    chosen = await _stored_filter(interaction, press.query_id)
    await post(interaction, await _random_card(interaction, chosen), private=True)


@component(AnotherStory)
async def another_story(interaction: Interaction, press: AnotherStory) -> None:
    """Replace the card with that of another random story; for another reader's message, show the new card privately."""
    chosen = await _stored_filter(interaction, press.query_id)
    await update_or_copy(interaction, await _random_card(interaction, chosen))


@component(Download, work="lookup")
async def download(interaction: Interaction, press: Download) -> None:
    """Send a story as a file."""
    stories = store_for(interaction).stories
    story = await stories.entry(press.story)
    if not story.wishes.download:
        raise ForbiddenByAuthor("download")
    spend(interaction, "export")
    await think(interaction)
    whole = await stories.whole(story.id)
    data = await asyncio.to_thread(as_epub if press.format == "epub" else as_text, whole)
    if len(data) > interaction.filesize_limit:
        raise ReaderError("too-large")
    name = file_name(whole, ".epub" if press.format == "epub" else ".txt")
    await send_files(interaction, {name: data})
