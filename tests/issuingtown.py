"""What the small town issues: applications, a form on the list, a report without a name. All fictional."""

from datetime import datetime
from typing import Any

from linli.sheets import api as sheets
from tests.sharingtown import allow

POSTS = {"t-officer": ("sheets.issue",), "t-dispatcher": ("sheets.admit",)}  # the outsider is a dispatcher, too
SECRET = "钥匙在青石巷第七块砖下"
ASKED = (("姓名", "person.name"), ("联系电话", "person.phone"), ("饮食习惯", ""))


def drawn(title: str, columns: tuple[tuple[str, str], ...] = ASKED) -> sheets.Design:
    """Return a form as an office draws it."""
    return sheets.Design(title, "persons", tuple(sheets.DesignColumn((head,), path) for head, path in columns))


def terms(now: datetime, **more: Any) -> sheets.Terms:
    """Return what an office says about a form."""
    said = {
        "basis": "老年人权益保障法第三十三条", "words": "发放高龄津贴", "levels": ("community",), "frequency": "yearly",
        "first_on": now.date(), "days": 10, "rows": 200,
    }  # fmt: skip
    return sheets.Terms(**{**said, **more})


def issued_by_offices(town: Any, now: datetime) -> dict[str, list[Any]]:
    """Apply for forms with a secret in them, admit one, report another; return ids for the walk."""
    for code, more in POSTS.items():
        allow(code, more, now)
    officer, centre = town.actor("officer", now), town.actor("dispatcher", now)
    draft = sheets.draft_admission(design=drawn(f"{SECRET}，草稿"), by=officer, now=now)
    waiting, listed = (
        sheets.draft_admission(design=drawn(title), by=officer, now=now) for title in (SECRET, "高龄老人台账")
    )
    for row in (waiting, listed):
        sheets.apply_for_admission(admission_id=row.pk, terms=terms(now), by=officer, now=now)
    listed = sheets.admit_form(admission_id=listed.pk, by=centre, now=now)
    reported = sheets.Reported("孤寡老人统计表", "城管局", f"{SECRET}，今天下午就要", town.divisions["county"].id)
    code = sheets.report_demand(reported=reported, source="203.0.113.7", now=now)
    demand = sheets.demand_by_receipt(code=code, source="203.0.113.7", now=now)
    return {
        "admission_id": [draft.pk, waiting.pk],
        "list_number": [listed.list_number],
        "demand_id": [demand.pk if demand else None],
    }
