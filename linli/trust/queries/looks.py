"""Who looked at my data 谁看过我的信息: the ledger as the person it speaks of may read it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust import slots
from linli.trust.models import LedgerEntry
from linli.trust.queries.deferrals import told_by
from linli.trust.rules import plain
from linli.trust.rules.refusals import Hidden

MOST = 200  # entries read for one page
LENGTH_OF_ID = 36
RIGHTS = "trust.rights"


@dataclass(frozen=True, slots=True)
class Oneself:
    """Under which tokens the ledger knows somebody who is signed in.

    `confirmed` are those of the person whom an officer confirmed at the counter; `phone` is that of the verified
    phone, which counts from `phone_since` on: before, the number may have been somebody else's. Where a guardian looks
    for a `ward`, `person_id` is still who is signed in; the tokens, the unit and `account_id` are those of the ward.
    """

    person_id: UUID | None
    confirmed: frozenset[str] = frozenset()
    phone: str = ""
    phone_since: datetime | None = None
    token: str = ""
    unit_id: int | None = None
    account_id: UUID | None = None
    needs_guardian: bool = False
    ward: UUID | None = None
    label: str = ""

    @property
    def basis(self) -> str:
        """How the ledger says that somebody acts in place of their ward."""
        return f"{plain.GUARDIAN}{self.ward}" if self.ward else ""

    @property
    def tokens(self) -> frozenset[str]:
        """All of them."""
        return self.confirmed | ({self.phone} if self.phone else frozenset())


@dataclass(frozen=True, slots=True)
class Look:
    """One look, or the same look several times in a day, in words. `case` and `thing` are not to be shown as they are.

    `id` is the newest entry. `data` is empty where it may not be told what was seen; `is_sure` says whether it was.
    `is_alone` says that the entry speaks of nobody else and of no case: its proof, which shows it whole, may be taken.
    """

    id: UUID
    day: date
    first: datetime
    last: datetime
    times: int
    who: str
    did: str
    why: str
    data: tuple[str, ...]
    is_sure: bool
    is_own: bool
    is_refused: bool
    result: str
    by_machine: str
    unit_id: int | None
    case: str
    kind: str
    thing: str
    is_alone: bool = False
    by_ids: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks, newest first; `older` is the entry after which the next page begins, None at the end."""

    items: tuple[Look, ...]
    older: UUID | None


def oneself(actor: accounts.Actor, *, now: datetime, ward: UUID | None = None) -> Oneself:
    """Return under which tokens the ledger knows this resident; of anybody else none.

    With `ward`, a guardianship that they hold at this moment, those of the ward. Raises Hidden where they hold it not.
    """
    if ward is not None:
        return _for_ward(actor, ward, now)
    if actor.kind != "resident" or actor.person_id is None:
        return Oneself(actor.person_id)
    known = [source.known(actor, now=now) for source in slots.selves.all()]
    sinces = [one.phone_since for one in known if one.phone_since]
    confirmed = frozenset(token for one in known for token in one.confirmed)
    sure = next((one for one in known if one.token), slots.Known())
    return Oneself(
        actor.person_id, confirmed, actor.phone_token, max(sinces, default=None), token=sure.token,
        unit_id=sure.unit_id, needs_guardian=sure.needs_guardian,
    )  # fmt: skip


def wards_of(actor: accounts.Actor, *, now: datetime) -> list[slots.Ward]:
    """Return for whom a resident is confirmed as guardian at this moment; for anybody else nobody."""
    if actor.kind != "resident" or actor.person_id is None:
        return []
    return [ward for source in slots.selves.all() for ward in source.wards(actor, now=now)]


def looks_at(
    of: Oneself, *, now: datetime, since: date | None = None, until: date | None = None, before: UUID | None = None
) -> Looks:
    """Return who looked at somebody's data in these days, same looks of a day as one. Three queries at most."""
    rows = told_by(_entries(of), now)
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    if until:
        rows = rows.filter(at__lt=_midnight(until) + timedelta(days=1))
    if before:
        last = rows.filter(pk=before).values_list("at", flat=True).first()
        rows = rows.filter(Q(at__lt=last) | Q(at=last, pk__lt=before)) if last else rows.none()
    read = list(rows.order_by("-at", "-pk")[: MOST + 1])
    kept = _whole_days(read)
    return Looks(tuple(_folded(kept, of)), kept[-1].pk if len(kept) < len(read) else None)


def look_of(of: Oneself, entry_id: UUID, *, now: datetime) -> Look | None:
    """Return one look, where it is at this person's data."""
    entry = told_by(_entries(of), now).filter(pk=entry_id).first()
    return _folded([entry], of)[0] if entry else None


def entry_in_words(entry_id: UUID) -> Look | None:
    """Return one entry in the same words, for the officer who answers a question about it."""
    entry = LedgerEntry.objects.filter(pk=entry_id).first()
    return _folded([entry], Oneself(None, frozenset(entry.subjects)))[0] if entry else None


