<?php
/**
 * A post as an article.
 *
 * @package Isnad
 */

namespace Isnad;

use DOMDocument;
use WP_Block;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Takes the text out of a post, block by block.
 *
 * A block is known by its letters: its text without any white space. Two texts with the same letters are the same,
 * however an editor, a theme or a browser lays them out, and places counted in letters hold in all of them.
 */
class Article {

	const SPACE = '/[\p{Z}\p{Cc}\x{180E}\x{200B}\x{2060}\x{FEFF}\x{FFFC}]+/u';

	/**
	 * Blocks whose content is no text of the article.
	 */
	const PASSED_OVER = array( 'core/shortcode', 'core/more', 'core/nextpage' );

	/**
	 * What no reader sees as words.
	 */
	const UNSEEN = array( 'script', 'style', 'template', 'noscript' );

	/**
	 * The blocks with words in them as they are read, each with its `html` and its `letters`.
	 *
	 * @param string $content A post's content.
	 */
	public static function blocks( string $content ): array {
		return self::walk( parse_blocks( str_replace( array( "\r\n", "\r" ), "\n", $content ) ), array(), array() );
	}

	/**
	 * Goes into blocks within blocks; a reusable one is read where it is used.
	 *
	 * @param array $blocks As `parse_blocks` gives them.
	 * @param array $within Ids of the reusable blocks around, as one may hold itself.
	 * @param array $said   What the nearest of them says here and nowhere else, by the names of blocks.
	 */
	private static function walk( array $blocks, array $within, array $said ): array {
		$found = array();
		foreach ( $blocks as $block ) {
			if ( in_array( $block['blockName'], self::PASSED_OVER, true ) ) {
				continue;
			}
			$html    = self::own_html( $block, $said );
			$letters = self::letters( self::text_content( $html ) );
			$own     = '' !== $letters ? array( compact( 'html', 'letters' ) ) : array();
			$inner   = self::walk( $block['innerBlocks'], $within, $said );
			$found   = array_merge( $found, self::is_after( $block ) ? array_merge( $inner, $own ) : array_merge( $own, $inner ), self::reused( $block, $within ) );
		}
		return $found;
	}

	/**
	 * The blocks of a reusable block.
	 *
	 * @param array $block  The block that uses it, or any other.
	 * @param array $within Ids of the reusable blocks around.
	 */
	private static function reused( array $block, array $within ): array {
		$id = 'core/block' === $block['blockName'] ? absint( $block['attrs']['ref'] ?? 0 ) : 0;
		if ( ! $id || in_array( $id, $within, true ) ) {
			return array();
		}
		$source = get_post( $id );
		if ( ! $source || 'wp_block' !== $source->post_type || 'publish' !== $source->post_status ) {
			return array();
		}
		return self::walk( parse_blocks( $source->post_content ), array_merge( $within, array( $id ) ), (array) ( $block['attrs']['content'] ?? array() ) );
	}

	/**
	 * The HTML of a block without the blocks in it.
	 *
	 * @param array $block The block.
	 * @param array $said  What a reusable block around it says here and nowhere else.
	 */
	private static function own_html( array $block, array $said ): string {
		$name = $block['attrs']['metadata']['name'] ?? null;
		if ( is_string( $name ) && isset( $said[ $name ] ) ) {
			return ( new WP_Block( $block, array( 'pattern/overrides' => $said ) ) )->render( array( 'dynamic' => false ) );
		}
		$html = implode( '', array_filter( $block['innerContent'], 'is_string' ) );
		return null === $block['blockName'] ? wpautop( $html ) : $html;
	}

	/**
	 * Whether the words of a block stand after the blocks in it: of a quotation, who said it.
	 *
	 * @param array $block The block.
	 */
	private static function is_after( array $block ): bool {
		$first = array_search( null, $block['innerContent'], true );
		return false !== $first && '' === self::letters( self::text_content( implode( '', array_slice( $block['innerContent'], 0, $first ) ) ) );
	}

