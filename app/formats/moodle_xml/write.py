"""Our questions → Moodle XML: what every question of a file has, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.formats.base import OWN_KEY, Loss, Written
from app.formats.common import tags_out, title_of
from app.formats.images import images_in
from app.formats.moodle_xml.home import STANDS_FOR
from app.formats.moodle_xml.sheet import Sheet, address_of, clean, field, xml_text
from app.formats.moodle_xml.write_kinds import KINDS, LEFT_OUT
from app.formats.moodle_xml.write_kinds import Written as Part
from app.formats.rich import to_html
from app.questions.model import Head, Question

_ONLY_HERE = {
    "source": "its source",
    "sources": "further sources",
    "as_of": "the day for which the key holds",
    "contested": "that it is contested",
    "hypothetical": "that the event is invented",
    "enemies": "which questions give it away",
    "author": "its author",
    "review_by": "when it should be looked at again",
    "evidence": "what the explanation rests on",
    "case": "its case",
}


def write(questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
    """A file for Moodle's import; questions of one category stand together, those without one first."""
    out = [f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {clean(title).replace("--", "–").rstrip("-")} -->\n<quiz>\n']
    losses: list[Loss] = []
    left_out: list[str] = []
    category = ""
    places = {path: place for place, path in enumerate(dict.fromkeys(["", *(q.head.category for q in questions)]))}
    for question in sorted(questions, key=lambda question: places[question.head.category]):
        sheet = Sheet(images)
        if question.kind not in KINDS:
            left_out.append(question.id)
            losses.append(Loss(question.id, LEFT_OUT.get(question.kind, "Moodle has no question like it.")))
            continue
        if question.head.category != category:
            category = question.head.category
            out.append(_category(category))
        out.append(_question(sheet, question))
        losses += [Loss(question.id, sentence) for sentence in sheet.losses]
    out.append("</quiz>\n")
    return Written("".join(out).encode(), tuple(losses), tuple(left_out))


def _category(path: str) -> str:
    inner = f"<category><text>{xml_text(f'$course$/top/{path}')}</text></category>"
    return f'<question type="category">{inner}</question>\n'


def _question(sheet: Sheet, question: Question) -> str:
    head = question.head
    part = KINDS[question.kind](sheet, question.body)
    _name_losses(sheet, head)
    out = [f'<question type="{part.kind}">\n<name><text>{xml_text(title_of(head.stem) or question.id)}</text></name>\n']
    out.append(_text(sheet, head, part))
    out.append(sheet.rich("generalfeedback", part.before_explanation, head.explanation))
    if part.kind != "cloze":
        out.append(field("defaultgrade", 1))
    out += [field("penalty", "0.3333333"), field("hidden", 0), field("idnumber", OWN_KEY + question.id), part.fields]
    out += [sheet.rich("hint", hint) for hint in head.hints]
    out.append(_tags([*tags_out(question), *([STANDS_FOR + part.stands_for] if part.stands_for else [])]))
    out.append("</question>\n")
    return "".join(out)


def _text(sheet: Sheet, head: Head, part: Part) -> str:
    """The passage, the stem, and what the type puts around it."""
    texts = [text for text in (_passage(sheet, head), part.before_stem, head.stem, part.after_stem) if text]
    html = "".join(f"<p>{to_html(text, address_of)}</p>" for text in texts)
    if part.kind == "cloze":
        # Only the text of the cloze itself has blanks.
        html = html.replace("{", "&#123;").replace("}", "&#125;")
    names = list(dict.fromkeys([*images_in(*texts), *part.images]))
    return sheet.html("questiontext", html + part.html, names)


def _passage(sheet: Sheet, head: Head) -> str:
    passage = head.passage
    if passage is None:
        return ""
    if passage.text is None:
        sheet.lose(f"The quotation “{passage.quote}” beside the question was left out; add it in Moodle.")
        return ""
    sheet.lose("The passage stands before the question, and comes back as a part of it.")
    return passage.text


def _name_losses(sheet: Sheet, head: Head) -> None:
    empty = Head.model_fields
    lost = [said for name, said in _ONLY_HERE.items() if getattr(head, name) != empty[name].default]
    if lost:
        sheet.lose(f"Not in the file: {', '.join(lost)}.")


def _tags(tags: Sequence[str]) -> str:
    if not tags:
        return ""
    return f"<tags>{''.join(f'<tag><text>{xml_text(tag)}</text></tag>' for tag in tags)}</tags>\n"
