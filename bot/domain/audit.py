"""The audit log of a server: acts of managers, moderators, authors and members on its stories and settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

KEPT_DAYS = 90
"""Number of days until an entry is deleted from the log."""

LogFilter = Literal["all", "stories", "reviews", "settings"]
"""Filters of the log's pages."""
LOG_FILTERS: tuple[LogFilter, ...] = get_args(LogFilter)

WORDED: tuple[str, ...] = (
    "publish", "replace", "edit", "add-chapter", "put-back", "withdraw", "remove", "restore", "delete", "submit",
    "approve", "refuse", "link", "unlink", "claim", "approve-claim", "refuse-claim", "remove-question", "hide-review",
    "show-review", "set",
)  # fmt: skip
"""Acts that the log describes with a message of their own; all others share one message."""

OF_FILTER: dict[LogFilter, tuple[str, ...]] = {
    "reviews": ("hide-review", "show-review"),
    "settings": ("set",),
}
"""Acts that each filter selects; the filter *stories* selects all acts that are not listed here."""


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """One entry of the log."""

    user: int | None
    """The user who acted; None for a former member."""
    act: str
    story: int | None
    title: str | None
    """The story's title at the time of the act; None if the act concerns no story."""
    detail: str
    at: int
    """Time of the act, in seconds since 1970."""
