"""The names of places in messages: compounds, roads, schools, companies, found by how they end."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Name", "names_in", "shared_name", "without"]

ROADS = "路|街|道|巷|区|市|县|镇|乡|站|的|在|到|了"
ENDS = (
    "小区|社区|新城|城|苑|院|园|府|湾|公寓|家园|花园|广场|大厦|国际|山庄|公馆|郡|墅|时代|"
    "村|组|路|街(?!道)|巷|大道|桥|湖|河|公园|市场|学校|小学|中学|幼儿园|医院|公司|集团|地铁站|站|厂"
)
NAME = re.compile(rf"(?=([\u4e00-\u9fff]{{2,7}}(?:{ENDS})))")
SUFFIX = re.compile("(?<=..)(?:小区|社区)$")
INNER = re.compile(rf"^.*(?:{ROADS})(?=.{{3,}}$)")
# A name does not begin with these: they end another name, or are the small words before one.
NOT_FIRST = frozenset(
    "隔市区县镇乡街道路村在于的是与和及到从对请被该本我你他们有把向为建个这那将并等附近旁反映投诉小社名"
)
# No name holds these: who speaks, and what happens to whom.
NOT_INSIDE = re.compile("[我你您他她它们把就都着给没不很太让每这那在到]")
# Ways that have no name: the way to work or school, the motorway, "all the way".
NAMELESS = re.compile("(?:[上下]班|[上放下]学|回家|[上下]车|公|马|铁|走|有|跑)路$|[傅机板员己]一路$")
SHORTEST = 3
SPECIFIC = 0.25  # at least this part of all messages with the name belongs to the group
WANTED = 0.4  # at least this part of the group says the name
LONGER = 0.7  # a longer form is taken when it keeps this part of those who say the shorter


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the part of the group that says it."""

    text: str
    share: float


def shared_name(texts: Sequence[str], everything: str) -> Name | None:
    """Return the name that most of `texts` share and few others in `everything` say, or None where there is none."""
    wanted, together = names_in(texts, part=WANTED), "\n".join(texts)
    specific = {
        name: said for name, said in wanted.items() if together.count(name) >= SPECIFIC * everything.count(name)
    }
    if not specific:
        return None
    most = max(specific.values())
    best = max((name for name, said in specific.items() if said >= LONGER * most), key=lambda one: (len(one), one))
    return Name(best, specific[best] / len(texts))


def names_in(texts: Sequence[str], *, part: float) -> dict[str, int]:
    """Return the names that at least `part` of the texts say, with how many do."""
    counted = Counter(name for text in texts for name in set(_names(text)))
    often = [name for name, count in counted.items() if count >= part * len(texts)]
    return {name: sum(name in text for text in texts) for name in often}


def without(text: str, names: Iterable[str]) -> str:
    """Return the text with each name taken out."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "|")
    return text


def _names(text: str) -> Iterator[str]:
    for found in NAME.finditer(text):
        name = INNER.sub("", SUFFIX.sub("", found.group(1)))
        if len(name) >= SHORTEST and _may_be_name(name):
            yield name


def _may_be_name(words: str) -> bool:
    return words[0] not in NOT_FIRST and not NOT_INSIDE.search(words) and not NAMELESS.search(words)
