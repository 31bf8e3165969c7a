"""The field's words, once: every enumeration the service stores or shows, the Chinese beside."""

from enum import StrEnum


class Wish(StrEnum):
    """诉求目的: what the reporter wants."""

    CONSULT = "consult"  # 咨询
    HELP = "help"  # 求助
    SUGGEST = "suggest"  # 建议
    COMPLAIN = "complain"  # 投诉
    REPORT = "report"  # 举报
    PRAISE = "praise"  # 表扬


class Secrecy(StrEnum):
    """How the reporter wants to be known, strictest first."""

    ANONYMOUS = "anonymous"  # 匿名
    CONFIDENTIAL = "confidential"  # 保密
    REAL_NAME = "real_name"  # 实名


class Channel(StrEnum):
    """来源渠道: by which door a report came. 12369 is a label of the past kept for history."""

    WEB = "web"  # 网上
    PHONE = "phone"  # 电话
    WECHAT = "wechat"  # 微信
    LINE_12345 = "12345"
    LINE_12369 = "12369"
    LETTER = "letter"  # 来信
    VISIT = "visit"  # 来访
    MEDIA = "media"  # 媒体线索
    PARTNER = "partner"  # 其他平台
    IMPORT = "import"  # 历史导入


class Aggregate(StrEnum):
    """What has a history chain of its own."""

    REQUEST = "request"  # 来件
    ORDER = "order"  # 工单
    PUBLICATION = "publication"  # 公开
    STAFF = "staff"  # 人员与权限
    POLICY = "policy"  # 规则版本
    MODEL = "model"  # 学得模型
    CALL = "call"  # 来电
    CALL_BACK = "call_back"  # 回拨
    ARTICLE = "article"  # 知识库条目
    RELEASE = "release"  # 发布稿
    REWARD = "reward"  # 奖励
    REFERRAL = "referral"  # 督办移送


class RequestStage(StrEnum):
    """Where one 来件 stands."""

    RECEIVED = "received"  # 登记, not yet decided
    TRIAGE = "triage"  # 待人工研判, with the cause
    REFUSED = "refused"  # 不受理, with reason and where to go
    ACCEPTED = "accepted"  # 受理, bound to a 工单
    ANSWERED_ON_SPOT = "answered_on_spot"  # 即时答复 (咨询)
    ANSWERED = "answered"  # 已答复
    WITHDRAWN = "withdrawn"  # 撤回
    CLOSED = "closed"  # 办结
    FORWARDED = "forwarded"  # 已转送 to a body outside


class OrderStage(StrEnum):
    """Where one 工单 stands."""

    OPENED = "opened"  # 立单, owner not yet known
    DISPATCHED = "dispatched"  # 交办 / 派单
    SIGNED = "signed"  # 签收, in work
    RETURNED = "returned"  # 异议 raised, waiting for a ruling
    SUBMITTED = "submitted"  # 提交审核
    ANSWERED = "answered"  # 已答复, 回访 open
    CLOSED_INTERIM = "closed_interim"  # 阶段性办结
    CLOSED = "closed"  # 办结
    WITHDRAWN = "withdrawn"  # every report in it was withdrawn
    MERGED = "merged"  # 已并入另一工单, which goes on
    FORWARDED = "forwarded"  # 已转送 to a body outside


