"""Eighteen more forms to work by, as offices of all kinds issue them every month."""

from tests.forms.shapes import Form, asked, carded

YES = "是,否"

FORMS = (
    Form("低保动态调整", "xls", "households", "农村低保家庭动态调整情况表", asked("""
序号 = | row_number
镇街 = household.area_code | area
行政村 = household.area_code | area
申请人 = household.head_name | text
申请人身份证号 = household.head.citizen_id | text
家庭成员人数 = household.size | text
原保障人数 =
现保障人数 = household.assured | text
调整类型 = | blank | 新增,增发,减发,停发
调整原因 =
月保障金额 = household.assistance | amount
发放账号 = household.head.bank_account | text
执行时间 =
"""), filled=5, total="合计"),
    Form("分散供养照料", "xlsx", "persons", "分散供养特困人员照料护理情况表", asked(f"""
序号 = | row_number
特困人员 > 姓名 = person.name | text
特困人员 > 性别 = person.sex | code | 男,女
特困人员 > 身份证号 = person.citizen_id | text
特困人员 > 住址 = person.address | text
特困人员 > 自理能力 = person.care_ability | text | 全自理,半自理,不能自理
照料护理人 > 姓名 =
照料护理人 > 性别 =
照料护理人 > 身份证号 =
照料护理人 > 联系电话 =
是否签订协议 = | blank | {YES}
护理费标准（元/月） =
"""), filled=4),
    Form("困境儿童走访", "docx", "persons", "困境儿童定期走访记录表", asked("""
序号 = | row_number
儿童姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
困境类型 = person.special_group | text
住址 = person.address | text
监护人 = person.guardian.name | text
监护人联系方式 = person.guardian.phone | text
儿童主任 =
走访时间 =
身心健康状况 = person.health | text
监护情况 =
需求及建议 =
"""), filled=0, blank_rows=6),
    Form("残疾人就业", "xlsx", "persons", "就业年龄段残疾人就业状况调查表", asked(f"""
序号 = | row_number
社区（村） = person.area_code | area
姓名 = person.name | text
残疾人证号码 = person.disability_card | text
残疾类别 = person.disability_kind | text
残疾等级 = person.disability_level | text
文化程度 = person.education | code
婚姻状况 = person.marital | code
是否就业 = | blank | {YES}
就业形式 =
就业单位 = person.employer | text
月收入（元） = person.income_month | amount
参加社会保险情况 > 养老保险 = person.insured_pension | flag | {YES}
参加社会保险情况 > 医疗保险 = person.insured_medical | flag | {YES}
联系电话 = person.phone | text
"""), filled=4),
    Form("老年人体检预约", "csv", "persons", "", asked("""
序号 = | row_number
村（居）名称 = person.area_code | area
姓名 = person.name | text
身份证号码 = person.citizen_id | text
联系电话 = person.phone | text
现住址 = person.address | text
既往病史 = person.chronic_disease | text
预约体检时间 =
体检机构 =
家庭医生 =
备注 =
"""), filled=6),
    Form("独生子女父母", "xls", "persons", "独生子女父母奖励费发放花名册", asked("""
序号 = | row_number
父（母）姓名 = person.name | text
身份证号码 = person.citizen_id | text
工作单位 = person.employer | text
子女姓名 =
子女出生日期 =
独生子女证号 =
发证时间 =
奖励标准（元/月） =
发放金额 =
开户银行 = person.bank_name | text
账号 = person.bank_account | text
领取人签字 =
"""), total="合计", filled=5),
    Form("暂住登记簿", "xlsx", "persons", "暂住人口登记簿", asked("""
编号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
身份证号码 = person.citizen_id | text
籍贯 = person.native_place | text
户籍所在地 > 省 = person.registered_area_code | area
户籍所在地 > 县 = person.registered_area_code | area
户籍所在地 > 详址 = person.registered_address | text
暂住地址 = person.address | text
暂住事由 = person.residence.reason | text
到达日期 = person.residence.since | date
离开日期 = person.went_on | date
服务处所 = person.employer | text
房主姓名 = person.home.owner.name | text
与房主关系 = person.residence.kinship | code
登记人 =
"""), filled=4),
    Form("旅馆业底册", "ods", "organisations", "辖区旅馆业基本情况登记表", asked("""
序号 = | row_number
旅馆名称 = organisation.name | text
地址 = organisation.address | text
法定代表人 > 姓名 = organisation.legal_person | text
法定代表人 > 身份证号 = organisation.operator.citizen_id | text
法定代表人 > 联系电话 = organisation.phone | text
特种行业许可证号 =
客房数 =
床位数 =
从业人员数 = organisation.staff | text
营业面积（㎡） = organisation.floor_area | number
开业时间 = organisation.founded_on | date
治安责任人 =
治安责任人电话 =
"""), filled=3),
    Form("电动车充电整治", "xlsx", "events", "居民小区电动自行车违规停放充电排查整治台账", asked("""
序号 = | row_number
小区名称 =
排查日期 =
发现问题 =
具体位置 =
责任人 =
联系电话 =
整改措施 =
整改时限 =
整改结果 =
排查人员 =
"""), filled=0, blank_rows=8),
    Form("危房住户", "xls", "houses", "城镇危险房屋住户情况表", asked("""
序号 = | row_number
房屋坐落 = house.address | text
幢号 = house.building_no | text
房屋产权性质 = house.nature | text
建筑年代 = house.built_year | text
建筑结构 = house.structure | text
危房等级 = house.safety_grade | text
建筑面积（平方米） = house.area | number
产权人 > 姓名 = house.owner.name | text
产权人 > 电话 = house.owner.phone | text
实际居住人 > 姓名 = house.resident.name | text
实际居住人 > 电话 = house.resident.phone | text
居住人数 =
是否搬离 =
解危方式 =
"""), filled=3),
    Form("党费收缴", "xlsx", "persons", "党员党费收缴情况登记表", asked("""
序号 = | row_number
党员姓名 = person.name | text
身份证号 = person.citizen_id | text
所属党组织 = person.party_branch | text
入党日期 = person.joined_party_on | date
人员类别 = person.person_class | text
月收入（元） = person.income_month | amount
缴纳比例 =
月应缴党费 =
实缴金额 =
缴纳时间 =
"""), filled=5, total="合计"),
    Form("优待证发放", "xlsx", "persons", "退役军人优待证申领发放登记表", asked("""
序号 = | row_number
乡镇（街道） = person.area_code | area
申领人姓名 = person.name | text
公民身份号码 = person.citizen_id | text
人员类别 = person.person_class | text
退役时间 = person.discharged_on | date
户籍地址 = person.registered_address | text
手机号码 = person.phone | text
申领时间 =
优待证卡号 =
合作银行 =
领取时间 =
领取人签名 =
"""), filled=4),
    Form("公益性岗位", "xls", "persons", "乡村公益性岗位人员花名册", asked("""
序号 = | row_number
村名 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
人员类型 = person.person_class | text
岗位名称 = person.post | text
上岗时间 =
协议截止时间 =
岗位补贴标准（元/月） =
社保卡号 = person.bank_account | text
联系电话 = person.phone | text
"""), filled=5),
    Form("学前儿童", "xlsx", "persons", "学龄前儿童入园情况摸底表", asked(f"""
序号 = | row_number
所在小区（村） = person.home.estate | text
户主姓名 = person.household.head_name | text
儿童姓名 = person.name | text
性别 = person.sex | code | 男,女
身份证号码 = person.citizen_id | text
户口所在地 = person.registered_address | text
现住址 = person.address | text
是否入园 = | blank | {YES}
所在幼儿园 = person.school | text
未入园原因 =
家长联系电话 = person.guardian.phone | text
"""), filled=4),
    Form("矫正对象", "xlsx", "persons", "社区矫正对象花名册", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
户籍地 = person.registered_address | text
执行地 =
罪名 =
矫正类别 =
矫正起止日期 =
联系电话 = person.phone | text
保证人 > 姓名 =
保证人 > 联系电话 =
保证人 > 工作单位 =
监管等级 =
"""), filled=3),
    Form("村社统计", "xlsx", "statistics", "各村人口和就业基本情况统计表", asked("""
村名 = area.name | area
户数 = | count
总人口 = | count
其中 > 男 = | count
其中 > 女 = | count
其中 > 少数民族 = | count
劳动力资源数 =
外出务工人数 =
参加城乡居民养老保险人数 = | count
参加城乡居民医疗保险人数 = | count
村干部人数 =
村集体收入（万元） =
"""), areas=("上街村", "下街村", "中街村"), total="合计", filled=3),
    Form("住户信息卡", "docx", "houses", "房屋及住户信息采集卡", **carded("""
房屋地址 = house.address | text
房屋编码 = house.address_code | text ; 建筑面积 = house.area | number
房屋性质 = house.nature | text ; 房屋用途 = house.use | code
产权人 > 姓名 = house.owner.name | text ; 身份证号 = house.owner.citizen_id | text
产权人 > 联系电话 = house.owner.phone | text ; 户籍地址 = house.owner.registered_address | text
承租人 > 姓名 = house.tenant.name | text ; 身份证号 = house.tenant.citizen_id | text
承租人 > 联系电话 = house.tenant.phone | text ; 职业 = house.tenant.occupation | text
起租日期 = house.rented_from | date ; 租期截止 = house.rented_until | date
采集人 =
""")),
    Form("食品经营户", "xls", "organisations", "食品经营户监督检查信息表", asked("""
序号 = | row_number
经营户名称 = organisation.name | text
统一社会信用代码 = organisation.credit_code | text
经营者姓名 = organisation.legal_person | text
联系电话 = organisation.phone | text
经营地址 = organisation.address | text
主体业态 = organisation.industry | text
许可证编号 =
许可证有效期至 =
食品安全管理员 = organisation.safety_manager | text
健康证人数 =
风险等级 =
检查日期 =
检查结果 =
"""), filled=4),
)  # fmt: skip
