<?php
/**
 * The command line.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_CLI;

defined( 'ABSPATH' ) || exit;

/**
 * Sends the site's archive to the coverage that claims are checked against.
 */
class Archive_Command {

	/**
	 * The archive.
	 *
	 * @var Archive
	 */
	private $archive;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Takes the archive and the settings.
	 *
	 * @param Archive  $archive  The archive.
	 * @param Settings $settings The settings.
	 */
	public function __construct( Archive $archive, Settings $settings ) {
		$this->archive  = $archive;
		$this->settings = $settings;
	}

	/**
	 * Adds the command where there is a command line.
	 */
	public function register(): void {
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			WP_CLI::add_command( 'isnad archive', $this );
		}
	}

	/**
	 * Sends what is due: posts that were never sent, edits and deletions. It may be stopped, and goes on from there.
	 *
	 * ## OPTIONS
	 *
	 * [--batch=<posts>]
	 * : How many posts are sent at a time.
	 * ---
	 * default: 50
	 * ---
	 *
	 * [--limit=<posts>]
	 * : Stops after so many posts.
	 *
	 * @param array $arguments None.
	 * @param array $options   The options.
	 */
	public function send( array $arguments, array $options ): void {
		$batch = max( 1, min( 500, (int) ( $options['batch'] ?? 50 ) ) );
		$limit = (int) ( $options['limit'] ?? PHP_INT_MAX );
		$this->repeat(
			static fn( int $left ) => min( $batch, $left ),
			array( $this->archive, 'batch' ),
			$limit
		);
		$this->status();
	}

	/**
	 * Takes everything out of the coverage that this site has sent.
	 */
	public function withdraw(): void {
		$this->repeat( static fn( int $left ) => min( 50, $left ), array( $this->archive, 'withdraw' ), PHP_INT_MAX );
		if ( $this->settings->all()['archive'] ) {
			WP_CLI::warning( 'Sending by the clock is still on, under Settings, Isnad.' );
		}
		$this->status();
	}

	/**
	 * Tells how many posts are sent, due and refused.
	 */
	public function status(): void {
		$status = $this->archive->status();
		WP_CLI::log( sprintf( '%d sent, %d due, %d refused', $status['sent'], $status['due'], $status['refused'] ) );
	}

	/**
	 * Does batches until nothing is left.
	 *
	 * @param callable $size  How large the next one is.
	 * @param callable $batch Does it.
	 * @param int      $left  At most so many posts.
	 */
	private function repeat( callable $size, callable $batch, int $left ): void {
		$total = 0;
		while ( $left > 0 ) {
			$done = $batch( $size( $left ) );
			if ( is_wp_error( $done ) ) {
				WP_CLI::error( $done->get_error_message() );
			}
			if ( ! $done ) {
				return;
			}
			$total += $done;
			$left  -= $done;
			WP_CLI::log( sprintf( '%d posts seen to', $total ) );
			// A long run must not gather every post in memory.
			wp_cache_flush_runtime();
		}
	}
}
