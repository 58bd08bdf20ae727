"""A newsroom: a page in a real Wagtail on SQLite, and a real service beside it."""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request

from django.contrib.auth import get_user_model
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import override_settings
from django.urls import reverse
from isnad_wagtail.models import Check
from wagtail.models import Page

from tests.newsroom.models import Article

PATIENCE = 60.0
SAID = "The mayor said that the old bridge was shut on Monday."


class Service:
    """`isnad serve` in a process of its own, on a data folder of its own; ended by `stop`."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "ISNAD_DATA_DIR": self.folder.name,
            "ISNAD_ALLOW_PRIVATE_URLS": "1",
            "ISNAD_ANALYST": "lexical",
        }
        self.command = [*os.environ["ISNAD_COMMAND"].split()]
        self.process = subprocess.Popen(
            [*self.command, "serve", "--port", str(self.port)], env=self.environment, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until, "the service did not start"
            assert self.process.poll() is None, "the service ended"
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1):
                return True
        except OSError:
            return False

    def secret(self) -> str:
        run = subprocess.run(
            [*self.command, "keys", "webhook-secret"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    def add_coverage(self, *documents: dict[str, str]) -> None:
        lines = "".join(f"{json.dumps(one)}\n" for one in documents).encode()
        request = urllib.request.Request(f"{self.url}/v1/coverage", lines, {"Content-Type": "application/x-ndjson"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            assert answer.status in (200, 207)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.folder.cleanup()


class Newsroom(StaticLiveServerTestCase):
    serialized_rollback = True
    service: Service

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.service = Service()
        cls.enterClassContext(override_settings(ISNAD_URL=cls.service.url))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.service.stop()
        super().tearDownClass()

    def setUp(self) -> None:
        users = get_user_model()
        self.editor = users.objects.create_superuser("editor", "editor@harbour.example", "x")
        self.client.force_login(self.editor)
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root")
        self.page = Article(
            title="Bridge shut",
            lede=f"<p>{SAID}</p>",
            body=[("heading", "What is known"), ("text", "<p>Engineers had found <b>cracks</b>.</p>")],
        )
        root.add_child(instance=self.page)
        self.page.save_revision()

    def shown(self) -> str:
        return self.client.get(reverse("isnad_claims", args=[self.page.id])).content.decode()

    def checked(self) -> Check:
        self.client.post(reverse("isnad_check", args=[self.page.id]))
        until = time.monotonic() + PATIENCE
        while Check.objects.get(page=self.page).is_under_way:
            assert time.monotonic() < until
            self.shown()
            time.sleep(0.2)
        return Check.objects.get(page=self.page)
