"""What a careful reader takes from a post, and what is read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypedDict

from bot.stories import Refused, Story
from bot.stories.emphasis import plain
from bot.stories.metadata import value_of, values_of

NAME = "0001.txt"  # a name without words, so that it cannot become the title


class Expected(TypedDict, total=False):
    """What a careful reader takes from a post. A key that is not there is not asked about, save for the title."""

    title: str
    """Without it the opening words of the story must be the title."""
    author: str
    language: str
    """The ISO code of the language the post is written in: for people who look for a post."""
    rating: str
    summary: str
    tags: list[str]
    chapters: list[str]
    """The titles of the chapters, without number and "Chapter"; an empty one where the author gives a number alone."""
    first: str
    last: str
    """The words that the story proper begins and ends with, without marks of emphasis."""
    in_story: list[str]
    in_notes: list[str]
    """Strings that must stand in the notes, before or after the story or a chapter, or among its details: a warning."""
    not_story: list[str]
    """Strings of notes, labels and site text, which must not stand in the story."""


def squeezed(text: str) -> str:
    return " ".join(text.split())


def same_title(shown: str, expected: str) -> bool:
    """Quotation marks around a title may be kept or not; of two in other letters, one may be in capitals."""
    shown, expected = (squeezed(title).strip('"“”«»《》') for title in (shown, expected))
    is_case_free = shown.isupper() or expected.isupper()
    return shown == expected or (is_case_free and shown.lower() == expected.lower())


Kind = Literal[
    "title",
    "author",
    "summary",
    "rating",
    "tags",
    "chapters",
    "notes",
    "begins late",
    "begins early",
    "ends early",
    "ends late",
    "lost",
    "kept",
    "refused",
]
"""What a fault is about. *notes*: a note is lost. *lost*: a line of the story is not in it. *kept*: a line of the notes
or of a site is in it."""

BOUNDS: frozenset[Kind] = frozenset({"begins late", "begins early", "ends early", "ends late", "refused"})
LOST: frozenset[Kind] = frozenset({"begins late", "ends early", "lost", "refused"})
"""A word of the story is not in the story."""
KEPT: frozenset[Kind] = frozenset({"begins early", "ends late", "kept"})
"""A word of the notes or of a site is in the story."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference between a story as it was read and what is expected of it."""

    kind: Kind
    text: str

    def __str__(self) -> str:
        return self.text


def faults(read: Callable[[], Story], expected: Expected) -> list[Fault]:
    """Return what differs between the story that *read* returns and what is *expected*."""
    try:
        story = read()
    except Refused as error:
        return [Fault("refused", f"refused: {error}")]
    return [*_facts(story, expected), *_places(story, expected)]


def _facts(story: Story, expected: Expected) -> Iterator[Fault]:
    title = expected.get("title")
    opening = story.title.rstrip("…").strip()
    if title is None and not story.chapters[0].prose.lstrip().startswith(opening):
        yield Fault("title", f"title {story.title!r} for a post without one")
    if title is not None and not same_title(story.title, title):
        yield Fault("title", f"title {story.title!r}, not {title!r}")
    stated: tuple[tuple[Literal["author", "summary", "rating"], str | None], ...] = (
        ("author", story.author),
        ("summary", story.summary),
        ("rating", value_of(story.metadata, "rating")),
    )
    for kind, shown in stated:
        wanted = expected.get(kind)
        if wanted is not None and squeezed(shown or "") != wanted:
            yield Fault(kind, f"{kind} {shown!r}, not {wanted!r}")
    tags = ", ".join(values_of(story.metadata, "tags"))
    for tag in expected.get("tags", []):
        if tag not in tags:
            yield Fault("tags", f"tags {tags!r} lack {tag!r}")
    chapters = [chapter.title or "" for chapter in story.chapters]
    if "chapters" in expected and chapters != expected["chapters"]:
        yield Fault("chapters", f"chapters {chapters}, not {expected['chapters']}")
    if "chapters" not in expected and len(chapters) > 1:
        yield Fault("chapters", f"chapters {chapters} in a post of one")


def _places(story: Story, expected: Expected) -> Iterator[Fault]:
    prose = "\n\n".join(chapter.prose for chapter in story.chapters)
    notes = squeezed("\n\n".join([*story.all_notes, *story.metadata.values()]))
    words = squeezed(plain(prose))
    if not words.startswith(first := expected.get("first", "")):
        yield Fault(
            "begins early" if first in words else "begins late",
            f"story begins {words[: len(first) + 20]!r}, not {first!r}",
        )
    if not words.endswith(last := expected.get("last", "")):
        yield Fault(
            "ends late" if last in words else "ends early", f"story ends {words[-len(last) - 20 :]!r}, not {last!r}"
        )
    yield from (
        Fault("lost", f"not in the story: {text!r}") for text in expected.get("in_story", []) if text not in prose
    )
    yield from (Fault("kept", f"in the story: {text!r}") for text in expected.get("not_story", []) if text in prose)
    yield from (
        Fault("notes", f"not in the notes: {text!r}") for text in expected.get("in_notes", []) if text not in notes
    )
