"""Who may do what with a story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.rights import ACTS, ONLY_HERE, RIGHTS, Act, Standing, may

STRANGER = Standing(is_here=True)
UPLOADER = Standing(is_uploader=True, is_here=True)
AUTHOR = Standing(is_author=True, is_here=True)
MANAGER = Standing(is_manager=True, is_here=True)
MODERATOR = Standing(is_moderator=True, is_here=True)
HOST = Standing(keeps_folder=True)

OWN: set[Act] = {"replace", "edit", "add-chapter", "put-back", "withdraw", "restore", "delete", "see-versions"}


def allowed(standing: Standing) -> set[Act]:
    return {act for act in ACTS if may(act, standing)}


def test_every_act_is_in_the_table() -> None:
    assert set(RIGHTS) == set(ACTS)
    assert all(RIGHTS.values())


def test_a_stranger_may_do_nothing() -> None:
    assert not allowed(STRANGER) and not allowed(Standing())


def test_uploaders_and_authors_change_their_story_and_nothing_else() -> None:
    assert allowed(UPLOADER) == OWN
    assert allowed(AUTHOR) == OWN | {"see-stats"}


def test_managers_do_all_on_their_shelf_but_read_no_statistics_and_no_folder() -> None:
    assert allowed(MANAGER) == set(ACTS) - {"see-stats", "reload", "restore"}


@pytest.mark.parametrize("standing", [MANAGER, MODERATOR, HOST])
def test_what_its_author_withdrew_only_its_author_restores(standing: Standing) -> None:
    assert not may("restore", standing)
    assert may("restore", UPLOADER) and may("restore", AUTHOR) and may("restore", replace(MANAGER, is_author=True))


@pytest.mark.parametrize("standing", [UPLOADER, AUTHOR, MODERATOR, HOST])
def test_what_managers_removed_only_they_restore(standing: Standing) -> None:
    assert not may("restore-removed", standing)
    assert may("restore-removed", MANAGER)


def test_moderators_only_look_after_reviews() -> None:
    assert allowed(MODERATOR) == {"hide-review", "answer-report"}


def test_who_runs_the_bot_changes_no_upload() -> None:
    assert allowed(HOST) == {"unlink", "reload"}


@pytest.mark.parametrize("standing", [UPLOADER, AUTHOR])
def test_who_left_the_server_may_only_take_their_story_down(standing: Standing) -> None:
    left = replace(standing, is_here=False)
    assert allowed(standing) - allowed(left) == ONLY_HERE
    assert {"withdraw", "delete"} <= allowed(left)


def test_nobody_changes_a_story_of_the_folder_from_discord() -> None:
    for standing in (AUTHOR, MANAGER, HOST):
        assert not OWN & allowed(replace(standing, is_upload=False))
    assert may("see-stats", replace(AUTHOR, is_upload=False))
