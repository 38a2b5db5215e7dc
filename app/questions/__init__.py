"""What is asked: questions, banks, scoring and draws. Pure: no web, no database, no clock, no files."""
