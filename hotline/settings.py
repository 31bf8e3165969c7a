"""Environment → one frozen Settings, read once; keys file → Keys. Nobody else reads os.environ."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

# How whatever of an environment is ours begins: a test, a drill, a bench takes over none of it.
OURS: Final = (
    *("HOTLINE_", "DATABASE_", "REDIS_", "CLAMD_", "HOST", "PORT", "PUBLIC_URL", "SITE_"),
    *("SMTP_", "SMS_", "WECHAT_", "QUIET_HOURS", "SECOND_FACTOR", "METRICS_TOKEN"),
    *("WORDING_", "OUTGOING_", "WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS"),
)
# By these a message leaves the house: nobody is written to about a matter that was made up.
WAYS_OUT: Final = ("SMTP_URL", "SMS_GATEWAYS", "WECHAT_TEMPLATES")


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets kept outside the data folder and the database; each 32 bytes.

    kek wraps the data key of each report; index makes blind indexes; code hashes query codes;
    chain signs the history; web signs visitors' cookies and form tokens.
    """

    kek: Mapping[str, bytes]
    current_kek: str
    index: bytes
    code: bytes
    chain: bytes
    web: bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """What the installation decides; defaults let a newcomer run with nothing configured."""

    database_url: str
    owner_url: str
    redis_url: str
    home: Path
    keys_file: Path
    files: Path
    files_url: str  # an object store instead of that folder: s3://bucket/prefix
    clamd_url: str  # tcp://host:port or unix:///path of the virus scanner; "" none
    host: str
    port: int
    public_url: str
    site: str  # the jurisdiction whose name is on every page; "": told by the packs
    smtp_url: str
    smtp_from: str
    sms_gateways: str  # path of the gateways' TOML file; "" none
    wechat_api: str
    wechat_templates: str  # path of the templates' TOML file; "" none
    quiet_hours: str
    second_factor: frozenset[str]  # roles that sign in with a code beside the password
    metrics_token: str  # whoever has it reads /metrics; "": nobody
    wording_four_eyes: bool  # a wording is put in force by another person than its writer
    outgoing_within: frozenset[str]  # hosts inside the house that may be called
    demo: bool
    pool: int
    in_flight: int  # requests a web process works at; more are asked to come again


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from an environment; DATABASE_URL is the application's login."""
    home = Path(environ.get("HOTLINE_HOME", ".hotline")).absolute()
    database_url = environ.get("DATABASE_URL", "")
    stored = environ.get("HOTLINE_FILES", "")
    host, port = environ.get("HOST", "127.0.0.1"), int(environ.get("PORT", "8000"))
    return Settings(
        database_url=database_url,
        owner_url=environ.get("DATABASE_OWNER_URL", "") or database_url,
        redis_url=environ.get("REDIS_URL", ""),
        home=home,
        keys_file=Path(environ.get("HOTLINE_KEYS", "") or home / "keys" / "keys.json"),
        files=home / "files" if "://" in stored else Path(stored or home / "files"),
        files_url=stored if "://" in stored else "",
        clamd_url=environ.get("CLAMD_URL", ""),
        host=host,
        port=port,
        public_url=environ.get("PUBLIC_URL", "") or f"http://{host}:{port}",
        site=environ.get("SITE_JURISDICTION", ""),
        smtp_url=environ.get("SMTP_URL", ""),
        smtp_from=environ.get("SMTP_FROM", ""),
        sms_gateways=environ.get("SMS_GATEWAYS", ""),
        wechat_api=environ.get("WECHAT_API", "") or "https://api.weixin.qq.com",
        wechat_templates=environ.get("WECHAT_TEMPLATES", ""),
        quiet_hours=environ.get("QUIET_HOURS", "21-8"),
        second_factor=frozenset(environ.get("SECOND_FACTOR", "").replace(",", " ").split()),
        metrics_token=environ.get("METRICS_TOKEN", ""),
        wording_four_eyes=environ.get("WORDING_FOUR_EYES", "") == "1",
        outgoing_within=frozenset(environ.get("OUTGOING_WITHIN", "").replace(",", " ").split()),
        demo=environ.get("HOTLINE_DEMO", "") == "1",
        pool=int(environ.get("HOTLINE_POOL", "10")),
        in_flight=int(environ.get("HOTLINE_IN_FLIGHT", "96")),
    )


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings(os.environ)


@cache
def keys() -> Keys:
    """The keys of this installation; made once, readable by its account alone."""
    path = settings().keys_file
    if not path.exists():
        make_keys(path)
    return read_keys(path)


def make_keys(path: Path) -> None:
    """A fresh keys file, 0600; somebody else's file made at the same moment is kept."""
    fresh = {name: secrets.token_hex(32) for name in ("index", "code", "chain", "web")}
    content = {"kek": {"k1": secrets.token_hex(32)}, "current_kek": "k1", **fresh}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # never overwrites: losing a key file loses every reporter's text
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def add_kek(path: Path, name: str) -> None:
    """One more key-encryption key, in force from the next start; those before it stay.

    Written beside and renamed: a crash leaves the file of before or the file of after.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    if name in content["kek"]:
        raise FileExistsError(name)
    content["kek"][name], content["current_kek"] = secrets.token_hex(32), name
    _replace(path, content)


def drop_kek(path: Path, name: str) -> None:
    """For ever: what still lies under it opens for nobody. KeyError for the one in force."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if name == content["current_kek"]:
        raise KeyError(name)
    del content["kek"][name]
    _replace(path, content)


def _replace(path: Path, content: object) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    owner = path.stat()
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    os.chown(draft, owner.st_uid, owner.st_gid)
    draft.replace(path)


def read_keys(path: Path) -> Keys:
    """Keys from their JSON file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    one = {name: bytes.fromhex(content[name]) for name in ("index", "code", "chain", "web")}
    kek = {name: bytes.fromhex(value) for name, value in content["kek"].items()}
    return Keys(kek=kek, current_kek=content["current_kek"], **one)
