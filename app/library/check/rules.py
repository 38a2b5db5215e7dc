"""All rules of the linter in one table, by id. docs/authors.md says each in plain words."""

from __future__ import annotations

from app.library.check import (
    bank,
    blueprint,
    choice,
    dossier,
    enemies,
    images,
    kinds,
    lessons,
    links,
    neutrality,
    practice,
    questions,
    sources,
    sourcing,
    wording,
)
from app.library.check.rule import Rule

RULES: dict[str, Rule] = {
    **links.RULES,
    **lessons.RULES,
    **practice.RULES,
    **questions.RULES,
    **images.RULES,
    **wording.RULES,
    **choice.RULES,
    **kinds.RULES,
    **sources.RULES,
    **sourcing.RULES,
    **neutrality.RULES,
    **bank.RULES,
    **blueprint.RULES,
    **enemies.RULES,
    **dossier.RULES,
}

# What the loader, `sync` and the run itself report, beside the rules above.
OTHER_RULES: dict[str, tuple[str, str]] = {
    "FMT-01": ("error", "A file can be read: UTF-8, YAML, front matter between two lines of “---”."),
    "FMT-02": ("error", "There are no fields but those of this page."),
    "FMT-03": ("error", "A field holds a value of its kind."),
    "FMT-04": ("error", "A field that is required is there."),
    "FMT-05": ("error", "An id or a field is given once."),
    "OK-01": ("warning", "“lint_ok” answers a warning that is given, and no error."),
    "REV-01": (
        "error",
        "A change of kind, option ids or key raises the revision (found when served).",
    ),
}
