"""The site's own published posts as coverage."""

import pytest

from tests.wordpress.newsroom import Newsroom, paragraphs

_ARCHIVE = "$set = new Isnad\\Settings(); $archive = new Isnad\\Archive( new Isnad\\Service( $set ), $set );"
_STATUS = f"{_ARCHIVE} return $archive->status();"


def test_an_archive_of_500_posts_is_sent_and_its_edits_and_deletions_are_followed(newsroom: Newsroom) -> None:
    posts = newsroom.site.php(
        "$made = array(); for ( $n = 0; $n < 500; $n++ ) { $told['post_title'] = \"Story $n\";"
        " $made[] = wp_insert_post( str_replace( '%', $n, $told ) ); } return $made;",
        {
            "post_status": "publish",
            "post_author": 1,
            "post_date": "2026-01-05 10:00:00",
            "post_content": paragraphs("The council of district % said that gate % was shut on Monday."),
        },
    )
    newsroom.post(paragraphs("A draft of the council."), post_status="draft")
    newsroom.post(paragraphs("A secret of the desk."), post_status="private")
    newsroom.post(paragraphs("A locked secret."), post_status="publish", post_password="x")
    # Off until somebody switches it on.
    _work(newsroom)
    assert newsroom.service.documents() == {}
    newsroom.set(archive=True)
    rounds = 0
    while newsroom.site.php(_STATUS)["due"] and rounds < 60:
        # Cut off after each batch, it goes on where it was.
        newsroom.site.php(f"{_ARCHIVE} $archive->batch(); return true;")
        rounds += 1
    assert rounds > 1
    documents = newsroom.service.documents()
    # WordPress comes with one post of its own.
    hello = newsroom.site.php("return get_permalink( 1 );")
    assert set(documents) == {hello, *newsroom.site.php("return array_map( 'get_permalink', $told );", posts)}
    one = documents[newsroom.site.php("return get_permalink( $told );", posts[7])]
    kept = newsroom.service.http.get(f"/v1/coverage/{one['id']}").json()
    assert kept["text"] == "The council of district 7 said that gate 7 was shut on Monday."
    assert kept["published_at"].startswith("2026-01-05T10:00:00")

    newsroom.update(posts[7], post_content=paragraphs("The council of district 7 said that gate 7 was opened."))
    newsroom.site.php("wp_delete_post( $told, true ); return true;", posts[8])
    newsroom.site.php("wp_trash_post( $told ); return true;", posts[9])
    newsroom.update(posts[10], post_status="draft")
    newsroom.update(posts[11], post_password="x")
    urls = newsroom.site.php("return array_map( 'get_permalink', $told );", [posts[7], posts[12]])
    _work(newsroom)
    _work(newsroom)
    after = newsroom.service.documents()
    assert len(after) == len(documents) - 4
    assert "opened" in newsroom.service.http.get(f"/v1/coverage/{after[urls[0]]['id']}").json()["text"]
    assert after[urls[1]] == documents[urls[1]]


def test_what_the_service_refuses_is_not_sent_again_until_it_is_edited(newsroom: Newsroom) -> None:
    newsroom.set(archive=True)
    empty = newsroom.post("<!-- wp:separator --><hr/><!-- /wp:separator -->", post_status="publish")
    _work(newsroom)
    status = newsroom.site.php(_STATUS)
    assert (status["due"], status["refused"]) == (0, 1)
    newsroom.update(empty, post_content=paragraphs("The council said that the last gate was shut."))
    _work(newsroom)
    status = newsroom.site.php(_STATUS)
    assert (status["due"], status["refused"]) == (0, 0)


def test_a_service_that_is_away_costs_nothing(newsroom: Newsroom) -> None:
    newsroom.set(archive=True, url="http://127.0.0.1:9")
    newsroom.post(paragraphs("The council said that the pier was mended."), post_status="publish")
    _work(newsroom)
    assert newsroom.site.php(_STATUS)["due"] == 1
    newsroom.set(url=newsroom.service.url)
    _work(newsroom)
    assert newsroom.site.php(_STATUS)["due"] == 0


def test_the_command_sends_shows_and_takes_out(newsroom: Newsroom) -> None:
    newsroom.set(archive=False)
    first = newsroom.post(paragraphs("The council said that the quay was swept."), post_status="publish")
    newsroom.post(paragraphs("The council said that the quay was painted."), post_status="publish")
    command = ("isnad", "archive")
    before = len(newsroom.service.documents())
    assert newsroom.site.wp(*command, "send", "--limit=1")[-1].endswith("1 due, 0 refused")
    assert newsroom.site.wp(*command, "send", "--batch=1")[-1].endswith("0 due, 0 refused")
    assert len(newsroom.service.documents()) == before + 2
    newsroom.site.php("wp_delete_post( $told, true ); return true;", first)
    newsroom.site.wp(*command, "send")
    assert len(newsroom.service.documents()) == before + 1
    assert newsroom.site.wp(*command, "status")[-1] == f"{before + 1} sent, 0 due, 0 refused"
    assert newsroom.site.wp(*command, "withdraw")[-1].startswith("0 sent")
    assert newsroom.service.documents() == {}
    # Whoever asks what there is to be done is told, and a service that is away is an error with its sentence.
    assert "--limit=<posts>" in "".join(newsroom.site.wp("help", *command, "send"))
    newsroom.set(url="http://127.0.0.1:9")
    with pytest.raises(RuntimeError, match="cannot be reached"):
        newsroom.site.wp(*command, "send")
    newsroom.set(url=newsroom.service.url)


def _work(newsroom: Newsroom) -> None:
    """As the clock does it."""
    newsroom.site.php(
        "wp_clear_scheduled_hook( 'isnad_archive' );"
        " wp_schedule_event( time() - 1, 'hourly', 'isnad_archive' ); return true;"
    )
    newsroom.site.cron()
