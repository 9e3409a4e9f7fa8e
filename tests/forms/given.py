# ruff: noqa: E501  a line of a form is a line
"""The real headers that the project was given to work from, as forms with gold; skipped where their folder is missing."""

import csv
import json
import shutil
from pathlib import Path

from tests.forms.shapes import Form, asked
from tests.forms.writing import write

TEMPLATE = """
姓名 = person.name | text
与其他人员关系 = person.kinship | code
身份证号 = person.citizen_id | text
性别 = person.sex | code
出生日期 = person.birth_date | date
联系电话 = person.phone | text
现住小区/建筑 = person.home.estate | text
门牌地址 = person.home.room | text
所属网格 = person.area_code | area
人员类型 = person.person_class | text
是否重点人员 = person.special_group | flag
重点类别 = person.special_group | text
户籍小区/建筑 = person.registered_home.estate | text
户籍地址 = person.registered_address | text
户编号 = person.household.number | text
是否人户分离 = person.same_place | flag
实际居住地 = person.address | text
是否已迁出 = person.went_on | flag
迁出日期 = person.went_on | date
迁往地 = person.went_to | text
是否已死亡 = person.died_on | flag
死亡日期 = person.died_on | date
民族 = person.ethnic | code
政治面貌 = person.political | code
婚姻状况 = person.marital | code
文化程度 = person.education | code
工作学习情况 = person.occupation | text
健康状况 = person.health | text
备注 =
"""
REGISTRY = {
    "序号": "|row_number", "所属小区": "person.home.estate|text", "姓名": "person.name|text", "性别": "person.sex|code",
    "年龄": "person.birth_date|age", "户籍省": "person.registered_area_code|area",
    "户籍市": "person.registered_area_code|area", "户籍县(区)": "person.registered_area_code|area",
    "户籍详址": "person.registered_address|text", "居住事由": "person.residence.reason|text",
    "籍贯": "person.native_place|text", "民族": "person.ethnic|code", "身份证号": "person.citizen_id|text",
    "出生日期": "person.birth_date|date", "组织关系": "person.party_branch|text", "所属网格": "person.area_code|area",
    "所属楼栋": "person.home.building_no|text", "所属单元": "person.home.unit_no|text", "婚姻状况": "person.marital|code",
    "政治面貌": "person.political|code", "联系电话": "person.phone|text", "文化程度": "person.education|code",
    "职业": "person.occupation|text", "工作地点": "person.employer|text", "房屋性质": "person.home.nature|text",
    "门牌号": "person.home.room|text", "是否为出租房": "person.home.rented|flag", "房号": "person.home.room|text",
    "(个人产权)姓名": "person.home.owner.name|text", "人口类型": "person.person_class|text",
    "流动原因": "person.residence.reason|text", "与户主关系": "person.kinship|code",
    "来本市日期": "person.residence.since|date", "流往地详址": "person.went_to|text", "独居老人": "person.lives_alone|flag",
    "残疾人": "person.disability_card|flag", "留守儿童": "person.left_behind|flag", "退伍军人": "person.veteran|flag",
    "低保人员": "person.low_income|flag", "企业性质": "person.workplace.type|text",
}  # fmt: skip


def make_given(source, folder):
    """Write the given headers into a folder with gold.json; return whether they were there."""
    template = source / "person_import_template.xlsx"
    if not template.exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, folder / template.name)
    told = write(Form("template", "csv", "persons", "", asked(TEMPLATE), filled=0), folder)
    (folder / "template.csv").unlink()
    told["tables"][0]["body"] = [3, 2]
    gold = [told | {"file": template.name}, write(_registry(source), folder), *_ledgers(source, folder)]
    (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1), "utf-8")
    return True


def _registry(source):
    with (source / "person_registry_fields_grid_system.csv").open(encoding="utf-8-sig", newline="") as file:
        labels = [row["label"].split(":")[0] for row in csv.DictReader(file)]
    lines = [f"{label} = {REGISTRY.get(label, '').replace('|', ' | ')}" for label in labels]
    return Form("人口信息", "xlsx", "persons", "人口信息登记", asked("\n".join(lines)), filled=5)


def _ledgers(source, folder):
    ledgers = json.loads((source / "village_ledger_headers.json").read_text("utf-8"))
    money = "household.head.citizen_id | text", "household.low_income_card | text", "household.head_name | text"
    known = dict(zip(("身份证号码", "低保证号", "户主姓名"), money, strict=True)) | {"序号": " | row_number"}
    for village in ledgers.values():
        for name, files in village.items():
            for columns in files.values():
                party = "户主姓名" not in columns
                text = "\n".join(_lines(columns, {} if party else known))
                form = Form(
                    name, "xls", "persons" if party else "households", name, asked(text), filled=6, total="合计"
                )
                yield write(form if not party else Form(name, "xls", "persons", name, asked(PARTY), filled=6), folder)


def _lines(columns, known):
    for label, inner in columns.items():
        parts = list(inner["分解"]) if isinstance(inner, dict) else []
        yield from (f"{label} > {part} =" for part in parts)
        if not parts:
            yield f"{label} = {known.get(label, '')}"


PARTY = """
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
籍贯 = person.native_place | text
学历 = person.education | code
出生日期 = person.birth_date | date
年龄 = person.birth_date | age
公民身份证号 = person.citizen_id | text
入党时间 = person.joined_party_on | date
转正时间 = person.full_member_on | date
所属支部 = person.party_branch | text
电话 = person.phone | text
"""


__all__ = ["Path", "make_given"]
