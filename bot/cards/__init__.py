"""Draw a quote as a picture that looks like a page of a book. The package uses neither Discord nor SQL."""

from bot.cards.colour import story_colour
from bot.cards.designs import draw
from bot.cards.studio import Studio
from bot.cards.words import DESIGNS, CardText, Design, alt_text

__all__ = ["DESIGNS", "CardText", "Design", "Studio", "alt_text", "draw", "story_colour"]
