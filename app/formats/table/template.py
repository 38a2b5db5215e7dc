"""The table that a teacher downloads to fill in: a header, and one row for each kind that a row holds well."""

from __future__ import annotations

_HEADER = (
    "id", "kind", "question", "text", *(f"option {n}" for n in range(1, 7)), "correct", "explanation", "tolerance",
    "unit", "principle", "words", "category", "tags", "objective", "level", *(f"match {n}" for n in range(1, 7)),
    *(f"credit {n}" for n in range(1, 7)), *(f"feedback {n}" for n in range(1, 7)), "hint 1", "hint 2",
)  # fmt: skip


def _options(name: str, *cells: str) -> dict[str, str]:
    return {f"{name} {number}": cell for number, cell in enumerate(cells, 1)}


EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "kind": "single_choice",
        "question": "Which of these is a *primary* source for the count of boats?",
        **_options("option", "A history of the harbour", "The log of the coast guard", "A film about the night"),
        "correct": "2",
        "explanation": "The log was written by those who counted, while they counted.",
        "category": "Unit 1/Sources",
        "tags": "sources, counts",
        "level": "understand",
        **_options("feedback", "It was written years later.", "Right, it was written on the night.", "It is invented."),
        "hint 1": "Who was there?",
    },
    {
        "kind": "multiple_response",
        "question": "Which of these does a count need? Select all that apply.",
        **_options("option", "Who counted", "What was counted", "A picture", "The day"),
        "correct": "1, 2, 4",
        "explanation": "A count has an owner, a thing and a day.",
    },
    {
        "kind": "true_false",
        "question": "The log was printed in the paper of the same evening.",
        "correct": "false",
        "explanation": "The paper had no copy of the log before the next week.",
    },
    {
        "kind": "short_answer",
        "question": "What is a line called that names a mistake and puts it right?",
        **_options("option", "correction", "correction note", "note", "corrosion"),
        "explanation": "It is a correction.",
        **_options("credit", "", "", "50%", "0%"),
        **_options("feedback", "", "", "There are many kinds of notes.", "That is what salt water does."),
    },
    {
        "kind": "numeric",
        "question": "How many boats searched that night?",
        "option 1": "9",
        "correct": "11",
        "tolerance": "0",
        "unit": "boats",
        "explanation": "The coast guard counted eleven. A tolerance may also be a share, 5%, or a factor, ×1.5.",
        "feedback 1": "Nine is the figure of the company.",
    },
    {
        "kind": "matching",
        "question": "Who made each of these?",
        **_options("option", "The log", "The article", "The ticket book"),
        "explanation": "The harbour master made none of them: a match without an option is one too many.",
        **_options("match", "The coast guard", "The paper", "The clerk", "The harbour master"),
    },
    {
        "kind": "ordering",
        "question": "Put these in the order in which they were written.",
        **_options("option", "The radio call", "The log", "The article", "The correction"),
        "principle": "Earliest first",
        "explanation": "Options stand in the right order here; learners see them shuffled.",
    },
    {
        "kind": "categorise",
        "question": "Was each of these written on the night or afterwards?",
        **_options("option", "The log", "The statement", "The list of the watch", "The article"),
        "explanation": "Each option has its category as its match.",
        **_options("match", "On the night", "Afterwards", "On the night", "Afterwards"),
    },
    {
        "kind": "cloze",
        "question": "Complete the sentence.",
        "text": "The boats were counted by the coast {1} in its {2}.",
        **_options("option", "guard | guards | 0%:line # A coastline counts nothing.", "*log | paper | till"),
        "explanation": "Blank 1 is typed; blank 2 is a list, for one of its answers has a star.",
    },
    {
        "kind": "free_response",
        "question": "Say in two sentences why the two counts differ.",
        **_options("option", "Names who counted", "Gives the day"),
        "explanation": "A person marks it. Options are what is looked at, matches are the levels of each, from 0.",
        "words": "60",
        **_options("match", "Nobody | One of the two | Both", "No day | One day | Both days"),
    },
)


def template_rows() -> list[list[str]]:
    """The header and the examples."""
    return [list(_HEADER), *([row.get(name, "") for name in _HEADER] for row in EXAMPLES)]
