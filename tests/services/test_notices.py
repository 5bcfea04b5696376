"""The kinds of notices: each is declared, and what is sent is in words of its own."""

from __future__ import annotations

import logging
from typing import get_args

import pytest

from bot.domain.notices import Notice, NoticeKind
from bot.services.due_work import LOOK_SECONDS
from bot.services.notices import KINDS
from bot.store.outbox import queue_notice
from bot.ui.manage import answered_screen
from tests.library import Library

ANSWERS: tuple[NoticeKind, ...] = (
    "approved",
    "refused",
    "lapsed",
    "question-approved",
    "question-declined",
    "question-lapsed",
)


async def undelivered(library: Library, notice: Notice, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the reasons that the log gives for a notice that was not sent."""
    caplog.clear()
    with caplog.at_level(logging.INFO, "bot.services.delivery"):
        await library.store._db.write(lambda writing: queue_notice(writing, notice, 0))
        await library.env.advance_time(LOOK_SECONDS)
    return [record.getMessage() for record in caplog.records]


def test_each_kind_of_notice_is_declared_with_what_it_shows() -> None:
    assert set(KINDS) == set(get_args(NoticeKind))
    for name, kind in KINDS.items():
        assert kind.direct or kind.post, name
        assert (kind.post is None) == (kind.channel is None), name


def test_each_answer_of_mods_has_words_of_its_own() -> None:
    said = {
        answered_screen(Notice(kind, 1, 2, 3, "The Ladle", "Too long."), "Attic").embeds[0].description
        for kind in ANSWERS
    }
    assert len(said) == len(ANSWERS)


@pytest.mark.parametrize("kind", sorted(set(get_args(NoticeKind)) - set(ANSWERS)))
def test_what_is_no_answer_is_not_taken_for_one(kind: NoticeKind) -> None:
    with pytest.raises(LookupError, match=f"answered-{kind}"):
        answered_screen(Notice(kind, 1, 2, 3), "Attic")


async def test_a_notice_to_a_recipient_that_its_kind_does_not_declare_is_logged_as_a_fault(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    to_member, to_server = Notice("review", 0, library.ann.id, 4), Notice("approved", library.guild_id, 0, 1, "Ferry")
    [said] = await undelivered(library, to_member, caplog)
    assert "tried again" in said and "no direct message is declared for the kind 'review'" in said
    [said] = await undelivered(library, to_server, caplog)
    assert "tried again" in said and "no post is declared for the kind 'approved'" in said
