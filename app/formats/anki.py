"""Flashcards for Anki, as a text file that its “Import” takes: one card a question, updated when imported again."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from app.formats.base import OWN_KEY, Loss, Writer, Written
from app.formats.common import tags_out
from app.formats.paper.asked import Asked, asked
from app.formats.paper.pictures import Inlined, missing_pictures, texts_of
from app.formats.paper.shapes import under_stem
from app.questions.model import Question

_HEAD = "#separator:tab\n#html:true\n#notetype:Basic\n#deck:{deck}\n#guid column:1\n#tags column:4\n"
_CLASS = re.compile(r' class="[^"]*"')
_EMPTY = re.compile(r"<span></span> ?|<p></p>")
_LOSS = (
    "Anki shows the answer and lets the learner judge: nothing is marked, shares of the mark do not count, and hints "
    "and categories are not on the cards."
)
_PICTURES = "Its pictures stand in the text of the card; Anki shows them, but does not list them among its media."


class Anki(Writer):
    """A text file with a card for each question."""

    name = "anki"
    label = "Anki cards (text)"
    suffixes = (".txt",)
    media_type = "text/plain"

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """See Format. The id of a card is that of its question, so that a second import updates it."""
        inlined = Inlined(images)
        out = StringIO()
        deck = " ".join(title.split()) or "Questions"
        out.write(_HEAD.format(deck=deck))
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        losses = [Loss("", _LOSS)] if questions else []
        for one in asked(questions):
            question = one.question
            tags = " ".join(tags_out(question))
            writer.writerow([OWN_KEY + question.id, _line(_front(one, inlined)), _line(_back(one, inlined)), tags])
            losses += _losses(question, images)
        return Written(out.getvalue().encode("utf-8", "replace"), tuple(losses))


def _front(one: Asked, inlined: Inlined) -> str:
    passage = one.question.head.passage
    read = f"<blockquote>{inlined.html(passage.text)}</blockquote>" if passage and passage.text else ""
    lead = f"<p>{inlined.html(one.lead)}</p>" if one.lead else ""
    under = _CLASS.sub("", under_stem(one.view, inlined.html).replace('<span class="blank"></span>', "_____"))
    # Nobody writes on a card: no lines, no boxes to tick.
    return f"{read}{lead}<p>{inlined.html(one.question.head.stem)}</p>{_EMPTY.sub('', under)}"


def _back(one: Asked, inlined: Inlined) -> str:
    letters = f"{one.letters}: " if one.letters else ""
    explanation = one.question.head.explanation
    told = "".join(f"<li>{inlined.html(text)}{' – ' + inlined.html(why) if why else ''}</li>" for text, why in one.told)
    return (
        f"<p><b>{letters}{inlined.html(one.reveal.answer)}</b></p>"
        + (f"<p>{inlined.html(explanation)}</p>" if explanation else "")
        + (f"<ul>{told}</ul>" if told else "")
    )


def _line(html: str) -> str:
    """HTML on one line, without the sign between columns."""
    return " ".join(re.sub(r"\s*\n\s*", " ", html).replace("\t", " ").split())


def _losses(question: Question, images: Mapping[str, bytes]) -> list[Loss]:
    texts = texts_of(question)
    losses = missing_pictures(question, images, texts)
    if any(name in text for text in texts if "![" in text for name in images):
        losses.append(Loss(question.id, _PICTURES))
    if question.head.passage and question.head.passage.quote:
        losses.append(Loss(question.id, "The passage is a quotation kept in the course, and is not on the card."))
    return losses
