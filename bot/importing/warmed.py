"""Imported by the fork server of the reading processes: reads a story, so that forks have all patterns compiled."""

from bot.stories.read import read_story

_POST = """The Lamp of No. 1

A/N: thanks to all who read, please review!

Chapter 1: Out

The keeper came down at noon, and nobody spoke of the lamp. "You came back," she said. "I never left."

Review of the week: own nothing, beta nobody, 2x07.

TBC
"""

read_story(_POST.encode(), "lamp.txt")
