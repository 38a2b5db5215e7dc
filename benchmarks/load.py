"""The load: learners who make one journey after another against a server on this computer. Prints JSON.

A process of its own, so that it can run on another core. Bounded in learners (at most 400) and in time (at
most ten minutes); talks to 127.0.0.1 only.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
from collections import Counter

from common import percentile
from journey import Browser, Failed, journey, over_network

MAX_USERS, MAX_SECONDS = 400, 600


class Load:
    """What all learners together have done. Only what ends within the measured time counts."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Measure from `warm` seconds after now, for `seconds`."""
        self.options = options
        self.begin = time.perf_counter() + options.warm
        self.end = self.begin + options.seconds
        self.saves: list[float] = []
        self.requests = self.journeys = self.all_saves = 0
        self.errors: Counter[str] = Counter()
        self._lock = threading.Lock()

    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.perf_counter() >= self.end

    def learner(self, number: int) -> None:
        """One learner's share: journeys, each under the next of this learner's names, until time is up."""
        options = self.options
        chance = random.Random(number)
        time.sleep(options.spread * number / options.users)
        turn = 0
        while not self.is_over():
            name = f"learner{number + options.users * (turn % options.names)}"
            turn += 1
            browser = Browser(over_network(options.port))
            try:
                journey(browser, name, options.quiz, chance, saved=self._saved, pause=lambda: self._pause(chance))
                self._add(journeys=1, requests=browser.requests)
            except TimeUp:
                return
            except (Failed, OSError) as problem:
                if not self.is_over():
                    self.errors[f"{type(problem).__name__}: {problem}"[:120]] += 1
                    time.sleep(0.1)

    def _pause(self, chance: random.Random) -> None:
        if self.options.think:
            time.sleep(chance.uniform(0.5, 1.5) * self.options.think)
        if self.is_over():
            raise TimeUp

    def _saved(self, seconds: float) -> None:
        with self._lock:
            self.all_saves += 1
            if self.begin <= time.perf_counter() < self.end:
                self.saves.append(seconds)

    def _add(self, *, journeys: int, requests: int) -> None:
        with self._lock:
            self.journeys += journeys
            self.requests += requests

    def report(self, busy: float) -> dict[str, object]:
        """What was measured; `busy` is the share of the time in which this process itself computed."""
        return {
            "saves": len(self.saves),
            "all_saves": self.all_saves,
            "saves_per_second": len(self.saves) / self.options.seconds,
            "p50_ms": percentile(self.saves, 0.5) * 1000 if self.saves else None,
            "p99_ms": percentile(self.saves, 0.99) * 1000 if self.saves else None,
            "slowest_ms": max(self.saves, default=0) * 1000,
            "journeys": self.journeys,
            "requests_per_journey": self.requests / self.journeys if self.journeys else None,
            "errors": dict(self.errors.most_common(5)),
            "generator_busy": round(busy, 2),
        }


class TimeUp(Exception):
    """Ends a journey when the time is up."""


def main() -> None:
    """Run the load that the arguments describe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("quiz")
    parser.add_argument("--users", type=int, default=16, help="learners at once")
    parser.add_argument("--names", type=int, default=20, help="accounts of each learner, used in turn")
    parser.add_argument("--seconds", type=float, default=10, help="measured time")
    parser.add_argument("--warm", type=float, default=2, help="time before it that does not count")
    parser.add_argument("--spread", type=float, default=0, help="time over which the learners begin")
    parser.add_argument("--think", type=float, default=0, help="mean pause before each answer")
    options = parser.parse_args()
    if options.users > MAX_USERS or options.warm + options.seconds > MAX_SECONDS:
        sys.exit(f"At most {MAX_USERS} learners and {MAX_SECONDS} seconds.")
    load = Load(options)
    began, computed = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=load.learner, args=(number,)) for number in range(options.users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    busy = (time.process_time() - computed) / (time.perf_counter() - began)
    print(json.dumps(load.report(busy)))


if __name__ == "__main__":
    main()
