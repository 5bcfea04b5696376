"""Read Markdown as a story: headings become chapters, and no visible word is lost."""
