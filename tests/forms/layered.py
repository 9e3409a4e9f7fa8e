"""Fourteen more forms to work by: layers of names, cards, lists without a title, figures by area."""

from tests.forms.shapes import Form, asked, carded

YES = "是,否"

FORMS = (
    Form("家庭成员核对", "xlsx", "persons", "居民家庭经济状况核对人员名单", asked("""
序号 = | row_number
核对对象 > 姓名 = person.name | text
核对对象 > 身份证号码 = person.citizen_id | text
核对对象 > 与申请人关系 =
核对对象 > 工作单位 = person.employer | text
户籍情况 > 户口性质 = person.hukou_kind | text
户籍情况 > 户籍地址 = person.registered_address | text
配偶情况 > 姓名 = person.spouse.name | text
配偶情况 > 身份证号码 = person.spouse.citizen_id | text
配偶情况 > 工作单位 = person.spouse.employer | text
核对结果 =
核对时间 =
"""), filled=4),
    Form("认知障碍筛查", "xlsx", "persons", "老年人认知障碍初筛登记表", asked(f"""
序号 = | row_number
老年人信息 > 姓名 = person.name | text
老年人信息 > 年龄 = person.birth_date | age
老年人信息 > 身份证号 = person.citizen_id | text
老年人信息 > 文化程度 = person.education | code
老年人信息 > 住址 = person.address | text
老年人信息 > 电话 = person.phone | text
筛查情况 > 筛查日期 =
筛查情况 > 得分 =
筛查情况 > 结果 = | blank | 正常,可疑,异常
家属信息 > 姓名 = person.emergency_contact | text
家属信息 > 电话 = person.emergency_phone | text
是否转介 = | blank | {YES}
筛查人员 =
"""), filled=4),
    Form("农机补贴", "xls", "persons", "农机购置与应用补贴申请者信息公示表", asked("""
序号 = | row_number
所在乡镇 = person.area_code | area
所在村组 = person.area_code | area
购机者姓名 = person.name | text
机具品目 =
生产厂家 =
产品名称 =
购买机型 =
购买数量（台） =
单台销售价格 =
单台补贴额 =
总补贴额 =
"""), filled=5),
    Form("廉租住户卡", "xlsx", "households", "保障性住房申请家庭登记卡", **carded("""
申请人姓名 = household.head_name | text ; 身份证号码 = household.head.citizen_id | text
户籍地址 = household.head.registered_address | text
家庭人口 = household.size | text ; 家庭人均月收入（元） = household.income_each_month | amount
工作单位 = household.head.employer | text ; 联系电话 = household.head.phone | text
配偶姓名 = household.head.spouse.name | text ; 配偶身份证号 = household.head.spouse.citizen_id | text
现住房情况 =
社区审核意见 =
"""), facts=("编号：", "填表日期：")),
    Form("楼院治理", "xlsx", "statistics", "老旧小区楼院基本情况统计表", asked("""
社区 = area.name | area
楼栋数 = | count
总户数 = | count
常住人口 = | count
出租户数 = | count
60岁以上老人 > 总数 = | count
60岁以上老人 > 其中独居 = | count
党员 > 人数 = | count
退役军人 = | count
停车位数量 =
"""), areas=("和平社区", "团结社区", "民主社区"), total="合计", filled=3),
    Form("计生协会员", "csv", "persons", "", asked("""
编号 = | row_number
会员姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
出生年月 = person.birth_date | date
文化程度 = person.education | code
政治面貌 = person.political | code
入会时间 =
协会职务 =
联系电话 = person.phone | text
"""), filled=5),
    Form("重大疾病救助", "xls", "persons", "城乡困难居民重特大疾病医疗救助审批表", asked("""
序号 = | row_number
患者姓名 = person.name | text
身份证号 = person.citizen_id | text
家庭住址 = person.address | text
救助对象类别 = person.special_group | text
疾病名称 = person.chronic_disease | text
住院时间 =
医疗总费用 =
医保报销费用 =
自付费用 =
救助金额 =
开户人姓名 = person.bank_holder | text
与患者关系 =
银行账号 = person.bank_account | text
联系电话 = person.phone | text
"""), total="合计", filled=4),
    Form("物业企业名录", "ods", "organisations", "物业服务企业信息一览表", asked("""
序号 = | row_number
公司名称 = organisation.name | text
企业信息 > 统一社会信用代码 = organisation.credit_code | text
企业信息 > 注册地址 = organisation.address | text
企业信息 > 成立日期 = organisation.founded_on | date
企业信息 > 注册资本（万元） = organisation.capital | number
法人信息 > 姓名 = organisation.legal_person | text
法人信息 > 联系电话 = organisation.phone | text
服务项目 > 项目名称 =
服务项目 > 建筑面积（万㎡） =
服务项目 > 项目负责人 =
服务项目 > 负责人电话 =
"""), filled=3),
    Form("老党员补贴", "xlsx", "persons", "农村老党员定期生活补助对象登记表", asked("""
序号 = | row_number
乡镇 = person.area_code | area
党支部 = person.party_branch | text
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
入党时间 = person.joined_party_on | date
党龄 = person.joined_party_on | age
身份证号码 = person.citizen_id | text
补助标准（元/月） = person.allowance_amount | amount
开户行 = person.bank_name | text
银行卡号 = person.bank_account | text
健康状况 = person.health | text
去世时间 = person.died_on | date
"""), facts=("填报单位：",), filled=4),
    Form("沿街店铺", "xls", "organisations", "临街门店用气安全登记表", asked("""
序号 = | row_number
门店字号 = organisation.name | text
门牌号码 =
店主 = organisation.legal_person | text
手机 = organisation.phone | text
房屋出租人 > 姓名 = organisation.seat.owner.name | text
房屋出租人 > 电话 = organisation.seat.owner.phone | text
用气种类 =
气瓶数（只） =
是否安装报警装置 =
是否签订承诺书 =
登记人 =
"""), filled=4),
    Form("随迁子女", "xlsx", "persons", "外来务工人员随迁子女入学申请汇总表", asked("""
序号 = | row_number
学生姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text
户籍所在地 = person.registered_address | text
现住址 = person.address | text
父亲 > 姓名 = person.father.name | text
父亲 > 工作单位 = person.father.employer | text
父亲 > 居住证号 = person.father.residence_permit | text
母亲 > 姓名 = person.mother.name | text
母亲 > 工作单位 = person.mother.employer | text
母亲 > 居住证号 = person.mother.residence_permit | text
申请学校 =
联系电话 = person.phone | text
"""), filled=4),
    Form("房屋租赁备案", "docx", "houses", "房屋租赁登记备案汇总表", asked("""
序号 = | row_number
备案号 = house.filing_no | text
房屋坐落 = house.address | text
产权证号 = house.title_no | text
建筑面积 = house.area | number
出租方 = house.owner.name | text
出租方身份证号 = house.owner.citizen_id | text
承租方 = house.tenant.name | text
承租方身份证号 = house.tenant.citizen_id | text
租赁用途 = house.use | code
租赁期限 > 起 = house.rented_from | date
租赁期限 > 止 = house.rented_until | date
月租金 = house.rent | amount
经办人 =
"""), filled=3),
    Form("应急队员", "xlsx", "persons", "村级应急救援队伍人员名册", asked("""
序号 = | row_number
队内职务 =
姓名 = person.name | text
性别 = person.sex | code
年龄 = person.birth_date | age
政治面貌 = person.political | code
是否退役军人 = person.veteran | flag
应急技能特长 = person.skill | text
联系电话 = person.phone | text
备注 =
"""), filled=5),
    Form("老人意外险", "csv", "persons", "", asked("""
被保险人姓名 = person.name | text
被保险人身份证号 = person.citizen_id | text
性别 = person.sex | code
住址 = person.address | text
投保人姓名 =
投保人身份证号 =
投保人电话 =
受益人 =
保险起期 =
保费金额 =
"""), filled=4),
)  # fmt: skip
