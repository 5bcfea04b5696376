"""Colours of cards: the colour of each story, and inks that are readable on it.

Colours are computed in OKLCH (https://bottosson.github.io/posts/oklab/), where colours of the same lightness look
equally light. Lightness is 0 to 1, chroma 0 or more, hue in degrees. Readability is the contrast ratio of WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import hashlib
import math

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

READABLE = 4.5
"""Minimum contrast ratio of text, by WCAG."""

STEP = 0.01
"""Change of lightness in each step of `readable`."""


def story_hue(title: str, author: str | None) -> float:
    """Return the hue of a story in degrees, derived from its title and author."""
    named = f"{title}\n{author or ''}".casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(named, digest_size=4).digest()) % 3600 / 10


def story_colour(title: str, author: str | None) -> Colour:
    """Return the colour of a story: a dark background. Browns and greens are lighter and have less chroma."""
    hue = story_hue(title, author)
    return oklch(0.38 + 0.04 * _near(hue, 90), 0.075 + 0.015 * _near(hue, 300), hue)


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour in sRGB, with the chroma reduced until sRGB contains the colour."""
    while True:
        linear = _linear(lightness, chroma, hue)
        if chroma <= 0 or all(-0.0001 <= part <= 1.0001 for part in linear):
            red, green, blue = (round(255 * _encoded(min(1.0, max(0.0, part)))) for part in linear)
            return red, green, blue
        chroma -= 0.005


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio: from 1 for equal colours to 21 for black on white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(ground: Colour, lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour, darkened on a light *ground* or lightened on a dark one until its contrast is `READABLE`."""
    step = -STEP if _luminance(ground) > 0.18 else STEP
    while contrast(ground, colour := oklch(lightness, chroma, hue)) < READABLE and 0 <= lightness + step <= 1:
        lightness += step
    return colour


def blend(ground: Colour, ink: Colour, share: float) -> Colour:
    """Mix two colours: a *share* of *ink* and the rest of *ground*."""
    red, green, blue = (round(under + share * (over - under)) for under, over in zip(ground, ink, strict=True))
    return red, green, blue


def _near(hue: float, other: float) -> float:
    """Return the similarity of two hues: from -1 for opposite hues to 1 for equal ones."""
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
