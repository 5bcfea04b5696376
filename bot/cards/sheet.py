"""Rendering: text and rules in a few inks on a background, saved as a PNG.

Each ink has a plate, an 8-bit mask with the amount of ink for each pixel. The palette of the picture has the background
and a few shades of each ink, so the file is small. The same text gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.cards.colour import Colour, blend
from bot.cards.faces import direction, font
from bot.cards.setting import Setting
from bot.errors import CardError

MOST_BYTES = 200_000
"""Maximum size of a picture in bytes."""

EDGE = 36
"""Width of the border in pixels; text in the border is cut off."""

FINER = 2
"""Supersampling factor of the plates, for exact positions of letters."""

SHADES = (15, 7, 3, 1)
"""Numbers of shades of an ink, tried in this order until the picture is small enough."""


class Sheet:
    """Text and rules in *inks* on a background, *ground*. Positions are in pixels from the upper left corner."""

    def __init__(self, width: int, height: int, ground: Colour, inks: Sequence[Colour]) -> None:
        self.width, self.height, self.ground, self.inks = width, height, ground, inks
        size = (FINER * (width - 2 * EDGE), FINER * (height - 2 * EDGE))
        self._plates = [Image.new("L", size) for _ in inks]
        self._rules: list[tuple[int, tuple[int, int, int, int]]] = []

    def words(self, setting: Setting, x: float, y: float, ink: int, initial_ink: int | None = None) -> None:
        """Draw the lines of *setting*. *x* is their left edge, and *y* the top of the capitals of the first line."""
        size = setting.size
        for line in setting.lines:
            for run in line.runs:
                at = (x + run.x * size, y + line.y * size)
                self._print(ink, run.text, font(run.face, FINER * size), at, is_rtl=run.is_rtl)
        if initial := setting.initial:
            at = (x - initial.left * size, y + setting.lines[1].y * size)
            self._print(initial_ink or ink, initial.letter, font(initial.face, FINER * size * initial.scale), at)

    def _print(
        self, ink: int, text: str, letters: FreeTypeFont, at: tuple[float, float], *, is_rtl: bool = False
    ) -> None:
        pen = ImageDraw.Draw(self._plates[ink])
        x, y = (FINER * (each - EDGE) for each in at)
        pen.text((x, y), text, fill=255, font=letters, anchor="ls", direction=direction(is_rtl))

    def rule(self, left: int, top: int, right: int, bottom: int, ink: int) -> None:
        """Draw a filled rectangle behind all text, up to but excluding *right* and *bottom*."""
        self._rules.append((ink, (left, top, right, bottom)))

    def png(self) -> bytes:
        """Return the picture as a PNG of at most `MOST_BYTES`. Raises `CardError` if the picture is too detailed."""
        plates = [plate.reduce(FINER) for plate in self._plates]
        for shades in SHADES:
            file = io.BytesIO()
            self._printed(plates, shades).save(file, "PNG")
            if file.tell() <= MOST_BYTES:
                return file.getvalue()
        raise CardError("too-long-for-card")

    def _printed(self, plates: Sequence[Image.Image], shades: int) -> Image.Image:
        printed = Image.new("P", (self.width, self.height), 0)
        palette = list(self.ground)
        for ink, box in self._rules:
            printed.paste((ink + 1) * shades, box)
        for ink, (colour, plate) in enumerate(zip(self.inks, plates, strict=True)):
            amounts = [(amount * shades + 127) // 255 for amount in range(256)]
            numbers = _looked_up(plate, [ink * shades + amount if amount else 0 for amount in amounts])
            printed.paste(numbers, (EDGE, EDGE), _looked_up(plate, [255 if amount else 0 for amount in amounts]))
            for shade in range(1, shades + 1):
                palette += blend(self.ground, colour, shade / shades)
        printed.putpalette(palette)
        return printed


def _looked_up(plate: Image.Image, numbers: Sequence[float]) -> Image.Image:
    """Return *plate* with each pixel value replaced by its entry in *numbers*."""
    return plate.point(numbers)  # pyright: ignore[reportUnknownMemberType]  # the types of Pillow name NumPy's
