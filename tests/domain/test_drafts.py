"""The edition of a draft is another one as soon as its sender sends or says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.uploads import Draft, Upload
from bot.stories.added_chapters import AddedChapter

ADDED = AddedChapter("two.txt", b"It went.")
SENT = Upload("tide.txt", b"The tide came in.", {"title": "Tide"}, (ADDED,))
DRAFT = Draft(7, 1, 2, SENT, {}, wrote=True)


def test_an_edition_is_the_same_for_what_a_restart_finds_and_fits_a_custom_id() -> None:
    again = Draft(7, 1, 2, Upload("tide.txt", b"The tide came in.", {"title": "Tide"}, (ADDED,)), {}, wrote=True)
    assert again.edition == DRAFT.edition and 0 <= DRAFT.edition < 10**17
    assert replace(again, understood={"tags": "sea"}).edition == DRAFT.edition  # the bot says so, not the sender


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, user=3),
        replace(DRAFT, wrote=None),
        *(
            replace(DRAFT, upload=replace(SENT, **changed))
            for changed in (
                {"name": "tide.md"},
                {"data": b"The tide came on."},
                {"details": {"title": "Tides"}},
                {"chapters": ()},
                {"chapters": (replace(ADDED, data=b"It wept."),)},
                {"chapters": (replace(ADDED, title="II"),)},
                {"chapters": (ADDED, ADDED)},
            )
        ),
    ],
)
def test_whatever_else_was_sent_or_said_is_another_edition(other: Draft) -> None:
    assert other.edition != DRAFT.edition
