"""Doors of homes in free text: 3栋2单元501室, 3-2-501室, A座1203, 5楼东户, 三组12号. Offices and estates stay."""

import re
from collections.abc import Iterator

__all__ = ["doors_in", "maybe_doors"]

_N = "(?:[0-9A-Za-z]{1,3}|[一二三四五六七八九十]{1,3})"
_ROOM = "(?:[A-Za-z]?[0-9]{3,4}|[〇零一二三四五六七八九]{3,4})"
_NOT = "(?![0-9]|-[0-9])(?! ?[多余来元年月日米平吨户人家个辆台万%.度])"
_TAIL = "(?:号房|室|房(?![产价源屋型改])|号(?![楼线路井杆灯]))?"
_MORE = f"(?:[、,和及/](?={_ROOM}(?:号房|室)){_ROOM}(?:号房|室))*"
_BUILDING = f"{_N} ?(?:栋|幢|座|号楼|#楼?)[ -]?"
_STAIR = f"{_N} ?(?:单元|门(?!口|诊|前))[ -]?"
_FLOOR = f"{_N} ?[楼层][ -]?"
_DOOR = re.compile(
    f"(?<![0-9A-Za-z])(?:{_BUILDING}(?:{_STAIR})?|{_STAIR})(?:{_FLOOR})?{_ROOM}{_NOT}{_TAIL}{_MORE}"
    f"|(?<![0-9A-Za-z])(?:{_BUILDING}(?:{_STAIR})?(?:{_FLOOR})?|{_STAIR}(?:{_FLOOR})?|{_FLOOR})[东西南北左右中]{{1,2}}户"
    f"|(?<![0-9A-Za-z-])[0-9]{{1,3}}-(?:[0-9]{{1,2}}-)?[A-Za-z]?[0-9]{{3,4}}(?:号房|室|房(?![产价源屋型改]))"
    f"|(?<=[园苑区庭湾邸居里庄寓])[0-9]{{1,3}}-(?:[0-9]{{1,2}}-)?[0-9]{{3,4}}{_NOT}(?!-)(?:房(?![产价源屋型改]))?"
    f"|(?<![0-9A-Za-z-]){_ROOM}(?:号房|室(?![内外友])|房(?![产价源屋型改间租贷子东地]))"
    f"|(?<=组)[0-9]{{1,4}}号(?![楼线路井杆灯])(?:附[0-9]+号)?"
)
_OFFICE = re.compile(
    "(?:政府|政务|大厅|服务中心|办事处|居委会|村委会|党群|派出所|医院|学校|[小中大]学|法院|检察院|[局委厅]|办公楼|办公室|综合楼|机关|窗口"
    "|酒店|宾馆|商场|写字楼|食堂|教学楼)[^,。;:!?\n]{0,5}$"
)
_MAYBE = re.compile(
    f"[\u4e00-\u9fa5]{{2}}[路街巷弄道][0-9]{{1,4}}号(?:附[0-9]+号)?|(?:{_BUILDING}{_STAIR})"
    "|(?:微信|QQ|qq|网名|账号|户号|房号)号?[:是为 ]{0,2}[A-Za-z0-9_-]{4,20}"
)
_BEFORE = 18


def doors_in(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where the door of a home stands; `plain` is in half width."""
    for match in _DOOR.finditer(plain):
        if not _OFFICE.search(plain[max(0, match.start() - _BEFORE) : match.start()]):
            yield match.span()


def maybe_doors(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a home may be told all the same: a house in a street, a staircase, an account; rooms of offices."""
    for pattern in (_DOOR, _MAYBE):
        for match in pattern.finditer(plain):
            yield match.span()
