"""A real WordPress for tests, put together from packages: WordPress, SQLite's driver for it and WP-CLI from npm.

`python -m evals.servers.wordpress_files FOLDER` does it once: `FOLDER/site` is then a WordPress to be copied, and
`FOLDER/wp-cli.phar` its command line. With `--older` WordPress itself is Debian's, which sites that lag behind have.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

# A WordPress of today in Arabic and French too, the driver and the command line, as Automattic's own tool has them.
_PACKAGE = "wp-studio@1.22.0"
_INSIDE = "package/dist/cli/wp-files"
_PARTS = ("latest", "sqlite-database-integration", "wp-cli")
_DRIVER = "sqlite-database-integration"
_COMMAND = "wp-cli.phar"
_NOTE = "made-of.txt"
# An older WordPress with all that the plugin uses; older suites have one that lacks some of it.
_SUITE = "trixie"
_DEBS = (
    "wordpress wordpress-l10n wordpress-theme-twentytwentyfive libjs-lodash libjs-underscore libjs-cropper php-getid3"
).split()
_SPOKEN = re.compile(r"(?:^|-)(?:ar|fr_FR)[-.]")
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


def prepare(folder: Path, *, older: bool = False) -> None:
    """Puts a WordPress into `folder/site` and its command line beside it, unless the very same are there. Raises
    `CannotBeHad`."""
    # Packages are downloaded from within another folder.
    folder = folder.resolve()
    made_of, note = folder / _NOTE, _PACKAGE + (f" and Debian's {_SUITE}" if older else "")
    if made_of.exists() and made_of.read_text() == note:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as named:
        work = Path(named)
        if older:
            _unpack_debs(work)
        _unpack_package(work)
        found = work / ("debs/usr/share/wordpress" if older else "latest/wordpress")
        site = work / "site"
        # Links to other packages become what they lead to.
        shutil.copytree(found, site, ignore=_left_out)
        if not older:
            shutil.copytree(work / "latest/languages", site / "wp-content/languages", ignore=_left_out)
        shutil.copytree(work / _DRIVER, site / "wp-content/mu-plugins" / _DRIVER)
        made_of.unlink(missing_ok=True)
        shutil.rmtree(folder / "site", ignore_errors=True)
        (work / "wp-cli" / _COMMAND).rename(folder / _COMMAND)
        site.rename(folder / "site")
        made_of.write_text(note)


def _unpack_package(work: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotBeHad(f"there is no npm here, which has WordPress in {_PACKAGE}")
    try:
        packed = _run(npm, "pack", "--json", _PACKAGE, cwd=work)
    except subprocess.SubprocessError as err:
        raise CannotBeHad(f"{_PACKAGE} could not be had from npm: {_said(err)}") from err
    name = json.loads(packed.stdout)[0]["filename"]
    wanted = [f"{_INSIDE}/{part}" for part in _PARTS]
    try:
        _run("tar", "-xzf", name, f"--strip-components={_INSIDE.count('/') + 1}", *wanted, cwd=work)
    except subprocess.SubprocessError as err:
        raise CannotBeHad(f"{name} is not as it was: {_said(err)}") from err


def _unpack_debs(work: Path) -> None:
    downloaded = work / "downloaded"
    downloaded.mkdir()
    try:
        _apt(work, "update")
        _apt(work, "download", *_DEBS, cwd=downloaded)
    except (OSError, subprocess.SubprocessError) as err:
        raise CannotBeHad(f"the packages of WordPress could not be downloaded: {_said(err)}") from err
    for deb in downloaded.glob("*.deb"):
        _run("dpkg-deb", "-x", str(deb), str(work / "debs"))


def _apt(work: Path, *asked: str, cwd: Path | None = None) -> None:
    """Asks for another suite, in lists of its own: what this machine installs from stays as it is."""
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
    _run("apt-get", "-qq", *told, *asked, cwd=cwd)


def _run(*command: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=_SECONDS)


def _write_sources(folder: Path) -> None:
    """This machine's own sources, with the name of the other suite."""
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(), re.MULTILINE))
    own = release.get("VERSION_CODENAME", "")
    if release.get("ID") != "debian" or not own:
        raise OSError("this is no Debian, and the packages are Debian's")
    parts = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    for part in parts:
        if part.suffix in (".list", ".sources") and part.exists() and own in (text := part.read_text()):
            named = re.sub(rf"\b{own}-updates\b", "", text) if part.suffix == ".sources" else text
            (folder / part.name).write_text(named.replace(own, _SUITE))


def _left_out(folder: str, names: Sequence[str]) -> set[str]:
    """Languages that no test speaks: a hundred of them are half of the package. And what Debian configures."""
    if Path(folder).name == "languages":
        return {name for name in names if not _SPOKEN.search(name) and not (Path(folder) / name).is_dir()}
    return {"wp-config.php", ".htaccess", "akismet"} & set(names)


def _said(err: Exception) -> str:
    told = getattr(err, "stderr", b"") or b""
    return (told.decode(errors="replace").strip() or str(err))[-400:]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--older", action="store_true", help="the WordPress of Debian")
    options = parser.parse_args()
    lacking = missing()
    if lacking is not None:
        sys.exit(lacking)
    try:
        prepare(options.folder, older=options.older)
    except CannotBeHad as err:
        sys.exit(str(err))
