"""What a post keeps when people edit the claims of its report: none that was set aside, no label of other words."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_PHP = shutil.which("php")
pytestmark = pytest.mark.skipif(_PHP is None, reason="there is no PHP here")
_INCLUDES = Path(__file__).parents[2] / "integrations/wordpress/isnad/includes"
# As much of WordPress as these classes ask for.
_SITE = r"""<?php
define( 'ABSPATH', '/' );
define( 'DAY_IN_SECONDS', 86400 );
$meta = array(); $options = array();
function wp_check_invalid_utf8( $text ) { return $text; }
function wp_slash( $value ) { return $value; }
function esc_url_raw( $url ) { return $url; }
function get_post( $id ) { return null; }
function wp_list_pluck( $list, $name ) { return array_column( $list, $name ); }
function get_post_meta( $id, $name, $single = false ) { global $meta; $all = $meta[ $name ] ?? array(); return $single ? ( $all[0] ?? '' ) : $all; }
function add_post_meta( $id, $name, $value ) { global $meta; $meta[ $name ][] = $value; }
function update_post_meta( $id, $name, $value ) { global $meta; $meta[ $name ] = array( $value ); }
function get_option( $name, $default = false ) { global $options; return $options[ $name ] ?? $default; }
function update_option( $name, $value ) { global $options; $options[ $name ] = $value; }
function is_wp_error( $value ) { return false; }
// What WordPress brings where PHP has no mbstring.
if ( ! function_exists( 'mb_substr' ) ) {
	function mb_substr( $text, $start, $length = null ) { preg_match_all( '/./us', $text, $all ); return implode( '', array_slice( $all[0], $start, $length ) ); }
	function mb_strlen( $text ) { return preg_match_all( '/./us', $text ); }
}
foreach ( array( 'article', 'findings', 'record', 'checker' ) as $name ) { require $argv[1] . "/class-$name.php"; }
$told = json_decode( stream_get_contents( STDIN ), true );
"""  # noqa: E501  # one function a line
_LOOK = r"""
namespace Isnad;
class Settings {}
class Service {
	public $report;
	public $blocks;
	public function get( $path ) {
		$is_report = str_ends_with( $path, 'report.json' );
		return array( 'status' => 200, 'etag' => '"2"', 'body' => $is_report ? $this->report : array( 'blocks' => $this->blocks ) );
	}
}
$service = new Service();
$service->report = $told['report'];
$service->blocks = $told['blocks'];
$record = new Record( 1 );
$record->keep( $told['found'] );
foreach ( $told['words'] as $word ) { $record->add_word( $word ); }
( new Checker( $service, new Settings() ) )->look_again( $record );
echo json_encode( array( 'claims' => $record->claims(), 'summary' => $record->summary(), 'blocks' => $record->found()['blocks'], 'changes' => $record->changes() ) );
"""  # noqa: E501
_TEXT = "The quay opened on Monday. The ferry is late. The fares stay low."


def _claim(number: int, quote: str, label: str, text: str = "") -> dict[str, Any]:
    start = _TEXT.index(quote)
    return {
        "id": f"c{number}",
        "text": text or quote,
        "quote": quote,
        "label": label,
        "spans": [{"start": start, "end": start + len(quote)}],
    }


def _looked(tmp_path: Path, claims: list[dict[str, Any]], edits: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    before = [
        _claim(1, "The quay opened", "contested"),
        _claim(2, "The ferry is late", "unsourced"),
        _claim(3, "The fares stay low", "unsourced"),
    ]
    letters = _TEXT.replace(" ", "")
    spans = [
        [one["id"], at := letters.index(words := one["quote"].replace(" ", "")), at + len(words)] for one in before
    ]
    found = {
        "verification": "f" * 32,
        "etag": '"1"',
        "checked_at": 1,
        "claims": before,
        "blocks": [{"letters": letters, "spans": spans}],
    }
    places = [{"claim_id": one["id"], **one["spans"][0]} for one in claims]
    told = {
        "found": found,
        "words": more.get("words", []),
        "report": {"claims": claims, "edits": edits, "article": {"text": _TEXT}},
        "blocks": [{"id": "b0", "spans": places}],
    }
    script = tmp_path / "look.php"
    script.write_text(
        _SITE.replace("<?php", "<?php namespace {", 1)
        + "}"
        + _LOOK.replace("namespace Isnad;", "namespace Isnad {", 1)
        + "}"
    )
    run = subprocess.run(
        [str(_PHP), "-d", "display_errors=stderr", str(script), str(_INCLUDES)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    looked: dict[str, Any] = json.loads(run.stdout)
    return looked


def _edit(kind: str, *claim_ids: str) -> dict[str, Any]:
    return {"kind": kind, "claim_ids": list(claim_ids), "edited_at": "2026-03-16T09:00:00Z"}


def test_what_was_set_aside_is_neither_counted_nor_marked(tmp_path: Path) -> None:
    left = [_claim(2, "The ferry is late", "unsourced"), _claim(3, "The fares stay low", "contested")]
    told = _looked(tmp_path, left, [_edit("set_aside")])
    assert [one["id"] for one in told["claims"]] == ["c2", "c3"]
    assert (told["summary"]["counts"]["contested"], told["summary"]["counts"]["unsourced"]) == (1, 1)
    assert [span[0] for span in told["blocks"][0]["spans"]] == ["c2", "c3"]
    assert [(one["claim"], one["before"], one["after"]) for one in told["changes"]] == [
        ("c3", "unsourced", "contested")
    ]


def test_what_a_person_edited_is_no_news_of_later_coverage(tmp_path: Path) -> None:
    now = [
        _claim(1, "The quay opened on Monday", "corroborated", "It opened."),
        _claim(3, "The fares stay low", "unsourced"),
        _claim(4, "ferry is late", "contested"),
    ]
    told = _looked(tmp_path, now, [_edit("reword", "c1"), _edit("split", "c4")])
    assert told["changes"] == []
    letters = told["blocks"][0]["letters"]
    marked = {one[0]: letters[one[1] : one[2]] for one in told["blocks"][0]["spans"]}
    assert marked == {"c1": "ThequayopenedonMonday", "c3": "Thefaresstaylow", "c4": "ferryislate"}


@pytest.mark.parametrize(("kind", "standing"), [("reword", "contested"), ("restore", "corroborated")])
def test_a_word_on_the_old_wording_is_none_on_the_new_one(tmp_path: Path, kind: str, standing: str) -> None:
    word = {"letters": "Thequayopened", "label": "corroborated", "dismissed": False, "at": 1000}
    now = [_claim(1, "The quay opened", "contested", "The new quay opened.")]
    told = _looked(tmp_path, now, [_edit(kind, "c1")], words=[word])
    assert told["claims"][0]["standing"] == standing
