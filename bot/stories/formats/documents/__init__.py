"""Documents of word processors: each is converted to HTML, which is then read like any other page."""
