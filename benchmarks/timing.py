"""Timing in rounds: the two things are measured in turn, so that a machine that slows down slows both."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import median

Act = Callable[[], Awaitable[object]]


async def seconds(act: Act, times: int) -> float:
    """The mean processor time of *times* runs, over all threads: waiting, as SimCord does to settle, is not counted."""
    began = time.process_time()
    for _ in range(times):
        await act()
    return (time.process_time() - began) / times


async def compare(name: str, ours: Act, floor: Act, *, times: int = 50, rounds: int = 7) -> None:
    """Measure two things in turn and show them."""
    await ours()
    await floor()
    show(name, [(await seconds(ours, times), await seconds(floor, times)) for _ in range(rounds)])


def show(name: str, pairs: Sequence[tuple[float, float]]) -> None:
    """Print the median of each side, and the median, least and most of their ratio."""
    ratios = sorted(ours / floor for ours, floor in pairs)
    ours, floor = (1000 * median(side) for side in zip(*pairs, strict=True))
    print(
        f"  {name:30} {ours:8.2f} ms beside {floor:8.2f} ms: ratio {median(ratios):5.2f}"
        f" ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
