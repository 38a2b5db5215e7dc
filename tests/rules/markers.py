"""Questions with markers: words that stand nowhere else, so that each place where they are served is found."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.questions.types import TYPES
from tests.web.visiting import Browser

SECRET, SHOWN = "qz7sec", "qz7pub"
BANKS = tuple(f"questions/{name}.yaml" for name in ("01-a-costly-word", "02-two-counts", "03-every-kind"))
# Lists whose texts are the options that a page shows; every other text of a body is the author's and secret.
LISTS_SHOWN = {"options", "elements", "prompts", "reasons", "categories", "sentences"}
TEXTS_SHOWN = {"principle", "unit", "rounding", "text"}
# Words with a meaning of their own, which a marker would spoil.
FIXED = {"status", "cell", "source"}
# Fields that name an id of the same question.
REFERENCES = {"match", "category", "gold", "optional"}


class Markers:
    """Makes markers and counts them, so that none is used twice."""

    def __init__(self) -> None:
        self.number = 0
        self.ids: dict[str, str] = {}

    def new(self, sort: str) -> str:
        """The next marker of a sort: a word of letters and digits."""
        self.number += 1
        return f"{sort}{self.number}x"

    def question(self, data: dict[str, Any]) -> None:
        """Mark one question of a bank."""
        body = set(TYPES[data["kind"]].Body.model_fields) & data.keys()
        data["explanation"] += f" {self.new(SECRET)}"
        data["evidence"] = [self.new(SECRET)]
        data["tags"] = [self.new(SECRET)]
        data["author"] = self.new(SECRET)
        self.ids = {name: self.new(SECRET) for name in ids_in([data[name] for name in body])}
        for name in body:
            data[name] = self.mark(data[name], name, shown=name in LISTS_SHOWN or name in TEXTS_SHOWN)

    def mark(self, value: Any, name: str, *, shown: bool) -> Any:
        """The value with its texts and ids marked, all the way down."""
        if isinstance(value, list):
            return [self.mark(it, name, shown=shown) for it in value]
        if isinstance(value, dict):
            return {
                self.ids.get(key, key): self.mark(it, key, shown=shown or key in LISTS_SHOWN)
                for key, it in value.items()
            }
        if not isinstance(value, str) or name in FIXED:
            return value
        if name in REFERENCES | {"id"}:
            return self.ids[value]
        if name == "misconception":
            return self.new(SECRET)
        for key, marker in self.ids.items():
            value = value.replace(f"{{{key}}}", f"{{{marker}}}")
        return f"{value} {self.new(SHOWN if shown and name in TEXTS_SHOWN else SECRET)}"


def ids_in(value: Any) -> list[str]:
    """Every id that is given in a body, once."""
    if isinstance(value, list):
        return list(dict.fromkeys(key for it in value for key in ids_in(it)))
    if isinstance(value, dict):
        return [*([value["id"]] if "id" in value else []), *ids_in(list(value.values()))]
    return []


class Listener(Browser):
    """A browser that keeps every response whole: redirects, bodies and headers."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.heard: list[str] = []
        ask = self.client.open

        def listen(*args: Any, **kwargs: Any) -> TestResponse:
            response = ask(*args, **kwargs)
            for one in (*response.history, response):
                self.heard.append(f"{one.request.path}\n{one.headers}\n{one.data.decode(errors='replace')}")
            return response

        self.client.open = listen  # type: ignore[method-assign]

    def check_silent(self) -> None:
        """Nothing heard so far gives an answer away."""
        for text in self.heard:
            assert SECRET not in text, text[max(0, text.index(SECRET) - 200) : text.index(SECRET) + 60]
