"""A list of the most loved stories or quotes."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.leaderboard import RANKINGS, Metric, Period, Ranked
from bot.stories.model import QuoteInContext, StorySummary
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.leaderboard import LeaderboardPage, PickLeaderboard, PickRanked
from bot.ui.limits import OPTION_DESCRIPTION, OPTION_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.quotes import source
from bot.ui.screen import ACCENT, Screen

ROWS = 10
"""Places on a page."""

WORDS_CHARS = 140

_BUTTONS: dict[Period, str] = {"week": "w", "month": "m", "ever": "e"}


def leaderboard_screen(
    places: Sequence[tuple[StorySummary, int]] | Sequence[tuple[QuoteInContext, int]],
    shown: LeaderboardPage,
    *,
    is_last: bool,
    in_server: bool,
) -> Screen:
    """One page of a list, which is what *shown* says; *in_server* lets one choose between here and everywhere."""
    first = shown.page * ROWS + 1
    title = say(f"top-title-{shown.ranked}-{shown.metric}", since=say(f"top-since-{shown.period}"))
    lines = [_line(first + i, each, count, shown.metric) for i, (each, count) in enumerate(places)]
    embed = discord.Embed(title=title, description="\n".join(lines) or say("top-none"), colour=ACCENT)
    embed.set_footer(text=say("top-here" if shown.here else "top-everywhere"))
    items: list[ui.Item[ui.View]] = [_lists(shown)]
    if places:
        items.append(_open(shown.ranked, first, [each for each, _ in places]))
    items += [_since(since, shown) for since in _BUTTONS]
    if in_server:
        items.append(
            button(LeaderboardPage("h", shown.ranked, shown.metric, shown.period, not shown.here, 0),
                   say("top-show-everywhere" if shown.here else "top-show-here"), 3)
        )  # fmt: skip
    if shown.page or not is_last:
        items += [
            button(_at("p", shown, max(0, shown.page - 1)), say("page-previous"), 3, disabled=shown.page == 0),
            button(_at("n", shown, shown.page + 1), say("page-next"), 3, disabled=is_last),
        ]
    return Screen([embed], sent(items))


def _line(place: int, each: StorySummary | QuoteInContext, count: int, by: Metric) -> str:
    counted = say(f"top-count-{by}", count=count)
    if isinstance(each, QuoteInContext):
        words = clip(" ".join(each.text.split()), WORDS_CHARS, escape)
        return f"**{place}.** {words}\n{clip(source(each), 120, escape)} · {counted}"
    by_author = clip(say("title-by", title=each.title, author=each.author) if each.author else each.title, 120, escape)
    return f"**{place}.** {by_author} · {counted}"


def _lists(shown: LeaderboardPage) -> ui.Select[ui.View]:
    options = [
        discord.SelectOption(
            label=say(f"top-list-{what}-{by}"), value=f"{what}:{by}", default=(what, by) == (shown.ranked, shown.metric)
        )
        for what, by in RANKINGS
    ]
    return ui.Select(custom_id=str(PickLeaderboard(shown.period, shown.here)), options=options, row=0)


def _open(what: Ranked, first: int, places: Sequence[StorySummary | QuoteInContext]) -> ui.Select[ui.View]:
    names = [" ".join((each.text if isinstance(each, QuoteInContext) else each.title).split()) for each in places]
    options = [
        discord.SelectOption(
            label=clip(f"{first + i}. {names[i]}", OPTION_LABEL),
            value=str(each.id),
            description=clip(source(each), OPTION_DESCRIPTION) if isinstance(each, QuoteInContext) else None,
        )
        for i, each in enumerate(places)
    ]  # fmt: skip
    placeholder = say("top-open-quote" if what == "quote" else "top-open-story")
    return ui.Select(custom_id=str(PickRanked(what)), placeholder=placeholder, options=options, row=1)


def _since(since: Period, shown: LeaderboardPage) -> ui.Button[ui.View]:
    chosen = since == shown.period
    style = Style.primary if chosen else Style.secondary
    custom_id = LeaderboardPage(_BUTTONS[since], shown.ranked, shown.metric, since, shown.here, 0)  # type: ignore[arg-type]
    return button(custom_id, say(f"top-since-{since}"), 2, style=style, disabled=chosen)


def _at(which: str, shown: LeaderboardPage, page: int) -> LeaderboardPage:
    return LeaderboardPage(which, shown.ranked, shown.metric, shown.period, shown.here, page)  # type: ignore[arg-type]
