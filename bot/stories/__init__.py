"""From the bytes of a story file to a `Story`: pure functions that know neither Discord nor SQL."""

from bot.stories.model import PARSER_VERSION, Chapter, Page, Quote, Refused, Story
from bot.stories.read import read_story

__all__ = ["PARSER_VERSION", "Chapter", "Page", "Quote", "Refused", "Story", "read_story"]
