"""HTML: downloads of archives, books of Project Gutenberg, other pages."""
