"""A WordPress with the plugin, and the real service beside it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from agent.config import Settings
from agent.storage.keys import Scope, open_keys
from evals.servers.cluster import ROOT, Member, until
from evals.servers.wordpress import ADMIN, PASSWORD, WordPress, run_wordpress

# What a value of JSON may be.
Json = Any
# No answer of a site takes so long, on whatever machine.
PATIENCE = 240
EXAMPLE = ROOT / "examples" / "withdrawal"
_IMPATIENT = "add_filter( 'http_request_args', fn( $args ) => array( 'timeout' => 1 ) + $args );"
_SCOPES = (Scope.VERIFY, Scope.READ, Scope.COVERAGE)


class Service:
    """`isnad serve` as a process with the built-in analyst, on a port that it has again after a kill."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.settings = Settings(data_dir=folder / "data")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        told = {"data_dir": str(folder / "data"), "analyst": "lexical", "allow_private_urls": "true", **settings}
        self._environment = {**os.environ, **{f"ISNAD_{name.upper()}": value for name, value in told.items()}}
        self.member = Member(
            [sys.executable, "-m", "agent", "serve", "--port", str(port)],
            self._environment,
            folder / "serve.log",
            forked=True,
        )
        self.member.until_told("Isnad listens on")
        self.name = "cms"
        with open_keys(self.settings) as keys:
            self.key = keys.create(self.name, _SCOPES)
            self.secret = keys.secrets(keys.named(self.name).id)[0]
        headers = {"Authorization": f"Bearer {self.key}"}
        self.http = httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE)

    def close(self) -> None:
        self.http.close()
        self.member.kill()

    def start_again(self) -> None:
        self.member.start()
        self.member.until_told("Isnad listens on")

    def run(self, *arguments: str) -> str:
        """The output of an `isnad` command on the same data folder."""
        command = [sys.executable, "-m", "agent", *arguments]
        ran = subprocess.run(command, env=self._environment, cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def new_key(self, *scopes: Scope) -> str:
        with open_keys(self.settings) as keys:
            return keys.create(f"key-{os.urandom(4).hex()}", scopes or _SCOPES)

    def revoke(self, key: str) -> None:
        with open_keys(self.settings) as keys:
            keys.revoke(key.split("_")[1])

    def add_coverage(self, *documents: Json) -> None:
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents)
        headers = {"Content-Type": "application/x-ndjson"}
        answer = self.http.post("/v1/coverage", content=lines.encode(), headers=headers)
        assert {one["status"] for one in answer.json()["results"]} <= {200, 201}, answer.text

    def documents(self) -> dict[str, Json]:
        """What is stored of this site, by address."""
        listed = self.http.get("/v1/coverage", params={"outlet": "Harbour Post", "limit": 5000}).json()
        return {one["url"]: one for one in listed["documents"]}


class Newsroom:
    """What tests do beside the browser."""

    def __init__(self, site: WordPress, service: Service) -> None:
        self.site = site
        self.service = service

    def use(self, service: Service) -> None:
        """Has the site ask this one."""
        self.service = service
        self.set(url=service.url, key=service.key, secret=service.secret)

    def set(self, **settings: Json) -> None:
        """Settings of the plugin, as its page stores them; `key` and `secret` too."""
        self.site.php(
            "foreach ( array( 'key' => 'isnad_key', 'secret' => 'isnad_webhook_secret' ) as $name => $option ) {"
            " if ( isset( $told[ $name ] ) ) { update_option( $option, $told[ $name ], false ); }"
            " unset( $told[ $name ] ); }"
            " $now = ( new Isnad\\Settings() )->all();"
            " update_option( 'isnad_settings', array_merge( $now, $told ) ); return true;",
            settings,
        )

    def post(self, content: str, **fields: Json) -> int:
        """The id of a new draft."""
        told = {"post_title": "Harbour", "post_content": content, "post_author": 1, **fields}
        made: int = self.site.php("return wp_insert_post( wp_slash( $told ), true );", told)
        return made

    def content(self, post: int) -> str:
        found: str = self.site.php("return get_post( $told )->post_content;", post)
        return found

    def update(self, post: int, **fields: Json) -> None:
        self.site.php("wp_update_post( wp_slash( $told ) ); return true;", {"ID": post, **fields})

    def record(self, post: int) -> Json:
        """The post's check, as the editor gets it."""
        return self.site.php(
            "$record = new Isnad\\Record( $told );"
            " return Isnad\\Check_Routes::shown( $record ) + array( 'summary' => $record->summary() );",
            post,
        )

    def begin(self, post: int, user: str = ADMIN, *, impatient: bool = False) -> Json:
        """What the site answers when somebody has a stored post checked; it may wait a second for the service."""
        return self.rest(
            "POST",
            f"/isnad/v1/posts/{post}/check",
            {"title": self.site.php("return get_post( $told )->post_title;", post), "content": self.content(post)},
            user=user,
            before=_IMPATIENT if impatient else "",
        )

    def rest(self, method: str, route: str, body: Json = None, *, user: str = ADMIN, before: str = "") -> Json:
        """What the site's own REST answers to a user: `status` and `body`."""
        return self.site.php(
            f"{before} wp_set_current_user( get_user_by( 'login', $told['user'] )->ID );"
            " $request = new WP_REST_Request( $told['method'], $told['route'] );"
            " foreach ( (array) $told['body'] as $name => $value ) { $request->set_param( $name, $value ); }"
            " $answer = rest_do_request( $request );"
            " return array( 'status' => $answer->get_status(), 'body' => $answer->get_data() );",
            {"user": user, "method": method, "route": route, "body": body},
        )

    def checked(self, post: int) -> Json:
        """The record of a post once its check has ended."""
        begun = self.begin(post)
        assert begun["status"] == 200, begun
        return self.ended(post)

    def ended(self, post: int) -> Json:
        """The record of a post once its check has ended, for somebody who looks at it."""

        def ended() -> bool:
            return bool(self.rest("GET", f"/isnad/v1/posts/{post}/check")["body"]["state"] != "checking")

        until(ended, "the check to end")
        return self.record(post)

    def wait(self, post: int) -> Json:
        """The record of a post once its check has ended, by the site's own doing; nobody looks at it in an editor."""
        until(lambda: not self.pending(post), "the check to end")
        return self.record(post)

    def pending(self, post: int) -> Json:
        return self.site.php("return ( new Isnad\\Record( $told ) )->pending();", post)

    def add_user(self, name: str, role: str) -> None:
        self.site.php(
            # Nobody is greeted over their work.
            "$made = wp_insert_user( $told );"
            " $name = 'wp_persisted_preferences';"
            " update_user_meta( $made, $name, get_user_meta( 1, $name, true ) );"
            " return $made;",
            {
                "user_login": name,
                "user_pass": PASSWORD,
                "user_email": f"{name}@harbour-post.example",
                "display_name": name.title(),
                "role": role,
            },
        )


@contextmanager
def open_newsroom(made: Path, plugin: Path, folder: Path, **settings: str) -> Iterator[Newsroom]:
    service = Service(folder, **settings)
    try:
        with run_wordpress(made) as site:
            site.add_plugin(plugin)
            newsroom = Newsroom(site, service)
            newsroom.use(service)
            yield newsroom
            assert site.log() == "", site.log()
    finally:
        service.close()


def paragraphs(*texts: str) -> str:
    """Content of a post, as the editor stores it."""
    return "\n\n".join(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in texts)
