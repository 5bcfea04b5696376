"""The tabs of `/me`: a select with how much there is in each."""

from collections.abc import Mapping, Sequence

from bot.domain.me import ME_TABS, MeTab
from bot.texts import say
from bot.ui.components import option, private_list, select
from bot.ui.ids.me import MePage, PickMeTab
from bot.ui.screen import Item, Screen


def tabs(shown: MeTab, counts: Mapping[MeTab, int]) -> Item:
    """The select; a tab with nothing in it shows no number."""
    options = [option(_label(tab, counts.get(tab, 0)), tab, default=tab == shown) for tab in ME_TABS]
    return select(PickMeTab(), options, 0)


def _label(tab: MeTab, count: int) -> str:
    name = say(f"me-tab-{tab}")
    return say("me-counted", tab=name, count=count) if count else name


def tab_list(tab: MeTab, lines: Sequence[str], items: Sequence[Item], page: int, pages: int, row: int) -> Screen:
    """One page, counted from 0, of what a tab lists; *row* has the buttons that turn it."""
    return private_list(say(f"me-tab-{tab}"), lines, items, lambda way, to: MePage(way, tab, to), page, pages, row)


def to_tab(tab: MeTab, page: int = 0) -> MePage:
    """The custom id of a button that leads to a tab."""
    return MePage("back", tab, page)