class Step(StrEnum):
    """环节: every change that appends an event. Each has a file in steps/ and a glossary line."""

    REGISTER = "register"  # 登记
    TRIAGE = "triage"  # 转人工研判
    ACCEPT = "accept"  # 受理
    REFUSE = "refuse"  # 不受理
    ANSWER_ON_SPOT = "answer_on_spot"  # 即时答复
    JOIN = "join"  # 并单
    SPLIT = "split"  # 拆出
    MERGE = "merge"  # 合并工单
    UNMERGE = "unmerge"  # 解除合并
    LINK = "link"  # 关联工单
    UNLINK = "unlink"  # 取消关联
    JOINT = "joint"  # 请外省联合处置
    OPEN = "open"  # 立单
    DISPATCH = "dispatch"  # 交办
    SIGN = "sign"  # 签收
    OBJECT = "object"  # 异议
    RULE = "rule"  # 异议裁定
    CORRECT = "correct"  # 更正地点或类型
    FIND = "find"  # 查实结论
    WRITE = "write"  # 起草三个文本
    EVIDENCE = "evidence"  # 现场材料
    SUBMIT = "submit"  # 提交审核
    SEND_BACK = "send_back"  # 审核退回
    ANSWER = "answer"  # 审核通过并答复
    FOLLOW_UP = "follow_up"  # 回访评价
    REDO = "redo"  # 重办
    ASK_BACK = "ask_back"  # 补充询问
    RESUME = "resume"  # 恢复计时
    GIVE_PART = "give_part"  # 协办分工
    FINISH_PART = "finish_part"  # 协办办结
    WAIVE_PART = "waive_part"  # 协办不再等待
    ASK_EXTENSION = "ask_extension"  # 延期申请
    EXTEND = "extend"  # 准予延期
    DENY_EXTENSION = "deny_extension"  # 不准延期
    FORWARD = "forward"  # 转送
    HAND_ON = "hand_on"  # 移交受理
    CONFIRM_FORWARD = "confirm_forward"  # 转送回执
    TAKE_BACK = "take_back"  # 转送退回
    CHECK = "check"  # 核查
    TRY_FOLLOW_UP = "try_follow_up"  # 回访尝试
    ARCHIVE = "archive"  # 归档
    UNARCHIVE = "unarchive"  # 调卷
    HANDOVER = "handover"  # 交接
    ABSENCE = "absence"  # 请假代理
    RECUSE = "recuse"  # 回避
    CARD = "card"  # 监督员证管理
    PROVE_CARD = "prove_card"  # 出示监督员证
    ASK_REVIEW = "ask_review"  # 申请复查、复核
    REVIEW = "review"  # 复查、复核意见
    WITHDRAW = "withdraw"  # 撤回诉求
    CLOSE = "close"  # 办结 / 阶段性办结
    DISCLOSE = "disclose"  # 公开
    RETRACT = "retract"  # 撤回公开
    AFFIRM = "affirm"  # 公开复核
    SHOW_PHOTO = "show_photo"  # 公开照片提出
    CLEAR_PHOTO = "clear_photo"  # 公开照片审核
    DROP_PHOTO = "drop_photo"  # 公开照片撤下
    WITHHOLD = "withhold"  # 不予公开
    WRITE_RELEASE = "write_release"  # 起草发布稿
    APPROVE_RELEASE = "approve_release"  # 发布
    WITHDRAW_RELEASE = "withdraw_release"  # 撤下发布稿
    SEND_RELEASE = "send_release"  # 送发媒体
    ASSESS_CLUE = "assess_clue"  # 线索研判
    LINK_CLUE = "link_clue"  # 线索关联工单
    CO_NOTIFY = "co_notify"  # 通报宣传部门
    SUPPLEMENT = "supplement"  # 补充
    UNMASK = "unmask"  # 查看身份
    ASK_IDENTITY = "ask_identity"  # 申请查看身份
    GRANT_IDENTITY = "grant_identity"  # 准予查看身份
    DENY_IDENTITY = "deny_identity"  # 不准查看身份
    MARK_NUISANCE = "mark_nuisance"  # 滋扰认定
    CONFIRM_NUISANCE = "confirm_nuisance"  # 滋扰认定生效
    LIFT_NUISANCE = "lift_nuisance"  # 滋扰认定撤销
    SPEAK = "speak"  # 与反映人沟通
    ENROL = "enrol"  # 建立人员账号
    CHANGE_PASSWORD = "change_password"  # noqa: S105 (修改密码)
    CLOSE_ACCOUNT = "close_account"  # 停用账号
    CHANGE_POST = "change_post"  # 调整岗位
    SECOND_FACTOR = "second_factor"  # 两步验证
    REVOKE = "revoke"  # 结束会话
    ENACT = "enact"  # 派单目录生效
    LEARN = "learn"  # 模型入库
    ACTIVATE = "activate"  # 启用模型
    RETIRE = "retire"  # 停用模型
    FIND_PERSON = "find_person"  # 查找来件人
    ERASE = "erase"  # 删除个人信息 (密钥销毁)
    RESEND = "resend"  # 重发消息
    CALL_OFF = "call_off"  # 撤下消息
    READDRESS = "readdress"  # 更正联系方式
    WATCH = "watch"  # 值班安排
    ACKNOWLEDGE = "acknowledge"  # 值班确认
    REWORD = "reword"  # 修改消息用语
    TAKE_CALL = "take_call"  # 接听 / 听取留言
    SETTLE_CALL = "settle_call"  # 来电处置
    TAKE_CALL_BACK = "take_call_back"  # 领取回拨
    CALL_BACK = "call_back"  # 漏接回拨
    WRITE_ARTICLE = "write_article"  # 起草知识条目
    APPROVE_ARTICLE = "approve_article"  # 知识条目生效
    RETIRE_ARTICLE = "retire_article"  # 知识条目停用
    PROPOSE_REWARD = "propose_reward"  # 奖励提出
    REVIEW_REWARD = "review_reward"  # 奖励复核
    APPROVE_REWARD = "approve_reward"  # 奖励审批
    REFUSE_REWARD = "refuse_reward"  # 不予奖励
    FUND_REWARDS = "fund_rewards"  # 奖励预算
    REVOKE_REWARD = "revoke_reward"  # 奖励撤销
    SET_SECRET = "set_secret"  # noqa: S105 (设置领奖密语)
    TELL_REWARD = "tell_reward"  # 奖励告知
    CLAIM_REWARD = "claim_reward"  # 奖励领取
    MAKE_PAYOUT = "make_payout"  # 发放批次
    EXPORT_PAYOUT = "export_payout"  # 导出发放名单
    SETTLE_PAYOUT = "settle_payout"  # 发放结果
    PAY_REWARD = "pay_reward"  # 奖励发放
    FAIL_PAYOUT = "fail_payout"  # 发放未成
    RENEW_PAYEES = "renew_payees"  # 更换收款信息
    WAIVE_REWARD = "waive_reward"  # 放弃奖励
    LAPSE_REWARD = "lapse_reward"  # 奖励逾期
    RECOUNT_REWARD = "recount_reward"  # 奖励重新核定
    KEEP_REWARD = "keep_reward"  # 维持奖励
    CLAW_BACK = "claw_back"  # 奖励追回
    RECOVER_REWARD = "recover_reward"  # 追回入账
    GRANT_HONOUR = "grant_honour"  # 授予荣誉
    REFER = "refer"  # 督办移送立项
    APPROVE_REFERRAL = "approve_referral"  # 督办移送审批
    DENY_REFERRAL = "deny_referral"  # 督办移送不予批准
    SEND_REFERRAL = "send_referral"  # 督办移送送出
    PROCEED_REFERRAL = "proceed_referral"  # 督办移送续报
    REPLY_REFERRAL = "reply_referral"  # 督办移送回复
    CLOSE_REFERRAL = "close_referral"  # 督办移送办结 (销号)
    WITHDRAW_REFERRAL = "withdraw_referral"  # 督办移送撤回
    HAND_BATCH = "hand_batch"  # 督察批次登记
    CAMPAIGN = "campaign"  # 专项行动


