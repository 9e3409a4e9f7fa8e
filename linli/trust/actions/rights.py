"""Rights of the person 个人信息权利: somebody asks, a unit answers within the days of the law, each step is kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import RightRequest, RightStep
from linli.trust.models.right import Kind
from linli.trust.queries.explaining import decision_of, explanation_of
from linli.trust.queries.looks import Oneself, look_of, oneself
from linli.trust.queries.right_terms import days_for
from linli.trust.queries.rights_of import has_decided, rights_asked_by, unit_to_answer, units_above
from linli.trust.rules.plain import GUARDIAN
from linli.trust.rules.refusals import Hidden, RightRefusedError
from linli.trust.states import rights as states

PURPOSE, PREFIX = "trust.rights", "PI"
LONGEST = 2000


@transaction.atomic
def ask_right(
    *, kind: str, words: str, by: accounts.Actor, now: datetime, entry_id: UUID | None = None, source: str = "",
    ref: str = "", ward: UUID | None = None,
) -> RightRequest:  # fmt: skip
    """Ask for a right. A copy or an explanation is there at once; everything else has an owner and a clock.

    Only who was confirmed at the counter may: anybody else could be handed the data of the person. With `source` and
    `ref` it is about a machine decision 自动化决策 on a matter that the resident may follow anyhow. With `ward` a
    guardian asks for the ward. Raises RightRefusedError, Hidden where no machine decided on a matter of theirs, or
    where they are not guardian.
    """
    me = oneself(by, now=now, ward=ward)
    told = explanation_of(source, ref, by=by, now=now, ward=ward) if source else None
    if source and told is None:
        raise Hidden(states.ANSWER)
    subject, unit_id = (told.subject, told.unit_id) if told else (me.token, me.unit_id)
    if by.person_id is None or not subject or unit_id is None:
        raise RightRefusedError(
            _("Show your identity card at your community once, so that nobody else can ask for it.")
        )
    if told:
        _check_decision(kind, decision_of(source, ref), by)
    else:
        _check(kind, words, entry_id, me, now)
    first = told.decided_by if told and kind == Kind.OBJECT else frozenset()
    row = RightRequest.objects.create(
        number=kernel.next_number(prefix=PREFIX, day=timezone.localdate(now)), kind=kind, account_id=by.person_id,
        subject=subject, unit_id=unit_to_answer(unit_id, first, on=timezone.localdate(now)), guardianship=ward,
        first=sorted(first), words=words.strip()[:LONGEST], entry_id=None if told else entry_id,
        decision=decision_of(source, ref), explanation=told.words if told else None, asked_at=now,
        due_at=regions.add_working(now, days=days_for(kind)),
    )  # fmt: skip
    RightStep.objects.create(request=row, step="ask", after=row.state, by_id=by.person_id, at=now)
    _note(row, "ask", by, now)
    if told and kind == Kind.EXPLAIN:
        return _moved(row, "grant", accounts.SYSTEM, now, answer=told.words)
    return _moved(row, "grant", accounts.SYSTEM, now) if kind == Kind.COPY else row


@transaction.atomic
def answer_right(
    *, request_id: UUID, step: str, answer: str, basis: str, by: accounts.Actor, now: datetime
) -> RightRequest:
    """Take a request in hand, do what was asked, or refuse it with the law that keeps the data.

    Whoever decided before answers no objection to it. Raises NotAllowed, Hidden, RightRefusedError.
    """
    row = _held(request_id, by)
    if has_decided(row, by):
        raise RightRefusedError(
            _("You decided this before. Somebody else in your unit answers, or pass it on to the unit above.")
        )
    if step not in {"take", "grant", "refuse"}:
        raise RightRefusedError(_("This step is not open here."))
    if step != "take" and not answer.strip():
        raise RightRefusedError(_("Write to the person what was done, or why not."))
    if step == "refuse" and not basis.strip():
        raise RightRefusedError(_("Name the law by which it is refused."))
    return _moved(row, step, by, now, answer=answer, basis=basis if step == "refuse" else "")


@transaction.atomic
def pass_right_up(*, request_id: UUID, by: accounts.Actor, now: datetime) -> RightRequest:
    """Pass an objection on to the next unit above in which somebody answers who had not decided before.

    Raises NotAllowed, Hidden, RightRefusedError.
    """
    row = _held(request_id, by)
    above = units_above(row.unit_id) if row.first else []
    if not above:
        raise RightRefusedError(_("There is no unit above to which this could go."))
    row.unit_id = unit_to_answer(above[0], row.first, on=timezone.localdate(now))
    return _moved(row, "pass_up", by, now)


@transaction.atomic
def take_back_right(*, number: str, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> RightRequest:
    """Let the person, or the guardian who did, take back what was asked for. Raises Hidden, RightRefusedError."""
    rows = rights_asked_by(oneself(by, now=now, ward=ward))
    row = rows.select_for_update(of=("self",)).filter(number=number).first()
    if row is None:
        raise Hidden(states.ANSWER)
    return _moved(row, "take_back", by, now)


def _held(request_id: UUID, by: accounts.Actor) -> RightRequest:
    row = RightRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise Hidden(states.ANSWER)
    require(by, states.ANSWER, row)
    return row


def _check(kind: str, words: str, entry_id: UUID | None, me: Oneself, now: datetime) -> None:
    if me.needs_guardian:
        raise RightRefusedError(_("Your guardian asks for this. Show at your community once who that is."))
    if kind not in Kind.values:
        raise RightRefusedError(_("Choose what you want."))
    if kind in {Kind.CORRECT, Kind.DELETE} and not words.strip():
        raise RightRefusedError(_("Say what is wrong, or what is to be deleted."))
    if (kind == Kind.OBJECT or entry_id) and (entry_id is None or look_of(me, entry_id, now=now) is None):
        raise RightRefusedError(_("Choose on the page who looked which decision you mean."))


def _check_decision(kind: str, decision: str, by: accounts.Actor) -> None:
    if kind not in {Kind.EXPLAIN, Kind.OBJECT}:
        raise RightRefusedError(_("Choose what you want."))
    if RightRequest.objects.filter(account_id=by.person_id, decision=decision, kind=kind, ended_at=None).exists():
        raise RightRefusedError(_("You asked this already; a person has it."))


def _moved(
    row: RightRequest, step: str, by: accounts.Actor, now: datetime, *, answer: str = "", basis: str = ""
) -> RightRequest:
    rule, before = states.STEPS[step], row.state
    if before not in rule.before:
        raise RightRefusedError(_("Somebody was faster: look how it stands now."))
    row.state, row.basis = rule.after, basis.strip()[:300]
    row.answer = answer.strip()[:LONGEST] or row.answer
    row.ended_at = now if rule.after in states.FINAL else None
    row.save()
    RightStep.objects.create(request=row, step=step, before=before, after=row.state, by_id=by.person_id, at=now)
    _note(row, step, by, now)
    return row


def _note(row: RightRequest, step: str, by: accounts.Actor, now: datetime) -> None:
    acting = f"{GUARDIAN}{row.guardianship}" if row.guardianship and by.person_id == row.account_id else ""
    record(
        by=by, action=f"right_{step}", purpose=PURPOSE, subjects=[row.subject], object_kind="right", object_id=row.id,
        elements=[f"right.{row.kind}"], case=row.number, basis=row.basis or acting, now=now,
    )  # fmt: skip
