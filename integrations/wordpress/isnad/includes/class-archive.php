<?php
/**
 * The site's own published posts as coverage.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Sends published posts to the coverage that claims are checked against, and follows their edits and deletions.
 *
 * What was sent stands with each post, so that the work may stop anywhere and go on there. What is not public never
 * leaves: it is looked at again at the moment of sending.
 */
class Archive {

	const SENT    = '_isnad_sent';
	const DUE     = '_isnad_due';
	const REFUSED = '_isnad_refused';
	const REMOVAL = 'isnad_removal_';
	const BATCH   = 20;
	const META    = array( self::SENT, self::DUE, self::REFUSED );

	/**
	 * The service.
	 *
	 * @var Service
	 */
	private $service;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Takes the service and the settings.
	 *
	 * @param Service  $service  The service.
	 * @param Settings $settings The settings.
	 */
	public function __construct( Service $service, Settings $settings ) {
		$this->service  = $service;
		$this->settings = $settings;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_action( 'wp_after_insert_post', array( $this, 'saved' ), 10, 2 );
		add_action( 'before_delete_post', array( $this, 'deleted' ) );
	}

	/**
	 * A post was saved: what was sent of it is due again.
	 *
	 * @param int     $post_id Its id.
	 * @param WP_Post $post    The post.
	 */
	public function saved( int $post_id, WP_Post $post ): void {
		if ( ! wp_is_post_revision( $post_id ) && in_array( $post->post_type, self::post_types(), true ) && metadata_exists( 'post', $post_id, self::SENT ) ) {
			update_post_meta( $post_id, self::DUE, 1 );
		}
	}

	/**
	 * A post is deleted for good: what was sent of it is remembered, so that it can be taken out.
	 *
	 * @param int $post_id Its id.
	 */
	public function deleted( int $post_id ): void {
		$document = (string) get_post_meta( $post_id, self::SENT, true );
		if ( '' !== $document ) {
			add_option( self::REMOVAL . $document, $post_id, '', false );
		}
	}

	/**
	 * Works for a while, if the site wants it.
	 *
	 * @param int $seconds Begins nothing more after so many.
	 * @return true|WP_Error
	 */
	public function work( int $seconds ) {
		$until = time() + $seconds;
		$done  = 1;
		while ( $this->settings->all()['archive'] && $done && time() < $until ) {
			$done = $this->batch();
			if ( is_wp_error( $done ) ) {
				return $done;
			}
		}
		return true;
	}

	/**
	 * Does one batch: takes out what is public no more, sends what is due.
	 *
	 * @param int $most At most so many posts.
	 * @return int|WP_Error How many posts were seen to; 0 when nothing is due.
	 */
	public function batch( int $most = self::BATCH ) {
		$removed = $this->take_out( $most );
		if ( is_wp_error( $removed ) ) {
			return $removed;
		}
		$sent = $this->send( $most );
		return is_wp_error( $sent ) ? $sent : $removed + $sent;
	}

	/**
	 * Forgets that anything was sent, after taking all of it out.
	 *
	 * @param int $most At most so many posts.
	 * @return int|WP_Error How many were taken out; 0 when nothing is left.
	 */
	public function withdraw( int $most = self::BATCH ) {
		return $this->take_out( $most, 'any' );
	}

	/**
	 * How many posts are sent, due and refused.
	 */
	public function status(): array {
		return array(
			'sent'    => self::count( array( 'key' => self::SENT, 'value' => '', 'compare' => '!=' ) ), // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing.AssociativeArrayFound -- One condition.
			'due'     => self::count( self::due() ),
			'refused' => self::count( array( 'key' => self::REFUSED, 'compare' => 'EXISTS' ) ), // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing.AssociativeArrayFound -- One condition.
		);
	}

	/**
	 * The kinds of posts that are sent.
	 */
	public static function post_types(): array {
		/**
		 * Filters which kinds of posts are sent as coverage.
		 *
		 * @param string[] $types Names of post types.
		 */
		return (array) apply_filters( 'isnad_archive_post_types', array( 'post' ) );
	}

	/**
	 * Sends what is due.
	 *
	 * @param int $most At most so many posts.
	 * @return int|WP_Error
	 */
	private function send( int $most ) {
		$posts = array();
		foreach ( self::query( self::due(), $most, array( 'publish' ), false ) as $post ) {
			if ( 'publish' === $post->post_status && '' === $post->post_password ) {
				$posts[] = $post;
			}
		}
		$documents = array_map( array( $this, 'document' ), $posts );
		$wordless  = array_keys( array_filter( wp_list_pluck( $documents, 'text' ), static fn( $text ) => '' === $text ) );
		foreach ( $wordless as $number ) {
			$this->keep( $posts[ $number ], array( 'detail' => __( 'There are no words in it.', 'isnad' ) ) );
			unset( $posts[ $number ], $documents[ $number ] );
		}
		if ( ! $posts ) {
			return count( $wordless );
		}
		$answer = $this->service->post_coverage( $documents );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$results = (array) ( $answer['body']['results'] ?? array() );
		if ( count( $results ) !== count( $posts ) ) {
			return Trouble::of_stranger();
		}
		foreach ( array_values( $posts ) as $number => $post ) {
			$this->keep( $post, $results[ $number ] );
		}
		return count( $posts ) + count( $wordless );
	}

