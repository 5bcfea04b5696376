"""What the tests may cost: a budget for each and for the whole, so that the suite stays one that runs while one waits.

Seconds of processor are no measure on a busy machine, where the same test takes twice as many. So a test is measured in
*loops*: how often a fixed loop, run beside it, would have run in the same time of the processor. What the test's child
processes took counts, too. A plugin of pytest, which `tests/conftest.py` registers.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Generator
from statistics import median

import pytest

LOOPS_A_SECOND = 50
"""How many loops a second of a quiet machine's processor has: a loop takes some 20 ms there."""

WARNS, FAILS = 2 * LOOPS_A_SECOND, 4 * LOOPS_A_SECOND
"""Loops for one test."""

WHOLE_WARNS, WHOLE_FAILS = 330 * LOOPS_A_SECOND, 660 * LOOPS_A_SECOND
"""Loops for all that `make test` runs, with what pytest itself takes. The same tests took 360 and 457 beside others."""

_AGAIN_SECONDS = 1.0
"""After so much of the processor the loop runs again: it takes a fiftieth of it."""

_BEGAN = pytest.StashKey[float]()
_LOOPS = "loops"


def spent() -> float:
    """Return the seconds of processor that this process and its children that ended have taken so far."""
    return sum(os.times()[:4])


def loop_seconds() -> float:
    """Run the fixed loop once, and return the seconds of processor that it took."""
    before = time.process_time()
    total = 0
    for number in range(460_000):
        total += number * number % 7
    return time.process_time() - before


class Budget:
    """Measures the tests of one process. Where that has workers, it sums up theirs."""

    def __init__(self, config: pytest.Config) -> None:
        self._is_default = not any(
            map(config.getoption, ("--all", "--postgresql", "--install", "--hypothesis-profile"))
        )
        """Whether the budget holds: what runs is what `make test` runs."""
        self._last = deque([loop_seconds() for _ in range(3)], maxlen=15)
        self._looped_at, self._began = spent(), time.monotonic()
        self._by_test: dict[str, float] = {}
        self._of_workers: list[tuple[float, float]] = []
        """The seconds and loops of each worker that ended."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        item.stash[_BEGAN] = spent()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Fail a test that takes too much, when it is over: by the slowest loop of late, so that no noise fails it."""
        report = yield
        if call.when == "teardown":
            seconds = spent() - item.stash[_BEGAN]
            loops = self._in_loops(seconds)
            report.user_properties.append((_LOOPS, loops))
            if seconds / max(self._last) > FAILS and report.passed and self._is_default:
                report.outcome = "failed"
                report.longrepr = f"takes {_seconds(loops)} of a quiet processor, and may take {_seconds(FAILS)}"
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self._by_test[report.nodeid] = sum(
                loops for name, loops in report.user_properties if name == _LOOPS and isinstance(loops, float)
            )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that has this worker; without workers, fail where the whole takes too much."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["spent"] = self._own()  # type: ignore[attr-defined]
        elif self._is_too_much() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self._of_workers.append(getattr(node, "workeroutput", {}).get("spent", (0.0, 0.0)))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what it took, and which tests took more than they should."""
        for test, loops in sorted(self._by_test.items(), key=lambda each: -each[1]):
            if loops > WARNS:
                terminalreporter.write_line(f"dear: {_seconds(loops)} of a quiet processor: {test}")
        seconds, loops = self._whole()
        if self._is_too_much():
            terminalreporter.write_line(
                f"TOO MUCH: all may take {_seconds(WHOLE_FAILS)} of a quiet processor", red=True
            )
        elif loops > WHOLE_WARNS and self._is_default:
            terminalreporter.write_line(f"dear: all should take {_seconds(WHOLE_WARNS)} of a quiet processor")
        wall = time.monotonic() - self._began
        terminalreporter.write_line(f"{wall:.0f} s; {seconds:.0f} s of processor, {_seconds(loops)} of a quiet one")

    def _own(self) -> tuple[float, float]:
        seconds = spent() if not self._of_workers else sum(os.times()[:2])  # the workers are children, too
        return seconds, self._in_loops(seconds)

    def _whole(self) -> tuple[float, float]:
        each = [self._own(), *self._of_workers]
        return sum(seconds for seconds, _ in each), sum(loops for _, loops in each)

    def _is_too_much(self) -> bool:
        return self._is_default and self._whole()[1] > WHOLE_FAILS

    def _in_loops(self, seconds: float) -> float:
        if spent() - self._looped_at > _AGAIN_SECONDS:
            self._last.append(loop_seconds())
            self._looped_at = spent()
        return seconds / median(self._last)


def _seconds(loops: float) -> str:
    return f"{loops / LOOPS_A_SECOND:.1f} s"
