"""Whatever personal is planted, in whatever surroundings, must be gone; whatever is harmless must stay."""

import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from linli.trust import api as trust

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def digits(count, first="0123456789"):
    return st.builds(
        lambda head, rest: head + "".join(rest),
        st.sampled_from(first),
        st.lists(st.sampled_from("0123456789"), min_size=count - 1, max_size=count - 1),
    )


def joined(*parts, joiners=("", " ", "-", " - ", ".", "·")):
    """Join the parts of a number by one of the ways people do."""
    return st.builds(lambda joiner, *texts: joiner.join(texts), st.sampled_from(joiners), *parts)


dates = st.dates().filter(lambda day: 1900 <= day.year < 2100)
mobile_head = st.builds(lambda a, b: f"1{a}{b}", st.sampled_from("3456789"), digits(1))
mobiles = st.builds(
    lambda prefix, number: prefix + number,
    st.sampled_from(["", "", "+86", "86", "+86 ", "+86-", "0086"]),
    joined(mobile_head, digits(4), digits(4))
    | joined(mobile_head, digits(8))
    | joined(mobile_head, digits(3), digits(5)),
)
areas = st.sampled_from(["010", "021", "0731", "0755", "0898", "0991"])
fixed = (
    joined(areas, digits(8, "2345678"), joiners=("", "-", " ", "－"))
    | st.builds(lambda area, line: f"({area}){line}", areas, digits(7, "2345678"))
    | joined(areas, digits(4, "2345678"), digits(4), joiners=("-", " "))
    | joined(st.sampled_from(["400", "800"]), digits(3), digits(4), joiners=("", "-", " "))
    | joined(st.sampled_from(["400", "800"]), digits(7), joiners=("", "-", " "))
)
local = st.builds(lambda line: f"联系电话：{line}", digits(8, "2345678"))
ids = joined(
    digits(6, "12345678"),
    dates.map(lambda day: f"{day:%Y%m%d}"),
    st.builds(lambda serial, check: serial + check, digits(3), st.sampled_from("0123456789Xx")),
    joiners=("", " ", "-"),
) | st.builds(lambda area, day, serial: f"{area}{day:%y%m%d}{serial}", digits(6, "12345678"), dates, digits(3))
plates = st.builds(
    lambda province, letter, dot, rest: province + letter + dot + rest,
    st.sampled_from(PROVINCES),
    st.sampled_from(LETTERS),
    st.sampled_from(["", "·", " ", "•", "."]),
    digits(5)
    | digits(4).map(lambda four: f"{four}警")
    | digits(4).map(lambda four: f"{four}学")
    | digits(4).map(lambda four: f"{four}挂")
    | digits(4).map(lambda four: f"{four}领")
    | digits(5).map(lambda five: f"D{five}")
    | digits(5).map(lambda five: f"{five}F")
    | digits(3).map(lambda three: f"A{three}B"),
)
emails = st.builds(
    lambda local, at, host: local + at + host,
    st.from_regex(r"[a-z][a-z0-9._]{1,12}[a-z0-9]", fullmatch=True),
    st.sampled_from(["@", "＠", " @ "]),
    st.sampled_from(["qq.com", "163.com", "mail.example.gov.cn"]),
)


def with_check_digit(number):
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(number)))
    return number + str(-total % 10)


cards = st.builds(
    lambda number, grouped: re.sub("(.{4})", r"\1 ", number).strip() if grouped else number,
    st.integers(15, 18).flatmap(lambda size: digits(size, "3456")).map(with_check_digit),
    st.booleans(),
)
personal = mobiles | fixed | local | ids | plates | emails | cards
harmless = st.sampled_from(
    [
        "2026-11-22",
        "2026年11月22日",
        "2026/11/22",
        "2026.11.22 08:30",
        "22:30:15",
        "3栋2单元501",
        "3-2-501室",
        "南苑-20261122-0007",
        "工单20261122134530001",
        "1000000元",
        "3.14万元",
        "12345热线",
        "东经112.938814,北纬28.228209",
        "100%",
        "每月15号到20号",
        "1984-10-12",
        "G4京港澳高速",
        "9月1日至9月30日",
        "A座1203",
        "小区里",
        "请尽快处理",
        "第3号楼",
        "110",
        "约1500平方米",
        "邮编410000",
        "国家标准GB/T 32905-2016",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        "成绩 86 95 100 88 67 71",
        "15-16-17-18-19-20",
    ]
)
between = st.sampled_from(["", "，", "。", "的", "\n", "、", "；", "/", ","])


