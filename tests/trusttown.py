"""What the walker needs of trust: a look that somebody reads of themselves, looks told later, an incident."""

import json
from datetime import datetime, timedelta
from typing import Any

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import Event
from linli.registry import api as registry
from linli.registry.models import Entity
from linli.registry.queries.exporting import as_data
from linli.trust import api as trust
from linli.trust.actions.alerts import raise_alerts
from linli.trust.actions.incidents import open_incident
from linli.trust.models import HeadProblem
from linli.trust.rules.alerts import Sighting
from tests.basetown import WU_ID


def looks_and_deferrals(town: Any, receipt: events.Receipt, now: datetime) -> dict[str, list[Any]]:
    """Let a community worker look at the event, and an auditor propose that looks of a unit are told later."""
    events.look_at_case(number=receipt.number, by=town.actor("community_worker"), now=now)
    trust.load_disclosure_classes()
    unit_id, by = town.units["csgl"].id, town.actor("auditor")
    held = trust.propose_deferral(kind="criminal", unit_id=unit_id, case_ref="1", days=9, by=by, now=now)
    seen = trust.looks_at(trust.oneself(town.actor("old_wu"), now=now), now=now)
    me = _confirmed(town, now)
    asked = trust.ask_right(kind="correct", words="钥匙在青石巷第七块砖下，住址写错了", by=me, now=now)
    Event.objects.filter(number=receipt.number).update(model_version="sample-1")
    incident = _incident(now)
    marked = trust.mark_person(number=WU_ID, words="钥匙在青石巷第七块砖下", by=town.actor("guardian"), now=now)
    return {
        "marked_id": [marked.pk],
        "alert_id": [incident.alerts.get().pk],
        "incident_id": [incident.pk],
        "duty_id": [incident.duties.earliest("due_at").pk],
        "request_id": [asked.id],
        "site:right": [{"number": asked.number}],
        "site:decision": [{"source": "events", "ref": receipt.number}],
        "site:right_take_back": [{"number": asked.number}],
        "entry_id": [seen.items[0].id],
        "deferral_id": [held.id],
        "problem_id": [_conflict(now)],
        "export_id": [_asked_for(town, now).pk],
        **devices_and_assessments(town, now),
    }


def devices_and_assessments(town: Any, now: datetime) -> dict[str, list[Any]]:
    """Let the community write a device down, and the data protection officer assess it; residents may read of both."""
    by, policy = town.actor("community_worker"), trust.ask_less_in_force()
    draft = trust.DeviceDraft(
        name="南门门禁", kind="door", unit_id=town.units["nanyuan"].id, operator="示例物业",
        division_id=town.divisions["nanyuan"].id, address="南门", place="gate", purpose="trust.doors",
        necessity="业主大会决定", signs="门旁有牌",
    )  # fmt: skip
    device = trust.save_device(draft=draft, by=by, now=now)
    assessment = trust.write_assessment(
        sort="device", subject=device.number, answers=dict.fromkeys(policy.questions, "已核对"), risk="low",
        measures="只存七天", conclusion="go", valid_until=now.date() + timedelta(days=200), by=by, now=now,
    )  # fmt: skip
    return {
        "device_number": [device.number],
        "assessment_id": [assessment.pk],
        "desk:devices-file": [{"form": "csv"}, {"form": "xlsx"}],
    }


def _conflict(now: datetime) -> int:
    """Let a linked node refuse a head of this ledger, and return the number of the conflict."""
    return HeadProblem.objects.create(node="city", name="上级平台", ours=True, reason="behind", at=now).pk


def _asked_for(town: Any, now: datetime) -> trust.ExportRequest:
    """Let a community worker ask for a list of many people, with a secret in the reason."""
    worker, wanted = town.actor("community_worker"), as_data(registry.Wanted(), "visit")
    until = now + timedelta(days=1)
    begun = trust.ExportRequest.objects.create(
        kind="registry.list", purpose="registry.visit", wanted=json.dumps(wanted), token="0" * 64, rows=1200, grade=3,
        asked_by_id=worker.person_id, unit_id=town.units["nanyuan"].id, asked_at=now, expires_at=until,
    )  # fmt: skip
    return trust.ask_export(request_id=begun.pk, reason="入户走访，钥匙在青石巷第七块砖下", by=worker, now=now)


def _incident(now: datetime) -> Any:
    """Let the watch see many exports, and somebody make an incident of it."""
    sighting = Sighting("export.peak", "1", "node", seen={"rows": 900, "usual": 10})
    (alert,) = raise_alerts(sightings=[sighting], now=now)
    said = {
        "title": "柜门密码写在便签上，名单外泄", "category": "data", "grade": 3, "operator": "organ",
        "about_people": True, "what": "柜门密码写在便签上，一份名单被带走", "known_at": now,
    }  # fmt: skip
    return open_incident(said=said, by=accounts.SYSTEM, now=now, alert_id=alert.pk)


def _confirmed(town: Any, now: datetime) -> Any:
    """Let old Wu show her identity card at the counter, and return her as who acts."""
    person = Entity.objects.filter(kind="person", label="吴桂芳").latest("id")
    worker = town.actor("community_worker")
    registry.confirm_identity(entity_id=person.id, phone="13800001111", paper="citizen", by=worker, now=now)
    return town.actor("old_wu")
