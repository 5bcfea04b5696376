"""Documents of word processors: each becomes a page, which is then read as any other."""
