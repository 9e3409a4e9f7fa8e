"""Fifteen forms, held back at first (0.944 right, 0.009 of the sure ones wrong), now to work by."""

from tests.forms.shapes import Form, asked, carded

FORMS = (
    Form("矛盾纠纷台账", "xlsx", "events", "矛盾纠纷排查化解工作台账", asked("""
序号 = | row_number
发生时间 =
发生地点 =
纠纷类型 =
当事人姓名 = person.name | text
当事人电话 = person.phone | text
简要案情 =
涉及人数 =
化解责任人 =
责任人电话 =
化解措施 =
化解结果 =
是否签订协议 =
"""), facts=("填报单位：", "填报时间："), filled=0, blank_rows=8, signature=("负责人：", "填表人：")),
    Form("电梯台账", "xls", "things", "住宅小区电梯基本情况台账", asked("""
序号 = | row_number
小区名称 = thing.seat.estate | text
电梯品牌 = thing.maker | text
设备注册代码 = thing.number | text
安装位置 = thing.address | text
层站数 =
使用年限 =
维保单位 =
维保人员及电话 =
上次检验日期 = thing.checked_on | date
下次检验日期 =
"""), filled=5),
    Form("育龄妇女", "xlsx", "persons", "已婚育龄妇女信息核查表", asked("""
序号 = | row_number
村（居） = person.area_code | area
妇女姓名 = person.name | text
出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text
婚姻状况 = person.marital | code
初婚时间 = person.married_on | date
丈夫姓名 = person.spouse.name | text
丈夫身份证号 = person.spouse.citizen_id | text
户籍地 = person.registered_address | text
现居住地 = person.address | text
现有孩子数 = person.children | text
末孩出生时间 =
避孕措施 =
联系电话 = person.phone | text
"""), filled=5),
    Form("流动人口采集", "docx", "persons", "流动人口信息采集登记表", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code
公民身份号码 = person.citizen_id | text
户籍地详细地址 = person.registered_address | text
现居住地详细地址 = person.address | text
居住类别 =
来本地日期 = person.residence.since | date
居住事由 = person.residence.reason | text
从业状况 = person.occupation | text
服务处所 = person.employer | text
联系电话 = person.phone | text
房主姓名 = person.home.owner.name | text
房主电话 = person.home.owner.phone | text
"""), filled=3),
    Form("实有房屋", "xlsx", "houses", "实有房屋信息采集表", asked("""
标准地址 = house.address | text
地址编码 = house.address_code | text
房屋类别 = house.nature | text
房屋用途 = house.use | code
建筑面积 = house.area | number
产权人类型 =
产权人姓名 = house.owner.name | text
产权人证件号码 = house.owner.citizen_id | text
产权人联系电话 = house.owner.phone | text
是否出租 = house.rented | flag | 是,否
承租人姓名 = house.tenant.name | text
承租人公民身份号码 = house.tenant.citizen_id | text
租赁起始日期 = house.rented_from | date
租赁截止日期 = house.rented_until | date
采集人 =
采集日期 =
"""), filled=4),
    Form("养老机构", "xlsx", "organisations", "养老服务机构基本情况表", asked("""
序号 = | row_number
机构名称 = organisation.name | text
机构性质 = organisation.type | text
统一社会信用代码 = organisation.credit_code | text
地址 = organisation.address | text
法定代表人 = organisation.legal_person | text
联系电话 = organisation.phone | text
成立时间 = organisation.founded_on | date
建筑面积（㎡） =
核定床位数 =
入住老人数 =
工作人员数 = organisation.staff | text
护理员数 =
消防安全责任人 = organisation.safety_manager | text
"""), filled=3),
    Form("合作社", "ods", "organisations", "农民专业合作社名录", asked("""
序号 = | row_number
合作社名称 = organisation.name | text
注册地址 = organisation.address | text
理事长姓名 = organisation.legal_person | text
联系方式 = organisation.phone | text
注册时间 = organisation.founded_on | date
注册资金（万元） = organisation.capital | number
成员数 =
主营产品 = organisation.scope | text
经营面积（亩） =
是否示范社 =
"""), filled=5),
    Form("大病患者", "xls", "persons", "困难群众大病患者摸底表", asked("""
序号 = | row_number
村组 = person.area_code | area
患者姓名 = person.name | text
与户主关系 = person.kinship | code
户主姓名 = person.household.head_name | text
身份证号码 = person.citizen_id | text
人员属性 = person.person_class | text
所患疾病 = person.chronic_disease | text
就诊医院 =
医疗总费用 =
医保报销金额 =
个人自付金额 =
联系电话 = person.phone | text
"""), total="合计", filled=5),
    Form("人才库", "xlsx", "persons", "乡村振兴本土人才信息库", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code | 男,女
出生年月 = person.birth_date | date
政治面貌 = person.political | code
学历 = person.education | code
毕业院校及专业 = person.graduated_from | text
技术职称 = person.professional_title | text
人才类别 =
从事行业 = person.occupation | text
特长 = person.skill | text
工作单位及职务 = person.employer | text
所获荣誉 =
联系电话 = person.phone | text
"""), filled=4),
    Form("志愿服务记录", "csv", "persons", "", asked("""
姓名 = person.name | text
志愿者编号 = person.volunteer_number | text
身份证号码后四位 = person.citizen_id | tail
手机号码 = person.phone | text
所属队伍 =
活动名称 =
服务日期 =
服务时长（小时） = person.service_hours | number
""")),
    Form("村级统计", "xls", "statistics", "村级基本情况统计表", asked("""
村名 = area.name | area
村民小组数 =
户数 = | count
人口 > 总人口 = | count
人口 > 男 = | count
人口 > 女 = | count
劳动力 =
外出务工人数 =
党员数 = | count
低保户 > 户数 = | count
低保户 > 人数 = | count
特困人员 = | count
耕地面积（亩） = | total
"""), areas=("大湾村", "小湾村"), total="合计", facts=("填报单位：", "填报人：")),
    Form("老年人统计", "docx", "statistics", "老年人口基本情况统计表", asked("""
社区（村） = area.name | area
60周岁以上 > 总数 = | count
60周岁以上 > 男 = | count
60周岁以上 > 女 = | count
70-79周岁 = | count
80-89周岁 = | count
90-99周岁 = | count
100周岁及以上 = | count
独居老人 = | count
失能老人 = | count
备注 =
"""), areas=("河西社区", "河东社区"), total="合计"),
    Form("帮扶家访", "xlsx", "households", "结对帮扶入户走访信息表", asked("""
序号 = | row_number
帮扶单位 =
帮扶干部姓名 = household.helper | text
帮扶干部电话 = household.helper_phone | text
帮扶户户主 = household.head_name | text
家庭住址 = household.head.address | text
家庭人口 = household.size | text
年人均收入 = household.income_each | amount
存在困难 =
帮扶措施 =
走访时间 =
户主签字 =
"""), filled=4),
    Form("低保申请表", "xlsx", "households", "城乡居民最低生活保障申请表", **carded("""
户主姓名 = household.head_name | text ; 身份证号码 = household.head.citizen_id | text
户籍地址 = household.head.registered_address | text
现居住地址 = household.head.address | text ; 联系电话 = household.head.phone | text
家庭人口 = household.size | text ; 申请保障人口 =
家庭年收入 = household.income | amount ; 家庭月人均收入 = household.income_each_month | amount
开户银行 = household.head.bank_name | text ; 银行账号 = household.head.bank_account | text
申请原因 =
申请人签名 = ; 日期 =
"""), facts=("街道：", "社区：")),
    Form("工伤登记", "docx", "persons", "城镇失业人员登记表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code ; 出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text ; 民族 = person.ethnic | code
户口性质 = person.hukou_kind | text ; 文化程度 = person.education | code ; 婚姻状况 = person.marital | code
户籍地址 = person.registered_address | text
常住地址 = person.address | text
原单位名称 = ; 失业时间 = ; 失业原因 =
求职意向 > 意向岗位 = ; 期望月薪 =
联系电话 = person.phone | text ; 社保卡号 = person.bank_account | text
""")),
)  # fmt: skip
