"""收款信息 on a page of its own: what is due, how to be paid, consent; not a word of the report."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.own_reward import own_reward
from hotline.policy.store import packs
from hotline.rules.payee import NEEDED, Consent, Payee, Way, faults, payee_of
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.prove_claim import Claimant
from hotline.steps.renew_payees import renew_payees
from hotline.steps.waive_reward import waive
from webforms.claims.claimant import shown
from webforms.claims.prove import HOME, PAYEE
from webforms.doors import form_of
from webforms.money import stands_in_words, yuan
from webforms.render import page, see_other
from webforms.submissions import Form
from webforms.visit import current

WAYS: Final = tuple(way.value for way in Way)
LONGEST: Final = 60
HONOURS: Final = tuple(one.value for one in Consent)


async def show(request: Request) -> Response:
    """What is due and, once a way is chosen, what that way asks for."""
    claimant = shown(request)
    if claimant is None:
        return see_other(HOME)
    asked = request.query_params.get("way", "")
    return await _page(claimant, Form(), Way(asked) if asked in WAYS else None)


async def save(request: Request) -> Response:
    """Sealed at once; the page that follows shows that it is there and nothing of it."""
    claimant, form = shown(request), form_of(request)
    if claimant is None:
        return see_other(HOME)
    chosen = form.choice("way", WAYS, need="claim.need_way")
    if not chosen:
        return await _page(claimant, form, None, status_code=422)
    way, notice = Way(chosen), await _notice(claimant)
    stands = await own_reward(claimant.tenant_id, claimant.request_id, current().now)
    payees = tuple(_read(form, way, at) for at in range(stands.payees))
    consent = form.choice("honour", HONOURS) or Consent.NONE.value
    if not form.ticked("consent") or form.raw("notice") != notice:
        form.problem("consent", "claim.need_consent")
    if not form.problems:
        try:
            await claim(claimant, Claim(way, payees, notice, consent), current().now)
            return see_other(PAYEE)
        except (NotFound, StepRefused) as error:
            _refused(form, error)
    return await _page(claimant, form, way, status_code=422)


async def renewal(request: Request) -> Response:
    """未成的份额: of those that failed, whom to pay instead."""
    claimant, form = shown(request), form_of(request)
    if claimant is None:
        return see_other(HOME)
    stands = await own_reward(claimant.tenant_id, claimant.request_id, current().now)
    if not stands.failed:
        return see_other(PAYEE)
    way = Way(stands.way)
    payees = {one.payee: _read(form, way, one.payee) for one in stands.failed}
    if not form.problems:
        try:
            await renew_payees(claimant, way, payees, current().now)
            return see_other(PAYEE)
        except (NotFound, StepRefused) as error:
            _refused(form, error)
    return await _page(claimant, form, None, status_code=422)


async def waiver(request: Request) -> Response:
    """放弃奖励."""
    claimant, form = shown(request), form_of(request)
    if claimant is None:
        return see_other(HOME)
    if not form.ticked("sure"):
        form.problem("sure", "claim.need_sure")
        return await _page(claimant, form, None, status_code=422)
    try:
        await waive(claimant, current().now)
    except (NotFound, StepRefused) as error:
        _refused(form, error)
        return await _page(claimant, form, None, status_code=422)
    return see_other(PAYEE)


def field_of(name: str, at: int) -> str:
    """The field of one payee of several."""
    return f"{name}-{at + 1}" if at else name


def _read(form: Form, way: Way, at: int) -> Payee:
    typed = {name: form.text(field_of(name, at), most=LONGEST) for name in NEEDED[way]}
    payee = payee_of(way, typed)
    for name, key in faults(way, payee).items():
        form.problem(field_of(name, at), key)
    return payee


def _refused(form: Form, error: NotFound | StepRefused) -> None:
    if isinstance(error, StepRefused):
        form.problem("way", f"refused.{error.key}", **error.values)
    else:
        form.problem("way", "claim.nothing")


async def _notice(claimant: Claimant) -> str:
    return (await packs()).pack(claimant.tenant_id).privacy_notice_version


async def _page(
    claimant: Claimant, form: Form, way: Way | None, *, status_code: int = 200
) -> Response:
    stands = await own_reward(claimant.tenant_id, claimant.request_id, current().now)
    return page(
        "claims/payee",
        status_code=status_code,
        problems=form.problems,
        stands=stands,
        words=stands_in_words(stands),
        way=way,
        ways=list(Way),
        needed=NEEDED[way] if way else (),
        renewed=NEEDED[Way(stands.way)] if stands.failed else (),
        typed=form.raw,
        field_of=field_of,
        honours=HONOURS,
        notice=await _notice(claimant),
        yuan=yuan,
    )
