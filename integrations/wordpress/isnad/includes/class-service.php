<?php
/**
 * The service that checks claims.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Asks the service. Every failure is a `WP_Error` whose message tells an editor what happened and what to do; its data
 * have the HTTP `status` for the editor's own browser and, where the service tells it, `retry_after` in seconds.
 */
class Service {

	const SECONDS = 15;

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
	 * What the service answers to a question.
	 *
	 * @param string $path    Path with its query.
	 * @param array  $headers Further headers.
	 * @param int    $seconds How long to wait.
	 * @return array|WP_Error `body`, `status` and `etag`.
	 */
	public function get( string $path, array $headers = array(), int $seconds = self::SECONDS ) {
		return $this->ask( 'GET', $path, $headers, null, $seconds );
	}

	/**
	 * What the service answers when something is sent to it as JSON.
	 *
	 * @param string $path    The path.
	 * @param array  $body    What is sent.
	 * @param array  $headers Further headers.
	 * @return array|WP_Error As for `get`.
	 */
	public function post( string $path, array $body, array $headers = array() ) {
		$sent = wp_json_encode( $body, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE );
		return $this->ask( 'POST', $path, $headers + array( 'Content-Type' => 'application/json' ), (string) $sent );
	}

	/**
	 * Sends documents as JSON lines.
	 *
	 * @param array $documents The documents.
	 * @return array|WP_Error As for `get`.
	 */
	public function post_coverage( array $documents ) {
		$lines = array();
		foreach ( $documents as $document ) {
			$lines[] = wp_json_encode( $document, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE );
		}
		$headers = array( 'Content-Type' => 'application/x-ndjson' );
		return $this->ask( 'POST', '/v1/coverage', $headers, implode( "\n", $lines ) . "\n", 4 * self::SECONDS );
	}

	/**
	 * Takes something away.
	 *
	 * @param string $path The path.
	 * @return array|WP_Error As for `get`.
	 */
	public function delete( string $path ) {
		return $this->ask( 'DELETE', $path, array(), null );
	}

	/**
	 * The events of a verification after one that is known, as far as they come within a moment.
	 *
	 * The stream goes on until the verification has ended, so it is cut off; what came before stands in a file.
	 *
	 * @param string $verification Its id.
	 * @param int    $after        Number of the last event that is known.
	 */
	public function events( string $verification, int $after ): array {
		require_once ABSPATH . 'wp-admin/includes/file.php';
		$file = wp_tempnam( 'isnad-events' );
		wp_remote_get(
			$this->settings->url() . '/v1/verifications/' . $verification . '/events',
			array(
				'headers'     => $this->headers() + array( 'Last-Event-ID' => (string) $after ),
				'timeout'     => 1,
				'redirection' => 0,
				'stream'      => true,
				'filename'    => $file,
			)
		);
		$came = (string) file_get_contents( $file ); // phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- A file of our own.
		wp_delete_file( $file );
		return Progress::read( $came );
	}

	/**
	 * Asks, and tells failures apart.
	 *
	 * @param string      $method  HTTP's.
	 * @param string      $path    Path with its query.
	 * @param array       $headers Further headers.
	 * @param string|null $body    What is sent.
	 * @param int         $seconds How long to wait.
	 * @return array|WP_Error As for `get`.
	 */
	private function ask( string $method, string $path, array $headers, ?string $body, int $seconds = self::SECONDS ) {
		if ( '' === $this->settings->url() ) {
			return new WP_Error( 'isnad_unset', __( 'No address of the Isnad service is set. An administrator sets it under Settings, Isnad.', 'isnad' ), array( 'status' => 503 ) );
		}
		// It may stand in the newsroom's own network, so this is not `wp_safe_remote_request`.
		$answer = wp_remote_request(
			$this->settings->url() . $path,
			array(
				'method'      => $method,
				'headers'     => $this->headers() + $headers,
				'body'        => $body,
				'timeout'     => $seconds,
				'redirection' => 0,
			)
		);
		if ( is_wp_error( $answer ) ) {
			return Trouble::of_silence( $answer );
		}
		$status = (int) wp_remote_retrieve_response_code( $answer );
		if ( $status >= 300 && 304 !== $status ) {
			return Trouble::of_answer( $answer );
		}
		$told = json_decode( wp_remote_retrieve_body( $answer ), true );
		if ( ! is_array( $told ) && 304 !== $status && 204 !== $status ) {
			return Trouble::of_stranger();
		}
		return array(
			'status' => $status,
			'body'   => is_array( $told ) ? $told : array(),
			'etag'   => (string) wp_remote_retrieve_header( $answer, 'etag' ),
		);
	}

	/**
	 * What goes with every request.
	 */
	private function headers(): array {
		$key = $this->settings->key();
		return '' !== $key ? array( 'Authorization' => 'Bearer ' . $key ) : array();
	}
}
