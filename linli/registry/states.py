"""The lists that a community keeps 台账 and the life of a line in them, as data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel
from linli.registry.rules.kinds import DOG, HOUSE, PERSON, THING

NEW, KEPT, CLOSED = "new", "kept", "closed"
REGISTER, RENEW, CLOSE = "register", "renew", "close"


@dataclass(frozen=True, slots=True)
class Register:
    """One list: of which kind its lines are, after how many months they are renewed, how early that is said.

    `only` is (element, value) that an entity must have where it is known; `leave` is what its last step is called.
    """

    code: str
    label: str | Promise
    kind: str
    months: int
    soon_days: int
    leave: str | Promise
    only: tuple[str, str] = ("", "")


REGISTERS = {
    one.code: one
    for one in (
        Register("rented", _("rented houses"), HOUSE, months=12, soon_days=30, leave=_("no longer let")),
        Register(
            "floating", _("residents from elsewhere"), PERSON, months=6, soon_days=15, leave=_("has left the area")
        ),
        Register("dogs", _("dogs"), THING, months=12, soon_days=30, leave=_("deregistered"), only=("type", DOG)),
    )
}


STEPS = {
    REGISTER: kernel.Step(frozenset({NEW, CLOSED}), KEPT),
    RENEW: kernel.Step(frozenset({KEPT}), KEPT),
    CLOSE: kernel.Step(frozenset({KEPT}), CLOSED),
}
FINAL = frozenset({CLOSED})
