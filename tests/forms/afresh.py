"""Twelve forms in the words of public systems and tables, held back at first (0.85 right), now to work by."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("低保银行信息", "xls", "households", "低保家庭银行发放信息表", asked("""
序号 = | row_number
地区 = household.area_code | area
户主姓名 = household.head_name | text
身份证号 = household.head.citizen_id | text
低保证号 = household.low_income_card | text
起始保障年月 =
开户银行 = household.head.bank_name | text
账户名称 = household.head.bank_holder | text
银行账号 = household.head.bank_account | text
"""), facts=("填报单位：",), filled=6, total="合计"),
    Form("残疾与低保信息", "xlsx", "persons", "残疾人低保享受情况", asked("""
序号 = | row_number
姓名 = person.name | text
身份证号码 = person.citizen_id | text
残疾证编号 = person.disability_card | text
残疾类型 = person.disability_kind | text
残疾级别 = person.disability_level | text
残疾原因 =
低保证号 = person.household.low_income_card | text
低保人员类别 = person.household.low_income_kind | text
低保原因 =
享受低保标识 = person.low_income | flag | 是,否
享受低保金额 = person.household.assistance | amount
"""), filled=4),
    Form("常住人口登记", "ods", "persons", "常住人口登记信息", asked("""
户号 = person.household.number | text
姓名 = person.name | text
曾用名 = person.former_name | text
与户主关系 = person.kinship | code
性别 = person.sex | code
民族 = person.ethnic | code
出生地 =
籍贯 = person.native_place | text
出生日期 = person.birth_date | date
本市其他住址 =
宗教信仰 =
身份证编号 = person.citizen_id | text
身高 =
文化程度 = person.education | code
婚姻状况 = person.marital | code
兵役状况 =
服务处所 = person.employer | text
职业 = person.occupation | text
何时何地迁来本市 =
何时由何地迁来本址 =
登记日期 =
承办人签章 =
"""), filled=5),
    Form("不动产台账", "xlsx", "houses", "房屋不动产权登记台账", asked("""
序号 = | row_number
权利人 = house.owner.name | text
共有情况 =
坐落 = house.address | text
不动产单元号 =
不动产权证号 = house.title_no | text
权利类型 =
权利性质 =
用途 = house.use | code
面积（㎡） = house.area | number
使用期限 =
"""), filled=3),
    Form("精神障碍患者", "xlsx", "persons", "严重精神障碍患者信息表", asked("""
人员姓名 = person.name | text
人员曾用名 = person.former_name | text
身份证号码 = person.citizen_id | text
性别 = person.sex | code
民族 = person.ethnic | code
手机号码 = person.phone | text
户籍地 = person.registered_address | text
户籍（门）楼详址 = person.registered_address | text
现住地 = person.address | text
现住（门）楼详址 = person.address | text
危险等级 =
管理等级 =
监护人姓名 = person.guardian.name | text
监护人身份证号码 = person.guardian.citizen_id | text
监护人联系方式 = person.guardian.phone | text
监护人地址 = person.guardian.address | text
与监护人关系 =
"""), filled=3),
    Form("企业名录", "csv", "organisations", "", asked("""
序号 = | row_number
企业名称 = organisation.name | text
来源分类 =
统一社会信用代码 = organisation.credit_code | text
所属省份 = organisation.area_code | area
所属城市 = organisation.area_code | area
所属区县 = organisation.area_code | area
法定代表人 = organisation.legal_person | text
注册地址 = organisation.address | text
经度 =
纬度 =
邮政编码 =
电话 = organisation.phone | text
更多电话 =
"""), filled=6),
    Form("低保大排查", "xls", "persons", "城乡低保对象综合排查表", asked("""
低保证编号 = person.household.low_income_card | text
户主姓名 = person.household.head_name | text
家庭成员姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
与户主关系 = person.kinship | code
家庭人口数 = person.household.size | text
保障人口数 = person.household.assured | text
身份证号码 = person.citizen_id | text
户籍所在地 = person.registered_address | text
现房住址 = person.address | text
保障方式 =
家庭类别 = person.household.kind | text
联系电话 = person.phone | text
住房情况 =
房屋状况 =
"""), filled=7),
    Form("社区综合统计", "xlsx", "statistics", "社区居民综合情况统计表", asked("""
社区名称 = area.name | area
总户数 = | count
总人口数 = | count
60周岁以上老人数 = | count
残疾人数 = | count
低保户数 = | count
三无人员数 =
优抚对象人数 =
失业人员数 =
志愿者总人数 = | count
党员人数 = | count
"""), areas=("和平社区", "新村社区", "东风社区"), total="合计"),
    Form("贫困户信息", "docx", "households", "建档立卡脱贫户信息表", asked("""
序号 = | row_number
户主姓名 = household.head_name | text
家庭人口 = household.size | text
脱贫属性 =
贫困户属性 = household.kind | text
主要致贫原因 = household.poverty_reason | text
人均收入（元） = household.income_each | amount
联系电话 = household.head.phone | text
帮扶责任人姓名 = household.helper | text
帮扶单位 =
"""), filled=4),
    Form("孤儿保障", "xlsx", "persons", "孤儿基本生活保障花名册", asked("""
序号 = | row_number
儿童姓名 = person.name | text
儿童身份证号 = person.citizen_id | text
孤儿证号 =
养育方式 =
父母死亡时间 =
监护人 > 姓名 = person.guardian.name | text
监护人 > 与儿童关系 =
监护人 > 身份证号 = person.guardian.citizen_id | text
监护人 > 联系电话 = person.guardian.phone | text
就读学校 = person.school | text
开户人姓名 = person.bank_holder | text
银行账号 = person.bank_account | text
月发放标准（元） = person.allowance_amount | amount
"""), facts=("填报单位（盖章）：", "填报时间："), total="合计", filled=5),
    Form("燃气瓶用户", "xlsx", "organisations", "瓶装液化气餐饮用户排查台账", asked("""
序号 = | row_number
餐饮店名称 = organisation.name | text
店铺地址 = organisation.address | text
法人姓名 = organisation.legal_person | text
法人电话 = organisation.phone | text
气瓶数量（个） =
供气单位 =
是否安装报警器 =
是否有安全管理制度 =
发现隐患 =
整改情况 =
排查人员签字 =
"""), facts=("街道：", "日期："), filled=4),
    Form("劳动力就业", "xlsx", "persons", "农村劳动力外出务工就业情况登记表", asked("""
序号 = | row_number
所属村（社区） = person.area_code | area
姓名 = person.name | text
身份证号 = person.citizen_id | text
与户主关系 = person.kinship | code
年龄段 = person.birth_date | range | 16-30岁,31-45岁,46-60岁
文化程度 = person.education | code
是否脱贫人口 =
务工地点 = person.went_to | text
务工企业名称 = person.employer | text
从事工种 = person.occupation | text
外出务工时间 = person.went_on | date
月收入（元） = person.income_month | amount
联系电话 = person.phone | text
是否有返乡意愿 =
"""), filled=4),
)  # fmt: skip
