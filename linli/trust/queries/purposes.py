"""Whether somebody may use data for a purpose, here and now, and for which case."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.queries.activities import activity, may_choose, register_on
from linli.trust.queries.consents import as_consented
from linli.trust.rules.activities import Activity
from linli.trust.rules.cases import About, Case, CaseQuestion, Warrant
from linli.trust.rules.refusals import CaseMissingError, CaseRefusedError, NotYourPurposeError, PurposeRefusedError

MOST_CASES = 20
Holdings = Iterable[accounts.ActorHolding]


def purpose_for(
    *,
    by: accounts.Actor,
    code: str,
    now: datetime,
    holdings: Holdings | None = None,
    about: About | None = None,
    case: str = "",
) -> Warrant:
    """Return that an activity of the register may be the purpose of a look, now.

    `holdings` are the posts that open what is looked at (all of the actor's unless named); `case` is `kind:number` or
    a number. What rests on consent opens nobody who has not agreed. Raises PurposeRefusedError (not in the register or
    not in force), NotYourPurposeError, ConsentMissingError, CaseMissingError, CaseRefusedError.
    """
    found = activity(code, on=timezone.localdate(now))
    if found is None or not found.chosen:
        raise PurposeRefusedError
    held = tuple(by.holdings if holdings is None else holdings)
    fitting = tuple(one for one in held if may_choose(one, found))
    if not fitting and by.kind != "system":
        raise NotYourPurposeError
    agreed = as_consented(found, about, on=timezone.localdate(now))
    return Warrant(agreed, fitting, _case(found, by=by, about=about, case=case, now=now))


def purposes_of(*, by: accounts.Actor, domain: str, now: datetime, holdings: Holdings | None = None) -> list[Activity]:
    """Return the activities of a domain that somebody may choose now, in the order of the register."""
    held = tuple(by.holdings if holdings is None else holdings)
    standing = [one for one in register_on(timezone.localdate(now)).values() if one.chosen and one.domain == domain]
    return [one for one in standing if by.kind == "system" or any(may_choose(each, one) for each in held)]


def cases_for(*, by: accounts.Actor, about: About, activities: Sequence[Activity], now: datetime) -> list[Case]:
    """Return the open cases of somebody that concern this and that one of the activities takes."""
    kinds = {kind for one in activities for kind in _kinds(one)}
    return [case for kind in sorted(kinds) for case in _open(kind, by, about, now)][:MOST_CASES]


def _case(one: Activity, *, by: accounts.Actor, about: About | None, case: str, now: datetime) -> Case | None:
    if not case:
        if one.case_needed:
            raise CaseMissingError
        return None
    kind, _colon, ref = case.rpartition(":")
    kinds = [known for known in _kinds(one) if not kind or known == kind]
    found = [each for known in kinds for each in (_open(known, by, about, now, ref) if about else ())]
    if not found:
        raise CaseRefusedError
    return found[0]


def _kinds(one: Activity) -> list[str]:
    known = sorted(kind.code for kind in slots.case_kinds.all())
    return [code for code in known if not one.case_kinds or code in one.case_kinds]


def _open(kind: str, by: accounts.Actor, about: About, now: datetime, ref: str = "") -> Sequence[Case]:
    return slots.case_kinds.get(kind).open_for(CaseQuestion(by, about, now, ref))
