<?php
/**
 * A post as an article.
 *
 * @package Isnad
 */

namespace Isnad;

use DOMDocument;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Takes the text out of a post, block by block.
 *
 * A block is known by its letters: its text without any white space. Two texts with the same letters are the same,
 * however an editor, a theme or a browser lays them out, and places counted in letters hold in all of them.
 */
class Article {

	const SPACE = '/[\s\p{Z}\x{FEFF}\x{200B}\x{2060}\x{FFFC}]+/u';

	/**
	 * Blocks whose content is no text of the article.
	 */
	const PASSED_OVER = array( 'core/shortcode', 'core/more', 'core/nextpage' );

	/**
	 * The blocks with words in them, each with its `html` and its `letters`.
	 *
	 * @param string $content A post's content.
	 */
	public static function blocks( string $content ): array {
		$found = array();
		self::walk( parse_blocks( str_replace( array( "\r\n", "\r" ), "\n", $content ) ), array(), $found );
		return $found;
	}

	/**
	 * Goes into blocks within blocks; a reusable one is read where it is used.
	 *
	 * @param array $blocks As `parse_blocks` gives them.
	 * @param array $within Ids of the reusable blocks around, as one may hold itself.
	 * @param array $found  What was found so far.
	 */
	private static function walk( array $blocks, array $within, array &$found ): void {
		foreach ( $blocks as $block ) {
			$name = $block['blockName'] ?? null;
			if ( in_array( $name, self::PASSED_OVER, true ) ) {
				continue;
			}
			$html = implode( '', array_filter( $block['innerContent'] ?? array(), 'is_string' ) );
			if ( null === $name ) {
				$html = wpautop( $html );
			}
			$letters = self::letters( self::text_content( $html ) );
			if ( '' !== $letters ) {
				$found[] = array(
					'html'    => $html,
					'letters' => $letters,
				);
			}
			self::walk( $block['innerBlocks'] ?? array(), $within, $found );
			$reused = 'core/block' === $name ? absint( $block['attrs']['ref'] ?? 0 ) : 0;
			if ( $reused && ! in_array( $reused, $within, true ) ) {
				$source = get_post( $reused );
				if ( $source && 'wp_block' === $source->post_type && 'publish' === $source->post_status ) {
					self::walk( parse_blocks( $source->post_content ), array_merge( $within, array( $reused ) ), $found );
				}
			}
		}
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
		$html = str_replace( "\0", '', wp_check_invalid_utf8( $html, true ) );
		if ( '' === trim( $html ) ) {
			return '';
		}
		$before = libxml_use_internal_errors( true );
		$page   = new DOMDocument();
		$page->loadHTML( '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>' . $html . '</body></html>', LIBXML_NONET | LIBXML_COMPACT );
		libxml_clear_errors();
		libxml_use_internal_errors( $before );
		$body = $page->getElementsByTagName( 'body' )->item( 0 );
		return $body ? $body->textContent : ''; // phpcs:ignore WordPress.NamingConventions.ValidVariableName.UsedPropertyNotSnakeCase -- The DOM's own name.
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
