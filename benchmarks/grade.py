"""How fast are stored responses graded? What `offramp regrade` does to a district's answers, on one core.

Responses of all kinds that the course has, as the database stores them, are read and scored in a mixed order.
Beside it, in turns: `json.loads` of the same texts, which everybody knows.

    python benchmarks/grade.py [--rounds 7] [--answers 50000] [--keep]
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from app.library.load import load_course
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.service import score_of
from common import HERE, arguments, cores, middle, shown, write

ROOT = HERE.parent
TARGET = 100_000
Stored = tuple[Question, str]


def stored_responses(folder: Path, how_many: int) -> list[Stored]:
    """So many stored responses, every kind of the course as often as every other, in a mixed order."""
    library, _ = load_course(folder)
    by_kind: dict[str, list[Stored]] = {}
    for question in library.questions.values():
        for sample in TYPES[question.kind].samples(question.body):
            if sample.response is not None:
                by_kind.setdefault(question.kind, []).append((question, sample.response.model_dump_json()))
    rng = random.Random(1)
    return [rng.choice(by_kind[rng.choice(sorted(by_kind))]) for _ in range(how_many)]


def grade_all(stored: list[Stored]) -> None:
    """Read and score every response."""
    for question, response in stored:
        score_of(question, response)


def parse_all(stored: list[Stored]) -> None:
    """Parse every response as JSON and do nothing with it."""
    for _, response in stored:
        json.loads(response)


def a_second(run: Callable[[list[Stored]], None], stored: list[Stored]) -> float:
    """How many a second of computing time: what else runs on the machine does not count."""
    began = time.process_time()
    run(stored)
    return len(stored) / (time.process_time() - began)


def main() -> None:
    """Measure in turns on one core, print and write."""
    options = arguments(__doc__, rounds=7, answers=50_000).parse_args()
    if cores()[0]:
        os.sched_setaffinity(0, cores()[0])
    stored = stored_responses(ROOT, options.answers)
    kinds = Counter(question.kind for question, _ in stored)
    graded, parsed = [], []
    for turn in range(options.rounds + 1):
        rates = a_second(grade_all, stored), a_second(parse_all, stored)
        if turn:  # the first fills caches
            graded.append(rates[0])
            parsed.append(rates[1])
    ratio = [one / other for one, other in zip(graded, parsed, strict=True)]
    missing = sorted(set(TYPES) - set(kinds))
    print(f"{len(stored)} responses of {len(kinds)} kinds" + (f", without {', '.join(missing)}" if missing else ""))
    print(f"graded a second: {shown(middle(graded), digits=0)}; target {TARGET}")
    print(f"against json.loads: {shown(middle(ratio))}")
    result = {"kinds": dict(kinds), "graded": middle(graded), "parsed": middle(parsed), "ratio": middle(ratio)}
    write("grade", result, keep=options.keep)


if __name__ == "__main__":
    main()
