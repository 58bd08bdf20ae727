<?php
/**
 * What search engines are told.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * Puts schema.org's `Claim` into published posts, where the site wants it: what is claimed and by whom, never a label.
 * A `ClaimReview` is a person's: it is there for claims that somebody has rated, with their name.
 */
class Structured_Data {

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Takes the settings.
	 *
	 * @param Settings $settings The settings.
	 */
	public function __construct( Settings $settings ) {
		$this->settings = $settings;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_action( 'wp_head', array( $this, 'show' ) );
	}

	/**
	 * Prints it on the page of a published post.
	 */
	public function show(): void {
		$post = is_singular() ? get_queried_object() : null;
		if ( ! $post instanceof \WP_Post || ! $this->settings->all()['claims'] || 'publish' !== $post->post_status || post_password_required( $post ) ) {
			return;
		}
		$graph = $this->graph( $post );
		if ( $graph ) {
			$told = array(
				'@context' => 'https://schema.org',
				'@graph'   => $graph,
			);
			// Without "<" nothing in it can end the element.
			echo '<script type="application/ld+json">' . wp_json_encode( $told, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ) . "</script>\n"; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- JSON with its angle brackets escaped.
		}
	}

	/**
	 * The claims whose words still stand in the post, and people's ratings of them.
	 *
	 * @param \WP_Post $post The post.
	 */
	private function graph( \WP_Post $post ): array {
		$record = new Record( $post->ID );
		$text   = implode( "\n", wp_list_pluck( Article::blocks( $post->post_content ), 'letters' ) );
		$graph  = array();
		foreach ( $record->claims() as $claim ) {
			$letters = Article::letters( $claim['quote'] );
			if ( $claim['dismissed'] || '' === $letters || false === strpos( $text, $letters ) ) {
				continue;
			}
			$told    = self::claim( $claim, $post );
			$graph[] = $told;
			if ( $claim['word'] ) {
				$graph[] = $this->review( $claim, $told, $post );
			}
		}
		return $graph;
	}

	/**
	 * A claim.
	 *
	 * @param array    $claim The claim.
	 * @param \WP_Post $post  The post.
	 */
	private static function claim( array $claim, \WP_Post $post ): array {
		$url  = get_permalink( $post );
		$told = array(
			'@type'      => 'Claim',
			'@id'        => "$url#claim-{$claim['id']}",
			'text'       => $claim['text'],
			'inLanguage' => get_bloginfo( 'language' ),
			'appearance' => array(
				'@type' => 'CreativeWork',
				'url'   => $url,
			),
		);
		if ( '' !== $claim['speaker'] && 'anonymous' !== $claim['source'] ) {
			$told['claimant'] = array(
				'@type' => 'named' === $claim['source'] ? 'Person' : 'Organization',
				'name'  => $claim['speaker'],
			);
		}
		return $told;
	}

	/**
	 * A person's rating of a claim.
	 *
	 * @param array    $claim The claim.
	 * @param array    $told  The claim as it is told.
	 * @param \WP_Post $post  The post.
	 */
	private function review( array $claim, array $told, \WP_Post $post ): array {
		$word = $claim['word'];
		return array(
			'@type'         => 'ClaimReview',
			'url'           => get_permalink( $post ),
			'claimReviewed' => $claim['text'],
			'itemReviewed'  => array( '@id' => $told['@id'] ),
			'datePublished' => gmdate( 'Y-m-d', (int) $word['at'] ),
			'reviewBody'    => $word['reason'],
			'author'        => array(
				'@type'       => 'Person',
				'name'        => $word['who'],
				'affiliation' => array(
					'@type' => 'NewsMediaOrganization',
					'name'  => $this->settings->outlet(),
				),
			),
			'reviewRating'  => array(
				'@type'         => 'Rating',
				'alternateName' => $word['label'],
			),
		);
	}
}
