"""Add up the summary lines of several pytest runs: ``python -m tools.summed OUTPUT …``."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

_SECONDS = re.compile(r" in ([\d.]+)s\b")
_COUNT = re.compile(r"(\d+) (failed|passed|skipped|deselected|xfailed|xpassed|warning|error)")


def main(outputs: list[str]) -> None:
    """Print the summed line. Raises `ValueError` for an output without a summary line."""
    counts, seconds = Counter[str](), 0.0
    for output in outputs:
        lines = [line for line in Path(output).read_text("utf-8").splitlines() if _COUNT.search(line)]
        took = _SECONDS.search(lines[-1]) if lines else None
        if took is None:
            raise ValueError(f"{output} has no last line of pytest's")
        seconds += float(took[1])
        for count, what in _COUNT.findall(lines[-1]):
            counts[what] += int(count)
    summary = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"{f' {summary} in {seconds:.2f}s ({timedelta(seconds=int(seconds))}) ':=^80}")


if __name__ == "__main__":
    main(sys.argv[1:])
