# ruff: noqa: E501  a line of a form is a line
"""Seventeen more forms to work by, each of another office: what goes wrong in them may be looked at and mended."""

from tests.forms.shapes import Form, asked

FORMS = (
    Form("退役军人建档立卡", "xlsx", "persons", "2026年退役军人和其他优抚对象建档立卡信息汇总表", asked("""
序号 = | row_number
镇（街道） = person.area_code | area
村（社区） = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
公民身份号码 = person.citizen_id | text
户口所在地 = person.registered_address | text
现居住详细地址 = person.address | text
人员类别 = person.person_class | text
入伍时间 = person.enlisted_on | date
退出现役时间 = person.discharged_on | date
原服役部队代号 = person.service_unit | text
安置方式 =
军衔 =
立功受奖情况 =
就业状况 = person.occupation | text
联系方式 = person.phone | text
优待证申领情况 =
"""), above=("附件3",), facts=("填报单位（盖章）：", "联系人：", "联系电话："), filled=0, blank_rows=12, signature=("审核人：", "填表人：", "填报时间：")),
    Form("无障碍改造", "xls", "persons", "困难重度残疾人家庭无障碍改造对象花名册", asked("""
序号 = | row_number
残疾人基本情况 > 姓名 = person.name | text
残疾人基本情况 > 性别 = person.sex | code
残疾人基本情况 > 残疾证号 = person.disability_card | text
残疾人基本情况 > 残疾类别 = person.disability_kind | text
残疾人基本情况 > 残疾等级 = person.disability_level | text
家庭住址 = person.address | text
家庭经济状况 =
联系电话 = person.phone | text
监护人（或联系人） > 姓名 = person.guardian.name | text
监护人（或联系人） > 电话 = person.guardian.phone | text
改造项目 =
改造资金（元） =
是否完成改造 =
受益人签字 =
"""), facts=("填报单位：", "年   月   日"), total="合计", filled=6),
    Form("两癌筛查", "xlsx", "persons", "农村适龄妇女“两癌”免费检查对象摸底登记表", asked("""
编号 = | row_number
姓名 = person.name | text
年龄 = person.birth_date | age
身份证号码 = person.citizen_id | text
婚姻状况 = person.marital | code | 未婚,已婚,离异,丧偶
文化程度 = person.education | code
丈夫姓名 = person.spouse.name | text
丈夫联系电话 = person.spouse.phone | text
户籍地址 = person.registered_address | text
现居住地 = person.address | text
本人电话 = person.phone | text
是否低保 = person.low_income | flag | 是,否
既往检查时间 =
检查结果 =
是否愿意参加检查 =
"""), facts=("乡镇（街道）：", "村（居）：", "妇联主席："), hints=("", "", "35-64周岁", "18位", "", "", "", "", "", "", "", "", "如2024.5", "", "是/否"), filled=3),
    Form("奖励扶助", "docx", "persons", "农村部分计划生育家庭奖励扶助对象花名册", asked("""
序号 = | row_number
村组 = person.area_code | area
姓名 = person.name | text
性别 = person.sex | code
出生年月 = person.birth_date | date
身份证号 = person.citizen_id | text
婚姻状况 = person.marital | code
配偶姓名 = person.spouse.name | text
配偶身份证号 = person.spouse.citizen_id | text
现有子女数 > 男 =
现有子女数 > 女 =
独生子女证号 =
开户行 = person.bank_name | text
惠农“一卡通”账号 = person.bank_account | text
奖扶金额（元/年） = person.allowance_amount | amount
备注 =
"""), facts=("填报单位：                填报时间：",), filled=4),
    Form("九小场所底册", "ods", "organisations", "“九小场所”及沿街门店基本情况登记表", asked("""
序号 = | row_number
场所名称（店招） = organisation.name | text
场所类别 = organisation.type | text
详细地址 = organisation.address | text
经营者 > 姓名 = organisation.legal_person | text
经营者 > 身份证号码 = organisation.operator.citizen_id | text
经营者 > 手机号码 = organisation.phone | text
从业人员数 = organisation.staff | text
经营面积(㎡) = organisation.floor_area | number
楼层 =
房屋产权人 = organisation.seat.owner.name | text
产权人电话 = organisation.seat.owner.phone | text
是否住人 =
是否使用液化气 =
灭火器（具） =
是否有独立式烟感 =
网格员 =
备注 =
"""), facts=("社区（盖章）：", "排查日期："), filled=5),
    Form("燃气入户安检", "xlsx", "events", "居民燃气用户入户安全检查台账", asked("""
序号 = | row_number
小区名称 = house.estate | text
楼号 = house.building_no | text
单元 = house.unit_no | text
室号 = house.room | text
用户姓名 = house.resident.name | text
联系电话 = house.resident.phone | text
燃气类型 =
燃气表号 =
是否加装报警器 =
软管是否更换 =
是否有熄火保护装置 =
隐患描述 =
整改情况 =
用户签字 =
安检员 =
安检日期 =
"""), facts=("燃气企业：", "网格："), filled=4),
    Form("老年人体检", "csv", "persons", "", asked("""
序号 = | row_number
档案编号 =
姓名 = person.name | text
性别 = person.sex | code
出生日期 = person.birth_date | date
身份证号 = person.citizen_id | text
现住址 = person.address | text
联系电话 = person.phone | text
是否高血压 =
是否糖尿病 =
血压（mmHg） =
空腹血糖 =
身高 =
体重 =
体检日期 =
责任医生 =
家庭医生签约日期 =
"""), encoding="gb18030"),
    Form("疫苗接种摸底", "xlsx", "persons", "60岁以上人群疫苗接种情况摸排表", asked("""
序号 = | row_number
网格名称 = person.area_code | area
姓名 = person.name | text
身份证号 = person.citizen_id | text
年龄段 = person.birth_date | range | 60-69岁,70-79岁,80岁及以上
手机号 = person.phone | text
居住地址 = person.address | text
接种情况 > 第一针时间 =
接种情况 > 第二针时间 =
接种情况 > 加强针时间 =
未接种原因 =
是否慎接种 =
包保责任人 =
包保人电话 =
"""), facts=("填报社区：", "截止时间：2026年6月30日"), filled=0, blank_rows=10, signature=("负责人：", "填表人：")),
    Form("流动党员", "xlsx", "persons", "流动党员情况登记台账", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code | 男,女
出生年月 = person.birth_date | date
学历 = person.education | code
入党时间 = person.joined_party_on | date
组织关系所在党支部 = person.party_branch | text
外出时间 = person.went_on | date
流入地（详细地址） = person.went_to | text
外出从事职业 = person.occupation | text
联系电话 = person.phone | text
流入地党组织名称 =
流入地党组织联系人 =
流动党员活动证号 =
党费缴纳至 =
联络员 =
"""), facts=("党组织名称：", "填报人："), lists_elsewhere=True),
    Form("社会组织台账", "xls", "organisations", "辖区社区社会组织登记备案情况一览表", asked("""
序号 = | row_number
组织名称 = organisation.name | text
组织类别 = organisation.type | text
统一社会信用代码（备案号） = organisation.credit_code | text
成立时间 = organisation.founded_on | date
业务主管单位 =
负责人情况 > 姓名 = organisation.legal_person | text
负责人情况 > 政治面貌 = organisation.operator.political | code
负责人情况 > 联系电话 = organisation.phone | text
住所 = organisation.address | text
会员（成员）数 =
专职人数 =
党员人数 =
是否建立党组织 =
业务范围 = organisation.scope | text
年检情况 =
"""), above=("附件：",), filled=5),
    Form("电动自行车", "xlsx", "persons", "小区电动自行车登记表", asked("""
序号 = | row_number
车主姓名 = person.name | text
身份证号 = person.citizen_id | text
联系电话 = person.phone | text
小区 = person.home.estate | text
楼栋号 = person.home.building_no | text
房号 = person.home.room | text
车牌号 =
车辆品牌 =
车身颜色 =
电池类型 =
停放位置 =
充电方式 =
登记日期 =
备注 =
"""), filled=3),
    Form("犬只登记", "ods", "persons", "养犬登记信息采集表", asked("""
序号 = | row_number
犬主姓名 = person.name | text
证件号码 = person.citizen_id | text
住址 = person.address | text
联系电话 = person.phone | text
犬只信息 > 犬名 =
犬只信息 > 品种 =
犬只信息 > 毛色 =
犬只信息 > 性别 =
犬只信息 > 出生日期 =
免疫证号 =
免疫日期 =
犬牌号 =
"""), facts=("社区名称：", "登记人："), merged=False),
    Form("危房改造", "xlsx", "households", "农村低收入群体等重点对象危房改造农户信息表", asked("""
序号 = | row_number
乡（镇） = household.area_code | area
行政村 = household.area_code | area
自然村（组） = household.area_code | area
户主姓名 = household.head_name | text
户主身份证号码 = household.head.citizen_id | text
农户类型 = household.kind | text | 低保户,分散供养特困户,易返贫户
家庭人口（人） = household.size | text
改造前房屋情况 > 建筑面积（㎡） = household.home.area | number
改造前房屋情况 > 结构类型 = household.home.structure | text
改造前房屋情况 > 建造年代 = household.home.built_year | text
改造前房屋情况 > 鉴定等级 = household.home.safety_grade | text | C级,D级
改造方式 =
开工时间 =
竣工时间 =
补助资金（万元） =
农户签字 =
联系电话 = household.head.phone | text
"""), above=("附件1",), facts=("填报单位：（公章）", "填表日期："), total="合计", filled=4),
    Form("居民医保参保", "xls", "persons", "城乡居民基本医疗保险参保登记明细表", asked("""
序号 = | row_number
家庭编号 = person.household.number | text
户主身份证号 = person.household.head.citizen_id | text
参保人姓名 = person.name | text
证件类型 =
参保人证件号码 = person.citizen_id | text
与户主关系 = person.kinship | code
性别 = person.sex | code
参保类别 =
是否困难人员 =
困难人员类别 = person.special_group | text
个人缴费金额 =
缴费日期 =
联系电话 = person.phone | text
新生儿出生日期 =
"""), facts=("单位编号：", "单位名称：", "金额单位：元"), total="合计", filled=8),
    Form("困境儿童统计", "xlsx", "statistics", "留守儿童和困境儿童情况统计表（季报）", asked("""
行政村 = area.name | area
辖区未成年人数 = | count
留守儿童 > 人数 = | count
留守儿童 > 其中：男 = | count
留守儿童 > 其中：女 = | count
困境儿童 > 孤儿 = | count
困境儿童 > 重残儿童 =
困境儿童 > 小计 = | sum
0-6岁 = | count
7-12岁 = | count
13-17岁 = | count
儿童之家数量 =
"""), facts=("填报单位：", "单位：人"), areas=("石桥村", "柳河村", "红星村"), total="合计"),
    Form("公租房承租", "docx", "households", "公共租赁住房保障对象情况表", asked("""
序号 = | row_number
申请人（户主） = household.head_name | text
身份证号 = household.head.citizen_id | text
工作单位 = household.head.employer | text
家庭成员数 = household.size | text
家庭人均月收入（元） = household.income_each_month | amount
现居住地址 = household.head.address | text
现住房面积 =
保障方式 =
分配房号 =
月租金（元） =
起租日期 =
合同到期日 =
联系电话 = household.head.phone | text
"""), facts=("街道办事处（盖章）：              时间：",), filled=3),
    Form("孤寡探访", "xlsx", "persons", "特殊困难老年人探访关爱服务台账", asked("""
序号 = | row_number
姓名 = person.name | text
性别 = person.sex | code | 男,女
年龄 = person.birth_date | age
身份证号 = person.citizen_id | text
居住状况 = | blank | 独居,空巢,与子女同住
能力等级 = person.care_ability | text | 自理,半失能,失能
患病情况 = person.chronic_disease | text
子女姓名 =
子女电话 =
紧急联系人 = person.emergency_contact | text
与老人关系 =
联系电话 = person.emergency_phone | text
探访人 =
探访频次 =
探访时间 =
"""), facts=("镇（街）：", "村（社区）："), filled=3),
)  # fmt: skip
