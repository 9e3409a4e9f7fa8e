"""Masks 脱敏: what is shown of a name or number to somebody who need not know it whole."""

import re

STAR = "*"
# Surnames of two characters, as in the 百家姓.
_DOUBLE = """
欧阳 上官 皇甫 令狐 诸葛 司徒 司马 申屠 夏侯 贺兰 完颜 慕容 尉迟 长孙 东方 端木 公孙 轩辕 宇文 澹台 淳于 单于 太叔
濮阳 赫连 钟离 闻人 独孤 南宫 拓跋 呼延 万俟 鲜于 公冶 宗政 西门 东郭 百里 司空 第五 公羊 左丘 梁丘 仲孙 亓官 南门
巫马 公西 漆雕 壤驷 公良 拓拔 夹谷 宰父 谷梁 段干 子车 颛孙 乐正 歐陽 欧陽 司馬 諸葛
"""
DOUBLE_SURNAMES = frozenset(_DOUBLE.split())
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_DOTS = re.compile(r"[·•・.]")


def mask_name(name: str) -> str:
    """Keep the surname: 张**, 欧阳**, one star where the name is one character; Latin names keep their first letter.

    The number of stars is always two for what follows a surname, so that it does not tell how long the name is.
    """
    name = name.strip()
    if not name:
        return ""
    if _LATIN.match(name) or len(_DOTS.split(name)) > 1:
        return name[0] + STAR * 2
    if len(name) == 1:
        return STAR
    return (name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[0]) + STAR * 2  # noqa: PLR2004  a surname alone


def mask_phone(phone: str) -> str:
    """Keep what tells colleagues apart: 138****5678, 0731-****5678; of anything else the last two digits."""
    digits = phone if phone.isdecimal() else "".join(filter(str.isdecimal, phone))
    if not digits:
        return STAR * 4 if phone.strip() else ""
    if found := _MOBILE.fullmatch(digits):
        return f"{found[1]}{STAR * 4}{found[2]}"
    if found := _FIXED.fullmatch(digits):
        return f"{found[1]}-{STAR * 4}{found[2][-4:]}"
    return STAR * 4 + (digits[-2:] if len(digits) > 4 else "")  # noqa: PLR2004  a short number would be told whole


def mask_citizen_id(number: str) -> str:
    """Keep the area of first registration and the last two: 430102**********12. What is no id keeps nothing."""
    number = "".join(number.split()).upper()
    if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        return number[:6] + STAR * (len(number) - 8) + number[-2:]
    return STAR * len(number)


_MOBILE = re.compile(r"(?:0?086|86)?(1[3-9][0-9])[0-9]{4}([0-9]{4})")
_FIXED = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2}|400|800)([0-9]{7,8})")
