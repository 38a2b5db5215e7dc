"""Short answer: one to four words, and the wordings that learners write."""

from __future__ import annotations

from app.library.check.parts import Part, parts
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.short_answer import ShortAnswerBody
from app.questions.types.typed_answer import Accepted, normalise


@parts.register
def _parts(body: ShortAnswerBody) -> list[Part]:
    accepted = [Part(a.text, a.text, a.feedback, a.credit == 1, a.credit < 1, shown=False) for a in body.accept]
    return accepted + [Part(w.text, w.text, w.feedback, key=False, shown=False) for w in body.wrong]


def _short_answer(library: Library, question: Question) -> Said:
    body = question.body
    for accepted in body.accept:
        if len(words(accepted.text)) > 4:
            yield "error", f"The answer “{accepted.text}” has more than four words."
    wrong = {normalise(answer.text): answer.text for answer in body.wrong}
    for accepted in body.accept:
        if normalise(accepted.text) in wrong:
            yield "error", f"“{accepted.text}” is both accepted and listed as wrong."
    variants = {normalise(accepted.text) for accepted in body.accept}
    if len(variants) < 2 and not _is_number_or_name(body.accept[0]):
        yield "warning", "It accepts one wording only; list the others that learners write."


def _is_number_or_name(accepted: Accepted) -> bool:
    return all(word[0].isdigit() or word[0].isupper() for word in words(accepted.text))


RULES: dict[str, Rule] = {
    "TY-SA": Rule(
        "error for more than 4 words or an answer both accepted and wrong; warning for one wording only "
        "(numbers and names excepted)",
        "A short answer has one to four words, and lists the wordings that learners write.",
        each_question(_short_answer, ShortAnswerBody),
    ),
}
