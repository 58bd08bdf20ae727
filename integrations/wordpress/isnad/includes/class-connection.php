<?php
/**
 * Whether the site and the service reach each other.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Tries the connection step by step, and says at each what is wrong.
 */
class Connection {

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
		add_action( 'rest_api_init', array( $this, 'add_route' ) );
	}

	/**
	 * Adds the route.
	 */
	public function add_route(): void {
		register_rest_route(
			Check_Routes::NAMESPACE,
			'/connection',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'test' ),
				'permission_callback' => static function (): bool {
					return current_user_can( 'manage_options' );
				},
			)
		);
	}

	/**
	 * The steps that were tried, each with `ok` and a sentence. The first that fails ends it, as the others need it.
	 */
	public function test(): array {
		$steps = array();
		foreach ( array( 'reach', 'recognise', 'post', 'cover', 'hear' ) as $step ) {
			$told = $this->$step();
			if ( $told ) {
				$steps[] = $told;
			}
			if ( $told && ! $told['ok'] && 'hear' !== $step ) {
				break;
			}
		}
		return $steps;
	}

	/**
	 * Whether the service is there.
	 */
	private function reach(): array {
		$answer = $this->service->get( '/readyz' );
		return self::step( $answer, __( 'The service is there and ready.', 'isnad' ) );
	}

	/**
	 * Whether the key is known, and who reads.
	 */
	private function recognise(): array {
		$answer = $this->service->get( '/v1/service' );
		$card   = is_wp_error( $answer ) ? array() : $answer['body'];
		$reads  = $card['model'] ?? __( 'the built-in analyst', 'isnad' );
		/* translators: 1: a version, 2: a model's name. */
		return self::step( $answer, sprintf( __( 'The key is known. Isnad %1$s reads with %2$s.', 'isnad' ), sanitize_text_field( (string) ( $card['version'] ?? '' ) ), sanitize_text_field( (string) $reads ) ) );
	}

	/**
	 * Whether the key may have posts checked. An empty question is refused for what it lacks, and costs nothing.
	 */
	private function post(): array {
		$answer  = $this->service->post( '/v1/verifications', array( 'options' => (object) array() ) );
		$refused = is_wp_error( $answer ) && 'isnad_refused' === $answer->get_error_code();
		return self::step( $refused ? array() : $answer, __( 'The key may have posts checked.', 'isnad' ) );
	}

	/**
	 * Whether the key may send the archive, where the site wants that.
	 */
	private function cover(): ?array {
		if ( ! $this->settings->all()['archive'] ) {
			return null;
		}
		$answer = $this->service->get( '/v1/coverage/search?q=isnad&limit=1' );
		return self::step( $answer, __( 'The key may send the archive.', 'isnad' ) );
	}

	/**
	 * Whether the service reaches the site: by what became of the last message.
	 */
	private function hear(): array {
		if ( '' === $this->settings->secret() ) {
			return self::told( true, __( 'No webhook secret is set: the site asks the service every minute while a check goes on.', 'isnad' ) );
		}
		if ( ! preg_match( '/^whsec_[A-Za-z0-9+\/=]{16,}$/D', $this->settings->secret() ) ) {
			return self::told( false, __( 'The webhook secret is none: it begins with whsec_ and is shown by “isnad keys webhook-secret”.', 'isnad' ) );
		}
		$listed = $this->service->get( '/v1/verifications?limit=1' );
		$last   = is_wp_error( $listed ) ? '' : ( $listed['body']['verifications'][0]['id'] ?? '' );
		$told   = Checker::is_id( $last ) ? $this->service->get( "/v1/verifications/$last/deliveries" ) : array();
		$tries  = is_wp_error( $told ) ? array() : ( $told['body']['attempts'] ?? array() );
		return $tries ? self::heard( end( $tries ) ) : self::told( true, __( 'The webhook secret is set. Whether the service reaches this site shows after the first check.', 'isnad' ) );
	}

	/**
	 * What became of a message.
	 *
	 * @param array $last The last try.
	 */
	private static function heard( array $last ): array {
		$status = (int) ( $last['status'] ?? 0 );
		if ( $status >= 200 && $status < 300 ) {
			return self::told( true, __( 'The last webhook of the service reached this site.', 'isnad' ) );
		}
		if ( 401 === $status ) {
			return self::told( false, __( 'The last webhook reached this site and was refused: the secret is another than the service signs with, or the clocks differ.', 'isnad' ) );
		}
		$why = $status ? "HTTP $status" : sanitize_text_field( (string) ( $last['problem'] ?? '' ) );
		/* translators: %s: a status or a sentence of the service, in English. */
		return self::told( false, sprintf( __( 'The last webhook did not reach this site (%s). The site asks the service every minute instead.', 'isnad' ), $why ) );
	}

	/**
	 * A step by what the service answered.
	 *
	 * @param mixed  $answer What it answered.
	 * @param string $good   What is said when it is no error.
	 */
	private static function step( $answer, string $good ): array {
		if ( ! is_wp_error( $answer ) ) {
			return self::told( true, $good );
		}
		$said = $answer->get_error_data()['said'] ?? '';
		return self::told( false, trim( $answer->get_error_message() . ( $said ? " ($said)" : '' ) ) );
	}

	/**
	 * A step.
	 *
	 * @param bool   $ok   Whether it went well.
	 * @param string $said A sentence.
	 */
	private static function told( bool $ok, string $said ): array {
		return array(
			'ok'   => $ok,
			'said' => $said,
		);
	}
}
