"""What whoever runs the bot types or watches."""
