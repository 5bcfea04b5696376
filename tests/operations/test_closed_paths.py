"""A path that the bot may not enter, read or make is one sentence and status 2, whoever asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import HostError, found_at
from bot.operations.lock import locked
from tests import command_line
from tests.command_line import FOX, ROOT
from tests.postgresql import on_postgresql

pytestmark = [
    pytest.mark.skipif(on_postgresql(), reason="the paths are those of a SQLite file"),
    pytest.mark.skipif(
        sys.platform == "win32" or os.geteuid() != 0, reason="only root can start a program as another user"
    ),
]

TOKEN = "x" * 24 + ".abcdef." + "y" * 27
AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"]


@pytest.fixture
def home() -> Iterator[Path]:
    """Where the bot of the user nobody runs, with stories; beside it is *shut*, which that user may not enter."""
    top = Path(tempfile.mkdtemp(prefix="closed-"))
    top.chmod(0o755)
    home, shut = top / "home", top / "shut"
    (home / "stories").mkdir(parents=True)
    (home / "stories" / "fox.txt").write_text(FOX, "utf-8")
    shutil.copytree(home / "stories", shut / "stories")
    (shut / "env").write_text("LOG_LEVEL=INFO\n")
    shutil.chown(home, "nobody")
    shut.chmod(0o700)
    yield home
    shutil.rmtree(top)


def run(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program in *home* as the user nobody."""
    given = {"DISCORD_TOKEN": TOKEN, "DATABASE": "one.db", "STORIES_DIR": "stories", "BACKUPS": "no"} | settings
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home)} | given
    if subprocess.run([*AS_NOBODY, sys.executable, "-c", ""], check=False, capture_output=True).returncode:
        pytest.skip("the user nobody cannot run this Python")
    return subprocess.run(
        [*AS_NOBODY, sys.executable, "-m", "bot", *arguments],
        cwd=home,
        env={name: value for name, value in env.items() if value},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """It ended with status 2, and said the reason in one sentence."""
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said
    assert all(word in done.stderr for word in words), said
    assert len(done.stderr.replace("Some settings are wrong (see .env.example):\n", "").splitlines()) == 1, said


COMMANDS = [("doctor",), ("status",), ("load",), ("backup", "copy.db")]
CLOSED = [("STORIES_DIR", "../shut/stories"), ("DATABASE", "../shut/one.db"), ("BACKUPS", "../shut/backups")]
ALSO_CLOSED = [("STORIES_DIR", "../shut"), ("DATABASE", "../shut/deeper/one.db"), ("BACKUPS", "../shut")]


@pytest.mark.parametrize(
    ("arguments", "setting", "path"),
    [
        *(((), *closed) for closed in (*CLOSED, *ALSO_CLOSED)),
        *((arguments, *closed) for arguments in COMMANDS for closed in CLOSED),
    ],
)
def test_a_setting_that_names_a_closed_folder_ends_every_command_with_2_and_one_sentence(
    home: Path, arguments: tuple[str, ...], setting: str, path: str
) -> None:
    refused(run(home, *arguments, **{setting: path}), setting, path, "shut is closed to the user who runs this")


def load(home: Path) -> None:
    """Make the database of the user nobody, with the story in it."""
    done = command_line.run(home, "load", STORIES_DIR="stories", DATABASE="one.db")
    assert done.returncode == 0, done.stderr
    shutil.chown(home / "one.db", "nobody")


def test_a_folder_that_may_be_entered_and_not_listed_has_no_stories_to_hide(home: Path) -> None:
    load(home)
    (home / "stories").chmod(0o711)
    refused(run(home, "load"), "STORIES_DIR", "stories is closed to the user who runs this")


@pytest.mark.parametrize("arguments", COMMANDS, ids="-".join)
def test_a_closed_data_folder_that_no_setting_names_is_said_in_one_sentence(
    home: Path, arguments: tuple[str, ...]
) -> None:
    (home / "data").mkdir(mode=0o700)
    done = run(home, *arguments, DATABASE="", BACKUPS="")
    if arguments == ("doctor",):  # it goes on with what else there is
        assert done.returncode == 1 and "Traceback" not in done.stderr
        wrong = [line.split()[1] for line in done.stdout.splitlines() if "data is closed to the user" in line]
        assert wrong == ["database", "disk"], done.stdout
    else:
        refused(done, "data/oneshot.db")


@pytest.mark.parametrize("name", ["one.db", "one.db.lock"])
def test_a_database_or_lock_of_another_user_is_said_in_one_sentence(home: Path, name: str) -> None:
    (home / name).touch(0o600)
    refused(run(home), f"DATABASE one.db cannot be used: [Errno 13] Permission denied: '{home / name}'"[:60])


def test_an_env_file_behind_a_closed_folder_is_said_and_not_passed_over(home: Path) -> None:
    (home / ".env").symlink_to(home.parent / "shut" / "env")
    refused(run(home, "status"), ".env cannot be opened", "shut is closed")


@pytest.mark.parametrize(
    "arguments",
    [("restore", "../shut/copy.db"), ("move", "../shut/new.db"), ("check", "../shut/stories")],
    ids=lambda each: each[0],
)
def test_a_path_that_a_command_is_given_is_said_in_one_sentence(home: Path, arguments: tuple[str, ...]) -> None:
    load(home)
    refused(run(home, *arguments), "shut")


async def test_a_lock_that_cannot_be_made_is_not_taken_for_another_bots() -> None:
    with pytest.raises(HostError, match=r"DATABASE /proc/one\.db cannot be used"):
        async with locked(Path("/proc/one.db"), "another bot runs"):
            pass


def test_a_path_that_cannot_be_asked_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for path, why in ((tmp_path / "file" / "x", "Not a directory"), (tmp_path / "round", "symbolic links")):
        with pytest.raises(HostError, match=rf"cannot be opened: .*{why}"):
            found_at(path)
    there = (tmp_path, tmp_path / "file", tmp_path / "no", Path("/dev/null"))
    assert [found_at(each) for each in there] == ["folder", "file", "nothing", "nothing"]
