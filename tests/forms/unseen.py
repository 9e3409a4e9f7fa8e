# ruff: noqa: E501  a line of a form is a line
"""Twelve forms in other people's words: header names as public sheets and public code have them. Nothing is tuned on them."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("幼儿信息", "csv", "persons", "", asked("""
姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
家庭住址 = person.address | text
监护人 = person.guardian.name | text
与幼儿关系 =
监护人电话 = person.guardian.phone | text
监护人身份证件类型 =
监护人证件号码 = person.guardian.citizen_id | text
监护人职业 = person.guardian.occupation | text
民族 = person.ethnic | code
户口性质 = person.hukou_kind | text
是否残疾 = person.disability_card | flag
残疾类型 = person.disability_kind | text
是否留守儿童 = person.left_behind | flag
是否独生子女 =
是否孤儿 = person.special_group | flag
健康状况 = person.health | text
报名日期 =
"""), delimiter=";"),
    Form("留守儿童登记", "docx", "persons", "农村留守儿童基本情况登记表", asked("""
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
出生日期 = person.birth_date | date
公民身份证号码 = person.citizen_id | text
户籍所在地 = person.registered_address | text
现居住地 = person.address | text
身体情况 = person.health | text
父亲 > 姓名 = person.father.name | text
父亲 > 当前务工地点 = person.father.went_to | text
父亲 > 联系电话 = person.father.phone | text
母亲 > 姓名 = person.mother.name | text
母亲 > 联系电话 = person.mother.phone | text
委托监护人姓名 = person.guardian.name | text
受委托监护人电话 = person.guardian.phone | text
与被监护人关系 =
"""), above=("附件1:",), facts=("填报单位:(盖章)                         填报日期:",), filled=4),
    Form("特困人员入户核查", "xls", "households", "(镇、街道)农村特困供养人员入户核查表", asked("""
户主姓名 = household.head_name | text
家庭人口 = household.size | text
保障人口 = household.assured | text
是否是建档立卡户 =
残疾种类 = household.head.disability_kind | text
自理能力 = household.head.care_ability | text
供养方式 = household.head.support_mode | text
家庭成员 > 姓 名 = household.member.name | text
家庭成员 > 身份证号 = household.member.citizen_id | text
家庭成员 > 与户主 关系 = household.member.kinship | code
家庭成员 > 健康状况 = household.member.health | text
家庭成员 > 年收入(元) = household.member.income | amount
户主签字(手印) =
"""), facts=("村(社区):", "年 月 日"), filled=3, blank_rows=5),
    Form("户籍导出信息", "xlsx", "households", "户导出信息", asked("""
户号 = household.number | text
户主姓名 = household.head_name | text
户主身份证 = household.head.citizen_id | text
户主手机号码 = household.head.phone | text
户地址 = household.address | text
户口性质 = household.head.hukou_kind | text
是否五保户 = household.head.support_mode | flag
是否低保户 = household.head.low_income | flag
是否有户无人 =
人户一致标识 = household.head.same_place | code
所属网格 = household.area_code | area
"""), filled=12),
    Form("房屋租赁合同台账", "xlsx", "houses", "房屋租赁情况登记", asked("""
合同编号 =
小区名称 = house.estate | text
房屋类型 = house.nature | text
建筑年代 = house.built_year | text
房东姓名 = house.owner.name | text
房东联系方式 = house.owner.phone | text
收款信息 > 开户名 = house.owner.bank_holder | text
收款信息 > 卡号 = house.owner.bank_account | text
收款信息 > 开户行 = house.owner.bank_name | text
租客信息 > 姓名 = house.tenant.name | text
租客信息 > 手机号 = house.tenant.phone | text
租客信息 > 证件号 = house.tenant.citizen_id | text
合同开始时间 = house.rented_from | date
合同结束时间 = house.rented_until | date
"""), gap=2, filled=5),
    Form("居住人员登记", "xlsx", "persons", "居住人员登记", asked("""
姓名 = person.name | text
身份证号码 = person.citizen_id | text
联系方式 = person.phone | text
居住地址 = person.address | text
地址编码 = person.home.address_code | text
与房东关系 = person.residence.kinship | code
是否重点人员 = person.special_group | flag
关注级别 =
入住时间 = person.residence.since | date
"""), hints=("必填", "必填，长度18", "必填，长度11", "必填", "必填", "必填", "必填，1是0否", "必填", "必填"), filled=0),
    Form("小区住户", "csv", "persons", "", asked("""
小区名称 = person.home.estate | text
姓名 = person.name | text
手机号 = person.phone | text
身份证号 = person.citizen_id | text
人员类型 = person.person_class | text
户籍类型 = person.hukou_kind | text
门禁卡号 =
车辆信息 =
"""), encoding="gb18030"),
    Form("居住登记申报", "ods", "persons", "非户籍人员居住登记信息申报表", asked("""
姓名 = person.name | text
身份证件种类 =
证件号码 = person.citizen_id | text
户主姓名 = person.household.head_name | text
户主证件号码 = person.household.head.citizen_id | text
与户主关系 = person.kinship | code
紧急联系电话 = person.emergency_phone | text
户籍地址 = person.registered_address | text
职业 = person.occupation | text
来深事由 = person.residence.reason | text
服务处所 = person.employer | text
房屋地址 = person.home.address | text
房屋编码 = person.home.address_code | text
申报业务类型 =
"""), facts=("填报单位：", "填表日期："), filled=4),
    Form("承包户成员", "xlsx", "persons", "承包方家庭成员调查表", asked("""
序号 = | row_number
成员姓名 = person.name | text
性别 = person.sex | code
证件类型 =
证件号码 = person.citizen_id | text
与户主关系 = person.kinship | code
是否共有人 =
是否外嫁女 =
是否死亡 = person.died_on | flag
是否五保 = person.support_mode | flag
成员备注说明 =
"""), merged=False, total="共计", filled=6),
    Form("干部名册", "docx", "persons", "村级干部名册", asked("""
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
民族 = person.ethnic | code
参加工作时间 =
入党时间 = person.joined_party_on | date
行政职务 = person.post | text
党内职务 = person.party_post | text
籍贯 = person.native_place | text
文化程度 = person.education | code
备注 =
"""), filled=5),
    Form("人员信息登记", "xls", "persons", "人员信息登记", asked("""
户号 = person.household.number | text
本户地址 = person.household.address | text
姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
户类型 = person.household.kind | text
"""), filled=9, more=(Form("第二页", "xls", "persons", "客户附加信息", asked("""
客户名称 = person.name | text
证件号码 = person.citizen_id | text
是否党员 = person.political | flag
是否公职人员 =
是否重大疾病 =
""")),)),
    Form("人口年龄构成", "ods", "statistics", "乡镇、街道人口年龄构成", asked("""
地区 = area.name | area
户数 = | count
常住人口 > 合计 = | sum
常住人口 > 男 = | count
常住人口 > 女 = | count
年龄 > 0—14岁 = | count
年龄 > 15—59岁 = | count
年龄 > 60岁及以上 = | count
年龄 > 其中：65岁及以上 = | count
"""), areas=("溪口村", "石埠村", "茶园村"), total="总计", total_first=True, facts=("单位：户、人",)),
)  # fmt: skip
