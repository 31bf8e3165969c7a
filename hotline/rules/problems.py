"""问题: what people complain of, however they name it; one place may have several problems.

Our own words. A line is one problem: 噪声 and 扰民 are said of the same. Only what is said of a
matter stands here, never whose or where it is. The number before them is how much it tells when two
reports name it: the logarithm of how seldom public messages of all fields do (of a hundred, seven
name a problem of 2.7).
"""

from collections.abc import Set
from typing import Final

from hotline.rules.signature import title_signature

PROBLEMS: Final = """
1.1 噪音 噪声 扰民 很吵 吵闹 吵人 音响 喇叭 广场舞 轰鸣 睡觉 休息
2.7 灰尘 扬尘 粉尘 尘土 渣土 沙尘 落灰
1.5 臭味 异味 恶臭 气味 刺鼻 难闻 废气 油烟 黑烟 排烟 烟道 烟囱 臭气 烧烤 喷漆 油漆
2.1 污水 废水 黑臭 排污 水质 排水 下水 反水 管网 河水 死鱼 鱼塘 河道
2.1 垃圾 清运 堆放 清扫 保洁 卫生 倾倒 废渣 固废 危废
2.8 养殖 猪场 养猪 鸡场 粪便 粪水 屠宰
4.8 焚烧 燃烧 秸秆
3.7 放炮 爆破 采石 采矿 矿山 采砂 洗砂
2.3 毁林 砍伐 湿地 生态 林地
3.4 重金属 农药 耕地 农田 良田
1.7 违建 违章 违规 乱搭 乱建 拆除 搭建
2.2 停车 乱停 违停 车位 占道 泊位 车库
2.2 堵车 拥堵 红绿 绿灯 斑马 天桥 车祸 事故 抓拍 过街
2.4 公交 站台 班车 线路
2.1 地铁 轻轨 高铁 磁浮 轨道 出入 号线
2.1 道路 修路 断头 破损 坑洼 路面 泥泞 拓宽 通车
2.6 路灯 井盖 护栏 隔离
1.6 入学 学位 招生 就读 划片 公立 私立 普惠 幼儿 学区 配套
1.6 补课 教师 老师 作业 收费 教育 培训 学费
1.5 漏水 开裂 裂缝 质量 渗水 沉降 装修 精装 验收 隐患 防水
2.0 交房 延期 烂尾 停工 复工 网签 预售 收房
1.4 退款 退房 退钱 退还 定金 订金 欠款 拖欠 欠钱 追回 追要 还款 还钱 归还 诈骗 集资 资金 款项 血汗
2.0 工资 薪资 劳动 加班 社保 薪酬
1.8 拆迁 征地 安置 补偿 征收 棚改 旧改 旧城 改造 提质
1.6 物业 物管 业委 停车费
0.8 开工 动工 开建 启动 兴建 进度 修建 建设 完工 竣工 工期 何时 什么时
1.1 规划 公示 用地 地块 选址 优化
3.2 停水 供水 水压 自来 用水
3.8 停电 供电 电压 用电 电费
3.3 电梯
2.0 消防 通道 火灾 占用
3.8 燃气 天然 暖气 供暖
3.7 麻将 赌博 棋牌
2.0 夜宵 摊贩 夜市 流动 地摊 门店
2.4 医院 医保 看病 医生
2.6 报案 立案 派出
2.7 绿化 树木 绿地 草坪
2.7 网络 宽带 信号 基站 辐射
4.0 养狗 犬只 狗叫
1.5 施工 工地 夜间 通宵 凌晨
2.9 搅拌 水泥 混凝 砂石
3.1 出租 网约 驾校 驾照
1.7 无证 执照 许可 资质 非法
4.2 空调 外机 冰柜
2.8 虚假 宣传 欺诈
"""
# 个人事项: what each asks for himself, so that two who ask of one policy have a case of their own.
OWN_CASES: Final = """
2.6 户口 落户 入户 户籍
2.6 转业 士官 退伍 军人
2.2 补贴 补助 津贴 奖励 人才
2.5 公积 贷款 积金
"""


def _lines(said: str) -> list[tuple[float, list[str]]]:
    """How much each problem tells, and the words for it."""
    cut = [line.split() for line in said.strip().split("\n")]
    return [(float(tells), words) for tells, *words in cut]


_LINES: Final = (*_lines(PROBLEMS), *_lines(OWN_CASES))
_TELLS: Final = {line: tells for line, (tells, _) in enumerate(_LINES)}
_OWN: Final = frozenset(range(len(_lines(PROBLEMS)), len(_LINES)))
_PROBLEM_OF: Final = {
    word: line
    for line, (_, said) in enumerate(_LINES)
    for told in said
    for word in title_signature(told)[:1]
}
_TOLD: Final = frozenset(_PROBLEM_OF)


def is_problem(word: int) -> bool:
    """Whether the word says what is wrong, and not where or whose."""
    return word in _TOLD


def problems(words: Set[int]) -> frozenset[int]:
    """The problems that the words of a report name, by their line."""
    return frozenset([_PROBLEM_OF[word] for word in words & _TOLD])


def tells(named: Set[int]) -> float:
    """How much it says for two reports that both name these problems."""
    return sum([_TELLS[line] for line in named])


def is_own_case(named: Set[int]) -> bool:
    """Whether what is asked for is the asker's own case."""
    return not _OWN.isdisjoint(named)
