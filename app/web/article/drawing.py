"""Where things stand in the drawings of the dossier: points and texts for the templates, which write the SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.lessons.dossier import Clock, Event, Place
from app.lessons.verdicts import in_words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Pixels: of an hour and of a day, of a line of text, and above the scale.
PER_HOUR, PER_DAY, LINE, TOP = 26, 10, 22, 60


@dataclass(frozen=True)
class Tick:
    """A line across, with a text for each scale, and the date where it is a new one."""

    y: int
    labels: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """An event: its bar or dot in a lane, and where its label stands."""

    number: int
    event: Event
    lane: int
    y: int
    end: int
    label_y: int


@dataclass(frozen=True)
class Drawing:
    """A scale from top to bottom with its marks. `columns` are the heads of the scales."""

    columns: tuple[str, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    lanes: int
    height: int


def draw_times(events: Sequence[Event], clocks: Sequence[Clock]) -> Drawing | None:
    """The events whose hour is known, on as many clocks as there are; None when there are none."""
    timed = [event for event in events if event.has_time]
    if not timed or not clocks:
        return None
    start = min(event.span[0] for event in timed).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    end = max(event.span[1] for event in timed)
    pairs = -((start - end) // (2 * HOUR))
    hours = range(0, 2 * pairs + 1, 2)
    zones = [ZoneInfo(clock.zone) for clock in clocks]
    ticks: list[Tick] = []
    before: tuple[str, ...] = ("",) * len(zones)
    for hour in hours:
        local = [(start + hour * HOUR).astimezone(zone) for zone in zones]
        days = tuple(_day(one) for one in local)
        shown = tuple(day if day != old else "" for day, old in zip(days, before, strict=True))
        ticks.append(Tick(TOP + hour * PER_HOUR, tuple(f"{one:%H:%M}" for one in local), shown))
        before = days
    return _drawing(tuple(clock.name for clock in clocks), ticks, events, timed, start, PER_HOUR / HOUR.total_seconds())


def draw_weeks(events: Sequence[Event]) -> Drawing | None:
    """The events of which the day is known, a line for each week; None when there are none."""
    dated = [event for event in events if not event.has_time]
    if not dated:
        return None
    start = min(event.span[0] for event in dated)
    days = (max(event.span[1] for event in dated) - start).days
    ticks = [Tick(TOP + day * PER_DAY, (_day(start + day * DAY),), ("",)) for day in range(0, -(-days // 7) * 7 + 1, 7)]
    return _drawing(("Week from",), ticks, events, dated, start, PER_DAY / DAY.total_seconds())


def _drawing(
    columns: tuple[str, ...],
    ticks: list[Tick],
    events: Sequence[Event],
    drawn: Sequence[Event],
    start: datetime,
    per_second: float,
) -> Drawing:
    marks: list[Mark] = []
    ends: list[int] = []
    label = 0
    for event in sorted(drawn, key=lambda one: one.span):
        first, last = (TOP + round((moment - start).total_seconds() * per_second) for moment in event.span)
        lane = next((number for number, end in enumerate(ends) if end + 4 < first), len(ends))
        ends[lane : lane + 1] = [max(last, first + 8)]
        label = max(first, label + LINE)
        marks.append(Mark(events.index(event) + 1, event, lane, first, last, label))
    height = max(ticks[-1].y, label, *ends) + LINE
    return Drawing(columns, tuple(ticks), tuple(marks), len(ends), height)


def _day(moment: datetime) -> str:
    day, month, _ = in_words(moment.date()).split()
    return f"{day} {month[:3]}"


@dataclass(frozen=True)
class Spot:
    """A place in the sketch; `is_left` puts its name to the left of the dot."""

    place: Place
    x: float
    y: float
    is_left: bool


@dataclass(frozen=True)
class Land:
    """A rough box around the places of a land."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Sketch:
    """A sketch of places, not to scale."""

    width: int
    height: int
    lands: tuple[Land, ...]
    spots: tuple[Spot, ...]


def draw_sketch(places: Sequence[Place], width: int = 720, height: int = 400) -> Sketch:
    """The places where their `x` and `y` put them, with a box around those of each land."""
    spots = [Spot(one, 30 + one.x / 100 * (width - 60), 60 + one.y / 100 * (height - 90), one.x > 80) for one in places]
    lands = []
    for name in dict.fromkeys(one.land for one in places):
        inside = [spot for spot in spots if spot.place.land == name]
        left, right = min(spot.x for spot in inside) - 24, max(spot.x for spot in inside) + 24
        # A name to the right of its dot belongs into the box as well.
        right = max(right, *(spot.x + 20 + 9 * len(spot.place.name) for spot in inside if not spot.is_left), right)
        lands.append(Land(name, left, 20, min(right, width - 6) - left, height - 40))
    return Sketch(width, height, tuple(lands), tuple(spots))