	/**
	 * A text without its white space.
	 *
	 * @param string $text The text.
	 */
	public static function letters( string $text ): string {
		return (string) preg_replace( self::SPACE, '', wp_check_invalid_utf8( $text, true ) );
	}

	/**
	 * The text content of a piece of HTML, as browsers have it.
	 *
	 * @param string $html The HTML.
	 */
	public static function text_content( string $html ): string {
		$html = self::without_entities( str_replace( "\0", '', wp_check_invalid_utf8( $html, true ) ) );
		if ( '' === trim( $html ) ) {
			return '';
		}
		$before = libxml_use_internal_errors( true );
		$page   = new DOMDocument();
		$page->loadHTML( '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>' . $html . '</body></html>', LIBXML_NONET | LIBXML_COMPACT );
		libxml_clear_errors();
		libxml_use_internal_errors( $before );
		foreach ( self::UNSEEN as $name ) {
			foreach ( iterator_to_array( $page->getElementsByTagName( $name ) ) as $element ) {
				$element->parentNode->removeChild( $element ); // phpcs:ignore WordPress.NamingConventions.ValidVariableName.UsedPropertyNotSnakeCase -- The DOM's own name.
			}
		}
		$body = $page->getElementsByTagName( 'body' )->item( 0 );
		return $body ? $body->textContent : ''; // phpcs:ignore WordPress.NamingConventions.ValidVariableName.UsedPropertyNotSnakeCase -- The DOM's own name.
	}

	/**
	 * The characters of a text, one by one. Of what PHP's mbstring does, WordPress brings `mb_substr` and `mb_strlen`
	 * where a host has no mbstring, and no more.
	 *
	 * @param string $text The text.
	 */
	public static function characters( string $text ): array {
		$characters = preg_split( '//u', $text, -1, PREG_SPLIT_NO_EMPTY );
		return $characters ? $characters : array();
	}

	/**
	 * The characters that browsers know by names and numbers, which the DOM here does not, for these.
	 *
	 * @param string $html The HTML.
	 */
	private static function without_entities( string $html ): string {
		$of_name   = static fn( array $found ) => htmlspecialchars( html_entity_decode( $found[0], ENT_QUOTES | ENT_HTML5, 'UTF-8' ), ENT_QUOTES, 'UTF-8' );
		$of_number = static fn( array $found ) => html_entity_decode( htmlentities( chr( '' !== $found[1] ? (int) $found[1] : hexdec( $found[2] ) ), ENT_QUOTES | ENT_HTML5, 'Windows-1252' ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		$named     = preg_replace_callback( '/&[A-Za-z][A-Za-z0-9]*;/', $of_name, $html );
		return (string) preg_replace_callback( '/&#(?!129|14[134]|157|x8[1df]|x9[0d])(?:(12[89]|1[345]\d)|x([89][0-9a-f]));/i', $of_number, (string) $named );
	}

	/**
	 * What is known of a post beside its text, as the service takes it.
	 *
	 * A time is only told of what was published: a draft's is that of its last change, and would decide what came before.
	 *
	 * @param WP_Post  $post     The post.
	 * @param string   $title    Its title as it stands in the editor.
	 * @param Settings $settings The settings.
	 */
	public static function about( WP_Post $post, string $title, Settings $settings ): array {
		$author = get_the_author_meta( 'display_name', (int) $post->post_author );
		$about  = array(
			'title'    => self::line( $title ),
			'outlet'   => self::line( $settings->outlet() ),
			'author'   => self::line( (string) $author ),
			'language' => $settings->all()['language'],
		);
		if ( 'publish' === $post->post_status ) {
			$about['url']          = (string) get_permalink( $post );
			$about['published_at'] = (string) get_post_time( 'c', true, $post );
		}
		return array_filter( $about, 'strlen' );
	}

	/**
	 * A line as the service takes one: plain text, not too long.
	 *
	 * @param string $text The text.
	 */
	private static function line( string $text ): string {
		$plain = html_entity_decode( wp_strip_all_tags( $text, true ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return mb_substr( trim( $plain ), 0, 500 );
	}
}
