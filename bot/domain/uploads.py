"""Uploads: drafts, details, versions, and warnings for uploaders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.stories.added_chapters import AddedChapter
from bot.stories.formats.corrections import WHOLE, shown
from bot.stories.metadata import MetadataField, value_of
from bot.stories.model import Story, StorySummary
from bot.stories.note_weight import Weight, weigh
from bot.stories.quotes.blocks import QUOTE_CHARS
from bot.stories.ratings import GATED, read_rating
from bot.stories.status import read_status
from bot.stories.wishes import read_wishes

UploadDetails = dict[str, str]
"""Details of a story: values as in a file's front matter or ``stories.toml``, by the same keys."""

_LABELLED: tuple[MetadataField, ...] = (
    "warnings", "language", "series", "fandoms", "relationships", "characters", "tags",
)  # fmt: skip
_WISHES: tuple[MetadataField, ...] = ("quotes", "votes", "reviews", "downloads", "sharing")


def details_of(story: Story) -> UploadDetails:
    """Return the details of a story as readers see them, without empty details."""
    rating = read_rating(story.metadata, story.all_notes)
    status = read_status(story.metadata, len(story.chapters), story.end_marker)
    return _details((story.title, story.author, story.summary, rating, status), story.metadata)


def stated(values: Sequence[str | None], metadata: Mapping[str, str]) -> UploadDetails:
    """Return the stated details, without defaults; *values* has title, author, summary, rating and status."""
    defaults = {name for name in ("status", *_WISHES) if value_of(metadata, name) is None}
    return {name: value for name, value in _details(values, metadata).items() if name not in defaults}


def kept_details(story: Story, typed: UploadDetails, before: UploadDetails) -> UploadDetails:
    """Return the details for a new text of a story: the *typed* ones, and those of *before* that are not stated in it.

    *story* is the new text parsed with the *typed* details. A title that the parser took from the file's name or the
    opening words does not replace an earlier one.
    """
    title, rating = story.title if story.is_named else None, read_rating(story.metadata, story.all_notes)
    new = stated((title, story.author, story.summary, rating, value_of(story.metadata, "status")), story.metadata)
    return {name: value for name, value in before.items() if name not in new and name != WHOLE} | typed


def _details(values: Sequence[str | None], metadata: Mapping[str, str]) -> UploadDetails:
    wishes = read_wishes(metadata)
    details: dict[str, str | None] = {name: value_of(metadata, name) for name in _LABELLED}
    details |= dict(zip(("title", "author", "summary", "rating", "status"), values, strict=True))
    details |= {
        "quotes": _yes_no(wishes.quote),
        "votes": _yes_no(wishes.vote),
        "reviews": _yes_no(wishes.review),
        "downloads": _yes_no(wishes.download),
        "sharing": _yes_no(wishes.share),
    }
    return {name: value for name, value in details.items() if value}


def _yes_no(wish: bool) -> str:
    return "yes" if wish else "no"


def warnings_of(story: Story, *, is_whole: bool = False) -> Iterator[str]:
    """Yield warnings for the uploader of a story; with *is_whole*, none about long notes or a short text."""
    yield from story.warnings
    if not is_whole:
        yield from _weight_warnings(weigh(story), chapters=len(story.chapters))
    if (rating := read_rating(story.metadata, story.all_notes)) in GATED:
        yield f"rated {rating}: it will be shown only in age-restricted channels"
    if not any(chapter.quotes for chapter in story.chapters):
        yield _WITHOUT_QUOTES


_WITHOUT_QUOTES = (
    f"it has no quotes: no sentences of {QUOTE_CHARS.start} to {QUOTE_CHARS.stop - 1} characters make sense alone"
    " (numbered lists are not quoted)"
)

NOTES_SHOWN = 3
"""Maximum number of notes that a warning quotes."""


def _weight_warnings(weight: Weight, chapters: int) -> Iterator[str]:
    """Yield a warning if the notes are longer than half the story, or else if the story is very short.

    If the story has several *chapters*, the warning quotes notes; for a single chapter, the screen shows them anyway.
    """
    if weight.is_heavy:
        text = f"the story has {weight.story:,} words, the notes {weight.notes:,}: is any of the story among the notes?"
        notes = [*dict.fromkeys(map(shown, weight.texts))]
        taken = "; ".join(f"“{note}”" for note in notes[:NOTES_SHOWN])
        more = f" and {len(notes) - NOTES_SHOWN} more" if len(notes) > NOTES_SHOWN else ""
        yield f"{text} They are {taken}{more}" if chapters > 1 else text
    elif weight.is_short:
        yield f"the story has {weight.story} words: is that all of it?"


Remover = Literal["author", "manager", "folder"]
"""Who took a story off its shelf: its uploader or author (*author*), a manager, or the loading of the stories folder,
because the story's file is gone."""


def upload_warnings_of(story: Story, *, is_whole: bool = False) -> Iterator[str]:
    """Yield the warnings of `warnings_of`, and one if the story names servers: an upload ignores them."""
    yield from warnings_of(story, is_whole=is_whole)
    if read_wishes(story.metadata).servers is not None:
        yield "“Servers” changes nothing here: an upload shows only in the server that it is uploaded to"


