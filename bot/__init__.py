"""Oneshot: a Discord bot that reads stories with a server."""

__version__ = "0.1.0"
