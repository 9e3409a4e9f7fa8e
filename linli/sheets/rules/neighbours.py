"""What the columns of one table tell about each other: whose telephone it is, and what was asked for already."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_noop as _

from linli.registry import api as registry
from linli.sheets.rules.groups import SOMEBODY, is_foreign, is_person, is_plain
from linli.sheets.rules.labels import compared
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.lexicon import Role, own_names, role_names, roles
from linli.sheets.rules.meanings import FAINT, OF_ANOTHER, Meaning, group_role

FOLLOWS, FOLLOWS_ALONE, OUTSIDE, ASKED_TWICE, UNASKED = 0.88, 0.8, 0.88, 0.58, 0.66
FIRST_NAME = 0.86  # the only name of a list of people, whatever it is called
OF_A_PERSON = frozenset(
    (
        "citizen_id",
        "sex",
        "birth_date",
        "phone",
        "ethnic",
        "employer",
        "address",
        "registered_address",
        "education",
        "political",
        "disability_kind",
        "care_ability",
        "support_mode",
        "health",
    )
)
OF_A_BANK = frozenset(("bank_account", "bank_name", "bank_holder"))
NAMES, PLAIN_NAMES = {"name", "head_name"}, {"姓名", "名字"}
PHONE_OF = {"emergency_contact": "emergency_phone", "helper": "helper_phone", "safety_manager": "safety_phone"}
OFSOMEBODY = {"phone", "citizen_id", "post", "political", "sex"}  # what is asked of a grid worker or a doctor as well
_IN_NEED = re.compile(r"紧急|应急|家属|亲属|帮扶")
_CONTACT = re.compile(r"(的)?(联系|联络)?(电话|手机|方式)(号码?)?$")
_WHOSE = ("本人", "个人", "单位", "企业", "公司", "机构", "场所", "店", "家庭")
_RELATION = re.compile(r"关系$")
OF_THE_ONE_BEFORE = _("It stands behind “%(name)s”.")
ONLY_NAME = _("It is the only name that the list asks for.")


def settled(table: Table, subject: str, found: Sequence[list[Meaning]]) -> list[list[Meaning]]:
    """Return the meanings of all columns, after each has heard its neighbours."""
    named, own = _named(table, subject, [list(some) for some in found])
    named = _strangers(table, subject, named)
    kept = [_of_own(table, column.path, some, own) if subject == "person" else list(some)
            for column, some in zip(table.columns, named, strict=True)]  # fmt: skip
    return _once(_banked(subject, _followed(table, subject, _numbered(kept))))


def _strangers(table: Table, subject: str, found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Take what stands below somebody who is not known, such as 保证人, as that one's, where the row's own is asked."""
    groups = [one.path[:-1] for one in table.columns]
    names = {f"{_own(subject)}.name", "household.head_name"}
    mine = next((group for group, some in zip(groups, found, strict=True)
                 if some and some[0].element in names and _are_plain(group)), None)  # fmt: skip
    named = {one.path[:-1] for one in table.columns if compared(one.path[-1]) in PLAIN_NAMES}
    for place, group in enumerate(groups if mine is not None else ()):
        if not group or group == mine or group_role(table.columns[place].path, subject):
            continue
        if group in named or (is_person(compared(group[-1])) and not _are_plain(group)):
            rest = [replace(one, confidence=min(one.confidence, ASKED_TWICE)) for one in found[place]]
            found[place] = [Meaning("", "blank", FOLLOWS_ALONE, OF_ANOTHER, compared(group[-1])), *rest]
    return found


def _are_plain(group: tuple[str, ...]) -> bool:
    return all(is_plain(compared(part)) for part in group)


