"""What the clauses of a reply do: courtesy, handing over, promising, sending elsewhere; the rest is its substance."""

import math
import re
import unicodedata
from collections.abc import Sequence

__all__ = ["CLAUSE_FEATURES", "clause_features"]

PLATFORM = re.compile(r"(?:通过|在)?(?:平台|栏目)*《(?:问政|百姓呼声|人民网|领导留言)[^》]*》(?:平台|栏目)?[上中]?")
DAY = re.compile(r"\d{4}[年.]\d{1,2}[月.]\d{1,2}日?")
ENDS = re.compile(r'[,。;!?:、()“”"]+')
KINDS = {  # the first that fits
    "handing": re.compile("转[至交给由呈送达到办相有]|已转|交办|移交|交由|已交|反馈给|函告|发函|责成|批转|核处|办复"),
    "sending": re.compile(
        r"咨询|致电|拨打|电话|\d{3,4}[-—]+\d{6,8}|联系|详见|参看|参见|链接|管辖|无法查询|不具体|不详|提供|补[全充]|完善"
    ),
    "promise": re.compile(
        "将(?:及时|会|尽快|进一步|迅速|认真)|及时(?:反馈|回复|答复)|正在|待[^,]{0,8}(?:核实|调查)|尽快|高度重视|继续努力"
        "|一如既往|稍后"
    ),
    "courtesy": re.compile(
        "您好|你好|感谢|谢谢|祝|网友|尊敬|收悉|已阅|收到|留言|来信|来帖|敬请|谅解|耐心等待|支持|关心|理解|特此|此复"
        r"|[回答]复如下|工作|[Uu]{2}\d+"
    ),
}
UNFINISHED = re.compile(r":$|如下:?(?:\d{4}.*)?$")
SIZES, NEWS = (10, 25, 50, 100), (10, 25, 50)
MOST, LONG = 3, 30
CLAUSE_FEATURES = (
    "substance", "news", "substance_clauses", *(f"{name}_part" for name in ("substance", *KINDS)),
    *(f"substance_to_{size}" for size in SIZES), *(f"news_to_{size}" for size in NEWS),
    "sending_clauses", "handing_clauses", "unfinished", "asks", "longest_clause", "greetings",
)  # fmt: skip


def clause_features(asked: str, reply: str) -> list[float]:
    """Return the numbers in the order of CLAUSE_FEATURES; news is substance that was not in what was asked."""
    plain, clauses = _plain(reply), _clauses(reply)
    kinds = [_kind(clause) for clause in clauses]
    substance = [clause for clause, kind in zip(clauses, kinds, strict=True) if kind == "substance"]
    sizes = {name: sum(len(c) for c, k in zip(clauses, kinds, strict=True) if k == name) for name in _NAMES}
    news, whole = _news(_plain(asked), substance), max(sum(sizes.values()), 1)
    return [
        math.log1p(sizes["substance"]),
        math.log1p(news),
        math.log1p(len(substance)),
        *(sizes[name] / whole for name in _NAMES),
        *(min(sizes["substance"], size) / size for size in SIZES),
        *(min(news, size) / size for size in NEWS),
        min(kinds.count("sending"), MOST),
        min(kinds.count("handing"), MOST),
        float(bool(UNFINISHED.search(plain))),
        float("?" in plain),
        max((len(clause) for clause in substance), default=0) / LONG,
        plain.count("您好") + plain.count("你好"),
    ]


_NAMES = ("substance", *KINDS)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _clauses(reply: str) -> list[str]:
    bare = DAY.sub("。", PLATFORM.sub("", _plain(reply)))
    return [clause for clause in ENDS.split(bare) if clause]


def _kind(clause: str) -> str:
    return next((name for name, pattern in KINDS.items() if pattern.search(clause)), "substance")


def _news(asked: str, substance: Sequence[str]) -> int:
    known = {asked[at : at + 2] for at in range(len(asked) - 1)}
    return sum(clause[at : at + 2] not in known for clause in substance for at in range(len(clause) - 1))
