"""Parse story files into `Story` objects: pure functions, without Discord or SQL."""

from bot.stories.model import PARSER_VERSION, Chapter, Page, Quote, Refused, Story
from bot.stories.read import read_story

__all__ = ["PARSER_VERSION", "Chapter", "Page", "Quote", "Refused", "Story", "read_story"]