@dataclass(frozen=True, slots=True)
class Upload:
    """Source of a story: a file, chapters added to it, and typed details."""

    name: str
    """The file's name."""
    data: bytes = field(repr=False)
    details: UploadDetails = field(default_factory=UploadDetails, hash=False)
    chapters: tuple[AddedChapter, ...] = ()

    @property
    def size(self) -> int:
        """Size of the file and the added chapters, in bytes."""
        return len(self.data) + sum(len(chapter.data) for chapter in self.chapters)


@dataclass(frozen=True, slots=True)
class Base:
    """Source of a story at the time when a draft began to change it."""

    chapters: int
    """Number of added chapters."""
    details: UploadDetails = field(hash=False)


DraftState = Literal["making", "waiting"]
"""State of a draft: *making* while its sender can still change it, *waiting* until the mods of its server approve or
decline it."""

DRAFT_SECONDS: Mapping[DraftState, int] = {"making": 24 * 60 * 60, "waiting": 30 * 24 * 60 * 60}
"""Seconds that a draft may stay in each state before it expires."""

REASON_CHARS = 500
"""Maximum length of the reason for declining a draft, in characters."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An unpublished upload."""

    id: int
    """Id of the draft; 0 if it is not stored."""
    guild: int
    user: int
    upload: Upload
    understood: UploadDetails = field(hash=False)
    """The details that readers would see: the typed ones, otherwise those of the file."""
    change: Change = "publish"
    replaces: int | None = None
    """Id of the story that the draft will replace or edit; None for a new story."""
    wrote: bool | None = None
    """Whether the sender claims to be the author; None if they have not answered."""
    base: Base | None = None
    """The source that the draft changes; None for a new story, or if the draft replaces the whole source."""
    state: DraftState = "making"
    since: int = 0
    """Time at which the draft entered its *state*, in seconds since 1970."""
    story: int | None = None
    """Id of the draft's text in the table of stories, for users who may read the draft; None in the state *making*."""

    @property
    def title(self) -> str:
        return self.upload.details.get("title") or self.understood.get("title") or self.upload.name

    @property
    def edition(self) -> int:
        """Number of at most 17 digits that changes with the files, the details or the answer of the sender."""
        digest = hashlib.blake2b(repr((self.user, self.wrote, self.upload)).encode(), digest_size=7)
        for file in (self.upload, *self.upload.chapters):  # repr leaves out the bytes of the files
            digest.update(hashlib.blake2b(file.data).digest())
        return int.from_bytes(digest.digest(), "big")

    def onto(self, present: Upload) -> Upload:
        """Return the source of the story after applying the draft to *present*, the story's source now.

        Changes by others since the draft began are kept.
        """
        if self.base is None:
            return self.upload
        before, after = self.base.details, self.upload.details
        details = {name: value for name, value in present.details.items() if name in after or name not in before}
        details |= {name: value for name, value in after.items() if before.get(name) != value}
        if self.change == "replace":
            return replace(self.upload, details=details)
        added = self.upload.chapters[self.base.chapters :]
        return replace(present, details=details, chapters=(*present.chapters, *added))


@dataclass(frozen=True, slots=True)
class Ownership:
    """Owners of an uploaded story, and whether it is on its shelf."""

    guild: int
    """Id of the server on whose shelf the story is; 0 for the stories folder."""
    uploader: int | None
    """Id of the uploader; None for a former member, and for a story of the stories folder."""
    authors: frozenset[int] = frozenset()
    removed_by: Remover | None = None
    """Who took the story off its shelf; None while it is on the shelf."""


@dataclass(frozen=True, slots=True)
class OwnStory:
    """A story as shown to users who may change it, in any channel and whatever its rating."""

    story: StorySummary
    ownership: Ownership
    is_mature: bool
    rating: str | None
    updated_at: int
    """Time of the last change, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Counts of the readers' data that is lost if a story is deleted for good."""

    places: int
    """Number of readers with a place in the story; to publish only rounded (`bot.domain.anonymity`)."""
    bookmarks: int
    """Number of readers with bookmarks in the story or saved quotes of it; to publish only rounded."""
    votes: int
    reactions: int
    reviews: int


UploadState = Literal["shown", "withdrawn", "removed"]
"""State of an upload: *shown* on its shelf, *withdrawn* by its author or uploader, or *removed* by managers."""


@dataclass(frozen=True, slots=True)
class ServerUpload:
    """An upload as listed for the managers of its server."""

    story: StorySummary
    sender: int | None
    """Id of the uploader; None for a former member."""
    uploaded_at: int
    """Seconds since 1970."""
    state: UploadState


KEPT_VERSIONS = 10
"""Maximum number of stored versions of a story; the last version is the current one."""

Change = Literal["publish", "replace", "add-chapter", "edit", "put-back"]
"""The act that created a version."""

PUBLISHING: frozenset[Change] = frozenset(("publish", "add-chapter"))
"""Changes that publish something new: a story, or a chapter."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story."""

    id: int
    story: int
    change: Change
    user: int | None
    """The user who created the version; None for a former member."""
    made_at: int
    """Seconds since 1970."""
    title: str
    words: int
    chapters: int
