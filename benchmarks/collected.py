"""The bot against a stand-in, which says how long each full collection took: ``python -m benchmarks.collected URL``.

A line of its log is ``collected`` and milliseconds. It makes one whenever it gets SIGUSR1, too.
"""

from __future__ import annotations

import gc
import signal
import sys
import time

from bot.__main__ import main
from tests.standin.launch import point_at

FULL = 2
"""The oldest generation."""

_began = 0.0


def tell(phase: str, info: dict[str, int]) -> None:
    """Print how long a full collection took."""
    global _began
    if info["generation"] != FULL:
        return
    if phase == "start":
        _began = time.perf_counter()
    else:
        print(f"collected {1000 * (time.perf_counter() - _began):.2f}", flush=True)


if __name__ == "__main__":  # not in the processes that read files
    point_at(sys.argv[1])
    gc.callbacks.append(tell)
    signal.signal(signal.SIGUSR1, lambda *_: gc.collect())
    sys.exit(main(sys.argv[2:]))
