"""What things cost, as ratios: absolute times say more about the machine than about the bot."""
