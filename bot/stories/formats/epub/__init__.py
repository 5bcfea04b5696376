"""EPUB 2 and 3: an archive of XHTML pages, with a package file for metadata and reading order."""
