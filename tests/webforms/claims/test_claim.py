"""领取: proved without a name, wrong and unknown alike, and payee and report never on one page."""

import time
from datetime import UTC, datetime

import httpx
import pytest

from hotline.database import row, rows
from hotline.records import (
    ClaimCode,
    Message,
    RewardCase,
    RewardClaim,
    RewardSecret,
    ServiceRequest,
    Vault,
)
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.rules.clocks import SHANGHAI
from hotline.rules.payout import Result
from hotline.rules.secret_words import IN_ALL, secret_from
from hotline.steps.approve_reward import approve
from hotline.steps.decide import decide
from hotline.steps.fund_rewards import fund
from hotline.steps.make_payout import make_payout
from hotline.steps.propose_reward import propose
from hotline.steps.review_reward import review
from hotline.steps.reward_case import Asked
from hotline.steps.settle_payout import settle_payout
from hotline.steps.tell_reward import tell_approved
from tests.steps.reward_desk import (
    APPROVER,
    GENERAL,
    PAYER,
    PROPOSER,
    REVIEWER,
    SOMEBODY,
    results,
)
from tests.steps.test_joint_shares import shared_by
from tests.support.turns import turns
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import STORY, sent
from tests.webforms.citizen.test_progress import answered, look, nobodys_number
from workers.job import utc_now

WISHED = {"secrecy": "anonymous", "wants_reward": "yes"}
ACCOUNT = "6222021234567890123"
SPARE = " ".join(secret_from(bytes(range(10))))


def words_on(visitor: Visitor) -> str:
    assert visitor.page is not None
    shown = visitor.page.text.partition('id="secret">')[2].partition("</ol>")[0]
    words = [one.partition(">")[2] for one in shown.split("</li>") if one.strip()]
    assert len(words) == IN_ALL
    return " ".join(words)


async def told(number: str) -> RewardCase:
    """Handled, answered, and by three people approved; the clock has been by."""
    now = datetime.now(UTC)
    report = await ServiceRequest.get(number=number)
    await decide(report.tenant_id, report.id, utc_now())
    await answered(number)
    case = await RewardCase.get(request_id=report.id)
    await fund(now.astimezone(SHANGHAI).year, 10_000_000, by=APPROVER, now=now)
    await propose(Asked(case.number), GENERAL, by=PROPOSER, now=now)
    await review(Asked(case.number), by=REVIEWER, now=now)
    await approve(Asked(case.number), by=APPROVER, now=now)
    assert await tell_approved(now) == 1
    return await RewardCase.get(id=case.id)


async def one_share_fails(case: RewardCase) -> None:
    """Of two that share it."""
    await shared_by((SOMEBODY, SOMEBODY))
    now = datetime.now(UTC)
    number = await make_payout(by=PAYER, now=now)
    bad = Result(2, "failed", failure="account")
    paid_one = Result(1, "paid", now.astimezone(SHANGHAI).date())
    await settle_payout(number, results(paid_one, bad), by=PAYER, now=now)


async def prove(visitor: Visitor, number: str, code: str, words: str) -> httpx.Response:
    await visitor.go("/reward/claim")
    return await visitor.send("/reward/claim", number=number, code=code, secret=words)


async def test_whoever_gave_no_name_is_paid_by_code_and_secret(visitor: Visitor) -> None:
    number, code = await sent(visitor, **WISHED)
    await visitor.send("/report/receipt/secret")
    words = words_on(visitor)
    case = await told(number)
    assert (case.stage, case.claim_until) == ("told", None)

    await look(visitor, number, code)
    assert "已批准奖励 100 元" in visitor.text
    await prove(visitor, number, code, words.replace(" ", ""))
    assert visitor.path == "/reward/claim/payee"
    assert "办法未写明期限" in visitor.text
    await visitor.go("/reward/claim/payee?way=bank")
    await visitor.send("/reward/claim/payee", name="某某（虚构）", bank="某银行", account="12")
    assert set(visitor.problems) == {"account", "consent"}
    payee = {"name": "某某（虚构）", "bank": "某银行", "account": "6222 0212 3456 7890 123"}
    await visitor.send("/reward/claim/payee", **payee, consent="yes")
    assert "等待发放 100 元" in visitor.text
    assert ACCOUNT not in visitor.text
    assert STORY[:12] not in visitor.text

    await one_share_fails(case)
    await visitor.go("/reward/claim/payee")
    assert "没有发成的原因：账号有误" in visitor.text
    fresh = {"name-2": "某某（虚构）", "bank-2": "某银行", "account-2": "12"}
    await visitor.send("/reward/claim/renewal", **fresh)
    assert set(visitor.problems) == {"account-2"}
    await visitor.send("/reward/claim/renewal", **{**fresh, "account-2": ACCOUNT})
    assert "等待发放" in visitor.text
    assert "没有发成" not in visitor.text

    (claim,) = await RewardClaim.filter(case_id=case.id)
    key = open_envelope(claim.tenant_id, claim.id, claim.kek_id, claim.wrapped_key)
    assert ACCOUNT in key.unseal("reward.payees", claim.sealed or b"").decode()
    vault = await Vault.get(id=case.request_id)
    of_report = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
    with pytest.raises(UnreadableError):
        of_report.unseal("reward.payees", claim.sealed or b"")
    for table in ("reward_claim", "reward_case", "event_detail", "message", "reward_secret"):
        held = str(await rows(f"SELECT t::text FROM {table} t"))
        assert not [one for one in (ACCOUNT, "某某（虚构）", *words.split()) if one in held], table


