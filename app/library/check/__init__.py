"""The author's linter: what is wrong with a course, at its file and line, all at once.

Rules are small functions in files named for what they look at, gathered in one table, `rules.RULES`. They read
what `library.load` made of the files; nothing here touches a database.
"""

from app.library.check.run import Report, check_course

__all__ = ["Report", "check_course"]
