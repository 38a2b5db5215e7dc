"""A paper to print, as one HTML file: the questions, an answer sheet, and the key on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from app.formats.base import Loss, Writer, Written
from app.formats.paper.asked import Asked, asked
from app.formats.paper.pictures import Inlined, missing_pictures, texts_of
from app.formats.paper.shapes import on_sheet, under_stem
from app.formats.paper.style import STYLE
from app.questions.model import Passage, Question

_STATUS = {"invented": "Invented for this question.", "paraphrase": "Retold in our own words."}
# Nothing is fetched from anywhere: pictures are in the file.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
NOT_ON_PAPER = "Paper has no place for hints, tags, categories, and shares of the mark; they are not in the file."


class Paper(Writer):
    """Questions, answer sheet and key, to be printed from a browser."""

    name = "paper"
    label = "Paper to print (HTML)"
    suffixes = (".html",)
    media_type = "text/html"

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """See Format."""
        shown = asked(questions)
        inlined = Inlined(images)
        name = escape(" ".join(title.split()) or "Questions")
        parts = (_questions(shown, inlined, name), _sheet(shown, inlined, name), _key(shown, inlined, name))
        page = (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{''.join(parts)}</main>\n"
            "</body>\n</html>\n"
        )
        return Written(page.encode("utf-8", "replace"), tuple(losses_on_paper(questions, images)))


def losses_on_paper(questions: Sequence[Question], images: Mapping[str, bytes]) -> list[Loss]:
    """What a printed paper lacks of these questions."""
    losses = []
    if any(has_more(question) for question in questions):
        losses.append(Loss("", NOT_ON_PAPER))
    for question in questions:
        losses += missing_pictures(question, images, texts_of(question))
        if question.head.passage and question.head.passage.quote:
            said = "The passage is a quotation kept in the course, and is not in the file."
            losses.append(Loss(question.id, said))
    return losses


def has_more(question: Question) -> bool:
    """Whether a question has something that paper has no place for."""
    head = question.head
    credits = any(getattr(option, "credit", None) is not None for option in getattr(question.body, "options", ()))
    return bool(head.hints or head.tags or head.category or credits)


def _questions(shown: Sequence[Asked], inlined: Inlined, name: str) -> str:
    count = f"{len(shown)} question{'' if len(shown) == 1 else 's'}."
    lines = '<p class="name"><span>Name <i></i></span> <span>Date <i></i></span></p>'
    before: Passage | None = None
    parts = []
    for one in shown:
        parts.append(_question(one, inlined, before))
        before = one.question.head.passage
    return f'<section aria-label="Questions">\n<h1>{name}</h1>\n{lines}\n<p>{count}</p>\n{"".join(parts)}</section>\n'


def _question(one: Asked, inlined: Inlined, before: Passage | None) -> str:
    head = one.question.head
    passage = _passage(head.passage, inlined) if head.passage != before else ""
    lead = f'<p class="note">{inlined.html(one.lead)}</p>' if one.lead else ""
    instruction = f'<p class="note">{inlined.html(one.instruction)}</p>' if one.instruction else ""
    under = under_stem(one.view, inlined.html)
    stem = f"<h2>{one.number}. {inlined.html(head.stem)}</h2>"
    return f'<article id="question-{one.number}">\n{passage}{lead}{stem}\n{instruction}{under}\n</article>\n'


def _passage(passage: Passage | None, inlined: Inlined) -> str:
    if passage is None or passage.text is None:
        return ""
    paragraphs = "".join(f"<p>{inlined.html(part)}</p>" for part in passage.text.split("\n\n"))
    return f'<blockquote>{paragraphs}<p class="note">{_STATUS[passage.status or "invented"]}</p></blockquote>\n'


def _sheet(shown: Sequence[Asked], inlined: Inlined, name: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{one.number}</th><td>{on_sheet(one.view, inlined.html)}</td></tr>\n' for one in shown
    )
    lines = '<p class="name"><span>Name <i></i></span> <span>Date <i></i></span></p>'
    return (
        f'<section class="page" aria-label="Answer sheet">\n<h1>Answer sheet: {name}</h1>\n{lines}\n'
        f'<table class="sheet"><tbody>\n{rows}</tbody></table>\n</section>\n'
    )


def _key(shown: Sequence[Asked], inlined: Inlined, name: str) -> str:
    answers = "".join(_answer(one, inlined) for one in shown)
    return f'<section class="page" aria-label="Key">\n<h1>Key: {name}</h1>\n{answers}</section>\n'


def _answer(one: Asked, inlined: Inlined) -> str:
    letters = f"{one.letters}: " if one.letters else ""
    explanation = one.question.head.explanation
    told = "".join(f"<li>{inlined.html(text)}{' – ' + inlined.html(why) if why else ''}</li>" for text, why in one.told)
    return (
        f'<article id="key-{one.number}">\n'
        f"<p><strong>{one.number}. {letters}{inlined.html(one.reveal.answer)}</strong></p>\n"
        + (f"<p>{inlined.html(explanation)}</p>\n" if explanation else "")
        + (f"<ul>{told}</ul>\n" if told else "")
        + "</article>\n"
    )
