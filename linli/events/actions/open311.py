"""A report that came by Open311: its fields become a draft, its photos and links stay with the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.accounts import api as accounts
from linli.events.actions.intake import Receipt, report_event
from linli.events.actions.photos import add_photos
from linli.events.actions.step import append
from linli.events.models import Event, Reporter
from linli.events.queries import open311 as shown
from linli.events.rules import open311
from linli.events.rules.drafts import ReportDraft
from linli.events.rules.photos import CleanPhoto
from linli.regions import api as regions
from linli.trust import api as trust


@dataclass(frozen=True)
class Open311Report:
    """The fields of POST /requests as they came, and the answers to the questions of the service."""

    fields: Mapping[str, str]
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    photos: Sequence[CleanPhoto] = ()


def report_by_open311(*, report: Open311Report, by: accounts.Actor, now: datetime, key: str | None = None) -> Receipt:
    """Take the report as an event. Raises RefusedError with every mistake, NotAllowed, DraftRefusedError."""
    trust.require(by, "events.report")
    draft = _draft(report)
    link = _link(report.fields.get("media_url", ""))
    with transaction.atomic():
        receipt = report_event(draft=draft, by=by, now=now, key=key)
        if not receipt.again:
            _keep_email(receipt, report.fields.get("email", ""))
            _keep_media(receipt, report.photos, link, by, now)
    return receipt


def _draft(report: Open311Report) -> ReportDraft:
    said = report.fields
    code = said.get("service_code", "")
    if not code:
        raise _bad(_("service_code is missing."))
    name, questions = shown.service_name(code), shown.attributes_of(code)
    answers = open311.answers_of(questions, report.answers)
    lng, lat, division = _place(said)
    text = said.get("description", "")
    if len(text) > open311.LONGEST_TEXT:
        raise _bad(_("description holds at most 4,000 characters."))
    return ReportDraft(
        text=_with_answers(text or _("%(service)s, without a description") % {"service": name}, answers),
        lng=lng,
        lat=lat,
        address=said.get("address_string", "")[:200],
        division_id=division,
        matter_code=code,
        nature=_nature(answers),
        reporter_name=" ".join(part for part in (said.get("last_name"), said.get("first_name")) if part)[:60],
        reporter_phone=said.get("phone", "")[:30],
        channel=open311.CHANNEL,
    )


def _place(said: Mapping[str, str]) -> tuple[float | None, float | None, int | None]:
    """Return the point and the division. A point, an address or the code of a division is needed."""
    lat, lng = said.get("lat"), said.get("long")
    if bool(lat) != bool(lng):
        raise _bad(_("lat and long are given together."))
    if not (lat or said.get("address_string") or said.get("address_id")):
        raise _bad(_("Say where it is: lat and long, address_string or address_id."))
    try:
        point = (float(lng), float(lat)) if lat and lng else (None, None)
    except ValueError:
        raise _bad(_("lat and long are degrees such as 27.905 and 112.015.")) from None
    return *point, _division(said.get("address_id", ""))


def _division(code: str) -> int | None:
    if not code:
        return None
    found = regions.division_by_code(code)
    if found is None:
        raise _bad(_("address_id is the code of a community, street or county that we know."))
    return found.id


def _with_answers(text: str, answers: Mapping[str, Sequence[str]]) -> str:
    seen = answers.get("seen_at")
    return f"{text}\n" + _("Happened: %(at)s") % {"at": seen[0]} if seen else text


def _nature(answers: Mapping[str, Sequence[str]]) -> str:
    with override("zh-hans"):  # natures are kept in the words of the hotlines
        return str(open311.NATURES[answers["nature"][0]]) if "nature" in answers else ""


def _link(address: str) -> str:
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(address) > open311.LONGEST_LINK:
        raise _bad(_("media_url is a web address of at most 500 characters."))
    return address


def _keep_email(receipt: Receipt, email: str) -> None:
    """Keep the mailbox beside name and phone: the answer goes there where there is no mobile number."""
    if "@" in email:
        Reporter.objects.update_or_create(
            event_id=receipt.event_id, defaults={"email": email[:200]},
            create_defaults={"name": "", "phone": "", "email": email[:200]},
        )  # fmt: skip


def _keep_media(receipt: Receipt, photos: Sequence[CleanPhoto], link: str, by: accounts.Actor, now: datetime) -> None:
    if photos:
        add_photos(event_id=receipt.event_id, photos=list(photos), by=by, now=now)
    if link:  # never fetched by us, never public
        append(Event.objects.get(pk=receipt.event_id), step="media", by=by, now=now, words=link)


def _bad(description: str) -> open311.RefusedError:
    return open311.RefusedError(open311.Problem(open311.BAD, description))
