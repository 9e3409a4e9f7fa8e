"""Made-up people with known truth and realistic dirt, to measure linkage by. All fictional; ids begin with 99."""

from dataclasses import dataclass

import numpy as np

from linli.exchange.rules.linkage_rows import Array, People, sounds

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红华建国文辉力健世广志义兴良海山仁波宁贵福生龙元全胜学"
    "祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕"
    "河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航"
    "弘淑惠珠翠雅芝莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹"
    "蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可"
    "姬舒影荔枝丝春梅云凤洁琳素玲俊东峰永根水木土火银铜铁宝财喜来长久少年大小双三四五六七八九十百千"
)
_PLACES = "青石柳荷竹梅松桃杏枫云水金银玉龙凤鹤兴福康乐安和文昌东西南北新长清江湖河山丰泰永盛阳光景秀锦绣明德仁义礼信"
_TAILS = ("路", "巷", "小区", "花园", "家园", "新村", "苑", "里")
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_FIRST_DAY, _DAYS = np.datetime64("1936-01-01"), 90 * 365


@dataclass(frozen=True)
class Dirt:
    """How often something is wrong in a repeated record; `no_id` and `no_phone` hold for every record."""

    no_id: float = 0.25
    no_phone: float = 0.30
    homophone: float = 0.03
    other_character: float = 0.01
    short_name: float = 0.003
    birth: float = 0.05
    id_typo: float = 0.04
    old_id: float = 0.03
    moved: float = 0.15
    other_phone: float = 0.15
    old_street: float = 0.05


PARENTS = 2  # of each household
TWINS, NAMED_AFTER, SHARED_PHONE = 0.0125, 0.0005, 0.4  # shares


def crowd(records: int, *, seed: int, repeated: float = 0.25, dirt: Dirt = Dirt()) -> tuple[People, Array]:
    """Return so many records, a share of them of people who are there already, and the person of each record.

    People live in households of one door; children have a telephone of their parents at times, one birth in eighty is
    of twins with a name of one generation, and now and then a son bears a name that sounds like his father's.
    """
    random = np.random.default_rng(seed)
    people = records - int(records * repeated)
    whom = np.concatenate([np.arange(people), random.integers(0, people, records - people)])
    made = _people(people, random)
    columns = {code: values[whom].copy() for code, values in made.items()}
    _spoil(columns, np.arange(people, records), random, dirt)
    columns["id"][random.random(records) < dirt.no_id] = ""
    columns["phone"][random.random(records) < dirt.no_phone] = ""
    order = random.permutation(records)
    texts = {code: values[order].tolist() for code, values in columns.items()}
    told = People(texts["name"], texts["id"], texts["born"], texts["sex"], texts["phone"], texts["address"])
    return told, whom[order]


