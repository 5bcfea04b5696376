"""How far a long load is: said now and then, not for each file."""

import io

import pytest

from bot.operations.progress import now_and_then, on_terminal


async def test_it_is_told_once_in_so_many_seconds() -> None:
    told: list[tuple[int, int]] = []
    now = 100.0
    progress = now_and_then(lambda done, files: told.append((done, files)), 5, lambda: now)
    for done in range(1, 13):
        now += 1
        await progress(done, 12)
    assert told == [(5, 12), (10, 12)]


async def test_what_is_soon_over_is_not_told_at_all() -> None:
    told: list[int] = []
    progress = now_and_then(lambda done, _: told.append(done), 5, lambda: 100.0)
    for done in range(1, 13):
        await progress(done, 12)
    assert told == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "expected"), [(Terminal(), "3 of 3 files"), (io.StringIO(), "")])
async def test_a_terminal_alone_has_a_line_of_it_which_goes_at_the_end(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, expected: str
) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("bot.operations.progress.TERMINAL_SECONDS", 0)
    progress = on_terminal()
    for done in range(1, 4):
        await progress(done, 3)
    assert expected in stream.getvalue()
    assert not expected or stream.getvalue().endswith("\r\x1b[K\r")
