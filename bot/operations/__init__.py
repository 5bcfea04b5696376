"""Commands and background tasks for the host of the bot."""
