"""What the address model sees: one token for each character or run of digits, and hashed features around each token.

A name such as 锦绣路 is hardly seen twice in a country of a million roads, so most features speak of structure:
characters that carry it (路 号 栋 单元) stand for themselves, all others for "a name". Everything runs over a whole
batch of addresses at once, in numpy.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from linli.regions.rules.address_names import MARKS, AddressNames

__all__ = ["BITS", "Batch", "batch", "plain"]

BITS = 18
PAD = 8  # empty tokens around each address, as wide as the widest window
Codes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

STRUCTURE = (
    "省市区县旗镇乡街道路巷弄村屯庄里组队社号院栋幢座楼单元层室房户门期排梯铺店厦苑园城府湾庭家花小大中东南西北上下前后"
    "一二三四五六七八九十甲乙丙丁对面旁边附近交叉汇口与和到米约内外电联系不详开发高新经济技术工业自治州盟沿侧角头方向"
    "地驻处站场校学院公司厂行馆所广物业委会居民员社区行政自然巷胡同段环线桥河湖山港坝沟塘坡坪寨圩厝墩营关集店屋坑岭"
    "负底商首附之名豪国际世纪"
)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_TOKEN = re.compile(r"[0-9]+|\[unk\]|.", re.DOTALL)  # [UNK] is how some systems write a character they do not have
_NAME, _LETTER, _SIGN, _NUMBER = 1, 2, 3, 10
_LONG = 5
LETTERS = ((-3, -3), (-2, -2), (-1, -1), (0, 0), (1, 1), (2, 2), (3, 3), (-2, -1), (-1, 0), (0, 1), (1, 2), (2, 3),
           (-2, 0), (-1, 1), (0, 2), (1, 3), (0, 3), (-3, 0))  # fmt: skip
SHAPES = (
    (-1, 1),
    (-2, 0),
    (0, 2),
    (-3, 0),
    (0, 3),
    (-2, 2),
    (-4, 0),
    (0, 4),
    (-3, 3),
    (-1, 4),
    (-4, 1),
    (0, 6),
    (-6, 0),
)
_AHEAD = 7


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Addresses as tokens. `features` has one row of hash buckets for each token; `starts` where each address begins.

    `texts` holds the tokens as they were written, address by address.
    """

    texts: list[list[str]]
    features: Ints
    starts: Ints


def plain(text: str) -> str:
    """Return the text with half-width, small letters, character for character."""
    return "".join(_plain(char) for char in text)


def batch(
    addresses: Sequence[str], names: AddressNames | None, *, lexical: npt.NDArray[np.bool_] | None = None
) -> Batch:
    """Return the addresses as the model sees them. `lexical` tells, in training, whose characters may be known."""
    texts = [_TOKEN.findall(address) for address in addresses]
    lengths = np.array([len(tokens) for tokens in texts], dtype=np.int64)
    padded = np.zeros(int(lengths.sum()) + PAD * (len(texts) + 1), dtype=np.uint64)
    starts = PAD + np.concatenate([[0], np.cumsum(lengths + PAD)[:-1]]).astype(np.int64) if texts else lengths
    where = np.concatenate([np.arange(s, s + n) for s, n in zip(starts, lengths, strict=True)]) if texts else lengths
    flat = [_token(token) for tokens in texts for token in tokens]
    seen = np.array(flat, dtype=np.uint64).reshape(-1, 3)
    letters, shapes, values, known = (padded.copy() for _ in range(4))
    letters[where], shapes[where], values[where] = seen[:, 0], seen[:, 1], seen[:, 2]
    known[where] = _marks(addresses, texts, names)
    if lexical is not None:
        hidden = where[~np.repeat(lexical, lengths) & (seen[:, 1] == _NAME)]
        letters[hidden] = _NAME
    columns = [*_windows(letters, where, LETTERS, 100), *_windows(shapes, where, SHAPES, 200)]
    columns += [_bucket(values[where], 300), *_ahead(shapes, known, where)]
    features = np.stack(columns, axis=1)
    return Batch(texts, features, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def _windows(tokens: Codes, where: Ints, windows: Sequence[tuple[int, int]], kind: int) -> list[Ints]:
    found = []
    for number, (first, last) in enumerate(windows):
        rolling = np.zeros(len(where), dtype=np.uint64)
        for offset in range(first, last + 1):
            rolling = rolling * _STEP + tokens[where + offset]
        found.append(_bucket(rolling, kind + number))
    return found


def _ahead(shapes: Codes, known: Codes, where: Ints) -> list[Ints]:
    """Return features of the next and the last structural character and how far they are, and of known names."""
    after, before = np.zeros_like(known), np.zeros_like(known)
    for far in range(_AHEAD, 0, -1):
        for found, offset in ((after, far), (before, -far)):
            there = np.zeros_like(known)
            there[where] = shapes[where + offset]
            found[:] = np.where(there > _NAME, there * np.uint64(16) + np.uint64(far), found)
    own, here = shapes[where], known[where]
    left, right = known[where - 1], known[where + 1]
    pairs = [
        after[where], before[where], after[where] * _STEP + before[where], after[where] * _STEP + own,
        before[where] * _STEP + own, here, here * _STEP + left, here * _STEP + right, here * _STEP + own,
        (before[where] * _STEP + own) * _STEP + left, (after[where] * _STEP + own) * _STEP + left,
    ]  # fmt: skip
    return [_bucket(pair, 400 + number) for number, pair in enumerate(pairs)]


def _marks(addresses: Sequence[str], texts: list[list[str]], names: AddressNames | None) -> list[int]:
    """Return for each token which division it begins or belongs to, as `AddressNames.spans` finds them."""
    marks: list[int] = []
    for address, tokens in zip(addresses, texts, strict=True):
        own = [0] * len(tokens)
        marks += own if names is None else _marked(own, tokens, names.spans(address))
    return marks


def _marked(own: list[int], tokens: list[str], spans: Sequence[tuple[int, int, str]]) -> list[int]:
    at, place = {}, 0
    for number, token in enumerate(tokens):
        at[place] = number
        place += len(token)
    at[place] = len(tokens)
    for start, end, kind in spans:
        if start in at and end in at:
            first, last = at[start], at[end]
            own[first:last] = [MARKS[kind] + 1] * (last - first)
            own[first] = MARKS[kind]
    return own


@lru_cache(maxsize=60_000)
def _token(token: str) -> tuple[int, int, int]:
    """Return the token's letter, shape and value: what it is, what kind of thing it is, and the digits of a number."""
    if token[0].isdigit() and token.isascii():
        length = min(len(token), _LONG)
        return 0x200000 + length, _NUMBER + length, 0x300000 + int(token[:9])
    point = ord(token[0])
    if token in _STRUCTURE:
        return point, point, 0
    if len(token) > 1:
        return _NAME, _NAME, 0
    if token.isascii():
        kind = _LETTER if token.isalpha() else _SIGN
        return point, (point if kind == _SIGN else _LETTER), 0
    return point, (_NAME if unicodedata.category(token[0]) == "Lo" else _SIGN), 0


def _plain(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def _bucket(hashes: Codes, kind: int) -> Ints:
    mixed = (hashes + np.uint64(kind)) * _SPREAD
    mixed ^= mixed >> np.uint64(32)
    mixed = (mixed + np.uint64(kind)) * _STEP
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


_STRUCTURE = frozenset(STRUCTURE)
