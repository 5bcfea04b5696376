"""Markdown, as CommonMark says, read as a story: headings are chapters, and every word that shows is kept."""
