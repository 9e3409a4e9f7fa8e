"""Twelve forms with names as people decorate them: marks, numbers, hints in brackets, abbreviations, long groups."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("必填采集", "xlsx", "persons", "社区居民信息采集模板", asked("""
*姓名 = person.name | text
*身份证号码（18位） = person.citizen_id | text
性别（男/女） = person.sex | code
*联系电话（手机） = person.phone | text
民族（如：汉族） = person.ethnic | code
*户籍地址（省市县乡村） = person.registered_address | text
*现住址（详细到门牌号） = person.address | text
学历（文化程度） = person.education | code
政治面貌（党员/团员/群众） = person.political | code
婚姻状况（未婚/已婚/离异/丧偶） = person.marital | code
工作单位（没有填“无”） = person.employer | text
是否退役军人（是/否） = person.veteran | flag
是否低保户（是/否） = person.low_income | flag
备注（其他需要说明的情况） =
"""), filled=3),
    Form("编号采集", "xls", "persons", "残疾人基本状况调查表", asked("""
1.姓名 = person.name | text
2.性别 = person.sex | code
3.残疾人证号 = person.disability_card | text
4.残疾类别 = person.disability_kind | text
5.残疾等级 = person.disability_level | text
6.婚姻状况 = person.marital | code
7.受教育程度 = person.education | code
8.就业状况 = person.occupation | text
9.主要生活来源 =
10.是否参加城乡居民养老保险 = person.insured_pension | flag
11.是否参加城乡居民医疗保险 = person.insured_medical | flag
12.联系电话 = person.phone | text
"""), filled=4),
    Form("换行表头", "xlsx", "persons", "困难群众冬春救助花名册", asked("""
序\\n号 = | row_number
乡镇\\n（街道） = person.area_code | area
村\\n（社区） = person.area_code | area
户主\\n姓名 = person.household.head_name | text
救助对象\\n姓名 = person.name | text
身份证\\n号码 = person.citizen_id | text
与户主\\n关系 = person.kinship | code
家庭\\n人口\\n（人） = person.household.size | text
救助\\n金额\\n（元） =
一卡通\\n账号 = person.bank_account | text
联系\\n电话 = person.phone | text
领取人\\n签字 =
"""), total="合计", filled=5),
    Form("深层表头", "xlsx", "persons", "重点青少年群体排查登记表", asked("""
序号 = | row_number
基本信息 > 个人 > 姓名 = person.name | text
基本信息 > 个人 > 性别 = person.sex | code
基本信息 > 个人 > 出生日期 = person.birth_date | date
基本信息 > 住址 > 户籍地址 = person.registered_address | text
基本信息 > 住址 > 现住地址 = person.address | text
家庭情况 > 父亲 > 姓名 = person.father.name | text
家庭情况 > 父亲 > 联系电话 = person.father.phone | text
家庭情况 > 母亲 > 姓名 = person.mother.name | text
家庭情况 > 母亲 > 联系电话 = person.mother.phone | text
帮教情况 > 帮教人姓名 =
帮教情况 > 联系电话 =
"""), filled=3),
    Form("企业消防", "xlsx", "organisations", "社会单位消防安全基本情况登记表", asked("""
序号 = | row_number
单位全称 = organisation.name | text
单位类别 = organisation.type | text
详细地址 = organisation.address | text
法定代表人（主要负责人）姓名 = organisation.legal_person | text
法定代表人（主要负责人）电话 = organisation.phone | text
消防安全管理人 > 姓名 = organisation.safety_manager | text
消防安全管理人 > 电话 = organisation.safety_phone | text
是否消防安全重点单位 = organisation.fire_key | flag
职工人数 = organisation.staff | text
建筑高度（m） =
是否设有自动消防设施 =
"""), filled=3),
    Form("租赁登记", "docx", "houses", "居住房屋租赁信息登记台账", asked("""
序号 = | row_number
小区（村组）名称 = house.estate | text
楼幢号 = house.building_no | text
单元号 = house.unit_no | text
室号 = house.room | text
房东姓名及电话 =
出租人 > 身份证号 = house.owner.citizen_id | text
承租人 > 姓名 = house.tenant.name | text
承租人 > 身份证号码 = house.tenant.citizen_id | text
承租人 > 户籍所在地 = house.tenant.registered_address | text
承租人 > 工作单位 = house.tenant.employer | text
承租人 > 手机号 = house.tenant.phone | text
起租日期 = house.rented_from | date
备案编号 = house.filing_no | text
"""), filled=3),
    Form("党员双报到", "csv", "persons", "", asked("""
序号 = | row_number
党员姓名 = person.name | text
所在单位 = person.employer | text
职务 = person.post | text
组织关系所在支部 = person.party_branch | text
居住小区 = person.home.estate | text
联系方式 = person.phone | text
特长爱好 = person.skill | text
认领岗位 =
报到时间 =
""")),
    Form("五经普单位", "ods", "organisations", "单位清查名录表", asked("""
统一社会信用代码 = organisation.credit_code | text
单位详细名称 = organisation.name | text
单位所在地 = organisation.address | text
行政区划代码 = organisation.area_code | area
主要业务活动 = organisation.scope | text
行业代码 =
法定代表人（单位负责人） = organisation.legal_person | text
开业（成立）时间 = organisation.founded_on | date
固定电话 = organisation.phone | text
从业人员期末人数 = organisation.staff | text
机构类型 = organisation.type | text
运营状态 = organisation.status | text
"""), filled=4),
    Form("监测户明细", "xlsx", "households", "防返贫监测对象明细表", asked("""
县（市、区） = household.area_code | area
乡（镇） = household.area_code | area
村 = household.area_code | area
户编号 = household.number | text
户主姓名 = household.head_name | text
户主证件号码 = household.head.citizen_id | text
家庭成员数（人） = household.size | text
监测对象类别 = household.kind | text
返贫风险类型 =
识别时间 =
家庭年纯收入（元） = household.income | amount
人均纯收入（元） = household.income_each | amount
是否消除风险 =
"""), filled=4),
    Form("街道统计", "xls", "statistics", "特殊群体人员情况统计表", asked("""
社区名称 = area.name | area
低保 > 户数 = | count
低保 > 人数 = | count
特困人员（人） = | count
残疾人 > 总数 = | count
残疾人 > 其中：一级 = | count
残疾人 > 其中：二级 = | count
80岁以上老人（人） = | count
退役军人（人） = | count
留守儿童（人） = | count
社区矫正人员（人） =
"""), areas=("南街社区", "北街社区", "东街社区"), total="合计", facts=("填报单位：", "填报时间：")),
    Form("孕产妇", "xlsx", "persons", "孕产妇健康管理登记表", asked("""
编号 = | row_number
孕妇姓名 = person.name | text
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
丈夫姓名 = person.spouse.name | text
丈夫电话 = person.spouse.phone | text
现住址 = person.address | text
末次月经 =
预产期 =
建册时间 =
随访医生 =
分娩日期 =
本人联系电话 = person.phone | text
"""), filled=3),
    Form("外来务工子女", "xlsx", "persons", "进城务工人员随迁子女登记表", asked("""
序号 = | row_number
学生姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
户籍所在地 = person.registered_address | text
现就读学校 = person.school | text
年级 = person.school_grade | text
家长姓名 = person.guardian.name | text
家长身份证号 = person.guardian.citizen_id | text
家长务工单位 = person.guardian.employer | text
家长联系电话 = person.guardian.phone | text
流动方式 =
"""), filled=3),
)  # fmt: skip
