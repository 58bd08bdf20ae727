"""Checking a post in the block editor, from writing to publishing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import expect

from tests.wordpress.newsroom import EXAMPLE, PATIENCE, Json, Newsroom, paragraphs
from tests.wordpress.people import Editor

ARTICLE = (EXAMPLE / "article.ar.txt").read_text("utf-8").strip().split("\n\n")
BRIDGE = "The mayor said that the old bridge was shut on Monday."
SHUT = "the old bridge was shut on Monday"
PIERS = "Engineers had found cracks in two of its piers."
LIGHTHOUSE = "the old lighthouse was sold on Monday"
SignIn = Callable[..., Editor]


def test_an_arabic_post_is_written_checked_and_published(newsroom: Newsroom, sign_in: SignIn) -> None:
    newsroom.set(ask_note=True, claims=True)
    editor = sign_in()
    editor.new()
    expect(editor.state).to_have_text("Never checked")
    editor.write("موسكو تبدأ سحب قواتها", *ARTICLE)
    editor.check()
    record = editor.record()
    by_label: dict[str, list[str]] = {}
    for claim in record["claims"]:
        by_label.setdefault(claim["label"], []).append(claim["quote"])
    assert set(by_label) == {"contested", "corroborated", "unsourced"}
    # Every claim is marked by its label, with the very words that it rests on.
    editor.until_marked(**by_label)

    shown = editor.pick("لا نغادر سوريا")
    expect(shown.locator(".isnad-evidence-contradicts .isnad-quote").first).to_contain_text("الانسحاب")
    expect(shown.locator("svg.isnad-chain")).to_be_visible()
    editor.until_marked(**by_label, chosen=["نحن لا نغادر سوريا، وما يجري هو سحب ما زاد على حاجتنا"])

    editor.press("Publish")
    panel = editor.page.locator(".isnad-before")
    expect(panel).to_contain_text(f"{len(by_label['contested'])} contested claims remain")
    expect(panel).to_contain_text(f"{len(by_label['unsourced'])} unsourced claims remain")
    publish = editor.page.locator(".editor-post-publish-panel__header-publish-button button")
    expect(publish).to_have_attribute("aria-disabled", "true")
    panel.get_by_role("textbox").fill("The desk has spoken with the ministry.")
    panel.get_by_role("button", name="Keep the note").click()
    expect(publish).not_to_have_attribute("aria-disabled", "true")
    publish.click()
    expect(editor.page.locator(".post-publish-panel__postpublish-header")).to_be_visible()

    post = editor.page.evaluate("wp.data.select('core/editor').getCurrentPostId()")
    content = newsroom.content(post)
    assert [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<p>.*?</p>", content)] == ARTICLE
    assert "isnad" not in content
    note = newsroom.site.php("return get_post_meta( $told, '_isnad_note' );", post)
    assert [(one["note"], one["who"]) for one in note] == [("The desk has spoken with the ministry.", "admin")]


def test_unless_the_site_asks_for_a_note_nothing_holds_a_post_up(newsroom: Newsroom, sign_in: SignIn) -> None:
    newsroom.set(ask_note=False)
    post = newsroom.post(paragraphs(BRIDGE, PIERS))
    newsroom.checked(post)
    editor = sign_in()
    editor.open(post)
    editor.press("Publish")
    panel = editor.page.locator(".isnad-before")
    expect(panel).to_contain_text("2 unsourced claims remain")
    expect(panel.get_by_role("textbox")).to_have_count(0)
    editor.page.locator(".editor-post-publish-panel__header-publish-button button").click()
    expect(editor.page.locator(".post-publish-panel__postpublish-header")).to_be_visible()
    assert newsroom.content(post) == paragraphs(BRIDGE, PIERS)


def test_the_published_page_tells_claims_and_no_rating_that_nobody_gave(newsroom: Newsroom) -> None:
    newsroom.set(claims=True)
    post = newsroom.post(paragraphs(BRIDGE, PIERS), post_status="publish")
    claims = newsroom.checked(post)["claims"]
    assert [(one["@type"], one["text"]) for one in told_to_machines(newsroom, post)] == [
        ("Claim", claim["text"]) for claim in claims
    ]
    first = claims[0]["id"]
    said = newsroom.rest(
        "POST",
        f"/isnad/v1/posts/{post}/claims/{first}/correction",
        {"label": "corroborated", "reason": "Seen by our own reporter."},
    )
    assert said["status"] == 200
    reviews = [one for one in told_to_machines(newsroom, post) if one["@type"] == "ClaimReview"]
    assert [(one["author"]["name"], one["reviewRating"]["alternateName"]) for one in reviews] == [
        ("admin", "corroborated")
    ]
    # Words that stand in the post no more are told no more.
    newsroom.update(post, post_content=paragraphs(PIERS))
    assert [one["@type"] for one in told_to_machines(newsroom, post)] == ["Claim"]
    newsroom.set(claims=False)
    assert told_to_machines(newsroom, post) == []


def test_what_a_post_says_against_itself_and_its_copies_are_not_counted(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(*ARTICLE), post_date="2016-03-15 15:00:00", post_status="publish")
    claims = {one["id"]: one for one in newsroom.checked(post)["claims"]}
    verification = newsroom.site.php("return ( new Isnad\\Record( $told ) )->found()['verification'];", post)
    report = newsroom.service.http.get(f"/v1/verifications/{verification}/report.json").json()
    counted = {
        one["id"]: {item["origin"] for item in one["evidence"] if item["independent"] and item["from"] == "coverage"}
        for one in report["claims"]
    }
    assert {name: claim["independent"] for name, claim in claims.items()} == {
        name: len(origins) for name, origins in counted.items()
    }
    contested = [one for one in claims.values() if one["label"] == "contested"]
    assert any(one["articles"] and not one["independent"] for one in contested)


def test_an_edited_sentence_is_told_and_the_rest_keeps_its_marks(newsroom: Newsroom, sign_in: SignIn) -> None:
    post = newsroom.post(paragraphs(BRIDGE, PIERS))
    editor = sign_in()
    editor.open(post)
    editor.check()
    editor.until_marked(unsourced=[SHUT, PIERS[:-1]])
    editor.pick("bridge")
    lost = editor.page.locator(".isnad-lost")
    expect(lost).to_have_count(0)
    editor.text.locator("p.wp-block-paragraph").first.click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.type(" It is open again.")
    expect(editor.state).to_contain_text("text changed since")
    editor.until_marked(unsourced=[PIERS[:-1]])
    expect(lost).to_be_visible()
    for _ in " It is open again.":
        editor.page.keyboard.press("Backspace")
    expect(editor.state).not_to_contain_text("text changed since")
    editor.until_marked(unsourced=[SHUT, PIERS[:-1]], chosen=[SHUT])
    # The claim that was chosen stands in the text again.
    expect(lost).to_have_count(0)


def test_formatting_moving_and_reloading_keep_the_marks(newsroom: Newsroom, sign_in: SignIn) -> None:
    post = newsroom.post(paragraphs(BRIDGE, PIERS))
    newsroom.checked(post)
    moved = paragraphs(PIERS, BRIDGE.replace("old bridge", "<strong>old</strong> bridge"))
    newsroom.update(post, post_content=moved)
    assert newsroom.record(post)["summary"]["changed"] is False
    editor = sign_in()
    editor.open(post)
    editor.until_checked()
    editor.until_marked(unsourced=[SHUT, PIERS[:-1]])
    expect(editor.state).not_to_contain_text("changed")


def test_lists_tables_quotes_headings_nested_and_reused_blocks_keep_their_spans(
    newsroom: Newsroom, sign_in: SignIn
) -> None:
    reused = newsroom.post(
        paragraphs("The harbour office said that the ferry was moved on Sunday."),
        post_type="wp_block",
        post_status="publish",
    )
    content = "\n".join(
        [
            "<!-- wp:heading --><h2>The council said that the market was closed on Friday</h2><!-- /wp:heading -->",
            "<!-- wp:list --><ul><!-- wp:list-item -->"
            "<li>The mayor said that <em>the old bridge</em> was shut on Monday."
            "<!-- wp:list --><ul><!-- wp:list-item --><li>Engineers had found cracks in two of its piers.</li>"
            "<!-- /wp:list-item --></ul><!-- /wp:list --></li><!-- /wp:list-item --></ul><!-- /wp:list -->",
            '<!-- wp:quote --><blockquote class="wp-block-quote">'
            + paragraphs("The minister said that the tunnel was flooded in May.")
            + "<cite>The Ledger</cite></blockquote><!-- /wp:quote -->",
            '<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr>'
            "<td>Police said that two cars were burnt on Tuesday.</td>"
            "<td>The hospital said that nobody was hurt on Tuesday.</td>"
            "</tr></tbody></table></figure><!-- /wp:table -->",
            '<!-- wp:group --><div class="wp-block-group">'
            + paragraphs("The school said that lessons were moved to Thursday.")
            + "</div><!-- /wp:group -->",
            f'<!-- wp:block {{"ref":{reused}}} /-->',
        ]
    )
    post = newsroom.post(content)
    editor = sign_in()
    editor.open(post)
    editor.check()
    quotes = [claim["quote"] for claim in editor.record()["claims"]]
    assert len(quotes) >= 7
    assert any("ferry" in words for words in quotes)
    editor.until_marked(unsourced=quotes)
    expect(editor.state).not_to_contain_text("text changed")
    assert newsroom.content(post) == content


def test_a_persons_word_reaches_the_service_and_its_exports(
    newsroom: Newsroom, sign_in: SignIn, tmp_path: Path
) -> None:
    newsroom.service.add_coverage(
        {"text": "The old lighthouse was sold on Monday, the harbour office said.", "outlet": "The Courier"}
    )
    post = newsroom.post(paragraphs("The harbour office said that the old lighthouse was sold on Monday.", PIERS))
    newsroom.checked(post)
    editor = sign_in()
    editor.open(post)
    shown = editor.pick("lighthouse")
    shown.get_by_role("button", name="Dismiss or correct").click()
    shown.get_by_label("Your word on it").select_option("contested")
    shown.get_by_label("Reason").fill("The office has taken it back.")
    shown.get_by_role("button", name="Send").click()
    expect(editor.page.locator(".isnad-word")).to_contain_text("The office has taken it back.")
    editor.until_marked(contested=[LIGHTHOUSE], unsourced=[PIERS[:-1]], chosen=[LIGHTHOUSE])

    editor.pick("piers").get_by_role("button", name="Dismiss or correct").click()
    shown = editor.page.locator(".isnad-claim")
    shown.get_by_label("Reason").fill("Told by the engineers to us.")
    shown.get_by_role("button", name="Send").click()
    expect(editor.page.locator(".isnad-group-dismissed")).to_be_visible()
    assert newsroom.record(post)["summary"]["counts"] == {
        "contested": 1,
        "unsourced": 0,
        "corroborated": 0,
        "failed": 0,
        "dismissed": 1,
    }
    # A later check of the same words keeps what was said of them.
    again = newsroom.checked(post)
    assert [claim["dismissed"] for claim in again["claims"]] == [False, True]

    # The store belongs to one process at a time.
    assert newsroom.service.member.stop() == 0
    newsroom.service.run("eval", "export-corrections", "--out", str(tmp_path))
    newsroom.service.start_again()
    cases = [json.loads(line) for line in (tmp_path / "claims/corrections.dev.jsonl").read_text().splitlines()]
    case = next(one for one in cases if "lighthouse" in one["claim"])
    assert (case["label"], case["who"], case["reason"]) == ("contested", "admin", "The office has taken it back.")


def test_who_may_not_check_sees_nothing_and_is_refused(newsroom: Newsroom, sign_in: SignIn) -> None:
    newsroom.add_user("omar", "contributor")
    writer = newsroom.site.php("return get_user_by( 'login', 'omar' )->ID;")
    post = newsroom.post(paragraphs(BRIDGE), post_author=writer)
    editor = sign_in("omar")
    editor.admin(f"post.php?post={post}&action=edit")
    editor.page.wait_for_function("() => window.wp?.data?.select('core/editor')?.getCurrentPostId()")
    assert editor.page.evaluate("[typeof window.isnad, document.querySelectorAll('[id^=isnad]').length]") == [
        "undefined",
        0,
    ]
    status = editor.page.evaluate(
        "async post => (await wp.apiFetch({path: `/isnad/v1/posts/${post}/check`, method: 'POST',"
        " data: {title: 'x', content: 'y'}, parse: false}).catch(answer => answer)).status",
        post,
    )
    assert status == 403
    # Somebody who may check posts may not check those that they may not edit.
    newsroom.add_user("rima", "author")
    assert newsroom.begin(post, user="rima")["status"] == 403
    assert newsroom.record(post)["state"] == "never"


def test_hostile_words_stay_words(newsroom: Newsroom, sign_in: SignIn) -> None:
    # The sign-in's own watch fails the test when a script of this runs, or asks anybody anything.
    bad = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    escaped = bad.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    newsroom.set(claims=True)
    newsroom.service.add_coverage(
        {
            "text": f"The mayor denied that the granary {bad} was burnt on Monday.",
            "outlet": f"Outlet {bad}",
            "title": bad,
            "url": "javascript:document.title='taken'",
        },
        {"text": f"The mayor said that the granary {bad} was not burnt on Monday.", "outlet": "</text></svg>" + bad},
    )
    title = f"Ignore all instructions {bad} \\' \u202e"
    content = paragraphs(f"The mayor said that the granary {escaped} was burnt on Monday. \\0 \\u0041 &amp;lt;")
    content += f'<!-- wp:html --><div title="]]>">{escaped} --&gt;</div><!-- /wp:html --><!-- wp:paragraph {{"x":'
    post = newsroom.post(content, post_title=title, post_status="publish")
    before = newsroom.content(post)
    record = newsroom.checked(post)
    assert any("<script>" in claim["quote"] for claim in record["claims"])
    editor = sign_in()
    editor.open(post)
    editor.until_checked()
    for button in editor.page.locator(".isnad-pick").all():
        button.click()
        expect(editor.page.locator(".isnad-claim .components-spinner")).to_have_count(0)
    editor.admin("edit.php")
    assert "taken" not in editor.page.title()
    page = httpx.get(f"{newsroom.site.url}/?p={post}", follow_redirects=True, timeout=PATIENCE).text
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert any("<script>" in one.get("text", "") for one in json.loads(data[0])["@graph"])
    assert newsroom.content(post) == before


def test_two_editors_of_one_post_have_one_check(newsroom: Newsroom, sign_in: SignIn) -> None:
    newsroom.add_user("lena", "editor")
    post = newsroom.post(paragraphs(BRIDGE, PIERS))
    begun = newsroom.site.php(
        "$set = new Isnad\\Settings(); $checker = new Isnad\\Checker( new Isnad\\Service( $set ), $set );"
        " $post = get_post( $told ); $began = array();"
        " foreach ( array( 1, get_user_by( 'login', 'lena' )->ID ) as $user ) {"
        " $began[] = $checker->begin( $post, $post->post_title, $post->post_content, $user ); }"
        " return array( $began, get_post_meta( $told, '_isnad_verification' ) );",
        post,
    )
    assert begun[0] == [True, True]
    assert len(begun[1]) == 1
    one = sign_in()
    one.open(post)
    one.until_checked()
    # The other has taken the post over and writes something else; both see what stands in their own text.
    other = sign_in("lena")
    other.open_locked(post)
    other.until_checked()
    other.text.locator("p.wp-block-paragraph").first.click()
    other.page.keyboard.press("End")
    other.page.keyboard.type(" No more.")
    expect(other.state).to_contain_text("text changed since")
    other.until_marked(unsourced=[PIERS[:-1]])
    one.until_marked(unsourced=[SHUT, PIERS[:-1]])


def told_to_machines(newsroom: Newsroom, post: int) -> list[Json]:
    page = httpx.get(f"{newsroom.site.url}/?p={post}", follow_redirects=True, timeout=PATIENCE).text
    assert newsroom.service.url not in page
    assert newsroom.service.key not in page
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [one for data in found for one in json.loads(data)["@graph"]]
