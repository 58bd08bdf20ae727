<?php
/**
 * What the editor asks of one claim.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;
use WP_REST_Request;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Routes for one claim of the last check: its evidence, and a person's word on it.
 */
class Claim_Routes {

	const CLAIM = Check_Routes::POST . '/claims/(?P<claim>c\d{1,18})';

	/**
	 * So many earlier findings are shown.
	 */
	const MOST_EARLIER = 3;

	/**
	 * The service.
	 *
	 * @var Service
	 */
	private $service;

	/**
	 * Takes the service.
	 *
	 * @param Service $service The service.
	 */
	public function __construct( Service $service ) {
		$this->service = $service;
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
		register_rest_route(
			Check_Routes::NAMESPACE,
			self::CLAIM,
			array(
				'methods'             => WP_REST_Server::READABLE,
				'callback'            => array( $this, 'show' ),
				'permission_callback' => array( Check_Routes::class, 'may' ),
			)
		);
		register_rest_route(
			Check_Routes::NAMESPACE,
			self::CLAIM . '/correction',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'correct' ),
				'permission_callback' => array( Check_Routes::class, 'may' ),
				'args'                => array(
					'reason' => Check_Routes::words(),
					'label'  => array(
						'description' => 'The label that it should have; without one the claim is dismissed.',
						'type'        => 'string',
						'enum'        => Findings::LABELS,
					),
				),
			)
		);
	}

	/**
	 * The evidence of a claim, its origins, and what was found of it earlier.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public function show( WP_REST_Request $request ) {
		$found = ( new Record( (int) $request['post'] ) )->found();
		if ( ! $found ) {
			return self::unknown();
		}
		$answer = $this->service->get( "/v1/verifications/{$found['verification']}/report.json", array(), 30 );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$details = Findings::details( $answer['body'], $request['claim'] );
		return null === $details ? self::unknown() : $details + array( 'earlier' => $this->earlier( $found, $request['claim'] ) );
	}

	/**
	 * Sends a person's word to the service, and keeps it with the post once the service has it.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array|WP_Error
	 */
	public function correct( WP_REST_Request $request ) {
		$record = new Record( (int) $request['post'] );
		$found  = $record->found();
		$claim  = array_column( $found['claims'] ?? array(), null, 'id' )[ $request['claim'] ] ?? null;
		$label  = $request['label'] ?? $claim['label'] ?? null;
		if ( null === $claim || null === $label ) {
			return self::unknown();
		}
		$who    = wp_get_current_user()->display_name;
		$answer = $this->service->post(
			"/v1/verifications/{$found['verification']}/claims/{$claim['id']}/corrections",
			array(
				'label'  => $label,
				'reason' => isset( $request['label'] ) ? $request['reason'] : 'Dismissed: ' . $request['reason'],
				'who'    => $who,
			)
		);
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$record->add_word(
			array(
				'letters'   => Article::letters( $claim['quote'] ),
				'label'     => $label,
				'dismissed' => ! isset( $request['label'] ),
				'reason'    => $request['reason'],
				'who'       => $who,
				'user'      => get_current_user_id(),
				'at'        => time(),
			)
		);
		return Check_Routes::shown( $record );
	}

	/**
	 * What earlier reports say of the same matter. It is beside the point, so that its failing is no failure.
	 *
	 * @param array  $found What the last check has found.
	 * @param string $id    The claim's id.
	 */
	private function earlier( array $found, string $id ): array {
		$claim  = array_column( $found['claims'], null, 'id' )[ $id ] ?? array( 'text' => '' );
		$query  = array(
			'query'    => rawurlencode( mb_substr( $claim['text'], 0, 1000 ) ),
			'pageSize' => self::MOST_EARLIER + 1,
		);
		$answer = $this->service->get( add_query_arg( $query, '/v1/claims:search' ), array(), 5 );
		$shown  = array();
		foreach ( is_wp_error( $answer ) ? array() : ( $answer['body']['claims'] ?? array() ) as $one ) {
			foreach ( $one['claimReview'] ?? array() as $review ) {
				if ( false === strpos( (string) $review['url'], $found['verification'] ) ) {
					$shown[] = array(
						'text'   => (string) $one['text'],
						'rating' => (string) $review['textualRating'],
						'title'  => (string) ( $review['title'] ?? '' ),
						'date'   => (string) $review['reviewDate'],
					);
				}
			}
		}
		return array_slice( $shown, 0, self::MOST_EARLIER );
	}

	/**
	 * There is no such claim.
	 */
	private static function unknown(): WP_Error {
		return new WP_Error( 'isnad_claim', __( 'The last check of this post has no such claim.', 'isnad' ), array( 'status' => 404 ) );
	}
}
