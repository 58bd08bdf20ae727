"""Settings, trying the connection, what is checked on save, and what is left when the plugin is gone."""

from collections.abc import Callable

from playwright.sync_api import expect

from agent.storage.keys import Scope
from tests.wordpress.newsroom import Newsroom, paragraphs
from tests.wordpress.people import Editor

GRANARY = "The harbour office said that the granary was closed on Sunday."


def test_the_key_goes_in_and_never_comes_out(newsroom: Newsroom, sign_in: Callable[..., Editor]) -> None:
    newsroom.set(url="", key="", secret="")
    person = sign_in()
    page = person.page
    person.admin("options-general.php?page=isnad")
    page.fill("#isnad-url", f"{newsroom.service.url}/")
    page.fill("#isnad_key", newsroom.service.key)
    page.fill("#isnad_webhook_secret", newsroom.service.secret)
    page.click("#submit")
    page.wait_for_url("**settings-updated=true**")
    assert newsroom.service.key not in page.content()
    assert newsroom.service.secret not in page.content()
    page.click("#isnad-test")
    expect(page.locator("#isnad-tested li")).to_have_count(4)
    assert page.locator("#isnad-tested .isnad-bad").count() == 0
    # Saved once more with empty fields, both are kept.
    with page.expect_navigation():
        page.click("#submit")
    stored = newsroom.site.php(
        "$set = new Isnad\\Settings(); return array( $set->url(), $set->key(), $set->secret() );"
    )
    assert stored == [newsroom.service.url, newsroom.service.key, newsroom.service.secret]
    person.admin(f"post.php?post={newsroom.post(paragraphs(GRANARY))}&action=edit")
    page.wait_for_function("() => window.wp?.data?.select('isnad')?.record()")
    for kept in (newsroom.service.key, newsroom.service.secret, newsroom.service.url):
        assert kept not in page.content()


def test_the_connection_says_what_is_wrong(newsroom: Newsroom) -> None:
    def steps() -> list[bool]:
        return [one["ok"] for one in newsroom.rest("POST", "/isnad/v1/connection")["body"]]

    newsroom.set(archive=True)
    assert steps() == [True, True, True, True, True]
    newsroom.set(key=newsroom.service.new_key(Scope.VERIFY, Scope.READ))
    assert steps() == [True, True, True, False]
    newsroom.set(key=newsroom.service.new_key(Scope.READ), archive=False)
    assert steps() == [True, True, False]
    newsroom.set(key="isnad_nobody")
    assert steps() == [True, False]
    newsroom.set(key=newsroom.service.key, url="http://127.0.0.1:9")
    assert steps() == [False]
    newsroom.set(url=newsroom.service.url, secret="none")
    assert steps() == [True, True, True, False]
    # Signed with another secret than the site has: the service was refused, and the site says so.
    newsroom.set(secret="whsec_" + "A" * 32)
    newsroom.checked(newsroom.post(paragraphs(GRANARY)))
    told = newsroom.rest("POST", "/isnad/v1/connection")["body"][-1]
    assert (told["ok"], "refused" in told["said"]) == (False, True)
    newsroom.set(secret=newsroom.service.secret)
    newsroom.add_user("nadia", "editor")
    assert newsroom.rest("POST", "/isnad/v1/connection", user="nadia")["status"] == 403


def test_what_a_form_sends_is_cleaned(newsroom: Newsroom) -> None:
    sent = {
        "url": "https://name:word@isnad.example/",
        "outlet": "<b>Post</b>",
        "language": "no language",
        "categories": ["1", "x", "-2"],
        "ask_note": "1",
        "more": "x",
    }
    assert newsroom.site.php("return Isnad\\Settings::clean( $told );", sent) == {
        "url": "",
        "outlet": "Post",
        "language": "",
        "categories": [1, 2],
        "ask_note": True,
        "claims": False,
        "archive": False,
    }
    for url in ("javascript:alert(1)", "file:///etc/passwd", ["x"]):
        assert newsroom.site.php("return Isnad\\Settings::clean( $told )['url'];", {"url": url}) == ""


