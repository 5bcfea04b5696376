"""Draw a quote as a picture, and numbers as a bar chart. The package uses neither Discord nor SQL."""

from bot.cards.bars import Bars, bars_png
from bot.cards.colour import story_colour
from bot.cards.designs import draw
from bot.cards.studio import Studio
from bot.cards.words import DESIGNS, CardText, Design, alt_text

__all__ = ["DESIGNS", "Bars", "CardText", "Design", "Studio", "alt_text", "bars_png", "draw", "story_colour"]
