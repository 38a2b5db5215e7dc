"""How a claim stood on a date: as-of dates as people type them, change points, the clocks of an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.errors import Invalid
from app.lessons.dossier import LATER, Claim, Clock, Dossier, Event, Verdict, day_of, is_date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def verdict_at(claim: Claim, as_of: str) -> Verdict:
    """The verdict of the latest change point on or before `as_of`. Raises Invalid before the first."""
    day = day_of(as_of)
    passed = [verdict for verdict in claim.verdicts if day_of(verdict.as_of) <= day]
    if not passed:
        first = min((verdict.as_of for verdict in claim.verdicts), key=day_of, default=None)
        wanted = f"before {in_words(first)}" if first else "yet"
        raise Invalid(f"Claim {claim.id} has no verdict {wanted}.", where="as_of")
    return max(passed, key=lambda verdict: day_of(verdict.as_of))


def verdict_or_none(claim: Claim, as_of: str) -> Verdict | None:
    """The same, or None where there is none."""
    try:
        return verdict_at(claim, as_of)
    except Invalid:
        return None


def change_points(claims: Iterable[Claim], dossier: Dossier) -> dict[str, list[str]]:
    """Date → ids of the claims whose verdict changes on it, without the common dates; in order."""
    common = {entry.as_of for entry in dossier.dates}
    found: dict[str, list[str]] = {}
    for claim in claims:
        for verdict in claim.verdicts:
            if verdict.as_of not in common:
                found.setdefault(verdict.as_of, []).append(claim.id)
    return {as_of: found[as_of] for as_of in sorted(found, key=day_of)}


def dates_of(claims: Iterable[Claim], dossier: Dossier) -> list[tuple[str, str]]:
    """The common dates and the change points of these claims, in order, each with its label."""
    found = {entry.as_of: entry.label for entry in dossier.dates}
    found |= dict.fromkeys(change_points(claims, dossier), "change")
    return [(as_of, found[as_of]) for as_of in sorted(found, key=day_of)]


def first_date(dossier: Dossier) -> str:
    """The first of the common dates; “later” when there is none."""
    return min((entry.as_of for entry in dossier.dates), key=day_of, default=LATER)


def read_as_of(text: str | None, dossier: Dossier) -> str:
    """An as-of date as typed: 2020-03-02 or “later”; nothing typed is the first common date.

    A day in or after the month of the last check is “later”. Raises Invalid for what is no date, and for a day
    before the first common date.
    """
    text = (text or "").strip().casefold()
    first = first_date(dossier)
    if not text:
        return first
    if text != LATER and not is_date(text):
        raise Invalid(f"“{text[:40]}” is not a date. Write it as 2020-03-02, or “{LATER}”.", where="as_of")
    if day_of(text) < day_of(first):
        said = f"Nothing is graded before {in_words(first)}. Choose that date or one after it."
        raise Invalid(said, where="as_of")
    return LATER if _is_checked(text, dossier) else text


def _is_checked(text: str, dossier: Dossier) -> bool:
    checked = next((entry.checked for entry in dossier.dates if entry.as_of == LATER and entry.checked), None)
    return text != LATER and checked is not None and text[: len(checked)] >= checked


def in_words(as_of: str | date) -> str:
    """A date as people write it: 2 March 2020; “later” stays later."""
    if as_of == LATER:
        return LATER
    day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock_times(event: Event, clocks: Iterable[Clock]) -> list[str]:
    """The time of an event on each clock: “between 01:20 and 02:15, 8 Jan”. Empty texts for a day without a time."""
    return [_on_clock(event, clock) for clock in clocks]


def _on_clock(event: Event, clock: Clock) -> str:
    if not event.has_time:
        return ""
    first, last = (moment.astimezone(ZoneInfo(clock.zone)) for moment in event.span)
    if first == last:
        return f"{first:%H:%M}, {_short(first)}"
    if first.date() == last.date():
        return f"between {first:%H:%M} and {last:%H:%M}, {_short(first)}"
    return f"between {first:%H:%M}, {_short(first)}, and {last:%H:%M}, {_short(last)}"


def _short(moment: datetime) -> str:
    # Day and month stay on one line.
    return f"{moment.day}\u00a0{_MONTHS[moment.month - 1][:3]}"
