"""EPUB 2 and 3: an archive of XHTML pages with a package that tells of them."""
