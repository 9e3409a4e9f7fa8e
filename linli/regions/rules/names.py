"""Which forms a place's name takes in Chinese speech: 南苑街道, 南苑街道办事处, 南苑; 第三网格, 3号网格."""

import re
import unicodedata
from collections.abc import Iterator

_STREET = re.compile(r"(.{2,}?)(?:街道办事处|街道办|街道|镇人民政府|镇政府|镇|乡人民政府|乡政府|乡)")
_COMMUNITY = re.compile(r"(.{2,}?)(?:社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区|村)")
_COMMUNITY_FORMS = ("社区", "居委会", "社区居委会", "村", "村委会", "居民委员会", "村民委员会")
_GRID = re.compile(r"(.*?)第?([0-9]{1,3}|[一二三四五六七八九十]{1,3})号?网格")
_DIGITS = "零一二三四五六七八九"
_TEN = 10
_HUNDRED = 100
_SHORTEST = 2
_LONGEST = 100
# Stems of villages and communities that are words of every day: without their suffix they name nothing.
_EVERYDAY_WORDS = (
    "和平 建设 新建 建新 新生 中心 关心 幸福 团结 光明 联合 联盟 联络 合作 胜利 民主 解放 友谊 友爱 文明 文化 发展 "
    "创新 创业 创建 兴旺 繁荣 富强 富裕 富民 振兴 复兴 安全 安全生产 健康 康复 快乐 欢乐 希望 光荣 先锋 先进 前进 奋斗 "
    "跃进 自力 自强 自治 共同 共和 共建 统一 公平 公正 公园 公园里 广场 市场 学校 医院 车站 火车站 汽车站 高铁站 "
    "体育馆 体育场 "
    "工业园 开发区 市政府 县政府 省政府 省人大 市委 县委 政府 城市 "
    "城区 城东 城西 城南 城北 城中 城关 东区 西区 南区 北区 "
    "河东 "
    "河西 河南 河北 湖南 湖北 江南 江北 东方 西方 南方 北方 东门 西门 南门 北门 新村 老街 新街 大桥 人民 群众 居民 "
    "农业 农场 林场 渔业 工业 工农 商业 科技 教育 交通 国庆 五一 八一 三八 十字路口 红旗 红星 星火 生产 生活 生态 环保 "
    "绿化 平安 安居 长期 永久 永远 高速 高新 大学 大学城 中学 小学 幼儿园 花园 家园 小区 新区 老区 村镇 集镇 镇区 街道 "
    "社区 "
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


def clean_name(name: str) -> str:
    """Return the name without outer blanks; empty when it is unusable: over 100 characters, or with control characters.

    Rare characters outside the basic plane, and such as Unicode got only lately, are kept as they are.
    """
    clean = name.strip()
    usable = len(clean) <= _LONGEST and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in clean)
    return clean if usable else ""


def street_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for a street, town or township 街道、镇、乡. A form without its suffix is not certain."""
    yield name, True
    if (found := _STREET.fullmatch(name)) and found[1] not in _EVERYDAY:
        yield found[1], False


def community_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for a community or village 社区、村, with the ways people name its committee."""
    yield name, True
    if found := _COMMUNITY.fullmatch(name):
        stem = found[1]
        yield from ((stem + suffix, True) for suffix in _COMMUNITY_FORMS if stem + suffix != name)
        if stem not in _EVERYDAY:
            yield stem, False


def grid_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for a grid 网格: its number in digits or characters, with 第 or 号 or both."""
    yield name, True
    found = _GRID.fullmatch(name)
    if not found:
        return
    number = int(found[2]) if found[2].isdigit() else _number(found[2])
    numerals = {str(number), f"{number:02d}", numeral(number)} if 0 < number < _HUNDRED else {found[2]}
    for written in sorted(numerals):
        for form in (f"第{written}网格", f"{written}号网格", f"第{written}号网格"):
            yield form, True
            if found[1]:
                yield found[1] + form, True


def plain_forms(name: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, certain) for an estate, road or landmark 小区、道路、地标: its name and nothing else."""
    if len(name) >= _SHORTEST:
        yield name, True


def numeral(number: int) -> str:
    """Return 1 to 99 in Chinese characters: 3 三, 10 十, 12 十二, 20 二十."""
    tens, ones = divmod(number, _TEN)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def _number(text: str) -> int:
    head, ten, tail = text.partition("十")
    if not ten:
        return _DIGITS.find(head) if len(head) == 1 else 0
    return (_DIGITS.find(head) if head else 1) * _TEN + (_DIGITS.find(tail) if tail else 0)
