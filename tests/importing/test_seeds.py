"""The stories that ship with the bot: each shows a shape that people post, and is read without a doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store
from bot.stories import Story, read_story
from bot.stories.ratings import GATED, read_rating
from tests.databases import database_at

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = sorted(path.name for path in SEEDS.glob("*.txt"))


@dataclass(frozen=True)
class Shape:
    """What a careful reader takes from a seed."""

    title: str | None = None
    """Where the file gives one."""
    author: str | None = None
    before: int = 0
    after: int = 0
    verses: int = 0
    scenes: int = 0
    has_summary: bool = False
    end_marker: str | None = None
    language: str | None = None
    chapters: tuple[str | None, ...] = (None,)
    chapter_notes: Mapping[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """How many notes stand before and after a chapter, by its number."""


SHAPES = {
    "deliver-by-low-water.txt": Shape(
        title="Deliver by Low Water",
        author="mudlark_hetty",
        after=1,
        scenes=3,
        has_summary=True,
        end_marker="TBC",
        chapters=(
            "Prologue",
            "Handed In at the Counter",
            "Four Kinds of Mud",
            "Hob Starling Makes an Offer",
            "Left, Right",
            "Open",
        ),
        chapter_notes={2: (1, 0), 3: (0, 1), 4: (1, 0), 5: (0, 1)},
    ),
    "leave-it-running-at-booth-six.txt": Shape(before=3, after=1, verses=7),
    "quatre-minutes-vingt-et-une.txt": Shape(
        title="Quatre minutes vingt et une",
        author="Brindille_du_Quai",
        before=1,
        scenes=4,
        has_summary=True,
        end_marker="FIN",
        language="français",
    ),
    "the-goose-has-the-deciding-vote.txt": Shape(before=2, end_marker="-Fin-"),
    "the-lamp-on-quarry-road.txt": Shape(title="The Lamp on Quarry Road", before=1, after=1, has_summary=True),
    "the-piano-between-four-and-five.txt": Shape(scenes=6),
}


def seed(name: str) -> Story:
    return read_story((SEEDS / name).read_bytes(), name)


def test_there_are_six_and_each_has_its_shape_here() -> None:
    assert sorted(SHAPES) == FILES
    assert len(FILES) == 6


@pytest.mark.parametrize("name", FILES)
def test_a_seed_is_read_as_its_shape_promises(name: str) -> None:
    story, shape = seed(name), SHAPES[name]
    assert shape.title is None or story.title == shape.title
    assert (story.author, story.end_marker, story.language) == (shape.author, shape.end_marker, shape.language)
    assert (story.summary is not None) == shape.has_summary
    assert tuple(chapter.title for chapter in story.chapters) == shape.chapters
    assert (len(story.notes_before), len(story.notes_after)) == (shape.before, shape.after)
    assert sum(chapter.verse_blocks for chapter in story.chapters) == shape.verses
    assert sum(chapter.scene_breaks for chapter in story.chapters) == shape.scenes
    notes = {n: (len(c.notes_before), len(c.notes_after)) for n, c in enumerate(story.chapters, start=1)}
    assert {n: count for n, count in notes.items() if count != (0, 0)} == dict(shape.chapter_notes)


@pytest.mark.parametrize("name", FILES)
def test_a_seed_is_of_a_good_length_and_worth_quoting(name: str) -> None:
    story = seed(name)
    assert 800 <= story.words <= 4000
    assert sum(len(chapter.quotes) for chapter in story.chapters) >= 2
    assert all(chapter.pages <= chapter.words // 60 for chapter in story.chapters)


@pytest.mark.parametrize("name", FILES)
def test_a_seed_is_shown_to_all_and_read_without_a_warning(name: str) -> None:
    story = seed(name)
    assert story.warnings == ()
    notes = [*story.notes_before, *story.notes_after]
    notes += [note for chapter in story.chapters for note in (*chapter.notes_before, *chapter.notes_after)]
    assert read_rating(story.metadata, notes) not in GATED


@pytest.mark.parametrize("name", FILES)
def test_a_seed_is_a_clean_text_file(name: str) -> None:
    data = (SEEDS / name).read_bytes()
    text = data.decode("utf-8")
    assert "\r" not in text and "\t" not in text and "\ufeff" not in text
    assert text.endswith("\n")


def test_no_two_seeds_share_a_title() -> None:
    titles = [seed(name).title for name in FILES]
    assert len({title.casefold() for title in titles}) == len(titles)


async def test_the_seeds_load_with_nothing_to_remark_and_are_all_shown(tmp_path: Path) -> None:
    async with Store.open(database_at(tmp_path / "seeds.db")) as store:
        report = await load_folder(store, SEEDS, read_here)
        assert [(line.file, line.outcome, line.remarks) for line in report] == [(name, "added", ()) for name in FILES]
        assert await store.stories.count() == len(FILES)
