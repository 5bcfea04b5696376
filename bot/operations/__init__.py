"""What the host of the bot runs and watches."""
