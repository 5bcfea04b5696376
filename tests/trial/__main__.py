"""``python -m tests.trial``: the whole trial, as often as one likes; ends with 1 where something was wrong."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from pathlib import Path

from tests.postgresql import NoPostgresql, server
from tests.trial.trial import SHORT, Plan, Trial, shown_on_failure


async def _one(plan: Plan, seed: int, keep: Path) -> bool:
    with server(durable=True) as database:
        trial = Trial(plan, keep / f"trial{seed}", database, seed)
        async with shown_on_failure(trial):
            report = await trial.run()
    print(f"Trial {seed}: {'nothing differs' if not report.wrong else f'{len(report.wrong)} differences'}")
    for name, figure in report.figures.items():
        print(f"  {name}: {figure}")
    for line in report.wrong:
        print(f"  WRONG: {line}")
    sys.stdout.flush()
    return not report.wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trial", description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how many trials (default: 1)")
    parser.add_argument("--seed", type=int, default=1, help="the number of the first, which decides who does what")
    parser.add_argument("--short", action="store_true", help="the small form of the suite")
    parser.add_argument("--keep", type=Path, help="a folder for the logs of the processes (default: none is kept)")
    given = parser.parse_args()
    plan = SHORT if given.short else Plan()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started ends with it
    try:
        with tempfile.TemporaryDirectory() as folder:
            keep = given.keep or Path(folder)
            well = [asyncio.run(_one(plan, given.seed + number, keep)) for number in range(given.times)]
    except NoPostgresql as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{sum(well)} of {len(well)} trials without a difference")
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
