"""The texts that go out 告知用语: one for each kind of message, with named places in braces, checked when saved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

__all__ = [
    "KINDS", "LONGEST", "LONGEST_ANSWER", "TextKind", "as_it_reads", "default_texts", "fill", "labels", "places_of",
    "problems_of_text", "problems_of_texts",
]  # fmt: skip

LONGEST, LONGEST_ANSWER, LINK = 500, 300, 80
PLACE, BRACE = re.compile(r"\{([^{}]*)\}"), re.compile(r"[{}]")
WIDTHS = {
    "answer": LONGEST_ANSWER,
    "what": LONGEST_ANSWER,
    "numbers": 100,
    "stages": 200,
}  # the longest that a place may become
WIDTH = 30


@dataclass(frozen=True)
class TextKind:
    """One kind of message: the places its text may name, those it must name, and whether a link follows it."""

    code: str
    places: tuple[str, ...]
    needs: tuple[str, ...]
    has_link: bool = False


KINDS = {
    kind.code: kind
    for kind in (
        TextKind("receipt", ("number", "unit", "day"), ("number",), has_link=True),
        TextKind("answer", ("number", "state", "unit", "answer"), ("number", "answer"), has_link=True),
        TextKind("follower", ("number", "state", "unit", "answer"), ("number", "answer")),
        TextKind("work", ("unit", "n", "day", "numbers"), ("numbers",)),
        TextKind("risen", ("unit", "n", "numbers"), ("numbers",)),
        TextKind("missed", ("unit", "n", "stages"), ("stages",)),
        TextKind("task", ("unit", "when", "what", "number"), ("number",)),
        TextKind("call", ("caller", "unit", "when", "number"), ("number",)),
    )
}


def labels() -> dict[str, str]:
    """Return what each kind of message is called, in the order in which a case meets them."""
    return {
        "receipt": _("To the reporter: the number"),
        "answer": _("To the reporter: the answer at the end"),
        "follower": _("To who follows an event: the answer at the end"),
        "work": _("To the unit and who is on duty: new work"),
        "risen": _("To the unit and who is on duty: overdue events that rose"),
        "missed": _("To the unit and who is on duty: late stages"),
        "task": _("To a co-unit: a task"),
        "call": _("To a unit that is called to the scene"),
    }


def default_texts() -> dict[str, str]:
    """Return the texts that ship, in the language in use."""
    return {
        "receipt": _("Your report is taken: {number}. {unit} has it and answers by {day}."),
        "answer": _("Your report {number}: {state}. {unit} answers: {answer}"),
        "follower": _("What you follow as {number}: {state}. {unit} answers: {answer}"),
        "work": _("New events for {unit}: {n}, the first due {day}: {numbers}"),
        "risen": _("Overdue events that rose to {unit}: {n}: {numbers}"),
        "missed": _("Late stages at {unit}: {n}: {stages}"),
        "task": _("Task for {unit}, due {when}: {what} ({number})"),
        "call": _("{caller} calls {unit} to the scene, respond by {when}: {number}"),
    }


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Return the text with its places filled in; what a value says is never read as a place."""
    return PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


def as_it_reads(text: str) -> str:
    """Return the text with its places filled in from a made-up event."""
    return fill(text, _made_up())


def places_of(code: str) -> str:
    """Return the places that the text of this kind may name, in braces, each with what it becomes."""
    words = _place_words()
    return " · ".join(f"{{{place}}} {words[place]}" for place in KINDS[code].places)


def problems_of_texts(content: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the texts of a version, as sentences; nothing for good ones."""
    known = labels()
    found = [_("There is no message of the kind “%(kind)s”.") % {"kind": code} for code in content if code not in KINDS]
    for code, text in content.items():
        if code in KINDS:
            found += [f"{known[code]}: {words}" for words in problems_of_text(code, text)]
    return found


def problems_of_text(code: str, text: Any) -> Iterator[str]:
    """Yield what is wrong with the text of one kind of message."""
    kind = KINDS[code]
    if not isinstance(text, str) or not text.strip():
        yield _("the text is empty; write what people shall read.")
        return
    named = PLACE.findall(text)
    for name in dict.fromkeys(name for name in named if name not in kind.places):
        words = _("{%(name)s} is not known here; possible are %(places)s.")
        yield words % {"name": name, "places": places_of(kind.code)}
    if BRACE.search(PLACE.sub("", text)):
        yield _("a brace is open or closed alone; a place has one on each side.")
    for place in kind.needs:
        if place not in named:
            yield _("{%(name)s} must stand in it, or whoever reads it can't know what it is about.") % {"name": place}
    length = len(fill(text, _widest(kind))) + (LINK if kind.has_link else 0)
    if length > LONGEST:
        words = _("it may become %(n)s characters long, and a message holds %(most)s; make it shorter.")
        yield words % {"n": length, "most": LONGEST}


def _widest(kind: TextKind) -> dict[str, str]:
    return {place: "x" * WIDTHS.get(place, WIDTH) for place in kind.places}


def _place_words() -> dict[str, str]:
    return {
        "number": _("number of the event"),
        "numbers": _("numbers of the events, five at most"),
        "stages": _("numbers of the events, each with its stage, five at most"),
        "n": _("how many"),
        "unit": _("name of the unit"),
        "caller": _("unit that calls"),
        "state": _("how it ended"),
        "day": _("day of the limit"),
        "when": _("day and hour of the limit"),
        "answer": _("the answer"),
        "what": _("what is to be done"),
    }


def _made_up() -> dict[str, str]:
    return {
        "number": _("Nanyuan-20260601-0123"),
        "numbers": _("Nanyuan-20260601-0123, Nanyuan-20260601-0124"),
        "stages": _("Nanyuan-20260601-0123 secure the place"),
        "n": "2",
        "unit": _("Nanyuan street office"),
        "caller": _("Nanyuan community committee"),
        "state": _("Closed"),
        "day": _("June 5"),
        "when": _("June 5 16:00"),
        "answer": _("the lamp in the stairwell is replaced."),
        "what": _("clear the stairwell"),
    }
