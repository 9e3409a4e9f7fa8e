# ruff: noqa: E501  a line of a form is a line
"""Eight cards of one person, one household, one house or one firm to work by, as offices print them."""

from tests.forms.shapes import Form, carded

FORMS = (
    Form("高龄津贴申请", "xlsx", "persons", "高龄老人生活津贴申请审批表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code ; 民族 = person.ethnic | code
出生年月 = person.birth_date | date ; 身份证号码 = person.citizen_id | text
户籍地址 = person.registered_address | text
现住址 = person.address | text ; 联系电话 = person.phone | text
开户银行 = person.bank_name | text ; 银行账号 = person.bank_account | text
代理人信息 > 姓名 = ; 与申请人关系 = ; 联系电话 =
申请理由 =
村（社区）意见 =
乡镇（街道）意见 =
"""), facts=("申报单位：", "填表日期：")),
    Form("退役军人登记", "docx", "persons", "退役军人信息采集登记表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code ; 民族 = person.ethnic | code
公民身份号码 = person.citizen_id | text ; 政治面貌 = person.political | code
文化程度 = person.education | code ; 婚姻状况 = person.marital | code
入伍时间 = person.enlisted_on | date ; 退役时间 = person.discharged_on | date ; 服役部队 = person.service_unit | text
家庭住址 = person.address | text
联系电话 = person.phone | text ; 工作单位 = person.employer | text
立功受奖情况 =
备注 =
""")),
    Form("残疾人登记卡", "xls", "persons", "残疾人基本情况登记卡", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code
残疾证号 = person.disability_card | text ; 残疾类别 = person.disability_kind | text
残疾等级 = person.disability_level | text ; 联系电话 = person.phone | text
监护人 > 姓名 = person.guardian.name | text ; 联系电话 = person.guardian.phone | text
监护人 > 身份证号 = person.guardian.citizen_id | text ; 工作单位 = person.guardian.employer | text
家庭住址 = person.address | text
是否低保 = person.low_income | flag ; 就业情况 = person.occupation | text
""")),
    Form("困难家庭调查", "xlsx", "households", "困难家庭入户调查表", **carded("""
户主姓名 = household.head_name | text ; 身份证号 = household.head.citizen_id | text
家庭人口 = household.size | text ; 保障人口 = household.assured | text ; 劳动力人数 = household.workers | text
家庭年收入（元） = household.income | amount ; 人均年收入（元） = household.income_each | amount
致贫原因 = household.poverty_reason | text
住房情况 =
联系电话 = household.head.phone | text ; 调查人 =
户主签字 =
""")),
    Form("企业登记卡", "ods", "organisations", "辖区企业基本信息登记表", **carded("""
单位名称 = organisation.name | text
统一社会信用代码 = organisation.credit_code | text ; 成立时间 = organisation.founded_on | date
经营地址 = organisation.address | text
法定代表人 = organisation.legal_person | text ; 联系电话 = organisation.phone | text
所属行业 = organisation.industry | text ; 从业人数 = organisation.staff | text
经营范围 = organisation.scope | text
安全管理人 = organisation.safety_manager | text ; 电话 = organisation.safety_phone | text
""")),
    Form("志愿者登记", "xlsx", "persons", "志愿者注册登记表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code
出生日期 = person.birth_date | date ; 政治面貌 = person.political | code
身份证号 = person.citizen_id | text
学历 = person.education | code ; 职业 = person.occupation | text
手机号码 = person.phone | text ; 电子邮箱 = person.email | text
现居住地址 = person.address | text
特长 = person.skill | text
服务意向 = person.service_kind | text
""")),
    Form("入党申请", "docx", "persons", "党员基本信息采集表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code ; 民族 = person.ethnic | code ; 籍贯 = person.native_place | text
出生日期 = person.birth_date | date ; 学历 = person.education | code
入党时间 = person.joined_party_on | date ; 转正时间 = person.full_member_on | date
所在党支部 = person.party_branch | text ; 党内职务 = person.party_post | text
工作单位及职务 = person.employer | text
居住地 = person.address | text ; 手机 = person.phone | text
""")),
    Form("出租屋登记", "xls", "houses", "出租房屋登记表", **carded("""
房屋地址 = house.address | text
房屋结构 = house.structure | text ; 建筑面积 = house.area | number ; 出租间数 = house.rooms | text
出租人 > 姓名 = house.owner.name | text ; 身份证号 = house.owner.citizen_id | text
出租人 > 联系电话 = house.owner.phone | text ; 户籍地址 = house.owner.registered_address | text
承租人 > 姓名 = house.tenant.name | text ; 身份证号 = house.tenant.citizen_id | text ; 联系电话 = house.tenant.phone | text
租赁期限 = house.rented_until | date ; 月租金 = house.rent | amount
"""), notes=("注：出租人应如实填写。",)),
)  # fmt: skip
