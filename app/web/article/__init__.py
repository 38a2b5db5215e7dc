"""The article and its dossier: paragraphs, claims as of a date, what is left out, times, counts, names, places."""

from app.web.article.pages import bp

__all__ = ["bp"]
