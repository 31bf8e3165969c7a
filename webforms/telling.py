"""The words of a report, whoever types them: neither missing nor too short to say anything."""

from hotline.rules.report import LONGEST_TEXT, SHORTEST_TEXT
from webforms.submissions import Form


def told(form: Form, *, need: str) -> str:
    """The text; what is wrong with it is noted at its field."""
    text = form.text("text", most=LONGEST_TEXT, need=need)
    if 0 < len(text) < SHORTEST_TEXT:
        form.problem("text", "faults.text.too_short")
    return text
