"""Author statistics: how readers read a story, in numbers, words and charts."""

import io
from collections.abc import Iterator, Sequence

import discord

from bot.domain.anonymity import SMALLEST_GROUP, k_anonymous
from bot.domain.author_stats import AuthorStats
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.author_stats_charts import Chart
from bot.ui.components import button
from bot.ui.ids.authors import ExportAuthorStats
from bot.ui.ids.pages import ShowCard
from bot.ui.reactions import tally_line
from bot.ui.screen import ACCENT, Screen, story_embed
from bot.ui.votes import vote_text


def author_stats_screen(desk: AuthorStats, charts: Sequence[tuple[Chart, bytes]]) -> Screen:
    """The numbers, then the charts one below the other, each with its PNG."""
    embed = _headed(desk.story, _readers(desk))
    for name, value in (*_fields(desk), *_not_drawn(desk)):
        embed.add_field(name=name, value=value, inline=False)
    embeds = [embed, *(_pictured(chart) for chart, _ in charts)]
    embeds[-1].set_footer(text=say("desk-rule", fewest=SMALLEST_GROUP))
    items = [
        button(ExportAuthorStats(desk.story.id), say("desk-table"), 0),
        button(ShowCard(desk.story.id), say("page-info"), 0),
    ]
    files = [discord.File(io.BytesIO(png), chart.file, description=chart.alt) for chart, png in charts]
    return Screen(embeds, items, files=files)


def too_few_readers_screen(story: StorySummary) -> Screen:
    """The statistics of a story that too few readers have begun to say more."""
    return Screen([_headed(story, say("desk-nothing", fewest=SMALLEST_GROUP))])


def _headed(story: StorySummary, text: str) -> discord.Embed:
    return story_embed(story, text).set_author(name=say("desk"))


def _readers(desk: AuthorStats) -> str:
    readers = desk.readers
    if readers.finished is None or readers.percent is None:
        return say("desk-readers-few", begun=readers.begun, fewest=SMALLEST_GROUP)
    return say("desk-readers", begun=readers.begun, finished=readers.finished, percent=readers.percent)


def _fields(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """The numbers that have no chart."""
    many = [reaction for reaction in desk.reactions if k_anonymous(reaction.readers)]
    yield say("desk-reactions"), tally_line(many) or say("desk-reactions-few", fewest=SMALLEST_GROUP)
    if desk.vote is not None:
        enough = k_anonymous(desk.vote.voters) is not None
        yield say("vote-question"), vote_text(desk.vote) if enough else say("desk-votes-few", fewest=SMALLEST_GROUP)
    yield say("desk-reviews"), say("desk-reviewed", count=desk.reviews)
    few = say("desk-saves-few", fewest=SMALLEST_GROUP)
    yield say("desk-saves"), few if desk.saves is None else say("desk-saved", count=desk.saves)


def _not_drawn(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """A sentence in the place of each chart that has no data."""
    if desk.heat is None:
        yield say("heat"), say("desk-heat-none", fewest=SMALLEST_GROUP)
    if not any(desk.weeks):
        yield say("desk-weeks"), say("desk-weeks-none", weeks=len(desk.weeks), fewest=SMALLEST_GROUP)


def _pictured(chart: Chart) -> discord.Embed:
    """A chart's words above its picture, which says the same to those who do not see it.

    Discord takes a description of an embed's picture (https://github.com/discord/discord-api-docs/issues/8373), which
    `Embed.set_image` does not know of yet.
    """
    embed = discord.Embed(title=chart.title, description=chart.words, colour=ACCENT)
    image = {"url": f"attachment://{chart.file}", "description": chart.alt}
    return discord.Embed.from_dict({**embed.to_dict(), "image": image})
