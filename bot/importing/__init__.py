"""Loads story files into the library: the stories folder, and the process that reads files."""