def _banked(subject: str, found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Let bank, holder and account be those of one person, where one of the columns says whose account it is."""
    places = [place for place, some in enumerate(found) if some and some[0].confidence >= FAINT
              and some[0].element.rsplit(".", 1)[-1] in OF_A_BANK]  # fmt: skip
    stems = {found[place][0].element.rsplit(".", 1)[0] for place in places}
    others = stems - {_own(subject)}
    if len(stems) < 2 or len(others) != 1:  # noqa: PLR2004  all say the same, or too much is said
        return found
    for place in places:
        stem, code = found[place][0].element.rsplit(".", 1)
        if stem == _own(subject):
            found[place] = _about(found[place], f"{next(iter(others))}.{code}", is_asked=True)
    return found


def _named(table: Table, subject: str, found: list[list[Meaning]]) -> tuple[list[list[Meaning]], str]:
    """Settle which name of several is that of the row, and return the noun by which it goes: 老人 in 老人姓名.

    A plain 姓名 is; else the one whose noun the title has; else the first, be it called in a way that is not known.
    """
    if subject not in {"person", "house"}:
        return found, ""
    stem = _own(subject)
    places = [place for place in range(len(found)) if _may_be_own(table, subject, place, found[place])]
    plain = [place for place in places if compared(table.columns[place].path[-1]) in PLAIN_NAMES]
    titled = [place for place in places if _noun(table, place) and _noun(table, place) in table.title]
    chosen = next(iter((*plain, *titled, *places)), None)
    if chosen is None:
        return found, ""
    for place in places:
        best = found[place][0] if found[place] else None
        is_own = best is not None and best.element == f"{stem}.name" and best.confidence >= FAINT
        if place == chosen and not is_own:
            found[place] = [Meaning(f"{stem}.name", "", FIRST_NAME, ONLY_NAME, _noun(table, place)), *found[place]]
        elif place != chosen and is_own and len(table.columns[place].path) == 1:
            found[place] = [Meaning("", "blank", UNASKED, OF_ANOTHER, _noun(table, place)), *found[place]]
    return found, _noun(table, chosen)


def _noun(table: Table, place: int) -> str:
    return compared(table.columns[place].path[-1]).removesuffix("姓名").removesuffix("名称")


def _may_be_own(table: Table, subject: str, place: int, some: Sequence[Meaning]) -> bool:
    """Tell whether a column may ask for the name of whom the row is about."""
    path = table.columns[place].path
    name, best = compared(path[-1]), some[0] if some and some[0].confidence >= FAINT else None
    if best and best.element:
        return best.element == f"{_own(subject)}.name" and (
            not SOMEBODY.search(name) or _noun(table, place) in table.title
        )
    if best or len(path) > 1 or (SOMEBODY.search(name) and _noun(table, place) not in table.title):
        return False
    if subject == "house":
        return name.endswith("姓名") and name.startswith(("用户", "住户", "居民", "使用"))
    return name.endswith("姓名") or (name.endswith("名称") and name.startswith(("客户", "用户", "人员", "对象")))


def _of_own(table: Table, path: tuple[str, ...], some: Sequence[Meaning], own: str) -> list[Meaning]:
    """Take back what was read as the row's own because of a noun by which somebody else goes."""
    noun = next((one.name.partition("/")[0] for one in some[:1] if "/" in one.name), "")
    if noun not in own_names() or noun in table.title or noun == own or len(path) > 1:
        return list(some)
    if not is_foreign((noun, ""), "person") and not any(_asks_for(one.path, noun) for one in table.columns):
        return list(some)
    return [Meaning("", "blank", UNASKED, OF_ANOTHER, noun), *(replace(one, confidence=ASKED_TWICE) for one in some)]


def _asks_for(path: tuple[str, ...], noun: str) -> bool:
    """Tell whether a column asks for the name of somebody who goes by a noun."""
    return compared(path[-1]) in {noun, f"{noun}姓名"} or (len(path) > 1 and compared(path[-2]).startswith(noun))


def _says_whose(leaf: str) -> bool:
    """Tell whether a name says whose data it asks for, as in 本人电话, 业主电话, 单位电话."""
    return leaf.startswith(_WHOSE) or any(leaf.startswith(one) for one in (*own_names(), *role_names()))


def _numbered(found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Keep one number of the row, in front: what is called a number further on is that of something."""
    seen = False
    for place, some in enumerate(found):
        if some and some[0].transform == "row_number":
            if seen or place > 1:
                found[place] = [Meaning("", "blank", UNASKED, some[0].why, some[0].name), *some]
            seen = True
    return found


def _followed(table: Table, subject: str, found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Let what follows the name of somebody be about that person, where the row's own subject has been asked for it."""
    paths = [column.path for column in table.columns]
    own, told = _own(subject), _Told()
    plain = {"organisation": "organisation.phone"}.get(subject, f"{own}.phone")
    told.phones = sum(bool(some) and some[0].element == plain for some in found)
    for place, some in enumerate(found):
        if other := _called_short(paths, place, found):
            found[place] = other
            continue
        if not some or some[0].confidence < FAINT or not some[0].element:
            told.saw(paths[place], place, known=roles(subject))
            continue
        stem, code = some[0].element.rsplit(".", 1)
        group, is_told = paths[place][:-1], _says_whose(compared(paths[place][-1]))
        if not is_told and (other := told.of_contact(some, code, place, group)):
            found[place] = other
        elif code in PHONE_OF:
            told.contact, told.place_of_contact, told.name_of_contact = some[0].element, place, paths[place][-1]
            told.group_before = group
        elif code in NAMES or code == "legal_person":
            told.heard(some[0].element, group, place, is_own=stem == own)
        elif stem == own and code in OF_A_PERSON and not group and not is_told:
            found[place] = told.about(some, code, place)
        told.asked.add(found[place][0].element)
    return found


def _called_short(paths: Sequence[tuple[str, ...]], place: int, found: Sequence[list[Meaning]]) -> list[Meaning]:
    """Read 责任人电话 behind 消防安全责任人 as that one's telephone."""
    some, before = found[place], _asked_at(found, place - 1) if place else ""
    leaf = compared(paths[place][-1])
    match = _CONTACT.search(leaf)
    if not match or not before or _asked_at(found, place):
        return []
    stem, _dot, code = before.rpartition(".")
    name, short = compared(paths[place - 1][-1]).removesuffix("姓名"), leaf[: match.start()]
    phone = PHONE_OF.get(code) or ("phone" if code in NAMES | {"legal_person"} else "")
    if len(short) < 2 or not name.endswith(short) or not phone:  # noqa: PLR2004  one letter names nobody
        return []
    whose = _stem_of(before) if code == "head_name" else stem
    return [Meaning(f"{whose}.{phone}", "", FOLLOWS, OF_THE_ONE_BEFORE, name), *some]


def _asked_at(found: Sequence[list[Meaning]], place: int) -> str:
    """Return the element that a column asks for; empty where none is chosen."""
    some = found[place]
    return some[0].element if some and some[0].confidence >= FAINT else ""


@dataclass
class _Told:
    """Whose name came last, where, in which group, and what has been asked for."""

    current: str = ""
    group: tuple[str, ...] = ()
    place: int = -1
    own_group: tuple[str, ...] = ()
    has_own: bool = False
    phones: int = 0
    group_before: tuple[str, ...] = ()
    somebody: str = ""
    place_of_somebody: int = -9
    contact: str = ""
    place_of_contact: int = -9
    name_of_contact: str = ""
    asked: set[str] = field(default_factory=set)

    def heard(self, element: str, group: tuple[str, ...], place: int, *, is_own: bool) -> None:
        """Keep whose name was asked for."""
        self.current, self.group, self.place = _stem_of(element), group, place
        if is_own:
            self.own_group, self.has_own = group, True

    def saw(self, path: tuple[str, ...], place: int, *, known: Mapping[str, Role]) -> None:
        """Keep that somebody was named whom the base does not know, or that only a relation was asked for."""
        leaf = compared(path[-1])
        role = known.get(leaf.removesuffix("姓名"))
        is_somebody = bool(SOMEBODY.search(leaf)) or (len(path) == 1 and is_person(leaf))
        if (len(path) == 1 or is_somebody) and ((role and role.path == "-") or is_somebody):
            self.somebody, self.place_of_somebody, self.group_before = leaf, place, path[:-1]
        elif _RELATION.search(leaf):
            self.place += self.place == place - 1
            self.place_of_contact += self.place_of_contact == place - 1
            self.place_of_somebody += self.place_of_somebody == place - 1

    def of_contact(self, some: list[Meaning], code: str, place: int, group: tuple[str, ...]) -> list[Meaning]:
        """Return what a plain column means right behind a contact, or behind somebody whom the base does not know."""
        if group != self.group_before:
            return []
        is_theirs = self.phones > 1 or _IN_NEED.search(self.name_of_contact)
        if code == "phone" and self.place_of_contact == place - 1 and is_theirs:
            stem, _dot, contact = self.contact.rpartition(".")
            found = replace(some[0], element=f"{stem}.{PHONE_OF[contact]}", confidence=FOLLOWS_ALONE)
            return [found, replace(some[0], confidence=ASKED_TWICE), *some[1:]]
        if code in OFSOMEBODY and self.place_of_somebody == place - 1 and some[0].name != self.somebody:
            self.place_of_somebody = place
            found = Meaning("", "blank", FOLLOWS_ALONE, OF_THE_ONE_BEFORE, self.somebody)
            return [found, replace(some[0], confidence=ASKED_TWICE), *some[1:]]
        return []

    def about(self, some: list[Meaning], code: str, place: int) -> list[Meaning]:
        """Return what a plain column means after the names that came before it."""
        best = some[0]
        if best.element.rsplit(".", 1)[0] != self.current and self.current and not self.group:
            is_asked = best.element in self.asked
            follows = place == self.place + 1 and code == "phone"
            if is_asked or follows or not self.has_own:
                return _about(some, f"{self.current}.{code}", is_asked=is_asked)
        if self.own_group:
            return [replace(best, confidence=min(best.confidence, OUTSIDE)), *some[1:]]
        return some


def _own(subject: str) -> str:
    """Return the path to the person whom an unqualified column of a list is about."""
    return {"household": "household.head", "house": "house.resident"}.get(subject, subject)


def _stem_of(element: str) -> str:
    if element.endswith("household.head_name"):
        return element.removesuffix("_name")
    return "" if element.endswith("legal_person") else element.rsplit(".", 1)[0]


def _about(some: list[Meaning], element: str, *, is_asked: bool) -> list[Meaning]:
    """Put the person named before first."""
    if not registry.kind_at(element):
        return some
    best = some[0]
    confidence = min(best.confidence, FOLLOWS if is_asked else FOLLOWS_ALONE)
    if element.startswith("house."):
        confidence = min(best.confidence, 0.93)
    return [
        replace(best, element=element, confidence=confidence),
        replace(best, confidence=confidence - 0.1),
        *some[1:],
    ]


def _once(found: list[list[Meaning]]) -> list[list[Meaning]]:
    """Doubt the second column that asks for the same in the same words' meaning."""
    seen: dict[tuple[str, str], int] = {}
    for place, some in enumerate(found):
        if not some or not some[0].element:
            continue
        key = (some[0].element, some[0].transform)
        if key not in seen:
            seen[key] = place
            continue
        weaker = place if found[seen[key]][0].confidence >= some[0].confidence else seen[key]
        best = found[weaker][0]
        rest = [one for one in found[weaker][1:] if (one.element, one.transform) not in seen]
        if rest and rest[0].confidence > ASKED_TWICE:
            found[weaker] = [replace(rest[0], confidence=min(rest[0].confidence, FOLLOWS_ALONE)), *rest[1:]]
        else:
            found[weaker] = [replace(best, confidence=min(best.confidence, ASKED_TWICE)), *found[weaker][1:]]
        seen[key] = place if weaker == seen[key] else seen[key]
    return found


__all__ = ["settled"]
