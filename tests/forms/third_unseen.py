# ruff: noqa: E501  a line of a form is a line
"""Fourteen forms of a third exam, on people (0.94 right at first, judged three times), now to work by."""

from tests.forms.shapes import Form, asked, carded

YES = "是,否"

FORMS = (
    Form("低保审批汇总", "xls", "households", "城乡最低生活保障家庭审批汇总表", asked("""
序号 = | row_number
乡镇（街道） = household.area_code | area
村（居）委会 = household.area_code | area
低保证编号 = household.low_income_card | text
户主（申请人）姓名 = household.head_name | text
身份证号 = household.head.citizen_id | text
共同生活家庭成员人数 = household.size | text
保障人口 = household.assured | text
家庭月人均收入（元） = household.income_each_month | amount
月保障金额（元） = household.assistance | amount
低保类别 = household.low_income_kind | text | A类,B类,C类
致困原因 = household.poverty_reason | text
社保卡账号 = household.head.bank_account | text
审批日期 =
备注 =
"""), facts=("填报单位（盖章）：", "单位：元、人"), total="合计", filled=6, signature=("分管领导：", "审核人：", "制表人：")),
    Form("特困供养台账", "xlsx", "persons", "特困人员救助供养对象信息台账", asked(f"""
序号 = | row_number
所属镇街 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code | 男,女
身份证号码 = person.citizen_id | text
年龄 = person.birth_date | age
户籍所在地 = person.registered_address | text
供养方式 = person.support_mode | text | 集中供养,分散供养
自理能力评估 > 等级 = person.care_ability | text | 全自理,半护理,全护理
自理能力评估 > 评估时间 =
供养机构名称 =
月供养标准（元） = person.allowance_amount | amount
监护人 > 姓名 = person.guardian.name | text
监护人 > 与本人关系 =
监护人 > 联系电话 = person.guardian.phone | text
是否签订照料服务协议 = | blank | {YES}
最近探访时间 =
健康状况 = person.health | text
"""), facts=("填报单位：", "填报日期：    年  月  日"), filled=0, blank_rows=10),
    Form("新增高龄老人", "docx", "persons", "新增高龄老人津贴发放花名册", asked("""
序号 = | row_number
社区（村） = person.area_code | area
老人姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
出生年月 = person.birth_date | date
公民身份证号码 = person.citizen_id | text
户籍地址 = person.registered_address | text
居住地址 = person.address | text
老人电话 = person.phone | text
起始发放月份 = person.allowance_from | date
月津贴额（元） = person.allowance_amount | amount
社会保障卡银行账号 = person.bank_account | text
开户人姓名 = person.bank_holder | text
代理人姓名 =
代理人电话 =
"""), facts=("街道（乡镇）：", "年   月"), filled=4),
    Form("无人抚养儿童", "xlsx", "persons", "事实无人抚养儿童信息登记表", asked("""
序号 = | row_number
儿童姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text
户籍所在地 = person.registered_address | text
现居住地 = person.address | text
就读学校及班级 = person.school | text
身体状况 = person.health | text
困境类别 = person.special_group | text
父亲情况 > 姓名 = person.father.name | text
父亲情况 > 身份证号 = person.father.citizen_id | text
父亲情况 > 目前状况 = | blank | 死亡,失踪,服刑,重残,失联
母亲情况 > 姓名 = person.mother.name | text
母亲情况 > 身份证号 = person.mother.citizen_id | text
母亲情况 > 目前状况 = | blank | 死亡,失踪,服刑,重残,失联
实际监护人 > 姓名 = person.guardian.name | text
实际监护人 > 与儿童关系 =
实际监护人 > 联系电话 = person.guardian.phone | text
月补助标准 = person.allowance_amount | amount
领款账户 = person.bank_account | text
儿童主任签字 =
"""), above=("附件1-2",), filled=3),
    Form("残补动态", "xls", "persons", "残疾人两项补贴动态变更表", asked("""
序号 = | row_number
镇街 = person.area_code | area
村居 = person.area_code | area
残疾人姓名 = person.name | text
残疾人证号码 = person.disability_card | text
残疾情况 > 类别 = person.disability_kind | text
残疾情况 > 等级 = person.disability_level | text
残疾情况 > 发证日期 =
是否享受低保 = person.low_income | flag
补贴类型 = person.allowance_kind | text
变动类型 =
变动原因 =
变动月份 =
月发放标准 = person.allowance_amount | amount
收款人户名 = person.bank_holder | text
收款人账号 = person.bank_account | text
开户网点 = person.bank_name | text
联系电话 = person.phone | text
"""), facts=("残联（盖章）：", "民政（盖章）："), filled=5, total="合计"),
    Form("残疾人需求", "csv", "persons", "", asked("""
姓名 = person.name | text
残疾人证号 = person.disability_card | text
性别 = person.sex | code
民族 = person.ethnic | code
受教育程度 = person.education | code
婚姻状况 = person.marital | code
户口性质 = person.hukou_kind | text
家庭住址 = person.address | text
固定电话或手机 = person.phone | text
就业情况 = person.occupation | text
未就业主要原因 =
主要生活来源 =
是否参加城乡居民医保 = person.insured_medical | flag
是否参加城乡居民养老保险 = person.insured_pension | flag
康复需求 =
辅助器具需求 =
是否需要无障碍改造 =
住房状况 =
"""), encoding="gb18030"),
    Form("慢病随访", "xlsx", "persons", "高血压、2型糖尿病患者规范管理随访登记表", asked("""
序号 = | row_number
档案号 =
姓名 = person.name | text
性别 = person.sex | code
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
家庭住址 = person.address | text
本人电话 = person.phone | text
慢病类型 = person.chronic_disease | text | 高血压,糖尿病,两病同患
确诊日期 =
第一季度 > 随访日期 =
第一季度 > 血压值（mmHg） =
第一季度 > 空腹血糖（mmol/L） =
服药情况 =
责任村医 =
村医电话 =
下次随访日期 =
"""), facts=("卫生院：", "村卫生室："), filled=4),
    Form("家医签约", "xlsx", "persons", "家庭医生签约服务居民名册", asked("""
序号 = | row_number
户主姓名 = person.household.head_name | text
签约居民姓名 = person.name | text
与户主关系 = person.kinship | code
身份证号 = person.citizen_id | text
联系电话 = person.phone | text
重点人群类型 = person.special_group | text
签约医生 =
签约团队电话 =
签约日期 =
服务包类型 =
协议编号 =
现住址 = person.address | text
履约情况 =
"""), facts=("社区卫生服务站：",), filled=5),
    Form("孕产妇摸底", "ods", "persons", "孕产妇基本信息摸底登记表", asked("""
编号 = | row_number
所在村（社区） = person.area_code | area
孕妇姓名 = person.name | text
年龄 = person.birth_date | age
身份证号码 = person.citizen_id | text
孕次 =
产次 =
末次月经 =
预产期 =
建册机构 =
户口所在地 = person.registered_address | text
现居住地 = person.address | text
结婚登记时间 = person.married_on | date
现有子女数 = person.children | text
联系方式 = person.phone | text
丈夫姓名 = person.spouse.name | text
丈夫身份证号 = person.spouse.citizen_id | text
丈夫联系电话 = person.spouse.phone | text
高危因素 =
"""), filled=4),
    Form("党员名册", "xls", "persons", "社区党总支党员花名册", asked("""
序号 = | row_number
所在党支部 = person.party_branch | text
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
籍贯 = person.native_place | text
出生年月 = person.birth_date | date
学历 = person.education | code
参加工作时间 =
入党时间 = person.joined_party_on | date
转为正式党员时间 = person.full_member_on | date
工作单位及职务 = person.employer | text
党内职务 = person.party_post | text
身份证号 = person.citizen_id | text
户籍所在地 = person.registered_address | text
现居住地 = person.address | text
联系电话 = person.phone | text
月交党费标准 =
是否流动党员 =
备注 =
"""), facts=("党总支名称：", "截至2026年9月30日"), filled=6),
    Form("困难党员申报", "docx", "persons", "困难党员帮扶慰问申报表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code ; 出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text ; 入党时间 = person.joined_party_on | date
所在党支部 = person.party_branch | text ; 党内职务 = person.party_post | text
家庭住址 = person.address | text
联系电话 = person.phone | text ; 健康状况 = person.health | text
本人月收入（元） = person.income_month | amount ; 家庭人口 = person.household.size | text
困难原因 = person.household.poverty_reason | text
党支部意见 =
上级党委意见 =
""")),
    Form("退役军人采集", "ods", "persons", "退役军人信息采集核实表", asked("""
序号 = | row_number
姓名 = person.name | text
曾用名 = person.former_name | text
身份证号码 = person.citizen_id | text
民族 = person.ethnic | code
政治面貌 = person.political | code
文化程度 = person.education | code
户籍地 = person.registered_address | text
常住地址 = person.address | text
入伍时间 = person.enlisted_on | date
入伍地 =
退役时间 = person.discharged_on | date
退役时部队代号 = person.service_unit | text
军衔 =
安置方式 =
优待证编号 =
立功受奖 =
现工作单位 = person.employer | text
职业技能 = person.skill | text
健康状况 = person.health | text
联系电话 = person.phone | text
紧急联系人 > 姓名 = person.emergency_contact | text
紧急联系人 > 电话 = person.emergency_phone | text
"""), facts=("服务站：", "采集人："), gap=1, filled=4),
    Form("毕业生就业", "xlsx", "persons", "离校未就业高校毕业生实名登记表", asked(f"""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code | 男,女
身份证号 = person.citizen_id | text
毕业院校 = person.graduated_from | text
所学专业 = person.major | text
学历层次 = person.education | code
毕业时间 =
生源地 =
当前就业情况 = person.occupation | text
就业单位名称 = person.employer | text
月工资（元） = person.income_month | amount
就业意向 =
是否有培训意愿 = | blank | {YES}
手机号码 = person.phone | text
家庭住址 = person.address | text
跟踪服务人员 =
"""), hints=("", "", "", "18位", "", "", "专科/本科/研究生", "如2026.6", "", "", "", "", "", "是/否", "", "", ""), filled=3),
    Form("居保到龄", "csv", "persons", "", asked("""
序号 = | row_number
村（社区） = person.area_code | area
组别 = person.area_code | area
参保人姓名 = person.name | text
公民身份号码 = person.citizen_id | text
参保状态 =
首次参保年月 = person.insured_from | date
缴费档次 = person.insured_tier | text
实际缴费年限 =
月养老金标准 = person.pension_amount | amount
银行账号 = person.bank_account | text
开户银行 = person.bank_name | text
联系电话 = person.phone | text
经办人 =
"""), delimiter=";"),
)  # fmt: skip
