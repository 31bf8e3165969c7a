"""How a reward stands, in one line for its reporter."""

from hotline.lookups.own_reward import OwnReward
from webforms.rewards.money import yuan
from webforms.visit import current


def stands_in_words(stands: OwnReward) -> str:
    """One line: how the reward stands."""
    t = current().t
    if stands.stage is None:
        return t("claim.stands.none")
    if stands.recover_fen:
        return t("claim.stands.recover", yuan=yuan(stands.recover_fen))
    if stands.excluded:
        return t(
            "claim.stands.excluded", title=stands.title, rule=t(f"reward.line.{stands.excluded}")
        )
    if stands.under_review:
        return t("claim.stands.review")
    return t(f"claim.stands.{stands.stage.value}", yuan=yuan(stands.sum_fen))
