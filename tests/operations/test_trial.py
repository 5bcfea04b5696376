"""Three processes on one PostgreSQL: a kill and a database that goes away double nothing and lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgresql import on_postgresql, server
from tests.trial.trial import SHORT, Trial, shown_on_failure

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="only PostgreSQL has several processes")


async def test_three_processes_double_nothing_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.standin.interactions.ANSWER_SECONDS", 20.0)  # a busy machine answers late
    with server(durable=True) as database:
        trial = Trial(SHORT, tmp_path / "trial", database, seed=1)
        async with shown_on_failure(trial):
            report = await trial.run()
    assert not report.wrong, report
