"""Open311 GeoReport v2: what its requests ask for, what its errors are, and how our states are told in its two."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.events import states

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANNEL = "open311"
STATUSES = frozenset({"open", "closed"})
MOST_ROWS, LONGEST_SPAN, LONGEST_TEXT, LONGEST_LINK = 1000, timedelta(days=90), 4000, 500
ASKED_FIELDS = {
    "description": "event.text", "lat": "event.place", "long": "event.place", "address_string": "event.place",
    "address_id": "event.place", "media_url": "event.photo", "first_name": "reporter.name",
    "last_name": "reporter.name", "phone": "reporter.phone", "email": "reporter.email", "device_id": "reporter.device",
    "account_id": "reporter.account",
}  # fmt: skip
"""Which data element each field of a request asks for; the others ask nothing of a person."""
NOT_FOUND, FORBIDDEN, BAD = 404, 403, 400
NATURES = {
    "request": _("request for help"),
    "complaint": _("complaint"),
    "enquiry": _("enquiry"),
    "suggestion": _("suggestion"),
}


@dataclass(frozen=True)
class Problem:
    """One error: 404 what does not exist, 403 the key, 400 all else."""

    code: int
    description: str | Promise


class RefusedError(ValueError):
    """The request can't be answered; `problems` say why, the first one gives the HTTP status."""

    def __init__(self, *problems: Problem) -> None:
        """Keep what is wrong."""
        super().__init__("; ".join(str(problem.description) for problem in problems))
        self.problems = problems

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.problems[0].code


@dataclass(frozen=True)
class Wanted:
    """Which requests are asked for. `numbers`, where given, stand above all other filters."""

    numbers: tuple[str, ...] = ()
    service_codes: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    statuses: frozenset[str] = STATUSES
    page: int = 1
    page_size: int = MOST_ROWS


@dataclass(frozen=True)
class Attribute:
    """One question of a service. With `asks` False it is words to read, not a question."""

    code: str
    datatype: str
    description: str
    asks: bool = True
    required: bool = False
    hint: str = ""
    values: Mapping[str, str] | None = None


def status_of(state: str) -> str:
    """Return `closed` for what has ended, with whatever result, else `open`."""
    return "closed" if state in states.FINAL else "open"


def wanted_of(asked: Mapping[str, str | None], now: datetime) -> Wanted:
    """Read the filters of GET /requests; an empty one equals none. Raises RefusedError with every mistake in it."""
    problems: list[Problem] = []
    numbers = _listed(asked.get("service_request_id"))
    if numbers:
        return Wanted(numbers=numbers[:MOST_ROWS])
    statuses = frozenset(_listed(asked.get("status"))) or STATUSES
    if not statuses <= STATUSES:
        problems.append(Problem(BAD, _("status is open, closed, or both with a comma.")))
    page = _count(asked.get("page"), 1, 1_000_000, problems)
    page_size = _count(asked.get("page_size"), MOST_ROWS, MOST_ROWS, problems)
    since, until = _span(asked.get("start_date"), asked.get("end_date"), now, problems)
    if problems:
        raise RefusedError(*problems)
    return Wanted((), _listed(asked.get("service_code")), since, until, statuses, page, page_size)


def moment_of(text: str | None) -> datetime | None:
    """Return the moment a W3C date and time with its zone names; None where it names none."""
    plain = re.sub(r" (\d\d:\d\d)$", r"+\1", (text or "").strip())  # a plus that was not escaped arrives as a space
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def answers_of(attributes: Iterable[Attribute], given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the answers to the questions of a service, empty ones left out.

    `given` are the lists under `attribute[CODE]`. Raises RefusedError for an answer missing or not of its type.
    """
    problems: list[Problem] = []
    answers: dict[str, list[str]] = {}
    for one in attributes:
        values = [value.strip() for value in given.get(one.code, ()) if value.strip()]
        if one.required and not values:
            problems.append(Problem(BAD, _("attribute[%(code)s] is required.") % {"code": one.code}))
        elif wrong := next((value for value in values if not _fits(one, value)), None):
            words = _("attribute[%(code)s] can't be %(value)s.") % {"code": one.code, "value": wrong[:40]}
            problems.append(Problem(BAD, words))
        elif values and one.asks:
            answers[one.code] = values
    if problems:
        raise RefusedError(*problems)
    return answers


def _fits(attribute: Attribute, value: str) -> bool:
    if attribute.values is not None:
        return value in attribute.values
    if attribute.datatype == "datetime":
        return moment_of(value) is not None
    if attribute.datatype == "number":
        return re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", value) is not None
    return True


def _span(
    start: str | None, end: str | None, now: datetime, problems: list[Problem]
) -> tuple[datetime | None, datetime | None]:
    since, until = moment_of(start), moment_of(end)
    if (start and since is None) or (end and until is None):
        problems.append(Problem(BAD, _("Times are written as 2026-06-03T14:20:00Z or with +08:00 at the end.")))
        return None, None
    if since is None:
        since = (until or now) - LONGEST_SPAN
    if until is None:
        until = min(since + LONGEST_SPAN, now) if since <= now else since + LONGEST_SPAN
    if not timedelta() <= until - since <= LONGEST_SPAN:
        problems.append(Problem(BAD, _("start_date lies before end_date, and at most 90 days are between them.")))
    return since, until


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part for one in (text or "").split(",") if (part := one.strip()))


def _count(text: str | None, default: int, most: int, problems: list[Problem]) -> int:
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= most:  # noqa: PLR2004  a sane length
        return int(text)
    words = _("page and page_size are whole numbers from 1; a page holds at most %(most)s.") % {"most": MOST_ROWS}
    problems.append(Problem(BAD, words))
    return default
