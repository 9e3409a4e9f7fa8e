# ruff: noqa: E501  a line of a form is a line
"""Eighteen forms to work by: what communities are asked for, in the words of such forms."""

from tests.forms.shapes import Form, asked

P = "person"
SEX, YES = "男,女", "是,否"

FORMS = (
    Form("低保发放花名册", "xls", "households", "幸福镇2026年第三季度城乡居民最低生活保障金发放花名册", asked("""
序号 = | row_number
户主姓名 = household.head_name | text
低保证号 = household.low_income_card | text
身份证号码 = household.head.citizen_id | text
保障人数 > 重点保障人数 =
保障人数 > 残疾人数 =
领取金额 > 家庭补差 =
领取金额 > 重点救助60元 =
领取金额 > 残疾人救助 =
领取金额 > 小计 = | sum
领款人签字（章） =
领款时间 =
"""), above=("附件1",), facts=("填报单位（盖章）：", "填报时间：2026年9月30日", "单位：元"), filled=8, total="合 计",
         signature=("村（社区）负责人：", "填表人：", "审核人：")),
    Form("党员花名册", "xlsx", "persons", "翠湖社区党支部党员花名册", asked(f"""
序号 = | row_number
姓  名 = person.name | text
性别 = person.sex | code | {SEX}
民族 = person.ethnic | code
籍贯 = person.native_place | text
学历 = person.education | code | 小学,初中,高中,大专,本科,研究生
出生日期 = person.birth_date | date
年龄 = person.birth_date | age
公民身份证号 = person.citizen_id | text
入党时间 = person.joined_party_on | date
转正时间 = person.full_member_on | date
党龄 = person.joined_party_on | age
所属支部 = person.party_branch | text
联系\\n电话 = person.phone | text
备注 =
"""), facts=("填报单位：", "填报日期：   年   月   日"), lists_elsewhere=True),
    Form("村民小组长名册", "docx", "persons", "村民小组长、楼栋长登记表", asked("""
序号 = | row_number
村（社区） = person.area_code | area
组别 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
文化程度 = person.education | code
政治面貌 = person.political | code
职务 = person.post | text
手机号码 = person.phone | text
"""), facts=("填报单位（公章）：                填报时间：",), filled=5),
    Form("流动人口登记", "xlsx", "persons", "流动人口信息登记台账", asked(f"""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code | {SEX}
身份证号码 = person.citizen_id | text
户籍地 > 省 = person.registered_area_code | area
户籍地 > 市 = person.registered_area_code | area
户籍地 > 详细地址 = person.registered_address | text
现居住地 > 小区 = person.home.estate | text
现居住地 > 楼栋 = person.home.building_no | text
现居住地 > 房号 = person.home.room | text
来本地日期 = person.residence.since | date
居住事由 = person.residence.reason | text | 务工,经商,投亲,就学,其他
工作单位 = person.employer | text
居住证号 = person.residence_permit | text
联系电话 = person.phone | text
备注 =
"""), hints=("", "必填", "男/女", "18位", "", "", "", "如：翠湖花园", "", "", "格式YYYY-MM-DD", "下拉选择", "", "", "", ""), filled=0, blank_rows=0),
    Form("出租房屋台账", "ods", "houses", "出租房屋（居住）基础信息台账", asked(f"""
序号 = | row_number
出租屋地址 = house.address | text
房屋信息 > 建筑结构 = house.structure | text
房屋信息 > 总层数 = house.storeys | text
房屋信息 > 出租间数 = house.rooms | text
房屋信息 > 建筑面积（㎡） = house.area | number
房东信息 > 姓名 = house.owner.name | text
房东信息 > 身份证号 = house.owner.citizen_id | text
房东信息 > 联系电话 = house.owner.phone | text
承租人信息 > 姓名 = house.tenant.name | text
承租人信息 > 性别 = house.tenant.sex | code | {SEX}
承租人信息 > 身份证号 = house.tenant.citizen_id | text
承租人信息 > 联系电话 = house.tenant.phone | text
消防设施 = house.fire_equipment | text
所属网格 = house.area_code | area
"""), facts=("社区：", "网格员：", "日期："), hidden=(3,)),
    Form("安全检查表", "xlsx", "events", "九小场所消防安全检查登记表", asked("""
序号 = | row_number
检查时间 =
被检查单位 = organisation.name | text
地址 = organisation.address | text
负责人 = organisation.legal_person | text
联系电话 = organisation.phone | text
存在隐患 =
整改措施 =
整改期限 =
整改情况 =
检查人签字 =
"""), facts=("检查单位：", "检查日期："), notes=("注：1.本表每月25日前报送。", "2.隐患须逐条填写，重大隐患另附照片说明。"), filled=0, blank_rows=8),
    Form("高龄津贴发放", "xls", "persons", "80周岁以上老年人高龄津贴发放明细表", asked("""
序号 = | row_number
所属街道 = person.area_code | area
所属社区 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
年龄（截至2026年12月31日） = person.birth_date | age
户籍地址 = person.registered_address | text
开户银行 = person.bank_name | text
银行账号 = person.bank_account | text
月发放标准（元） = person.allowance_amount | amount
本人签字 =
备注 =
"""), facts=("填报单位：", "2026年12月"), total="合计", filled=7, signature=("负责人：", "经办人：", "联系电话：")),
    Form("残疾人两项补贴", "xlsx", "persons", "困难残疾人生活补贴和重度残疾人护理补贴发放名册", asked(f"""
序号 = | row_number
残疾人姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
残疾证号 = person.disability_card | text
残疾类别 = person.disability_kind | text | 视力,听力,言语,肢体,智力,精神,多重
残疾等级 = person.disability_level | text | 一级,二级,三级,四级
监护人姓名 = person.guardian.name | text
监护人电话 = person.guardian.phone | text
补贴金额（元） > 生活补贴 =
补贴金额（元） > 护理补贴 =
补贴金额（元） > 合计 = | sum
一卡通账号 = person.bank_account | text
是否低保 = person.low_income | flag | {YES}
"""), total="合计"),
    Form("社区人口统计", "xlsx", "statistics", "各社区人口基本情况统计表", asked("""
序号 = | row_number
社区名称 = area.name | area
总户数 = | count
总人口数 > 合计 = | sum
总人口数 > 男 = | count
总人口数 > 女 = | count
60岁以上老年人 = | count
其中：80岁以上 = | count
低保人数 = | count
残疾人数 = | count
党员人数 = | count
备注 =
"""), facts=("填报单位：城关街道", "单位：户、人"), areas=("南苑社区", "学府社区", "兰亭社区", "书院社区"), total="合计"),
    Form("独居老人台账", "csv", "persons", "", asked("""
序号 = | row_number
网格 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
家庭住址 = person.address | text
联系电话 = person.phone | text
健康状况 = person.health | text
自理能力 = person.care_ability | text
紧急联系人 = person.emergency_contact | text
紧急联系人电话 = person.emergency_phone | text
是否独居 = person.lives_alone | flag
"""), encoding="gb18030"),
    Form("居民信息采集", "xlsx", "persons", "居民家庭信息采集表", asked(f"""
户编号 = person.household.number | text
户主姓名 = person.household.head_name | text
与户主关系 = person.kinship | code | 户主,配偶,子,女,其他
姓名 = person.name | text
性别 = person.sex | code | {SEX}
民族 = person.ethnic | code
公民身份号码 = person.citizen_id | text
出生日期 = person.birth_date | date
婚姻状况 = person.marital | code | 未婚,已婚,离异,丧偶
文化程度 = person.education | code
政治面貌 = person.political | code
从业状况 = person.occupation | text
是否参加医保 = person.insured_medical | flag | {YES}
是否残疾 = person.disability_card | flag | {YES}
现住址 = person.address | text
手机 = person.phone | text
"""), hints=("", "", "从下拉列表选择", "必填", "男/女", "如汉族", "必填，18位身份证号", "yyyy/mm/dd", "", "", "", "", "1=是，0=否", "是/否", "", ""), filled=0, blank_rows=0),
    Form("两栏值班名单", "xlsx", "persons", "网格员通讯录", asked("""
序号 = | row_number
姓名 = person.name | text
所属网格 = person.area_code | area
联系电话 = person.phone | text
"""), more=(Form("第二张", "xlsx", "persons", "楼栋长通讯录", asked("""
序号 = | row_number
姓名 = person.name | text
楼栋 = person.home.building_no | text
手机号码 = person.phone | text
备注 =
""")),), same_sheet=True),
    Form("防返贫监测户", "xlsx", "households", "防止返贫监测帮扶对象（户）花名册", asked("""
序号 = | row_number
乡镇 = household.area_code | area
行政村 = household.area_code | area
户主姓名 = household.head_name | text
户主身份证号 = household.head.citizen_id | text
家庭人口数 = household.size | text
劳动力人数 = household.workers | text
家庭人均纯收入（元） = household.income_each | amount
致贫原因 = household.poverty_reason | text
帮扶责任人 > 姓名 = household.helper | text
帮扶责任人 > 联系电话 = household.helper_phone | text
备注 =
"""), hints=("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"), above=("附件2",), facts=("填报单位：", "填报人：", "时间："), filled=5),
    Form("城乡居保缴费", "csv", "persons", "", asked("""
行号 = | row_number
村（居）名称 = person.area_code | area
组 = person.area_code | area
参保人姓名 = person.name | text
证件号码 = person.citizen_id | text
社保编号 = person.pension_number | text
参保时间 = person.insured_from | date
缴费档次 = person.insured_tier | text
联系电话 = person.phone | text
"""), delimiter="\t"),
    Form("企业台账", "ods", "organisations", "辖区企业（商户）基础信息台账", asked("""
序号 = | row_number
企业名称 = organisation.name | text
统一社会信用代码 = organisation.credit_code | text
经营地址 = organisation.address | text
法定代表人 > 姓名 = organisation.legal_person | text
法定代表人 > 联系电话 = organisation.phone | text
所属行业 = organisation.industry | text
经营范围 = organisation.scope | text
从业人数 = organisation.staff | text
是否消防重点单位 = organisation.fire_key | flag
安全员 = organisation.safety_manager | text
安全员电话 = organisation.safety_phone | text
"""), gap=1),
    Form("退役军人信息", "docx", "persons", "退役军人及优抚对象信息采集汇总表", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
身份证号码 = person.citizen_id | text
入伍时间 = person.enlisted_on | date
退役时间 = person.discharged_on | date
服役部队 = person.service_unit | text
优抚类别 = person.special_group | text
家庭住址 = person.address | text
联系方式 = person.phone | text
"""), filled=4),
    Form("留守儿童", "xlsx", "persons", "农村留守儿童和困境儿童花名册", asked(f"""
序号 = | row_number
儿童基本信息 > 姓名 = person.name | text
儿童基本信息 > 性别 = person.sex | code | {SEX}
儿童基本信息 > 身份证号 = person.citizen_id | text
儿童基本信息 > 就读学校 = person.school | text
儿童基本信息 > 年级 = person.school_grade | text
监护人基本信息 > 姓名 = person.guardian.name | text
监护人基本信息 > 身份证号 = person.guardian.citizen_id | text
监护人基本信息 > 联系电话 = person.guardian.phone | text
父亲 > 姓名 = person.father.name | text
父亲 > 联系电话 = person.father.phone | text
母亲 > 姓名 = person.mother.name | text
母亲 > 联系电话 = person.mother.phone | text
家庭住址 = person.address | text
"""), merged=False),
    Form("残疾人统计", "xls", "statistics", "残疾人基本情况统计表", asked("""
村（社区） = area.name | area
持证残疾人数 = | count
按残疾类别 > 视力 = | count
按残疾类别 > 听力 = | count
按残疾类别 > 肢体 = | count
按残疾等级 > 一级 = | count
按残疾等级 > 二级 = | count
年龄结构 > 0-17岁 = | count
年龄结构 > 18-59岁 = | count
年龄结构 > 60岁及以上 = | count
备注 =
"""), areas=("红枫村", "栗树村", "白石村"), total="合计", total_first=True, hints=("甲", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")),
)  # fmt: skip
