"""One small town known by heart: a street, two communities, four grids, and the people in it. All fictional."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image

from linli.accounts import api as accounts
from linli.accounts.actions.messages import add_notice_address
from linli.events import api as events
from linli.events.models import VolunteerCheck
from linli.insight import api as insight
from linli.regions import api as regions
from tests.duties import MONDAY, put_duties_in_force
from tests.house.routes import Secret, Visitor
from tests.issuingtown import issued_by_offices
from tests.lookedtown import looked_at
from tests.mixer import MIXER
from tests.sharingtown import people_houses_and_sharing
from tests.sheetstown import issued_forms
from tests.snapshot import kept
from tests.townsfolk import PEOPLE, POSTS
from tests.trusttown import looks_and_deferrals

ZONE = ZoneInfo("Asia/Shanghai")
SINCE = date(2026, 1, 1)
WEST, SOUTH, STEP = 112.00, 27.90, 0.01
OLD_WU_PHONE, TENANT_PHONE = "13800001111", "13900002222"


@dataclass
class Town:
    """The town by name. `people` and `units` by a short name, `grids` by number, `seen` what the walker needs."""

    divisions: dict[str, Any] = field(default_factory=dict)
    grids: list[Any] = field(default_factory=list)
    units: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    holdings: dict[str, Any] = field(default_factory=dict)
    event: Any = None

    def actor(self, name: str, on: datetime = MONDAY) -> accounts.Actor:
        """Return somebody of the town as who acts on a day."""
        return accounts.actor_for(self.people[name], on=on.date())


@kept
def build_town() -> Town:
    """Build the town: its ground, its units, its people, its duty list."""
    town = Town()
    _ground(town)
    _units(town)
    _people(town)
    town.people["old_wu"] = accounts.resident_by_phone(phone=OLD_WU_PHONE, now=MONDAY)
    town.people["tenant"] = accounts.resident_by_phone(phone=TENANT_PHONE, now=MONDAY)
    put_duties_in_force()
    return town


@dataclass
class Walked:
    """What the walk through every address needs: see tests/house/routes.py."""

    secrets: list[Secret]
    insiders: list[Visitor]
    outsiders: list[Visitor]
    values: dict[str, list[Any]]
    queries: dict[str, list[str]]
    town: Town


SECRETS = (
    Secret("钥匙在青石巷第七块砖下", "what was said"),
    Secret("楼道水管爆裂请快来", "a row of a hotline file"),
    Secret("https://example.org/", "where a webhook leads"),
    Secret("青石巷七号院", "where somebody lives"),
    Secret("137****7777", "who gets a message"),
    Secret("136****3333", "who checks as a volunteer"),
    Secret("https://city.example.org", "whom this node is linked with"),
    Secret("柜门密码写在便签上", "what an incident of this node says"),
    Secret("重复登记的旧户", "why something is to be deleted"),
)
INSIDE = (
    "keeper", "messenger", "community_worker", "dispatcher", "checker", "old_wu", "manager", "auditor",
    "standards_keeper", "linker", "officer",
)  # fmt: skip


def build() -> Walked:
    """Build the town with one event that holds a secret, and say who may and who may not read it."""
    town = build_town()
    receipt = report(town, f"我叫吴桂芳，电话{OLD_WU_PHONE}，3栋楼道的灯坏了，钥匙在青石巷第七块砖下")
    token = accounts.issue_token(holding=town.holdings["outsider"], name="外县系统", by=accounts.SYSTEM, now=MONDAY)
    return Walked(
        secrets=list(SECRETS),
        insiders=[Visitor(name, town.people[name]) for name in INSIDE],
        outsiders=[
            Visitor("a guest"),
            Visitor("a dispatcher of another county", town.people["outsider"]),
            Visitor("another resident", town.people["tenant"]),
            Visitor("a system of another county", None, {"Authorization": f"Bearer {token.raw}"}),
        ],
        values={
            "number": [receipt.number],
            **_interfaces(town, receipt),
            "act": ["accept"],
            "version_id": [1],
            "kind": ["clocks"],
            **_standards(),
            **people_houses_and_sharing(town, MONDAY),
            **issued_forms(town, MONDAY),
            **issued_by_offices(town, MONDAY),
            **_tickets(town),
            "photo_id": [_photo(receipt).id],
            **_supervised(town, receipt),
            "volunteer_id": [_volunteer(town).id],
            "issue_id": [_hot(town).id],
            "person_id": [town.people["officer"].id],
            **looked_at(town.people["officer"].id, town.units["csgl"].id, MONDAY),
            "shift_id": [_on_duty(town).id],
            "accounts_end_duty_address": [{"address_id": _reached(town).id}],
            "holding_id": [town.holdings["officer"].id],
            "cover_id": [_covered(town).id],
            "token_id": [token.token.id],
            "accounts_close_unit": [{"code": "csgl"}],
            "accounts_post": [{"code": "t-officer"}],
            "desk:plan-change": [{"code": "falling-objects"}],
        },
        queries=_queries(receipt),
        town=town,
    )


def _standards() -> dict[str, list[Any]]:
    """Name the version in force and one of its matters."""
    return {"version": [events.versions(now=MONDAY)[0].duty_list.number], "matter_code": ["T-01"]}


def _interfaces(town: Town, receipt: events.Receipt) -> dict[str, list[Any]]:
    """Report by an app of others, open a webhook, keep a message that could not be delivered."""
    opened = report(town, "楼道灯坏了", channel="open311")
    keeper = town.actor("keeper")
    hook, _secret = events.open_webhook(
        name="市平台", url="https://example.org/", kinds=["event.closed"], by=keeper, now=MONDAY
    )
    return {
        "fmt": ["json", "xml"],
        "service_code": ["T-01"],
        "service_request_id": [opened.number],
        "request_token": [opened.event_id],
        "webhook_id": [hook.id],
        "delivery_id": [events.send_test(webhook=hook, by=keeper, now=MONDAY).id],
        "deed": ["test"],
        "message_id": [_undelivered(town, receipt).id],
        "address_id": [told_at(town, "nanyuan", TENANT_PHONE).id],
    }


def _hot(town: Town) -> events.HotIssue:
    """Let five people report one thing at one place, in words that outsiders must not read."""
    for number, text in enumerate(MIXER):
        report(town, f"钥匙在青石巷第七块砖下，{text}", phone=f"1370000{number:04d}")
    (issue,) = events.find_hot(now=MONDAY)
    return issue


def _queries(receipt: events.Receipt) -> dict[str, list[str]]:
    """Return query strings to try on some routes."""
    return {
        "desk:inbox": ["scope=area&tab=all", "q=楼道", f"q={receipt.number}"],
        "desk:points": ["scope=area&tab=open"],
        "desk:base": ["tab=house", "find=青石巷"],
        "desk:lists": ["list=rented"],
        "desk:base-changes": ["week=2026-06-01", "what=new_record"],
        "exchange:applications": ["tab=all"],
        "exchange:corrections": ["tab=all"],
        "standards:rules": ["last=50"],
        "insight:measures": ["measure=first-dispatch"],
        "insight:behind": ["which=hits"],
    }


def _supervised(town: Town, receipt: events.Receipt) -> dict[str, list[Any]]:
    """Supervise the event in words that outsiders must not read, and let a volunteer be asked about it."""
    asked = events.supervise_events(
        event_ids=[receipt.event_id], level="ordinary", words="钥匙在青石巷第七块砖下，请尽快处理", hours=8,
        by=town.actor("dispatcher"), now=MONDAY,
    )  # fmt: skip
    check = VolunteerCheck.objects.create(event_id=receipt.event_id, asked_at=MONDAY)
    insight.plant_sample_measures(now=MONDAY)
    insight.recount(now=MONDAY)
    request = insight.ask_exclusion(
        event_id=receipt.event_id, measure="response", reason="unreachable", by=town.actor("dispatcher"), now=MONDAY,
        words="钥匙在青石巷第七块砖下，联系不上",
    )  # fmt: skip
    return {
        **looks_and_deferrals(town, receipt, MONDAY),
        "note_id": [asked[0].id],
        "check_id": [check.id],
        "exclusion_id": [request.id],
        "measure": ["response"],
        "insight:behind": [{"code": "first-dispatch"}],
    }


def _volunteer(town: Town) -> events.Volunteer:
    """Let a neighbour be a volunteer checker of one community."""
    accounts.save_post(
        code="volunteer", name="志愿核查员", capabilities=["events.volunteer"], by=accounts.SYSTEM, now=MONDAY
    )
    accounts.resident_by_phone(phone="13600003333", now=MONDAY)
    return events.appoint_volunteer(
        phone="13600003333", unit_id=town.units["xuefu"].id, by=town.actor("manager"), now=MONDAY
    )


def _covered(town: Town) -> Any:
    """Let a colleague cover for an officer for two days."""
    return accounts.lend_holding(
        holding_id=town.holdings["officer"].id, to=town.people["colleague"].id, first=MONDAY.date(),
        ends_at=MONDAY + timedelta(days=2), why="leave", by=town.actor("officer"), now=MONDAY,
    )  # fmt: skip


def _undelivered(town: Town, receipt: events.Receipt) -> Any:
    """Keep a message that could not be delivered."""
    message = accounts.post_message(
        channel="sms", to="13700007777", text="已办结", kind="answer", key="walk", about=receipt.number,
        unit_id=town.units["nanyuan"].id, now=MONDAY,
    )  # fmt: skip
    message.state = "dead"
    message.save()
    return message


def told_at(town: Town, unit: str, phone: str) -> Any:
    """Let a unit be told of new work at a telephone."""
    return add_notice_address(
        unit=town.units[unit], channel="sms", address=phone, by=town.actor("messenger"), now=MONDAY
    )


def _on_duty(town: Town) -> Any:
    """Put an officer on duty for the night."""
    return accounts.plan_shift(
        unit=town.units["csgl"], person=town.people["officer"], starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=14),
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip


def _reached(town: Town) -> Any:
    """Let the officer be told of work while on duty."""
    return accounts.add_duty_address(
        unit=town.units["csgl"], person=town.people["officer"], channel="sms", address="13700007777",
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip


def _tickets(town: Town) -> dict[str, list[Any]]:
    """Import two hotline files: one whose row is taken, one whose row is not."""
    table = "工单编号,内容,联系电话\nT-2,楼道灯不亮请来看看,13800001111\n"
    taken = events.import_tickets(content=table.encode(), name="好.csv", by=town.actor("dispatcher"), now=MONDAY)
    return {
        "file_id": [_imported(town).id, taken.id],
        "ticket_id": [taken.tickets.get().id],
        "form": ["csv", "xlsx"],
    }


def _imported(town: Town) -> Any:
    """Import a hotline file whose only row is not taken."""
    table = "工单编号,内容,联系电话\nT-1,楼道水管爆裂请快来,12\n"
    return events.import_tickets(content=table.encode(), name="工单.csv", by=town.actor("dispatcher"), now=MONDAY)


def _photo(receipt: events.Receipt) -> Any:
    """Add a photo to an event."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    clean = events.clean_photo(out.getvalue())
    return events.add_photos(event_id=receipt.event_id, photos=[clean], by=accounts.SYSTEM, now=MONDAY)[0]


