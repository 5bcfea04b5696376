"""Screens: domain values become embeds and components, without queries."""
