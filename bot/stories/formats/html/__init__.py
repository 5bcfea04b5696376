"""HTML: the downloads of archives, Gutenberg's books, plain pages."""
