<?php
/**
 * What the site has set.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * The settings. The key and the secret have options of their own, which no page and no answer ever carries.
 */
class Settings {

	const OPTION = 'isnad_settings';
	const KEY    = 'isnad_key';
	const SECRET = 'isnad_webhook_secret';

	const DEFAULTS = array(
		'url'        => '',
		'outlet'     => '',
		'language'   => '',
		'categories' => array(),
		'ask_note'   => false,
		'claims'     => false,
		'archive'    => false,
	);

	/**
	 * All of them but the key and the secret, with their defaults.
	 */
	public function all(): array {
		$stored = get_option( self::OPTION, array() );
		return array_merge( self::DEFAULTS, is_array( $stored ) ? array_intersect_key( $stored, self::DEFAULTS ) : array() );
	}

	/**
	 * Address of the service, without a slash at its end; empty when none is set.
	 */
	public function url(): string {
		return untrailingslashit( $this->all()['url'] );
	}

	/**
	 * The key of the service.
	 */
	public function key(): string {
		return (string) get_option( self::KEY, '' );
	}

	/**
	 * The secret that webhooks are signed with.
	 */
	public function secret(): string {
		return (string) get_option( self::SECRET, '' );
	}

	/**
	 * Who publishes: the name that was set, or the site's own.
	 */
	public function outlet(): string {
		$named = $this->all()['outlet'];
		return '' !== $named ? $named : wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES );
	}

	/**
	 * The settings as they may be stored, of whatever was sent.
	 *
	 * @param mixed $sent What a form sent.
	 */
	public static function clean( $sent ): array {
		$sent     = is_array( $sent ) ? $sent : array();
		$language = sanitize_text_field( $sent['language'] ?? '' );
		return array(
			'url'        => self::address( $sent['url'] ?? '' ),
			'outlet'     => sanitize_text_field( $sent['outlet'] ?? '' ),
			'language'   => preg_match( '/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/', $language ) ? $language : '',
			'categories' => array_values( array_filter( array_map( 'absint', (array) ( $sent['categories'] ?? array() ) ) ) ),
			'ask_note'   => ! empty( $sent['ask_note'] ),
			'claims'     => ! empty( $sent['claims'] ),
			'archive'    => ! empty( $sent['archive'] ),
		);
	}

	/**
	 * A secret as it may be stored: what is sent empty changes nothing, as no form shows what is stored.
	 *
	 * @param mixed  $sent   What a form sent.
	 * @param string $option The option it goes into.
	 */
	public static function kept_secret( $sent, string $option ): string {
		$sent = is_string( $sent ) ? trim( $sent ) : '';
		return preg_match( '/^[!-~]{1,500}$/', $sent ) ? $sent : (string) get_option( $option, '' );
	}

	/**
	 * An address without user, query and fragment; empty for what is none.
	 *
	 * @param mixed $sent What a form sent.
	 */
	private static function address( $sent ): string {
		$url   = esc_url_raw( is_string( $sent ) ? trim( $sent ) : '', array( 'http', 'https' ) );
		$parts = wp_parse_url( $url );
		if ( empty( $parts['host'] ) || isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return '';
		}
		return untrailingslashit( strtok( $url, '?#' ) );
	}
}
