# ruff: noqa: E501  a line of a form is a line
"""Fifteen forms of the second exam, by somebody who had not read how columns are bound (0.887 right), now to work by."""

from tests.forms.shapes import Form, asked, carded

SEX, YES, TICK = "男,女", "是,否", "√,×"

FORMS = (
    Form("九小场所底册", "xlsx", "organisations", "东湖街道“九小场所”消防安全底数排查登记册", asked(f"""
序\\n号 = | row_number
场所基本情况 > 单位（商铺）名称\\n（与招牌一致） = organisation.name | text
场所基本情况 > 营业执照号\\n（统一代码） = organisation.credit_code | text
场所基本情况 > 九小\\n类别 = organisation.type | text | 小商店,小餐饮,小旅馆,小网吧,小美容洗浴,小诊所,小学校,小作坊
场所基本情况 > 门牌地址 = organisation.address | text
场所基本情况 > 营业面积\\n（㎡） = organisation.floor_area | number
场所基本情况 > 营业\\n状态 = organisation.status | text | 正常营业,停业,装修中
场所基本情况 > 员工数 = organisation.staff | number
负责人 > 姓名 = organisation.legal_person | text
负责人 > 手机号 = organisation.phone | text
消防安全情况 > 消防重点单位 = organisation.fire_key | flag | {TICK}
消防安全情况 > 专（兼）职安全员 = organisation.safety_manager | text
消防安全情况 > 安全员手机 = organisation.safety_phone | text
消防安全情况 > 灭火器\\n（具） =
消防安全情况 > 违规住人 = | blank | {YES}
消防安全情况 > 发现问题 =
片区（网格） = organisation.area_code | area
备\\n注 =
"""), above=("附表2-1",), facts=("社区（盖章）：", "摸排时间：2026年   月   日", "单位：㎡、人、具"), filled=0, blank_rows=15,
         notes=("填表说明：1.“九小场所”类别从下拉框中选取；2.违规住人指“三合一”“多合一”场所；3.本表一式两份，社区、街道各存一份。",),
         signature=("社区书记：", "填表人：", "联系电话：")),
    Form("居住出租房屋采集", "xls", "houses", "居住出租房屋及承租人员信息采集表", asked("""
序号 = | row_number
房屋坐落 > 责任社区 = house.area_code | area
房屋坐落 > 小区（自然村） = house.estate | text
房屋坐落 > 门楼牌 > 幢 = house.building_no | text
房屋坐落 > 门楼牌 > 单元 = house.unit_no | text
房屋坐落 > 门楼牌 > 室 = house.room | text
出租情况 > 间数 = house.rooms | number
出租情况 > 面积（㎡） = house.area | number
出租情况 > 月租（元） = house.rent | amount
出租情况 > 备案证明号 = house.filing_no | text
出租情况 > 租期 > 起 = house.rented_from | date
出租情况 > 租期 > 止 = house.rented_until | date
出租人（房东） > 姓名 = house.owner.name | text
出租人（房东） > 公民身份号码 = house.owner.citizen_id | text
出租人（房东） > 联系方式 = house.owner.phone | text
承租人 > 姓名 = house.tenant.name | text
承租人 > 证件号 = house.tenant.citizen_id | text
承租人 > 户籍所在地 = house.tenant.registered_address | text
承租人 > 从事职业 = house.tenant.occupation | text
承租人 > 手机 = house.tenant.phone | text
治安责任书是否签订 =
采集人 =
"""), facts=("派出所：", "责任区民警：", "采集日期："), filled=0, blank_rows=12, signature=("审核：", "录入：")),
    Form("养犬居民登记", "csv", "persons", "城区养犬居民信息登记表", asked("""
序号 = | row_number
养犬人 = person.name | text
证件号码 = person.citizen_id | text
联系手机 = person.phone | text
居住地址（饲养地） = person.address | text
所在社区 = person.area_code | area
犬名 =
犬种 =
犬性别 =
毛色 =
犬龄（月） =
犬牌号 =
免疫证号 =
末次免疫时间 =
是否绝育 =
"""), encoding="gb18030", filled=8),
    Form("电梯排查台账", "ods", "things", "住宅小区在用电梯安全状况排查台账", asked("""
序号 = | row_number
属地社区 = thing.area_code | area
安装位置（小区、楼栋、单元） = thing.address | text
电梯编号 = thing.number | text
设备类别 = thing.type | text
品牌 = thing.maker | text
使用登记日期 = thing.registered_on | date
上次检验日期 = thing.checked_on | date
下次检验日期 =
使用管理单位 =
维保单位 > 名称 =
维保单位 > 24小时电话 =
近一年困人次数 =
存在问题 =
"""), facts=("填报单位：", "截止日期：2026年6月30日"), filled=5),
    Form("优抚对象确认", "docx", "persons", "2026年度优抚对象集中年审确认花名册", asked("""
序号 = | row_number
乡镇（街道） = person.area_code | area
村（居） = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
身份证号码 = person.citizen_id | text
优抚对象类别 = person.special_group | text
入伍年月 = person.enlisted_on | date
退伍年月 = person.discharged_on | date
原部队番号 = person.service_unit | text
优待证号 =
定补标准（元/月） = person.allowance_amount | amount
社保卡（银行）账号 = person.bank_account | text
身体状况 = person.health | text
联系方式 = person.phone | text
本人签名（手印） =
"""), above=("附件3",), facts=("退役军人服务站（盖章）：", "年审时间："), filled=5),
    Form("高龄津贴审批表", "docx", "persons", "高龄津贴申请审批表", **carded("""
姓名 = person.name | text ; 性别 = person.sex | code ; 民族 = person.ethnic | code
出生年月 = person.birth_date | date ; 周岁 = person.birth_date | age ; 婚姻状况 = person.marital | code
公民身份号码 = person.citizen_id | text ; 联系电话 = person.phone | text
户籍所在地 = person.registered_address | text
现居住地址 = person.address | text
开户行 = person.bank_name | text ; 社保卡账号 = person.bank_account | text
享受补贴类型 = person.allowance_kind | text ; 月补贴标准（元） = person.allowance_amount | amount
监护人 > 姓名 = person.guardian.name | text ; 与申请人关系 =
监护人 > 身份证号 = person.guardian.citizen_id | text ; 手机号 = person.guardian.phone | text
申请人承诺 =
村（社区）意见 =
乡镇（街道）审核意见 =
县民政局审批意见 =
"""), above=("附件1",), facts=("编号：", "申请日期：   年   月   日")),
    Form("防溺水包保台账", "xlsx", "persons", "2026年暑期防溺水“一对一”包保责任台账", asked(f"""
序号 = | row_number
学生信息 > 姓名 = person.name | text
学生信息 > 性别 = person.sex | code | {SEX}
学生信息 > 身份证号 = person.citizen_id | text
学生信息 > 所在学校 = person.school | text
学生信息 > 年级（班） = person.school_grade | text
学生信息 > 是否留守 = person.left_behind | flag | {YES}
学生信息 > 家庭住址 = person.address | text
家长（监护人） > 姓名 = person.guardian.name | text
家长（监护人） > 与学生关系 =
家长（监护人） > 手机号码 = person.guardian.phone | text
家长（监护人） > 务工地点 = person.guardian.went_to | text
包保责任人 > 村干部姓名 =
包保责任人 > 村干部电话 =
包保责任人 > 学校教师 =
包保责任人 > 教师电话 =
附近重点水域 =
承诺书签订情况 =
"""), hints=("例", "张某某", "男", "18位，末位X大写", "如：城关二小", "如：三（2）班", "是/否", "具体到村组、门牌", "", "如：父子", "11位", "在家的填“无”", "", "", "", "", "如：东风塘", "已签/未签"),
         above=("附件4",), facts=("镇（街道）：", "村（社区）：", "填表时间："), gap=1, filled=0),
    Form("育龄妇女与疫苗", "xlsx", "persons", "已婚育龄妇女基础信息核对表", asked("""
序号 = | row_number
所属小组 = person.area_code | area
妇女本人 > 姓名 = person.name | text
妇女本人 > 出生年月\\n(如：1990.05) = person.birth_date | date
妇女本人 > 身份证号码 = person.citizen_id | text
妇女本人 > 民族 = person.ethnic | code
妇女本人 > 文化程度 = person.education | code | 小学,初中,高中,中专,大专,本科及以上
妇女本人 > 户口性质 = person.hukou_kind | text | 农业,非农业
妇女本人 > 婚姻状况 = person.marital | code | 初婚,再婚,离婚,丧偶
妇女本人 > 结婚时间\\n(如：2015.10.01) = person.married_on | date
丈夫 > 姓名 = person.spouse.name | text
丈夫 > 身份证号码 = person.spouse.citizen_id | text
丈夫 > 工作单位 = person.spouse.employer | text
丈夫 > 手机 = person.spouse.phone | text
生育情况 > 现有子女数 = person.children | number
生育情况 > 末孩性别 =
生育情况 > 末孩出生日期 =
避孕措施 =
现居住地\\n（详细到门牌号） = person.address | text
"""), facts=("村（社区）：", "计生专干：", "核对时间："), filled=4, lists_elsewhere=True, more=(
        Form("疫苗摸底", "xlsx", "persons", "60周岁及以上老年人流感疫苗接种意愿摸底表", asked("""
序号 = | row_number
社区 = person.area_code | area
网格 = person.area_code | area
老人姓名 = person.name | text
性别 = person.sex | code
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
慢性病史 = person.chronic_disease | text
本人电话 = person.phone | text
紧急联系人 = person.emergency_contact | text
紧急联系人手机 = person.emergency_phone | text
接种意愿 =
已接种剂次 =
末次接种日期 =
未接种原因 =
"""), filled=5),)),
    Form("残疾人补贴申请表", "xlsx", "persons", "困难残疾人生活补贴和重度残疾人护理补贴申请表", **carded("""
残疾人姓名 = person.name | text ; 性别 = person.sex | code ; 出生日期 = person.birth_date | date
身份证号 = person.citizen_id | text ; 残疾人证号 = person.disability_card | text
残疾类别 = person.disability_kind | text ; 残疾等级 = person.disability_level | text ; 户口性质 = person.hukou_kind | text
户籍地址 = person.registered_address | text
现住址 = person.address | text ; 联系电话 = person.phone | text
家庭状况 > 是否低保对象 = person.low_income | flag ; 低保证号 = person.household.low_income_card | text ; 家庭人口 = person.household.size | number
银行账户 > 开户银行 = person.bank_name | text ; 户名 = person.bank_holder | text ; 账号 = person.bank_account | text
监护人 > 姓名 = person.guardian.name | text ; 身份证号 = person.guardian.citizen_id | text ; 手机 = person.guardian.phone | text
申请补贴种类 = person.allowance_kind | text
申请人（监护人）签字 =
村（居）委会意见 =
县残联审核意见 =
县民政部门审定意见 =
"""), facts=("村（社区）：", "申请时间：", "编号：")),
    Form("报到党员和志愿者", "xlsx", "persons", "在职党员到社区报到登记册", asked("""
序号 = | row_number
党员姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
所在单位 = person.employer | text
单位职务 = person.post | text
组织关系所在支部 = person.party_branch | text
入党年月 = person.joined_party_on | date
党龄（年） = person.joined_party_on | age
特长 = person.skill | text
~ =
手机号 = person.phone | text
认领服务岗位 =
"""), filled=4, same_sheet=True, more=(Form("志愿者", "xlsx", "persons", "社区注册志愿者登记册", asked("""
序号 = | row_number
志愿者姓名 = person.name | text
身份证号（后4位） = person.citizen_id | tail
政治面貌 = person.political | code
注册编号 = person.volunteer_number | text
注册时间 = person.registered_volunteer_on | date
服务类别 = person.service_kind | text
累计服务时长（小时） = person.service_hours | number
联系电话 = person.phone | text
"""), filled=5),)),
    Form("农房安全排查", "xls", "houses", "农村住房安全隐患动态排查整治台账", asked("""
序号 = | row_number
行政村 = house.area_code | area
村民组 = house.area_code | area
住户情况 > 户主姓名 = house.household.head_name | text
住户情况 > 户主身份证号 = house.household.head.citizen_id | text
住户情况 > 户主手机 = house.household.head.phone | text
住户情况 > 家庭人口数 = house.household.size | number
房屋情况 > 房屋坐落 = house.address | text
房屋情况 > 建成年份 = house.built_year | number
房屋情况 > 层数 = house.storeys | number
房屋情况 > 结构类型 = house.structure | text
房屋情况 > 建筑面积（平方米） = house.area | number
房屋情况 > 房屋用途 = house.use | code
房屋情况 > 不动产权证号 = house.title_no | text
房屋情况 > 安全等级\\n（A/B/C/D） = house.safety_grade | text
是否有人居住 =
整治措施 =
完成时限 =
排查人 =
"""), facts=("乡镇（盖章）：", "排查时间：2026年5月", "单位：人、平方米"), hints=("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19"),
         filled=0, blank_rows=10, notes=("注：安全等级为C级、D级的，须填写整治措施和完成时限。",), signature=("乡镇长：", "村主任：", "填表人：")),
    Form("燃气安全检查", "xlsx", "events", "餐饮等行业燃气安全检查记录表", asked(f"""
序号 = | row_number
检查日期 =
用气单位名称 = organisation.name | text
经营地址 = organisation.address | text
店主（负责人） = organisation.legal_person | text
负责人电话 = organisation.phone | text
气源种类 = | blank | 管道气,瓶装气
钢瓶数量 =
是否安装报警器 = | blank | {YES}
连接软管是否合格 = | blank | {YES}
发现隐患 =
整改期限 =
复查结果 =
被检查人签字 =
检查人员 =
"""), facts=("社区：", "检查组：", "检查月份：2026年   月"), merged=False, filled=0, blank_rows=10,
         notes=("注：1.发现隐患的当场下达整改通知书；2.每周五下午报街道应急办。",)),
    Form("避险转移到户", "xlsx", "households", "地质灾害危险区受威胁群众避险转移到户台账", asked("""
序号 = | row_number
村 = household.area_code | area
组 = household.area_code | area
户主 = household.head_name | text
户主身份证号 = household.head.citizen_id | text
户主电话 = household.head.phone | text
家庭情况 > 人口 = household.size | number
家庭情况 > 劳动力 = household.workers | number
家庭情况 > 需协助转移人数 =
住址 = household.address | text
住房 > 结构 = household.home.structure | text
住房 > 间数 = household.home.rooms | number
转移安置 > 责任人 =
转移安置 > 责任人电话 =
转移安置 > 安置点 =
转移安置 > 路线 =
户主签字 =
"""), above=("县自然资源局  县应急管理局制",), facts=("隐患点名称：", "危险区编号：", "预警信号：铜锣、口哨、广播"), total="合计", filled=0, blank_rows=12, signature=("村委会（盖章）：", "制表人：")),
    Form("医保参保与养老认证", "xlsx", "persons", "2027年度城乡居民医保参保动员台账", asked(f"""
序号 = | row_number
镇街 = person.area_code | area
村居 = person.area_code | area
户号 = person.household.number | text
户主 = person.household.head_name | text
参保对象 > 姓名 = person.name | text
参保对象 > 与户主\\n关系 = person.kinship | code
参保对象 > 证件号码 = person.citizen_id | text
参保对象 > 人员类别 = person.person_class | text | 一般居民,低保对象,特困人员,在校学生
参保情况 > 是否已参加\\n医疗保险 = person.insured_medical | flag | {YES}
参保情况 > 医保类型 = person.medical_kind | text | 居民医保,职工医保
参保情况 > 参保地 =
参保情况 > 未参保原因 =
联系电话 = person.phone | text
动员责任人 =
"""), above=("附件",), facts=("填报单位：", "统计截止：2026年12月31日"), hints=("", "", "", "", "", "必填", "如：户主、配偶、子", "18位", "下拉选择", "是/否", "下拉选择", "精确到县", "", "11位手机号", ""), filled=0, more=(
        Form("养老认证", "xlsx", "persons", "城乡居民养老保险待遇领取人员资格认证名单", asked("""
序号 = | row_number
村（社区） = person.area_code | area
姓名 = person.name | text
身份证号 = person.citizen_id | text
养老保险编号 = person.pension_number | text
险种 = person.pension_kind | text
月养老金（元） = person.pension_amount | amount
本人或家属认证方式 =
认证日期 =
死亡日期\\n（已故的填写） = person.died_on | date
手机号 = person.phone | text
"""), filled=5),)),
    Form("老龄人口统计", "ods", "statistics", "老龄人口及高龄、困难老人情况统计表", asked("""
村（社区）名称 = area.name | area
户数 = | count
户籍人口 > 计 = | sum
户籍人口 > 男 = | count
户籍人口 > 女 = | count
老年人口 > 小计 = | sum
老年人口 > 60—69周岁 > 男 = | count
老年人口 > 60—69周岁 > 女 = | count
老年人口 > 70—79周岁 > 男 = | count
老年人口 > 70—79周岁 > 女 = | count
老年人口 > 80周岁及以上 > 男 = | count
老年人口 > 80周岁及以上 > 女 = | count
困难老人 > 独居 = | count
困难老人 > 低保 = | count
困难老人 > 持残疾证 = | count
养老服务设施（处） =
备注 =
"""), areas=("清泉社区", "南苑社区", "李庄村", "石桥村", "杨柳铺村"), total="合  计", facts=("填报单位：", "2026年半年报", "计量单位：户、人、处"), signature=("单位负责人：", "统计负责人：", "填表人：", "报出日期：")),
)  # fmt: skip
