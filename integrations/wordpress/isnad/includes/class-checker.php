<?php
/**
 * Having a post checked.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Begins a check, and brings in what came of it. Whoever asks first brings it in: the editor's browser, a webhook, or
 * the clock. Bringing in the same a second time changes nothing.
 */
class Checker {

	/**
	 * Seconds after which nobody waits for a check any more.
	 */
	const PATIENCE = DAY_IN_SECONDS;

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
	 * Sends a text to the service, and cancels an earlier one that it still works on.
	 *
	 * @param WP_Post $post    The post.
	 * @param string  $title   Its title as it stands in the editor.
	 * @param string  $content Its content as it stands in the editor.
	 * @param int     $by      Who asks; 0 for the site itself.
	 * @return true|WP_Error
	 */
	public function begin( WP_Post $post, string $title, string $content, int $by ) {
		$blocks = Article::blocks( $content );
		if ( ! $blocks ) {
			return new WP_Error( 'isnad_empty', __( 'There are no words to check in this post yet.', 'isnad' ), array( 'status' => 422 ) );
		}
		$record  = new Record( $post->ID );
		$pending = $record->pending();
		$body    = $this->request( $post, $title, $blocks );
		$hash    = hash( 'sha256', (string) wp_json_encode( $body ) );
		if ( $pending && $pending['hash'] === $hash ) {
			return true;
		}
		$attempt = $this->attempt( $record, $hash );
		$answer  = $this->service->post( '/v1/verifications', $body, array( 'Idempotency-Key' => "wp-{$post->ID}-$hash-$attempt" ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$verification = (string) ( $answer['body']['id'] ?? '' );
		if ( ! self::is_id( $verification ) ) {
			return Trouble::of_stranger();
		}
		if ( $pending && $pending['verification'] !== $verification ) {
			$this->service->post( "/v1/verifications/{$pending['verification']}/cancel", array() );
		}
		$begun = array(
			'verification' => $verification,
			'hash'         => $hash,
			'attempt'      => $attempt,
			'begun_at'     => time(),
			'by'           => $by,
		);
		$record->begin( $begun, $blocks );
		Clock::watch_pending();
		return true;
	}

	/**
	 * Stops the check that goes on.
	 *
	 * @param Record $record The post's record.
	 * @return true|WP_Error
	 */
	public function cancel( Record $record ) {
		$pending = $record->pending();
		if ( ! $pending ) {
			return true;
		}
		$answer = $this->service->post( "/v1/verifications/{$pending['verification']}/cancel", array() );
		if ( is_wp_error( $answer ) && ! in_array( $answer->get_error_code(), array( 'isnad_gone', 'isnad_refused' ), true ) ) {
			return $answer;
		}
		$record->fail( 'cancelled', __( 'The check was stopped.', 'isnad' ) );
		return true;
	}

	/**
	 * Brings in what came of the check that goes on.
	 *
	 * @param Record $record The post's record.
	 * @return true|WP_Error An error says that the service could not be asked; the check goes on all the same.
	 */
	public function bring_in( Record $record ) {
		$pending = $record->pending();
		// Read before the service is asked: somebody else who brings it in meanwhile takes them away.
		$sent = $record->sent();
		if ( ! $pending || ! $sent ) {
			return true;
		}
		$answer = $this->service->get( '/v1/verifications/' . $pending['verification'] );
		if ( is_wp_error( $answer ) ) {
			return $this->given_up( $record, $pending, $answer );
		}
		$state = $answer['body']['state'] ?? '';
		if ( 'succeeded' === $state ) {
			return $this->finish( $record, $pending, $sent, $answer );
		}
		if ( 'failed' === $state ) {
			$failure = $answer['body']['failure'] ?? array();
			$record->fail( 'failed', sanitize_text_field( (string) ( $failure['message'] ?? '' ) ) );
		}
		if ( 'cancelled' === $state ) {
			$record->fail( 'cancelled', __( 'The check was stopped.', 'isnad' ) );
		}
		return true;
	}

	/**
	 * Looks whether labels have changed since the check, or people have edited claims, and keeps what is so now.
	 *
	 * @param Record $record The post's record.
	 * @return true|WP_Error
	 */
	public function look_again( Record $record ) {
		$found = $record->found();
		if ( ! $found ) {
			return true;
		}
		$answer = $this->service->get( '/v1/verifications/' . $found['verification'], array_filter( array( 'If-None-Match' => $found['etag'] ) ) );
		if ( is_wp_error( $answer ) || 304 === $answer['status'] ) {
			return is_wp_error( $answer ) ? $answer : true;
		}
		$report = $this->report( $found['verification'] );
		if ( is_wp_error( $report ) ) {
			return $report;
		}
		$now = Findings::claims( $report );
		foreach ( Findings::relabelled( $found['claims'], $now ) as $change ) {
			$record->add_change( $change + array( 'at' => time() ) );
		}
		$record->keep(
			array(
				'claims' => $now,
				'blocks' => Findings::blocks_again( $report, $found['blocks'], (array) ( $answer['body']['blocks'] ?? array() ) ),
				'etag'   => $answer['etag'],
			) + $found
		);
		$record->summarise();
		return true;
	}

	/**
	 * How far the check has come that goes on.
	 *
	 * @param Record $record The post's record.
	 * @param int    $after  Number of the last event that is known.
	 */
	public function progress( Record $record, int $after ): array {
		$pending = $record->pending();
		return $pending ? $this->service->events( $pending['verification'], $after ) : array();
	}

	/**
	 * The full report of a verification.
	 *
	 * @param string $verification Its id.
	 * @return array|WP_Error
	 */
	public function report( string $verification ) {
		$answer = $this->service->get( "/v1/verifications/$verification/report.json", array(), 30 );
		return is_wp_error( $answer ) ? $answer : $answer['body'];
	}

	/**
	 * Whether this is the id of a verification.
	 *
	 * @param mixed $id What was told.
	 */
	public static function is_id( $id ): bool {
		return is_string( $id ) && 1 === preg_match( '/^[0-9a-f]{32}$/D', $id );
	}

	/**
	 * What is asked of the service.
	 *
	 * @param WP_Post $post   The post.
	 * @param string  $title  Its title.
	 * @param array   $blocks Its blocks.
	 */
	private function request( WP_Post $post, string $title, array $blocks ): array {
		$sent = array();
		foreach ( $blocks as $number => $block ) {
			$sent[] = array(
				'id'   => 'b' . $number,
				'html' => $block['html'],
			);
		}
		$body = Article::about( $post, $title, $this->settings ) + array( 'blocks' => $sent );
		if ( '' !== $this->settings->secret() ) {
			$body['callback_url'] = rest_url( Webhook::ROUTE );
		}
		return $body;
	}

	/**
	 * The same text has the same key, so that two editors who ask at once are one. It has another one when what was
	 * asked before has ended: somebody who asks again wants to know it anew.
	 *
	 * @param Record $record The post's record.
	 * @param string $hash   Of what is asked.
	 */
	private function attempt( Record $record, string $hash ): int {
		foreach ( array( $record->failure(), $record->found() ) as $ended ) {
			if ( ( $ended['hash'] ?? '' ) === $hash ) {
				return (int) $ended['attempt'] + 1;
			}
		}
		return 1;
	}

	/**
	 * The service could not be asked about the check that goes on.
	 *
	 * @param Record   $record  The post's record.
	 * @param array    $pending What is kept of the check.
	 * @param WP_Error $error   Why.
	 * @return true|WP_Error
	 */
	private function given_up( Record $record, array $pending, WP_Error $error ) {
		$is_gone = 'isnad_gone' === $error->get_error_code();
		if ( $is_gone || time() - (int) $pending['begun_at'] > self::PATIENCE ) {
			$record->fail( 'gone', $error->get_error_message() );
			return true;
		}
		return $error;
	}

	/**
	 * The check has ended with a report.
	 *
	 * @param Record $record  The post's record.
	 * @param array  $pending What is kept of the check.
	 * @param array  $sent    The blocks as they were sent.
	 * @param array  $answer  How the verification stands.
	 * @return true|WP_Error
	 */
	private function finish( Record $record, array $pending, array $sent, array $answer ) {
		$report = $this->report( $pending['verification'] );
		if ( is_wp_error( $report ) ) {
			return $report;
		}
		$record->finish(
			array(
				'verification' => $pending['verification'],
				'hash'         => $pending['hash'],
				'attempt'      => $pending['attempt'],
				'by'           => $pending['by'],
				'checked_at'   => time(),
				'etag'         => $answer['etag'],
				'complete'     => (bool) ( $answer['body']['result']['complete'] ?? false ),
				'notices'      => array_map( 'sanitize_text_field', array_filter( (array) ( $report['notices'] ?? array() ), 'is_string' ) ),
				'claims'       => Findings::claims( $report ),
				'blocks'       => Findings::blocks( $report, $sent, (array) ( $answer['body']['blocks'] ?? array() ) ),
			)
		);
		return true;
	}
}
