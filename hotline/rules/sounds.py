"""音: how a Chinese character sounds, so that what was misheard or dictated still matches.

The common characters stand in the national standard GB 2312 in the order of their sound, so the
first character of each syllable is enough; rarer ones that places and complaints need follow by
name. Tones are left out, and sounds that the south-west does not tell apart are one. A character
of several readings has the one of its place in the standard.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

_FIRST: Final = (
    "a啊 ai埃 an鞍 ang肮 ao凹 ba芭 bai白 ban斑 bang邦 bao苞 bei杯 ben奔 "
    "beng崩 bi逼 bian鞭 biao标 bie鳖 bin彬 bing兵 bo玻 bu捕 ca擦 cai猜 "
    "can餐 cang苍 cao操 ce厕 ceng层 cha插 chai拆 chan搀 chang昌 chao超 "
    "che车 chen郴 cheng撑 chi吃 chong充 chou抽 chu初 chuai揣 chuan川 "
    "chuang疮 chui吹 chun春 chuo戳 ci疵 cong聪 cou凑 cu粗 cuan蹿 cui摧 "
    "cun村 cuo磋 da搭 dai呆 dan耽 dang当 dao刀 de德 deng蹬 di堤 dian颠 "
    "diao碉 die跌 ding丁 diu丢 dong东 dou兜 du都 duan端 dui堆 dun墩 duo掇 "
    "e蛾 en恩 er而 fa发 fan藩 fang坊 fei菲 fen芬 feng丰 fo佛 fou否 fu夫 ga噶 "
    "gai该 gan干 gang冈 gao篙 ge哥 gei给 gen根 geng耕 gong工 gou钩 gu辜 "
    "gua刮 guai乖 guan棺 guang光 gui瑰 gun辊 guo锅 ha哈 hai骸 han酣 hang夯 "
    "hao壕 he呵 hei嘿 hen痕 heng哼 hong轰 hou喉 hu呼 hua花 huai槐 huan欢 "
    "huang荒 hui灰 hun荤 huo豁 ji击 jia嘉 jian歼 jiang僵 jiao蕉 jie揭 "
    "jin巾 jing荆 jiong炯 jiu揪 ju鞠 juan捐 jue撅 jun均 ka喀 kai开 kan刊 "
    "kang康 kao考 ke坷 ken肯 keng坑 kong空 kou抠 ku枯 kua夸 kuai块 kuan宽 "
    "kuang匡 kui亏 kun坤 kuo括 la垃 lai莱 lan蓝 lang琅 lao捞 le勒 lei雷 "
    "leng棱 li厘 lia俩 lian联 liang粮 liao撩 lie列 lin琳 ling玲 liu溜 "
    "long龙 lou楼 lu芦 luan峦 lun抡 luo萝 ma妈 mai埋 man瞒 mang芒 mao猫 "
    "me么 mei玫 men门 meng萌 mi眯 mian棉 miao苗 mie蔑 min民 ming明 miu谬 "
    "mo摸 mou谋 mu拇 na拿 nai氖 nan南 nang囊 nao挠 ne呢 nei馁 nen嫩 neng能 "
    "ni妮 nian蔫 niang娘 niao鸟 nie捏 nin您 ning柠 niu牛 nong脓 nu奴 "
    "nuan暖 nuo挪 o哦 ou欧 pa啪 pai拍 pan攀 pang乓 pao抛 pei呸 pen喷 peng砰 "
    "pi坯 pian篇 piao飘 pie撇 pin拼 ping乒 po坡 pu扑 qi期 qia掐 qian牵 "
    "qiang枪 qiao橇 qie切 qin钦 qing青 qiong琼 qiu秋 qu趋 quan圈 que缺 "
    "qun裙 ran然 rang瓤 rao饶 re惹 ren壬 reng扔 ri日 rong戎 rou揉 ru茹 "
    "ruan软 rui蕊 run闰 ruo若 sa撒 sai腮 san三 sang桑 sao搔 se瑟 sen森 "
    "seng僧 sha莎 shai筛 shan珊 shang墒 shao梢 she奢 shen砷 sheng声 shi师 "
    "shou收 shu蔬 shua刷 shuai摔 shuan栓 shuang霜 shui谁 shun吮 shuo说 "
    "si斯 song松 sou搜 su苏 suan酸 sui虽 sun孙 suo蓑 ta塌 tai胎 tan坍 "
    "tang汤 tao掏 te特 teng藤 ti梯 tian天 tiao挑 tie贴 ting厅 tong通 tou偷 "
    "tu凸 tuan湍 tui推 tun吞 tuo拖 wa挖 wai歪 wan豌 wang汪 wei威 wen瘟 "
    "weng嗡 wo挝 wu巫 xi昔 xia瞎 xian掀 xiang相 xiao萧 xie楔 xin薪 xing星 "
    "xiong兄 xiu休 xu墟 xuan轩 xue靴 xun勋 ya压 yan焉 yang殃 yao邀 ye椰 "
    "yi一 yin茵 ying英 yo哟 yong拥 you幽 yu迂 yuan鸳 yue曰 yun耘 za匝 zai栽 "
    "zan咱 zang赃 zao遭 ze责 zei贼 zen怎 zeng增 zha扎 zhai摘 zhan瞻 "
    "zhang樟 zhao招 zhe遮 zhen珍 zheng蒸 zhi芝 zhong中 zhou舟 zhu珠 "
    "zhua抓 zhuai拽 zhuan专 zhuang桩 zhui椎 zhun谆 zhuo捉 zi兹 zong鬃 "
    "zou邹 zu租 zuan钻 zui嘴 zun尊 zuo昨 "
)
_RARER: Final = (
    "an庵桉铵 ao坳垇鳌 ba岜灞粑 bai掰 ban昄 bao孢 bei碚陂 ben坌 bi弼璧 biao蔈 "
    "bin缤 bing禀 bo钹 bu钚 cao嘈 cen岑 cha槎汊檫 chan忏羼 chang菖 chuai踹 "
    "chun鹑 ci鹚 cui萃 dai岱 dang凼垱砀 deng磴 di棣砥 dian巅玷 dong硐咚 du笃牍嘟 "
    "duan塅 dui碓 dun趸 er迩 fa砝 fan畈 feng俸沣 fu桴芙 ga旮 gan泔淦玕尴澉矸 "
    "gang罡 geng赓 gong珙 gou诟 gu牯鹄汩钴 gua聒 han鼾 hang沆 hao濠皓蒿蚝 he阖 "
    "hu斛浒 hua桦 huang潢璜篁隍 hui晖珲 ji嵇暨洎矶麂 jia戛葭 jian枧 jiao峤茭蛟 "
    "jing泾迳菁 jiu鸠 ju琚焗雎飓 jue桷 jun皲 ka咔 kan龛 ke牁 kuai脍 kui夔匮 "
    "kun悃 la砬旯邋 lai崃涞濑赉睐 lan岚 lao醪唠铑 leng堎 li浬溧澧 lian潋濂磏 liang魉 "
    "liao寮蓼 lin蔺麟啉 liu熘 long垅珑 lou髅喽 lu泸鸬鹭漉辘 luan鸾 luo珞 lv闾 "
    "ma蔴蟆 mai霾 mao耄 mei湄 meng濛 mian沔 min岷珉闵 mo谟秣 mu沐 nan楠 nao瑙 "
    "ne讷 ni坭 nian鲇 niao袅 pan泮磻蟠 pang滂 pen湓 pi噼 piao嫖 po珀鄱 pu濮 "
    "qi岐淇碛祺綦绮 qian钤阡 qiang跄 qiao樵谯 qing箐 qiu虬鳅 qu觑 quan荃 ran蚺 "
    "rang瀼 ren稔葚饪 rong榕 rou鞣 ru濡 sao臊 shan膻 she厍畲 shen燊莘 sheng笙 "
    "shu纾 si泗鸶 song嵩 sou馊 suo唢 ta铊 tan覃 tang溏 tao洮 teng滕 "
    "tong潼恸砼 tuan疃 tuo坨沱 wai崴 wang惘 wei圩沩薇 wen汶 wo倭渥肟 wu婺浯鹉 "
    "xi徙舾 xia遐 xian岘藓 xiang芗 xiao筱 xin鑫馨 xu旴 xun洵浔窨 ya垭琊迓 "
    "yan晏芫腌 yang旸泱 yao幺 ye烨谒 yi圯弋薏迤驿鶂漪 yin铟 ying莺鹦 you祐黝 yu毓腴雩 "
    "yun筠芸郓 zang牂臧 zao璪 ze笮 zeng罾甑 zha砟 zhang鄣蟑 zhe柘褶 zhen圳胗 "
    "zhi祉雉蛭酯 zhou妯 zhu竺渚苎 zhuo浞濯 zi梓訾 zong骔 zuan攥 "
)
# What ears and dialects of the south-west confuse: zh and z, n and l, -ng and -n, hu and fu.
_ONE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
_ROWS: Final = range(0xB0, 0xD8)  # of the common characters, in the standard


def sound(character: str) -> str:
    """The syllable as an ear hears it; anything that is no known character stands for itself."""
    return _SOUND.get(character, character)


def sounds(words: Iterable[str]) -> tuple[str, ...]:
    """Each word by its sound; words that sound alike become one and the same."""
    return tuple(heard(word) for word in words)


@lru_cache(maxsize=200_000)
def heard(word: str) -> str:
    """A word of Chinese characters by its syllables; any other word as it stands."""
    return word if word.isascii() else " ".join(map(sound, word))


def _folded(syllable: str) -> str:
    for said, one in _ONE:
        syllable = syllable.replace(said, one)
    if syllable.startswith("n"):
        syllable = f"l{syllable[1:]}"
    return "fu" if syllable == "hu" else syllable


def _common() -> Iterator[tuple[str, str]]:
    """Each character with the last syllable that begins at or before it."""
    starts = {entry[-1]: _folded(entry[:-1]) for entry in _FIRST.split()}
    said = ""
    for row in _ROWS:
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            said = starts.get(character, said)
            if character:
                yield character, said


_SOUND: Final = dict(_common()) | {
    character: _folded("".join(filter(str.isascii, entry)))
    for entry in _RARER.split()
    for character in entry
    if not character.isascii()
}
# Every syllable that is told apart. Stored numbers rest on the order: a new one comes last.
SYLLABLES: Final = tuple(
    dict.fromkeys(_folded(entry[:-1]) for entry in _FIRST.split())
    | dict.fromkeys(_SOUND[entry[-1]] for entry in _RARER.split())
)