def report(
    town: Town,
    text: str = "3栋楼道灯坏了一周，老人上下楼不方便",
    *,
    now: datetime = MONDAY,
    matter: str | None = "T-01",
    phone: str = OLD_WU_PHONE,
    name: str = "吴桂芳",
    grid: int = 0,
    by: accounts.Actor = accounts.GUEST,
    **more: Any,
) -> events.Receipt:
    """Let somebody report something in the middle of a grid."""
    lng, lat = middle(grid)
    draft = events.ReportDraft(
        text=text, lng=lng, lat=lat, matter_code=matter, reporter_name=name, reporter_phone=phone, **more
    )
    return events.report_event(draft=draft, by=by, now=now)


def middle(grid: int) -> tuple[float, float]:
    """Return a point in the middle of the grid with this number (0 to 3)."""
    return WEST + STEP * (grid + 0.5), SOUTH + STEP * 0.5


def square(grid: int) -> dict[str, Any]:
    """Return the boundary of the grid with this number: four squares in a row."""
    west, east = WEST + STEP * grid, WEST + STEP * (grid + 1)
    ring = [[west, SOUTH], [east, SOUTH], [east, SOUTH + STEP], [west, SOUTH + STEP], [west, SOUTH]]
    return {"type": "Polygon", "coordinates": [ring]}


