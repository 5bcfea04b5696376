"""Load story files into the library: the stories folder, and the processes that read files."""
