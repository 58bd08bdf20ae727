<?php
/**
 * What a report says, as the editor shows it.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * Takes out of a report what a post keeps of it. Everything in it was written by others, and is text until it is shown.
 */
class Findings {

	const LABELS = array( 'corroborated', 'contested', 'unsourced' );

	/**
	 * The claims in short.
	 *
	 * @param array $report The report.
	 */
	public static function claims( array $report ): array {
		$claims = array();
		foreach ( $report['claims'] ?? array() as $claim ) {
			$claims[] = array(
				'id'          => (string) $claim['id'],
				'text'        => (string) $claim['text'],
				'quote'       => (string) $claim['quote'],
				'label'       => self::label( $claim['label'] ?? null ),
				'speaker'     => (string) ( $claim['attribution']['speaker'] ?? '' ),
				'role'        => (string) ( $claim['attribution']['role'] ?? '' ),
				'source'      => (string) ( $claim['attribution']['source'] ?? '' ),
				'explanation' => (string) ( $claim['explanation'] ?? '' ),
				'failure'     => (string) ( $claim['failure']['message'] ?? '' ),
				'articles'    => (int) ( $claim['origins']['articles'] ?? 0 ),
				'independent' => self::independent( $claim['evidence'] ?? array() ),
				'edited_at'   => self::edited_at( $report, (string) $claim['id'] ),
			);
		}
		return $claims;
	}

	/**
	 * When a person last changed what a claim says; 0 for never.
	 *
	 * @param array  $report The report.
	 * @param string $id     The claim's id.
	 */
	private static function edited_at( array $report, string $id ): int {
		$at = 0;
		foreach ( $report['edits'] ?? array() as $edit ) {
			if ( 'restore' !== $edit['kind'] && in_array( $id, $edit['claim_ids'], true ) ) {
				$at = max( $at, (int) strtotime( $edit['edited_at'] ) );
			}
		}
		return $at;
	}

	/**
	 * How many independent origins speak of a claim. The post itself is none, also where it contradicts itself.
	 *
	 * @param array $evidence The claim's evidence.
	 */
	private static function independent( array $evidence ): int {
		$origins = array();
		foreach ( $evidence as $item ) {
			if ( $item['independent'] && 'coverage' === $item['from'] ) {
				$origins[ $item['origin'] ] = true;
			}
		}
		return count( $origins );
	}

	/**
	 * The blocks that were sent, each with its `letters` and the places of claims in them.
	 *
	 * The service counts characters of the text content, the editor counts letters. A place whose letters are not those
	 * of the claim is looked for, and where they are nowhere in the block nothing is marked.
	 *
	 * @param array $report The report.
	 * @param array $sent   The blocks as they were sent.
	 * @param array $told   `blocks` of the verification.
	 */
	public static function blocks( array $report, array $sent, array $told ): array {
		$spans = array_column( $told, 'spans', 'id' );
		$words = self::words( $report );
		$found = array();
		foreach ( $sent as $number => $block ) {
			$offsets = self::offsets( Article::text_content( $block['html'] ) );
			$places  = array();
			foreach ( $spans[ 'b' . $number ] ?? array() as $span ) {
				$start = $offsets[ (int) $span['start'] ] ?? 0;
				$end   = $offsets[ (int) $span['end'] ] ?? 0;
				$place = self::place( $block['letters'], $start, $end, $words[ $span['claim_id'] ] ?? array() );
				if ( $place ) {
					$places[] = array( $span['claim_id'], $place[0], $place[1] );
				}
			}
			$found[] = array(
				'letters' => $block['letters'],
				'spans'   => $places,
			);
		}
		return $found;
	}

	/**
	 * The blocks of an earlier look with the places of the claims that the report makes by now.
	 *
	 * People edit claims: what they set aside is marked no more, and what they added is looked for in its block.
	 *
	 * @param array $report The report.
	 * @param array $kept   The blocks as they were kept.
	 * @param array $told   `blocks` of the verification.
	 */
	public static function blocks_again( array $report, array $kept, array $told ): array {
		$spans = array_column( $told, 'spans', 'id' );
		$words = self::words( $report );
		foreach ( $kept as $number => $block ) {
			$places = array();
			foreach ( array_unique( array_column( $spans[ 'b' . $number ] ?? array(), 'claim_id' ) ) as $id ) {
				foreach ( self::places_again( $block, $id, $words[ $id ] ?? array() ) as $place ) {
					$places[] = array( $id, $place[0], $place[1] );
				}
			}
			$kept[ $number ]['spans'] = $places;
		}
		return $kept;
	}

