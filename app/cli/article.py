"""`offramp article`: the article's claims as of a date, or all of one claim."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import click

from app.cli.course import opened
from app.cli.group import Options
from app.cli.screen import Screen
from app.errors import NotFound
from app.lessons.dossier import Claim, Evidence, Verdict
from app.lessons.verdicts import dates_of, in_words, read_as_of, verdict_or_none
from app.library.model import Library

# A sign beside the word, where there are signs.
SIGNS = {"supported": "right", "contradicted": "wrong", "partly supported": "partly"}
SIGNS |= {"contested": "missed", "overstated": "missed"}


@click.command()
@click.argument("claim", required=False, metavar="[CLAIM]")
@click.option("--as-of", "as_of", metavar="DATE", help="A date such as 2020-03-02, or “later”.")
@click.pass_obj
def article(options: Options, claim: str | None, as_of: str | None) -> None:
    """Show how the article's claims stand on a date.

    Without CLAIM every paragraph is told with its claims and their verdicts. With CLAIM (such as C16) one claim
    is shown with who says it, with what is for and against it, and with its verdicts. DATE is the article's date
    when none is given.
    """
    with opened(options) as library:
        day = read_as_of(as_of, library.dossier)
        screen = Screen.of(options)
        if claim is not None:
            screen.page(claim_lines(screen, library, find_claim(library, claim), day))
        elif library.paragraphs:
            screen.page(article_lines(screen, library, day))
        else:
            screen.show(["This course has no article."])


def find_claim(library: Library, text: str) -> Claim:
    """The claim with this id, as C16 or c16. Raises NotFound, which names the first and the last."""
    found = library.claims.get(text.strip().upper())
    if found is not None:
        return found
    ids = list(library.claims)
    if not ids:
        raise NotFound("This course has no claims.")
    near = get_close_matches(text.upper(), ids, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise NotFound(f"There is no claim {text!r}. The claims are {ids[0]} to {ids[-1]}.{hint}")


def article_lines(screen: Screen, library: Library, as_of: str) -> list[str]:
    """All paragraphs with their claims and verdicts."""
    title = "The article, claim by claim"
    lines = [screen.sides(screen.bold(title), f"as of {in_words(as_of)}"), *screen.rule()]
    for paragraph in library.paragraphs.values():
        lines += ["", screen.bold(_first_capital(paragraph.label)), *screen.wrap(paragraph.paraphrase)]
        if paragraph.loaded:
            lines += screen.wrap(f"Loaded words: {_quoted(paragraph.loaded)}.")
        for claim in library.claims.values():
            if claim.at == paragraph.id:
                lines += ["", *_short(screen, claim, as_of)]
    return [*lines, "", *_dates(screen, library, library.claims.values())]


def _short(screen: Screen, claim: Claim, as_of: str) -> list[str]:
    lines = screen.wrap(claim.text, f"  {screen.bold(claim.id)}  ")
    verdict = verdict_or_none(claim, as_of)
    return lines + (_verdict(screen, verdict, " " * 7) if verdict else [])


def _verdict(screen: Screen, verdict: Verdict, indent: str) -> list[str]:
    sign = screen.sign(SIGNS.get(verdict.verdict, ""))
    return screen.wrap(f"{_first_capital(verdict.verdict)}. {verdict.note}", f"{indent}{sign}")


def claim_lines(screen: Screen, library: Library, claim: Claim, as_of: str) -> list[str]:
    """All of one claim."""
    paragraph = library.paragraphs.get(claim.at)
    place = paragraph.label if paragraph else claim.at
    lines = [screen.sides(screen.bold(f"Claim {claim.id}"), place), *screen.rule(), *screen.wrap(claim.text)]
    if claim.quote:
        lines += ["", *screen.wrap(f"“{library.quotes[claim.quote].text}”", "    ")]
    facts = {
        "Who says it": claim.by,
        "Kind of claim": claim.kind,
        "Hedges": _quoted(claim.hedges) or ("none" if claim.by else ""),
        "Loaded words": _quoted(claim.loaded) or ("none" if claim.by else ""),
        "Evidence in the article": claim.given,
        "Mind": claim.note,
    }
    lines.append("")
    for label, text in facts.items():
        lines += screen.wrap(f"{label}: {text}", "", "    ") if text else []
    if not claim.verdicts:
        return lines
    lines += ["", screen.bold(f"What was public, as of {in_words(as_of)}")]
    for title, found in (("For", claim.supports), ("Against", claim.contradicts), ("Also", claim.context)):
        lines += _evidence(screen, library, title, [one for one in found if one.is_known(as_of)])
    later = sum(not one.is_known(as_of) for one in claim.evidence)
    if later:
        lines += screen.wrap(f"  {later} more became public only after this date.")
    return [*lines, "", screen.bold("Its verdicts"), *_verdicts(screen, claim, as_of)]


def _evidence(screen: Screen, library: Library, title: str, found: list[Evidence]) -> list[str]:
    lines = []
    for one in found:
        names = "; ".join(library.sources[source].publisher or source for source in one.sources)
        since = f", public since {in_words(one.since)}" if one.since else ""
        cited = f" ({names}{since})" if names or since else ""
        lines += screen.wrap(f"{title}: {one.text}{cited}", "  ", "    ")
    return lines


def _verdicts(screen: Screen, claim: Claim, as_of: str) -> list[str]:
    current = verdict_or_none(claim, as_of)
    lines = []
    for verdict in claim.verdicts:
        here = ", the date asked for" if verdict == current else ""
        lines += screen.wrap(f"{_first_capital(in_words(verdict.as_of))}{here}", "  ")
        lines += _verdict(screen, verdict, "    ")
    return lines


def _dates(screen: Screen, library: Library, claims: Iterable[Claim]) -> list[str]:
    found = ", ".join(as_of for as_of, _ in dates_of(claims, library.dossier))
    return screen.wrap(f"Dates on which verdicts change, for --as-of: {found}.") if found else []


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