	/**
	 * Keeps what became of a post, and takes out what it said before.
	 *
	 * @param WP_Post $post   The post.
	 * @param array   $result What the service says of it.
	 */
	private function keep( WP_Post $post, array $result ): void {
		$document = (string) ( $result['document_id'] ?? '' );
		$before   = (string) get_post_meta( $post->ID, self::SENT, true );
		if ( '' !== $before && $before !== $document ) {
			add_option( self::REMOVAL . $before, $post->ID, '', false );
		}
		update_post_meta( $post->ID, self::SENT, $document );
		delete_post_meta( $post->ID, self::DUE );
		if ( '' === $document ) {
			update_post_meta( $post->ID, self::REFUSED, wp_slash( sanitize_text_field( (string) ( $result['detail'] ?? '' ) ) ) );
		} else {
			delete_post_meta( $post->ID, self::REFUSED );
		}
	}

	/**
	 * Takes out of the coverage what is public no more.
	 *
	 * @param int    $most  At most so many.
	 * @param string $which `any` takes out also what is public.
	 * @return int|WP_Error
	 */
	private function take_out( int $most, string $which = 'gone' ) {
		$done = 0;
		foreach ( self::removals( $most ) as $document ) {
			$gone = $this->remove( $document );
			if ( is_wp_error( $gone ) ) {
				return $gone;
			}
			delete_option( self::REMOVAL . $document );
			++$done;
		}
		$sent   = array( 'key' => self::SENT, 'compare' => 'EXISTS' ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing.AssociativeArrayFound -- One condition.
		$hidden = self::query( $sent, $most, self::hidden() );
		$public = self::query( $sent, $most, array( 'publish' ), 'any' === $which ? null : true );
		foreach ( array_merge( $hidden, $public ) as $post ) {
			$gone = $this->remove( (string) get_post_meta( $post->ID, self::SENT, true ) );
			if ( is_wp_error( $gone ) ) {
				return $gone;
			}
			foreach ( self::META as $name ) {
				delete_post_meta( $post->ID, $name );
			}
			++$done;
		}
		return $done;
	}

	/**
	 * Takes one document out; one that is not there is out.
	 *
	 * @param string $document Its id.
	 * @return true|WP_Error
	 */
	private function remove( string $document ) {
		if ( ! preg_match( '/^d[0-9a-f]{20}$/D', $document ) ) {
			return true;
		}
		$answer = $this->service->delete( '/v1/coverage/' . $document );
		return is_wp_error( $answer ) && 'isnad_gone' !== $answer->get_error_code() ? $answer : true;
	}

	/**
	 * A post as a document.
	 *
	 * @param WP_Post $post The post.
	 */
	private function document( WP_Post $post ): array {
		$paragraphs = array();
		foreach ( Article::blocks( $post->post_content ) as $block ) {
			// A cell, an item or a line is a word of its own.
			$html         = preg_replace( '#</(?:td|th|tr|li|p|div|h[1-6]|figcaption|cite|blockquote)>|<br[^>]*>#i', "$0\n", $block['html'] );
			$paragraphs[] = trim( preg_replace( '/[ \t]*\n\s*/', "\n", Article::text_content( (string) $html ) ) );
		}
		return array( 'text' => implode( "\n\n", array_filter( $paragraphs, 'strlen' ) ) ) + Article::about( $post, $post->post_title, $this->settings );
	}

	/**
	 * Statuses in which a post is not public.
	 */
	private static function hidden(): array {
		return array_values( array_diff( array_keys( get_post_stati() ), array( 'publish', 'inherit', 'auto-draft' ) ) );
	}

	/**
	 * What makes a post due: it was never sent, or it was edited since.
	 */
	private static function due(): array {
		return array(
			'relation' => 'OR',
			array(
				'key'     => self::SENT,
				'compare' => 'NOT EXISTS',
			),
			array(
				'key'     => self::DUE,
				'compare' => 'EXISTS',
			),
		);
	}

	/**
	 * Posts by what is kept with them, oldest first.
	 *
	 * @param array $meta     The condition.
	 * @param int   $most     At most so many.
	 * @param array $statuses In these states.
	 * @param bool  $locked   Whether they have a password; null for either.
	 * @return WP_Post[]
	 */
	private static function query( array $meta, int $most, array $statuses = array( 'publish' ), ?bool $locked = null ): array {
		return get_posts(
			array(
				'post_type'      => self::post_types(),
				'post_status'    => $statuses,
				'posts_per_page' => $most,
				'orderby'        => 'ID',
				'order'          => 'ASC',
				'has_password'   => $locked,
				'meta_query'     => isset( $meta['relation'] ) ? $meta : array( $meta ), // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_query -- In the background.
			)
		);
	}

	/**
	 * How many published posts fit a condition.
	 *
	 * @param array $meta The condition.
	 */
	private static function count( array $meta ): int {
		$query = new \WP_Query(
			array(
				'post_type'      => self::post_types(),
				'post_status'    => 'publish',
				'has_password'   => false,
				'posts_per_page' => 1,
				'fields'         => 'ids',
				'meta_query'     => isset( $meta['relation'] ) ? $meta : array( $meta ), // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_query -- In the background.
			)
		);
		return (int) $query->found_posts;
	}

	/**
	 * Documents of posts that are no more, or say something else now.
	 *
	 * @param int $most At most so many.
	 * @return string[]
	 */
	private static function removals( int $most ): array {
		global $wpdb;
		$names = $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s LIMIT %d", $wpdb->esc_like( self::REMOVAL ) . '%', $most ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- There is no other way to list options by their names.
		return array_map( static fn( $name ) => substr( $name, strlen( self::REMOVAL ) ), $names );
	}
}