	/**
	 * The labels that are other than before, of claims that are worded as before: what a person edited is no news of
	 * later coverage.
	 *
	 * @param array $before The claims in short, as they were.
	 * @param array $now    The claims in short, as they are.
	 */
	public static function relabelled( array $before, array $now ): array {
		$known   = array_column( $before, null, 'id' );
		$changed = array();
		foreach ( $now as $claim ) {
			$then = $known[ $claim['id'] ] ?? null;
			if ( $then && $then['text'] === $claim['text'] && $then['quote'] === $claim['quote'] && $then['label'] !== $claim['label'] ) {
				$changed[] = array(
					'claim'  => $claim['id'],
					'text'   => $claim['text'],
					'before' => $then['label'],
					'after'  => $claim['label'],
				);
			}
		}
		return $changed;
	}

	/**
	 * Everything about one claim.
	 *
	 * @param array  $report The report.
	 * @param string $id     The claim's id.
	 * @return array|null Null when the report has no such claim.
	 */
	public static function details( array $report, string $id ): ?array {
		foreach ( $report['claims'] ?? array() as $claim ) {
			if ( $claim['id'] === $id ) {
				return array(
					'evidence' => array_map( array( self::class, 'evidence' ), $claim['evidence'] ?? array() ),
					'origins'  => self::origins( $claim, $report['origins'] ?? array() ),
					'close'    => array_map( array( self::class, 'close' ), $claim['close'] ?? array() ),
					'reviews'  => array_map( array( self::class, 'review' ), $claim['reviews'] ?? array() ),
				);
			}
		}
		return null;
	}

	/**
	 * An address that may be a link; empty for any other.
	 *
	 * @param mixed $url What is told as one.
	 */
	public static function link( $url ): string {
		return is_string( $url ) ? esc_url_raw( $url, array( 'http', 'https' ) ) : '';
	}

	/**
	 * A label, or null.
	 *
	 * @param mixed $told What is told as one.
	 */
	public static function label( $told ): ?string {
		return in_array( $told, self::LABELS, true ) ? $told : null;
	}

	/**
	 * One witness's word.
	 *
	 * @param array $item An item of the evidence.
	 */
	private static function evidence( array $item ): array {
		$passage = $item['passage'] ?? array();
		return array(
			'stance'      => (string) $item['stance'],
			'quote'       => (string) $item['quote'],
			'from'        => (string) $item['from'],
			'outlet'      => (string) ( $passage['outlet'] ?? '' ),
			'title'       => (string) ( $passage['title'] ?? '' ),
			'published'   => (string) ( $passage['published_at'] ?? '' ),
			'url'         => self::link( $passage['url'] ?? '' ),
			'origin'      => (string) $item['origin'],
			'independent' => (bool) $item['independent'],
			'when'        => (string) $item['when'],
		);
	}

	/**
	 * A passage in another language that nobody has compared.
	 *
	 * @param array $item An item of `close`.
	 */
	private static function close( array $item ): array {
		$passage = $item['passage'] ?? array();
		return array(
			'text'   => (string) ( $passage['text'] ?? '' ),
			'outlet' => (string) ( $passage['outlet'] ?? '' ),
			'url'    => self::link( $passage['url'] ?? '' ),
		);
	}

	/**
	 * The origins that a claim's evidence goes back to, with who tells them.
	 *
	 * @param array $claim The claim.
	 * @param array $all   The report's origins.
	 */
	private static function origins( array $claim, array $all ): array {
		$stances = array();
		foreach ( $claim['evidence'] ?? array() as $item ) {
			$stances[ $item['origin'] ][] = $item['stance'];
		}
		$found = array();
		foreach ( $all as $origin ) {
			if ( isset( $stances[ $origin['id'] ] ) ) {
				$found[] = array(
					'id'          => (string) $origin['id'],
					'name'        => (string) ( $origin['name'] ?? '' ),
					'independent' => (bool) $origin['independent'],
					'articles'    => (int) $origin['articles'],
					'stances'     => array_values( array_unique( $stances[ $origin['id'] ] ) ),
					'tellings'    => array_map( array( self::class, 'telling' ), $origin['tellings'] ?? array() ),
				);
			}
		}
		return $found;
	}

