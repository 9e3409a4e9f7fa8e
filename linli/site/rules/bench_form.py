"""A form of 30 columns as issuers word it, for a bench: what it is called, and what each column asks for."""

from typing import Any

NAME, TITLE, GROUP, SUMS, SIGNED = "登记表", "居民基本情况登记表", "基本情况", "合计", "填表人："
LISTS = ('"男,女"', '"是,否"')
COLUMNS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("序号", "", {"kind": "row_number"}),
    ("姓名", "person.name", {"kind": "text"}),
    ("性别", "person.sex", {"kind": "code"}),
    ("民族", "person.ethnic", {"kind": "code"}),
    ("出生日期", "person.birth_date", {"kind": "date"}),
    ("年龄", "person.birth_date", {"kind": "age"}),
    ("身份证号码", "person.citizen_id", {"kind": "id18", "digits": 18}),
    ("联系电话", "person.phone", {"kind": "text"}),
    ("文化程度", "person.education", {"kind": "code"}),
    ("政治面貌", "person.political", {"kind": "code"}),
    ("婚姻状况", "person.marital", {"kind": "code"}),
    ("与户主关系", "person.kinship", {"kind": "code"}),
    ("籍贯", "person.native_place", {"kind": "text"}),
    ("户籍地址", "person.registered_address", {"kind": "text"}),
    ("现住址", "person.address", {"kind": "text"}),
    ("工作单位", "person.employer", {"kind": "text"}),
    ("职业", "person.occupation", {"kind": "text"}),
    ("是否参加医保", "person.insured_medical", {"kind": "flag"}),
    ("是否参加养老保险", "person.insured_pension", {"kind": "flag"}),
    ("是否独居", "person.lives_alone", {"kind": "flag"}),
    ("户主姓名", "person.household.head_name", {"kind": "text"}),
    ("户号", "person.household.number", {"kind": "text"}),
    ("家庭人口数", "person.household.size", {"kind": "number"}),
    ("户别", "person.household.kind", {"kind": "text"}),
    ("小区", "person.home.estate", {"kind": "text"}),
    ("楼栋", "person.home.building_no", {"kind": "text"}),
    ("单元", "person.home.unit_no", {"kind": "text"}),
    ("室号", "person.home.room", {"kind": "text"}),
    ("住房面积", "person.home.area", {"kind": "number"}),
    ("备注", "", {"kind": "blank"}),
)
