"""Eighteen further forms of yet other offices, held back at first (0.86 right), now to work by."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("优待金发放", "xls", "persons", "义务兵家庭优待金发放名册", asked("""
序号 = | row_number
义务兵姓名 = person.name | text
身份证号 = person.citizen_id | text
入伍年月 = person.enlisted_on | date
服役部队代号 = person.service_unit | text
家庭住址 = person.address | text
优待金标准（元/年） = person.allowance_amount | amount
领取人姓名 =
与义务兵关系 =
领取人银行账号 =
联系电话 = person.phone | text
领取人签名 =
"""), facts=("乡镇（街道）：", "单位：元"), total="合计", filled=5),
    Form("康复救助", "xlsx", "persons", "残疾儿童康复救助申请汇总表", asked("""
序号 = | row_number
儿童姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
身份证号 = person.citizen_id | text
残疾类别 = person.disability_kind | text
残疾证号（诊断证明） = person.disability_card | text
监护人姓名 = person.guardian.name | text
与儿童关系 =
联系电话 = person.guardian.phone | text
家庭经济状况 =
申请康复项目 =
拟选择康复机构 =
救助金额 =
"""), facts=("填报单位：", "填报日期："), filled=4),
    Form("低保边缘", "xlsx", "households", "低保边缘家庭认定名册", asked("""
序号 = | row_number
镇街 = household.area_code | area
村居 = household.area_code | area
户主 = household.head_name | text
身份证号码 = household.head.citizen_id | text
家庭人口数 = household.size | text
共同生活成员姓名 = household.member.name | text
家庭月人均收入 = household.income_each_month | amount
家庭财产状况 =
致贫原因 = household.poverty_reason | text
认定时间 =
有效期至 =
"""), filled=5),
    Form("临时救助", "xls", "persons", "2026年临时救助资金发放花名册", asked("""
序号 = | row_number
所属村（社区） = person.area_code | area
申请人姓名 = person.name | text
性别 = person.sex | code
身份证号码 = person.citizen_id | text
家庭住址 = person.address | text
救助类型 =
困难原因 = person.household.poverty_reason | text
救助金额（元） =
开户行 = person.bank_name | text
银行账号 = person.bank_account | text
联系方式 = person.phone | text
经办人 =
"""), total="合计", filled=6, signature=("审批人：", "制表人：")),
    Form("一键呼叫", "xlsx", "persons", "独居老人一键呼叫设备安装台账", asked("""
