<?php
/**
 * What the service tells by itself.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Takes Standard Webhooks. Nothing in one is believed but the id of a verification: what it stands for is asked of the
 * service, with the site's own key.
 */
class Webhook {

	const ROUTE = 'isnad/v1/webhook';

	/**
	 * So many seconds a message may be old, or ahead.
	 */
	const TOLERANCE = 300;

	/**
	 * Seconds for which ids are remembered: a message is tried for a day.
	 */
	const REMEMBERED = 2 * DAY_IN_SECONDS;

	const MOST_BYTES = 1000000;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * The checker.
	 *
	 * @var Checker
	 */
	private $checker;

	/**
	 * Takes the settings and the checker.
	 *
	 * @param Settings $settings The settings.
	 * @param Checker  $checker  The checker.
	 */
	public function __construct( Settings $settings, Checker $checker ) {
		$this->settings = $settings;
		$this->checker  = $checker;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'add_route' ) );
	}

	/**
	 * Adds the route. Its permission is the signature.
	 */
	public function add_route(): void {
		register_rest_route(
			Check_Routes::NAMESPACE,
			'/webhook',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'take' ),
				'permission_callback' => array( $this, 'is_signed' ),
			)
		);
	}

	/**
	 * Whether the service has signed it, within the last minutes.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return true|WP_Error
	 */
	public function is_signed( WP_REST_Request $request ) {
		$secret = base64_decode( preg_replace( '/^whsec_/', '', $this->settings->secret() ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- As Standard Webhooks has it.
		$id     = (string) $request->get_header( 'webhook_id' );
		$sent   = (string) $request->get_header( 'webhook_timestamp' );
		if ( ! $secret || ! preg_match( '/^[!-~]{1,200}$/D', $id ) || ! preg_match( '/^\d{1,12}$/D', $sent ) || strlen( $request->get_body() ) > self::MOST_BYTES ) {
			return self::refused( __( 'This is no webhook that was signed for this site.', 'isnad' ) );
		}
		$due    = base64_encode( hash_hmac( 'sha256', "$id.$sent.{$request->get_body()}", $secret, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- As above.
		$signed = false;
		foreach ( explode( ' ', (string) $request->get_header( 'webhook_signature' ) ) as $signature ) {
			$signed = hash_equals( "v1,$due", $signature ) || $signed;
		}
		if ( ! $signed ) {
			return self::refused( __( 'This is no webhook that was signed for this site.', 'isnad' ) );
		}
		if ( abs( time() - (int) $sent ) > self::TOLERANCE ) {
			return self::refused( __( 'This webhook is too old, or the clocks of the site and the service differ.', 'isnad' ) );
		}
		return true;
	}

	/**
	 * Acts on it once. What comes again with the same time was sent by somebody who listened; with a later one, by the
	 * service, which has not heard that it was taken.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response|WP_Error
	 */
	public function take( WP_REST_Request $request ) {
		$name = 'isnad_heard_' . md5( (string) $request->get_header( 'webhook_id' ) );
		$sent = (int) $request->get_header( 'webhook_timestamp' );
		$seen = (int) get_transient( $name );
		if ( $seen && $sent <= $seen ) {
			return new WP_Error( 'isnad_replay', __( 'This webhook was taken before.', 'isnad' ), array( 'status' => 409 ) );
		}
		$done = $seen ? true : $this->act( (array) $request->get_json_params() );
		if ( is_wp_error( $done ) ) {
			// It is tried again, and the clock asks as well.
			return new WP_Error( $done->get_error_code(), $done->get_error_message(), array( 'status' => 503 ) );
		}
		set_transient( $name, $sent, self::REMEMBERED );
		return new WP_REST_Response( null, 204 );
	}

	/**
	 * Brings in what it tells of.
	 *
	 * @param array $told Its body.
	 * @return true|WP_Error
	 */
	private function act( array $told ) {
		$id     = $told['data']['id'] ?? null;
		$record = Checker::is_id( $id ) ? Record::of_verification( $id ) : null;
		if ( ! $record ) {
			return true;
		}
		if ( ( $record->pending()['verification'] ?? '' ) === $id ) {
			return $this->checker->bring_in( $record );
		}
		return $this->checker->look_again( $record );
	}

	/**
	 * It is not taken.
	 *
	 * @param string $message Why.
	 */
	private static function refused( string $message ): WP_Error {
		return new WP_Error( 'isnad_signature', $message, array( 'status' => 401 ) );
	}
}
