"""Screens: functions that turn domain values into embeds and components, without queries."""
