# ruff: noqa: E501  a line of a form is a line
"""Eighteen forms to work by in which somebody else stands beside the one whom a row is about, or a title says two things."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("助餐老人", "xlsx", "persons", "社区老年助餐服务对象信息表", asked("""
序号 = | row_number
社区 = person.area_code | area
老人姓名 = person.name | text
性别 = person.sex | code
年龄 = person.birth_date | age
身份证号码 = person.citizen_id | text
家庭住址 = person.address | text
联系电话 = person.phone | text
助餐点名称 =
用餐类别 =
补贴标准（元/餐） =
子女姓名 =
子女联系电话 =
送餐员 =
联系电话 =
"""), filled=4),
    Form("精神障碍奖补", "xls", "persons", "严重精神障碍患者监护人以奖代补资金发放表", asked("""
序号 = | row_number
乡镇（街道） = person.area_code | area
患者姓名 = person.name | text
患者身份证号码 = person.citizen_id | text
诊断病种 = person.chronic_disease | text
监护人姓名 = person.guardian.name | text
与患者关系 =
监护人身份证号码 = person.guardian.citizen_id | text
监护人联系电话 = person.guardian.phone | text
开户行 = person.guardian.bank_name | text
监护人银行账号 = person.guardian.bank_account | text
奖补金额（元） =
关爱帮扶小组组长 =
联系电话 =
"""), facts=("填报单位（盖章）：", "填报时间："), total="合计", filled=4),
    Form("社区戒毒", "xlsx", "persons", "社区戒毒（康复）人员基本情况台账", asked("""
序号 = | row_number
姓名 = person.name | text
绰号 =
性别 = person.sex | code
出生日期 = person.birth_date | date
公民身份证号码 = person.citizen_id | text
户籍地派出所 =
户籍详细地址 = person.registered_address | text
实际居住地址 = person.address | text
联系方式 = person.phone | text
从业状况 = person.occupation | text
吸食毒品种类 =
戒毒起始日期 =
戒毒截止日期 =
负责民警 > 姓名 =
负责民警 > 联系方式 =
禁毒专干 > 姓名 =
禁毒专干 > 联系方式 =
"""), filled=3),
    Form("村两委成员", "docx", "persons", "村“两委”成员基本情况登记表", asked("""
序号 = | row_number
村名 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
出生年月 = person.birth_date | date
全日制学历 = person.education | code
政治面貌 = person.political | code
入党时间 = person.joined_party_on | date
现任职务 = person.post | text
任现职时间 =
是否“一肩挑” =
手机号码 = person.phone | text
"""), filled=4),
    Form("校园安全检查", "xlsx", "events", "幼儿园及校外培训机构安全检查情况记录表", asked("""
序号 = | row_number
检查时间 =
机构名称 = organisation.name | text
机构地址 = organisation.address | text
负责人 = organisation.legal_person | text
联系电话 = organisation.phone | text
在园（在训）人数 =
存在的安全隐患 =
整改建议 =
整改完成情况 =
检查人员（签名） =
"""), facts=("检查组：",), filled=0, blank_rows=6),
    Form("企业用工", "xlsx", "organisations", "辖区企业用工需求摸底调查表", asked("""
序号 = | row_number
企业名称 = organisation.name | text
所属行业 = organisation.industry | text
企业地址 = organisation.address | text
联系人 = organisation.contact | text
联系电话 = organisation.phone | text
现有职工人数 = organisation.staff | text
招聘岗位 =
招聘人数 =
学历要求 =
年龄要求 =
性别要求 =
月薪待遇 =
"""), filled=3),
    Form("信访台账", "xls", "events", "信访事项办理情况台账", asked("""
序号 = | row_number
登记日期 =
信访人姓名 = person.name | text
身份证号 = person.citizen_id | text
联系电话 = person.phone | text
家庭住址 = person.address | text
信访形式 =
信访事项 =
责任单位 =
责任领导 =
联系电话 =
办理结果 =
是否息诉罢访 =
"""), filled=4),
    Form("种粮大户", "ods", "households", "种粮农民一次性补贴发放清册", asked("""
序号 = | row_number
村组 = household.area_code | area
户主姓名 = household.head_name | text
身份证号码 = household.head.citizen_id | text
承包地面积（亩） = household.land | number
实际种植面积（亩） =
其中：水稻 =
其中：玉米 =
补贴标准（元/亩） =
补贴金额（元） =
社保卡账号 = household.head.bank_account | text
联系电话 = household.head.phone | text
领款人签字 =
"""), total="合计", filled=6),
    Form("受灾救助", "xlsx", "households", "因灾倒损住房农户救助花名册", asked("""
序号 = | row_number
乡镇 = household.area_code | area
村 = household.area_code | area
户主姓名 = household.head_name | text
户主身份证号 = household.head.citizen_id | text
家庭类型 = household.kind | text | 低保户,特困户,一般户
家庭人口（人） = household.size | text
受灾时间 =
倒塌房屋间数 =
严重损坏间数 =
需救助人口 =
救助金额 =
开户银行 = household.head.bank_name | text
银行账号 = household.head.bank_account | text
联系电话 = household.head.phone | text
村干部 =
"""), filled=4),
    Form("教育资助", "xlsx", "persons", "家庭经济困难学生资助名单", asked("""
