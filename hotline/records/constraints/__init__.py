"""What the ORM cannot say: real keys, checks, partial indexes and the two roles, as plain SQL.

The migrations run these; a test compares them with pg_constraint and pg_indexes. What has landed
stays: what comes later is a `Part` of its own, which the migration of its day runs by
`Part.statements()`, and which joins PARTS below.
"""

from typing import Final

from hotline.records.constraints.administering import ADMINISTERING
from hotline.records.constraints.aside import ASIDE
from hotline.records.constraints.attachments import SCANNING
from hotline.records.constraints.desks import ASSESSING, AT_HAND, BY_KINDS, DESKS, READING
from hotline.records.constraints.doors import API_KEYS, WECHAT
from hotline.records.constraints.first import APPEND_ONLY as FIRST_APPEND_ONLY
from hotline.records.constraints.first import FIRST, statements
from hotline.records.constraints.joint import JOINT
from hotline.records.constraints.matching import BOUNDARIES, MODELS, REPRINTS, SIGNATURES
from hotline.records.constraints.merging import MERGING
from hotline.records.constraints.outgoing import OUTGOING
from hotline.records.constraints.partner_files import PARTNER_FILES
from hotline.records.constraints.partners import PARTNERS
from hotline.records.constraints.payouts import PAYOUTS, RENEWING
from hotline.records.constraints.people import PEOPLE
from hotline.records.constraints.phone import PHONE
from hotline.records.constraints.procedure import PROCEDURE
from hotline.records.constraints.protection import PROTECTION
from hotline.records.constraints.public import KEPT_AS_PUBLIC, PUBLIC
from hotline.records.constraints.referrals import REFERRALS
from hotline.records.constraints.rewards import LEDGER, REWARDS
from hotline.records.constraints.tables import BATCHES
from hotline.records.constraints.top_ups import TOP_UPS

__all__ = ["APPEND_ONLY", "CHECKS", "INDEXES", "PARTS", "REFERENCES", "TABLES", "statements"]

PARTS: Final = (
    FIRST,
    API_KEYS,
    MERGING,
    SIGNATURES,
    REPRINTS,
    BOUNDARIES,
    MODELS,
    WECHAT,
    OUTGOING,
    PHONE,
    PARTNERS,
    SCANNING,
    BATCHES,
    ASIDE,
    REWARDS,
    ADMINISTERING,
    DESKS,
    REFERRALS,
    PUBLIC,
    PROTECTION,
    PROCEDURE,
    PARTNER_FILES,
    PAYOUTS,
    ASSESSING,
    JOINT,
    PEOPLE,
    TOP_UPS,
    READING,
    BY_KINDS,
    AT_HAND,
    RENEWING,
)
# the application may add to these and read them, and nothing else
APPEND_ONLY: Final = (*FIRST_APPEND_ONLY, *LEDGER, *KEPT_AS_PUBLIC)
TABLES: Final = tuple(table for part in PARTS for table in part.tables)
REFERENCES: Final = tuple(one for part in PARTS for one in part.references)
CHECKS: Final = tuple(check for part in PARTS for check in part.checks)
INDEXES: Final = tuple(index for part in PARTS for index in part.indexes)

# by the names the migrations know
api_key_statements = API_KEYS.statements
link_statements = MERGING.statements
signature_statements = SIGNATURES.statements
reprint_statements = REPRINTS.statements
boundary_statements = BOUNDARIES.statements
model_statements = MODELS.statements
wechat_statements = WECHAT.statements
outgoing_statements = OUTGOING.statements
phone_statements = PHONE.statements
partner_statements = PARTNERS.statements
scanning_statements = SCANNING.statements
