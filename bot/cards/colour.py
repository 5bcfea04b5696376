"""Colours that suit each other, and each story's own among them.

They are reckoned in OKLCH (https://bottosson.github.io/posts/oklab/): lightness 0 to 1, chroma from 0, hue in degrees,
made so that colours of one lightness look equally light. Whether words can be read is WCAG 2.2's contrast ratio
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import hashlib
import math

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

READABLE = 4.5
"""The contrast that WCAG asks of text."""

STEP = 0.01
"""Of lightness, when a colour is moved away from its ground."""


def story_hue(title: str, author: str | None) -> float:
    """A story's own hue, the same on every card of it."""
    named = f"{title}\n{author or ''}".casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(named, digest_size=4).digest()) % 3600 / 10


def story_colour(title: str, author: str | None) -> Colour:
    """A story's own colour: a dark ground, as books are bound in cloth. Browns and greens are lighter and duller."""
    hue = story_hue(title, author)
    return oklch(0.38 + 0.04 * _near(hue, 90), 0.075 + 0.015 * _near(hue, 300), hue)


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """The colour on a screen; one that no screen shows loses chroma until it can be shown."""
    while True:
        linear = _linear(lightness, chroma, hue)
        if chroma <= 0 or all(-0.0001 <= part <= 1.0001 for part in linear):
            red, green, blue = (round(255 * _encoded(min(1.0, max(0.0, part)))) for part in linear)
            return red, green, blue
        chroma -= 0.005


def contrast(one: Colour, other: Colour) -> float:
    """From 1, which is no contrast, to 21, which is black on white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(ground: Colour, lightness: float, chroma: float, hue: float, ratio: float = READABLE) -> Colour:
    """The colour, made darker on a light *ground* or lighter on a dark one until its contrast is *ratio*."""
    step = -STEP if _luminance(ground) > 0.18 else STEP
    while contrast(ground, colour := oklch(lightness, chroma, hue)) < ratio and 0 <= lightness + step <= 1:
        lightness += step
    return colour


def blend(ground: Colour, ink: Colour, share: float) -> Colour:
    """*ink* over *ground*, covering a *share* of it."""
    red, green, blue = (round(under + share * (over - under)) for under, over in zip(ground, ink, strict=True))
    return red, green, blue


def _near(hue: float, other: float) -> float:
    """1 where two hues are the same, -1 where they are opposite."""
    return math.cos(math.radians(hue - other))


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (c / 255 for c in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
