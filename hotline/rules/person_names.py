"""姓名: names of people where a cue gives them away. A name without any cue is not found."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from hotline.rules.identifiers import Span
from hotline.rules.normalise import HAN

_DOUBLE: Final = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|长孙|宇文|南宫|西门|申屠"
)
_SURNAME: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦"
    "马高苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余卜顾孟黄穆萧肖尹姚邵汪祁"
    "毛禹狄贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席麻贾路娄江童颜郭梅林刁钟徐邱丘骆夏蔡田樊胡凌霍虞万柯"
    "管卢莫房裘缪干解应宗丁宣邓郁单洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段富巫焦侯宓仇甘厉武符"
    "刘景詹束龙叶司黎乔阎闫关苟池宁申牛游文向古易廖耿寇欧利师巩聂晁辛阚饶曾沙鞠丰游权涂覃冉代付车谭"
    "农蒙仝兰米招原晏敖冼佘卓粟杭湛揭银岳帅仲邰瞿赖水桂牟白谷盛"
)
_NAME: Final = rf"(?:{_DOUBLE}|[{_SURNAME}])"
# What stands after a two-character name rather than being its third.
_AFTER: Final = (
    "是今年家住在男女来的于现从为有与和因出身份电话手机系之原我你他她们被将已也都就说向给到联"
)
_END: Final = rf"(?![{HAN}A-Za-z0-9])"
_STAR: Final = rf"[某*xX×○]{{1,2}}(?:[{HAN}]{_END})?"
_PERSON: Final = rf"{_NAME}(?:{_STAR}|[{HAN}](?:[{HAN}](?<![{_AFTER}]))?)"
_OPEN: Final = r"""[ :"'“「]{0,2}"""
_ROLE: Final = (
    "举报人|投诉人|反映人|申请人|来电人|来访人|信访人|报告人|联系人|联络人|签名|签字|署名|姓名"
)

_FORMS: Final = (
    # 我叫张三, 本人姓名张三, 我的名字叫张三
    re.compile(rf"(?:我叫|名叫|名字[叫是]|本人叫|姓名[叫是为]?){_OPEN}({_PERSON})"),
    # 本人张三，
    re.compile(rf"本人({_NAME}[{HAN}*]{{1,2}})(?:身份证|电话)?{_END}"),
    # 姓名：张三, 联系人 张三
    re.compile(rf"(?:{_ROLE})(?:及电话)?[ :]{{1,3}}({_PERSON}|[{HAN}]{{2,4}}{_END})"),
    # 举报人张三，
    re.compile(rf"(?:{_ROLE}|户主)({_NAME}[{HAN}*]{{1,2}}){_END}"),
    # 举报人：某小区 张三
    re.compile(rf"(?:{_ROLE}):[{HAN}A-Za-z0-9]{{2,16}} ({_NAME}[{HAN}*]{{1,2}}){_END}"),
    # 我是张三, 我是某村的张三
    re.compile(
        rf"我是(?:[{HAN}A-Za-z0-9]{{2,16}}的)?({_NAME}[{HAN}*]{{1,2}})(?<![镇乡村县市区街路组房]){_END}"
    ),
)
_TAKEN: Final = "\ue000"  # a number of the person, already hidden
_BESIDE: Final = (
    re.compile(
        rf"(?<![{HAN}])({_NAME}[{HAN}]{{1,2}})[ :,、(]{{0,3}}(?:联系)?(?:电话|手机|方式)?(?:号码?)?"
        rf"[ :是为(]{{0,3}}{_TAKEN}"
    ),
    re.compile(rf"{_TAKEN}[ 、:()]{{0,3}}({_NAME}[{HAN}]{{1,2}}){_END}"),
)
_TAIL: Final = 200  # characters from the end in which a signature may stand
_LINE = re.compile(r"[^\n]+")
_SIGNED = re.compile(
    rf"(?:.*[。!])?[\s:]*(?:敬礼[!. ]*)?({_NAME} {{0,2}}[{HAN}]{{1,2}})[\s。.]*"
    r"(?:\d{2,4}[年./-][\d年月日./-]+)?\s*"
)
_TITLE = re.compile("先生|女士|小姐")
_FAMILIAR = re.compile(
    rf"(?<![{HAN}])([{_SURNAME}])(?:师傅|大爷|大妈|大娘|阿姨|大叔|大姐|大哥|老板)"
)
_BEFORE_TITLE = re.compile(rf"(?:{_DOUBLE}|[{_SURNAME}])(?:[{HAN}*]{{0,2}})$")
# Words that begin like a name.
_NO_NAME = re.compile(
    "匿名|保密|不愿|不详|不便|不留|未知|未留|无名|没有|同上|详见|解释|方式|安全|安心|祝|方案|申请|毕业|严惩|严查|何时|何解|权益|权力|时|方才|应予|司机|农民|农户|高中生|应届生|应聘者|谢谢|安检员|施工方|施工员|管理员|文员|"
    "马路|江边|万达|金融|房东|房主|房客|车主|方便|万分|任何|常年|常住|解决|关于|"
    "应该|安置户|水电工|石匠|原告|文化|向往|富人|单位|单亲|单身|原籍|曾经|曾在|"
    "曾多次|向您|向你|于是|于今|安置房|路人|干部|关心|权利人|白天|古城|严重|高度|"
    "应当|任职|甘愿|华侨|万般|水果店|利益|程序员|管理者|管理方|荣幸|武警|包工|"
    "农村|江西人|宁夏人|吉林人|关系|任教|代表|文盲|银行"
)


def names(shadow: str) -> Iterator[Span]:
    """Names after 我叫, 姓名：, 我是…的, and before 先生 or 女士."""
    for form in _FORMS:
        yield from _people(form.finditer(shadow))
    yield from _people(_FAMILIAR.finditer(shadow))
    yield from _titled(shadow)


def _people(hits: Iterable[re.Match[str]]) -> Iterator[Span]:
    for hit in hits:
        if not _NO_NAME.match(hit[1]):
            yield Span(*hit.span(1), "name")


def _titled(shadow: str) -> Iterator[Span]:
    """The longest of the three places before a title that begins with a surname."""
    for title in _TITLE.finditer(shadow):
        for length in (1, 2, 3):
            before = shadow[max(0, title.start() - length) : title.start()]
            if len(before) == length and _BEFORE_TITLE.fullmatch(before):
                yield Span(title.start() - length, title.start(), "name")
                break


def beside_numbers(shadow: str) -> Iterator[Span]:
    """张三 + a number already taken: how most people sign."""
    for form in _BESIDE:
        yield from _people(form.finditer(shadow))


def signatures(shadow: str) -> Iterator[Span]:
    """A name alone on one of the last lines."""
    lines = list(_LINE.finditer(shadow, max(0, len(shadow) - _TAIL)))
    for line in lines[-3:]:
        if signed := _SIGNED.fullmatch(shadow, *line.span()):
            yield from _people([signed])
