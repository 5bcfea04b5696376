"""The leaderboard: the most popular stories or quotes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import discord

from bot.domain.reactions import PRIVATE_METRICS, Metric, Period, Ranked
from bot.stories.model import QuoteInContext, StorySummary
from bot.texts import say
from bot.ui.components import button, option, page_buttons, select
from bot.ui.ids import LeaderboardPage, PickLeaderboard, PickRanked
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.quotes import source
from bot.ui.screen import ACCENT, Group, Item, Screen
from bot.ui.stories import subtext

ROWS = 10
"""Number of places on a page."""

WORDS_CHARS = 140

_BUTTONS: dict[Period, Literal["w", "m", "e"]] = {"week": "w", "month": "m", "ever": "e"}


def leaderboard_screen(
    places: Sequence[tuple[StorySummary, int]] | Sequence[tuple[QuoteInContext, int]],
    current: LeaderboardPage,
    rankings: Sequence[tuple[Ranked, Metric]],
    *,
    is_last: bool,
    in_server: bool,
    may_share: bool = False,
) -> Screen:
    """Return the page that *current* describes, with a select of *rankings* if there are several.

    A reader *in_server* can switch between this server and all servers. *may_share* adds a button to share the page.
    """
    first = current.page * ROWS + 1
    title = say(f"top-title-{current.ranked}-{current.metric}", since=say(f"top-since-{current.period}"))
    lines = [_line(first + i, each, count, current.metric) for i, (each, count) in enumerate(places)]
    embed = discord.Embed(title=title, description="\n".join(lines) or _empty_text(current), colour=ACCENT)
    embed.set_footer(text=say("top-here" if current.here else "top-everywhere"))
    groups: list[Group] = [[_ranking_select(rankings, current)]] if len(rankings) > 1 else []
    if places:
        groups.append([_open_select(current.ranked, first, [each for each, _ in places])])
    items = [_period_button(period, current) for period in _BUTTONS if period != current.period]
    if in_server:
        label = say("top-show-everywhere" if current.here else "top-show-here")
        items.append(button(replace(current, button="h", here=not current.here, page=0), label))
    share = [button(replace(current, button="s"), say("top-share"))] if may_share else []
    pages = current.page + (1 if is_last else 2)  # how many more pages follow is unknown: one is enough for *Next*
    ways = page_buttons(lambda way, to: replace(current, button=way, page=to), current.page, pages)
    return Screen([embed], [*groups, items, [*share, *ways]])


def _line(place: int, each: StorySummary | QuoteInContext, count: int, by: Metric) -> str:
    counted = say(f"top-count-{by}", count=count)
    if isinstance(each, QuoteInContext):
        words = clip(" ".join(each.text.split()), WORDS_CHARS, escape)
        return f"**{place}.** {words}\n{subtext(clip(source(each), 120, escape), counted)}"
    author = say("by", author=clip(each.author, 60, escape)) if each.author else ""
    return f"**{place}. {clip(each.title, 120, escape)}**\n{subtext(author, counted)}"


def _empty_text(current: LeaderboardPage) -> str:
    """Return the text of an empty list; for private acts, the text leaves open whether counts are unpublished."""
    return say("top-none-told" if current.metric in PRIVATE_METRICS else "top-none")


def _ranking_select(rankings: Sequence[tuple[Ranked, Metric]], current: LeaderboardPage) -> Item:
    options = [
        option(say(f"top-list-{what}-{by}"), f"{what}:{by}", default=(what, by) == (current.ranked, current.metric))
        for what, by in rankings
    ]
    return select(PickLeaderboard(current.period, current.here), options)


def _open_select(what: Ranked, first: int, places: Sequence[StorySummary | QuoteInContext]) -> Item:
    options: list[discord.SelectOption] = []
    for number, each in enumerate(places, start=first):
        is_quote = isinstance(each, QuoteInContext)
        name = " ".join((each.text if is_quote else each.title).split())
        options.append(option(f"{number}. {name}", each.id, source(each) if is_quote else None))
    return select(PickRanked(what), options, say("top-open-quote" if what == "quote" else "top-open-story"))


def _period_button(period: Period, current: LeaderboardPage) -> Item:
    custom_id = replace(current, button=_BUTTONS[period], period=period, page=0)
    return button(custom_id, say(f"top-show-{period}"))
