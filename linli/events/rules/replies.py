"""What a reply is like, in features that a person can read: what it says beyond courtesy, and what it is made of."""

import math
import re
import unicodedata
from collections.abc import Mapping

from linli.events.rules.reply_clauses import CLAUSE_FEATURES, clause_features

__all__ = ["FEATURES", "PATTERNS", "core_of", "counts_in", "features_of"]

GREETING = re.compile(r"^(?:尊敬的)?[^,。!:]{0,20}?[:,!]?(?:您好|你好)[!,。:]?")
DAY = re.compile(r"\d{4}[年.]\d{1,2}[月.]\d{1,2}日?")
THANKS = re.compile(r"(?:非常)?感谢(?:您|你)[^。]*?(?:关注|支持|理解|监督|来信|来帖|留言|问政|关心)[^。]*[。!]?")
FAREWELL = re.compile(r"特此回复|谢谢|祝您?[^。]*[。!]")
PATTERNS = {
    "handed_over": re.compile("转(?:至|交|给|由|相关|有关|[^。]{0,12}(?:局|办|部门|委|政府))|交办|反馈给|发函|转办"),
    "received": re.compile("收悉|已阅|收到|知悉"),
    "promised": re.compile("将(?:及时|会|迅速|尽快|进一步)|正在(?:办理|核实|调查|处理|交办|落实)|待(?:核实|调查)"),
    "elsewhere": re.compile("请(?:您|你)?(?:直接)?(?:咨询|询问|向|与|致电|拨打|联系|查看|参见|具体咨询|到)|详见|链接"),
    "asks_more": re.compile("(?:请|需|没有|未)[^。]{0,10}(?:提供|填写|补充|完善|说明)[^。]{0,12}|不具体|不详|不清楚"),
    "answered_before": re.compile("已(?:经)?(?:作出)?(?:回复|答复)"),
    "reasons": re.compile(
        "经(?:核实|调查|了解|查|核查)|现(?:回复|答复)如下|情况(?:说明|如下)|根据|依据|按照|《|文件|规定|条|因为|由于"
    ),
    "done": re.compile("已(?:经)?(?:完成|解决|整改|处理|安排|责令|拆除|修复|督促|要求)|立即|现场|责令|整改"),
    "when": re.compile(r"\d+月\d*|年底|预计|计划|\d+个?工作日|\d+年"),
    "figures": re.compile(r"\d+(?:\.\d+)?(?:元|万|平方|米|公里|%|户|名|家|台)"),
    "points": re.compile("[一二三四五1-9][、.]|首先|其次|第[一二三]"),
}
MOST, SHORT = 4, 60
LENGTHS = (40, 80, 160)
FEATURES = (
    "length", "length_with_courtesy", *(f"up_to_{limit}" for limit in LENGTHS), "sentences", *PATTERNS,
    *(f"{name}_in_short" for name in PATTERNS), "on_topic", "words_on_topic", *CLAUSE_FEATURES,
)  # fmt: skip


def core_of(reply: str) -> str:
    """Return the reply without greeting, thanks, farewell and dates."""
    plain = "".join(unicodedata.normalize("NFKC", reply).split())
    for courtesy in (GREETING, DAY, THANKS, FAREWELL):
        plain = courtesy.sub("", plain, count=0 if courtesy is not GREETING else 1)
    return plain


def counts_in(core: str) -> Mapping[str, int]:
    """Return how often each pattern is found in a core."""
    return {name: len(pattern.findall(core)) for name, pattern in PATTERNS.items()}


def features_of(asked: str, reply: str) -> list[float]:
    """Return the numbers in the order of FEATURES; `asked` is title and text of what was said."""
    core = core_of(reply)
    counts = [min(count, MOST) for count in counts_in(core).values()]
    shared = shared_pairs(asked, core)
    return [
        math.log1p(len(core)),
        math.log1p(len(reply)),
        *(min(len(core), limit) / limit for limit in LENGTHS),
        core.count("。"),
        *counts,
        *(count * (len(core) < SHORT) for count in counts),
        shared / max(len(core), 1),
        math.log1p(shared),
        *clause_features(asked, reply),
    ]


def shared_pairs(asked: str, core: str) -> int:
    """Return how many pairs of neighbouring characters of the core were also in what was asked."""
    known = {asked[place : place + 2] for place in range(len(asked) - 1)}
    return sum(core[place : place + 2] in known for place in range(len(core) - 1))