async def test_the_secret_is_shown_once_and_for_half_an_hour_drawn_anew(visitor: Visitor) -> None:
    number, code = await sent(visitor, **WISHED)
    await visitor.send("/report/receipt/secret")
    first = words_on(visitor)
    await look(visitor, number, code)
    assert first.split()[0] not in visitor.text
    await visitor.send("/progress/secret")
    second = words_on(visitor)
    await told(number)
    await prove(visitor, number, code, first)
    assert list(visitor.problems) == ["number"]
    await prove(visitor, number, code, second)
    assert visitor.path == "/reward/claim/payee"

    await rows("UPDATE reward_secret SET made_at = made_at - interval '31 minutes'")
    before = (await RewardSecret.all())[0].hash
    await visitor.go("/progress/report")
    assert 'action="/progress/secret"' not in visitor.text
    token = visitor.form("/progress/leave")["_token"]
    answer = await visitor.client.post("/progress/secret", data={"_token": token})
    assert answer.status_code == 303
    assert (await RewardSecret.all())[0].hash == before
    assert before.startswith("$argon2id$")


async def test_no_secret_without_the_wish(visitor: Visitor) -> None:
    await sent(visitor)
    assert 'action="/report/receipt/secret"' not in visitor.text
    token = visitor.form("/report/receipt/removal")["_token"]
    await visitor.client.post("/report/receipt/secret", data={"_token": token})
    assert not await RewardSecret.exists()


async def wrong_ways(visitor: Visitor) -> tuple[str, dict[str, tuple[str, str, str]]]:
    """A report with a secret, and every way to be wrong about it."""
    number, code = await sent(visitor, **WISHED)
    await visitor.send("/report/receipt/secret")
    words, unknown = words_on(visitor), nobodys_number(number)
    return number, {
        "words": (number, code, SPARE),
        "code": (number, "1234567812345678", words),
        "number": (unknown, code, words),
    }


async def test_wrong_and_unknown_are_one_answer(visitor: Visitor) -> None:
    number, ways = await wrong_ways(visitor)
    pages = set()
    for tried in ways.values():
        answer = await prove(visitor, *tried)
        assert answer.status_code == 422
        main = answer.text.partition("<main")[2].replace(tried[0], number)
        pages.add(main.split("_token")[0] + main.rpartition("<p")[2])
    assert len(pages) == 1
    await prove(visitor, number, ways["words"][1], "苹果 西瓜")
    assert "应为 11 个词，现在是 2 个" in visitor.problems["secret"]


async def test_wrong_and_unknown_take_the_same_time(visitor: Visitor) -> None:
    _, ways = await wrong_ways(visitor)
    await visitor.go("/reward/claim")
    token, took = visitor.form("/reward/claim"), {way: list[float]() for way in ways}

    def spread() -> float:
        """The slowest way by the fastest, by the quickest of each: neighbours only ever add."""
        slow, *_, fast = sorted((min(times) for times in took.values()), reverse=True)
        return slow / fast

    for way in turns([*ways], 6, lambda: spread() < 1.5):
        number, code, words = ways[way]
        data = {**token, "number": number, "code": code, "secret": words}
        await rows("DELETE FROM attempt")
        start = time.perf_counter()
        await visitor.client.post("/reward/claim", data=data)
        took[way].append(time.perf_counter() - start)
    assert spread() < 1.5  # a slow hash that is left out makes it ten


@pytest.mark.usefixtures("counting")
async def test_tries_are_counted_even_when_the_last_is_right(visitor: Visitor) -> None:
    number, code = await sent(visitor, **WISHED)
    await visitor.send("/report/receipt/secret")
    words = words_on(visitor)
    for _ in range(5):
        await prove(visitor, number, code, SPARE)
    assert (await prove(visitor, number, code, words)).status_code == 429


async def test_a_real_name_and_the_code_that_was_sent(visitor: Visitor) -> None:
    named = {"secrecy": "real_name", "name": "陈某某（虚构）", "phone": "13800000000"}
    number, _ = await sent(visitor, **named, wants_reward="yes")
    await told(number)
    pages = []
    for name in ("张某某（虚构）", "陈某某 （虚构）"):
        await visitor.go("/reward/claim")
        await visitor.send("/reward/claim/code", named_number=number, name=name)
        pages.append(visitor.text.partition("<main")[2].partition("_token")[0])
    assert pages[0] == pages[1]
    assert await ClaimCode.all().count() == 1
    message = await Message.get(template="request.reward_code")
    vault = await Vault.get(id=message.request_id)
    key = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
    code = key.unseal("message", message.sealed_fill or b"").decode()

    await visitor.send("/reward/claim/verification", sent_code="00000000")
    assert list(visitor.problems) == ["sent_code"]
    await visitor.send("/reward/claim/verification", sent_code=code)
    assert visitor.path == "/reward/claim/payee"
    found = await row("SELECT count(*) AS n FROM claim_code WHERE used_at IS NULL")
    assert found == {"n": 0}
