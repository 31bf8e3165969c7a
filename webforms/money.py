"""Sums and rewards in words, for every page that speaks of them."""

from hotline.lookups.own_reward import OwnReward
from webforms.visit import current


def yuan(fen: int | None) -> str:
    """1,234.50; "" for a sum not known."""
    if fen is None:
        return ""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}" if not rest else f"{whole:,}.{rest:02d}"


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
    if stands.failed:
        return t("claim.stands.share_failed", n=len(stands.failed))
    return t(f"claim.stands.{stands.stage.value}", yuan=yuan(stands.sum_fen))
