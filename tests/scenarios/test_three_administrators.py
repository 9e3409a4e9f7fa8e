"""Story: three administrators; one opens an account, one gives it rights, one reads both, none of them sees people."""

import pytest
import yaml
from django.db import IntegrityError, connection, transaction

from linli.accounts import api as accounts
from linli.accounts.models import Holding, Person, Post
from linli.registry.models import Entity
from linli.site.actions.config import config_text, take_config
from linli.site.slots import ConfigRefusedError
from linli.trust import api as trust
from linli.trust.models import LedgerEntry
from tests.basetown import plant
from tests.scenarios.acting import AtDesk
from tests.town import MONDAY, OLD_WU_PHONE, report

THREE = ("manager", "guardian", "auditor")


@pytest.fixture
def three(town):
    """The security administrator gives rights; from then on nobody else does."""
    accounts.save_post(
        code="t-guardian", name="安全管理员", capabilities=["accounts.grant", "trust.purposes"], by=accounts.SYSTEM,
        now=MONDAY,
    )  # fmt: skip
    return {name: AtDesk(town.people[name]) for name in THREE}


def give(desk, person, post, unit):
    said = {"post": post.pk, "unit": unit.pk, "valid_from": MONDAY.date().isoformat()}
    return desk.browser.post(f"/console/accounts/people/{person.pk}/posts", said)


def test_one_opens_one_gives_one_reads(town, three):
    manager, guardian, auditor = (three[name] for name in THREE)
    new = {"username": "xinren", "name": "新人"}
    assert guardian.browser.post("/console/accounts/people/new", new).status_code == 422
    assert auditor.browser.post("/console/accounts/people/new", new).status_code == 403
    assert manager.browser.post("/console/accounts/people/new", new).status_code == 302
    person, post = Person.objects.get(username="xinren"), Post.objects.get(code="t-officer")
    refused = give(manager, person, post, town.units["csgl"])
    assert refused.status_code == 422
    assert "安全管理员" in refused.content.decode()
    assert give(auditor, person, post, town.units["csgl"]).status_code == 403
    assert give(guardian, person, post, town.units["csgl"]).status_code == 302
    held = Holding.objects.get(person=person)
    rows = LedgerEntry.objects.filter(purpose="accounts.rights").order_by("id")
    told = {(row.action, row.object_id): row.person_id for row in rows}
    assert told["create", str(person.pk)] == manager.person.pk
    assert told["give", str(held.pk)] == guardian.person.pk
    page = auditor.page("/console/trust/ledger")
    assert "账号与岗位管理" in page
    assert str(held.pk) in page
    for name in ("manager", "guardian"):
        three[name].page("/console/trust/ledger", status=403)
    trust.seal_once(now=MONDAY)
    assert trust.verify_ledger().ok


def by_sql(person, post):
    """Write a holding past every action."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_holding (id, person_id, post_id, unit_id, division_id, valid_from)"
            " SELECT gen_random_uuid(), person_id, %s, unit_id, division_id, valid_from FROM accounts_holding"
            " WHERE person_id = %s",
            [post.pk, person.pk],
        )


TWO = [("manager", "t-auditor"), ("auditor", "t-manager"), ("manager", "t-guardian")]


@pytest.mark.parametrize(("who", "post"), TWO)
def test_nobody_gets_a_second_office_by_page_by_call_or_by_sql(town, three, who, post):
    person, wanted, centre = town.people[who], Post.objects.get(code=post), town.units["centre"]
    answer = give(three["guardian"], person, wanted, centre)
    assert answer.status_code == 422
    assert "不得由同一人兼任" in answer.content.decode()
    with pytest.raises(accounts.TwoOfficesError):
        accounts.open_holding(person=person, post=wanted, unit=centre, by=accounts.SYSTEM, now=MONDAY)
    assert Holding.objects.filter(person=person).count() == 1
    row = {"person": person, "post": wanted, "unit": centre, "division": centre.division, "valid_from": MONDAY.date()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        by_sql(person, wanted)
    both = sorted({*wanted.capabilities, *town.holdings[who].post.capabilities})
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(code=post).update(capabilities=both)


def test_nor_by_the_configuration_file(town, three):
    data = yaml.safe_load(config_text(now=MONDAY))
    for post in data["posts"]:
        if post["code"] == "t-auditor":
            post["capabilities"] = [*post["capabilities"], "accounts.grant"]
    text = yaml.safe_dump(data, allow_unicode=True)
    with pytest.raises((ConfigRefusedError, accounts.TwoOfficesError)):
        take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    assert "accounts.grant" not in Post.objects.get(code="t-auditor").capabilities
    for name in ("manager", "auditor"):
        taken = take_config(text=text, by=town.actor(name), now=MONDAY)
        assert "posts" not in {one.code for one in taken}
    assert "accounts.grant" not in Post.objects.get(code="t-auditor").capabilities


def test_nor_by_leave_cover(town, three):
    manager, auditor = town.holdings["manager"], town.people["auditor"]
    page = three["manager"].page("/desk/cover")
    assert "此岗位没有可代办的事项" in page
    with pytest.raises(accounts.CoverRefusedError):
        accounts.lend_holding(
            holding_id=manager.pk, to=auditor.pk, first=MONDAY.date(), ends_at=MONDAY.replace(hour=23), why="leave",
            by=town.actor("manager"), now=MONDAY, capabilities=["accounts.manage"],
        )  # fmt: skip
    row = {
        "person": auditor, "post": manager.post, "unit": manager.unit, "division": manager.division,
        "valid_from": MONDAY.date(), "valid_to": MONDAY.date(), "ends_at": MONDAY.replace(hour=23),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(**row, lent_by=manager, capabilities=["accounts.manage"])
    assert not Holding.objects.filter(lent_by__isnull=False).exists()


@pytest.mark.parametrize("name", THREE)
def test_none_of_them_sees_people_by_that_right(town, three, name):
    wu, _house = plant(town, MONDAY)
    number, desk = report(town).number, three[name]
    for path in ("/desk/base", f"/desk/base/{wu}", "/desk/", f"/desk/e/{number}", "/desk/rights", "/desk/base/changes"):
        answer = desk.browser.get(path)
        assert answer.status_code in {302, 403, 404}, path
        assert OLD_WU_PHONE not in answer.content.decode()
    assert not trust.visible(town.actor(name), "registry.see", Entity.objects.all()).exists()
    ledger = desk.browser.get("/console/trust/ledger").content.decode()
    assert "吴桂芳" not in ledger
    assert OLD_WU_PHONE not in ledger
