"""What a wording asks for: plain names in braces and nothing else."""

from string import Formatter


def holes(wording: str) -> set[str]:
    """The names. ValueError for a brace that does not close, and for anything but a name in it."""
    found = set()
    for _, name, form, conversion in Formatter().parse(wording):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(f"{{{name}}} is no plain name")
        found.add(name)
    return found