def test_posts_of_chosen_categories_are_checked_when_they_are_saved(newsroom: Newsroom) -> None:
    politics = newsroom.site.php("return wp_insert_term( 'Politics', 'category' )['term_id'];")
    newsroom.set(categories=[politics])
    watched = newsroom.post(paragraphs(GRANARY + " It was full."), post_category=[politics])
    other = newsroom.post(paragraphs(GRANARY + " It was dry."))
    newsroom.site.cron()
    record = newsroom.wait(watched)
    assert (record["state"], record["checked_by"]) == ("checked", "Harbour Post")
    assert newsroom.record(other)["state"] == "never"
    # Saved without a change of its text it is not checked again.
    newsroom.update(watched, post_title="Another title")
    assert not newsroom.site.php("return wp_next_scheduled( 'isnad_check_saved', array( $told ) );", watched)
    newsroom.update(watched, post_content=paragraphs(GRANARY + " It was on fire."))
    assert newsroom.record(watched)["summary"]["changed"] is True
    assert newsroom.site.php("return wp_next_scheduled( 'isnad_check_saved', array( $told ) );", watched)


def test_what_saves_itself_while_somebody_writes_is_not_checked(newsroom: Newsroom) -> None:
    ports = newsroom.site.php("return wp_insert_term( 'Ports', 'category' )['term_id'];")
    newsroom.set(categories=[ports])
    post = newsroom.post(paragraphs(GRANARY), post_category=[ports])
    newsroom.site.cron()
    newsroom.wait(post)
    scheduled = "return (bool) wp_next_scheduled( 'isnad_check_saved', array( $told ) );"
    half = {"content": paragraphs(GRANARY + " It was half")}
    assert newsroom.rest("POST", f"/wp/v2/posts/{post}/autosaves", half)["status"] == 200
    assert newsroom.content(post) == half["content"]
    assert newsroom.record(post)["summary"]["changed"] is True
    assert not newsroom.site.php(scheduled, post)
    newsroom.update(post, post_content=paragraphs(GRANARY + " It was half empty."))
    assert newsroom.site.php(scheduled, post)


def test_the_list_of_posts_has_the_counts(newsroom: Newsroom, sign_in: Callable[..., Editor]) -> None:
    post = newsroom.post(paragraphs(GRANARY), post_title="Granary shut")
    newsroom.checked(post)
    person = sign_in()
    person.admin("edit.php")
    row = person.page.locator(f"#post-{post} .column-isnad_claims")
    expect(row.locator(".isnad-unsourced")).to_have_text("1 unsourced")
    newsroom.update(post, post_content=paragraphs(GRANARY + " It burns."))
    person.admin("edit.php")
    expect(row).to_contain_text("Text changed since")


def test_nothing_is_left_when_the_plugin_is_deleted(newsroom: Newsroom) -> None:
    newsroom.set(archive=True)
    newsroom.checked(newsroom.post(paragraphs(GRANARY)))
    left = newsroom.site.php(
        "require_once ABSPATH . 'wp-admin/includes/plugin.php'; require_once ABSPATH . 'wp-admin/includes/file.php';"
        " deactivate_plugins( 'isnad/isnad.php' ); delete_plugins( array( 'isnad/isnad.php' ) ); global $wpdb;"
        " return array_merge("
        " $wpdb->get_col( \"SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%isnad%'\" ),"
        " $wpdb->get_col( \"SELECT meta_key FROM {$wpdb->postmeta} WHERE meta_key LIKE '%isnad%'\" ),"
        " array_filter( array_map( fn( $role ) => ! empty( $role['capabilities']['isnad_check'] ),"
        " wp_roles()->roles ) ),"
        " array_filter( array_keys( array_merge( ...array_values( _get_cron_array() ) ) ), fn( $hook ) =>"
        " str_starts_with( $hook, 'isnad' ) ) );"
    )
    assert left == []
