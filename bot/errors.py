"""Errors that somebody can mend: a reader or a manager (`ReaderError`), or the host of the bot (`HostError`).

An error has a class of its own only if somebody catches it by its type. Any other is a `ReaderError` with the id of a
message of `bot/texts`, which `bot.interactions.replies` says in the reader's language.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Literal


class HostError(Exception):
    """Ends a program with one sentence: what is wrong, where, and what to do."""


def found_at(path: Path) -> Literal["file", "folder", "nothing"]:
    """Return what is at *path*; a folder may be entered and listed.

    Raises `HostError` where the system does not say, which `pathlib` does by an `OSError` or by "nothing is there".
    """
    real, closed = Path(os.path.realpath(path)), None
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
            closed = real
    except FileNotFoundError:
        return "nothing"
    except PermissionError:
        mode, closed = 0, next((each for each in reversed(real.parents) if not os.access(each, os.X_OK)), real.parent)
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError in older Pythons
        raise HostError(f"{path} cannot be opened: {error}. Name another, or mend this one.") from error
    if closed is not None:
        raise HostError(
            f"{path} cannot be opened: {closed} is closed to the user who runs this. Let that user in, or name another."
        )
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "nothing"


class ServerAway(HostError):
    """The server with the database cannot be reached, or takes nobody in yet: a later try may find it."""


class LoadingElsewhere(HostError):
    """Another process loads the stories folder just now; all see what it loads."""


class ReaderError(Exception):
    """Ends a command or a press with a private message: what is wrong, and what to do next."""

    def __init__(self, message: str, /, **values: str | int) -> None:
        super().__init__(f"{message} {values}" if values else message)
        self.message = message
        """The id of a message of `bot/texts`."""
        self.values = values
        """The values of the message, by name."""


class DatabaseAway(ReaderError):
    """The database cannot be reached just now, or it *is_busy* and took too long; the log says why."""

    def __init__(self, *, is_busy: bool = False) -> None:
        if is_busy:
            super().__init__("busy")
        else:
            super().__init__("database-away")


class NothingStored(DatabaseAway):
    """The database can be read and takes nothing just now, as on a full disk; the log says why."""

    def __init__(self) -> None:
        ReaderError.__init__(self, "nothing-stored")


class AlreadyDone(Exception):
    """What an interaction asks was done when it came before."""


class TooOld(Exception):
    """An interaction came when Discord took no answer to it any more."""


class SeveralStories(ReaderError):
    """Several stories have the name that somebody typed; one of *stories*, an id and a title each, is meant."""

    def __init__(self, title: str, stories: Sequence[tuple[int, str]]) -> None:
        super().__init__("story-ambiguous", title=title)
        self.stories = stories


class StoryGone(ReaderError):
    """The story is not here any more."""

    def __init__(self) -> None:
        super().__init__("story-gone")


class StoryGated(ReaderError):
    """The story is for adults, and not all who are here are known to be adults."""

    def __init__(self) -> None:
        super().__init__("story-gated")


class ChapterGone(ReaderError):
    """The story has lost this chapter."""

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


class ReviewGone(ReaderError):
    """The review is not here any more, or the member may not see it."""

    def __init__(self) -> None:
        super().__init__("review-gone")


class ClaimGone(ReaderError):
    """The claim was answered meanwhile, or waits no longer."""

    def __init__(self) -> None:
        super().__init__("claim-gone")


class SubmissionGone(ReaderError):
    """The submission was answered meanwhile."""

    def __init__(self) -> None:
        super().__init__("submission-gone")


class QuestionGone(ReaderError):
    """The question is not there any more."""

    def __init__(self) -> None:
        super().__init__("question-gone")


def _with_code_points(grapheme: str) -> str:
    """Return a few characters with their code points, for those that no font may show."""
    points = " ".join(f"U+{ord(character):04X}" for character in grapheme[:3])
    return f"{grapheme[:3]} ({points})" if grapheme[:3].isprintable() else points
