"""A text with blanks: words or letters, one blank after the other or all in one line."""

from __future__ import annotations

import re

from app.cli.screen import Screen
from app.cli.shapes.base import Fields, Shape, copied, letters, listed, no_such, span, value
from app.cli.shapes.rows import part_rows
from app.errors import Unreadable
from app.markdown import plain
from app.questions.model import Reveal
from app.questions.shapes import Gap, GapsView, Raw

# Stands for a low line while Markdown's marks are taken out, of which low lines are one.
LINE = "\N{FULLWIDTH LOW LINE}"
PART = re.compile(r"(\d+)\s*([:=.)]?)\s*(.*)")


class Gaps(Shape[GapsView]):
    """The text with its blanks by number, and the options of each blank by letter."""

    takes_words = True

    def show(self, screen: Screen, view: GapsView) -> list[str]:
        """See Shape."""
        return [
            *_text_lines(screen, view, room=4),
            "",
            *(line for gap in _gaps(view) for line in _gap_lines(screen, gap)),
        ]

    def how_to_type(self, view: GapsView) -> str:
        """See Shape."""
        gaps = _gaps(view)
        if len(gaps) == 1:
            return "Type its letter." if gaps[0].options else "Type the words; capitals do not matter."
        both = "; ".join(f"{gap.token}: {'b' if gap.options else 'words'}" for gap in gaps[:2])
        return f"One after the other, or all in one line such as “{both}”. “1: -” empties blank 1."

    def prompt(self, screen: Screen, view: GapsView, fields: Raw) -> str:
        """See Shape."""
        gap = self._asked(view, fields)
        if gap is None:
            return "Answer"
        choices = f" ({span(letters(len(gap.options)))})" if gap.options else ""
        count = len(_gaps(view))
        name = f"Blank {gap.token} of {count}" if count > 1 else "Blank"
        return f"{name}{_after(view, gap) if screen.plain else ''}{choices}"

    def blanks(self, view: GapsView, fields: Raw) -> list[str]:
        """See Shape."""
        return [f"blank {gap.token}" for gap in _gaps(view) if not value(fields, f"gap-{gap.token}")]

    def _asked(self, view: GapsView, fields: Raw) -> Gap | None:
        gaps = _gaps(view)
        blank = next((gap for gap in gaps if not value(fields, f"gap-{gap.token}")), None)
        return gaps[0] if len(gaps) == 1 else blank

    def read_line(self, view: GapsView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        known = {gap.token: gap for gap in _gaps(view)}
        found = copied(fields)
        for number, words in self._parts(view, line, fields):
            if number not in known:
                raise no_such("blank", number, list(known))
            found[f"gap-{number}"] = _given(known[number], words)
        return found

    def _parts(self, view: GapsView, line: str, fields: Raw) -> list[tuple[str, str]]:
        """Blank numbers with what is typed for each; a line without numbers is for the blank asked."""
        asked = self._asked(view, fields)
        parts = [part.strip() for part in line.split(";") if part.strip()]
        found = [match.groups() for part in parts if (match := PART.fullmatch(part))]
        numbered = parts and len(found) == len(parts)
        # “3 ships” may be the words for the blank asked; “3: ships” is for blank 3, and so is a list of several.
        if numbered and (len(parts) > 1 or found[0][1] or asked is None) and all(words for _, _, words in found):
            return [(str(int(number)), words) for number, _, words in found]
        if asked is None:
            raise Unreadable(f"All blanks are filled; name the one to change, such as {_gaps(view)[0].token}: words.")
        return [(asked.token, line)]

    def typed(self, view: GapsView, fields: Raw) -> str:
        """See Shape."""
        found = [(gap.token, _shown(gap, value(fields, f"gap-{gap.token}"))) for gap in _gaps(view)]
        given = [(token, words) for token, words in found if words]
        if len(found) == 1:
            return "".join(words for _, words in given)
        return "; ".join(f"{token}: {words}" for token, words in given)

    def print_lines(self, screen: Screen, view: GapsView) -> list[str]:
        """See Shape."""
        chosen = [line for gap in _gaps(view) if gap.options for line in _gap_lines(screen, gap)]
        return [*_text_lines(screen, view, room=16), *(["", *chosen] if chosen else [])]

    def explain(self, screen: Screen, view: GapsView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return [*_text_lines(screen, view, room=4), "", *part_rows(screen, reveal.rows, is_answered=is_answered)]


def _gaps(view: GapsView) -> list[Gap]:
    return [part for part in view.parts if isinstance(part, Gap)]


def _text_lines(screen: Screen, view: GapsView, *, room: int) -> list[str]:
    """The text, wrapped, each blank so wide and with its number."""
    parts = (LINE * room + f"({part.token})" if isinstance(part, Gap) else part for part in view.parts)
    return [line.replace(LINE, "_") for line in screen.wrap("".join(parts))]


def _gap_lines(screen: Screen, gap: Gap) -> list[str]:
    named = list(zip(letters(len(gap.options)), (option.text for option in gap.options), strict=True))
    if screen.plain:
        options = "; ".join(f"{letter}, {text}" for letter, text in named)
        return screen.wrap(f"Blank {gap.token}: {f'{options}.' if named else 'your own words.'}")
    options = "   ".join(f"{letter} {text}" for letter, text in named)
    return screen.wrap(options or "your own words", f"  {screen.bold(gap.token.rjust(2))}  ")


def _given(gap: Gap, words: str) -> list[str]:
    """The value of a blank's field: the words, or the token of the option with this letter or text."""
    if words == "-":
        return []
    if not gap.options:
        return [words]
    known = letters(len(gap.options))
    text = words.lower()
    for letter, option in zip(known, gap.options, strict=True):
        if text in (letter, plain(option.text).lower()):
            return [option.token]
    raise Unreadable(f"Blank {gap.token} takes one of the letters {listed(known)}; {words[:20]!r} is none of them.")


def _shown(gap: Gap, given: str) -> str:
    return letters(len(gap.options))[int(given) - 1] if given and gap.options else given


def _after(view: GapsView, gap: Gap) -> str:
    """The words before a blank, for those who hear the text and do not see it."""
    before = view.parts[view.parts.index(gap) - 1] if view.parts.index(gap) else ""
    words = plain(before).split()[-4:] if isinstance(before, str) else []
    return f", after “{' '.join(words)}”" if words else ""
