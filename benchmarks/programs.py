"""What a program asks of the machine, measured from outside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.timing import show

# Between this process and the one measured stands a small one: on Linux a program's peak begins at its parent's. It
# also waits for the processes that the program leaves behind, of which the time would not be counted else.
_LAUNCHER = """
import ctypes, json, os, resource, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
said = done.stdout.decode()[-1000:]
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, said]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program and the processes it started took: in all the time, of the memory the largest one's peak."""

    seconds: float
    megabytes: float
    said: str
    """The end of what the program printed."""


def cost(
    *arguments: str, python: str = sys.executable, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Cost:
    """Run Python with *arguments* to its end. Raises `RuntimeError` where it fails."""
    command = [sys.executable, "-S", "-c", _LAUNCHER, python, *arguments]
    done = subprocess.run(command, capture_output=True, check=True, cwd=cwd, env=env)
    status, *costs = json.loads(done.stdout)
    if status != 0:
        raise RuntimeError(f"{arguments} ended with {status}")
    return Cost(*costs)


def show_costs(name: str, ours: Sequence[Cost], floor: Sequence[Cost]) -> None:
    """Print the time of both with their ratio, and the memory of both."""
    show(name, [(one.seconds, other.seconds) for one, other in zip(ours, floor, strict=True)])
    peak, least = median(each.megabytes for each in ours), median(each.megabytes for each in floor)
    print(f"  {'':30} {peak:8.1f} MB beside {least:8.1f} MB: ratio {peak / least:5.2f}")
