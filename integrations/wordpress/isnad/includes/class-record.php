<?php
/**
 * What is kept of the checks of a post.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * One post's checks. What is large stands in options that no page of the site loads; what several people add to stands
 * in rows of its own, so that nobody's word overwrites another's.
 */
class Record {

	const PENDING      = '_isnad_pending';
	const FAILURE      = '_isnad_failure';
	const VERIFICATION = '_isnad_verification';
	const SUMMARY      = '_isnad_summary';
	const WORD         = '_isnad_word';
	const CHANGE       = '_isnad_change';
	const NOTE         = '_isnad_note';
	const META         = array( self::PENDING, self::FAILURE, self::VERIFICATION, self::SUMMARY, self::WORD, self::CHANGE, self::NOTE );
	const FOUND        = 'isnad_found_';
	const SENT         = 'isnad_sent_';

	/**
	 * The post.
	 *
	 * @var int
	 */
	private $post_id;

	/**
	 * Takes the post.
	 *
	 * @param int $post_id Its id.
	 */
	public function __construct( int $post_id ) {
		$this->post_id = $post_id;
	}

	/**
	 * The record of the post that a verification belongs to.
	 *
	 * @param string $verification Its id.
	 */
	public static function of_verification( string $verification ): ?self {
		$posts = get_posts(
			array(
				'post_type'      => array_values( get_post_types() ),
				'post_status'    => array_keys( get_post_stati() ),
				'posts_per_page' => 1,
				'fields'         => 'ids',
				'meta_key'       => self::VERIFICATION, // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_key -- Once for a webhook.
				'meta_value'     => $verification, // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_value -- As above.
			)
		);
		return $posts ? new self( (int) $posts[0] ) : null;
	}

	/**
	 * The post's id.
	 */
	public function post_id(): int {
		return $this->post_id;
	}

	/**
	 * The check that goes on; empty when none does.
	 */
	public function pending(): array {
		return $this->meta( self::PENDING );
	}

	/**
	 * Why the last check has failed; empty when it has not.
	 */
	public function failure(): array {
		return $this->meta( self::FAILURE );
	}

	/**
	 * The blocks as they were sent with the check that goes on.
	 */
	public function sent(): array {
		$sent = get_option( self::SENT . $this->post_id, array() );
		return is_array( $sent ) ? $sent : array();
	}

	/**
	 * What the last check that succeeded has found; empty when none has.
	 */
	public function found(): array {
		$found = get_option( self::FOUND . $this->post_id, array() );
		return is_array( $found ) ? $found : array();
	}

	/**
	 * The counts of the list of posts; empty when nothing was checked.
	 */
	public function summary(): array {
		return $this->meta( self::SUMMARY );
	}

	/**
	 * What people said of claims, first to last.
	 */
	public function words(): array {
		return array_values( array_filter( (array) get_post_meta( $this->post_id, self::WORD, false ), 'is_array' ) );
	}

	/**
	 * Labels that changed after the check, first to last.
	 */
	public function changes(): array {
		return array_values( array_filter( (array) get_post_meta( $this->post_id, self::CHANGE, false ), 'is_array' ) );
	}

	/**
	 * A check has begun.
	 *
	 * @param array $pending What is kept of it.
	 * @param array $sent    The blocks as they were sent.
	 */
	public function begin( array $pending, array $sent ): void {
		update_option( self::SENT . $this->post_id, $sent, false );
		$this->put( self::PENDING, $pending );
		delete_post_meta( $this->post_id, self::FAILURE );
		add_post_meta( $this->post_id, self::VERIFICATION, $pending['verification'] );
	}

	/**
	 * The check that went on has ended without a result.
	 *
	 * @param string $code    A word for programs.
	 * @param string $message A sentence for people.
	 */
	public function fail( string $code, string $message ): void {
		$pending = $this->pending();
		$failure = array(
			'code'    => $code,
			'message' => $message,
			'at'      => time(),
			'hash'    => $pending['hash'] ?? '',
			'attempt' => $pending['attempt'] ?? 0,
		);
		$this->put( self::FAILURE, $failure );
		$this->end( $this->found()['verification'] ?? '' );
	}

	/**
	 * The check that went on has ended with this.
	 *
	 * @param array $found What was found.
	 */
	public function finish( array $found ): void {
		$this->keep( $found );
		$this->end( $found['verification'] );
		delete_post_meta( $this->post_id, self::FAILURE );
		delete_post_meta( $this->post_id, self::CHANGE );
		$this->summarise();
	}

	/**
	 * Keeps what was found.
	 *
	 * @param array $found What was found.
	 */
	public function keep( array $found ): void {
		update_option( self::FOUND . $this->post_id, $found, false );
	}

