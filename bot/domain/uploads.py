"""Uploads: drafts until they are published, their details, their versions, and warnings for their uploaders."""

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
from bot.stories.ratings import GATED, read_rating
from bot.stories.status import read_status
from bot.stories.wishes import read_wishes

UploadDetails = dict[str, str]
"""Details of a story, by the keys of front matter and of ``stories.toml``."""

_LABELLED: tuple[MetadataField, ...] = (
    "warnings", "language", "series", "fandoms", "relationships", "characters", "tags",
)  # fmt: skip
_WISHES: tuple[MetadataField, ...] = ("quotes", "votes", "reviews", "downloads", "sharing")


def details_of(story: Story) -> UploadDetails:
    """Return the details of a story that readers see, without those that it lacks."""
    rating = read_rating(story.metadata, story.all_notes)
    status = read_status(story.metadata, len(story.chapters), story.end_marker)
    return _details((story.title, story.author, story.summary, rating, status), story.metadata)


def stated(said: Sequence[str | None], metadata: Mapping[str, str]) -> UploadDetails:
    """Return the details that a story states: *said* are title, author, summary, rating and status."""
    defaults = {name for name in ("status", *_WISHES) if value_of(metadata, name) is None}
    return {name: value for name, value in _details(said, metadata).items() if name not in defaults}


def kept_details(story: Story, typed: UploadDetails, before: UploadDetails) -> UploadDetails:
    """Return the details of a new text, with those of the story *before* that it says nothing of.

    *story* is how it reads with what was *typed* beside it. A file's name, or opening words, take no title's place.
    """
    title, rating = story.title if story.is_named else None, read_rating(story.metadata, story.all_notes)
    new = stated((title, story.author, story.summary, rating, value_of(story.metadata, "status")), story.metadata)
    return {name: value for name, value in before.items() if name not in new and name != WHOLE} | typed


def _details(said: Sequence[str | None], metadata: Mapping[str, str]) -> UploadDetails:
    wishes = read_wishes(metadata)
    details: dict[str, str | None] = {name: value_of(metadata, name) for name in _LABELLED}
    details |= dict(zip(("title", "author", "summary", "rating", "status"), said, strict=True))
    details |= {
        "quotes": _yes(wishes.quote),
        "votes": _yes(wishes.vote),
        "reviews": _yes(wishes.review),
        "downloads": _yes(wishes.download),
        "sharing": _yes(wishes.share),
    }
    return {name: value for name, value in details.items() if value}


def _yes(wish: bool) -> str:
    return "yes" if wish else "no"


def warnings_of(story: Story, *, is_whole: bool = False) -> Iterator[str]:
    """Yield sentences about what its uploader should look at; one who said that it *is_whole* knows how it weighs."""
    yield from story.warnings
    if not is_whole:
        yield from _weight_warnings(weigh(story), chapters=len(story.chapters))
    if (rating := read_rating(story.metadata, story.all_notes)) in GATED:
        yield f"rated {rating}: it will be shown only in age-restricted channels"
    if not any(chapter.quotes for chapter in story.chapters):
        yield "no passage stands by itself as a quote"


NOTES_SHOWN = 3
"""How many of the notes a warning shows by their first words."""


def _weight_warnings(weight: Weight, chapters: int) -> Iterator[str]:
    """Yield a sentence where notes outweigh a story, or where the story is very short.

    In a story of several *chapters* it says what the notes are; of any other they are shown beside it.
    """
    if weight.is_heavy:
        said = f"the story has {weight.story:,} words, the notes {weight.notes:,}: is any of the story among the notes?"
        notes = [*dict.fromkeys(map(shown, weight.taken))]
        taken = "; ".join(f"“{note}”" for note in notes[:NOTES_SHOWN])
        more = f" and {len(notes) - NOTES_SHOWN} more" if len(notes) > NOTES_SHOWN else ""
        yield f"{said} They are {taken}{more}" if chapters > 1 else said
    elif weight.is_short:
        yield f"the story has {weight.story} words: is that all of it?"


Remover = Literal["author", "manager", "folder"]
"""Who took a story off its shelf: its uploader or author, a manager, or a load of the folder without its file."""


def upload_warnings_of(story: Story, *, is_whole: bool = False) -> Iterator[str]:
    """Yield sentences about what whoever uploads a story to a server should look at."""
    yield from warnings_of(story, is_whole=is_whole)
    if read_wishes(story.metadata).servers is not None:
        yield "“Servers” changes nothing here: an upload shows only in the server that it is uploaded to"


