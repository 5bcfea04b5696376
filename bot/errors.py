"""What can go wrong that somebody can mend: a reader or a manager (`ReaderError`), or who runs the bot (`HostError`).

A class of its own has only what somebody catches by its type. All else is a `ReaderError` with the id of a message of
`bot/texts`, which `bot.interactions.replies` says in the language of the one who asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal


class HostError(Exception):
    """Ends a program with one sentence: what is wrong, where, and what to do."""


class ReaderError(Exception):
    """Is said to the one who asked, privately: what is wrong, and what to do next."""

    def __init__(self, message: str, /, **values: str | int) -> None:
        super().__init__(f"{message} {values}" if values else message)
        self.message = message
        """The id of a message of `bot/texts`."""
        self.values = values
        """What goes into the message, by its names."""


class StoryGone(ReaderError):
    """The story was here and is not now."""

    def __init__(self) -> None:
        super().__init__("story-gone")


class StoryGated(ReaderError):
    """The story is for adults, and here it is not certain that all are."""

    def __init__(self) -> None:
        super().__init__("story-gated")


class ChapterGone(ReaderError):
    """The story is here, and this chapter of it is not."""

    def __init__(self, title: str) -> None:
        super().__init__("chapter-gone", title=title)


class NotWished(ReaderError):
    """The writer does not want this done with the story."""

    def __init__(self, wish: Literal["quote", "vote", "review", "download", "share"]) -> None:
        super().__init__("not-wished", wish=wish)


class NoQuotes(ReaderError):
    """The story is too short for a quote, or there are no stories at all (no *title*)."""

    def __init__(self, title: str | None, *, first_part: bool = False) -> None:
        part = "first" if first_part else "all"
        if title is None:
            super().__init__("no-quotes", part=part)
        else:
            super().__init__("no-quotes-of-story", title=title, part=part)


class CardError(ReaderError):
    """A quote cannot be drawn as a picture, or not now."""


class NotDrawable(CardError):
    """A quote has letters that no font of the bot has; *missing* are some of them, none for a quote without words."""

    def __init__(self, missing: Sequence[str]) -> None:
        if missing:
            super().__init__("not-drawable", missing=", ".join(map(_with_code_points, missing[:10])))
        else:
            super().__init__("nothing-to-draw")


class MayNotPoll(ReaderError):
    """One who neither manages the server nor wrote the story wants to tend a poll on it."""

    def __init__(self) -> None:
        super().__init__("may-not-poll")


class PollGone(ReaderError):
    """The poll was here and is not now, or is not for the one who asks."""

    def __init__(self) -> None:
        super().__init__("poll-gone")


class PollClosed(ReaderError):
    """The poll has ended."""

    def __init__(self) -> None:
        super().__init__("poll-closed")


def _with_code_points(grapheme: str) -> str:
    """A few characters with their code points, which say more of one that nobody has letters for."""
    points = " ".join(f"U+{ord(character):04X}" for character in grapheme[:3])
    return f"{grapheme[:3]} ({points})" if grapheme[:3].isprintable() else points
