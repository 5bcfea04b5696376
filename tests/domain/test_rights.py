"""Who may do what with a story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from bot.domain.rights import ONLY_HERE, RIGHTS, Act, Standing, may

ACTS: tuple[Act, ...] = get_args(Act)
STRANGER = Standing(is_here=True)
UPLOADER = Standing(frozenset({"uploader"}), is_here=True)
AUTHOR = Standing(frozenset({"author"}), is_here=True)
MANAGER = Standing(frozenset({"manager"}), is_here=True)
MODERATOR = Standing(frozenset({"moderator"}), is_here=True)
ADDER = Standing(frozenset({"adder"}), is_here=True)
HOST = Standing(frozenset({"folder"}))
OWNER = Standing(frozenset({"owner"}), is_here=True)

ROOT = Path(__file__).parents[2]
ASKING = ROOT / "bot" / "interactions" / "permissions.py"
REGISTERED = ROOT / "bot" / "interactions" / "groups.py"
"""What Discord shows to whom; each command asks again."""

OWN: set[Act] = {"replace", "edit", "add-chapter", "put-back", "withdraw", "restore", "delete", "see-versions"}


def allowed(standing: Standing) -> set[Act]:
    return {act for act in ACTS if may(act, standing)}


def test_every_act_is_in_the_table() -> None:
    assert set(RIGHTS) == set(ACTS)
    assert all(RIGHTS.values())


def test_a_stranger_may_do_nothing() -> None:
    assert not allowed(STRANGER) and not allowed(Standing())


def test_uploaders_and_authors_change_their_story_and_nothing_else() -> None:
    assert allowed(UPLOADER) == OWN | {"take-out-quote"}
    assert allowed(AUTHOR) == OWN | {"take-out-quote", "see-stats", "ask", "manage-question"}


def test_managers_do_all_on_their_shelf_but_read_no_statistics_and_no_folder() -> None:
    assert allowed(MANAGER) == set(ACTS) - {"see-stats", "run-bot", "restore"}


@pytest.mark.parametrize("standing", [MANAGER, MODERATOR, HOST])
def test_what_its_author_withdrew_only_its_author_restores(standing: Standing) -> None:
    assert not may("restore", standing)
    assert (
        may("restore", UPLOADER)
        and may("restore", AUTHOR)
        and may("restore", replace(MANAGER, roles=MANAGER.roles | AUTHOR.roles))
    )


@pytest.mark.parametrize("standing", [UPLOADER, AUTHOR, MODERATOR, HOST])
def test_what_managers_removed_only_they_restore(standing: Standing) -> None:
    assert not may("restore-removed", standing)
    assert may("restore-removed", MANAGER)


def test_moderators_only_look_after_reviews_and_quotes() -> None:
    assert allowed(MODERATOR) == {"hide-review", "answer-report", "take-out-quote"}


def test_whom_the_managers_let_add_stories_adds_them_and_nothing_else() -> None:
    assert allowed(ADDER) == {"submit"}


def test_who_runs_the_bot_changes_no_upload() -> None:
    assert allowed(HOST) == {"unlink", "ask", "manage-question", "take-out-quote"}


def test_only_its_owner_runs_the_bot() -> None:
    assert allowed(OWNER) == {"run-bot"}


@pytest.mark.parametrize("standing", [MANAGER, HOST])
def test_only_its_author_asks_readers_of_a_story_that_has_one(standing: Standing) -> None:
    assert may("ask", standing) and not may("ask", replace(standing, has_author=True))
    assert may("ask", replace(standing, has_author=True, roles=standing.roles | AUTHOR.roles))
    assert may("manage-question", replace(standing, has_author=True))


@pytest.mark.parametrize("standing", [UPLOADER, AUTHOR])
def test_who_left_the_server_may_only_take_their_story_down(standing: Standing) -> None:
    left = replace(standing, is_here=False)
    assert allowed(standing) - allowed(left) == ONLY_HERE
    assert {"withdraw", "delete"} <= allowed(left)


def test_nobody_changes_a_story_of_the_folder_from_discord() -> None:
    for standing in (AUTHOR, MANAGER, HOST):
        assert not OWN & allowed(replace(standing, is_upload=False))
    assert may("see-stats", replace(AUTHOR, is_upload=False))


def code() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py")}


def test_what_discord_says_of_a_members_rights_is_read_in_one_module() -> None:
    rights = ("manage_guild", ".administrator", "owners.have")
    readers = {path for path, text in code().items() if any(right in text for right in rights)}
    assert readers == {ASKING, REGISTERED}


def test_every_act_of_the_table_is_asked_somewhere() -> None:
    table = ROOT / "bot" / "domain" / "rights.py"
    others = [text for path, text in code().items() if path != table]
    assert [act for act in ACTS if not any(f'"{act}"' in text for text in others)] == []
