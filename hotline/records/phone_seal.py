"""来电的密封内容: number, displayed number and the provider's references, under the call's key."""

import json
from collections.abc import Mapping
from typing import Any

from hotline.records.phone import PhoneCall
from hotline.records.sealing import Envelope, open_envelope


def call_envelope(call: PhoneCall) -> Envelope:
    """Its data key; UnreadableError once erased."""
    return open_envelope(call.tenant_id, call.id, call.kek_id, call.wrapped_key)


def sealed_of(call: PhoneCall) -> dict[str, Any]:
    """What is known of the caller; nothing once erased."""
    if call.sealed is None or call.wrapped_key is None:
        return {}
    held: dict[str, Any] = json.loads(call_envelope(call).unseal("call", call.sealed))
    return held


def sealed_with(call: PhoneCall, said: Mapping[str, str]) -> bytes:
    """The same with what is new; what is empty is not learnt."""
    held = {**sealed_of(call), **{name: value for name, value in said.items() if value}}
    return call_envelope(call).seal("call", json.dumps(held, ensure_ascii=False).encode())
