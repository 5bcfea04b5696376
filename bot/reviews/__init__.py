"""Reviews: their rules, how they are shown, and how they reach who wrote the story."""
