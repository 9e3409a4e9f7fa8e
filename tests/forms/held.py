# ruff: noqa: E501  a line of a form is a line
"""Eighteen forms that were held back at first (0.93 right, 0.035 of the sure ones wrong), now to work by."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("优抚定补发放", "xls", "persons", "优抚对象定期抚恤和生活补助金发放花名册", asked("""
序号 = | row_number
乡镇 = person.area_code | area
优抚对象姓名 = person.name | text
身份证号码 = person.citizen_id | text
优抚证号 =
优抚对象类别 = person.special_group | text
月标准（元） = person.allowance_amount | amount
发放月数 =
发放金额（元） =
开户银行 = person.bank_name | text
银行卡号 = person.bank_account | text
联系电话 = person.phone | text
备注 =
"""), facts=("填报单位：", "单位：元"), total="合计", filled=7, signature=("分管领导：", "审核：", "制表：")),
    Form("防溺水重点学生", "xlsx", "persons", "暑期防溺水重点关注未成年人“一对一”包保台账", asked("""
序号 = | row_number
村（社区） = person.area_code | area
学生姓名 = person.name | text
性别 = person.sex | code | 男,女
年龄 = person.birth_date | age
就读学校 = person.school | text
年级（班级） = person.school_grade | text
家庭住址 = person.address | text
监护人 > 姓名 = person.guardian.name | text
监护人 > 与学生关系 =
监护人 > 联系电话 = person.guardian.phone | text
是否留守儿童 = person.left_behind | flag | 是,否
附近水域名称 =
包保干部 > 姓名 =
包保干部 > 职务 =
包保干部 > 联系电话 =
"""), facts=("填报单位：", "填报人：", "填报时间："), filled=0, blank_rows=10, notes=("备注：每周更新一次。",)),
    Form("特别扶助", "docx", "persons", "计划生育特殊家庭成员信息登记册", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
身份证号码 = person.citizen_id | text
户籍性质 = person.hukou_kind | text
扶助类型 =
子女死亡（伤残）时间 =
配偶姓名 = person.spouse.name | text
配偶身份证号码 = person.spouse.citizen_id | text
健康状况 = person.health | text
生活来源 =
居住地址 = person.address | text
联系人 =
手机号码 = person.phone | text
"""), filled=4),
    Form("隐患整改清单", "xlsx", "events", "火灾隐患排查整治问题清单", asked("""
序号 = | row_number
单位（场所）名称 = organisation.name | text
单位地址 = organisation.address | text
消防安全责任人 = organisation.safety_manager | text
联系电话 = organisation.phone | text
排查日期 =
隐患问题 =
隐患等级 = | blank | 一般,重大
整改措施 =
整改责任人 =
整改时限 =
是否整改到位 =
销号时间 =
督办单位 =
"""), facts=("填报单位：", "填报日期："), filled=0, blank_rows=6, signature=("负责人：", "填表人：")),
    Form("门前三包商户", "ods", "organisations", "沿街商户“门前三包”责任台账", asked("""
序号 = | row_number
商户名称 = organisation.name | text
门牌号 =
经营者姓名 = organisation.legal_person | text
联系方式 = organisation.phone | text
营业执照编号 = organisation.credit_code | text
经营范围 = organisation.scope | text
从业人员 = organisation.staff | text
营业面积（平方米） = organisation.floor_area | number
房东姓名 = organisation.seat.owner.name | text
房东电话 = organisation.seat.owner.phone | text
责任书签订情况 =
路长 =
"""), facts=("社区：", "路段："), gap=1),
    Form("志愿者骨干", "xlsx", "persons", "社区志愿服务队骨干信息表", asked("""
序号 = | row_number
队伍名称 =
姓 名 = person.name | text
性 别 = person.sex | code
出生年月 = person.birth_date | date
政治面貌 = person.political | code
学历 = person.education | code
工作单位及职务 = person.employer | text
特长 = person.skill | text
志愿者注册号 = person.volunteer_number | text
累计服务时长（小时） = person.service_hours | number
队内职务 =
联系电话 = person.phone | text
邮箱 = person.email | text
"""), filled=4),
    Form("高龄津贴月报", "xls", "statistics", "高龄津贴发放情况统计月报表", asked("""
单位 = area.name | area
享受人数 > 80-89岁 = | count
享受人数 > 90-99岁 = | count
享受人数 > 100岁及以上 = | count
享受人数 > 合计 = | sum
本月新增人数 =
本月减少人数 =
发放金额（万元） =
备注 =
"""), above=("附件2",), facts=("填报单位：", "2026年11月"), areas=("东关街道", "西关街道", "新城镇"), total="总计", total_first=True),
    Form("重点人员管控", "xlsx", "persons", "社区矫正、安置帮教人员信息台账", asked("""
序号 = | row_number
姓名 = person.name | text
曾用名 = person.former_name | text
性别 = person.sex | code
民族 = person.ethnic | code
身份证号 = person.citizen_id | text
文化程度 = person.education | code
户籍地 = person.registered_address | text
居住地 = person.address | text
人员类别 = person.person_class | text
罪名 =
刑期 =
矫正期限 =
就业情况 = person.occupation | text
帮教责任人 =
责任人电话 =
本人电话 = person.phone | text
"""), facts=("司法所：",), filled=3),
    Form("租户摸排", "xlsx", "houses", "出租房屋及租住人员摸底排查登记表", asked("""
序号 = | row_number
出租房屋详细地址 = house.address | text
房屋产权人 > 姓名 = house.owner.name | text
房屋产权人 > 公民身份号码 = house.owner.citizen_id | text
房屋产权人 > 联系方式 = house.owner.phone | text
房屋性质 = house.nature | text
出租间数 = house.rooms | text
出租面积（㎡） =
租金（元/月） = house.rent | amount
租住人员 > 姓名 = house.tenant.name | text
租住人员 > 性别 = house.tenant.sex | code
租住人员 > 公民身份号码 = house.tenant.citizen_id | text
租住人员 > 户籍地址 = house.tenant.registered_address | text
租住人员 > 联系方式 = house.tenant.phone | text
租住人员 > 从事职业 = house.tenant.occupation | text
租住起始时间 = house.rented_from | date
是否签订治安责任书 =
"""), facts=("派出所：", "社区民警：", "网格员："), filled=5),
    Form("自建房排查", "xlsx", "houses", "城乡居民自建房安全隐患排查汇总表", asked("""
序号 = | row_number
社区（村） = house.area_code | area
房屋地址 = house.address | text
产权人（使用人） = house.owner.name | text
联系电话 = house.owner.phone | text
建造年代 = house.built_year | text
地上层数 = house.storeys | text
建筑面积（平方米） = house.area | number
结构形式 = house.structure | text | 砖混,框架,砖木,土木
房屋用途 = house.use | code
是否经营性自建房 =
是否有审批手续 =
是否改扩建 =
初步判定结果 = | blank | A级,B级,C级,D级
排查人 =
排查时间 =
"""), above=("附件2-1",), facts=("填报单位：",), notes=("注：初步判定存在严重隐患的，应立即停用并委托鉴定。",), filled=0, blank_rows=8),
    Form("入学摸底", "csv", "persons", "", asked("""
序号 = | row_number
儿童姓名 = person.name | text
性别 = person.sex | code
出生年月日 = person.birth_date | date
身份证号码 = person.citizen_id | text
户籍所在地 = person.registered_address | text
家庭现住址 = person.address | text
父亲姓名 = person.father.name | text
父亲电话 = person.father.phone | text
母亲姓名 = person.mother.name | text
母亲电话 = person.mother.phone | text
是否随迁子女 =
拟入学校 =
房产证号 = person.home.title_no | text
""")),
    Form("低收入人口", "xlsx", "households", "低收入人口动态监测信息采集表", asked("""
户编号 = household.number | text
户主姓名 = household.head_name | text
户主身份证号 = household.head.citizen_id | text
家庭成员 > 姓名 = household.member.name | text
家庭成员 > 身份证号 = household.member.citizen_id | text
家庭成员 > 与户主关系 = household.member.kinship | code
家庭成员 > 健康状况 = household.member.health | text
家庭成员 > 劳动能力 = household.member.work_ability | text
家庭年收入（元） = household.income | amount
人均年收入（元） = household.income_each | amount
主要致困原因 = household.poverty_reason | text
低保证号 = household.low_income_card | text
帮扶措施 =
帮扶责任人 = household.helper | text
帮扶人电话 = household.helper_phone | text
"""), facts=("乡镇：", "村：", "组："), filled=6),
    Form("地力补贴", "xls", "households", "耕地地力保护补贴面积核实公示表", asked("""
序号 = | row_number
村民小组 = household.area_code | area
户主姓名 = household.head_name | text
身份证号码 = household.head.citizen_id | text
承包耕地面积（亩） = household.land | number
核减面积（亩） =
补贴面积（亩） =
补贴标准（元/亩） =
补贴金额（元） =
一卡通账号 = household.head.bank_account | text
联系电话 = household.head.phone | text
农户签字 =
"""), facts=("填报单位：", "单位：亩、元"), total="合 计", filled=9),
    Form("失业人员", "xlsx", "persons", "登记失业人员及就业困难人员台账", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code | 男,女
身份证号码 = person.citizen_id | text
户口性质 = person.hukou_kind | text | 城镇,农村
文化程度 = person.education | code
技能等级 =
失业时间 =
原工作单位 = person.employer | text
失业原因 =
就业困难人员类型 =
求职意向 =
培训意愿 =
是否享受社保补贴 =
联系电话 = person.phone | text
家庭地址 = person.address | text
"""), facts=("社区（盖章）：", "负责人：", "填报日期："), filled=4),
    Form("居家养老", "ods", "persons", "居家养老服务对象登记表", asked("""
序号 = | row_number
老人姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
身份证号 = person.citizen_id | text
户籍地址 = person.registered_address | text
居住地址 = person.address | text
老人类别 =
失能等级 = person.care_ability | text
补贴标准（元/月） = person.allowance_amount | amount
服务机构 =
服务项目 =
家属姓名 = person.emergency_contact | text
家属电话 = person.emergency_phone | text
服务起始时间 =
"""), facts=("街道：", "社区："), filled=4),
    Form("流动人口月报", "xlsx", "statistics", "流动人口和出租房屋基本情况统计表", asked("""
社区 = area.name | area
流动人口 > 总数 = | count
流动人口 > 男 = | count
流动人口 > 女 = | count
流动人口 > 16周岁以下 = | count
出租房屋 > 总户数 = | count
出租房屋 > 已备案 =
居住证办理 > 本月办证数 =
居住证办理 > 累计办证数 =
"""), facts=("填报单位：", "月份："), areas=("兴华社区", "永乐社区", "光明社区"), total="合计", hints=("甲", "1", "2", "3", "4", "5", "6", "7", "8")),
    Form("小区业主", "xlsx", "houses", "阳光花园小区业主信息登记表", asked("""
楼栋 = house.building_no | text
单元 = house.unit_no | text
房号 = house.room | text
建筑面积 = house.area | number
业主姓名 = house.owner.name | text
业主身份证号 = house.owner.citizen_id | text
业主电话 = house.owner.phone | text
是否出租 = house.rented | flag
承租人姓名 = house.tenant.name | text
承租人电话 = house.tenant.phone | text
常住人口数 =
车牌号 =
入住日期 =
物业费缴纳情况 =
"""), filled=6),
    Form("困难妇女", "docx", "persons", "困难妇女儿童关爱帮扶对象信息表", asked("""
序号 = | row_number
所在村（社区） = person.area_code | area
姓名 = person.name | text
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
对象类别 = person.special_group | text
家庭人口数 = person.household.size | text
家庭年收入 = person.household.income | amount
主要困难情况 = person.household.poverty_reason | text
帮扶需求 =
结对“爱心妈妈”姓名 =
爱心妈妈联系电话 =
本人联系电话 = person.phone | text
"""), filled=4),
)  # fmt: skip
