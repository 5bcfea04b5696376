"""The command line, as a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, Command, command_line
from bot.config import Settings
from bot.store import Store
from tests.command_line import FOX, ROOT, run

ADDRESS = "postgresql://db.example/oneshot"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "stories"
    path.mkdir()
    (path / "fox.txt").write_text(FOX, "utf-8")
    return path


@pytest.mark.parametrize("arguments", [(), ("run",)])
def test_without_a_token_it_says_in_two_lines_how_to_get_one_and_ends_with_2(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert "DISCORD_TOKEN" in first
    assert "discord.com" in first
    assert "preview" in second
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_named_all_at_once_and_end_it_with_2(tmp_path: Path) -> None:
    done = run(tmp_path, "load", LOG_LEVEL="LOUD", PRIVATE_READING="maybe")
    assert done.returncode == 2
    assert "LOG_LEVEL" in done.stderr and "PRIVATE_READING" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "lacks"),
    [
        (("run",), "No module named 'psycopg'"),
        (("doctor",), "no pq wrapper available"),
        (("move", ADDRESS), "No module named 'psycopg'"),
    ],
)
def test_postgresql_without_its_driver_is_one_sentence_with_the_command(
    tmp_path: Path, arguments: tuple[str, ...], lacks: str
) -> None:
    (tmp_path / "psycopg.py").write_text(f"raise ImportError({lacks!r})\n")
    settings = {} if arguments[0] == "move" else {"DATABASE": ADDRESS, "SHARD_COUNT": "2", "SHARDS": "0"}
    done = run(tmp_path, *arguments, PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]), **settings)
    assert done.returncode == 2
    [line] = [line for line in done.stderr.splitlines() if "settings are wrong" not in line]
    assert lacks in line and line.endswith("sh tools/install.sh .venv postgresql")


def test_a_file_of_sqlite_needs_no_driver_of_postgresql(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('psycopg')\n")
    (tmp_path / "stories").mkdir()
    done = run(tmp_path, "load", STORIES_DIR="stories", PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert (done.returncode, done.stderr.count("psycopg")) == (0, 0), done.stderr


def test_an_env_file_in_another_encoding_is_told_of_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n", "utf-16")
    done = run(tmp_path, "status")
    assert done.returncode == 2 and "not in UTF-8" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="such a file is elsewhere, or nowhere")
def test_an_env_file_that_cannot_be_read_is_told_of_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").symlink_to("/proc/self/mem")
    done = run(tmp_path, "status")
    assert done.returncode == 2 and "cannot be read" in done.stderr and len(done.stderr.splitlines()) == 1


def test_settings_are_read_from_the_env_file_and_the_environment_wins(tmp_path: Path, stories: Path) -> None:
    (tmp_path / ".env").write_text("STORIES_DIR=stories\nDATABASE=here/of-the-file.db\nLOG_LEVEL=LOUD\n")
    done = run(tmp_path, "load", LOG_LEVEL="INFO")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here" / "of-the-file.db").exists()


@pytest.mark.parametrize("command", ["load", "check"])
def test_a_key_of_the_env_file_that_is_nearly_a_setting_is_asked_about(
    tmp_path: Path, stories: Path, command: str
) -> None:
    (tmp_path / ".env").write_text("STORIES_DRI=elsewhere\nEDITOR=vi\nLOG_LEVEL=INFO\n")
    done = run(tmp_path, command, *(["stories"] if command == "check" else []), STORIES_DIR="stories")
    assert done.returncode == 0
    assert done.stderr == ".env: STORIES_DRI is no setting. Did you mean STORIES_DIR?\n"


def test_load_reports_a_line_for_each_file_and_says_nothing_changed_the_second_time(
    tmp_path: Path, stories: Path
) -> None:
    first = run(tmp_path, "load", STORIES_DIR="stories")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines()[0].split() == ["added", "fox.txt"]
    assert "1 added" in first.stdout.splitlines()[-1]
    (stories / "void.txt").write_bytes(b"")
    second = run(tmp_path, "load", STORIES_DIR="stories")
    assert second.returncode == 1
    assert "unchanged fox.txt" in second.stdout
    assert "refused" in second.stdout and "void.txt" in second.stdout and "empty" in second.stdout


def test_load_with_no_folder_ends_with_2_and_names_it(tmp_path: Path) -> None:
    done = run(tmp_path, "load", STORIES_DIR="nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_needs_no_token_and_writes_nothing(tmp_path: Path, stories: Path) -> None:
    done = run(tmp_path, "check", "stories/fox.txt")
    assert done.returncode == 0, done.stderr
    assert "The Other Bank" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["stories"]


def test_check_as_json_prints_one_object_and_nothing_else(tmp_path: Path, stories: Path) -> None:
    (stories / "void.txt").write_bytes(b"")
    done = run(tmp_path, "check", "--json", "stories")
    assert (done.returncode, done.stderr) == (1, "")
    assert [file["status"] for file in json.loads(done.stdout)["files"]] == ["loaded", "refused"]


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that is closed is no error there")
def test_check_ends_quietly_where_nobody_reads_on(tmp_path: Path, stories: Path) -> None:
    for n in range(20):
        (stories / f"{n}.txt").write_text(FOX * 200, "utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "check", "--json", "stories"],
        cwd=tmp_path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        assert b"files" in running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_check_of_a_folder_without_stories_says_so_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, "check", "empty")
    assert (done.returncode, done.stderr) == (1, "")
    assert "no stories found" in done.stdout


def test_check_prints_accents_where_the_terminal_knows_only_ascii(tmp_path: Path, stories: Path) -> None:
    (stories / "fox.txt").write_text("Title: Été\n\nLe renard — déjà loin — s’arrêta. 🦊 物語\n", "utf-8")
    done = run(tmp_path, "check", "stories", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("bot", ("chekc",)),
        ("bot", ("check",)),
        ("tools.preview", ("--port", "99999")),
        ("tools.preview", ("--port", "x")),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_a_hint(tmp_path: Path, program: str, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments, program=program)
    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_preview_without_its_packages_says_how_to_get_them(tmp_path: Path) -> None:
    (tmp_path / "simcord.py").touch()
    done = run(tmp_path, program="tools.preview", PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert (done.returncode, done.stderr) == (2, "The preview needs packages of its own: make preview\n")


def test_help_names_every_command(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.returncode == 0
    assert all(f"\n    {command.name} " in done.stdout for command in COMMANDS)


LINES = {
    "run": [],
    "check": ["fox.txt", "--json"],
    "load": [],
    "backup": ["now.db"],
    "restore": ["now.db"],
    "status": [],
    "doctor": ["--server", "1"],
    "claims": [],
    "answer": ["1", "yes"],
    "move": ["there.db", "--from", "here.db"],
    "migrate": ["--backed-up"],
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_function_of_a_command_takes_its_options(command: Command) -> None:
    options = vars(command_line().parse_args([command.name, *LINES[command.name]]))
    assert options.pop("command") == command
    module, name = command.function.split(".")
    signature(getattr(import_module(f"bot.operations.{module}"), name)).bind(Settings(), **options)
    assert len(options) == len(command.options)


def test_who_wrote_a_story_of_the_folder_is_said_without_discord(tmp_path: Path, stories: Path) -> None:
    settings = {"STORIES_DIR": str(stories), "DATABASE": str(tmp_path / "one.db")}
    assert run(tmp_path, "load", **settings).returncode == 0
    claim = asyncio.run(claimed(tmp_path / "one.db", "The Other Bank", 123456789012345678))
    assert "user 123456789012345678 says" in run(tmp_path, "claims", **settings).stdout
    answered = run(tmp_path, "answer", str(claim), "yes", **settings)
    assert answered.returncode == 0 and "Approved: “The Other Bank”" in answered.stdout
    assert asyncio.run(authors(tmp_path / "one.db", "The Other Bank")) == [123456789012345678]


async def claimed(database: Path, title: str, reader: int) -> int:
    async with Store.open(database) as store:
        return (await store.authors.claim((await store.stories.find(title)).id, reader)).id


async def authors(database: Path, title: str) -> list[int]:
    async with Store.open(database) as store:
        return await store.authors.of((await store.stories.find(title)).id)


def test_no_claims_wait_at_first(tmp_path: Path, stories: Path) -> None:
    done = run(tmp_path, "claims", STORIES_DIR=str(stories), DATABASE=str(tmp_path / "one.db"))
    assert done.returncode == 0 and "0 claims wait" in done.stdout


def test_a_claim_that_is_not_there_is_one_sentence(tmp_path: Path, stories: Path) -> None:
    done = run(tmp_path, "answer", "7", "yes", STORIES_DIR=str(stories), DATABASE=str(tmp_path / "one.db"))
    assert done.returncode == 2 and done.stderr and "Traceback" not in done.stderr
