"""A quote as a picture: a page of a book, set by its rules. It knows neither Discord nor SQL."""

from bot.cards.colour import story_colour
from bot.cards.designs import draw
from bot.cards.studio import Studio
from bot.cards.words import DESIGNS, CardText, Design, alt_text

__all__ = ["DESIGNS", "CardText", "Design", "Studio", "alt_text", "draw", "story_colour"]
