"""Groups of commands that several modules of ``cogs`` add to: a command is ``@author.command()``."""

from discord import app_commands

author = app_commands.Group(name="author", description="For authors: add, change and follow your own stories")

GROUPS = (author,)
