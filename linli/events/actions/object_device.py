"""Objecting to a device around people 对采集设备提出异议: one tap becomes an event with an owner and a clock."""

from datetime import datetime

from linli.accounts import api as accounts
from linli.events.actions.intake import Receipt, report_event
from linli.events.rules.drafts import DEVICES, ReportDraft
from linli.events.sample import matters


def object_to_device(
    *, number: str, title: str, text: str, address: str, division_id: int, by: accounts.Actor, now: datetime
) -> Receipt:
    """Report an objection to a device of the register, to whom the duty list names. Said again it is the same event."""
    draft = ReportDraft(
        title=title, text=text, channel=DEVICES, matter_code=matters.MATTER_OF_DEVICES, address=address,
        division_id=division_id,
    )  # fmt: skip
    return report_event(draft=draft, by=by, now=now, key=f"{DEVICES}-{number}")
