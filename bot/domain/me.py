"""What is a reader's own, as `/me` shows it: a tab for each kind."""

from typing import Literal, get_args

MeTab = Literal[
    "reading",
    "later",
    "finished",
    "paused",
    "dropped",
    "bookmarks",
    "quotes",
    "following",
    "reviews",
    "muted",
    "data",
]
"""The first five are the reading lists, by their names."""

ME_TABS: tuple[MeTab, ...] = get_args(MeTab)
