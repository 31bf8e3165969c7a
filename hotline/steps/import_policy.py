"""政策入库: packs on disk become immutable versions; a changed text needs a new version."""

import json
from datetime import datetime
from pathlib import Path

from hotline.database import row, transaction
from hotline.errors import StepRefused
from hotline.policy.load import PackFiles, TopicFile, packs_on_disk
from hotline.policy.store import NATIONAL, forget
from hotline.records import PolicyVersion, new_id


async def import_packs(now: datetime, folder: Path | None = None) -> list[str]:
    """Import what is new; returns "code topic version" of each. StepRefused on a silent change."""
    added: list[str] = []
    async with transaction():
        for pack in packs_on_disk(folder).values():
            for topic, file in pack.topics.items():
                if await _import_topic(pack, topic, file, now):
                    added.append(f"{pack.code} {topic} {file.version}")
    forget()
    return added


async def _import_topic(pack: PackFiles, topic: str, file: TopicFile, now: datetime) -> bool:
    tenant = pack.tenant or NATIONAL
    key = {"jurisdiction": pack.code, "topic": topic, "version": file.version}
    inserted = await row(
        "INSERT INTO policy_version (id, tenant_id, jurisdiction, topic, version, valid_from,"
        " valid_to, sha256, content, imported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT (tenant_id, jurisdiction, topic, version) DO NOTHING RETURNING id",
        new_id(),
        tenant,
        *key.values(),
        file.valid_from,
        file.valid_to,
        file.sha256,
        json.dumps(file.content, ensure_ascii=False),
        now,
    )
    if inserted:
        return True
    stands = await PolicyVersion.filter(tenant_id=tenant, **key).get()
    if stands.sha256 != file.sha256:
        raise StepRefused("policy.changed_without_version", **key)
    return False