@dataclass(frozen=True, slots=True)
class Upload:
    """What a story is read from: a file, the chapters that were added to it, and the details that were typed."""

    name: str
    """The file's name."""
    data: bytes = field(repr=False)
    details: UploadDetails = field(default_factory=UploadDetails, hash=False)
    chapters: tuple[AddedChapter, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return len(self.data) + sum(len(chapter.data) for chapter in self.chapters)


@dataclass(frozen=True, slots=True)
class Base:
    """What a story was read from when a draft of a change to it was made."""

    chapters: int
    """How many chapters had been added."""
    details: UploadDetails = field(hash=False)


DraftState = Literal["making", "waiting"]
"""*making*: its sender can still change it; *waiting*: the mods of its server are to approve or decline it."""

DRAFT_SECONDS: Mapping[DraftState, int] = {"making": 24 * 60 * 60, "waiting": 30 * 24 * 60 * 60}
"""The seconds for which a draft is kept in each state."""

REASON_CHARS = 500
"""Characters of the reason for which a draft is declined."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An upload that is not published."""

    id: int
    """0 for one that is not kept."""
    guild: int
    user: int
    upload: Upload
    understood: UploadDetails = field(hash=False)
    """The details that readers would see: those typed, else the file's own."""
    change: Change = "publish"
    replaces: int | None = None
    """The id of the story that it is a new version of."""
    wrote: bool | None = None
    """Whether its sender says that they wrote it; None: they have not said."""
    base: Base | None = None
    """What it changes; None: it is a new story, or takes the place of all that its story is read from."""
    state: DraftState = "making"
    since: int = 0
    """When it came into its state, in seconds since 1970."""
    story: int | None = None
    """Its text, which only those find who read the draft; None while it is being made."""

    @property
    def title(self) -> str:
        return self.upload.details.get("title") or self.understood.get("title") or self.upload.name

    @property
    def edition(self) -> int:
        """A number of at most 17 digits that is another one as soon as its sender sends or says something else."""
        digest = hashlib.blake2b(repr((self.user, self.wrote, self.upload)).encode(), digest_size=7)
        for file in (self.upload, *self.upload.chapters):  # their bytes stand in no repr
            digest.update(hashlib.blake2b(file.data).digest())
        return int.from_bytes(digest.digest(), "big")

    def onto(self, present: Upload) -> Upload:
        """Return what the story is read from once the draft has changed it, as *present* is what it is read from now.

        So a change of somebody else, since the draft was made, is kept.
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
    """Whose an uploaded story is, and whether it is on its shelf."""

    guild: int
    """The server whose shelf it is on; 0 for the bot's own folder."""
    uploader: int | None
    """None for a former member, and for a story of the folder."""
    authors: frozenset[int] = frozenset()
    removed_by: Remover | None = None
    """Who took it off its shelf; None where it is there."""


@dataclass(frozen=True, slots=True)
class OwnStory:
    """A story as whoever may change it sees it, wherever they are and whatever its rating."""

    story: StorySummary
    ownership: Ownership
    is_mature: bool
    rating: str | None
    updated_at: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What readers lose with a story that is deleted for good."""

    places: int
    """Readers who have a place in it; a count that is reported for groups alone (`bot.domain.anonymity`)."""
    bookmarks: int
    """Readers who have bookmarks in it, or saved quotes of it; likewise."""
    votes: int
    reactions: int
    reviews: int


UploadState = Literal["shown", "withdrawn", "removed"]
"""Whether an upload is on its shelf; *withdrawn* by its author, *removed* by managers."""


@dataclass(frozen=True, slots=True)
class ServerUpload:
    """An upload as the managers of its server see it."""

    story: StorySummary
    sender: int | None
    """None for a former member."""
    uploaded_at: int
    """Seconds since 1970."""
    state: UploadState


KEPT_VERSIONS = 10
"""The versions of a story that are kept; the last is the one that readers see."""

Change = Literal["publish", "replace", "add-chapter", "edit", "put-back"]
"""What made a version."""

PUBLISHING: frozenset[Change] = frozenset(("publish", "add-chapter"))
"""The changes that bring out what readers did not have: a story, or a chapter of one."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story."""

    id: int
    story: int
    change: Change
    user: int | None
    """Who made it; None for a former member."""
    made_at: int
    """Seconds since 1970."""
    title: str
    words: int
    chapters: int
