"""A real WordPress for tests, put together from packages: WordPress from Debian, SQLite's driver for it from npm.

`python -m evals.servers.wordpress_files FOLDER` does it once; `FOLDER/site` is then a WordPress to be copied.
"""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

# PHP 8 and a block editor with all that the plugin uses; older suites have an older one.
_NEWER_SUITE = "trixie"
_PACKAGES = (
    "wordpress wordpress-l10n wordpress-theme-twentytwentyfive libjs-lodash libjs-underscore libjs-cropper php-getid3"
).split()
_DRIVER = "@wp-playground/cli"
_DRIVER_NAME = "sqlite-database-integration"
_LANGUAGES = ("ar", "fr_FR")
_PHP_MODULES = ("curl", "dom", "mbstring", "pdo_sqlite", "sqlite3", "xml", "zip")
_SECONDS = 300


class CannotBeHad(Exception):
    """Something that WordPress needs is not on this machine and cannot be installed. The message says what."""


def missing() -> str | None:
    """What is missing for running PHP, in words; None where all of it is there."""
    php = shutil.which("php")
    if php is None:
        return (
            "there is no PHP here; Debian and Ubuntu have it as php-cli, php-sqlite3, php-xml, php-mbstring, php-curl"
        )
    loaded = set(subprocess.run([php, "-m"], capture_output=True, text=True, check=True).stdout.split())
    absent = [module for module in _PHP_MODULES if module not in loaded]
    return f"PHP here has no {', '.join(absent)}" if absent else None


def prepare(folder: Path) -> None:
    """Puts a WordPress into `folder/site`, unless it is there. Raises `CannotBeHad`."""
    # Packages are downloaded from within another folder.
    folder = folder.resolve()
    if (folder / "site" / "wp-load.php").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as named:
        work = Path(named)
        _unpack_packages(work)
        _add_driver(work)
        site = work / "site"
        # Links to other packages become what they lead to.
        shutil.copytree(work / "unpacked/usr/share/wordpress", site, ignore=_left_out)
        shutil.copytree(work / "driver", site / "wp-content/mu-plugins" / _DRIVER_NAME)
        site.rename(folder / "site")


def _unpack_packages(work: Path) -> None:
    debs = work / "debs"
    debs.mkdir()
    try:
        _apt(work, "apt-get", "update")
        _apt(work, "apt-get", "download", *_PACKAGES, cwd=debs)
    except (OSError, subprocess.SubprocessError) as err:
        raise CannotBeHad(f"the packages of WordPress could not be downloaded: {_said(err)}") from err
    for deb in debs.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", deb, work / "unpacked"], check=True, capture_output=True)


def _apt(work: Path, *command: str, cwd: Path | None = None) -> None:
    """Asks for the newer suite, in lists of its own: what this machine installs from stays as it is."""
    for name in ("lists/partial", "cache/archives/partial", "sources"):
        (work / name).mkdir(parents=True, exist_ok=True)
    _write_sources(work / "sources")
    options = {
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": work / "sources",
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",
    }
    told = [f"-o{name}={value}" for name, value in options.items()]
    subprocess.run(
        [command[0], "-qq", *told, *command[1:]], cwd=cwd, check=True, capture_output=True, timeout=_SECONDS
    )


def _write_sources(folder: Path) -> None:
    """This machine's own sources, with the name of the newer suite."""
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(), re.MULTILINE))
    own = release.get("VERSION_CODENAME", "")
    if release.get("ID") != "debian" or not own:
        raise OSError("this is no Debian, and the packages are Debian's")
    parts = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    for part in parts:
        if part.suffix in (".list", ".sources") and part.exists() and own in (text := part.read_text()):
            named = re.sub(rf"\b{own}-updates\b", "", text) if part.suffix == ".sources" else text
            (folder / part.name).write_text(named.replace(own, _NEWER_SUITE))


def _add_driver(work: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotBeHad("there is no npm here, which has SQLite's driver for WordPress")
    try:
        packed = subprocess.run(
            [npm, "pack", "--json", _DRIVER], cwd=work, check=True, capture_output=True, timeout=_SECONDS
        )
    except subprocess.SubprocessError as err:
        raise CannotBeHad(f"{_DRIVER} could not be had from npm: {_said(err)}") from err
    name = json.loads(packed.stdout)[0]["filename"]
    with tarfile.open(work / name) as archive:
        inner = archive.extractfile(f"package/{_DRIVER_NAME}.zip")
        if inner is None:
            raise CannotBeHad(f"{name} has no {_DRIVER_NAME}.zip any more")
        with zipfile.ZipFile(inner) as packed_driver:
            packed_driver.extractall(work / "drivers")
    next((work / "drivers").iterdir()).rename(work / "driver")


def _left_out(folder: str, names: Sequence[str]) -> set[str]:
    """Languages that no test speaks: a hundred of them are half of the package. And what Debian configures."""
    if Path(folder).name == "languages":
        return {name for name in names if not name.rpartition("-")[2].startswith(_LANGUAGES)}
    return {"wp-config.php", ".htaccess", "akismet"} & set(names)


def _said(err: Exception) -> str:
    told = getattr(err, "stderr", b"") or b""
    return (told.decode(errors="replace").strip() or str(err))[-400:]


if __name__ == "__main__":
    lacking = missing()
    if lacking is not None:
        sys.exit(lacking)
    try:
        prepare(Path(sys.argv[1]))
    except CannotBeHad as err:
        sys.exit(str(err))
