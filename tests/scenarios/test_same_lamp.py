"""Story: three neighbours meet the same dark lamp; two follow the first, one reply reaches all; it must not recur."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.events import api as events
from linli.events.models import Event, Follower, Photo
from linli.kernel.tests.deliver import deliver_all
from tests.scenarios.acting import AtDesk, WithPhone, facts_of, ledger_of, number_in, photo_with_place, steps_of
from tests.town import MONDAY, OLD_WU_PHONE, TENANT_PHONE, report

THIRD_PHONE = "13700003333"
LAMP = "3栋楼道灯坏了一周，老人上下楼不方便"


def follows(phone, text, division, **more):
    """Report and say on the way that it is the same; return the person and their own number."""
    neighbour = WithPhone(phone)
    assert neighbour.browser.post("/report", {"text": text, **more}).status_code == 302
    answer = neighbour.browser.post("/report/where", {"division": division})
    assert answer["Location"] == "/report/near"
    page = neighbour.browser.get("/report/near")
    (same,) = page.context["near"]
    assert "吴桂芳" not in page.content.decode()
    assert neighbour.browser.post("/report/near", {"same": same["event_id"]})["Location"] == "/report/who"
    assert neighbour.browser.post("/report/who", {"phone": phone})["Location"] == "/report/receipt"
    return neighbour, number_in(neighbour.browser.get("/report/receipt").content.decode())


def test_three_neighbours_one_event_one_reply_each(town, clock):
    here = town.divisions["nanyuan"].id
    first = WithPhone(OLD_WU_PHONE)
    lamp = number_in(first.report(LAMP, division=here, phone=OLD_WU_PHONE, name="吴桂芳"))
    second, two = follows(TENANT_PHONE, "3栋楼道灯坏了，晚上看不见", here)
    third, three = follows(THIRD_PHONE, "楼道灯一直不亮，怕老人摔倒", here)
    assert Event.objects.count() == 1
    assert len({lamp, two, three}) == 3
    community, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["checker"])
    assert "另有 2 人遇到同样问题" in community.event(lamp)
    community.do(lamp, "accept")
    community.do(lamp, "submit", answer="灯已换成新的，请您晚上看看。")
    checker.do(lamp, "pass", reason="solved", answer="")
    for neighbour, number in ((first, lamp), (second, two), (third, three)):
        neighbour.enter()
        assert "灯已换成新的" in neighbour.case(number)
        assert number in neighbour.browser.get("/follow").content.decode()
    assert facts_of(lamp).count("EventClosed") == 1
    assert facts_of(lamp).count("ReplyGiven") == 2
    assert Follower.objects.exclude(told_at=None).count() == 2
    second.case(three, status=404)


def shown(who, address):
    answer = who.browser.get(address)
    return answer.status_code == 200 and bool(b"".join(answer))


def test_the_photo_of_a_neighbour_is_for_staff_and_that_neighbour(town, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    here = town.divisions["nanyuan"].id
    first = WithPhone(OLD_WU_PHONE)
    lamp = number_in(first.report(LAMP, division=here, phone=OLD_WU_PHONE, name="吴桂芳"))
    neighbour, two = follows(TENANT_PHONE, "3栋楼道灯坏了，晚上看不见", here, photos=[photo_with_place()])
    (photo,) = Photo.objects.all()
    assert (photo.kind, photo.follower.number) == ("follower", two)
    with photo.public.open("rb") as file, Image.open(file) as picture:
        assert not picture.getexif()
    address = f"/photos/{photo.id}"
    worker = AtDesk(town.people["community_worker"])
    assert address in worker.event(lamp)
    assert shown(worker, address)
    neighbour.enter()
    assert address in neighbour.case(two)
    assert shown(neighbour, address)
    first.enter()
    assert address not in first.case(lamp)
    assert not shown(first, address)
    assert not shown(WithPhone(THIRD_PHONE), address)
    assert not list((tmp_path / "drafts").iterdir())


def again(neighbour, text, division, **more):
    """Report once more while signed in, say that it is the same, and return the receipt page."""
    neighbour.browser.post("/report", {"text": text, **more})
    neighbour.browser.post("/report/where", {"division": division})
    (same,) = neighbour.browser.get("/report/near").context["near"]
    neighbour.browser.post("/report/near", {"same": same["event_id"]})
    assert neighbour.browser.post("/report/who", {"phone": ""})["Location"] == "/report/receipt"
    return neighbour.browser.get("/report/receipt").content.decode()


def test_who_follows_already_adds_photos_by_reporting_again_and_keeps_their_number(town, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    here, said = town.divisions["nanyuan"].id, "3栋楼道灯坏了，晚上看不见"
    first = WithPhone(OLD_WU_PHONE)
    lamp = number_in(first.report(LAMP, division=here, phone=OLD_WU_PHONE, name="吴桂芳"))
    neighbour, two = follows(TENANT_PHONE, said, here)
    neighbour.enter()
    page = again(neighbour, "3栋楼道灯还是坏的，灯罩也掉了", here, photos=[photo_with_place()])
    assert number_in(page) == two
    assert "您已反映过这件事" in page
    assert f"{town.units['nanyuan'].name}已收到您补充的内容" in page
    assert "没有留手机号" not in page, "the phone they signed in with is theirs"
    (photo,) = Photo.objects.all()
    assert (photo.kind, photo.follower.number) == ("follower", two)
    address, worker = f"/photos/{photo.id}", AtDesk(town.people["community_worker"])
    assert "灯罩也掉了" in worker.event(lamp)
    assert address in worker.event(lamp)
    assert shown(worker, address)
    assert address in neighbour.case(two)
    assert shown(neighbour, address)
    first.enter()
    assert address not in first.case(lamp)
    assert "灯罩" not in first.case(lamp)
    assert not shown(first, address)

    page = again(neighbour, said, here, photos=[photo_with_place()])
    assert "补充的内容" not in page, "nothing of it is new"
    assert Photo.objects.count() == 1
    assert steps_of(lamp) == ["report", "dispatch", "follow", "follow_again"]
    assert ledger_of(lamp)[-1] == ("resident", "follow_again", "photo")
    assert (Follower.objects.count(), facts_of(lamp).count("EventFollowed")) == (1, 1)


def test_who_reported_it_adds_to_their_own_report_by_reporting_again(town, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    here = town.divisions["nanyuan"].id
    first = WithPhone(OLD_WU_PHONE)
    lamp = number_in(first.report(LAMP, division=here, phone=OLD_WU_PHONE, name="吴桂芳"))
    first.enter()
    assert number_in(again(first, "3栋楼道灯还是坏的", here, photos=[photo_with_place()])) == lamp
    (photo,) = Photo.objects.all()
    assert (photo.kind, photo.follower) == ("report", None)
    page = first.case(lamp)
    assert "还是坏的" in page
    assert f"/photos/{photo.id}" in page
    assert not Follower.objects.exists()


def test_a_photo_that_is_none_is_refused_before_anybody_follows(town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    wrong = SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")
    answer = WithPhone(TENANT_PHONE).browser.post("/report", {"text": LAMP, "photos": [wrong]})
    assert answer.status_code == 422


def test_the_form_says_who_reads_the_words_of_a_merge(town):
    lamp = report(town, LAMP)
    page = AtDesk(town.people["community_worker"]).event(lamp.number)
    assert page.count("反映人会看到") >= 1


def test_who_says_no_reports_a_new_one(town):
    here = town.divisions["nanyuan"].id
    WithPhone(OLD_WU_PHONE).report(LAMP, division=here, phone=OLD_WU_PHONE)
    neighbour = WithPhone(TENANT_PHONE)
    neighbour.browser.post("/report", {"text": "3栋楼道灯坏了，是另外一盏"})
    neighbour.browser.post("/report/where", {"division": here})
    assert neighbour.browser.post("/report/near", {"new": "1"})["Location"] == "/report/who"
    neighbour.browser.post("/report/who", {"phone": TENANT_PHONE})
    assert Event.objects.count() == 2
    assert not Follower.objects.exists()


def test_the_desk_merges_what_came_in_twice_and_takes_it_apart_again(town):
    one, other = report(town, LAMP), report(town, "楼道里黑漆漆的，灯不亮", phone=TENANT_PHONE)
    community = AtDesk(town.people["community_worker"])
    for wrong in (other.number, "没有这个号"):
        assert community._send(other.number, "merge", {"number": wrong}).status_code == 422
    assert community._send(other.number, "merge", {"number": one.number}).status_code == 302
    tenant = WithPhone(TENANT_PHONE)
    tenant.enter()
    assert "合在一起办理" in tenant.case(other.number)
    community.do(other.number, "split", words="是另一盏灯")
    assert Event.objects.get(number=other.number).state == "dispatched"


def test_what_recurs_is_cured_at_the_source_once(town, clock):
    rules = {"T-01": {"recur_count": 3, "recur_days": 30}}
    policy = events.add_group_policy(rules=rules, source="测试", now=MONDAY)
    events.put_group_policy_in_force(policy=policy, at=MONDAY - timedelta(days=1))
    for day in range(4):
        report(town, LAMP, now=MONDAY + timedelta(days=day), phone="")
        deliver_all()
    source = Event.objects.get(channel="source")
    page = AtDesk(town.people["community_worker"]).event(source.number)
    assert "源头治理" in page
    assert page.count("起因之一") == 4
