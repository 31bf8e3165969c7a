"""An installation's own settings: a drill or a test follows none, and reaches nobody by them."""

import argparse
from typing import Any

import pytest

from hotline.commands.drilling.running import bare_environment
from hotline.commands.launch.home import Home
from hotline.commands.up import _web_environment
from hotline.settings import OURS, WAYS_OUT, read_settings


class Asked(dict[str, str]):
    """An environment that remembers what it was asked for."""

    names: set[str]

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


def test_whatever_is_read_is_known_as_ours() -> None:
    asked = Asked()
    asked.names = set()
    read_settings(asked)
    assert {name for name in asked.names if not name.startswith(OURS)} == set()
    assert set(WAYS_OUT) <= asked.names


def test_a_drill_writes_to_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Its reports leave telephone numbers, and departments answer them."""
    monkeypatch.setenv("SMS_GATEWAYS", "gateways.toml")
    monkeypatch.setenv("SMTP_URL", "smtp://mail.example")
    found = read_settings(bare_environment(Home(tmp_path)))
    assert (found.sms_gateways, found.smtp_url, found.wechat_templates) == ("", "", "")


def test_a_demonstration_writes_to_nobody() -> None:
    asked = argparse.Namespace(host="127.0.0.1", port=8000, demo=True)
    theirs = {"SMS_GATEWAYS": "gateways.toml", "SMTP_URL": "smtp://mail.example"}
    found = read_settings({**theirs, **_web_environment(asked)})
    assert (found.sms_gateways, found.smtp_url, found.wechat_templates) == ("", "", "")