def _people(n: int, random: np.random.Generator) -> dict[str, Array]:
    home = np.sort(random.integers(0, max(1, n // 3), n))
    first = np.r_[True, home[1:] != home[:-1]]
    head = np.maximum.accumulate(np.where(first, np.arange(n), 0))
    place = np.arange(n) - head
    days = random.integers(0, _DAYS, n)
    twin = (place >= PARENTS) & (np.roll(place, 1) == place - 1) & (random.random(n) < TWINS)
    twin[0] = False
    older = np.flatnonzero(twin) - 1
    days[twin] = days[older]
    sex = random.integers(1, 3, n)
    names = _names(n, random)
    child = place >= PARENTS
    names[child, 0] = names[head[child], 0]
    names[twin, 1] = names[older, 1]
    both = names[twin, 2] == 0
    names[twin, 2] = np.where(both, _given(int(twin.sum()), random), names[twin, 2])
    son = np.flatnonzero(child & ~twin & (random.random(n) < NAMED_AFTER))
    names[son] = names[head[son]]
    born = (_FIRST_DAY + days).astype("U10")
    phones = _phones(n, random)
    shared = child & (random.random(n) < SHARED_PHONE)
    phones[shared] = phones[head[shared]]
    addresses = _addresses(int(home.max()) + 1, random)[home]
    ids = _ids(born, sex, random)
    return {
        "name": _texts(names), "id": ids, "born": born, "sex": sex.astype("U1"), "phone": phones, "address": addresses,
    }  # fmt: skip


def _spoil_ids(ids: Array, mistyped: Array, old: Array, random: np.random.Generator) -> None:
    for one in mistyped:
        ids[one] = _wrong_digit(ids[one], random, 17)
    for one in old:
        if ids[one][6:8] == "19":
            ids[one] = ids[one][:6] + ids[one][8:17]


def _spoil(columns: dict[str, Array], at: Array, random: np.random.Generator, dirt: Dirt) -> None:
    """Make repeated records differ from the first, as forms and registers do."""

    def some(share: float) -> Array:
        return at[random.random(len(at)) < share]

    alike: dict[int, list[int]] = {}
    for point in dict.fromkeys(_GIVEN):  # in their order: the same seed makes the same people
        alike.setdefault(int(sounds()[ord(point)]), []).append(ord(point))
    _rename(columns["name"], some(dirt.homophone), random, alike)
    _rename(columns["name"], some(dirt.other_character), random, {})
    for one in some(dirt.short_name):
        name = columns["name"][one]
        columns["name"][one] = name[0] + name[-1]
    for one in some(dirt.birth):
        columns["born"][one] = _wrong_day(columns["born"][one], random)
    _spoil_ids(columns["id"], some(dirt.id_typo), some(dirt.old_id), random)
    moved = some(dirt.moved)
    columns["address"][moved] = _addresses(len(moved), random)
    other = some(dirt.other_phone)
    columns["phone"][other] = _phones(len(other), random)
    for one in some(dirt.old_street):
        columns["address"][one] = columns["address"][one].replace("号楼", "栋").replace("室", "").replace("单元", "-")


def _rename(names: Array, at: Array, random: np.random.Generator, alike: dict[int, list[int]]) -> None:
    for one in at:
        name = names[one]
        place = int(random.integers(1, len(name)))
        known = alike.get(int(sounds()[ord(name[place])]), []) if alike else []
        others = [point for point in known if chr(point) != name[place]]
        character = chr(others[random.integers(0, len(others))]) if others else _GIVEN[random.integers(0, len(_GIVEN))]
        names[one] = name[:place] + character + name[place + 1 :]


def _wrong_day(day: str, random: np.random.Generator) -> str:
    """Return a date of birth as somebody mistypes it: a digit, day and month swapped, or the first of the month."""
    kind = random.random()
    if kind < 0.3 and int(day[8:]) <= 12:  # noqa: PLR2004  a month
        return f"{day[:5]}{day[8:]}-{day[5:7]}"
    if kind < 0.4:  # noqa: PLR2004  a share
        return f"{day[:8]}01"
    return _wrong_digit(day, random, 10)


def _wrong_digit(text: str, random: np.random.Generator, places: int) -> str:
    at = int(random.choice([place for place in range(min(places, len(text))) if text[place].isdigit()]))
    if random.random() < 0.3 and at + 1 < len(text) and text[at + 1].isdigit():  # noqa: PLR2004  a share
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return f"{text[:at]}{(int(text[at]) + int(random.integers(1, 10))) % 10}{text[at + 1 :]}"


def _names(n: int, random: np.random.Generator) -> Array:
    surnames = np.array([ord(one) for one in _SURNAMES], dtype="u4")
    share = 1 / (np.arange(len(surnames)) + 6.0)
    names = np.zeros((n, 3), dtype="u4")
    names[:, 0] = random.choice(surnames, n, p=share / share.sum())
    names[:, 1], names[:, 2] = _given(n, random), _given(n, random)
    names[random.random(n) < 0.15, 2] = 0  # noqa: PLR2004  about one name in seven has two characters
    return names


def _given(n: int, random: np.random.Generator) -> Array:
    points = np.array(sorted({ord(one) for one in _GIVEN}, key=lambda one: _GIVEN.index(chr(one))), dtype="u4")
    share = 1 / (np.arange(len(points)) + 25.0)
    return random.choice(points, n, p=share / share.sum())


def _texts(points: Array) -> Array:
    return np.ascontiguousarray(points.astype("u4")).view(f"U{points.shape[1]}")[:, 0]


def _ids(born: Array, sex: Array, random: np.random.Generator) -> Array:
    n = len(born)
    digits = np.zeros((n, 18), dtype="u4")
    area = random.integers(101, 131, n)
    for place, value in enumerate((9, 9, 0)):
        digits[:, place] = value
    for place in range(3):
        digits[:, 3 + place] = area // 10 ** (2 - place) % 10
    days = born.astype("U10").view("u4").reshape(n, 10) - ord("0")
    digits[:, 6:14] = days[:, [0, 1, 2, 3, 5, 6, 8, 9]]
    number = random.integers(0, 500, n) * 2 + sex % 2
    for place in range(3):
        digits[:, 14 + place] = number // 10 ** (2 - place) % 10
    check = (digits[:, :17] * _WEIGHTS).sum(axis=1) % 11
    points = digits + ord("0")
    points[:, 17] = np.frombuffer(b"10X98765432", "u1")[check]
    return _texts(points)


def _phones(n: int, random: np.random.Generator) -> Array:
    return (random.integers(3, 10, n) * 10**9 + 10**10 + random.integers(0, 10**9, n)).astype("U11")


def _addresses(n: int, random: np.random.Generator) -> Array:
    first, second = (random.integers(0, len(_PLACES), n) for _ in range(2))
    tails, building = random.integers(0, len(_TAILS), n), random.integers(1, 40, n)
    unit, room = random.integers(1, 5, n), random.integers(1, 19, n) * 100 + random.integers(1, 5, n)
    return np.array(
        [f"{_PLACES[a]}{_PLACES[b]}{_TAILS[t]}{x}号楼{u}单元{r}室"
         for a, b, t, x, u, r in zip(first, second, tails, building, unit, room, strict=True)]
    )  # fmt: skip
