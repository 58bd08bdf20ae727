"""Where a key has been made: who may do what on the pages, and what is told to whom."""

import re
from datetime import UTC, datetime

import pytest

from agent.storage.keys import Scope
from tests.doors.api.desk import Desk
from tests.doors.web.visiting import run_visitor, shared_link


def test_a_link_needs_no_key_where_there_are_keys_and_only_the_owner_makes_one(guarded: Desk) -> None:
    keys = {name: guarded.service.keys.create(name, [Scope.VERIFY, Scope.READ]) for name in ("owner", "other")}
    with run_visitor(guarded) as owner, run_visitor(guarded) as other, run_visitor(guarded) as nobody:
        owner.post("/sign-in", key=keys["owner"], next="/")
        other.post("/sign-in", key=keys["other"], next="/")
        place = owner.verified("The mayor said the bridge is shut.")
        link, revoking = shared_link(owner, place)
        assert nobody.get(link).status_code == 200
        assert "/sign-in" in str(nobody.get(place).url)
        assert other.post(f"{place}/shares", days="1").status_code == 404
        assert other.post(revoking).status_code == 404
        assert nobody.get(link).status_code == 200
        owner.post(f"{place}/delete", sure="yes")
        assert nobody.get(link).status_code == 404


def test_the_settings_tell_no_secret_and_folders_to_the_admin_alone(guarded: Desk) -> None:
    for scope, told in ((Scope.READ, False), (Scope.ADMIN, True)):
        key = guarded.service.keys.create(f"settings-{scope}", [scope, Scope.READ])
        with run_visitor(guarded) as visitor:
            visitor.post("/sign-in", key=key, next="/")
            page = visitor.get("/settings").text
            assert (str(guarded.service.settings.data_dir) in page) is told
            assert "ISNAD_WINDOW_DAYS" in page
            assert guarded.service.operator_key not in page


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "…"},
        {"text": "https://harbour.example:22/story"},
        {"text": "The bridge is shut.", "published_at": "soon"},
        {"text": "The bridge is shut.", "published_at": "03/04/2016"},
        {"text": "The bridge is shut.", "url": "nowhere"},
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_page(
    guarded: Desk, language: str, sent: dict[str, str]
) -> None:
    key = guarded.service.keys.create(f"wrong-{language}-{datetime.now(UTC)}", [Scope.VERIFY, Scope.READ])
    with run_visitor(guarded, language) as visitor:
        visitor.post("/sign-in", key=key, next="/")
        answer = visitor.post("/verifications", ticket="0" * 32, **sent)
        assert answer.status_code == 422
        problem = re.search(r'class="problem" id=.*?<p>(.*?)</p>', answer.text, re.DOTALL)
        assert problem is not None
        words = re.sub(r"<[^>]+>|https?://\S*", "", problem[1])
        assert "html or blocks" not in answer.text
        if language == "ar":
            assert not re.search("[a-z]{3,}", words)
        else:
            assert not re.search(r"\b(the|is|not|give)\b", words)


def test_who_may_not_add_coverage_is_told_so(guarded: Desk) -> None:
    key = guarded.service.keys.create("reader", [Scope.VERIFY, Scope.READ])
    with run_visitor(guarded) as visitor:
        visitor.post("/sign-in", key=key, next="/")
        page = visitor.get("/").text
        assert re.search(r'<button class="main" disabled>Try the example', page)
        assert visitor.get("/archive").status_code == 403
        assert visitor.post("/example", ticket="0" * 32).status_code == 403
