"""A file of fictional people for measuring: thirty elements, some dirt, the same people for the same seed.

Nobody real is meant: id numbers begin with 99, which no province has; telephones are of a range handed out to nobody.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

HEADER = (
    "编号", "姓名", "性别", "出生日期", "公民身份号码", "联系电话", "民族", "婚姻状况", "学历", "政治面貌",
    "与户主关系", "籍贯", "户籍地区划代码", "户籍地址", "现住地区划代码", "现住地址", "人户一致标识",
    "曾用名", "工作单位", "职业", "参加基本医疗保险", "参加基本养老保险", "最低生活保障对象", "残疾等级",
    "残疾人证号", "慢性病情况", "独居老人", "留守人员类别", "退役军人", "紧急联系人", "紧急联系人电话",
)  # fmt: skip
ELEMENTS = (
    "", "name", "sex", "birth_date", "citizen_id", "phone", "ethnic", "marital", "education", "political", "kinship",
    "native_place", "registered_area_code", "registered_address", "area_code", "address", "same_place", "former_name",
    "employer", "occupation", "insured_medical", "insured_pension", "low_income", "disability_level",
    "disability_card", "chronic_disease", "lives_alone", "left_behind", "veteran", "emergency_contact",
    "emergency_phone",
)  # fmt: skip
MEASURED: dict[str, Any] = {
    "name": "测量用人口数据", "provider": "测量", "department": "公安", "kind": "person", "condition": "仅供测量",
}  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
GIVEN = "伟强磊军勇杰涛明超刚平辉鹏华飞波斌宇浩凯芳娜敏静丽艳娟霞秀玲燕红梅洁琳雪倩莹慧婷云凤兰英桂玉美珍"
WORK = ("县人民医院", "县第一中学", "青禾纺织厂", "自由职业", "个体经营", "务农", "退休", "学生")
ESTATES = ("翠竹花园", "学府名苑", "青石巷七号院", "南苑新村", "河畔人家", "纺织厂家属院")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIRST_DAY = date(1935, 1, 1)
DAYS = 32_000
DIRT = 0.002  # share of rows with each kind of dirt
TWICE = 0.01  # share of rows about somebody who stands in the file already


def people(count: int, *, seed: int, areas: Sequence[str]) -> Iterator[list[str]]:
    """Yield rows of so many fictional people under HEADER, without it.

    One row in a hundred is about somebody who came before, under another number. One in five hundred has a wrong
    check digit, a day of birth in the future, a telephone that is none.
    """
    dice = Random(seed)  # noqa: S311  fictional people, nothing secret
    last: list[str] = []
    for number in range(count):
        if last and dice.random() < TWICE:
            row = [f"R{number:07d}", *last[1:]]
        else:
            row = _person(number, dice, areas)
            last = row
        yield _dirty(row, dice)


def _person(number: int, dice: Random, areas: Sequence[str]) -> list[str]:
    sex = number % 2
    born = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    name, kin = _name(dice), _name(dice)
    home = (
        f"{ESTATES[number % len(ESTATES)]}{number % 40 + 1}栋{number % 4 + 1}单元{number % 18 + 1}0{number % 2 + 1}室"
    )
    area, far = areas[number % len(areas)], number % 17 == 0
    layout = ("{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}")[number % 4]
    return [
        f"R{number:07d}", name, "女男"[sex], layout.format(born), _citizen_id(number, born, sex),
        f"1380{number % 10_000_000:07d}", "汉族" if number % 14 else "土家", "已婚" if number % 3 else "未婚",
        ("大学本科", "普通高级中学", "初级中学", "小学")[number % 4], "13", ("02", "12", "20", "30")[number % 4],
        "示例省示例市", "990102001001" if far else area, "远山县" if far else home, area, home,
        "02" if far else "01", _name(dice) if number % 33 == 0 else "", WORK[number % len(WORK)], WORK[number % 5],
        "是", "是" if number % 3 else "否", "是" if number % 41 == 0 else "否",
        "三级" if number % 37 == 0 else "", f"99{number:018d}" if number % 37 == 0 else "",
        "高血压" if number % 11 == 0 else "", "是" if number % 29 == 0 else "否",
        "留守老人" if number % 53 == 0 else "", "是" if number % 47 == 0 else "否", kin,
        f"1380{(number * 7 + 3) % 10_000_000:07d}",
    ]  # fmt: skip


def _name(dice: Random) -> str:
    given = GIVEN[dice.randrange(48)] + (GIVEN[dice.randrange(48)] if dice.random() < 0.8 else "")  # noqa: PLR2004  share
    return SURNAMES[dice.randrange(len(SURNAMES))] + given


def _citizen_id(number: int, born: date, sex: int) -> str:
    """Return an id number that nobody else of the file has: place and order are digits of the running number."""
    first = f"99{number // 500 % 10_000:04d}{born:%Y%m%d}{number % 500 * 2 + sex:03d}"
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


def _dirty(row: list[str], dice: Random) -> list[str]:
    chance = dice.random()
    if chance < DIRT:
        row[4] = row[4][:-1] + ("1" if row[4][-1] != "1" else "2")
    elif chance < 2 * DIRT:
        row[3] = "2050-01-01"
    elif chance < 3 * DIRT:
        row[5] = "不详电话"
    return row
