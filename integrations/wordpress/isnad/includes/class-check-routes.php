<?php
/**
 * What the editor asks of a post's check.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;
use WP_REST_Request;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Routes for the check of a post: how it stands, beginning and stopping it, the note before publishing.
 */
class Check_Routes {

	const NAMESPACE = 'isnad/v1';
	const POST      = '/posts/(?P<post>\d+)';

	/**
	 * More text than any article has.
	 */
	const MOST_BYTES = 4000000;

	/**
	 * The service is asked so often at most whether claims of a post have changed.
	 */
	const SECONDS_BETWEEN_LOOKS = 50;

	/**
	 * The checker.
	 *
	 * @var Checker
	 */
	private $checker;

	/**
	 * Takes the checker.
	 *
	 * @param Checker $checker The checker.
	 */
	public function __construct( Checker $checker ) {
		$this->checker = $checker;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'add_routes' ) );
	}

	/**
	 * Adds the routes.
	 */
	public function add_routes(): void {
		$check = array(
			array(
				'methods'             => WP_REST_Server::READABLE,
				'callback'            => array( $this, 'show' ),
				'permission_callback' => array( self::class, 'may' ),
				'args'                => array(
					'after' => array(
						'type'    => 'integer',
						'minimum' => 0,
						'default' => 0,
					),
				),
			),
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'begin' ),
				'permission_callback' => array( self::class, 'may' ),
				'args'                => array(
					'title'   => array(
						'type'     => 'string',
						'required' => true,
					),
					'content' => array(
						'type'     => 'string',
						'required' => true,
					),
				),
			),
			array(
				'methods'             => WP_REST_Server::DELETABLE,
				'callback'            => array( $this, 'cancel' ),
				'permission_callback' => array( self::class, 'may' ),
			),
		);
		register_rest_route( self::NAMESPACE, self::POST . '/check', $check );
		register_rest_route(
			self::NAMESPACE,
			self::POST . '/changes',
			array(
				'methods'             => WP_REST_Server::DELETABLE,
				'callback'            => array( $this, 'see_changes' ),
				'permission_callback' => array( self::class, 'may' ),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			self::POST . '/note',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'add_note' ),
				'permission_callback' => array( self::class, 'may' ),
				'args'                => array( 'note' => self::words() ),
			)
		);
	}

	/**
	 * Words that somebody has to give.
	 */
	public static function words(): array {
		return array(
			'type'              => 'string',
			'required'          => true,
			'minLength'         => 1,
			'maxLength'         => 2000,
			'pattern'           => '\S',
			'sanitize_callback' => 'sanitize_textarea_field',
		);
	}

	/**
	 * Who may check posts may check those that they may edit.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return bool|WP_Error
	 */
	public static function may( WP_REST_Request $request ) {
		$post = get_post( (int) $request['post'] );
		return $post && current_user_can( Plugin::CAPABILITY ) && current_user_can( 'edit_post', $post->ID );
	}

	/**
	 * How the check stands. The service is only asked while one goes on.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	public function show( WP_REST_Request $request ): array {
		$record  = new Record( (int) $request['post'] );
		$trouble = $this->checker->bring_in( $record );
		$this->look_again( $record, (int) $request['post'] );
		$shown = self::shown( $record );
		if ( is_wp_error( $trouble ) ) {
			$shown['trouble'] = array(
				'code'    => $trouble->get_error_code(),
				'message' => $trouble->get_error_message(),
			);
		} elseif ( 'checking' === $shown['state'] ) {
			$shown['progress'] = $this->checker->progress( $record, (int) $request['after'] );
		}
		return $shown;
	}

	/**
	 * Looks at what was found once more, at most once in a while: whoever is about to publish counts no claim that was
	 * set aside meanwhile. That it fails is no failure of the check, which the post keeps.
	 *
	 * @param Record $record The post's record.
	 * @param int    $post   The post.
	 */
	private function look_again( Record $record, int $post ): void {
		$name = 'isnad_looked_' . $post;
		if ( $record->pending() || ! $record->found() || get_transient( $name ) ) {
			return;
		}
		set_transient( $name, 1, self::SECONDS_BETWEEN_LOOKS );
		$this->checker->look_again( $record );
	}

	/**
	 * Begins a check of the text as it stands in the editor; nothing of the post is stored or changed.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public function begin( WP_REST_Request $request ) {
		if ( strlen( $request['content'] ) > self::MOST_BYTES ) {
			return new WP_Error( 'isnad_long', __( 'This post is too long to be checked. Nothing was sent.', 'isnad' ), array( 'status' => 413 ) );
		}
		$post  = get_post( (int) $request['post'] );
		$begun = $this->checker->begin( $post, $request['title'], $request['content'], get_current_user_id() );
		return is_wp_error( $begun ) ? $begun : self::shown( new Record( $post->ID ) );
	}

	/**
	 * Stops the check.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public function cancel( WP_REST_Request $request ) {
		$record  = new Record( (int) $request['post'] );
		$stopped = $this->checker->cancel( $record );
		return is_wp_error( $stopped ) ? $stopped : self::shown( $record );
	}

	/**
	 * Somebody has seen the labels that changed.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	public function see_changes( WP_REST_Request $request ): array {
		$record = new Record( (int) $request['post'] );
		$record->see_changes();
		return self::shown( $record );
	}

	/**
	 * Keeps the note that somebody gives before publishing.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	public function add_note( WP_REST_Request $request ): array {
		$record = new Record( (int) $request['post'] );
		$record->add_note(
			array(
				'note'   => $request['note'],
				'who'    => wp_get_current_user()->display_name,
				'user'   => get_current_user_id(),
				'at'     => time(),
				'counts' => $record->summary()['counts'] ?? array(),
			)
		);
		return array( 'kept' => true );
	}

	/**
	 * A record as the editor gets it.
	 *
	 * @param Record $record The record.
	 */
	public static function shown( Record $record ): array {
		$pending = $record->pending();
		$failure = $record->failure();
		$found   = $record->found();
		$state   = $found ? 'checked' : 'never';
		$state   = $failure ? 'failed' : $state;
		return array(
			'state'      => $pending ? 'checking' : $state,
			'failure'    => $failure['message'] ?? null,
			'checked_at' => $found ? gmdate( 'c', (int) $found['checked_at'] ) : null,
			'checked_by' => $found ? self::name( (int) $found['by'] ) : null,
			'complete'   => $found['complete'] ?? null,
			'notices'    => $found['notices'] ?? array(),
			'claims'     => $record->claims(),
			'blocks'     => $found['blocks'] ?? array(),
			'changes'    => $record->changes(),
		);
	}

	/**
	 * What somebody is called.
	 *
	 * @param int $user Their id; 0 for the site itself.
	 */
	private static function name( int $user ): string {
		$known = $user ? get_userdata( $user ) : false;
		return $known ? $known->display_name : get_bloginfo( 'name' );
	}
}
