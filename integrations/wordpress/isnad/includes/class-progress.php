<?php
/**
 * How far a check has come.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * Reads server-sent events into counts.
 */
class Progress {

	/**
	 * What each event adds to which count; the others are for machines.
	 */
	const COUNTED = array(
		'part_read'      => 'parts_read',
		'claim_labelled' => 'claims_labelled',
	);

	/**
	 * The counts of whole events; what was cut off in the middle comes again with the next reading.
	 *
	 * @param string $stream What came.
	 * @return array `after` is the number of the last event, 0 for none; the others are counts.
	 */
	public static function read( string $stream ): array {
		$counts = array( 'after' => 0 );
		$whole  = explode( "\n\n", str_replace( "\r\n", "\n", $stream ) );
		array_pop( $whole );
		foreach ( $whole as $event ) {
			$fields = self::fields( $event );
			$number = (int) ( $fields['id'] ?? 0 );
			if ( $number > 0 ) {
				$counts['after'] = $number;
				$counts          = self::counted( $counts, $fields );
			}
		}
		return $counts;
	}

	/**
	 * The counts with one more event.
	 *
	 * @param array $counts The counts so far.
	 * @param array $fields The event's fields.
	 */
	private static function counted( array $counts, array $fields ): array {
		$type = $fields['event'] ?? '';
		$data = json_decode( $fields['data'] ?? '', true );
		if ( isset( self::COUNTED[ $type ] ) ) {
			$counts[ self::COUNTED[ $type ] ] = ( $counts[ self::COUNTED[ $type ] ] ?? 0 ) + 1;
		}
		if ( 'article_split' === $type ) {
			$counts['parts'] = (int) ( $data['parts'] ?? 0 );
		}
		if ( 'claims_collected' === $type ) {
			$counts['claims'] = (int) ( $data['claims'] ?? 0 );
		}
		return $counts;
	}

	/**
	 * The fields of one event.
	 *
	 * @param string $event Its lines.
	 */
	private static function fields( string $event ): array {
		$fields = array();
		foreach ( explode( "\n", $event ) as $line ) {
			$parts = explode( ':', $line, 2 );
			if ( 2 === count( $parts ) ) {
				$fields[ $parts[0] ] = ltrim( $parts[1], ' ' );
			}
		}
		return $fields;
	}
}
