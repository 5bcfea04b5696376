"""Oneshot: a Discord bot that reads stories with a server."""

__version__ = "1.0.0"
