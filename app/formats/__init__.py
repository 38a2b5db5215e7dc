"""What is exchanged: questions in the file formats of other systems. Pure: no web, no database, no files."""
