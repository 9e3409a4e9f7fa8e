"""What the words above a column may mean: data elements by name, by whom they are about, and by likeness."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from linli.registry import api as registry
from linli.sheets.rules.groups import PLAIN_GROUPS, is_foreign, is_harmless, is_strange
from linli.sheets.rules.labels import compared, taken_apart
from linli.sheets.rules.lexicon import ANY, Role, Word, alike_names, generic_names, own_names, roles, words
from linli.sheets.rules.patterns import named

BOTH = 0.86
EXACT, JOINED, ROLED, HOPPED, OTHERS = 0.97, 0.95, 0.95, 0.02, 0.25
GENERIC_NAME, HARMLESS, ENDING, LIKE, LEAST = 0.85, 0.89, 0.4, 0.55, 0.3
FAINT = 0.42  # below, nothing is chosen
STRANGE, FOREIGN = 0.86, 0.8  # at most, below a name that is not understood; that it is nothing of the row's
GUESSED = {
    ("house", "person"): 0.25, ("organisation", "person"): 0.15, ("house", "organisation"): 0.5,
    ("organisation", "house"): 0.6, ("household", "house"): 0.1, ("person", "house"): 0.1,
    ("person", "organisation"): 0.2, ("thing", "person"): 0.3, ("thing", "house"): 0.3, ("thing", "organisation"): 0.3,
    ("place", "person"): 0.3, ("place", "house"): 0.25, ("household", "residence"): 0.2, ("house", "residence"): 0.2,
}  # fmt: skip
OF_ONE_PERSON = frozenset(("allowance_amount", "allowance_kind", "allowance_from", "special_group", "person_class"))
OF_THE_ISSUER = frozenset((
    "special_group", "person_class", "hukou_kind", "kind", "type", "nature", "tenure", "use", "post", "service_kind",
    "allowance_kind", "allowance_amount", "allowance_from", "assistance", "assured", "area", "floor_area", "reason",
    "poverty_reason", "helper", "chronic_disease", "safety_grade", "status", "fire_equipment", "went_to", "went_on",
    "low_income_kind", "insured_tier", "medical_kind", "pension_kind", "income",
))  # fmt: skip
VAGUE = 0.88  # at most: each issuer has its own classes, amounts and measures under such names
UNLIKELY = 0.5  # where a household is asked for it, the sum of the household is meant
OF_A_DWELLING = frozenset(("estate", "building_no", "unit_no", "room", "address_code"))  # asked of people as well
DEFAULT_HOPS = {
    ("person", "household"): "household", ("person", "house"): "home", ("person", "residence"): "residence",
    ("person", "organisation"): "workplace", ("person", "building"): "home.building",
    ("household", "person"): "head", ("household", "house"): "home", ("household", "residence"): "head.residence",
    ("household", "building"): "home.building",
    ("house", "person"): "resident", ("house", "household"): "household", ("house", "building"): "building",
    ("house", "residence"): "resident.residence",
    ("organisation", "person"): "operator", ("organisation", "house"): "seat",
    ("place", "person"): "operator", ("place", "house"): "seat",
    ("thing", "person"): "keeper", ("thing", "house"): "seat",
}  # fmt: skip
OF_REGISTRATION = ("户籍", "户口", "原籍", "身份证")
OF_AREA = "area_code"
OF_SOMEBODY = frozenset({"person", ANY, "organisation", "residence", "house"})
_OF_WORK = re.compile(r"单位|企业|公司")
OF_AN_OPERATOR = frozenset(("citizen_id", "sex", "ethnic", "birth_date", "education", "political", "native_place"))
_OF_HOUSES = re.compile(r"[房楼栋幢室宅]|单元|小区|门牌|地址编码|坐落|建筑|租|院")
_RATE = re.compile(r"[/／每](亩|餐|次|头|只|平方米|㎡|吨|公斤|斤|公里|小时|天|日|场|户)")  # no person's
_TAIL = re.compile(r"的?[最]?[后末][一二三四五六七八九\d]位(数字?|号码)?$")
_BRACKETS = re.compile(r"[()（）\[\]【】]")
_SIGNED = re.compile(r"(签字|签名|签章|签收|手印|盖章|画押)(盖章|手印|日期)?$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a column may mean: an element as a path, the name that matched, how sure, and why."""

    element: str
    transform: str
    confidence: float
    why: str
    name: str


