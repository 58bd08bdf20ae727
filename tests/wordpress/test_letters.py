"""The site and the editor read the same words out of every kind of block, however old or broken."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.wordpress.newsroom import Newsroom, paragraphs
from tests.wordpress.people import Editor

SignIn = Callable[..., Editor]
BRIDGE = "The mayor said that the old bridge was shut on Monday."
PIERS = "Engineers had found cracks in two of its piers."
TUNNEL = "The minister said that the tunnel was flooded in May."
MARKET = "The council said that the market was closed on Friday."
SCHOOL = "The school said that lessons were moved to Thursday."
QUOTES = [
    "the old bridge was shut on Monday",
    PIERS[:-1],
    "the tunnel was flooded in May",
    "the market was closed on Friday",
    "lessons were moved to Thursday",
]
# Before WordPress 6 a list and a quotation were one block each.
OLD = (
    f"<!-- wp:list --><ul><li>{BRIDGE}<ul><li>{PIERS}</li></ul></li><li>{MARKET}</li></ul><!-- /wp:list -->"
    f'<!-- wp:quote --><blockquote class="wp-block-quote"><p>{TUNNEL}</p><p>{SCHOOL}</p><cite>The Ledger</cite>'
    "</blockquote><!-- /wp:quote -->"
)
CLASSIC = f"{BRIDGE} {PIERS}\n\n{TUNNEL}\n<ul>\n<li>{MARKET}</li>\n</ul>\n<blockquote>{SCHOOL}</blockquote>"
BLOCKS = {
    "entities": "<p>A &amp; B &lt;c&gt; &hellip; &nbsp;x &#133; &#x92; &check; &AMP; &apos; &zwnj; &shy;y</p>",
    "of Word": "<p>It&#146;s &#147;so&#148;.</p>",
    "spaces": "<p>a\u0085b\u180ec\u200bd\u2060e\u00adf\u200cg\u200dh\u2028i\u2029j\ufeffk\u001cl\u0001m</p>",
    "outside of the plane": "<p>Family 👨‍👩‍👧 said 𝒳 to 🇸🇾.</p>",
    "Persian": "<p>وزیر گفت که می‌رود و «کتاب‌ها» را می‌خواند؛ ۱۲ نفر.</p>",
    "French": "<p>« Le maire », dit-il, « ferme le pont&nbsp;! » — l’eau : 3\u202f000 m².</p>",
    "unclosed": '<p>Unclosed <b>bold <i>cross</b> end</i> <a href="x>y</p>',
    "less than": "<p>1 < 2 and 3 > 2 & so <5</p>",
    "a comment": "<p>Before <!-- hidden --> after</p>",
    "ruby": "<p>漢<ruby>字<rt>ji</rt></ruby> <mark>m</mark> <kbd>k</kbd><br>z</p>",
    "not a paragraph": "<div>Not a paragraph</div>",
}
OTHERS = {
    "classic": 'First line.\nSecond line.\n\nNew <b>one</b> [gallery ids="1"] end.\n<ul>\n<li>one</li>\n</ul>',
    "classic with more": "Intro words.<!--more-->Rest of words.\n\n<!--nextpage-->\nPage two.",
    "mixed": "Loose text.\n\n<!-- wp:paragraph --><p>Block.</p><!-- /wp:paragraph -->\n\nTail text.",
    "quotation": '<!-- wp:quote --><blockquote class="wp-block-quote"><!-- wp:paragraph --><p>Said.</p>'
    "<!-- /wp:paragraph --><cite>Who</cite></blockquote><!-- /wp:quote -->",
    "pulled out": '<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Pulled out.</p>'
    "<cite>Her</cite></blockquote></figure><!-- /wp:pullquote -->",
    "caption": '<!-- wp:image {"id":9} --><figure class="wp-block-image"><img src="/x.png" alt="An alt" '
    'class="wp-image-9"/><figcaption class="wp-element-caption">The caption.</figcaption></figure><!-- /wp:image -->',
    "gallery": '<!-- wp:gallery {"linkTo":"none"} --><figure class="wp-block-gallery has-nested-images '
    'columns-default is-cropped"><!-- wp:image --><figure class="wp-block-image"><img src="a.png" alt=""/>'
    '<figcaption class="wp-element-caption">One</figcaption></figure><!-- /wp:image --><figcaption '
    'class="blocks-gallery-caption wp-element-caption">All</figcaption></figure><!-- /wp:gallery -->',
    "verse": '<!-- wp:verse --><pre class="wp-block-verse">Line one\nline two</pre><!-- /wp:verse -->',
    "code": '<!-- wp:code --><pre class="wp-block-code"><code>if (a &lt; b) { &#091;x] }</code></pre>'
    "<!-- /wp:code -->",
    "details": '<!-- wp:details --><details class="wp-block-details"><summary>Sum</summary><!-- wp:paragraph -->'
    "<p>Inside.</p><!-- /wp:paragraph --></details><!-- /wp:details -->",
    "html": "<!-- wp:html --><div>Raw <template>tpl</template><noscript>no</noscript><style>p{color:red}</style>"
    '<script>var x="</b>";</script><svg><text>svg</text></svg><textarea>ta</textarea></div><!-- /wp:html -->',
    "unknown": '<!-- wp:acme/box {"a":1} --><div class="acme">Of another plugin</div><!-- /wp:acme/box -->',
    "made when shown": "<!-- wp:latest-posts /--><!-- wp:shortcode -->[x]inside[/x]<!-- /wp:shortcode -->",
}
CONTENTS = {
    **{name: f"<!-- wp:paragraph -->{html}<!-- /wp:paragraph -->" for name, html in BLOCKS.items()},
    **OTHERS,
}


def test_the_site_and_the_editor_read_the_same_letters(newsroom: Newsroom, sign_in: SignIn) -> None:
    on_site = newsroom.site.php(
        "return array_map( fn( $one ) => array_column( Isnad\\Article::blocks( $one ), 'letters' ), $told );",
        CONTENTS,
    )
    assert on_site["quotation"] == ["Said.", "Who"]
    assert on_site["html"] == ["Rawsvgta"]
    assert on_site["made when shown"] == []
    editor = sign_in()
    editor.new()
    in_editor = editor.page.evaluate(
        "all => Object.fromEntries(Object.entries(all).map(([name, content]) =>"
        " [name, isnad.blocks(wp.blocks.parse(content)).map(block => block.letters)]))",
        CONTENTS,
    )
    assert in_editor == on_site


@pytest.mark.parametrize(
    "texts",
    [
        ["وزیر گفت که پل قدیمی روز دوشنبه بسته می‌شود.", "مهندسان در دو پایه‌ی پل ترک‌هایی پیدا کرده بودند."],
        ["قال الوزير إنّ الجسر القديم أُغلق يوم الاثنين.", "وجد المهندسون شقوقًا في اثنتين من دعائمه."],
        [
            "Le maire a dit que « le vieux pont&nbsp;» a été fermé lundi.",
            "Des ingénieurs ont trouvé 3\u202f000 fissures dans l’une des piles&nbsp;!",
        ],
    ],
    ids=["Persian", "Arabic", "French"],
)
def test_claims_stand_where_their_words_are_in_every_language(newsroom: Newsroom, texts: list[str]) -> None:
    record = newsroom.checked(newsroom.post(paragraphs(*texts)))
    quotes = {one["id"]: one["quote"] for one in record["claims"]}
    marked = [
        (claim, block["letters"][start:end]) for block in record["blocks"] for claim, start, end in block["spans"]
    ]
    assert {claim for claim, _ in marked} == set(quotes)
    assert len(quotes) >= len(texts)
    assert [words for claim, words in marked if words != "".join(quotes[claim].split())] == []


@pytest.mark.parametrize("content", [OLD, CLASSIC], ids=["old", "classic"])
def test_posts_of_earlier_editors_keep_their_marks_through_what_the_editor_makes_of_them(
    newsroom: Newsroom, sign_in: SignIn, content: str
) -> None:
    post = newsroom.post(content)
    newsroom.checked(post)
    editor = sign_in()
    editor.open(post)
    editor.until_marked(unsourced=QUOTES)
    editor.page.evaluate(
        "() => { const { getBlocks } = wp.data.select('core/block-editor');"
        " const { replaceBlocks } = wp.data.dispatch('core/block-editor');"
        " getBlocks().filter(one => one.name === 'core/freeform').forEach(one =>"
        " replaceBlocks(one.clientId, wp.blocks.rawHandler({HTML: wp.blocks.getBlockContent(one)}))) }"
    )
    editor.page.evaluate(
        "wp.data.dispatch('core/editor').editPost({content: wp.blocks.serialize("
        "wp.data.select('core/block-editor').getBlocks())})"
    )
    editor.press("Save draft")
    editor.page.wait_for_function("() => !wp.data.select('core/editor').isEditedPostDirty()")
    assert "wp:list-item" in newsroom.content(post)
    editor.until_marked(unsourced=QUOTES)
    assert newsroom.record(post)["summary"]["changed"] is False


def test_what_a_reused_block_says_here_is_what_is_checked(newsroom: Newsroom, sign_in: SignIn) -> None:
    bound = '{"metadata":{"bindings":{"content":{"source":"core/pattern-overrides"}},"name":"said"}}'
    reused = newsroom.post(
        f"<!-- wp:paragraph {bound} --><p>{TUNNEL}</p><!-- /wp:paragraph -->" + paragraphs(MARKET),
        post_type="wp_block",
        post_status="publish",
    )
    said = f'{{"ref":{reused},"content":{{"said":{{"content":"{BRIDGE}"}}}}}}'
    post = newsroom.post(f'<!-- wp:block {said} /--><!-- wp:block {{"ref":{reused}}} /-->')
    assert {one["quote"] for one in newsroom.checked(post)["claims"]} == {QUOTES[0], QUOTES[2], QUOTES[3]}
    editor = sign_in()
    editor.open(post)
    editor.until_marked(unsourced=[QUOTES[0], QUOTES[3], QUOTES[2], QUOTES[3]])
    expect(editor.state).not_to_contain_text("changed")