def _for_ward(actor: accounts.Actor, ward: UUID, now: datetime) -> Oneself:
    one = next((one for one in wards_of(actor, now=now) if one.id == ward), None)
    if one is None:
        raise Hidden(RIGHTS)
    known = one.known
    return Oneself(
        actor.person_id, known.confirmed, token=known.token, unit_id=known.unit_id, account_id=known.account_id,
        ward=ward, label=one.label,
    )  # fmt: skip


def _entries(of: Oneself) -> QuerySet[LedgerEntry]:
    """Return the entries about somebody: found by the index of subjects, then the phone by its time."""
    if not of.tokens:
        return LedgerEntry.objects.none()
    rows = LedgerEntry.objects.filter(subjects__overlap=sorted(of.tokens))
    if of.phone and of.phone_since:
        mine = Q(at__gte=of.phone_since)
        rows = rows.filter(mine | Q(subjects__overlap=sorted(of.confirmed)) if of.confirmed else mine)
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _whole_days(read: Sequence[LedgerEntry]) -> Sequence[LedgerEntry]:
    """Return what fits on a page, ending where a day ends, so that no day is counted in two parts."""
    if len(read) <= MOST:
        return read
    last = timezone.localdate(read[MOST].at)
    whole = [entry for entry in read[:MOST] if timezone.localdate(entry.at) != last]
    return whole or read[:MOST]


def _folded(entries: Iterable[LedgerEntry], of: Oneself) -> list[Look]:
    groups: dict[tuple[object, ...], list[LedgerEntry]] = {}
    for entry in entries:
        groups.setdefault(_sameness(entry, of), []).append(entry)
    units, posts = {unit.id: unit.name for unit in accounts.units()}, accounts.post_names()
    return [_look(group, of, units, posts) for group in groups.values()]


def _sameness(entry: LedgerEntry, of: Oneself) -> tuple[object, ...]:
    """Return what two looks of one day have in common where they are shown as one."""
    thing = entry.object_id if len(entry.object_id) == LENGTH_OF_ID else ""
    return (
        timezone.localdate(entry.at), entry.actor_kind, entry.unit_id, entry.post_code, entry.person_id == of.person_id,
        entry.action, entry.purpose, tuple(entry.elements), entry.case_ref, entry.object_kind, thing, entry.result,
        entry.basis, _is_sure(entry, of),
    )  # fmt: skip


def _is_sure(entry: LedgerEntry, of: Oneself) -> bool:
    """Tell whether what was seen is about this person: a phone alone may stand in the record of a relative."""
    subjects = set(entry.subjects)
    return bool(subjects & of.confirmed) or subjects <= of.tokens


def _look(group: Sequence[LedgerEntry], of: Oneself, units: Mapping[int, str], posts: Mapping[str, str]) -> Look:
    newest, sure = group[0], _is_sure(group[0], of)
    is_own = of.person_id is not None and newest.person_id == of.person_id
    unit = units.get(newest.unit_id, "") if newest.unit_id is not None else ""
    machine = newest.actor_kind == "system" and newest.basis
    return Look(
        id=newest.pk, day=timezone.localdate(newest.at), first=group[-1].at, last=newest.at, times=len(group),
        who=_whose_words(newest, of, unit, posts.get(newest.post_code, ""), is_own=is_own),
        did=plain.deed_words(newest.action), why=_known_word(newest.purpose) or _("not said in words yet"),
        data=data_words(newest.elements) if sure else (), is_sure=sure, is_own=is_own,
        is_refused=newest.result == "refused", result=plain.result_words(newest.result),
        by_machine=_("A rule or a model worked on it, without a person.") if machine else "",
        unit_id=newest.unit_id, case=newest.case_ref, kind=newest.object_kind, thing=newest.object_id,
        is_alone=set(newest.subjects) <= of.tokens and not newest.case_ref,
        by_ids=frozenset(entry.person_id for entry in group if entry.person_id),
    )  # fmt: skip


def _whose_words(entry: LedgerEntry, of: Oneself, unit: str, post: str, *, is_own: bool) -> str:
    if not is_own and entry.basis.startswith(plain.GUARDIAN):
        return str(plain.BY_GUARDIAN)
    if of.account_id is not None and entry.person_id == of.account_id:
        return str(plain.BY_WARD)
    return plain.who_words(entry.actor_kind, unit, post, is_own=is_own)


def data_words(elements: Collection[str]) -> tuple[str, ...]:
    """Return the data items in words, each once; what has no word yet is counted, never shown as its code."""
    known = [_known_word(code) for code in elements]
    said = list(dict.fromkeys(word for word in known if word))
    if unnamed := known.count(""):
        said.append(_("%(n)s other items") % {"n": unnamed} if said else _("%(n)s items") % {"n": unnamed})
    return tuple(said)


def _known_word(code: str) -> str:
    try:
        return str(slots.words.get(code).label)
    except kernel.UnknownPluginError:
        return ""


def listed(words: Iterable[str]) -> str:
    """Join words as in a sentence."""
    return pgettext("between items", ", ").join(words)