	/**
	 * Adds what somebody says of a claim.
	 *
	 * @param array $word What they say.
	 */
	public function add_word( array $word ): void {
		add_post_meta( $this->post_id, self::WORD, wp_slash( $word ) );
		$this->summarise();
	}

	/**
	 * Adds a label that has changed.
	 *
	 * @param array $change The claim, and its label before and after.
	 */
	public function add_change( array $change ): void {
		add_post_meta( $this->post_id, self::CHANGE, wp_slash( $change ) );
	}

	/**
	 * Somebody has seen the labels that changed.
	 */
	public function see_changes(): void {
		delete_post_meta( $this->post_id, self::CHANGE );
		$this->summarise();
	}

	/**
	 * Adds the note that somebody gave before publishing.
	 *
	 * @param array $note The note.
	 */
	public function add_note( array $note ): void {
		add_post_meta( $this->post_id, self::NOTE, wp_slash( $note ) );
	}

	/**
	 * The claims that were found, each with what people said of it last.
	 *
	 * `standing` is the label that counts: a person's, where one was given. A person's word stays with the same words in
	 * the article through later checks, until somebody edits what is claimed by them.
	 */
	public function claims(): array {
		$words = array();
		foreach ( $this->words() as $word ) {
			$words[ $word['letters'] ] = $word;
		}
		$claims = array();
		foreach ( $this->found()['claims'] ?? array() as $claim ) {
			$word = $words[ Article::letters( $claim['quote'] ) ] ?? null;
			// Of the same second, neither is known to be the later: nobody's word is put on words that they may not have seen.
			if ( $word && $word['at'] <= ( $claim['edited_at'] ?? 0 ) ) {
				$word = null;
			}
			$claim['word']      = $word;
			$claim['dismissed'] = (bool) ( $word['dismissed'] ?? false );
			$claim['standing']  = $word && ! $claim['dismissed'] ? $word['label'] : $claim['label'];
			$claims[]           = $claim;
		}
		return $claims;
	}

	/**
	 * Renews the counts for the list of posts.
	 */
	public function summarise(): void {
		$found = $this->found();
		if ( ! $found ) {
			return;
		}
		$counts = array_fill_keys( array( 'contested', 'unsourced', 'corroborated', 'failed', 'dismissed' ), 0 );
		foreach ( $this->claims() as $claim ) {
			++$counts[ $claim['dismissed'] ? 'dismissed' : ( $claim['standing'] ?? 'failed' ) ];
		}
		$this->put(
			self::SUMMARY,
			array(
				'counts'     => $counts,
				'checked_at' => $found['checked_at'],
				'changed'    => $this->text_changed(),
				'relabelled' => count( $this->changes() ),
			)
		);
	}

	/**
	 * Takes away everything that is kept of the post.
	 */
	public function forget(): void {
		foreach ( self::META as $name ) {
			delete_post_meta( $this->post_id, $name );
		}
		delete_option( self::FOUND . $this->post_id );
		delete_option( self::SENT . $this->post_id );
	}

	/**
	 * Whether the post's text is another than the one that was checked. Blocks may change places, and one may become
	 * several.
	 */
	private function text_changed(): bool {
		$post = get_post( $this->post_id );
		$now  = $post ? wp_list_pluck( Article::blocks( $post->post_content ), 'letters' ) : array();
		$then = wp_list_pluck( $this->found()['blocks'], 'letters' );
		if ( implode( '', $then ) === implode( '', $now ) ) {
			return false;
		}
		sort( $now );
		sort( $then );
		return $then !== $now;
	}

	/**
	 * No check goes on any more; webhooks about other verifications than this are of no interest.
	 *
	 * @param string $verification Its id; empty for none.
	 */
	private function end( string $verification ): void {
		delete_post_meta( $this->post_id, self::PENDING );
		delete_option( self::SENT . $this->post_id );
		foreach ( (array) get_post_meta( $this->post_id, self::VERIFICATION, false ) as $known ) {
			if ( $known !== $verification ) {
				delete_post_meta( $this->post_id, self::VERIFICATION, $known );
			}
		}
	}

	/**
	 * An array that is kept with the post.
	 *
	 * @param string $name Its name.
	 */
	private function meta( string $name ): array {
		$value = get_post_meta( $this->post_id, $name, true );
		return is_array( $value ) ? $value : array();
	}

	/**
	 * Keeps an array with the post, as it is.
	 *
	 * @param string $name  Its name.
	 * @param array  $value The array.
	 */
	private function put( string $name, array $value ): void {
		update_post_meta( $this->post_id, $name, wp_slash( $value ) );
	}
}
