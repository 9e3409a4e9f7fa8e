"""What a report must hold before it is taken, field by field."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CoordinateSystem = Literal["wgs84", "gcj02", "bd09"]
LONGEST_TEXT, LONGEST_TITLE, LONGEST_ADDRESS, LONGEST_NAME = 8000, 120, 200, 60
SHORTEST_TEXT = 4
OWN_DATA = "own_data"  # channel: asked from the page that says who looked
DEVICES = "devices"  # channel: objected to on the page of devices around people


@dataclass(frozen=True, kw_only=True)
class ReportDraft:
    """What somebody reports, before it is an event. Coordinates are degrees in `coordinate_system`.

    `asked_unit_id` is the unit whose own doing is asked about: it leads, whatever the duty list says.
    """

    text: str
    title: str = ""
    lng: float | None = None
    lat: float | None = None
    coordinate_system: CoordinateSystem = "wgs84"
    address: str = ""
    division_id: int | None = None
    matter_code: str | None = None
    nature: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    channel: str = "web"
    source_number: str | None = None
    asked_unit_id: int | None = None


class DraftRefusedError(ValueError):
    """The draft can't be taken as it is. `fields` maps each field to the sentence for the person."""

    def __init__(self, fields: Mapping[str, str | Promise]) -> None:
        """Keep one sentence for each field."""
        super().__init__("; ".join(f"{name}: {words}" for name, words in fields.items()))
        self.fields = dict(fields)


def check_draft(draft: ReportDraft) -> None:
    """Raise DraftRefusedError with one sentence per field that must be mended."""
    problems: dict[str, str | Promise] = {}
    if len(draft.text.strip()) < SHORTEST_TEXT:
        problems["text"] = _("Say in a few words what happened, then send it again.")
    elif len(draft.text) > LONGEST_TEXT:
        problems["text"] = _("The text is too long; shorten it to 8,000 characters.")
    if "\x00" in draft.text + draft.title + draft.address:
        problems["text"] = _("The text holds a character that can't be stored; delete it and send again.")
    if not place_is_whole(draft):
        problems["place"] = _("The place on the map is not valid; choose it again or write the address.")
    if draft.reporter_phone and not phone_is_whole(draft.reporter_phone):
        problems["reporter_phone"] = _("The phone number is not complete; check it and send again.")
    if len(draft.address) > LONGEST_ADDRESS:
        problems["address"] = _("The address is too long; shorten it to 200 characters.")
    if problems:
        raise DraftRefusedError(problems)


def place_is_whole(draft: ReportDraft) -> bool:
    """Whether the draft has no coordinates, or both, finite and on the globe."""
    if draft.lng is None and draft.lat is None:
        return True
    if draft.lng is None or draft.lat is None:
        return False
    return math.isfinite(draft.lng) and math.isfinite(draft.lat) and abs(draft.lng) <= 180 and abs(draft.lat) <= 90  # noqa: PLR2004  degrees


def phone_is_whole(phone: str) -> bool:
    """Whether this is a mainland mobile (11 digits) or a fixed line (7 to 12 digits)."""
    digits = "".join(filter(str.isdigit, phone)).removeprefix("86")
    mobile = len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"  # noqa: PLR2004  a mobile number
    return mobile or (7 <= len(digits) <= 12 and digits[0] != "1")  # noqa: PLR2004  with and without area code


def title_of(text: str, limit: int = 30) -> str:
    """Return the first sentence of a text, at most `limit` characters, for lists."""
    first = text.strip()
    for end in "。！？!?\n；;":
        first = first.split(end, 1)[0]
    first = " ".join(first.split())
    return first if len(first) <= limit else first[: limit - 1] + "…"
