"""The text on disk and its versions: loading the course, checking it, and storing what was shown."""
