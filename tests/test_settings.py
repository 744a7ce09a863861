"""Settings come from the environment; keys are made once in development; every refusal names its setting."""

import stat
from base64 import b64encode
from pathlib import Path

import pytest

from resource_hub.core.encryption import Place, new_key
from resource_hub.settings import BadSetting, Settings, from_environment

# Known beforehand, because parametrized tests are named after it and every worker must find the same names.
SECRET, KEY = "s" * 32, b64encode(bytes(32)).decode()
HERE = Place("person", "sealed_name", "p-1")


def environment(folder: Path, **given: str) -> dict[str, str]:
    names = {"instance": str(folder / "instance")} | given
    return {f"RESOURCE_HUB_{name.upper()}": value for name, value in names.items()}


def production(folder: Path, **given: str) -> dict[str, str]:
    return environment(folder, **({"env": "production", "secret_key": SECRET, "data_key": KEY} | given))


def test_without_an_environment_everything_has_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = from_environment({})
    assert settings.database_url == "sqlite:///instance/hub.db"
    assert (settings.env, settings.production) == ("development", False)
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 2)
    assert settings.instance == Path("instance")


def test_each_setting_is_read_from_its_variable(tmp_path: Path) -> None:
    settings = from_environment(
        production(
            tmp_path, database_url="postgresql+psycopg://hub@/hub", host="0.0.0.0", port="80", workers="8",  # noqa: S104 - a value like any other
            public_url="https://hub.example.org/", smtp_url="smtps://u:p@mail.example.org", sms_token="t",
            mail_from="Hub <hub@example.org>", sms_url="https://sms.example.org/",
        )
    )  # fmt: skip
    assert settings == Settings(
        database_url="postgresql+psycopg://hub@/hub", secret_key=SECRET, data_key=KEY, env="production",
        host="0.0.0.0", port=80, workers=8, instance=tmp_path / "instance",  # noqa: S104 - a value like any other
        public_url="https://hub.example.org", smtp_url="smtps://u:p@mail.example.org", sms_token="t",
        mail_from="Hub <hub@example.org>", sms_url="https://sms.example.org/",
    )  # fmt: skip
    assert settings.production


def test_the_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first, second = from_environment(environment(tmp_path)), from_environment(environment(tmp_path))
    assert (first.secret_key, first.data_key) == (second.secret_key, second.data_key)
    assert second.vault().open(first.vault().seal("Rosa", HERE), HERE) == "Rosa"
    files = sorted((tmp_path / "instance").iterdir())
    assert [file.name for file in files] == ["data_key", "secret_key"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_two_installations_have_keys_of_their_own(tmp_path: Path) -> None:
    one, other = (from_environment(environment(tmp_path / name)) for name in ("one", "other"))
    assert one.secret_key != other.secret_key
    assert one.data_key != other.data_key


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "data_key").write_text(KEY + "\n")
    assert from_environment(environment(tmp_path)).data_key == KEY
    assert (folder / "data_key").read_text() == KEY + "\n"


def test_keys_that_are_given_are_not_made(tmp_path: Path) -> None:
    assert from_environment(environment(tmp_path, secret_key=SECRET, data_key=KEY)).data_key == KEY
    assert not (tmp_path / "instance").exists()


def test_several_data_keys_open_while_they_rotate(tmp_path: Path) -> None:
    old = from_environment(environment(tmp_path, data_key=KEY)).vault().seal("Rosa", HERE)
    rotating = from_environment(environment(tmp_path, data_key=f"{new_key()},{KEY}"))
    assert rotating.vault().open(old, HERE) == "Rosa"


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATA_KEY"])
@pytest.mark.parametrize("value", [None, ""])
def test_production_does_not_start_without_its_keys(tmp_path: Path, name: str, value: str | None) -> None:
    environ = production(tmp_path)
    del environ[f"RESOURCE_HUB_{name}"]
    if value is not None:
        environ[f"RESOURCE_HUB_{name}"] = value
    with pytest.raises(BadSetting, match=f"RESOURCE_HUB_{name} is not set"):
        from_environment(environ)
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("env", "staging"),
        ("env", ""),
        ("database_url", ""),
        ("database_url", "mysql://hub@localhost/hub"),
        ("database_url", "postgresql://hub@localhost/hub"),
        ("secret_key", "short"),
        ("data_key", "short"),
        ("data_key", "c2hvcnQ="),
        ("data_key", f"{KEY},"),
        ("port", "0"),
        ("port", "65536"),
        ("port", "80a"),
        ("port", "-1"),
        ("port", "²"),
        ("port", ""),
        ("port", "9" * 5000),
        ("workers", "0"),
        ("workers", "65"),
        ("workers", "two"),
        ("routing_url", "routes.example.org"),
        ("routing_url", "file:///etc/hosts"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"RESOURCE_HUB_{name.upper()} ") as refusal:
        from_environment(environment(tmp_path, **{name: value}))
    assert refusal.value.code == "bad_setting"


def test_neither_key_is_shown_in_a_refusal_or_in_the_settings_themselves(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refusal:
        from_environment(environment(tmp_path, data_key=f"{KEY},canary"))
    assert KEY not in str(refusal.value)
    assert "canary" not in str(refusal.value)
    assert SECRET not in repr(from_environment(production(tmp_path)))
    assert KEY not in repr(from_environment(production(tmp_path)))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"geocoder": "guess"}, "GEOCODER"),
        ({"geocoder": "google"}, "GEOCODER_KEY"),
        ({"geocoder": "pelias"}, "GEOCODER_DOMAIN"),
        ({"geocoder_delay": "-1"}, "GEOCODER_DELAY"),
    ],
)
def test_a_geocoder_that_cannot_be_asked_is_refused(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=f"RESOURCE_HUB_{named} "):
        from_environment(environment(tmp_path, **given))


def test_nobody_is_asked_for_addresses_unless_it_is_set(tmp_path: Path) -> None:
    assert from_environment(environment(tmp_path)).geocoder == ""
    assert from_environment(environment(tmp_path, geocoder="Photon")).geocoder == "photon"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"smtp_url": "mail.example.org:25"}, "SMTP_URL"),
        ({"smtp_url": "http://mail.example.org"}, "SMTP_URL"),
        ({"smtp_url": "smtp://mail.example.org:99999"}, "SMTP_URL"),
        ({"smtp_url": "smtps://mail.example.org"}, "MAIL_FROM"),
        ({"smtp_url": "smtps://mail.example.org", "mail_from": "a@b.org\nBcc: c@d.org"}, "MAIL_FROM"),
        ({"sms_url": "http://sms.example.org"}, "SMS_URL"),
    ],
)
def test_notices_go_out_only_by_settings_that_can_be(tmp_path: Path, given: dict[str, str], name: str) -> None:
    with pytest.raises(BadSetting, match=name):
        from_environment(environment(tmp_path, **given))
