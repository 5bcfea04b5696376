"""The writer's desk: how a story is read, in numbers, words and charts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.domain.anonymity import SMALLEST_GROUP, k_anonymous
from bot.domain.author_stats import AuthorStats
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.author_stats_charts import Chart
from bot.ui.components import button, sent
from bot.ui.ids.authors import ExportAuthorStats, PickAuthorStats
from bot.ui.ids.pages import ShowCard
from bot.ui.limits import EMBED_TITLE, OPTION_LABEL, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.reactions import tally_line
from bot.ui.screen import ACCENT, QUIET, Screen
from bot.ui.votes import vote_text


def author_stats_screen(desk: AuthorStats, charts: Sequence[tuple[Chart, bytes]]) -> Screen:
    """The numbers, then the charts one below the other, each with its PNG."""
    embed = _headed(desk.story)
    embed.description = _readers(desk)
    for name, value in (*_fields(desk), *_not_drawn(desk)):
        embed.add_field(name=name, value=value, inline=False)
    embeds = [embed, *(_pictured(chart) for chart, _ in charts)]
    embeds[-1].set_footer(text=say("desk-rule", fewest=SMALLEST_GROUP))
    items = [
        button(ExportAuthorStats(desk.story.id), say("desk-table"), 0),
        button(ShowCard(desk.story.id), say("page-about"), 0),
    ]
    files = [discord.File(io.BytesIO(png), chart.file, description=chart.alt) for chart, png in charts]
    return Screen(embeds, sent(items), files=files)


def too_few_readers_screen(story: StorySummary) -> Screen:
    """The desk of a story that too few have begun."""
    embed = _headed(story)
    embed.description = say("desk-nothing", fewest=SMALLEST_GROUP)
    return Screen([embed])


def _headed(story: StorySummary) -> discord.Embed:
    return discord.Embed(title=clip(story.title, EMBED_TITLE, escape), colour=ACCENT).set_author(name=say("desk"))


def _readers(desk: AuthorStats) -> str:
    readers = desk.readers
    if readers.finished is None or readers.percent is None:
        return say("desk-readers-few", begun=readers.begun, fewest=SMALLEST_GROUP)
    return say("desk-readers", begun=readers.begun, finished=readers.finished, percent=readers.percent)


def _fields(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """What is told without a picture."""
    many = [reaction for reaction in desk.reactions if k_anonymous(reaction.readers)]
    yield say("desk-reactions"), tally_line(many) or say("desk-reactions-few", fewest=SMALLEST_GROUP)
    if desk.vote is not None:
        enough = k_anonymous(desk.vote.voters) is not None
        yield say("vote-question"), vote_text(desk.vote) if enough else say("desk-votes-few", fewest=SMALLEST_GROUP)
    yield say("desk-reviews"), say("desk-reviewed", count=desk.reviews)
    saves = k_anonymous(desk.saves)
    yield (
        say("desk-saves"),
        say("desk-saves-few", fewest=SMALLEST_GROUP) if saves is None else say("desk-saved", count=saves),
    )


def _not_drawn(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """What is said in the place of a picture with nothing in it."""
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


def choose_story_screen(stories: Sequence[StorySummary]) -> Screen:
    """Asks which of several stories; *stories* are as many as a select takes, or one more."""
    shown = stories[:SELECT_OPTIONS]
    embed = discord.Embed(title=say("desk-choose"), description=say("desk-choose-words"), colour=QUIET)
    if len(stories) > len(shown):
        embed.description = say("desk-choose-more", count=len(shown))
    options = [discord.SelectOption(label=clip(story.title, OPTION_LABEL), value=str(story.id)) for story in shown]
    select = ui.Select[ui.View](custom_id=str(PickAuthorStats()), placeholder=say("desk-choose"), options=options)
    return Screen([embed], sent([select]))