NAMED = _("It is called “%(name)s”.")
NAMED_OF = _("“%(name)s” of “%(role)s”.")
NAMED_LIKE = _("Its name is like “%(name)s”.")
ENDS_WITH = _("Its name ends with “%(name)s”.")
OF_ANOTHER = _("It stands below “%(name)s”, which the row is not about.")


def meanings(path: Sequence[str], subject: str, known: frozenset[str]) -> list[Meaning]:
    """Return what a header path may mean for rows of a subject, the surest first.

    `known` are the elements of the dictionary as "kind.code"; what it lacks is not proposed.
    """
    found: dict[str, Meaning] = {}
    is_rate = bool(_RATE.search(path[-1]))
    for one in _within(path, subject, _all(path, subject)):
        if is_rate and one.element.endswith(("allowance_amount", "assistance")):
            continue
        if one.element and f"{registry.kind_at(one.element)}.{one.element.rsplit('.', 1)[-1]}" not in known:
            continue
        if one.element not in found or found[one.element].confidence < one.confidence:
            found[one.element] = one
    return sorted(_by_whole(path, found), key=lambda one: -one.confidence)


def _by_whole(path: Sequence[str], found: Mapping[str, Meaning]) -> Iterator[Meaning]:
    """Let a name together with the one above it say more than it does alone: 残疾情况 over 类别."""
    above = compared(path[-2]) if len(path) > 1 else ""
    stems = {above, *(above.removesuffix(one) for one in PLAIN_GROUPS if above.endswith(one))} - {""}
    wholes = {stem + compared(path[-1]) for stem in stems}
    best = max((one.confidence for one in found.values() if one.element and one.name in wholes), default=0.0)
    for one in found.values():
        is_less = not one.element and best and one.name not in wholes
        yield replace(one, confidence=min(one.confidence, best - 0.01)) if is_less else one


def _within(path: Sequence[str], subject: str, found: Iterable[Meaning]) -> Iterator[Meaning]:
    """Doubt what stands below a name that is not understood, all the more below that of another thing."""
    own = group_role(path, subject) is None and len(path) > 1
    if own and is_foreign(path, subject):
        yield Meaning("", "blank", FOREIGN, OF_ANOTHER, compared(path[-2]))
    noted = any(compared(note) in roles(subject) for note in taken_apart(path[-1]).notes)
    most = STRANGE if noted or (own and is_strange(path)) else 1.0
    if own and is_foreign(path, subject):
        most = FOREIGN - 0.1
    for one in found:
        limit = min(most, VAGUE) if one.element.rsplit(".", 1)[-1] in OF_THE_ISSUER else most
        yield replace(one, confidence=min(one.confidence, limit)) if one.element else one


def role_of(path: Sequence[str], subject: str) -> Role | None:
    """Return whom a header path names: by a name above the leaf, or by how the leaf begins."""
    leaf = compared(path[-1])
    own = next((role for name, role in roles(subject).items() if _is_role_of(leaf, name)), None)
    role = group_role(path, subject)
    is_told = own is not None and "head" in own.path and compared(path[-2] if role else "").endswith(PLAIN_GROUPS)
    return own if role is None or is_told else role


def group_role(path: Sequence[str], subject: str) -> Role | None:
    """Return whom the names above a column name."""
    found = (_role_in_group(compared(part), subject) for part in reversed(path[:-1]))
    return next(filter(None, found), None)


def composed(subject: str, role_path: str, word: Word) -> str:
    """Return the path of a word's element from a subject; empty where no relation leads there."""
    stem = ".".join(filter(None, (subject, role_path)))
    target = registry.kind_at(f"{stem}.x")
    if word.kind in {target, ANY}:
        return f"{stem}.{word.element}"
    hop = DEFAULT_HOPS.get((target, word.kind))
    return f"{stem}.{hop}.{word.element}" if hop else ""


def _all(path: Sequence[str], subject: str) -> Iterator[Meaning]:
    role = role_of(path, subject)
    yield from _registered(path, subject)
    for name, confidence in _names(path):
        yield from _exact(name, subject, confidence, role if len(path) > 1 else None)
        if role is None or len(path) == 1:
            yield from (replace(one, confidence=min(one.confidence, confidence)) for one in _with_role(name, subject))
    if role and len(path) > 1:
        yield from _of_role(compared(path[-1]), role, subject)
    yield from _of_own(compared(path[-1]), subject)
    if _SIGNED.search(compared(path[-1])):
        yield Meaning("", "blank", JOINED, NAMED, compared(path[-1]))
    yield from _ending(compared(path[-1]), subject, role)
    yield from _alike(compared(path[-1]), subject)


