"""The explanation of a machine decision, from the domain that made it, for the very person."""

from datetime import datetime

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust import slots
from linli.trust.models import RightRequest
from linli.trust.queries.rights_of import rights_asked_by
from linli.trust.rules.explaining import Explanation


def explanation_of(source: str, ref: str, *, by: accounts.Actor, now: datetime) -> Explanation | None:
    """Return how a machine decided on this resident's own matter; None where it is not theirs or no machine did."""
    if by.kind != "resident" or by.person_id is None:
        return None
    try:
        explainer = slots.explainers.get(source)
    except kernel.UnknownPluginError:
        return None
    return explainer.explain(ref, by=by, now=now)


def objection_to(source: str, ref: str, *, by: accounts.Actor) -> RightRequest | None:
    """Return the newest objection of this resident to a machine decision, if they made one."""
    return rights_asked_by(by).filter(kind="object", decision=decision_of(source, ref)).first()


def decision_of(source: str, ref: str) -> str:
    """Return the name under which a request keeps a decision."""
    return f"{source}:{ref}" if source else ""
