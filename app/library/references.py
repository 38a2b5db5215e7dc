"""What names what: a lesson or question that refers to something missing is left out, and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.lessons.model import Block, Check, Figure, Lesson, Note, QuoteBlock
from app.library.dossier import sound_dossier
from app.library.model import Library
from app.library.places import Places
from app.library.teaching import sound_teaching
from app.questions.model import Question
from app.questions.problems import Problem
from app.questions.types.probability import ProbabilityBody

COURSE_FILE = "lessons/course.yaml"
QUIZ_FILE = "questions/quizzes.yaml"


def drop_broken(library: Library, places: Places) -> tuple[Library, list[Problem]]:
    """The library without lessons, teacher's pages, questions and quizzes that refer to what is not there.

    The dossier keeps its entries and loses what they name in vain.
    """
    problems = list(_course(library, places))
    library, found = sound_dossier(library, places)
    problems += found
    questions, found = _sound_questions(library)
    problems += found
    library = replace(library, questions=questions)
    lessons, found = _sound_lessons(library)
    problems += found
    library = replace(library, lessons=lessons)
    quizzes = {}
    for quiz in library.quizzes.values():
        file, line = places.at(QUIZ_FILE, quiz.id)
        wrongs = list(_quiz(library, quiz.id))
        problems += [Problem(file, line, "FMT-06", "error", wrong) for wrong in wrongs]
        if not wrongs:
            quizzes[quiz.id] = quiz
    library, found = sound_teaching(replace(library, quizzes=quizzes), places)
    return library, problems + found


def find_quote(library: Library, words: str) -> str | None:
    """The id of the quotation that `words` is, by id or by its exact text (spaces and quote marks aside)."""
    if words in library.quotes:
        return words
    wanted = plain_words(words)
    return next((quote.id for quote in library.quotes.values() if wanted and wanted in plain_words(quote.text)), None)


def plain_words(text: str) -> str:
    """Text for comparing quotations: straight quotes, single spaces, no case."""
    table = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
    return " ".join(text.translate(table).split()).casefold()


def _course(library: Library, places: Places) -> Iterator[Problem]:
    for objective in library.course.objectives:
        if objective.strand not in library.strands:
            file, line = places.at(COURSE_FILE, objective.id)
            yield Problem(file, line, "FMT-06", "error", f"There is no strand “{objective.strand}”.")


def _sound_questions(library: Library) -> tuple[dict[str, Question], list[Problem]]:
    sound = {}
    problems = []
    for question in library.questions.values():
        place = question.place
        found = list(broken_references(library, question))
        problems += [Problem(place.file, place.line, rule, "error", f"{question.id}: {said}") for rule, said in found]
        if not found:
            sound[question.id] = question
    return sound, problems


def broken_references(library: Library, question: Question) -> Iterator[tuple[str, str]]:
    """What a question names that is not there, each as a rule's id and a sentence: it cannot be served so.

    Without an objective it can, if its bank only wants advice.
    """
    head = question.head
    if head.objective and head.objective not in library.objectives:
        yield "Q-01", f"There is no objective “{head.objective}” in lessons/course.yaml."
    if head.objective is None and question.rules == "strict":
        yield "Q-01", "The field “objective” is missing."
    named = (*([head.source.ref] if head.source else []), *head.sources, *_settled_by(question.body))
    for source in dict.fromkeys(named):
        if source not in library.sources:
            yield "SRC-01", f"There is no source “{source}” in lessons/sources.yaml."
    if head.passage and head.passage.quote and head.passage.quote not in library.quotes:
        yield "Q-05", f"There is no quotation “{head.passage.quote}” in lessons/article/quotes.yaml."


def _settled_by(body: object) -> tuple[str, ...]:
    """The source that settled a forecast."""
    return (body.resolution.source,) if isinstance(body, ProbabilityBody) else ()


def _sound_lessons(library: Library) -> tuple[dict[str, Lesson], list[Problem]]:
    sound = {}
    problems = []
    for lesson in library.lessons.values():
        found = [Problem(lesson.file, line, rule, "error", said) for line, rule, said in _lesson(library, lesson)]
        problems += found
        lesson, missing = _without_missing_checks(library, lesson)
        problems += missing
        if not found:
            sound[lesson.id] = lesson
    return sound, problems


def _without_missing_checks(library: Library, lesson: Lesson) -> tuple[Lesson, list[Problem]]:
    """A self-check whose question is left out is left out too; the lesson stays readable."""
    problems = []
    segments = []
    for segment in lesson.segments:
        blocks: list[Block] = []
        for block in segment.blocks:
            if isinstance(block, Check):
                for slug in block.questions:
                    if slug not in library.questions:
                        said = f"There is no sound question “{slug}” in the banks."
                        problems.append(Problem(lesson.file, block.line, "FMT-06", "error", said))
                known = tuple(slug for slug in block.questions if slug in library.questions)
                block = block.model_copy(update={"questions": known})
            if not isinstance(block, Check) or block.questions:
                blocks.append(block)
        segments.append(segment.model_copy(update={"blocks": tuple(blocks)}))
    return lesson.model_copy(update={"segments": tuple(segments)}), problems


def _lesson(library: Library, lesson: Lesson) -> Iterator[tuple[int, str, str]]:
    if lesson.head.strand not in library.strands:
        yield 1, "FMT-06", f"There is no strand “{lesson.head.strand}” in lessons/course.yaml."
    for objective in lesson.head.objectives:
        if objective not in library.objectives:
            yield 1, "FMT-06", f"There is no objective “{objective}” in lessons/course.yaml."
    for source in lesson.citations:
        if source not in library.sources:
            yield 1, "SRC-01", f"The lesson cites “{source}”, which is not in lessons/sources.yaml."
    for segment in lesson.segments:
        for block in segment.blocks:
            yield from _block(library, block)


def _block(library: Library, block: object) -> Iterator[tuple[int, str, str]]:
    match block:
        case QuoteBlock(line=line, quote=quote) if quote not in library.quotes:
            yield line, "Q-05", f"There is no quotation “{quote}” in lessons/article/quotes.yaml."
        case Note(line=line, claim=str(claim)) if claim not in library.claims:
            yield line, "FMT-06", f"There is no claim “{claim}” in lessons/article/claims.yaml."
        case Note(line=line, term=str(term)) if term not in library.terms:
            yield line, "FMT-06", f"There is no term “{term}” in lessons/glossary.yaml."
        case Figure(line=line, svg="", name=name):
            yield line, "LES-07", f"The figure “{name}” cannot be shown."


def _quiz(library: Library, quiz_id: str) -> Iterator[str]:
    quiz = library.quizzes[quiz_id]
    if quiz.lesson is not None and quiz.lesson not in library.lessons:
        yield f"The quiz {quiz.id} names the lesson “{quiz.lesson}”, which is not served."
    if quiz.strand is not None and quiz.strand not in library.strands:
        yield f"The quiz {quiz.id} names the strand “{quiz.strand}”, which is not in lessons/course.yaml."
    for slug in quiz.questions:
        if slug not in library.questions:
            yield f"The quiz {quiz.id} names the question “{slug}”, which is not in the banks."
    for draw in quiz.draw:
        if draw.objective not in library.objectives:
            yield f"The quiz {quiz.id} draws from the objective “{draw.objective}”, which does not exist."
    if not quiz.questions and not quiz.draw:
        yield f"The quiz {quiz.id} has neither “questions” nor “draw”."