class Finding(StrEnum):
    """查实结论."""

    TRUE = "true"  # 属实
    MOSTLY = "mostly"  # 基本属实
    PARTLY = "partly"  # 部分属实
    UNFOUNDED = "unfounded"  # 不属实


class TextKind(StrEnum):
    """The three texts of a handled matter (环办〔2009〕101号), each approved by itself."""

    LETTER = "letter"  # 复函
    RESULT = "result"  # 调查处理结果
    REPLY = "reply"  # 答复举报人意见


class Duty(StrEnum):
    """主办 leads, 协办 assists."""

    LEAD = "lead"  # 主办
    CO = "co"  # 协办


class Relation(StrEnum):
    """Why a 来件 belongs to a 工单."""

    FIRST = "first"  # 首报
    SAME = "same"  # same matter
    NEW_FACTS = "new_facts"  # same matter, new facts
    AGAIN = "again"  # the same sender's same text again
    REOFFENCE = "reoffence"  # after closing: a new order, linked
    RELATED = "related"  # 关联: linked, not one matter


class Role(StrEnum):
    """Who may do what; one person may hold several."""

    PUBLIC = "public"  # anybody, without an account
    MACHINE = "machine"  # a signed sender
    AGENT = "agent"  # 话务员
    TRIAGE = "triage"  # 研判员
    HANDLER = "handler"  # 承办人
    REVIEWER = "reviewer"  # 审核人
    SUPERVISOR = "supervisor"  # 督办人
    MEDIA = "media"  # 媒体线索员
    PUBLISHER = "publisher"  # 公开审核人
    REWARD = "reward"  # 奖励经办人
    APPROVER = "approver"  # 奖励审批人
    PAYER = "payer"  # 奖励发放人
    CUSTODIAN = "custodian"  # 保密员
    ADMIN = "admin"  # 管理员


class Scope(StrEnum):
    """接口权限: what a machine with an API key may do."""

    OPEN311_WRITE = "open311:write"  # POST requests
    REPORTS_WRITE = "reports:write"  # register, add to and take back its own reports
    REPORTS_READ = "reports:read"  # how its own reports stand


class ActorKind(StrEnum):
    """Who did a step."""

    REPORTER = "reporter"
    STAFF = "staff"
    PARTNER = "partner"
    SYSTEM = "system"
