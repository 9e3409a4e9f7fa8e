"""Names of people in the frames in which reports name them: 居民李建国反映, 王女士, 联系人:张某某, 我叫陈芳.

A name is found by a frame and a surname, never by a word alone: streets, estates, units and offices that begin like a
surname stay. What is found is proposed; the officer who publishes decides. Linear in the length of the text.
"""

import re
from collections.abc import Iterator

__all__ = ["NAMES_SHOWN", "maybe_named", "named"]

NAMES_SHOWN = "某某"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆"
    "汪范廖石贾韦夏付邹熊孟秦邱侯尹薛闫段雷龙史陶贺顾郝龚邵钱覃武戴莫孔汤黎康乔赖殷庄翟柴蓝耿倪聂牛齐吉鲁葛"
    "岳左裴骆焦祁梅阮符冉詹翁辛柯管屈欧卓柳谷蒲甘霍路阎游俞舒丛滕虞戚尤鲍晏苗窦凌饶艾季盛卞刁冼"
)
_WORDLIKE = "高方金江万安常成任于温文白毛严易洪申涂章古华平项祝关邢宁解樊向包"  # surnames that words begin with
_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|慕容|司徒|令狐|端木|长孙|宇文"
_NO_GIVEN = (
    "村镇乡街路巷桥组社区湾坡塘园苑城府庙店家的了是在有被把不也都就和与及或说称等这那我你他她它们电手联住地址身号室栋楼先女"
    "局部委厅院校站所长员任记处科"
)
_G = f"(?![{_NO_GIVEN}])[\u4e00-\u9fa5]"
_PLAIN, _ANY = f"(?:{_DOUBLE}|[{_SURNAMES}])", f"(?:{_DOUBLE}|[{_SURNAMES}{_WORDLIKE}])"
_WHO = (
    "居民|业主|住户|租户|村民|市民|群众|网友|商户|房东|租客|当事人|反映人|投诉人|举报人|来电人|来访人|联系人|户主|事主|患者"
    "|学生|家长|职工|员工|邻居|申请人|报料人|求助人"
)
_SAYS = (
    "反映|投诉|表示|来电|来访|来信|咨询|举报|建议|要求|求助|希望|认为|[称说]|家(?![村园乡湾庄])|等|和|与|及|同志"
    r"|[,。;:、!?()\s\[]|$"
)
_WORDS = (  # words that begin like a surname and a given name
    "马上|马路|路上|路边|路灯|路面|路过|程度|雷雨|石头|石子|田地|田间|许多|许可|何时|何况|余下|余款|左右|左边|左侧|管理|管道|康复|武装"
    "|夏天|夏季|谢谢|范围|顾客|顾虑|钱款|龙头|牛羊|齐全|甘愿|游客|季度|盛夏|丁字|庄稼|史上|鲁莽|吉祥|莫名|符合|焦急|凌晨|苗木|辛苦|付费|付款"
    "|付出|周边|周围|周末|周日|周一|周二|周三|周四|周五|周六|陈旧|黄昏|张贴|唐突|朱红|宋代|林木|林地|段时间|舒适|平安|曾经|曾多|梅雨|季节|欧式|包括|包容"
    "|关爱|关心|关怀|白天|白日|高龄|任何|安置|常住|平时|全体|常常|方便"
)
_TITLE = "先生|女士|小姐|大爷|大妈|大娘|大叔|大伯|大姐|大哥|阿姨|奶奶|爷爷|婆婆|老人(?!家|院|节|协|活|大)|老汉|师傅|嫂"
_EDGE = (
    r"(?:(?<![\u4e00-\u9fa5])|(?<=居民|业主|住户|村民|市民|租户|群众|邻居|户主|网友)"
    r"|(?<=[的是和与被向找给对为让请叫人位室跟同把及]))"
)
_FRAMES = (
    re.compile(f"(?:{_WHO})(?:代表)?(?!{_WORDS})({_PLAIN}(?:{_G}){{1,2}}?)(?={_SAYS})"),
    re.compile(f"(?:{_WHO}|姓名|签名)[是为]?[: ]{{1,2}}({_ANY}(?:{_G}){{1,2}})"),
    re.compile(f"(?:我叫|名叫|本人叫|名字[叫是])({_ANY}(?:{_G}){{1,2}}?)(?={_SAYS}|是)"),
    re.compile(rf"(?:我是|本人)(?!{_WORDS})({_PLAIN}(?:{_G}){{1,2}}?)(?=[,。;、!?\s]|$)"),
    re.compile(f"{_EDGE}({_ANY}某{{1,2}})(?!{_TITLE})"),
)
_TITLED = re.compile(
    f"(?:{_EDGE}(?!{_WORDS}){_ANY}(?:{_G}){{1,2}}?|(?<![感不照])(?!{_WORDS}){_PLAIN}(?:{_G}){{1,2}}?(?=先生|女士|小姐|阿姨|大爷|奶奶|爷爷)"
    f"|(?<![感不照]){_PLAIN}|{_EDGE}[{_WORDLIKE}](?!老人))(?P<title>{_TITLE})"
)
_NEXT = re.compile(f"[、和与及]({_ANY}(?:{_G}){{1,2}}?)(?={_SAYS})")
_OFFICERS = "主任|局长|书记|经理|老师|医生|警官|队长|校长|站长|科长|所长|老板|总(?![体共是之])"
_MAYBE = (
    re.compile(f"{_PLAIN}(?:{_G}){{0,2}}?(?:{_OFFICERS})"),
    re.compile(f"(?:{_WHO})(?!{_WORDS}){_PLAIN}(?:{_G}){{1,2}}?(?=[的在于])"),
    re.compile(f"{_EDGE}(?!{_WORDS}){_PLAIN}(?:{_G}){{1,2}}?(?=反映|投诉|表示|来电|[称说])"),
    re.compile(f"{_ANY}(?:某{{1,2}}|[*×xX○]{{1,2}})"),
)


def named(plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what is shown instead, for each name in a frame; `plain` is in half width."""
    for match in _TITLED.finditer(plain):
        yield match.start(), match.end(), f"某{match['title']}"
    for frame in _FRAMES:
        for match in frame.finditer(plain):
            place: re.Match[str] | None = match
            while place:
                yield place.start(1), place.end(1), NAMES_SHOWN
                place = _NEXT.match(plain, place.end(1))


def maybe_named(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a name may stand that no frame makes sure of: officers with a title, people who say something."""
    for pattern in _MAYBE:
        for match in pattern.finditer(plain):
            yield match.span()
