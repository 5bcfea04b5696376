"""Search for passages, stories and authors; the results are private."""

from asyncio import gather

from discord import app_commands

from bot.errors import ReaderError
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked
from bot.interactions.options import StoryArgument
from bot.services.posts import post, update_or_copy
from bot.services.reading import page_of
from bot.services.stories import card_of
from bot.stories.excerpts import Hits
from bot.stories.folding import clean
from bot.stories.model import Spot, StorySummary
from bot.stories.query import QUERY_CHARS, read_query
from bot.ui.ids import PickHit, SearchPage
from bot.ui.screen import Screen
from bot.ui.search import HITS_A_PAGE, STORIES_NAMED, read_pick, search_screen


@app_commands.command()
@app_commands.describe(
    text='Words, an "exact phrase", the start of a word*, a title or an author',
    story="Search only this story",
)
async def search(
    interaction: Interaction,
    text: app_commands.Range[str, 1, QUERY_CHARS],
    story: StoryArgument | None = None,
) -> None:
    """Find a line, a story or an author"""
    typed = clean(text[:QUERY_CHARS])
    await post(interaction, await _results(interaction, typed, story.id if story else None), private=True)


async def _results(interaction: Interaction, typed: str, story: int | None, page: int = 0, search: int = 0) -> Screen:
    """Return a page of results. A query with several pages is stored; *search* is its id, 0 if not stored yet."""
    store, query = store_for(interaction), read_query(typed)
    if not query:
        raise ReaderError("nothing-asked")
    spend(interaction, "search")
    finding, named = store.search.find(query, story, page, HITS_A_PAGE), list[StorySummary]()
    if story is None:
        found, named = await gather(finding, store.stories.search(typed, STORIES_NAMED))
    else:
        found = await finding
    named = named if found.page == 0 else []
    if found.pages > 1 and not search:
        search = await store.search.save(interaction.user.id, typed, story)
    return search_screen(typed, named, found, search, await _spoilers(interaction, found))


async def _spoilers(interaction: Interaction, found: Hits) -> set[Spot]:
    """Return the spots of hits beyond the reader's progress, in stories that they have begun."""
    stories = {hit.story.id for hit in found.hits}
    horizon = await store_for(interaction).places.horizon(interaction.user.id, stories)
    begun = (hit for hit in found.hits if horizon.has_begun(hit.story.id))
    return {hit.spot for hit in begun if horizon.hides(hit.story, hit.chapter, hit.spot, hit.percent)}


@component(SearchPage)
async def turn_search(interaction: Interaction, press: SearchPage) -> None:
    """Turn to another page of results."""
    store = store_for(interaction)
    typed, story = await store.search.saved(press.query_id, interaction.user.id)
    if story is not None:
        await store.stories.entry(story)  # raises an error if the story is gone or hidden here
    await update_or_copy(interaction, await _results(interaction, typed, story, press.page, press.query_id))


@component(PickHit)
async def pick_hit(interaction: Interaction, press: PickHit) -> None:
    """Show the picked passage, without changing the reader's place, or the picked story's card; both privately."""
    match read_pick(picked(interaction)):
        case Spot() as spot:
            page = await store_for(interaction).pages.open(spot, interaction.user.id)
            await post(interaction, await page_of(interaction, page, peek=True, alone=True), private=True)
        case int(story):
            await post(interaction, await card_of(interaction, story), private=True)
        case None:
            raise ReaderError("search-gone")
