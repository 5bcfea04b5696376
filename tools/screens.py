"""Take pictures of every screen of the bot, and measure the pages of stories, in a browser.

    pip install -e '.[preview,pictures]'
    python -m tools.screens pictures /tmp/screens --chromium /usr/bin/chromium
    python -m tools.screens pages --width 360 --height 740 --stories seeds

*pictures* follows readers, managers and authors through the bot. It writes a picture of each screen, and a table of
heights, rows and components. *pages* turns every page of every story and prints how many fit on a screen. Without
``--chromium``, Playwright uses the browser of ``playwright install chromium``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Error  # pyright: ignore[reportMissingImports]  # installed by the extra "pictures"

from tools.preview_driver import LAST, Driver, Measures, Window, browser, preview
from tools.screen_walks import PLACES, WALKS, Stage

WINDOWS = (Window(360, 740), Window(1280, 900))
"""Sizes of a phone and of a desktop."""

ROOM = {360: 632, 1280: 752}
"""Height of the message area in CSS pixels, between channel name and input box, by the width of the window."""


def take_pictures(options: argparse.Namespace) -> None:
    """Take all walks in each window; write the pictures and the table."""
    rows: dict[str, dict[int, Measures]] = {}
    for window in WINDOWS:
        with (
            preview(options.python, options.stories) as addresses,
            browser([addresses[place] for place in PLACES], window, options.chromium, options.scale) as (
                room,
                lobby,
                alone,
            ),
        ):
            stage = Stage(room, lobby, alone, options.folder / str(window.width))
            stage.room.open()
            for each in WALKS:
                if options.only and each.__name__ not in options.only:
                    continue
                try:
                    each(stage)
                except (Error, ValueError, IndexError) as error:
                    stage.room.page.screenshot(path=stage.folder / f"stopped {each.__name__}.png")
                    stage.room.open()
                    print(f"{window.width}: {each.__name__} stopped: {str(error).splitlines()[0]}", file=sys.stderr)
            for name, measures in stage.taken.items():
                rows.setdefault(name, {})[window.width] = measures
        (options.folder / "table.md").write_text(table(rows), "utf-8")


def table(rows: dict[str, dict[int, Measures]]) -> str:
    """Return a Markdown table of screens: height in each window, rows and components."""
    widths = [window.width for window in WINDOWS]
    heads = ["screen", *(f"height at {width}" for width in widths), "rows", "drawn at 360", "components"]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for name, by_width in rows.items():
        heights = [str(by_width[width].height) if width in by_width else "" for width in widths]
        first = next(iter(by_width.values()))
        lines.append(f"| {' | '.join([name, *heights, str(first.rows), str(first.lines), str(first.components)])} |")
    return "\n".join([*lines, ""])


def measure_pages(options: argparse.Namespace) -> None:
    """Turn every page of every story; print how many fit into the message area."""
    window = Window(options.width, options.height)
    room = options.room or ROOM[options.width]
    with (
        preview(options.python, options.stories) as addresses,
        browser(addresses[:1], window, options.chromium, 1) as (page,),
    ):
        page.open()
        page.view_as("Ann")
        if options.length == "desktop":
            page.slash("settings")
            page.pick("Pages: one desktop", of=0)
        every: list[Measures] = []
        for title in titles(page):
            found = list(page_measures(page, title))
            every += found
            print(f"{title}: {_summary(found, room)}")
            for number, measures in enumerate(found, 1):
                if measures.height > room or measures.lines > measures.rows:
                    print(f"    page {number} is {measures.height} high, {measures.lines} rows are drawn")
        print(f"All: {_summary(every, room)}")


def titles(page: Driver) -> list[str]:
    """Return the titles of the library."""
    page.slash("stories")
    found = page.options(0)
    while page.has("Next"):
        page.press("Next")
        found += page.options(0)
    return found


def page_measures(page: Driver, title: str) -> Sequence[Measures]:
    """Return the measures of each page of a story, from the first to the last."""
    page.slash("read", story=title)
    found = [page.measure()]
    while LAST not in page.text:
        page.press("Next")
        found.append(page.measure())
    return found


def _summary(found: Sequence[Measures], room: int) -> str:
    heights = [measures.height for measures in found]
    fit = sum(height <= room for height in heights)
    return (
        f"{fit} of {len(heights)} pages within {room}, the highest {max(heights)}, "
        f"first {heights[0]}, last {heights[-1]}, mean {sum(heights) // len(heights)}"
    )


def main() -> None:
    """Parse the command line and run its command."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--stories", type=Path, default=Path("seeds"), help="the stories folder (default: seeds)")
    shared.add_argument("--python", default=sys.executable, help="the Python that runs the bot (default: this one)")
    shared.add_argument("--chromium", help="the browser's program (default: Playwright's own)")
    parser = argparse.ArgumentParser(prog="python -m tools.screens", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="command")
    pictures = commands.add_parser("pictures", parents=[shared], help="take a picture of every screen, at both sizes")
    pictures.add_argument("folder", type=Path, help="where the pictures and the table go")
    pictures.add_argument("--only", nargs="*", help="the walks to take (default: all)")
    pictures.add_argument("--scale", type=float, default=1, help="pixels a point (default: 1)")
    pictures.set_defaults(run=take_pictures)
    measured = commands.add_parser("pages", parents=[shared], help="measure every page of every story")
    measured.add_argument("--width", type=int, default=360)
    measured.add_argument("--height", type=int, default=740)
    measured.add_argument("--length", choices=("phone", "desktop"), default="phone", help="of a page")
    measured.add_argument("--room", type=int, help="points that a page may take (default: as the window has)")
    measured.set_defaults(run=measure_pages)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