def surrounded(pieces):
    """Text of several pieces; two that would run into one are held apart."""

    def put_together(parts):
        text = ""
        for piece, mark in parts:
            text += ("，" if touches(text, piece) else "") + piece + mark
        return text

    return st.lists(st.tuples(pieces, between | st.just(" ")), min_size=1, max_size=8).map(put_together)


def core(text):
    """What a reader would copy: letters and digits only, half width."""
    return "".join(re.findall(r"[0-9A-Za-z]", unicodedata.normalize("NFKC", text)))


def touches(left, right):
    """Two tokens that run into one: nothing between, or a space between digits, as in a number written in groups."""
    grouped = left[-1:] == " " and left[-2:-1].isdigit() and right[:1].isdigit()
    return grouped or (left[-1:].isalnum() and right[:1].isalnum())


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    tokens=st.lists(st.tuples(personal, harmless, between, between), min_size=1, max_size=6),
    full_width=st.booleans(),
)
def test_redact_leaves_nothing_personal(tokens, full_width):
    text = ""
    for token, around, before, after in tokens:
        mark = before if before or not touches(text, token) else "，"
        text += mark + token + (after if after or not touches(token, around) else "，") + around
    written = text.translate(FULL_WIDTH) if full_width else text
    left = core(trust.redact(written))
    for token, *_ in tokens:
        assert core(token) not in left
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", unicodedata.normalize("NFKC", trust.redact(written)))


@given(first=mobiles | ids | fixed, second=mobiles | ids | fixed)
def test_redact_finds_numbers_written_without_anything_between(first, second):
    one, other = (core(number).upper() for number in (first, second))
    assume("X" not in one)
    left = core(trust.redact(f"我的{one}{other}号"))
    assert one not in left
    assert other.rstrip("X") not in left


@settings(deadline=None)
@given(text=surrounded(harmless))
@example("2026-11-22，3栋2单元501，南苑-20261122-0007、1000000元")
def test_redact_leaves_what_is_harmless(text):
    assert trust.redact(text) == text


@given(text=surrounded(personal | harmless))
def test_redact_twice_changes_nothing_more(text):
    once = trust.redact(text)
    assert trust.redact(once) == once


@given(text=st.text(max_size=60))
def test_find_personal_gives_places_in_order_inside_the_text(text):
    found = trust.find_personal(text)
    for left, right in pairwise(found):
        assert left.end <= right.start
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话[手机号]。"),
        ("打138 1234 5678或139-8765-4321", "打[手机号]或[手机号]"),
        ("座机0731-88881234转801", "座机[电话]转801"),
        ("电话:88881234", "电话:[电话]"),
        ("身份证43010219900101123X，", "身份证[证件号]，"),
        ("车牌湘A·12345停在", "车牌[车牌号]停在"),
        ("京A1234警和沪A1234领", "[车牌号]和[车牌号]"),
        ("武警WJ湘12345", "武警[车牌号]"),
        ("卡号6222 0212 3456 7890 123", "卡号6222 0212 3456 7890 123"),
        ("卡号4111 1111 1111 1111", "卡号[银行卡号]"),
        ("邮箱a.b@qq.com谢谢", "邮箱[邮箱]谢谢"),
        ("1 3 8 1 2 3 4 5 6 7 8", "[手机号]"),
        ("138\u200b1234\u200b5678", "[手机号]"),
        ("房号50113812345678", "房号[手机号]"),
        ("", ""),
    ],
)
def test_redact_says_what_it_took_out(text, shown):
    assert trust.redact(text) == shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "13 8-",
        "4 ",
        "43 ",
        "138 1234 5678 ",
        "a",
        "a@",
        "@a.",
        "湘A",
        "湘A 1 ",
        "电话",
        "0731(",
        "１",
        "6222 ",
    ],
)
def test_redact_is_linear(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        trust.redact(text)
        return time.process_time() - start

    least, most = (min(seconds(length) for _ in range(3)) for length in (25_000, 100_000))
    assert most < 12 * max(least, 0.01)


def test_redact_is_quick_on_a_message():
    text = ("我是3栋501的住户，2026-11-22晚上22:30装修噪音很大，手机号138 1234 5678，车牌湘A12345。" * 6)[:300]
    start = time.process_time()
    for _ in range(100):
        trust.redact(text)
    assert (time.process_time() - start) / 100 < 0.001
