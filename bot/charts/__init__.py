"""Charts: numbers in, a PNG out. Pure functions; they take a moment, so call them in a thread."""