序号 = | row_number
学生姓名 = person.name | text
性别 = person.sex | code
身份证号 = person.citizen_id | text
就读学校 = person.school | text
班级 = person.school_grade | text
困难类型 = person.special_group | text
家庭住址 = person.address | text
家长姓名 = person.guardian.name | text
联系电话 = person.guardian.phone | text
资助项目 =
资助金额 =
收款账户名 = person.bank_holder | text
银行卡号 = person.bank_account | text
班主任 =
"""), total="合计", filled=5),
    Form("社区工作者", "xlsx", "persons", "社区工作者信息统计表", asked("""
序号 = | row_number
所在社区 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
民族 = person.ethnic | code
政治面貌 = person.political | code
学历 = person.education | code
毕业院校及专业 = person.graduated_from | text
现任岗位 = person.post | text
进入社区时间 =
社工证等级 =
身份证号码 = person.citizen_id | text
联系电话 = person.phone | text
"""), filled=5),
    Form("公租房住户", "xlsx", "houses", "公共租赁住房入住情况登记表", asked("""
序号 = | row_number
小区名称 = house.estate | text
楼号 = house.building_no | text
单元 = house.unit_no | text
房号 = house.room | text
建筑面积（㎡） = house.area | number
承租人姓名 = house.tenant.name | text
承租人身份证号 = house.tenant.citizen_id | text
承租人联系电话 = house.tenant.phone | text
共同承租人 =
月租金（元） = house.rent | amount
合同起始日期 = house.rented_from | date
合同终止日期 = house.rented_until | date
房屋管理员 =
联系电话 =
"""), filled=4),
    Form("人口变动月报", "xls", "statistics", "人口与计划生育月报表", asked("""
村（居） = area.name | area
期末总人口 = | count
已婚育龄妇女人数 =
本月出生人数 =
本月死亡人数 =
其中：男孩 =
流入人口 = | count
流出人口 =
60岁及以上老年人口 = | count
"""), areas=("赵庄村", "李庄村", "王庄村"), total="合计", filled=3),
    Form("社区社会组织", "docx", "organisations", "社区社会组织备案登记表", asked("""
序号 = | row_number
社会组织名称 = organisation.name | text
备案时间 =
负责人姓名 = organisation.legal_person | text
身份证号码 = organisation.operator.citizen_id | text
联系电话 = organisation.phone | text
成员人数 =
活动场所 =
主要活动内容 =
指导社区工作者 =
"""), filled=3),
    Form("老兵走访", "xlsx", "persons", "“八一”走访慰问优抚对象登记表", asked("""
序号 = | row_number
姓名 = person.name | text
优抚对象类别 = person.special_group | text
年龄 = person.birth_date | age
家庭住址 = person.address | text
联系电话 = person.phone | text
身体状况 = person.health | text
家庭主要困难 = person.household.poverty_reason | text
慰问金（元） =
慰问人员 =
慰问时间 =
领取人签字 =
代领人姓名 =
代领人身份证号 =
"""), filled=4),
    Form("租房务工", "csv", "persons", "", asked("""
姓名 = person.name | text
性别 = person.sex | code
民族 = person.ethnic | code
身份证号 = person.citizen_id | text
户籍地址 = person.registered_address | text
租住地址 = person.address | text
房东姓名 = person.home.owner.name | text
房东电话 = person.home.owner.phone | text
务工单位 = person.employer | text
单位负责人 =
联系电话 = person.phone | text
来本地时间 = person.residence.since | date
""")),
    Form("出生登记", "xls", "persons", "新生儿出生信息采集表", asked("""
序号 = | row_number
新生儿姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
出生孩次 =
出生医学证明编号 =
接生机构 =
父亲 > 姓名 = person.father.name | text
父亲 > 身份证号 = person.father.citizen_id | text
父亲 > 户籍地址 = person.father.registered_address | text
母亲 > 姓名 = person.mother.name | text
母亲 > 身份证号 = person.mother.citizen_id | text
母亲 > 户籍地址 = person.mother.registered_address | text
现居住地 = person.address | text
联系电话 = person.phone | text
"""), filled=3),
    Form("沿街出租门面", "xlsx", "houses", "沿街门面房出租情况登记表", asked("""
序号 = | row_number
门面房地址 = house.address | text
产权人姓名 = house.owner.name | text
产权人联系电话 = house.owner.phone | text
建筑面积 = house.area | number
承租商户名称 =
经营项目 =
承租人姓名 = house.tenant.name | text
承租人电话 = house.tenant.phone | text
租赁起始时间 = house.rented_from | date
租赁到期时间 = house.rented_until | date
年租金（元） =
"""), filled=3),
)  # fmt: skip
