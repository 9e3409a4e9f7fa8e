"""Names in frames and doors of homes are taken out of what everybody reads; places and offices stay."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trust import api as trust

SURNAMES = st.sampled_from([*"王李张刘陈杨赵黄周吴徐孙胡朱林郭罗郑梁宋唐许邓冯韩曹彭肖田董潘袁蔡蒋余杜叶程", "欧阳"])
GIVEN = st.sampled_from(["建国", "芳", "秀英", "伟", "桂兰", "志强", "静怡", "明", "晓东", "雪梅", "海燕"])
NAMES = st.builds(str.__add__, SURNAMES, GIVEN)
FRAMES = st.sampled_from(
    [
        "居民{}反映楼道灯坏了", "业主{}投诉装修噪音", "住户{}家漏水", "村民{}要求修路", "联系人:{},请回电",
        "户主: {}", "姓名:{}", "我叫{},住在这里", "{}先生来电", "感谢{}女士的建议", "经与{}阿姨联系",
        "居民{}、王芳反映", "网友{}:您好", "反映人{}。", "为{}大爷办理",
    ]
)  # fmt: skip
ROOMS = st.sampled_from(["501", "1203", "0302"])
DOORS = st.sampled_from(
    [
        "3栋2单元{}室", "3栋2单元{}", "12号楼3单元{}房", "A座{}", "三栋二单元{}号", "2单元{}", "3-2-{}室", "5-{}房",
        "{}室", "8幢{}", "3栋2单元5楼{}",
    ]
)  # fmt: skip
STAYS = [
    "白天老人在家", "包括老人", "关爱老人", "不顾老人死活", "14栋300多户", "a座,0731",
    "王府井街道", "李家村三组", "张公庙镇", "刘家湾社区", "万家丽路", "黄兴中路83号", "马王堆街道办事处",
    "周边老人很多", "由于老人多", "高度重视", "居民马上反映", "居民常年反映", "业主高度关注",
    "村民何时能用上水", "群众张灯结彩", "学生陈列室", "业主马路边停车", "市民林荫道的树", "居民刘家湾反映",
    "值班女士", "经理先生", "提高女士待遇", "敬老院老人", "孤寡老人家", "带小孩的老人", "社区服务中心2楼201室",
    "区政府3楼301室", "市第一医院12楼1203室", "三室两厅", "一房二卖", "2198房产证", "3栋200户", "2号楼的电梯",
    "3栋楼道的灯", "南苑小区", "金茂府", "2026年11月22日", "1984-10-12", "1000元", "12345热线", "第3号楼",
    "城管局", "南苑街道综合执法队", "朱主任", "纪委一室", "300个车位", "2栋100米外", "邓小平理论", "周一到周五",
    "黄昏时分", "我是王府花园的业主", "岳麓区", "余家坪乡",
]  # fmt: skip


@given(name=NAMES, frame=FRAMES)
def test_a_name_in_a_frame_goes(name, frame):
    assert name not in trust.redact_public(frame.format(name))


@given(room=ROOMS, door=DOORS, estate=st.sampled_from(["南苑小区", "金茂府", "和平路83号", "学府花园"]))
def test_the_door_goes_and_the_estate_stays(room, door, estate):
    shown = trust.redact_public(f"我住{estate},{door.format(room)},漏水")
    assert room not in shown
    assert estate in shown
    assert shown.endswith(",漏水")


@pytest.mark.parametrize("words", STAYS)
def test_places_and_offices_stay(words):
    assert trust.redact_public(words) == words
    assert trust.redact_public(f"请到{words},谢谢") == f"请到{words},谢谢"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("南苑小区3栋2单元501室的王女士来电", "南苑小区[门牌号]的某女士来电"),
        ("居民李建国反映", "居民某某反映"),
        ("居民李建国、王芳反映", "居民某某、某某反映"),
        ("联系人：李明电话13812345678", "联系人：某某电话[手机号]"),
        ("李某、王某某家", "某某、某某家"),
        ("三栋二单元五零一室", "[门牌号]"),
        ("3栋2单元501、502室", "[门牌号]"),
        ("5楼东户和13栋2单元西户", "[门牌号]和[门牌号]"),
        ("李家村三组12号", "李家村三组[门牌号]"),
    ],
)
def test_what_is_shown_instead(text, shown):
    assert trust.redact_public(text) == shown
    assert trust.redact_public(shown) == shown


def test_the_officer_leaves_words_in_but_never_numbers():
    text = "王女士,电话13812345678,3栋2单元501室"
    assert trust.redact_public(text, keep=["王女士", "13812345678"]) == "王女士,电话[手机号],[门牌号]"


def test_what_may_remain_is_named():
    assert trust.may_remain("张老师住和平路83号,2号楼3单元的电梯坏了") == ["张老师", "和平路83号", "2号楼3单元"]
    assert trust.may_remain("楼道的灯已经换好") == []


@given(text=st.text(alphabet="王李张某女士先生居民业主反映联系人:3栋2单元501室-、的 一13800001111", max_size=60))
def test_places_are_in_order_and_inside(text):
    found = trust.find_for_public(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[one.start : one.end] == one.words for one in found)
    assert trust.redact(trust.redact_public(text)) == trust.redact_public(text)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1", "3栋", "王", "王女士", "居民王", "、王芳", "3楼", "张某", "栋1单元", "姓名: "])
def test_it_is_linear(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        trust.redact_public(text)
        return time.process_time() - start

    least, most = (min(seconds(length) for _ in range(3)) for length in (12_500, 50_000))
    assert most < 12 * max(least, 0.01)


def test_it_is_quick_on_a_message():
    text = ("3栋2单元501室的王女士，11-22晚上装修噪音大，手机号138 1234 5678，居民李建国反映。" * 6)[:300]
    start = time.process_time()
    for _ in range(100):
        trust.redact_public(text)
    assert (time.process_time() - start) / 100 < 0.004
