"""Errors that somebody can fix: a reader or a manager (`ReaderError`), or the host of the bot (`HostError`).

An error has its own class only if code catches that class. Any other error is a `ReaderError` with a message id of
`bot/texts`; `bot.interactions.replies` shows the message in the reader's language.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Literal


class HostError(Exception):
    """Ends a program with one sentence: what is wrong, where, and what to do."""


def found_at(path: Path) -> Literal["file", "folder", "nothing"]:
    """Return what is at *path*; "folder" only if the folder can be entered and listed.

    Raises `HostError` if the path cannot be accessed. `pathlib` would raise `OSError` or report that nothing exists.
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
    """The database server is unreachable or does not accept connections yet. A retry may succeed."""


class LoadingElsewhere(HostError):
    """Another process is loading the stories folder at present. Its result applies to all processes."""


class ReaderError(Exception):
    """Ends a command or a press with a private message: what is wrong, and what to do next."""

    def __init__(self, message: str, /, **values: str | int) -> None:
        super().__init__(f"{message} {values}" if values else message)
        self.message = message
        """Message id of `bot/texts`."""
        self.values = values
        """Values of the message, by name."""


class DatabaseAway(ReaderError):
    """The database is unreachable at present, or too slow if *is_busy*. The log has the cause."""

    def __init__(self, *, is_busy: bool = False) -> None:
        if is_busy:
            super().__init__("busy")
        else:
            super().__init__("database-away")


class NothingStored(DatabaseAway):
    """The database is readable but cannot be written at present, as on a full disk. The log has the cause."""

    def __init__(self) -> None:
        ReaderError.__init__(self, "nothing-stored")


class AlreadyDone(Exception):
    """The interaction was delivered before, and its change was made then."""


class TooOld(Exception):
    """The interaction arrived after Discord's deadline for responses."""


class SeveralStories(ReaderError):
    """Several stories match a name. *stories* are their ids and titles."""

    def __init__(self, title: str, stories: Sequence[tuple[int, str]]) -> None:
        super().__init__("story-ambiguous", title=title)
        self.stories = stories


class StoryNotFound(ReaderError):
    """No story matches a name. *near* are the ids and titles of those that may be meant."""

    def __init__(self, title: str, near: Sequence[tuple[int, str]] = ()) -> None:
        if len(near) == 1:
            super().__init__("story-near", title=title, near=near[0][1])
        elif near:
            super().__init__("stories-near", title=title)
        else:
            super().__init__("story-not-found", title=title)
        self.near = near


class StoryGone(ReaderError):
    """The story does not exist any more, or is not visible here."""

    def __init__(self) -> None:
        super().__init__("story-gone")


class StoryGated(ReaderError):
    """The story is for adults, and not all readers here are known to be adults."""

    def __init__(self) -> None:
        super().__init__("story-gated")


class ChapterGone(ReaderError):
    """The story no longer has this chapter."""

    def __init__(self, title: str) -> None:
        super().__init__("chapter-gone", title=title)


class ForbiddenByAuthor(ReaderError):
    """The writer has forbidden this use of the story."""

    def __init__(self, wish: Literal["quote", "vote", "review", "download", "share"]) -> None:
        super().__init__("not-wished", wish=wish)


class NoQuotes(ReaderError):
    """The story *title*, or the library if *title* is None, has no quotes; with *first_part*, none without spoilers."""

    def __init__(self, title: str | None, *, first_part: bool = False) -> None:
        part = "first" if first_part else "all"
        if title is None:
            super().__init__("no-quotes", part=part)
        else:
            super().__init__("no-quotes-of-story", title=title, part=part)


class CardError(ReaderError):
    """A quote cannot be drawn as a picture, at least not at present."""


class NotDrawable(CardError):
    """No font has the graphemes *missing*, which a quote contains; if *missing* is empty, the quote has no words."""

    def __init__(self, missing: Sequence[str]) -> None:
        if missing:
            super().__init__("not-drawable", missing=", ".join(map(_with_code_points, missing[:10])))
        else:
            super().__init__("nothing-to-draw")


class ReviewGone(ReaderError):
    """The review no longer exists, or this member may not see it."""

    def __init__(self) -> None:
        super().__init__("review-gone")


class ClaimGone(ReaderError):
    """The claim has been answered or withdrawn."""

    def __init__(self) -> None:
        super().__init__("claim-gone")


class SubmissionGone(ReaderError):
    """The submission has been answered."""

    def __init__(self) -> None:
        super().__init__("submission-gone")


class QuestionGone(ReaderError):
    """The question no longer exists."""

    def __init__(self) -> None:
        super().__init__("question-gone")


def _with_code_points(grapheme: str) -> str:
    """Return a grapheme's first characters and their code points, since the reader's fonts may lack them, too."""
    points = " ".join(f"U+{ord(character):04X}" for character in grapheme[:3])
    return f"{grapheme[:3]} ({points})" if grapheme[:3].isprintable() else points
