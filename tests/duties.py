"""The duty list of the small town: a lamp, a heap of rubbish, a leak of gas."""

from datetime import datetime
from zoneinfo import ZoneInfo

from linli.events import api as events
from tests.snapshot import kept

MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

DUTIES = (
    {"code": "T-01", "name": "楼道照明", "class_path": ["市政", "照明"], "lead": "community", "co_units": ["street"],
     "keywords": ["楼道灯"], "grade": "C", "accept_hours": 2, "contact_hours": 8, "handle_limit": 3,
     "volunteers_may_check": True},
    {"code": "T-02", "name": "暴露垃圾", "class_path": ["市容", "垃圾"], "lead": "department:csgl",
     "co_units": ["community"], "keywords": ["垃圾"], "grade": "B", "accept_hours": 2, "contact_hours": 4,
     "handle_limit": 7, "handle_unit": "work_hour"},
    {"code": "T-03", "name": "燃气泄漏", "class_path": ["安全", "燃气"], "lead": "department:csgl", "grade": "A",
     "keywords": ["燃气"], "accept_hours": 1, "contact_hours": 1, "handle_limit": 2, "handle_unit": "work_hour"},
)  # fmt: skip


@kept
def put_duties_in_force() -> None:
    """Let the list hold from Monday on."""
    listed = events.add_duty_list(name="小镇职责清单", source="测试", items=DUTIES, now=MONDAY, is_sample=True)
    events.put_in_force(duty_list=listed, now=MONDAY)
