<?php
/**
 * What can go wrong between the site and the service.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Failures in words that tell an editor what happened and what to do about it.
 */
class Trouble {

	/**
	 * No answer came.
	 *
	 * @param WP_Error $error What WordPress says of it.
	 */
	public static function of_silence( WP_Error $error ): WP_Error {
		$said = $error->get_error_message();
		if ( preg_match( '/timed? ?out/i', $said ) ) {
			return self::told( 'isnad_slow', __( 'The Isnad service did not answer in time. Your text is safe; try again in a minute.', 'isnad' ), 504 );
		}
		return self::told( 'isnad_away', __( 'The Isnad service cannot be reached. Your text is safe; if it stays so, an administrator has to look at the service.', 'isnad' ), 503, array( 'said' => $said ) );
	}

	/**
	 * Something else than the service has answered.
	 */
	public static function of_stranger(): WP_Error {
		return self::told( 'isnad_stranger', __( 'What answers at the address that is set is not the Isnad service. An administrator has to look at Settings, Isnad.', 'isnad' ), 502 );
	}

	/**
	 * The answer is a refusal.
	 *
	 * @param array $answer The answer.
	 */
	public static function of_answer( array $answer ): WP_Error {
		$status  = (int) wp_remote_retrieve_response_code( $answer );
		$problem = json_decode( wp_remote_retrieve_body( $answer ), true );
		if ( ! is_array( $problem ) || 0 !== strpos( (string) ( $problem['type'] ?? '' ), 'urn:isnad:problem:' ) ) {
			return $status >= 500 ? self::told( 'isnad_broken', __( 'The Isnad service failed. Your text is safe; try again in a few minutes.', 'isnad' ), 502 ) : self::of_stranger();
		}
		$detail = sanitize_text_field( (string) ( $problem['detail'] ?? '' ) );
		$data   = array_filter(
			array(
				'said'        => $detail,
				'retry_after' => (int) wp_remote_retrieve_header( $answer, 'retry-after' ),
			)
		);
		return self::of_problem( $status, $detail, $data );
	}

	/**
	 * A refusal by the status that the API documents for it.
	 *
	 * @param int    $status HTTP's.
	 * @param string $detail The service's own sentence.
	 * @param array  $data   What is kept with the error.
	 */
	private static function of_problem( int $status, string $detail, array $data ): WP_Error {
		switch ( $status ) {
			case 401:
				return self::told( 'isnad_key', __( 'The Isnad service does not know the key of this site, or it was revoked. An administrator has to set a new one under Settings, Isnad.', 'isnad' ), 502, $data );
			case 403:
				/* translators: %s: what the service says, in English. */
				return self::told( 'isnad_scope', sprintf( __( 'The key of this site may not do this (%s). An administrator has to set another one under Settings, Isnad.', 'isnad' ), $detail ), 502, $data );
			case 404:
				return self::told( 'isnad_gone', __( 'The Isnad service does not know this check any more. Check the post again.', 'isnad' ), 410, $data );
			case 413:
				return self::told( 'isnad_long', __( 'This post is too long for the Isnad service. Nothing was checked.', 'isnad' ), 413, $data );
			case 429:
				$wait = max( 1, $data['retry_after'] ?? 60 );
				/* translators: %s: a number of seconds. */
				return self::told( 'isnad_rate', sprintf( _n( 'Too much is asked of the Isnad service at the moment. Try again in %s second.', 'Too much is asked of the Isnad service at the moment. Try again in %s seconds.', $wait, 'isnad' ), number_format_i18n( $wait ) ), 429, $data );
			case 503:
				return self::told( 'isnad_busy', __( 'The Isnad service is not ready at the moment. Your text is safe; try again in a minute.', 'isnad' ), 503, $data );
		}
		if ( $status >= 500 ) {
			return self::told( 'isnad_broken', __( 'The Isnad service failed. Your text is safe; try again in a few minutes.', 'isnad' ), 502, $data );
		}
		/* translators: %s: what the service says, in English. */
		return self::told( 'isnad_refused', sprintf( __( 'The Isnad service does not take this post: %s', 'isnad' ), $detail ), 422, $data );
	}

	/**
	 * An error with its HTTP status.
	 *
	 * @param string $code    A word for programs.
	 * @param string $message A sentence for people.
	 * @param int    $status  HTTP's, as the editor's browser gets it.
	 * @param array  $data    What else is known.
	 */
	private static function told( string $code, string $message, int $status, array $data = array() ): WP_Error {
		return new WP_Error( $code, $message, array( 'status' => $status ) + $data );
	}
}
