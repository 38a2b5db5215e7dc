"""`offramp glossary`: the terms of the course, or one of them."""

from __future__ import annotations

from difflib import get_close_matches

import click

from app.cli.course import opened
from app.cli.group import Options
from app.cli.screen import Screen
from app.errors import NotFound
from app.lessons.model import Term
from app.library.model import Library
from app.library.uses import lessons_by_term


@click.command()
@click.argument("words", nargs=-1, metavar="[TERM]")
@click.pass_obj
def glossary(options: Options, words: tuple[str, ...]) -> None:
    """Show the terms of the course, or what TERM means and which lessons use it.

    TERM is the term itself, another spelling of it, its id or the beginning of one of them.
    """
    with opened(options) as library:
        screen = Screen.of(options)
        if words:
            screen.page(_term_lines(screen, library, find_term(library, " ".join(words))))
        elif library.terms:
            screen.page(_all_lines(screen, library))
        else:
            screen.show(["This course has no glossary."])


def find_term(library: Library, text: str) -> Term:
    """The term that `text` names. Raises NotFound, which says what is near."""
    wanted = text.casefold()
    names = {name.casefold(): term for term in library.terms.values() for name in (*term.also, term.term, term.id)}
    if wanted in names:
        return names[wanted]
    begun = {term.id: term for name, term in names.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return next(iter(begun.values()))
    near = [term.term for term in begun.values()] or [
        names[name].term for name in get_close_matches(wanted, names, n=3)
    ]
    hint = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else " “offramp glossary” lists all terms."
    raise NotFound(f"{text!r} {'fits more than one term' if begun else 'is not in the glossary'}.{hint}")


def _term_lines(screen: Screen, library: Library, term: Term) -> list[str]:
    lines = [screen.bold(term.term[:1].upper() + term.term[1:]), *screen.rule(), *screen.wrap(term.definition)]
    if term.also:
        lines += ["", *screen.wrap(f"Also: {', '.join(term.also)}.")]
    lines.append("")
    for lesson in lessons_by_term(library).get(term.id, []):
        lines += screen.wrap(f"Lesson {lesson.head.number}: {lesson.head.title}")
    return lines


def _all_lines(screen: Screen, library: Library) -> list[str]:
    lines = [screen.bold("Glossary"), *screen.rule()]
    for term in sorted(library.terms.values(), key=lambda one: one.term.casefold()):
        lines += ["", screen.bold(term.term), *screen.wrap(term.definition, "    ")]
    return lines
