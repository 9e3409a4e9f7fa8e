"""What a name over several columns says of them: the row's own data, somebody else's, or those of another thing."""

import re
from collections.abc import Sequence
from functools import cache

from linli.sheets.rules.labels import compared
from linli.sheets.rules.lexicon import own_names, words

PLAIN_GROUPS = ("基本信息", "基本情况", "个人信息", "人员信息", "信息", "情况", "资料", "本人", "概况")
HARMLESS = frozenset((
    "本人", "现", "现在", "目前", "当前", "详细", "具体", "主要", "公民", "居民", "有效", "个人", "本", "所在",
    "常用", "实际", "最新", "准确", "全部", "公安", "对应", "相关", "人员", "其", "该", "自己", "老人", "老年人",
    "残疾人", "儿童", "学生", "党员", "群众", "村民", "对象", "申请人", "妇女", "我", "您的", "你的",
))  # fmt: skip
_OWN = re.compile(
    r"^(留守|困境|困难|特困|特殊|高龄|失能|独居|退役|军人|重点|流动|常住|低保|救助|服务|参保|被|人员|人口|居民|个人|本人|村民|对象|儿童|学生|老人|老年人|残疾人|党员|妇女|群众|申请人|家庭|农户|户|住户|房屋|住房"
    r"|企业|单位|商户|场所|组织|机构|主体|店铺|经营|基础|主要|相关|联系|身份|户籍|居住|现居住|现住|住所|地址|登记|自然|其他|必填|选填)*$"
)
_FOREIGN = {
    "person": re.compile(r"车|犬|狗|宠物|设备|电梯|机构|组织|协会|医院|学校|幼儿园|新生儿|死者|企业|公司|项目|活动|水域"
                         r"|收款|主管|服务商|商家|疫苗|合同|保单|工程|器具|枪"),
    "household": re.compile(r"车|犬|宠物|设备|机构|组织|新生儿|死者|企业|公司|项目|水域|工程|合同"),
    "house": re.compile(r"车|犬|宠物|电梯|新生儿|物业|中介|企业|公司|项目|施工|鉴定"),
    "organisation": re.compile(r"车|犬|宠物|电梯|设备|项目|上级|主管|维保|检验|物业|施工|学员|员工"),
}  # fmt: skip

_USUAL = {"registered_address", "address", "bank_account", "phone", "registered_area_code", "area_code", "estate"}
SOMEBODY = re.compile(
    r"(网格[员长]|医生|医师|民警|班主任|老师|教师|领导|干部|志愿者|护理员|护工|责任人|包保人|楼栋?长|单元长|联户长|片区?长"
    r"|督导员|指导员|调解员|巡查员|安检员|检查人员?|走访人|探访人|采集人|登记人|填表人|填报人|审核人|经办人|承办人|代办人|介绍人"
    r"|河长|路长|社工|专干|爱心妈妈|结对.{0,6}|子女|亲友|邻居|联络员|帮教人|帮扶人|包联人|陪护人)(姓名|信息|情况)?$"
)

_PERSON = re.compile(
    r"(姓名|负责人|联系人|[^本个他法]人|人员|[^成]员|组长|队长|站长|所长|主任|书记|领导|专干|经理|教师|老师|亲属|家属|子女)$"
)
_NO_PERSON = re.compile(r"^(是否|有无|何|其中|共|总)|残疾人|老年?人")


def is_person(name: str) -> bool:
    """Tell whether a name that is not known asks for somebody: 送餐员, 小组组长, 签约代表人."""
    return bool(_PERSON.search(name)) and not _NO_PERSON.search(name)


def is_plain(name: str) -> bool:
    """Tell whether a name over several columns only announces what the row itself is about."""
    rest = name
    for ending in PLAIN_GROUPS:
        if rest.endswith(ending):
            rest = rest.removesuffix(ending)
            break
    return bool(_OWN.match(rest)) or rest in own_names()


def is_foreign(path: Sequence[str], subject: str) -> bool:
    """Tell whether the names above a column speak of what the row is not about: a car, a clinic, a grid worker."""
    pattern = _FOREIGN.get(subject)
    above = [compared(part) for part in path[:-1]]
    return any((pattern is not None and pattern.search(name)) or SOMEBODY.search(name) for name in above)


def is_strange(path: Sequence[str]) -> bool:
    """Tell whether the names above a column are neither plain nor usual for several columns."""
    return any(not is_plain(name) and not _is_usual(name) for name in map(compared, path[:-1]))


def _is_usual(name: str) -> bool:
    return any(word.element in _USUAL for word in words().get(name, ()))


@cache
def is_harmless(text: str) -> bool:
    """Tell whether words before a name leave it what it is, such as 现 in 现工作单位."""
    return text in HARMLESS or any(
        text[:cut] in HARMLESS and text[cut:] in HARMLESS for cut in range(1, len(text))
    )  # fmt: skip


__all__ = ["PLAIN_GROUPS", "SOMEBODY", "is_foreign", "is_harmless", "is_person", "is_plain", "is_strange"]
