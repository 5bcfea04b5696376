"""Three processes on one PostgreSQL: a kill and a database that goes away double nothing and lose nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.databases import on_postgresql
from tests.postgresql import NoPostgresql, server
from tests.trial.trial import SHORT, Trial, shown_on_failure

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals"),
    pytest.mark.skipif(on_postgresql(), reason="it has a PostgreSQL of its own, and runs with the other tests"),
]


async def test_three_processes_double_nothing_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.standin.interactions.ANSWER_SECONDS", 20.0)  # a busy machine answers late
    try:
        with server() as database:
            trial = Trial(SHORT, tmp_path / "trial", database, seed=1)
            async with shown_on_failure(trial):
                report = await trial.run()
    except NoPostgresql as error:
        pytest.skip(str(error))
    assert not report.wrong, report
