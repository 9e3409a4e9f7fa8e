# ruff: noqa: E501  a line of a form is a line
"""Twenty-one forms of a fifth exam that only judges, written when nothing of the binding was changed any more."""

from tests.forms.shapes import Form, asked, carded

SEX, YES = "男,女", "是,否"

FORMS = (
    Form("一卡通发放", "xlsx", "persons", "惠民惠农财政补贴资金发放花名册", asked("""
序号 = | row_number
村(居)委会 = person.area_code | area
村(居)民小组 = person.area_code | area
户主姓名 = person.household.head_name | text
户主身份证号 = person.household.head.citizen_id | text
享受人 = person.name | text
享受人身份证号 = person.citizen_id | text
收款人姓名 = person.bank_holder | text
收款人身份证号 =
银行账号 = person.bank_account | text
开户银行 = person.bank_name | text
支付状态 =
"""), total="合计", filled=5),
    Form("清洁取暖", "xlsx", "households", "清洁取暖改造户信息台账", asked("""
所属市 = household.area_code | area
所属区县 = household.area_code | area
所属乡镇 = household.area_code | area
所属村名称 = household.area_code | area
地址 = household.address | text
户主姓名 = household.head_name | text
身份证号 = household.head.citizen_id | text
联系方式 = household.head.phone | text
采暖面积（㎡） =
改造年限 =
改造类别（可选：1-电代煤、2-气代煤） =
电表号 =
"""), filled=4),
    Form("出租隐患", "ods", "houses", "出租房屋信息表", asked("""
房主姓名 = house.owner.name | text
证件类型 =
证件号 = house.owner.citizen_id | text
房主联系方式 = house.owner.phone | text
房主现住详址 = house.owner.address | text
出租用途 = house.use | code
隐患类型 =
承租人姓名 = house.tenant.name | text
承租人身份证 = house.tenant.citizen_id | text
承租人联系方式 = house.tenant.phone | text
经度 =
纬度 =
"""), filled=4),
    Form("场所电气检测", "xls", "organisations", "小场所电气安全检测台账", asked("""
序号 = | row_number
档案编号 =
街道 = organisation.area_code | area
社区 = organisation.area_code | area
所属网格 = organisation.area_code | area
场所名称 = organisation.name | text
联系人 = organisation.contact | text
联系电话 = organisation.phone | text
地址 = organisation.address | text
经营状态 = organisation.status | text
是否开展电气线路检测 =
检测单位 =
排查检测日期 =
"""), filled=4),
    Form("学校结核筛查", "csv", "persons", "", asked("""
姓名 = person.name | text
身份证号 = person.citizen_id | text
联系电话 = person.phone | text
民族 = person.ethnic | code
班级 = person.school_grade | text
身高(cm) =
体重(kg) =
户籍地址 = person.registered_address | text
户籍地址-省 = person.registered_area_code | area
户籍地址-市 = person.registered_area_code | area
户籍地址-县 = person.registered_area_code | area
现住址 = person.address | text
筛查点 =
"""), filled=6),
    Form("低边家庭监测", "xlsx", "households", "低保边缘家庭和刚性支出困难家庭监测台账", asked("""
序\\n号 = | row_number
所属地 > 乡镇\\n（街道） = household.area_code | area
所属地 > 村\\n（社区） = household.area_code | area
户主情况 > 姓名 = household.head_name | text
户主情况 > 身份证号码 = household.head.citizen_id | text
户主情况 > 手机 = household.head.phone | text
户主情况 > 健康状况 = household.head.health | text
家庭情况 > 人口数 = household.size | text
家庭情况 > 劳动力人数 = household.workers | text
家庭情况 > 年收入（元） = household.income | amount
家庭情况 > 月人均收入（元） = household.income_each_month | amount
主要致困原因 = household.poverty_reason | text
刚性支出金额 =
救助措施 =
包联干部 > 姓名 = household.helper | text
包联干部 > 电话 = household.helper_phone | text
"""), above=("附件1",), facts=("填报单位（章）：", "单位：人、元"), hints=("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"), filled=4),
    Form("百岁老人", "docx", "persons", "百岁老人基本情况登记表", **carded("""
老人姓名 = person.name | text ; 性别 = person.sex | code ; 民族 = person.ethnic | code
出生日期 = person.birth_date | date ; 婚姻状况 = person.marital | code ; 文化程度 = person.education | code
身份证号 = person.citizen_id | text
户籍地址 = person.registered_address | text
现居住地 = person.address | text
子女数 = person.children | text ; 身体状况 = person.health | text ; 自理能力 = person.care_ability | text
月长寿金标准 = person.allowance_amount | amount ; 起发年月 = person.allowance_from | date
监护人 > 姓名 = person.guardian.name | text ; 联系电话 = person.guardian.phone | text
长寿经验 =
社区意见 =
""")),
    Form("重残护理", "xls", "persons", "重度残疾人护理补贴对象复核名册", asked("""
序号 = | row_number
街道（乡镇） = person.area_code | area
残疾人信息 > 姓名 = person.name | text
残疾人信息 > 性别 = person.sex | code
残疾人信息 > 残疾人证号 = person.disability_card | text
残疾人信息 > 残疾类型 = person.disability_kind | text
残疾人信息 > 残疾等级 = person.disability_level | text
残疾人信息 > 户籍性质 = person.hukou_kind | text
发放信息 > 补贴标准（元/月） = person.allowance_amount | amount
发放信息 > 开户名 = person.bank_holder | text
发放信息 > 社保卡账号 = person.bank_account | text
复核情况 > 是否健在 =
复核情况 > 是否符合条件 =
复核情况 > 复核人 =
监护人姓名 = person.guardian.name | text
监护人联系方式 = person.guardian.phone | text
"""), facts=("残联：",), filled=4),
    Form("家庭病床", "xlsx", "persons", "家庭医生上门服务预约登记台账", asked(f"""
序号 = | row_number
患者姓名 = person.name | text
性别 = person.sex | code | {SEX}
年龄 = person.birth_date | age
身份证号码 = person.citizen_id | text
居住地址 = person.address | text
联系电话 = person.phone | text
所患疾病 = person.chronic_disease | text
失能情况 = person.care_ability | text
预约服务项目 =
预约时间 =
上门医生 =
是否完成 = | blank | {YES}
紧急联系人 > 姓名 = person.emergency_contact | text
紧急联系人 > 联系电话 = person.emergency_phone | text
"""), filled=4),
    Form("生育登记", "ods", "persons", "一孩二孩三孩生育登记花名册", asked("""
编号 = | row_number
女方 > 姓名 = person.name | text
女方 > 身份证号码 = person.citizen_id | text
女方 > 户籍所在地 = person.registered_address | text
女方 > 工作单位 = person.employer | text
男方 > 姓名 = person.spouse.name | text
男方 > 身份证号码 = person.spouse.citizen_id | text
男方 > 户籍所在地 = person.spouse.registered_address | text
结婚登记日期 = person.married_on | date
已有子女数 = person.children | text
登记孩次 =
登记日期 =
联系电话 = person.phone | text
"""), filled=4),
    Form("重点场所人员", "xlsx", "persons", "工业园区企业外来员工信息采集表", asked(f"""
序号 = | row_number
所在企业 = person.employer | text
姓名 = person.name | text
性别 = person.sex | code | {SEX}
民族 = person.ethnic | code
身份证号码 = person.citizen_id | text
户籍地址 > 省 = person.registered_area_code | area
户籍地址 > 市 = person.registered_area_code | area
户籍地址 > 详细住址 = person.registered_address | text
厂区住宿情况 > 楼号 =
厂区住宿情况 > 房间号 =
岗位工种 = person.occupation | text
入职日期 =
居住证号码 = person.residence_permit | text
手机号码 = person.phone | text
"""), hints=("", "", "", "", "如：汉族", "18位", "", "", "", "", "", "", "如2026-01-01", "", "11位"), filled=0, blank_rows=5, signature=("填表人：", "审核人：")),
    Form("群租房整治", "xlsx", "houses", "群租房排查整治登记台账", asked(f"""
序号 = | row_number
责任网格 = house.area_code | area
小区名称 = house.estate | text
楼幢号 = house.building_no | text
单元号 = house.unit_no | text
户室号 = house.room | text
业主信息 > 姓名 = house.owner.name | text
业主信息 > 联系方式 = house.owner.phone | text
业主信息 > 现居住地 = house.owner.address | text
二房东 > 姓名 =
二房东 > 联系方式 =
租住人数 =
是否分隔出租 = | blank | {YES}
存在问题 =
整改情况 =
"""), facts=("社区：", "排查人：", "排查时间："), filled=4),
    Form("危旧房解危", "docx", "houses", "城镇危旧房屋解危情况表", asked("""
序号 = | row_number
房屋座落 = house.address | text
产权单位（产权人） = house.owner.name | text
竣工年代 = house.built_year | text
房屋结构形式 = house.structure | text
总层数 = house.storeys | text
建筑面积（㎡） = house.area | number
鉴定等级 = house.safety_grade | text
鉴定单位 =
鉴定日期 =
涉及户数 =
解危措施 =
"""), filled=3),
    Form("燃气餐饮", "xls", "organisations", "餐饮场所瓶装液化石油气使用情况摸底表", asked("""
序号 = | row_number
餐饮店基本情况 > 店名（招牌） = organisation.name | text
餐饮店基本情况 > 门店地址 = organisation.address | text
餐饮店基本情况 > 营业执照编号 = organisation.credit_code | text
餐饮店基本情况 > 面积（㎡） = organisation.floor_area | number
经营者 > 姓名 = organisation.legal_person | text
经营者 > 联系电话 = organisation.phone | text
用气情况 > 供气企业 =
用气情况 > 在用钢瓶数 =
用气情况 > 可燃气体报警器 =
安全员 = organisation.safety_manager | text
安全员联系方式 = organisation.safety_phone | text
"""), merged=False, filled=4),
    Form("流动党员台账", "xlsx", "persons", "流出党员管理台账", asked("""
序号 = | row_number
流出地党支部 = person.party_branch | text
党员姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
入党日期 = person.joined_party_on | date
身份证号码 = person.citizen_id | text
外出日期 = person.went_on | date
外出地点 = person.went_to | text
外出就业单位 = person.employer | text
外出联系电话 = person.phone | text
联系党员姓名 =
联系党员电话 =
党费缴纳截止月份 =
"""), filled=4),
    Form("退役返乡", "xls", "persons", "自主就业退役士兵报到登记名册", asked("""
序号 = | row_number
报到日期 =
姓名 = person.name | text
出生日期 = person.birth_date | date
身份证号 = person.citizen_id | text
入伍年月 = person.enlisted_on | date
退役年月 = person.discharged_on | date
服役部队番号 = person.service_unit | text
退役军衔 =
学历 = person.education | code
安置地户籍 =
家庭住址 = person.address | text
本人手机 = person.phone | text
就业意向 =
一次性补助金 =
"""), total="合计", filled=4),
    Form("零就业家庭", "xlsx", "households", "零就业家庭认定及援助情况表", asked("""
序号 = | row_number
社区 = household.area_code | area
户主姓名 = household.head_name | text
户口簿号码 = household.number | text
家庭人口总数 = household.size | text
家庭住址 = household.address | text
劳动年龄内人数 =
援助对象 > 姓名 =
援助对象 > 身份证号 =
援助对象 > 援助方式 =
认定日期 =
消除日期 =
户主联系电话 = household.head.phone | text
"""), filled=3),
    Form("小升初", "xlsx", "persons", "小升初学生信息核对名单", asked(f"""
序号 = | row_number
毕业小学 =
学生姓名 = person.name | text
性别 = person.sex | code | {SEX}
出生年月日 = person.birth_date | date
公民身份号码 = person.citizen_id | text
户口簿地址 = person.registered_address | text
实际居住地址 = person.address | text
第一监护人 > 姓名 = person.guardian.name | text
第一监护人 > 关系 =
第一监护人 > 手机号码 = person.guardian.phone | text
第一监护人 > 单位 = person.guardian.employer | text
房产证号 = person.home.title_no | text
拟就读初中 =
是否随迁 = | blank | {YES}
"""), filled=4),
    Form("邻里纠纷", "xls", "events", "矛盾纠纷排查调处工作台账", asked("""
序号 = | row_number
排查时间 =
当事人（甲方） > 姓名 = person.name | text
当事人（甲方） > 联系电话 = person.phone | text
当事人（甲方） > 住址 = person.address | text
当事人（乙方） > 姓名 =
当事人（乙方） > 联系电话 =
纠纷类别 =
纠纷事由 =
调处人 =
调处结果 =
"""), filled=3),
    Form("社区底数", "xlsx", "statistics", "社区基本底数统计表", asked("""
社区（村） = area.name | area
户数（户） = | count
人口数（人） > 总人口 = | count
人口数（人） > 男性 = | count
人口数（人） > 女性 = | count
少数民族（人） = | count
中共党员（人） = | count
65周岁以上 = | count
残疾人（人） = | count
低保（户） = | count
楼栋（栋） = | count
企业单位（家） = | count
志愿服务队（支） =
"""), facts=("填报单位：",), areas=("永安社区", "长乐社区", "前进村"), total="合计", total_first=True),
    Form("出租房采集卡", "xlsx", "houses", "出租房屋治安管理信息采集卡", **carded("""
房屋地址 = house.address | text
房屋类别 = house.nature | text ; 出租面积 = house.area | number ; 出租间数 = house.rooms | text
房主 > 姓名 = house.owner.name | text ; 公民身份号码 = house.owner.citizen_id | text
房主 > 户籍地 = house.owner.registered_address | text ; 联系电话 = house.owner.phone | text
承租人 > 姓名 = house.tenant.name | text ; 公民身份号码 = house.tenant.citizen_id | text
承租人 > 工作单位 = house.tenant.employer | text ; 联系电话 = house.tenant.phone | text
租赁起始日期 = house.rented_from | date ; 租赁终止日期 = house.rented_until | date
消防设施 = house.fire_equipment | text
采集民警 =
"""), facts=("编号：",)),
)  # fmt: skip