def _ground(town: Town) -> None:
    made = {"valid_from": SINCE, "by": "测试", "now": MONDAY}
    places = (
        ("province", "990000000000", "虚构省", None),
        ("city", "990100000000", "虚构市", "province"),
        ("county", "990101000000", "青禾县", "city"),
        ("street", "990101001000", "南苑街道", "county"),
        ("nanyuan", "990101001001", "南苑社区", "street"),
        ("xuefu", "990101001002", "学府社区", "street"),
        ("elsewhere", "990102000000", "远山县", "city"),
    )
    for key, code, name, parent in places:
        above = town.divisions[parent] if parent else None
        town.divisions[key] = regions.add_division(code=code, name=name, parent=above, **made)
    for number in range(4):
        community = town.divisions["nanyuan" if number < 2 else "xuefu"]
        drawn = regions.draw_grid(
            community=community, name=f"{number + 1}号网格", boundary=square(number), by="测试", now=MONDAY
        )
        town.grids.append(drawn.grid)


def _units(town: Town) -> None:
    units = (
        ("centre", "zhzx", "县社会治理中心", "centre", "county"),
        ("csgl", "csgl", "城市管理局", "department", "county"),
        ("street", "nyjd", "南苑街道办事处", "street", "street"),
        ("nanyuan", "nysq", "南苑社区居委会", "community", "nanyuan"),
        ("xuefu", "xfsq", "学府社区居委会", "community", "xuefu"),
        ("elsewhere", "yszx", "远山县社会治理中心", "centre", "elsewhere"),
    )
    for key, code, name, kind, division in units:
        town.units[key] = accounts.create_unit(
            code=code, name=name, kind=kind, division_id=town.divisions[division].id, by=accounts.SYSTEM, now=MONDAY
        )


def _people(town: Town) -> None:
    posts = {
        code: accounts.save_post(code=f"t-{code}", name=code, capabilities=held, by=accounts.SYSTEM, now=MONDAY)
        for code, held in POSTS.items()
    }
    for key, name, post, unit, division, grid in PEOPLE:
        person = accounts.create_person(username=key, name=name, by=accounts.SYSTEM, now=MONDAY)
        town.people[key] = person
        town.holdings[key] = accounts.open_holding(
            person=person, post=posts[post], unit=town.units[unit], division_id=town.divisions[division].id,
            grid_id=None if grid is None else town.grids[grid].id, valid_from=SINCE, by=accounts.SYSTEM, now=MONDAY,
        )  # fmt: skip