def _names(path: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the ways to read a path as one name, with how far each is to be trusted."""
    leaf = taken_apart(path[-1])
    own = compared(path[-1])
    yield own, EXACT
    if (whole := _TAIL.sub("", own)) != own:
        yield whole, EXACT
    if leaf.notes:
        yield compared(_BRACKETS.sub("", path[-1])), EXACT - 0.01
    for note in leaf.notes:
        yield own + compared(note), EXACT - 0.01
    if len(path) > 1:
        above = compared(path[-2])
        yield above + own, JOINED
        for ending in PLAIN_GROUPS:
            if above.endswith(ending):
                yield above.removesuffix(ending) + own, JOINED - 0.01
    for part, confidence in _split(path[-1]):
        yield compared(part), confidence


def _split(text: str) -> Iterable[tuple[str, float]]:
    """Return the first of several names of one thing, as in "村/社区" or "手机或电话"; 及 may join two things."""
    for joint, confidence in (("/", JOINED), ("／", JOINED), ("或", JOINED), ("、", BOTH), ("及", BOTH), ("和", BOTH)):
        if joint in text:
            yield text.split(joint, maxsplit=1)[0], confidence - 0.02


def _exact(name: str, subject: str, confidence: float, role: Role | None) -> Iterator[Meaning]:
    some = named(name)
    near = [word for word in some if word.kind in {subject, ANY}]
    is_own = any(word.kind == subject for word in some)
    for word in some:
        if word.kind in {"", "event"} and subject == "thing" and near:
            continue
        if not word.kind or word.kind == "event":
            if is_own and subject in {"thing", "place"}:  # what means nothing elsewhere has a place there
                continue
            trusted = min(confidence, GENERIC_NAME) if name in generic_names() else confidence
            yield Meaning("", word.transform, trusted, NAMED, name)
            continue
        element = "" if near and word not in near else composed(subject, "", word)
        if not near and _is_another(name, element, subject):
            continue
        loss = HOPPED * (element.count(".") > 1) + OTHERS * (role is not None) + _guessed(subject, word)
        trusted = min(confidence, GENERIC_NAME) if name in generic_names() else confidence
        trusted = trusted if word.is_plain else min(trusted, VAGUE)
        if element:
            yield Meaning(element, word.transform, trusted - loss, NAMED, name)


def _is_another(name: str, element: str, subject: str) -> bool:
    """Tell whether a name begins with somebody else than a column would be about: 家庭成员姓名 is not the head's."""
    role = role_of((name,), subject)
    return role is not None and role.path not in {"", "-"} and not element.startswith(f"{subject}.{role.path}.")


def _guessed(subject: str, word: Word) -> float:
    """Return what is lost where a column asks for data of another record than that of the row."""
    if subject == "household" and word.element in OF_ONE_PERSON:
        return UNLIKELY
    if subject in {"person", "household"} and word.kind == "house" and not _OF_HOUSES.search(word.name):
        return UNLIKELY
    if subject == "person" and word.kind == "organisation" and not _OF_WORK.search(word.name):
        return UNLIKELY
    if subject == "organisation" and word.kind == "person" and word.element not in OF_AN_OPERATOR:
        return UNLIKELY
    return (
        0.0 if word.element in OF_A_DWELLING and subject != "organisation" else GUESSED.get((subject, word.kind), 0.0)
    )


def _with_role(name: str, subject: str) -> Iterator[Meaning]:
    """Read "户主身份证号" as the 身份证号 of the 户主."""
    for own, role in roles(subject).items():
        if _is_role_of(name, own):
            most = GENERIC_NAME if own in generic_names() else 1.0
            for one in _of_role(name.removeprefix(own), role, subject):
                yield replace(one, confidence=min(one.confidence, most))
            return


def _of_role(attribute: str, role: Role, subject: str) -> Iterator[Meaning]:
    attribute = attribute.removeprefix("的").removeprefix(role.name)
    is_name = attribute in {"", "姓名", "名字", "名称", "人", "人姓名"}
    some = [Word("person", "name", "", "姓名")] if is_name else [
        word for word in named(attribute) if word.kind in OF_SOMEBODY
    ]  # fmt: skip
    if role.path == "-" and not role.name_element:
        yield Meaning("", "blank", ROLED, NAMED_OF, f"{role.name}/{attribute}")
        return
    target = registry.kind_at(f"{subject}.{role.path}.x")
    for word in some:
        if word.kind == "organisation" and target == "person":
            continue
        own = role.name_element if word.element == "name" else role.phone_element if word.element == "phone" else ""
        element = _direct(own, subject) if own else "" if role.path == "-" else composed(subject, role.path, word)
        if element:
            trusted = ROLED if word.is_plain or word.name in words() else VAGUE
            yield Meaning(element, word.transform, trusted, NAMED_OF, f"{role.name}/{attribute or word.name}")
    if not some and role.path in {"", "-"}:
        yield Meaning("", "blank", LIKE, NAMED_OF, f"{role.name}/{attribute}")


def _of_own(leaf: str, subject: str) -> Iterator[Meaning]:
    """Read "参保人身份证号" as that of the person of the row."""
    for own in own_names() if subject == "person" else ():
        for word in named(leaf.removeprefix(own)) if leaf.startswith(own) else ():
            if word.kind == "person":
                yield Meaning(composed(subject, "", word), word.transform, ROLED - 0.02, NAMED_OF, f"{own}/{word.name}")


def _direct(element: str, subject: str) -> str:
    return f"{subject}.{element.removeprefix(f'{subject}.')}"


def _registered(path: Sequence[str], subject: str) -> Iterator[Meaning]:
    """Read an address or an area below 户籍 as that of the registration."""
    stem = {"person": "", "household": "head", "house": "resident", "organisation": ""}.get(subject)
    whole = "".join(map(compared, path))
    if stem is None or subject == "organisation" or not whole.startswith(OF_REGISTRATION):
        return
    leaf = compared(path[-1])
    rest = next((leaf.removeprefix(one) for one in OF_REGISTRATION if leaf.startswith(one)), leaf)
    for word in named(rest.removeprefix("所在").removeprefix("地").removeprefix("所属")):
        code = {OF_AREA: "registered_area_code", "address": "registered_address"}.get(word.element)
        if word.kind == "house":
            yield Meaning(_joined(subject, stem, "registered_home", word.element), word.transform, ROLED, NAMED_OF,
                          f"户籍/{word.name}")  # fmt: skip
        if code and word.kind in {ANY, "person"}:
            yield Meaning(_joined(subject, stem, code), word.transform, EXACT + 0.005, NAMED_OF, f"户籍/{word.name}")


def _joined(*parts: str) -> str:
    return ".".join(filter(None, parts))


def _ending(leaf: str, subject: str, role: Role | None) -> Iterator[Meaning]:
    """Read a longer name by the known one it ends with; what stands before mostly changes what it is about.

    Therefore nothing is chosen by an ending but after words that change nothing.
    """
    for start in range(1, len(leaf) - 1):
        some = [word for word in words().get(leaf[start:], ()) if word.kind and word.kind != "event"]
        trusted = HARMLESS if is_harmless(leaf[:start]) else ENDING * (len(leaf) - start) / len(leaf)
        for word in some:
            if element := composed(subject, "" if role is None or role.path == "-" else role.path, word):
                yield Meaning(element, word.transform, trusted - _guessed(subject, word), ENDS_WITH, word.name)
        if some:
            return


def _alike(leaf: str, subject: str) -> Iterator[Meaning]:
    if leaf in words():
        return
    best = [(alike, word) for name, alike in alike_names(leaf, LEAST + 0.15) for word in words()[name]]
    for alike, word in sorted(best, key=lambda one: -one[0])[:5]:
        element = composed(subject, "", word) if word.kind and word.kind != "event" else ""
        if element or not word.kind or word.kind == "event":
            yield Meaning(element, word.transform, LIKE * alike, NAMED_LIKE, word.name)


def _role_in_group(name: str, subject: str) -> Role | None:
    for own, role in roles(subject).items():
        rest = name.removeprefix(own)
        if name.startswith(own) and (not rest or rest.endswith(PLAIN_GROUPS) or rest in {"姓名", "单位", "相关信息"}):
            return role
        if name.endswith(own) and len(own) > 1 and len(name) - len(own) <= 4:  # noqa: PLR2004  "(个人产权)业主"
            return role
    return None


def _is_role_of(name: str, role: str) -> bool:
    """Tell whether a name begins with a role and goes on with what one may know of somebody."""
    if not name.startswith(role):
        return False
    rest = name.removeprefix(role).removeprefix("的")
    return rest in {"", "姓名", "名字", "名称", "人", "人姓名"} or any(
        word.kind in {"person", ANY} for word in named(rest)
    )


__all__ = ["FAINT", "OF_ANOTHER", "Meaning", "composed", "group_role", "meanings", "role_of"]
