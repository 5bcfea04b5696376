"""The audit log of a server: what its managers, moderators, authors and members did to its stories and settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

KEPT_DAYS = 90
"""The days that an act stays in the log."""

LogFilter = Literal["all", "stories", "reviews", "settings"]
"""Which acts a page of the log has."""
LOG_FILTERS: tuple[LogFilter, ...] = get_args(LogFilter)

WORDED: tuple[str, ...] = (
    "publish", "replace", "edit", "add-chapter", "put-back", "withdraw", "remove", "restore", "delete", "submit",
    "approve", "refuse", "link", "unlink", "claim", "approve-claim", "refuse-claim", "remove-question", "hide-review",
    "show-review", "set",
)  # fmt: skip
"""The acts that have a message of their own."""

OF_FILTER: dict[LogFilter, tuple[str, ...]] = {
    "reviews": ("hide-review", "show-review"),
    "settings": ("set",),
}
"""The acts of a filter; *stories* has all that are in no other."""


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """One act of the log."""

    user: int | None
    """Who did it; None for a former member."""
    act: str
    story: int | None
    title: str | None
    """The story's title as it was then; None where the act is about no story."""
    detail: str
    at: int
    """Seconds since 1970."""
