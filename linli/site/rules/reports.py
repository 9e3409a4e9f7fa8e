"""Reports as other systems send them, for benches: varied texts, places and reporters, the same ones each time."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

SEED = 7
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张", "芳伟敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英"
SHARE_KNOWN, SHARE_CALL_BACK = 0.8, 0.3
JITTER = 0.0005  # degrees, about fifty metres


def reports(texts: Sequence[str], points: Sequence[Sequence[float]]) -> Iterator[dict[str, Any]]:
    """Yield reports without end, as fields of the REST interface. Phones are fictional (1380000…)."""
    dice = random.Random(SEED)  # noqa: S311  repeatable, not secret
    while True:
        lng, lat = dice.choice(points)
        report = {
            "text": _text(dice, texts),
            "lng": lng + dice.uniform(-JITTER, JITTER),
            "lat": lat + dice.uniform(-JITTER, JITTER),
        }
        if dice.random() < SHARE_KNOWN:
            report["reporter_name"] = dice.choice(SURNAMES) + dice.choice(GIVEN)
            report["reporter_phone"] = _phone(dice)
        yield report


def _text(dice: random.Random, texts: Sequence[str]) -> str:
    text = dice.choice(texts)
    return f"{text}，我的电话{_phone(dice)}" if dice.random() < SHARE_CALL_BACK else text


def _phone(dice: random.Random) -> str:
    return f"1380000{dice.randrange(10_000):04d}"