序号 = | row_number
社区 = person.area_code | area
老人姓名 = person.name | text
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
详细住址 = person.address | text
老人电话 = person.phone | text
子女姓名 =
子女电话 =
设备编号 =
安装日期 =
安装人员 =
老人签字 =
"""), filled=3),
    Form("培训学员", "ods", "persons", "家政服务技能培训学员花名册", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
年龄 = person.birth_date | age
文化程度 = person.education | code
身份证号码 = person.citizen_id | text
人员类别 = person.person_class | text
户籍地址 = person.registered_address | text
培训工种 =
联系电话 = person.phone | text
鉴定成绩 =
证书编号 =
是否就业 =
学员签名 =
"""), facts=("培训机构：", "培训时间："), filled=6),
    Form("消火栓", "xlsx", "things", "市政消火栓及消防车通道台账", asked("""
序号 = | row_number
设施名称 = thing.name | text
编号 = thing.number | text
具体位置 = thing.address | text
完好情况 =
管理单位 =
责任人 =
联系电话 =
检查时间 =
"""), filled=4),
    Form("小作坊", "xlsx", "organisations", "食品小作坊小餐饮登记台账", asked("""
序号 = | row_number
店名 = organisation.name | text
经营地址 = organisation.address | text
负责人 = organisation.legal_person | text
身份证号 = organisation.operator.citizen_id | text
联系电话 = organisation.phone | text
营业执照注册号 = organisation.credit_code | text
登记证编号 =
从业人员数 = organisation.staff | text
健康证办理人数 =
主要经营品种 = organisation.scope | text
场所面积（㎡） = organisation.floor_area | number
备注 =
"""), facts=("监管所：",), filled=4),
    Form("村民代表", "docx", "persons", "第十三届村民代表名册", asked("""
序号 = | row_number
村民小组 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
出生年月 = person.birth_date | date
文化程度 = person.education | code
政治面貌 = person.political | code
是否连任 =
推选户数 =
联系电话 = person.phone | text
"""), facts=("村（盖章）：",), filled=5),
    Form("资格认证", "xlsx", "persons", "城乡居民养老保险待遇领取资格认证花名册", asked("""
序号 = | row_number
行政村 = person.area_code | area
姓名 = person.name | text
公民身份号码 = person.citizen_id | text
性别 = person.sex | code
待遇开始享受年月 =
月养老金（元） = person.pension_amount | amount
是否健在 =
死亡时间 = person.died_on | date
认证方式 =
认证日期 =
认证人 =
家属联系电话 = person.emergency_phone | text
"""), filled=5),
    Form("入党积极分子", "xls", "persons", "入党积极分子备案表", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
籍贯 = person.native_place | text
出生年月 = person.birth_date | date
学历 = person.education | code
单位及职务 = person.employer | text
申请入党时间 =
确定为积极分子时间 =
所在党支部 = person.party_branch | text
培养联系人1 =
培养联系人2 =
"""), filled=3),
    Form("托育摸底", "xlsx", "persons", "0-3岁婴幼儿照护需求摸底表", asked("""
序号 = | row_number
婴幼儿姓名 = person.name | text
性别 = person.sex | code | 男,女
出生日期 = person.birth_date | date
月龄 =
家长姓名 = person.guardian.name | text
家长联系电话 = person.guardian.phone | text
现居住地址 = person.address | text
户籍是否在本地 =
是否有入托需求 =
可承受费用 =
"""), filled=4),
    Form("工地务工", "csv", "persons", "", asked("""
姓名 = person.name | text
身份证号 = person.citizen_id | text
籍贯 = person.native_place | text
工种 = person.occupation | text
班组 =
进场日期 =
离场日期 =
手机号码 = person.phone | text
暂住地址 = person.address | text
银行卡号 = person.bank_account | text
开户行 = person.bank_name | text
紧急联系人 = person.emergency_contact | text
紧急联系电话 = person.emergency_phone | text
是否签订劳动合同 =
""")),
    Form("地灾隐患点", "xlsx", "households", "地质灾害隐患点受威胁农户花名册", asked("""
序号 = | row_number
隐患点名称 =
所在位置 =
户主姓名 = household.head_name | text
家庭人口 = household.size | text
房屋间数 = household.home.rooms | text
联系电话 = household.head.phone | text
监测责任人 =
责任人电话 =
避险地点 =
撤离路线 =
农户签字 =
"""), filled=4),
    Form("征地补偿", "xls", "households", "征地补偿款分户发放表", asked("""
序号 = | row_number
户主姓名 = household.head_name | text
身份证号码 = household.head.citizen_id | text
征收面积（亩） =
补偿标准（元/亩） =
土地补偿费 =
青苗补偿费 =
安置补助费 =
合计金额（元） = | sum
开户银行 = household.head.bank_name | text
银行账号 = household.head.bank_account | text
户主签字 =
"""), facts=("村（组）：",), total="合计", filled=6),
    Form("户厕改造", "xlsx", "households", "农村户厕改造台账", asked("""
序号 = | row_number
村名 = household.area_code | area
组名 = household.area_code | area
户主姓名 = household.head_name | text
身份证号 = household.head.citizen_id | text
户籍人口数 = household.size | text
常住人口数 =
改厕模式 =
改造时间 =
验收是否合格 =
奖补资金 =
联系电话 = household.head.phone | text
"""), filled=4),
    Form("网格汇总", "xlsx", "statistics", "各网格基本情况汇总表", asked("""
网格名称 = area.name | area
网格员姓名 =
户数 = | count
人口数 = | count
其中 > 党员 = | count
其中 > 60岁以上老人 = | count
其中 > 低保对象 = | count
其中 > 残疾人 = | count
其中 > 留守儿童 = | count
出租房屋数 = | count
企业数 = | count
"""), areas=("第一网格", "第二网格", "第三网格"), total="合计"),
    Form("房屋普查", "ods", "houses", "房屋基本信息普查登记册", asked("""
房屋编号 = house.address_code | text
门牌地址 = house.address | text
户主（产权人）姓名 = house.owner.name | text
产权人身份证号 = house.owner.citizen_id | text
房屋类别 = house.nature | text
层数 = house.storeys | text
结构 = house.structure | text
建筑年代 = house.built_year | text
建筑面积 = house.area | number
是否有人居住 =
居住人数 =
是否经营性用房 =
安全鉴定等级 = house.safety_grade | text
"""), filled=5),
)  # fmt: skip
