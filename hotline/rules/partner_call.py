"""One call to a platform, ready to be made: where to, in which form, signed with which secret."""

from dataclasses import dataclass, field

from hotline.rules.partner import Calls, Said


@dataclass(frozen=True, slots=True)
class Call:
    """The values for its holes travel with the message."""

    calls: Calls
    said: Said
    secret: bytes = field(repr=False)
