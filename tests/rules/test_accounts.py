"""账号: logins, passwords and waiting times."""

from datetime import timedelta

import pytest

from hotline.rules.accounts import account_faults, login_of, password_fault, wait_after


def test_a_login_is_the_same_in_full_width_and_capital_letters() -> None:
    assert login_of("  ＷＡＮＧ.Li ") == "wang.li"


@pytest.mark.parametrize("login", ["a", "两 个", "", "<b>", "-x", "w" * 65])
def test_a_login_that_could_be_mistaken_is_refused(login: str) -> None:
    assert account_faults(login, "王某（虚构）", "correct horse battery")["login"] == "login.form"


@pytest.mark.parametrize("login", ["wl", "王某某", "wang.li@example.org", "12345"])
def test_employee_numbers_chinese_names_and_mail_forms_may_be_logins(login: str) -> None:
    assert account_faults(login, "王某（虚构）", "correct horse battery") == {}


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "password.too_short"),
        ("x1" * 65, "password.too_long"),
        ("aaaaaaaaaaaa", "password.too_plain"),
        ("my-Wang.Li-2026", "password.too_plain"),
        ("绿水青山就是金山银山", ""),
    ],
)
def test_a_password_needs_length_and_some_variety(password: str, fault: str) -> None:
    assert password_fault("wang.li", password) == fault


def test_waiting_grows_after_the_fifth_wrong_try_up_to_an_hour() -> None:
    minutes = [wait_after(n) // timedelta(minutes=1) for n in (0, 4, 5, 6, 7, 10, 11, 5000)]
    assert minutes == [0, 0, 1, 2, 4, 32, 60, 60]
