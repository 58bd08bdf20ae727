<?php
/**
 * What happens when a post is saved.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Posts of some categories are checked when they are saved. Saving itself never waits for the service: the check is
 * begun by the clock, at once.
 */
class On_Save {

	const HOOK = 'isnad_check_saved';

	/**
	 * The checker.
	 *
	 * @var Checker
	 */
	private $checker;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Takes the checker and the settings.
	 *
	 * @param Checker  $checker  The checker.
	 * @param Settings $settings The settings.
	 */
	public function __construct( Checker $checker, Settings $settings ) {
		$this->checker  = $checker;
		$this->settings = $settings;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_action( 'wp_after_insert_post', array( $this, 'saved' ), 10, 2 );
		add_action( 'before_delete_post', array( $this, 'deleted' ) );
		add_action( self::HOOK, array( $this, 'check' ) );
	}

	/**
	 * A post was saved, with its categories.
	 *
	 * @param int     $post_id Its id.
	 * @param WP_Post $post    The post.
	 */
	public function saved( int $post_id, WP_Post $post ): void {
		if ( wp_is_post_revision( $post_id ) || wp_is_post_autosave( $post_id ) || 'auto-draft' === $post->post_status ) {
			return;
		}
		$record = new Record( $post_id );
		$record->summarise();
		// A draft that its author is writing saves itself every minute; half a sentence is not checked.
		if ( 'trash' === $post->post_status || ( defined( 'DOING_AUTOSAVE' ) && DOING_AUTOSAVE ) ) {
			return;
		}
		$wanted = $this->settings->all()['categories'];
		$is_new = ! $record->summary() || $record->summary()['changed'];
		if ( $wanted && $is_new && has_category( $wanted, $post ) ) {
			wp_schedule_single_event( time(), self::HOOK, array( $post_id ) );
		}
	}

	/**
	 * Begins the check of a post that was saved.
	 *
	 * @param int $post_id Its id.
	 */
	public function check( int $post_id ): void {
		$post = get_post( $post_id );
		if ( ! $post || 'trash' === $post->post_status ) {
			return;
		}
		$begun = $this->checker->begin( $post, $post->post_title, $post->post_content, 0 );
		if ( is_wp_error( $begun ) && 'isnad_empty' !== $begun->get_error_code() ) {
			( new Record( $post_id ) )->fail( $begun->get_error_code(), $begun->get_error_message() );
		}
	}

	/**
	 * A post is deleted for good.
	 *
	 * @param int $post_id Its id.
	 */
	public function deleted( int $post_id ): void {
		( new Record( $post_id ) )->forget();
	}
}
