"""What was released stays: no step of it is edited, and its database comes up to date with all that readers did."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.domain.rights import Audience
from bot.store import Store
from bot.stories.query import read_query
from tests.releases.make import ENGINES, GUILD, READERS, RELEASES, digests, rows
from tests.votes import default_of

ROOT = Path(__file__).parents[2]
MADE = sorted(RELEASES.glob("*.json"))

pytestmark = pytest.mark.sqlite("a release's database is a SQLite file")


def facts(made: Path) -> dict[str, Any]:
    return json.loads(made.read_text("utf-8"))


def unpacked(made: Path, folder: Path) -> Path:
    path = folder / "oneshot.db"
    path.write_bytes(gzip.decompress(made.with_suffix(".db.gz").read_bytes()))
    return path


def test_the_version_is_said_once_and_has_a_section_in_the_changelog() -> None:
    assert f'\nversion = "{__version__}"\n' in (ROOT / "pyproject.toml").read_text("utf-8")
    sections = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert __version__ in sections


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.stem)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_released_step_is_never_edited(made: Path, engine: str) -> None:
    released = facts(made)["steps"][engine]
    assert digests(engine)[: len(released)] == released


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.stem)
async def test_an_upgrade_keeps_all_that_readers_did(made: Path, tmp_path: Path) -> None:
    path = unpacked(made, tmp_path)
    before = facts(made)["rows"]
    async with Store.open(path) as store:
        audience = store.for_audience(Audience(guild=GUILD))
        lighthouse = await store.stories.find("Lighthouse")
        assert (await default_of(store, lighthouse.id, GUILD)).counts is not None
        assert await store.reactions.tally(lighthouse.id)
        assert [place for reader in READERS if (place := await store.places.of(reader, lighthouse.id))]
        assert (await audience.search.find(read_query("bottle"), None, 0, 10)).hits
        assert await store.quotes.draw(f"guild:{GUILD}")
        await store.pruning.prune()
    after = rows(path)
    for table in (
        "stories",
        "chapters",
        "pages",
        "ballots",
        "reactions",
        "places",
        "bookmarks",
        "reviews",
        "questions",
    ):
        assert after[table] == before[table], table
