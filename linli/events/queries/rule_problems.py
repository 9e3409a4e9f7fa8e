"""What contradicts or leads nowhere in a version: unknown units, duties sent down, rules that can never fire."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linli.accounts import api as accounts
from linli.events.models import DutyList, MatterItem
from linli.events.queries.rulebook import RuleBook, book_of, standing_of_unit
from linli.events.rules.dispatch import BELOW, CENTRE, Duty, may_lead
from linli.events.rules.routing import Rule, hidden_by
from linli.events.rules.standards import Problem, matter_problems, tree_problems
from linli.regions import api as regions

BY_PLACE = {"street", "community", CENTRE}
WRONG = {"reserved": "kept_above", "supporting": "needs_department"}
RULE_WRONG = {"reserved": "rule_above", "supporting": "rule_department"}


def version_problems(duty_list: DutyList) -> list[Problem]:
    """Return everything for which a version may not be put in force, in order."""
    items = list(MatterItem.objects.filter(duty_list=duty_list).order_by("place", "id").values())
    problems = [problem for item in items for problem in matter_problems(item)]
    problems += tree_problems(items)
    problems += [problem for item in items for problem in lead_problems(item)]
    book = book_of(duty_list)
    return [*problems, *area_problems(book), *rule_problems(book)]


def standing_problems(book: RuleBook) -> list[Problem]:
    """Return what was right when it was saved and may have broken since: units closed, areas gone."""
    leads = [problem for duty in book.duties.values() for problem in _unit_problems(duty.code, duty.name, _roles(duty))]
    return [*leads, *area_problems(book), *rule_problems(book)]


def lead_problems(item: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the units of a matter that nobody knows, and a lead that the kind of duty does not allow."""
    yield from _unit_problems(item["code"], item["name"], _roles_of(item))
    if role_is_known(item["lead"]) and not may_lead(item["duty_kind"], standing_of_role(item["lead"])):
        data = {"matter": item["name"], "role": item["lead"]}
        yield Problem(f"matter:{item['code']}", WRONG[item["duty_kind"]], data)


def area_problems(book: RuleBook) -> Iterator[Problem]:
    """Yield what is wrong with the area duties of a version."""
    for (code, division), role in book.exceptions.items():
        subject, duty = f"area:{code}:{division}", book.duties.get(code)
        if duty is None:
            yield Problem(subject, "unknown_matter", {"code": code})
            continue
        about = {"matter": duty.name, "role": role}
        if not area_is_there(division):
            yield Problem(subject, "unknown_area", about)
        if not role_is_known(role):
            yield Problem(subject, "unknown_unit", about)
        elif not may_lead(duty.duty_kind, standing_of_role(role)):
            yield Problem(subject, WRONG[duty.duty_kind], about)


def rule_problems(book: RuleBook) -> Iterator[Problem]:
    """Yield what is wrong with the dispatch rules of a version."""
    duties = list(book.duties.values())
    for place, rule in enumerate(book.rules):
        problems = [*_condition_problems(rule, book), *_target_problems(rule, duties)]
        hiding = hidden_by(rule, book.rules[:place], duties, above=_above)
        if hiding and not problems:
            problems.append(_rule_problem(rule, "rule_hidden", other=hiding.name))
        yield from problems


def role_is_known(role: str) -> bool:
    """Tell whether a role names an open unit, or one by its place."""
    kind, _, code = role.partition(":")
    if not code:
        return kind in BY_PLACE
    unit = accounts.unit_by_code(code)
    return unit is not None and unit.is_open


def standing_of_role(role: str) -> str:
    """Return whether a role is played by a department, the centre, or a unit below them."""
    _kind, _, code = role.partition(":")
    if not code:
        return CENTRE if role == CENTRE else BELOW
    unit = accounts.unit_by_code(code)
    return standing_of_unit(unit.id) if unit else BELOW


def area_is_there(division_id: int) -> bool:
    """Tell whether a division exists and is current."""
    try:
        return regions.division(division_id).is_current
    except regions.UnknownDivisionError:
        return False


def _above(division_id: int) -> Sequence[int]:
    try:
        return regions.division(division_id).path
    except regions.UnknownDivisionError:
        return ()


def _condition_problems(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    asks = (rule.matters, rule.classes, rule.areas, rule.channels, rule.words, rule.grades)
    if not any(asks) and len(rule.hours) == 24:  # noqa: PLR2004  hours of a day
        yield _rule_problem(rule, "rule_empty")
    if not rule.hours:
        yield _rule_problem(rule, "rule_hours")
    for code in sorted(rule.matters - set(book.duties)):
        yield _rule_problem(rule, "rule_matter", code=code)
    for area in sorted(rule.areas):
        if not area_is_there(area):
            yield _rule_problem(rule, "rule_area", area=area)
    if rule.matters <= set(book.duties) and not any(rule.means(duty) for duty in book.duties.values()):
        yield _rule_problem(rule, "rule_never")


def _target_problems(rule: Rule, duties: Sequence[Duty]) -> Iterator[Problem]:
    if not role_is_known(rule.target):
        yield _rule_problem(rule, "rule_unit", role=rule.target)
        return
    standing = standing_of_role(rule.target)
    against = next((one for one in duties if rule.means(one) and not may_lead(one.duty_kind, standing)), None)
    if against:
        yield _rule_problem(rule, RULE_WRONG[against.duty_kind], matter=against.name)


def _rule_problem(rule: Rule, kind: str, **data: Any) -> Problem:
    return Problem(f"rule:{rule.name}", kind, {"rule": rule.name, **data})


def _unit_problems(code: str, name: str, roles: Sequence[str]) -> Iterator[Problem]:
    for role in dict.fromkeys(roles):
        if not role_is_known(role):
            yield Problem(f"matter:{code}", "unknown_unit", {"matter": name, "role": role})


def _roles(duty: Duty) -> list[str]:
    return [duty.lead, duty.fallback, *duty.co_units, *duty.leads.values()]


def _roles_of(item: Mapping[str, Any]) -> list[str]:
    return [item["lead"], item["fallback"], *item["co_units"], *item["leads"].values()]
