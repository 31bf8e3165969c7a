"""No secret lies in the tree: keys, tokens and passwords are made by the installation itself."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
BEARING: Final = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}",
    "a cloud's key": r"\b(?:AKIA|ASIA|LTAI|AKID)[0-9A-Za-z]{12,}\b",
    "a forge's token": r"\b(?:gh[pousr]_\w{30,}|github_pat_\w{20,}|glpat-[\w-]{20,})",
    "a service's token": r"\b(?:xox[abprs]-[\w-]{10,}|sk-\w{20,}|pypi-\w{20,}|npm_\w{30,})",
    "a password in an address": r"://[^\s/:@{}$<>]+:(?!password@|\.\.\.|…)[^\s/:@{}$<>%*]{6,}@",
}
ASSIGNED: Final = re.compile(
    r"(?i)(?:secret|token|passw(?:or)?d|api_?key|pepper)\w*[\"']?\s*[:=]\s*[\"']([\w+/=-]{20,})[\"']"
)
PUBLISHED: Final = {"tests/webforms/wechat/test_xml.py"}  # the example of WeChat's own documents
DISORDER: Final = 4.0  # bits a character: words and made-up examples stay below, drawn keys do not


def borne(text: str) -> Iterator[str]:
    """What looks like a secret in a text."""
    for what, pattern in BEARING.items():
        if re.search(pattern, text):
            yield what
    for found in ASSIGNED.finditer(text):
        if disorder(found[1]) > DISORDER:
            yield f"something drawn by lot: {found[1][:4]}…"


def disorder(word: str) -> float:
    many = Counter(word)
    return -sum(n / len(word) * math.log2(n / len(word)) for n in many.values())


def test_no_file_of_the_tree_bears_a_secret() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    files = [ROOT / name for name in listed if name] or [*ROOT.rglob("*.py"), *ROOT.rglob("*.toml")]
    found = {}
    for file in files:
        if file.is_file() and file != Path(__file__) and file.suffix not in {".png", ".lock"}:
            text = file.read_bytes().decode("utf-8", "ignore")
            found[str(file.relative_to(ROOT))] = list(borne(text))
    assert len(found) > 100
    assert {name for name, secrets in found.items() if secrets} == PUBLISHED


@pytest.mark.parametrize(
    "planted",
    [
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq8Zx0pQ1cM9vJt3kYh2LwF5sDgUeRn",
        "DATABASE = 'postgres://hotline:Vb7pQx2k@db.internal/hotline'",
        'api_key = "q8Zx0pQ1cM9vJt3kYh2LwF5sDgUe"',
        "LTAI5tQnKzVbXwRy12",
    ],
)
def test_a_planted_secret_is_found(planted: str) -> None:
    assert list(borne(planted))
