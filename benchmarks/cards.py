"""A card, beside the least that Pillow can do: one font, lines of so many characters, a grey PNG as large."""

from __future__ import annotations

import asyncio
import io
import textwrap
from contextlib import aclosing
from statistics import median

from PIL import Image, ImageDraw

from benchmarks.blocking import watched
from benchmarks.timing import compare
from bot.cards import DESIGNS, CardText, Design, Studio, draw
from bot.cards.faces import JAPANESE, ROMAN, font

ROUNDS = 3
AT_ONCE = 12
"""Cards that are asked for at the same time, while the loop is watched."""

_SENTENCE = (
    "“Nobody waits for a tide,” she said, and counted the steps aloud, as she had every night since the boats stopped"
    " coming; and the harbour kept its own time. "
)
TEXTS = {
    "40 characters": _SENTENCE[:40],
    "160 characters": _SENTENCE,
    "300 characters": (_SENTENCE * 2)[:300],
    "600 characters": (_SENTENCE * 4)[:600],
    "8 lines of verse": "The ferry has no timetable,\nthe river has no say;\n" * 4,
    "120 characters of Japanese": "「誰も潮を待ったりしないよ」と彼女は言って、灯りを消した。" * 4,
    "600 characters of Japanese": "「誰も潮を待ったりしないよ」と彼女は言って、灯りを消した。" * 20,
    "160 characters and 16 emoji": (_SENTENCE[:20] + "🌊🏳️‍🌈") * 8,
}


def _least(words: str, height: int) -> bytes:
    is_japanese = words[0] == "「"
    lines = textwrap.wrap(words, 19 if is_japanese else 44)
    picture = Image.new("L", (1080, height), 255)
    pen = ImageDraw.Draw(picture)
    pen.multiline_text((124, 124), "\n".join(lines), fill=0, font=font(JAPANESE if is_japanese else ROMAN, 50))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


async def _measure_one(name: str, words: str, design: Design) -> None:
    card = CardText(words[:600], "Low Water", "Maren Holt")
    png = draw(card, design)
    height = Image.open(io.BytesIO(png)).height

    async def ours() -> None:
        draw(card, design)

    async def least() -> None:
        _least(card.words, height)

    await compare(f"{name}, {design}", ours, least, times=5)
    print(f"  {'':30} {len(png) / 1000:8.0f} kB, {height} pixels high")


async def _measure_waiting() -> None:
    """How long others on the loop wait while cards are drawn in their threads."""
    longest: list[float] = []
    for number in range(ROUNDS):
        async with aclosing(Studio()) as studio, watched() as pause:
            cards = [CardText(TEXTS["300 characters"], f"{number}", f"{each}") for each in range(AT_ONCE)]
            await asyncio.gather(*(studio.card(card, "page") for card in cards))
        longest.append(1000 * pause.seconds)
    print(
        f"  the loop waits, {AT_ONCE} cards at once: {min(longest):.0f}, {median(longest):.0f}, {max(longest):.0f} ms"
    )


async def measure() -> None:
    """Print the processor time and the size of cards of many kinds."""
    for name, words in TEXTS.items():
        await _measure_one(name, words, "page")
    for design in DESIGNS:
        if design != "page":
            await _measure_one("300 characters", TEXTS["300 characters"], design)
    await _measure_waiting()
