"""Which server's shelf a story is on."""

from bot.errors import StoryGone
from bot.store.database import Writing

FOLDER = "folder"
"""The shelf of the stories folder."""

UNPUBLISHED = "unpublished"
"""The shelf of stories that are being written, and of texts of drafts. Nobody finds a story on it."""


def server_of(shelf: str) -> int:
    """Return the server whose shelf it is; 0 for the bot's own folder. Raises `StoryGone` for what is not published."""
    if shelf == UNPUBLISHED:
        raise StoryGone
    return 0 if shelf == FOLDER else int(shelf)


def shelf_of(writing: Writing, story: int) -> int:
    """Return the server whose shelf a story is on; 0 for the bot's own folder. Raises `StoryGone`."""
    row = writing.row("SELECT shelf FROM stories WHERE id = :story", {"story": story})
    if row is None:
        raise StoryGone
    return server_of(row["shelf"])