	/**
	 * One document of an origin.
	 *
	 * @param array $telling A telling.
	 */
	private static function telling( array $telling ): array {
		return array(
			'id'     => (string) $telling['document_id'],
			'outlet' => (string) ( $telling['outlet'] ?? '' ),
			'title'  => (string) ( $telling['title'] ?? '' ),
			'url'    => self::link( $telling['url'] ?? '' ),
			'why'    => (string) $telling['why'],
			'of'     => (string) ( $telling['of'] ?? '' ),
		);
	}

	/**
	 * What somebody else has published of the same claim.
	 *
	 * @param array $matched A review that the report shows beside the claim.
	 */
	private static function review( array $matched ): array {
		$review = $matched['review'] ?? array();
		return array(
			'of'        => (string) ( $matched['of'] ?? '' ),
			'claim'     => (string) ( $review['claim'] ?? '' ),
			'rating'    => (string) ( $review['rating'] ?? '' ),
			'publisher' => (string) ( $review['publisher'] ?? $review['site'] ?? '' ),
			'date'      => (string) ( $review['published_at'] ?? '' ),
			'url'       => self::link( $review['url'] ?? '' ),
		);
	}

	/**
	 * Where a claim stands in a block that was looked at before: where it stood as far as these are its words still.
	 *
	 * @param array  $block The block as it was kept.
	 * @param string $id    The claim's id.
	 * @param array  $words Letters of the stretches that the claim rests on by now.
	 */
	private static function places_again( array $block, string $id, array $words ): array {
		$letters = $block['letters'];
		$stood   = array();
		foreach ( $block['spans'] as $span ) {
			if ( $span[0] === $id ) {
				$stood[ mb_substr( $letters, $span[1], $span[2] - $span[1] ) ] = array( $span[1], $span[2] );
			}
		}
		$places = array();
		foreach ( $words as $word ) {
			$place = $stood[ $word ] ?? self::place( $letters, 0, 0, array( $word ) );
			if ( $place ) {
				$places[] = $place;
			}
		}
		// What goes on in another block stands here in part.
		return $places ? $places : array_values( array_filter( $stood, static fn( $one ) => null !== self::place( $letters, $one[0], $one[1], $words ) ) );
	}

	/**
	 * The letters of every stretch of the article that a claim rests on, by claim.
	 *
	 * @param array $report The report.
	 */
	private static function words( array $report ): array {
		$text  = Article::characters( (string) ( $report['article']['text'] ?? '' ) );
		$words = array();
		foreach ( $report['claims'] ?? array() as $claim ) {
			foreach ( $claim['spans'] as $span ) {
				$words[ $claim['id'] ][] = Article::letters( implode( '', array_slice( $text, $span['start'], $span['end'] - $span['start'] ) ) );
			}
		}
		return $words;
	}

	/**
	 * For every character of a text, and for its end, how many letters come before.
	 *
	 * @param string $text The text.
	 */
	private static function offsets( string $text ): array {
		$offsets = array( 0 );
		$letters = 0;
		foreach ( Article::characters( $text ) as $character ) {
			$letters  += preg_match( Article::SPACE, $character ) ? 0 : 1;
			$offsets[] = $letters;
		}
		return $offsets;
	}

	/**
	 * Where a claim stands in a block, in letters.
	 *
	 * @param string $letters Of the block.
	 * @param int    $start   Where it should begin.
	 * @param int    $end     Where it should end.
	 * @param array  $words   Letters of the stretches that the claim rests on.
	 */
	private static function place( string $letters, int $start, int $end, array $words ): ?array {
		$there = mb_substr( $letters, $start, $end - $start );
		foreach ( $words as $word ) {
			if ( '' !== $there && ( false !== strpos( $word, $there ) ) ) {
				return array( $start, $end );
			}
		}
		foreach ( $words as $word ) {
			$bytes = '' !== $word ? strpos( $letters, $word ) : false;
			if ( false !== $bytes ) {
				$at = mb_strlen( substr( $letters, 0, $bytes ) );
				return array( $at, $at + mb_strlen( $word ) );
			}
		}
		return null;
	}
}
