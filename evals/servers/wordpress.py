"""A WordPress for tests: on loopback, with a database of its own in SQLite, gone at the end.

PHP's own server answers, with four processes, as WordPress asks itself things. Nothing but loopback is called.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.servers.scratch import scratch_folder

# What a value of JSON may be, as PHP tells it.
Json = Any
ADMIN = "admin"
PASSWORD = "a password for tests only"
_STARTS_WITHIN_SECONDS = 120.0
_STOPS_WITHIN_SECONDS = 60.0
_PHP_SECONDS = 300.0
_OPTIONS = ("-d", "opcache.enable=1", "-d", "opcache.enable_cli=1", "-d", "memory_limit=512M")
# What has no file is WordPress's to answer.
_ROUTER = """<?php
$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
$file = __DIR__ . rawurldecode( $path );
if ( is_dir( $file ) && is_file( rtrim( $file, '/' ) . '/index.php' ) ) {
    $file = rtrim( $file, '/' ) . '/index.php';
    $_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = rtrim( $path, '/' ) . '/index.php';
}
if ( is_file( $file ) ) {
    $kinds = array( 'js' => 'text/javascript', 'css' => 'text/css' );
    $kind  = $kinds[ pathinfo( $file, PATHINFO_EXTENSION ) ] ?? null;
    if ( $kind ) {
        // Asked for once, and not again for every page.
        header( "Content-Type: $kind; charset=utf-8" );
        header( 'Cache-Control: max-age=86400' );
        readfile( $file );
        return true;
    }
    if ( ! str_ends_with( $file, '.php' ) ) {
        return false;
    }
    chdir( dirname( $file ) );
    $_SERVER['SCRIPT_FILENAME'] = $file;
    require $file;
    return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = __DIR__ . '/index.php';
require __DIR__ . '/index.php';
"""
_INSTALL = """
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Harbour Post', $told['user'], 'desk@harbour-post.example', true, '', $told['password'] );
update_option( 'permalink_structure', '/%postname%/' );
flush_rewrite_rules();
$greeted = array( 'core/edit-post' => array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) );
update_user_meta( 1, 'wp_persisted_preferences', $greeted );
return true;
"""


class WordPress:
    """Started with `run_wordpress`."""

    def __init__(self, site: Path, port: int, command: Path) -> None:
        self.site = site
        self._command = command
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        # What is compiled once is compiled again neither by each request nor by each process.
        compiled = site.parent / "compiled"
        compiled.mkdir(exist_ok=True)
        self._php = ("php", *_OPTIONS, "-d", f"opcache.file_cache={compiled}")

    def php(self, code: str, told: Json = None, *, mode: str = "WP_CLI_LIKE") -> Json:
        """What PHP returns inside this WordPress, in a process of its own; `told` is there as `$told`, and `mode` is
        a constant that is true from the beginning."""
        script = (
            f"define( '{mode}', true );"
            " $_SERVER['REQUEST_METHOD'] = 'GET';"
            "$told = json_decode( file_get_contents( 'php://stdin' ), true );"
            f" $_SERVER['HTTP_HOST'] = '127.0.0.1:{self._port}'; $_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';"
            f" require {str(self.site / 'wp-load.php')!r};"
            f" $answer = ( function () use ( $told ) {{ {code} }} )();"
            ' fwrite( STDOUT, "\\n\\x1e" . json_encode( $answer, JSON_THROW_ON_ERROR ) );'
        )
        ran = subprocess.run(
            [*self._php, "-d", "display_errors=stderr", "-r", script],
            input=json.dumps(told).encode(),
            capture_output=True,
            timeout=_PHP_SECONDS,
        )
        _, found, answer = ran.stdout.rpartition(b"\x1e")
        if not found:
            raise RuntimeError(f"PHP said: {(ran.stderr + ran.stdout).decode(errors='replace')[-3000:]}")
        return json.loads(answer)

    def wp(self, *arguments: str) -> list[str]:
        """The lines that WP-CLI says to a command; an error with its words when it fails."""
        command = [*self._php, str(self._command), "--allow-root", f"--path={self.site}", *arguments]
        ran = subprocess.run(command, cwd=self.site, capture_output=True, text=True, timeout=_PHP_SECONDS)
        if ran.returncode != 0:
            raise RuntimeError(f"WP-CLI said: {(ran.stderr + ran.stdout)[-3000:]}")
        return ran.stdout.splitlines()

    def install(self) -> None:
        self.php(_INSTALL, {"user": ADMIN, "password": PASSWORD}, mode="WP_INSTALLING")

    def add_plugin(self, packed: Path) -> None:
        """As somebody who uploads its zip, and activates it."""
        shutil.unpack_archive(packed, self.site / "wp-content/plugins")
        self.php(
            "require_once ABSPATH . 'wp-admin/includes/plugin.php';"
            " $done = activate_plugin( $told ); return is_wp_error( $done ) ? $done->get_error_message() : true;",
            f"{packed.stem}/{packed.stem}.php",
        )

    def sign_in(self, name: str) -> list[dict[str, str]]:
        """The cookies of somebody who has signed in."""
        cookies: list[dict[str, str]] = self.php(
            "$user = get_user_by( 'login', $told )->ID; $until = time() + DAY_IN_SECONDS;"
            " $token = WP_Session_Tokens::get_instance( $user )->create( $until ); $made = array();"
            " foreach ( array( array( AUTH_COOKIE, ADMIN_COOKIE_PATH, 'auth' ),"
            " array( AUTH_COOKIE, PLUGINS_COOKIE_PATH, 'auth' ),"
            " array( LOGGED_IN_COOKIE, COOKIEPATH, 'logged_in' ) ) as list( $cookie, $path, $scheme ) ) {"
            " $made[] = array( 'name' => $cookie, 'path' => $path, 'domain' => '127.0.0.1',"
            " 'value' => wp_generate_auth_cookie( $user, $until, $scheme, $token ) ); } return $made;",
            name,
        )
        return cookies

    def cron(self) -> None:
        """Does what is due by the clock, as the next visitor of the site would set off."""
        with urllib.request.urlopen(f"{self.url}/wp-cron.php?doing_wp_cron", timeout=_PHP_SECONDS) as answer:
            answer.read()

    def log(self) -> str:
        """What PHP complained of; not that WordPress's own home could not be asked, which nobody here may."""
        path = self.site / "wp-content/debug.log"
        lines = path.read_text(errors="replace").splitlines() if path.exists() else []
        return "\n".join(line for line in lines if line.strip() and "WordPress.org" not in line)

    def start(self) -> None:
        command = [
            *self._php,
            "-S",
            f"127.0.0.1:{self._port}",
            "-t",
            str(self.site),
            str(self.site / "router.php"),
        ]
        with (self.site.parent / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=self.site,
                env={**os.environ, "PHP_CLI_SERVER_WORKERS": "4"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + _STARTS_WITHIN_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(
                    f"WordPress did not start: {(self.site.parent / 'server.log').read_text()[-2000:]}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends it with the processes that it has made, which are of one group."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(_STOPS_WITHIN_SECONDS)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readme.html", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def run_wordpress(made: Path, **constants: str | bool) -> Iterator[WordPress]:
    """A copy of what `wordpress_files` has made, installed and answering; `constants` go into its wp-config.php."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="isnad-wordpress-", dir=scratch_folder()))
    try:
        site = folder / "site"
        shutil.copytree(made / "site", site)
        _configure(site, port, constants)
        running = WordPress(site, port, made / "wp-cli.phar")
        running.install()
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(site: Path, port: int, constants: Mapping[str, str | bool]) -> None:
    driver = site / "wp-content/mu-plugins/sqlite-database-integration"
    drop_in = (driver / "db.copy").read_text().replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", str(driver))
    (site / "wp-content/db.php").write_text(drop_in.replace("{SQLITE_PLUGIN}", "none/load.php"))
    (site / "router.php").write_text(_ROUTER)
    url = f"http://127.0.0.1:{port}"
    keys = "AUTH SECURE_AUTH LOGGED_IN NONCE".split()
    told: dict[str, str | bool] = {
        **{f"{name}_{kind}": secrets.token_hex(32) for name in keys for kind in ("KEY", "SALT")},
        **{
            "DB_NAME": "wordpress",
            "DB_USER": "",
            "DB_PASSWORD": "",
            "DB_HOST": "",
            "DB_DIR": str(site.parent / "db"),
        },
        **{"WP_HOME": url, "WP_SITEURL": url, "WP_HTTP_BLOCK_EXTERNAL": True, "WP_ACCESSIBLE_HOSTS": "127.0.0.1"},
        **{"WP_DEBUG": True, "WP_DEBUG_LOG": True, "WP_DEBUG_DISPLAY": False, "DISABLE_WP_CRON": True},
        **{"AUTOMATIC_UPDATER_DISABLED": True, "WP_AUTO_UPDATE_CORE": False, "FS_METHOD": "direct"},
        **constants,
    }
    lines = [f"define( '{name}', {json.dumps(value)} );" for name, value in told.items()]
    lines += [
        "$table_prefix = 'wp_';",
        "defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );",
        "require ABSPATH . 'wp-settings.php';",
    ]
    (site / "wp-config.php").write_text("<?php\n" + "\n".join(lines) + "\n")
