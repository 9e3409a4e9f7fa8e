"""What the small town shares and corrects: an application, a grant, a correction, open data. All fictional."""

from datetime import date, datetime
from typing import Any

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from tests.basetown import people_and_houses, say

ASK = ("exchange.apply", "exchange.approve", "exchange.use", "exchange.correct", "exchange.answer")
KEEP = ("exchange.oversee", "exchange.publish", "exchange.approve", "exchange.answer")
PAPER = "%PDF-1.4\n钥匙在青石巷第七块砖下\n%%EOF".encode()
POSTS = {"t-officer": ASK, "t-community": ASK, "t-dispatcher": KEEP}


def people_houses_and_sharing(town: Any, now: datetime) -> dict[str, list[Any]]:
    """Plant the base and what is shared of it, in words that outsiders must not read; return what the walk needs."""
    base = people_and_houses(town, now)
    wu = base["entity_id"][0]
    for code, more in POSTS.items():
        allow(code, more, now)
    officer, worker, data = (town.actor(name, now) for name in ("officer", "community_worker", "dispatcher"))
    waiting, granted = (_applied(town, officer, now) for _ in range(2))
    grant = exchange.approve_application(application_id=granted.pk, by=data, now=now)
    call = exchange.Call(grant.number, "serve", officer, now)
    batch = exchange.hand_in(call=call, whom=[{"phone": "13800001111"}])
    finding = exchange.Finding(wu, "education", "70", "钥匙在青石巷第七块砖下，看过毕业证", now.date())
    correction = exchange.propose_correction(finding=finding, by=worker, now=now)
    shown = exchange.add_papers(correction_id=correction.pk, papers=[exchange.clean_paper(PAPER)], by=worker, now=now)
    described = exchange.Described("各社区性别", "按现住地", "person", "sex", "community", town.divisions["county"].id)
    open_set = exchange.describe_set(described=described, by=data, now=now)
    return {
        **base,
        "application_id": [waiting.pk, granted.pk],
        "grant_id": [grant.pk],
        "batch_id": [batch.pk],
        "correction_id": [correction.pk],
        "paper_id": [shown[0].pk],
        "element": ["birth_date"],
        "set_id": [open_set.pk],
        "dataset_code": [_published(town, open_set, data, now)],
    }


def allow(code: str, more: tuple[str, ...], now: datetime) -> None:
    """Let a post do more than before; the outsider holds one of them, too."""
    post = next(one for one in accounts.posts() if one.code == code)
    accounts.save_post(
        code=code, name=post.name, capabilities=[*post.capabilities, *more], by=accounts.SYSTEM, now=now
    )  # fmt: skip


def _applied(town: Any, by: accounts.Actor, now: datetime) -> Any:
    asked = exchange.Asked(
        kind="person", elements=("birth_date",), division_id=town.divisions["county"].id, starts_on=now.date(),
        ends_on=date(2027, 1, 1), quota=10, ways=("verify", "query", "batch"), purpose="serve",
    )  # fmt: skip
    (row,) = exchange.draft_application(
        asked=asked, basis="示例条例第七条", words="钥匙在青石巷第七块砖下，需核对年龄", unit_id=town.units["csgl"].id,
        by=by, now=now,
    )  # fmt: skip
    return exchange.submit_application(application_id=row.pk, by=by, now=now)


def _published(town: Any, open_set: Any, by: accounts.Actor, now: datetime) -> str:
    """Let twelve more people live in the first grid, and publish how many they are."""
    for number in range(12):
        say("police", "person", f"O{number}", now, name="赵六", sex="1", area_code=town.grids[0].code)
    edition = exchange.count_edition(set_id=open_set.pk, by=by, now=now)
    exchange.publish_edition(edition_id=edition.pk, by=by, now=now)
    return str(open_set.code)
