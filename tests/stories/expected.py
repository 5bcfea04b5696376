"""What a careful reader takes from a post, and what is read otherwise."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TypedDict, cast

from bot.stories import Story
from bot.stories.emphasis import plain
from bot.stories.metadata import value_of, values_of

FOLDER = Path(os.environ.get("ONESHOT_POSTS") or Path(__file__).parent / "posts")

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


def expected_of(post: Path) -> Expected:
    return cast(Expected, tomllib.loads(post.with_suffix(".toml").read_text("utf-8")))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def same_title(shown: str, expected: str) -> bool:
    """Quotation marks around a title may be kept or not; a title in capitals may be set in small letters."""
    shown, expected = (squeezed(title).strip('"“”«»《》') for title in (shown, expected))
    return shown == expected or (expected.isupper() and shown.lower() == expected.lower())


def faults(story: Story, expected: Expected) -> list[str]:
    """Return what differs between the *story* as it was read and what is *expected*, one line for each."""
    return [*_facts(story, expected), *_places(story, expected)]


def _facts(story: Story, expected: Expected) -> list[str]:
    found: list[str] = []
    title = expected.get("title")
    opening = story.title.rstrip("…").strip()
    if title is None and not story.chapters[0].prose.lstrip().startswith(opening):
        found.append(f"title {story.title!r} for a post without one")
    if title is not None and not same_title(story.title, title):
        found.append(f"title {story.title!r}, not {title!r}")
    stated = {"author": story.author, "summary": story.summary, "rating": value_of(story.metadata, "rating")}
    for name, shown in stated.items():
        if name in expected and squeezed(shown or "") != expected[name]:
            found.append(f"{name} {shown!r}, not {expected[name]!r}")
    tags = ", ".join(values_of(story.metadata, "tags"))
    found += [f"tags {tags!r} lack {tag!r}" for tag in expected.get("tags", []) if tag not in tags]
    chapters = [chapter.title or "" for chapter in story.chapters]
    if "chapters" in expected and chapters != expected["chapters"]:
        found.append(f"chapters {chapters}, not {expected['chapters']}")
    if "chapters" not in expected and len(chapters) > 1:
        found.append(f"chapters {chapters} in a post of one")
    return found


def _places(story: Story, expected: Expected) -> list[str]:
    prose = "\n\n".join(chapter.prose for chapter in story.chapters)
    notes = squeezed("\n\n".join([*story.all_notes, *story.metadata.values()]))
    words = squeezed(plain(prose))
    found: list[str] = []
    if not words.startswith(first := expected.get("first", "")):
        found.append(f"story begins {words[: len(first) + 20]!r}, not {first!r}")
    if not words.endswith(last := expected.get("last", "")):
        found.append(f"story ends {words[-len(last) - 20 :]!r}, not {last!r}")
    found += [f"not in the story: {text!r}" for text in expected.get("in_story", []) if text not in prose]
    found += [f"in the story: {text!r}" for text in expected.get("not_story", []) if text in prose]
    found += [f"not in the notes: {text!r}" for text in expected.get("in_notes", []) if text not in notes]
    return found
