"""The options of the tests, which of them run, and a database with a few stories.

A file of pure functions starts at once: what is heavy is imported by the fixture that needs it, and the virtual Discord
and Hypothesis come with the first file that names them.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import samples
from tests.budget import Budget
from tests.clock import Clock
from tests.postgresql import ADDRESS, NoPostgresql, cluster, on_postgresql

if TYPE_CHECKING:
    from bot.store import Store

IN_MEMORY = Path("/dev/shm")
ROOMY_BYTES = 1 << 30
"""Bytes that must be free there for the tests to keep their files in it: no disk is waited for."""

PLUGINS = {
    "tests.library": ("simcord.pytest_plugin", "tests.library"),
    "simcord": ("simcord.pytest_plugin", "tests.library"),
    "hypothesis": ("tests.examples",),
}
"""What is loaded with the first test file, or conftest beside it, that names something."""

HERE = Path(__file__).parent

STORES = {"store", "empty_store", "library", "loaded", "world", "living"}
"""The fixtures that open a store."""

pytest.register_assert_rewrite(
    "tests.discord_limits", "tests.fluent", "tests.library", "tests.screens", "tests.seen", "tests.submitting"
)


# -- which tests run, and how ----------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also what takes long: make test-all")
    parser.addoption("--days", type=int, default=0, help="how many days tests/services/test_week.py lives through")
    parser.addoption("--postgresql", action="store_true", help="run what opens a store on a PostgreSQL of its own")
    parser.addoption("--install", action="store_true", help="install the bot as its container does, from the network")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hypothesis-profile"):  # its plugin asks for the profile at once
        config.pluginmanager.import_plugin("tests.examples")
    config.addinivalue_line("markers", "sqlite(why): it is about SQLite, and not run on PostgreSQL")
    config.addinivalue_line("markers", "slow: it takes long, and runs with --all only")
    config.pluginmanager.register(Budget(config), "budget")
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOMY_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    if not config.getoption("--postgresql") or hasattr(config, "workerinput"):
        return
    running = ExitStack()
    try:
        os.environ[ADDRESS] = running.enter_context(cluster())
    except NoPostgresql as error:
        raise pytest.UsageError(str(error)) from None
    config.add_cleanup(running.close)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Load what a file needs: the virtual Discord with its readers, and how many examples Hypothesis tries."""
    if isinstance(collector, pytest.Module):
        beside = collector.path.with_name("conftest.py")
        text = _read(collector.path) + (_read(beside) if beside.exists() and beside.parent != HERE else "")
        for plugin in (plugin for named, plugins in PLUGINS.items() if named in text for plugin in plugins):
            collector.config.pluginmanager.import_plugin(plugin)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    runs_all = config.getoption("--all")
    left_out = {item for item in items if not runs_all and item.get_closest_marker("slow")}
    if on_postgresql():  # what opens no store runs on no engine
        left_out |= {item for item in items if not (_opens_a_store if runs_all else _may_differ)(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        if on_postgresql() and (marker := item.get_closest_marker("sqlite")):
            item.add_marker(pytest.mark.skip(reason=marker.args[0]))


def _opens_a_store(item: pytest.Item) -> bool:
    text = _read(item.path)
    return bool(STORES & set(getattr(item, "fixturenames", ()))) or "Store.open(" in text or "Trial(" in text


def _may_differ(item: pytest.Item) -> bool:
    """Whether a test is of the store, or names the other engine: what PostgreSQL may do differently."""
    names_it = "/tests/store/" in item.path.as_posix() or "postgresql" in _read(item.path).lower()
    return names_it and _opens_a_store(item)


@cache
def _read(path: Path) -> str:
    return path.read_text("utf-8")


# -- a database with a few stories --------------------------------------------------


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """Drop what a test made on the server."""
    if not on_postgresql() or "tmp_path" not in request.fixturenames:
        yield
        return
    from tests.databases import dropped

    tmp_path: Path = request.getfixturevalue("tmp_path")
    yield
    dropped(tmp_path)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the stories folder and a database with its stories were made once; each test has copies of its own."""
    from bot.importing.loading import load_folder
    from bot.importing.worker import read_here
    from bot.store import Store
    from tests.databases import database_at

    path = tmp_path_factory.mktemp("loaded")
    folder = path / "stories"
    folder.mkdir()
    for name, text in samples.FILES.items():
        (folder / name).write_text(text, "utf-8")

    async def load() -> None:
        async with Store.open(database_at(path / "oneshot.db")) as opened:
            await load_folder(opened, folder, read_here)

    with pytest.MonkeyPatch.context() as monkeypatch:
        _quote_nearly_all(monkeypatch)
        asyncio.run(load())
    return path


@pytest.fixture
def quoted_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nearly every sentence of the short samples be quoted: these tests are about what is done with quotes."""
    _quote_nearly_all(monkeypatch)


def _quote_nearly_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LEAST", 25), ("FINE", 25), ("WORDS_PER_FINE_QUOTE", 8)):
        monkeypatch.setattr(f"bot.stories.quotes.selection.{name}", value)


@pytest.fixture
def folder(quoted_samples: None, tmp_path: Path, loaded: Path) -> Path:
    """A stories folder with one story of each shape that the tests speak of."""
    return shutil.copytree(loaded / "stories", tmp_path / "stories")


@pytest.fixture
def clock() -> Clock:
    """The clock of *store*; a test that needs another time sets ``clock.at``."""
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, folder: Path, loaded: Path, clock: Clock) -> AsyncIterator[Store]:
    """A store into which *folder* was loaded."""
    from bot.store import Store
    from tests.databases import copied

    async with Store.open(copied(loaded / "oneshot.db", tmp_path / "oneshot.db"), clock) as opened:
        yield opened
