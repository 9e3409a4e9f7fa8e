# ruff: noqa: E501  a line of a form is a line
"""Fourteen more forms of the third exam, on houses, firms, events and figures, now to work by."""

from tests.forms.shapes import Form, asked, carded

YES = "是,否"

FORMS = (
    Form("外来人员登记", "xlsx", "persons", "流动人口（外来人员）信息登记簿", asked("""
序号 = | row_number
人员基本信息 > 姓名 = person.name | text
人员基本信息 > 性别 = person.sex | code | 男,女
人员基本信息 > 民族 = person.ethnic | code
人员基本信息 > 公民身份号码 = person.citizen_id | text
人员基本信息 > 文化程度 = person.education | code
人员基本信息 > 婚姻状况 = person.marital | code
户籍地址 > 省（区、市） = person.registered_area_code | area
户籍地址 > 市（州） = person.registered_area_code | area
户籍地址 > 县（区） = person.registered_area_code | area
户籍地址 > 详细地址 = person.registered_address | text
现暂住地址 > 小区名称 = person.home.estate | text
现暂住地址 > 楼栋 = person.home.building_no | text
现暂住地址 > 单元 = person.home.unit_no | text
现暂住地址 > 房间号 = person.home.room | text
来本地时间 = person.residence.since | date
暂住事由 = person.residence.reason | text | 务工,经商,求学,投靠亲友,其他
拟住期限 = person.residence.until | text
居住证号码 = person.residence_permit | text
从事工作 = person.occupation | text
就业单位 = person.employer | text
房东姓名 = person.home.owner.name | text
房东联系电话 = person.home.owner.phone | text
本人联系电话 = person.phone | text
备注 =
"""), facts=("派出所：", "社区（村）：", "登记人："), filled=4),
    Form("出租屋底数", "xls", "houses", "出租房屋及承租人员底数清单", asked("""
序号 = | row_number
出租房屋信息 > 坐落地址 = house.address | text
出租房屋信息 > 房屋类型 = house.nature | text
出租房屋信息 > 总层数 = house.storeys | text
出租房屋信息 > 出租房间数 = house.rooms | text
出租人信息 > 姓名 = house.owner.name | text
出租人信息 > 证件号码 = house.owner.citizen_id | text
出租人信息 > 户籍地址 = house.owner.registered_address | text
出租人信息 > 联系电话 = house.owner.phone | text
承租人信息 > 姓名 = house.tenant.name | text
承租人信息 > 性别 = house.tenant.sex | code
承租人信息 > 身份证号码 = house.tenant.citizen_id | text
承租人信息 > 户籍地址 = house.tenant.registered_address | text
承租人信息 > 工作单位 = house.tenant.employer | text
承租人信息 > 联系电话 = house.tenant.phone | text
起租时间 = house.rented_from | date
同住人数 =
是否签订治安责任书 =
消防设施配备情况 = house.fire_equipment | text
责任民警 =
"""), facts=("派出所（章）：", "社区："), filled=4),
    Form("场所从业人员", "csv", "persons", "", asked("""
从业人员姓名 = person.name | text
性别 = person.sex | code
身份证号码 = person.citizen_id | text
户籍地址 = person.registered_address | text
暂住地址 = person.address | text
从业单位 = person.employer | text
岗位 = person.post | text
入职时间 =
离职时间 =
手机号码 = person.phone | text
紧急联系人 = person.emergency_contact | text
紧急联系人手机 = person.emergency_phone | text
"""), filled=5),
    Form("九小场所摸排", "xlsx", "organisations", "“九小场所”消防安全基本情况摸排表", asked(f"""
序号 = | row_number
所属网格 = organisation.area_code | area
场所名称 = organisation.name | text
场所类型 = organisation.type | text | 小餐饮,小旅馆,小商店,小作坊,其他
详细地址 = organisation.address | text
统一社会信用代码 = organisation.credit_code | text
经营者 > 姓名 = organisation.legal_person | text
经营者 > 手机 = organisation.phone | text
场所面积（㎡） = organisation.floor_area | number
从业人数 = organisation.staff | text
所在楼层 =
是否“三合一”场所 = | blank | {YES}
是否设置防盗网 = | blank | {YES}
安全出口数量 =
消防安全责任人 = organisation.safety_manager | text
责任人联系电话 = organisation.safety_phone | text
存在火灾隐患 =
检查时间 =
检查人员签字 =
"""), facts=("镇（街道）：", "填表时间："), filled=0, blank_rows=9),
    Form("消防检查记录", "docx", "events", "冬春火灾防控检查情况登记表", asked("""
编号 = | row_number
检查日期 =
受检单位（场所） = organisation.name | text
单位地址 = organisation.address | text
主要负责人 = organisation.legal_person | text
联系电话 = organisation.phone | text
存在的主要问题 =
隐患级别 =
整改要求 =
整改完成时限 =
复查日期 =
复查结论 =
检查人员签名 =
"""), facts=("检查组：", "组长："), filled=0, blank_rows=6),
    Form("农房排查", "xlsx", "houses", "农村房屋安全隐患排查整治台账", asked(f"""
序号 = | row_number
乡镇 = house.area_code | area
行政村 = house.area_code | area
村民小组 = house.area_code | area
房屋所有权人 > 姓名 = house.owner.name | text
房屋所有权人 > 身份证号 = house.owner.citizen_id | text
房屋所有权人 > 联系电话 = house.owner.phone | text
房屋坐落 = house.address | text
建成年份 = house.built_year | text
房屋层数 = house.storeys | text
建筑面积（㎡） = house.area | number
结构类型 = house.structure | text | 砖混结构,砖木结构,土木结构,框架结构
房屋用途 = house.use | code
安全鉴定等级 = house.safety_grade | text | A,B,C,D
是否闲置 = | blank | {YES}
是否有人居住 = | blank | {YES}
整治措施 =
整治完成时间 =
采集人员 =
"""), above=("附件3",), facts=("填报单位：",), filled=4, notes=("说明：1.鉴定等级以鉴定报告为准。", "2.整治措施填写维修加固、拆除重建、停止使用等。")),
    Form("物业项目", "xls", "organisations", "物业服务企业及管理项目情况表", asked("""
序号 = | row_number
物业企业名称 = organisation.name | text
统一社会信用代码 = organisation.credit_code | text
企业负责人 = organisation.legal_person | text
负责人电话 = organisation.phone | text
服务小区名称 =
管理面积（万㎡） =
服务总户数 =
物业费标准（元/㎡·月） =
项目经理 > 姓名 =
项目经理 > 联系电话 =
员工人数 = organisation.staff | text
是否成立业委会 =
服务合同到期时间 =
"""), filled=4),
    Form("适龄儿童入学", "xlsx", "persons", "2026年秋季适龄儿童入学摸底登记表", asked(f"""
序号 = | row_number
幼儿姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
身份证号 = person.citizen_id | text
户主姓名 = person.household.head_name | text
与户主关系 = person.kinship | code
户籍地址 = person.registered_address | text
家庭住址 = person.address | text
现就读幼儿园 = person.school | text
父亲信息 > 姓名 = person.father.name | text
父亲信息 > 工作单位 = person.father.employer | text
父亲信息 > 联系电话 = person.father.phone | text
母亲信息 > 姓名 = person.mother.name | text
母亲信息 > 工作单位 = person.mother.employer | text
母亲信息 > 联系电话 = person.mother.phone | text
是否随迁子女 = | blank | {YES}
意向小学 =
不动产权证编号 = person.home.title_no | text
备注 =
"""), merged=False, filled=4),
    Form("人民调解登记", "xls", "events", "人民调解案件登记台账", asked("""
序号 = | row_number
受理日期 =
纠纷类别 =
申请人 > 姓名 = person.name | text
申请人 > 身份证号 = person.citizen_id | text
申请人 > 住址 = person.address | text
申请人 > 联系电话 = person.phone | text
被申请人 > 姓名 =
被申请人 > 联系电话 =
纠纷概况 =
调解员 =
调解结果 =
协议书编号 =
协议履行情况 =
回访日期 =
"""), facts=("调解委员会：", "年度："), filled=4),
    Form("安置帮教", "xlsx", "persons", "刑满释放人员安置帮教信息台账", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text
文化程度 = person.education | code
婚姻状况 = person.marital | code
户籍地址 = person.registered_address | text
现住址 = person.address | text
联系电话 = person.phone | text
罪名 =
原判刑期 =
释放日期 =
帮教期限 =
劳动能力 = person.work_ability | text
家庭主要成员 > 姓名 =
家庭主要成员 > 与本人关系 =
家庭主要成员 > 联系电话 =
帮教小组成员 =
帮教记录 =
"""), facts=("司法所：", "填报时间："), filled=3),
    Form("困难群体统计", "xlsx", "statistics", "各村（社区）特殊困难群体情况统计表", asked("""
村（社区）名称 = area.name | area
总户数 = | count
常住人口 = | count
低保对象 > 户数 = | count
低保对象 > 人数 = | count
特困人员 > 集中供养 = | count
特困人员 > 分散供养 = | count
持证残疾人 > 一级 = | count
持证残疾人 > 二级 = | count
持证残疾人 > 三级 = | count
持证残疾人 > 四级 = | count
60岁以上老人 > 人数 = | count
60岁以上老人 > 其中：独居 = | count
80岁及以上 = | count
临时救助人次 =
救助资金（万元） =
备注 =
"""), facts=("填报单位：", "单位：户、人"), areas=("河东村", "河西村", "北街社区", "南街社区"), total="合计"),
    Form("网格底数统计", "xls", "statistics", "网格基础底数统计月报表", asked("""
网格 = area.name | area
实有人口 > 合计 = | sum
实有人口 > 男 = | count
实有人口 > 女 = | count
户籍人口 = | count
流动人口 = | count
党员数 = | count
退役军人数 = | count
0-6岁 = | count
7-17岁 = | count
出租房屋（套） = | count
企业（家） = | count
矛盾纠纷（起） =
上报事件数 =
网格员人数 =
"""), areas=("一网格", "二网格", "三网格"), total="总计", total_first=True),
    Form("农户信息卡", "xlsx", "households", "农户家庭基本信息卡", **carded("""
户主姓名 = household.head_name | text ; 身份证号 = household.head.citizen_id | text
户籍地址 = household.head.registered_address | text
家庭人口 = household.size | text ; 劳动力人数 = household.workers | text
承包地面积（亩） = household.land | number ; 宅基地面积（㎡） = household.homestead | number
住房面积（㎡） = household.home.area | number ; 住房结构 = household.home.structure | text
家庭年收入（元） = household.income | amount ; 人均收入（元） = household.income_each | amount
民族 = household.head.ethnic | code ; 联系电话 = household.head.phone | text
主要收入来源 =
帮扶责任人 = household.helper | text ; 帮扶人电话 = household.helper_phone | text
户主签字 =
"""), facts=("乡镇：", "村组：")),
    Form("个体工商户", "ods", "organisations", "辖区个体工商户及小微企业清册", asked("""
序号 = | row_number
字号名称 = organisation.name | text
营业执照号码 = organisation.credit_code | text
经营者姓名 = organisation.legal_person | text
经营者身份证号 = organisation.operator.citizen_id | text
联系手机 = organisation.phone | text
经营地址 = organisation.address | text
注册日期 = organisation.founded_on | date
注册资金（万元） = organisation.capital | number
行业类别 = organisation.industry | text
主营项目 = organisation.scope | text
用工人数 = organisation.staff | text
经营状态 = organisation.status | text | 正常经营,停业,注销
是否党员经营户 =
年报情况 =
"""), filled=5),
)  # fmt: skip
