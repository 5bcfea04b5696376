"""Uploads: a draft that waits to be published, its details, and warnings for its uploader."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.stories.metadata import MetadataField, value_of
from bot.stories.model import Story
from bot.stories.ratings import GATED, read_rating
from bot.stories.status import read_status
from bot.stories.wishes import read_wishes

UploadDetails = dict[str, str]
"""Details of a story, by the keys of front matter and of ``stories.toml``."""

_STATED: tuple[MetadataField, ...] = (
    "warnings", "language", "series", "fandoms", "relationships", "characters", "tags", "servers",
)  # fmt: skip


def details_of(story: Story) -> dict[str, str]:
    """Return the details of a story that readers see, without those that it lacks."""
    details: dict[str, str | None] = {name: value_of(story.metadata, name) for name in _STATED}
    details |= {"title": story.title, "author": story.author, "summary": story.summary}
    wishes = read_wishes(story.metadata)
    details |= {
        "rating": read_rating(story.metadata, story.all_notes),
        "status": read_status(story.metadata, len(story.chapters), story.end_marker),
        "quotes": _yes(wishes.quote),
        "votes": _yes(wishes.vote),
        "reviews": _yes(wishes.review),
        "downloads": _yes(wishes.download),
        "sharing": _yes(wishes.share),
    }
    return {name: value for name, value in details.items() if value}


def _yes(wish: bool) -> str:
    return "yes" if wish else "no"


def warnings_of(story: Story) -> Iterator[str]:
    """Yield sentences about what its uploader should look at."""
    yield from story.warnings
    if (rating := read_rating(story.metadata, story.all_notes)) in GATED:
        yield f"rated {rating}: it will be shown only in age-restricted channels"
    if not any(chapter.quotes for chapter in story.chapters):
        yield "no passage stands by itself as a quote"


@dataclass(frozen=True, slots=True)
class Draft:
    """An upload that waits to be published; *replaces* is the id of the story that it is a new version of."""

    id: int
    guild: int
    user: int
    name: str
    data: bytes
    details: UploadDetails = field(hash=False)
    """The details that its uploader typed."""
    understood: UploadDetails = field(hash=False)
    """The details that readers would see: those typed, else the file's own."""
    replaces: int | None
