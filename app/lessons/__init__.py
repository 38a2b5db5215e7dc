"""What is read: the course, its lessons, the article's quotations. Pure: no web, no database, no files."""
