"""What forms ask for beyond who lives where: what further departments of the demo county say of its people and homes.

Nobody real is meant. Who a department knows follows from a running number, so the same county says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.registry.rules.demo import DemoBase

Values = Mapping[str, Any]
KINDS = ("视力残疾", "听力残疾", "肢体残疾")
TIERS = ("200元", "500元", "1000元")
REASONS = ("因病", "因残", "缺劳力")
RELATIVES = ("建国", "秀英", "小梅", "志强")
PUPILS, GROWN, RETIRED, OLD, OLDEST, WATCHED = range(6, 16), 18, 60, 65, 80, 8


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as the police know them: a running number, what they say, age in years, birthday."""

    number: int
    values: Values
    age: int
    born: date
    is_disabled: bool = False

    def every(self, share: int) -> bool:
        """Tell whether this is one of so many."""
        return self.number % share == 0

    @property
    def own(self) -> dict[str, Any]:
        """By what another source's words are known to be about the same person."""
        return {"name": self.values["name"], "citizen_id": self.values["citizen_id"]}


def let_departments_speak(base: DemoBase, today: date) -> None:
    """Let visits, registers and further departments say of people, homes and shops what forms ask for."""
    visits, cards = _said(base, "visits", "person"), _said(base, "disabled", "person")
    for number, (key, values) in enumerate(_said(base, "police", "person").items()):
        born, own = date.fromisoformat(values["birth_date"]), key[1:]
        one = Known(number, values, (today - born).days // 365, born, f"C{own}" in cards)
        visits[f"V{own}"] |= at_the_door(one)
        if one.is_disabled:
            cards[f"C{own}"] |= _card(one)
        for source, told in at_departments(one, today).items():
            base.say(source, "person", f"{source}-{key}", **one.own, **told)
    _of_households(base)
    _of_houses(base, today)
    _of_shops(base)


def at_the_door(one: Known) -> dict[str, Any]:
    """Return what a grid worker writes down: work, health, and whom to call for the old."""
    told: dict[str, Any] = {
        "hukou_kind": "城镇", "person_class": "常住人口", "health": "残疾" if one.is_disabled else "健康"
    }  # fmt: skip
    if one.age >= GROWN:
        told |= {"political": "13", "occupation": "退休人员" if one.age >= RETIRED else "职员"}
    if one.age >= OLD:
        relative = f"{one.values['name'][0]}{RELATIVES[one.number % len(RELATIVES)]}"
        told |= {"emergency_contact": relative, "emergency_phone": f"1380001{one.number % 10_000:04d}"}
    if one.age in PUPILS and one.every(5):
        told["left_behind"] = "留守儿童"
    if one.age >= GROWN and one.every(15):
        told["post"] = "楼栋长"
    return told


def at_departments(one: Known, today: date) -> dict[str, dict[str, Any]]:
    """Return what each department says of somebody; those that have nothing to say are left out."""
    said = {
        "party": _party(one), "pension": _pension(one, today), "treasury": _treasury(one), "veterans": _veteran(one),
        "schools": _school(one), "health": _health(one),
    }  # fmt: skip
    return {source: told for source, told in said.items() if told}


def _said(base: DemoBase, source: str, kind: str) -> dict[str, dict[str, Any]]:
    return dict(base.said.get((source, kind), ()))


def _of_households(base: DemoBase) -> None:
    """Let the civil affairs office speak of households in need: those of somebody on the dole, and one in eight."""
    poor = {f"P{key[1:]}" for key in _said(base, "civil", "person")}
    assured = {end[1] for bond, start, end, _since, _details in base.ties if bond == "member_of" and start[1] in poor}
    for number, (key, values) in enumerate(_said(base, "police", "household").items()):
        if key not in assured and number % WATCHED:
            continue
        told = {
            "workers": min(2, values["size"]), "income_each": 6000 + number % 7 * 500,
            "poverty_reason": REASONS[number % len(REASONS)], "helper": "帮扶干部甲",
            "helper_phone": f"1380002{number % 10_000:04d}",
        }  # fmt: skip
        if key in assured:
            told |= {"low_income_card": f"DB{number:06d}", "assured": values["size"]}
        own = {code: values[code] for code in ("number", "head_name")}
        base.say("civil", "household", f"M{key[1:]}", **own, **told)


def _of_houses(base: DemoBase, today: date) -> None:
    """Let the register say of each house how it is built, and that of leases since when and how long one is let."""
    for key, values in _said(base, "housing", "house").items():
        values |= {"storeys": 6, "rooms": 3, "nature": "商品房", "fire_equipment": "灭火器"}
        if values["rented"] == "是":
            own = {code: values[code] for code in ("address_code", "address")}
            since, until = today - timedelta(days=200), today + timedelta(days=165)
            base.say("leases", "house", f"leases-{key}", **own, rented_from=since.isoformat(),
                     rented_until=until.isoformat())  # fmt: skip


def _of_shops(base: DemoBase) -> None:
    """Let those who look after fires speak of shops."""
    for number, (key, values) in enumerate(_said(base, "market", "organisation").items()):
        base.say(
            "fire", "organisation", f"fire-{key}", credit_code=values["credit_code"], name=values["name"],
            scope="日用百货零售", fire_key="是" if number % 9 == 0 else "", safety_manager=values["legal_person"],
            safety_phone=values["phone"],
        )  # fmt: skip


def _party(one: Known) -> dict[str, Any]:
    if one.age < GROWN + 5 or not one.every(9):
        return {}
    year = one.born.year + 22
    told = {"political": "01", "joined_party_on": f"{year}-07-01", "full_member_on": f"{year + 1}-07-01",
            "party_branch": "第一党支部"}  # fmt: skip
    return told | ({"party_post": "支部书记"} if one.every(45) else {})


def _pension(one: Known, today: date) -> dict[str, Any]:
    if one.age < GROWN or not one.every(3):
        return {}
    since = max(date(2012, 1, 1), date(one.born.year + GROWN, 1, 1))
    return {"insured_pension": "是", "pension_number": f"YL{one.number:08d}", "insured_tier": TIERS[one.number % 3],
            "insured_from": min(since, today).isoformat()}  # fmt: skip


def _treasury(one: Known) -> dict[str, Any]:
    if one.age < OLDEST and not one.is_disabled:
        return {}
    return {"bank_name": "示例农村商业银行", "bank_account": f"6200{one.number:012d}", "bank_holder": one.own["name"],
            "allowance_kind": "高龄津贴", "allowance_amount": 100 if one.age < OLDEST + 10 else 200}  # fmt: skip


def _veteran(one: Known) -> dict[str, Any]:
    if one.age < GROWN + 10 or one.values["sex"] != "1" or not one.every(11):
        return {}
    year = one.born.year + GROWN
    return {"veteran": "是", "enlisted_on": f"{year}-12-01", "discharged_on": f"{year + 2}-12-01",
            "service_unit": "某部"}  # fmt: skip


def _school(one: Known) -> dict[str, Any]:
    if one.age not in PUPILS:
        return {}
    return {"school": "示例第一学校", "school_grade": f"{min(one.age - 5, 9)}年级"}


def _health(one: Known) -> dict[str, Any]:
    if one.age < RETIRED and not one.is_disabled:
        return {}
    return {"care_ability": "半自理" if one.age >= OLDEST else "能自理"}


def _card(one: Known) -> dict[str, Any]:
    return {"disability_card": f"{one.values['citizen_id']}43", "disability_kind": KINDS[one.number % len(KINDS)]}
