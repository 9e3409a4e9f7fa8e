"""Devices that touch bodies and doors: what is missing before one is asked for, and whether it may be connected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.ask_less import Policy
from linli.trust.rules.refusals import TrustRefusedError
from linli.trust.states import devices as states

Text = str | Promise
LONGEST_NAME, LONGEST_TEXT = 80, 2000


class DeviceRefusedError(TrustRefusedError):
    """What can't be done with a device of the register, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDraft:
    """What somebody says of a device; see `models.device.Device`."""

    name: str
    kind: str
    unit_id: int
    operator: str
    division_id: int
    address: str
    place: str
    purpose: str
    necessity: str = ""
    alternative: str = ""
    retention_days: int = 1
    people: int = 0
    filed_as: str = ""
    signs: str = ""


def check_draft(draft: DeviceDraft, policy: Policy) -> None:
    """Raise DeviceRefusedError where a draft can't even be kept."""
    for wrong, sentence in (
        (not draft.name.strip(), _("Give the device a name that people know it by.")),
        (draft.kind not in policy.kinds, _("There is no such kind of device.")),
        (draft.place not in policy.places, _("There is no such kind of place.")),
        (not draft.address.strip(), _("Say where it stands.")),
        (not draft.operator.strip(), _("Say who runs it.")),
        (len(draft.name) > LONGEST_NAME, _("The name is longer than 80 characters.")),
        (
            any(len(one) > LONGEST_TEXT for one in (draft.necessity, draft.alternative, draft.signs)),
            _("A text is longer than 2,000 characters."),
        ),
    ):
        if wrong:
            raise DeviceRefusedError(sentence)


def missing(draft: DeviceDraft, *, policy: Policy, is_assessed: bool, has_activity: bool) -> list[Text]:
    """Return what stands in the way of asking for a decision, each in one sentence; nothing: it may be handed in.

    Another way in, an assessment and no private space: PIPL articles 26, 28 and 55, and the rules on face recognition
    of 2025-06-01. The days and the number of people from which a filing is needed are those of the policy.
    """
    kind, place = policy.kinds[draft.kind], policy.places[draft.place]
    filing = policy.limits["filing_people"]
    checks: tuple[tuple[bool, Text], ...] = (
        (place.is_private, _("In a private space no device may stand.")),
        (not has_activity, _("Its purpose does not stand in the register of processing activities.")),
        (not draft.necessity.strip(), _("Say why it is needed, and why less would not do.")),
        (
            kind.reads_body and not draft.alternative.strip(),
            _("It reads bodies: say how people get in without it. Nobody may be let in by that alone."),
        ),
        (
            kind.reads_body and not is_assessed,
            _("It reads bodies: write an impact assessment first; one that still holds and does not say no."),
        ),
        (not draft.signs.strip(), _("Say which signs stand on site, and where.")),
        (
            not 1 <= draft.retention_days <= kind.longest_days,
            _("What it records is kept between 1 and %(days)s days.") % {"days": kind.longest_days},
        ),
        (
            draft.people >= filing and not draft.filed_as.strip(),
            _("Features of %(n)s people and more are filed with the province: give the number.") % {"n": filing},
        ),
    )
    return [sentence for wrong, sentence in checks if wrong]


def may_be_connected(*, state: str, review_on: date | None, reads_body: bool, is_assessed: bool, today: date) -> bool:
    """Tell whether a decision lets a device be connected on a day: it was allowed, and nothing of it has run out."""
    is_decided = state in states.DECIDED and review_on is not None and today <= review_on
    return is_decided and (is_assessed or not reads_body)


def draft_from(values: Mapping[str, object]) -> DeviceDraft:
    """Return what stands in the fields of a device as a draft."""
    return DeviceDraft(**{name: values[name] for name in DeviceDraft.__slots__})  # type: ignore[arg-type]  # named alike
