"""Author statistics: how readers read a story, in numbers, words and charts."""

import io
from collections.abc import Iterator, Sequence

import discord

from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.author_stats import AuthorStats, Readership
from bot.texts import say
from bot.ui.author_stats_charts import Chart
from bot.ui.components import button
from bot.ui.ids.authors import ExportAuthorStats
from bot.ui.ids.pages import ShowCard
from bot.ui.questions import asks, question_text
from bot.ui.reactions import tally_line
from bot.ui.screen import ACCENT, Screen, story_embed


def author_stats_screen(desk: AuthorStats, charts: Sequence[tuple[Chart, bytes]]) -> Screen:
    """What readers said, then what they only did, then the charts one below the other, each with its PNG."""
    embed = story_embed(desk.story).set_author(name=say("desk"))
    for name, value in (*_said(desk), *_done(desk)):
        embed.add_field(name=name, value=value, inline=False)
    embeds = [embed, *(_pictured(chart) for chart, _ in charts)]
    items = [button(ShowCard(desk.story.id), say("page-info"), 0)]
    if embed.fields or charts:
        items.insert(0, button(ExportAuthorStats(desk.story.id), say("desk-table"), 0))
    else:
        embed.description = say("desk-nothing")
    if desk.readers is not None or desk.saves is not None:
        embeds[-1].set_footer(text=say("desk-rule", fewest=SMALLEST_GROUP))
    files = [discord.File(io.BytesIO(png), chart.file, description=chart.alt) for chart, png in charts]
    return Screen(embeds, items, files=files)


def _said(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """What readers said, as it is; nothing where nobody did."""
    for question in desk.questions:
        if question.voters:
            yield asks(question), question_text(question)
    if desk.reactions:
        yield say("desk-reactions"), tally_line(desk.reactions)
    if desk.reviews:
        yield say("desk-reviews"), say("desk-reviewed", count=desk.reviews)


def _done(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """What readers only did and what has no chart, where it is told."""
    if desk.readers is not None:
        yield say("desk-read"), _readers(desk.readers)
    if desk.saves is not None:
        yield say("desk-saves"), say("desk-saved", count=desk.saves)


def _readers(readers: Readership) -> str:
    if readers.finished is None or readers.percent is None:
        return say("desk-readers-begun", begun=readers.begun)
    return say("desk-readers", begun=readers.begun, finished=readers.finished, percent=readers.percent)


def _pictured(chart: Chart) -> discord.Embed:
    """A chart's words above its picture, which says the same to those who do not see it.

    Discord takes a description of an embed's picture (https://github.com/discord/discord-api-docs/issues/8373), which
    `Embed.set_image` does not know of yet.
    """
    embed = discord.Embed(title=chart.title, description=chart.words, colour=ACCENT)
    image = {"url": f"attachment://{chart.file}", "description": chart.alt}
    return discord.Embed.from_dict({**embed.to_dict(), "image": image})
