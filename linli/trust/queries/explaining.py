"""The explanation of a machine decision, from the domain that made it, for the very person."""

from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust import slots
from linli.trust.models import RightRequest
from linli.trust.queries.looks import Oneself, oneself
from linli.trust.queries.rights_of import rights_asked_by
from linli.trust.rules.explaining import Explanation


def explanation_of(
    source: str, ref: str, *, by: accounts.Actor, now: datetime, ward: UUID | None = None
) -> Explanation | None:
    """Return how a machine decided on this resident's matter or their ward's; None where it did not, or is not theirs.

    Raises Hidden where they are not guardian.
    """
    if by.kind != "resident" or by.person_id is None:
        return None
    try:
        explainer = slots.explainers.get(source)
    except kernel.UnknownPluginError:
        return None
    return explainer.explain(ref, by=by, now=now, ward=ward)


def decisions_on(
    *, by: accounts.Actor, now: datetime, ward: UUID | None = None
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what machines decided on a resident or their ward: code and label of who explains, with refs and titles.

    Raises Hidden where they are not guardian.
    """
    oneself(by, now=now, ward=ward)
    if by.kind != "resident":
        return []
    found = [(one, list(one.decided(by=by, now=now, ward=ward))) for one in slots.explainers.all()]
    return [(one.code, str(one.label), rows) for one, rows in found if rows]


def objection_to(source: str, ref: str, *, of: Oneself) -> RightRequest | None:
    """Return the newest objection of this resident to a machine decision, if they made one."""
    return rights_asked_by(of).filter(kind="object", decision=decision_of(source, ref)).first()


def decision_of(source: str, ref: str) -> str:
    """Return the name under which a request keeps a decision."""
    return f"{source}:{ref}" if source else ""
