"""Story files become rows of the library: the stories folder, and the process that reads files."""
