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
from linli.trust.queries.looks import look_of, oneself
from linli.trust.queries.right_terms import days_for
from linli.trust.rules.refusals import Hidden, RightRefusedError
from linli.trust.states import rights as states

PURPOSE, PREFIX = "trust.rights", "PI"
LONGEST = 2000


@transaction.atomic
def ask_right(
    *, kind: str, words: str, by: accounts.Actor, now: datetime, entry_id: UUID | None = None, source: str = "",
    ref: str = "",
) -> RightRequest:  # fmt: skip
    """Ask for a right. A copy or an explanation is there at once; everything else has an owner and a clock.

    Only who was confirmed at the counter may: anybody else could be handed the data of the person. With `source` and
    `ref` it is about a machine decision 自动化决策 on a matter that the resident may follow anyhow. Raises
    RightRefusedError, Hidden where no machine decided on a matter of theirs.
    """
    me = oneself(by)
    told = explanation_of(source, ref, by=by, now=now) if source else None
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
        _check(kind, words, entry_id, me_knows=entry_id is not None and look_of(me, entry_id, now=now) is not None)
    row = RightRequest.objects.create(
        number=kernel.next_number(prefix=PREFIX, day=timezone.localdate(now)), kind=kind, account_id=by.person_id,
        subject=subject, unit_id=unit_id, words=words.strip()[:LONGEST], entry_id=None if told else entry_id,
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

    Raises NotAllowed, Hidden, RightRefusedError.
    """
    row = RightRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise Hidden(states.ANSWER)
    require(by, states.ANSWER, row)
    if step not in {"take", "grant", "refuse"}:
        raise RightRefusedError(_("This step is not open here."))
    if step != "take" and not answer.strip():
        raise RightRefusedError(_("Write to the person what was done, or why not."))
    if step == "refuse" and not basis.strip():
        raise RightRefusedError(_("Name the law by which it is refused."))
    return _moved(row, step, by, now, answer=answer, basis=basis if step == "refuse" else "")


@transaction.atomic
def take_back_right(*, number: str, by: accounts.Actor, now: datetime) -> RightRequest:
    """Let the person take back what they asked for. Raises Hidden, RightRefusedError."""
    row = RightRequest.objects.select_for_update().filter(number=number, account_id=by.person_id).first()
    if row is None or by.person_id is None:
        raise Hidden(states.ANSWER)
    return _moved(row, "take_back", by, now)


def _check(kind: str, words: str, entry_id: UUID | None, *, me_knows: bool) -> None:
    if kind not in Kind.values:
        raise RightRefusedError(_("Choose what you want."))
    if kind in {Kind.CORRECT, Kind.DELETE} and not words.strip():
        raise RightRefusedError(_("Say what is wrong, or what is to be deleted."))
    if (kind == Kind.OBJECT or entry_id) and not me_knows:
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
    record(
        by=by, action=f"right_{step}", purpose=PURPOSE, subjects=[row.subject], object_kind="right", object_id=row.id,
        elements=[f"right.{row.kind}"], case=row.number, basis=row.basis, now=now,
    )  # fmt: skip
