<?php
/**
 * What is done by the clock.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * Asks for what no webhook has told: checks that go on, labels that changed, and the archive. Each run takes a bounded
 * time and goes on where the one before it stopped.
 */
class Clock {

	const PENDING = 'isnad_pending';
	const LOOK    = 'isnad_look';
	const ARCHIVE = 'isnad_archive';
	const PLACE   = 'isnad_look_place';

	/**
	 * Seconds after which a run begins nothing more.
	 */
	const SECONDS = 20;

	/**
	 * So many posts are looked at in one run, and for so many days after their check.
	 */
	const MOST = 20;
	const DAYS = 30;

	/**
	 * The checker.
	 *
	 * @var Checker
	 */
	private $checker;

	/**
	 * The archive.
	 *
	 * @var Archive
	 */
	private $archive;

	/**
	 * Takes the checker and the archive.
	 *
	 * @param Checker $checker The checker.
	 * @param Archive $archive The archive.
	 */
	public function __construct( Checker $checker, Archive $archive ) {
		$this->checker = $checker;
		$this->archive = $archive;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_filter( 'cron_schedules', array( self::class, 'add_interval' ) ); // phpcs:ignore WordPress.WP.CronInterval.CronSchedulesInterval -- While somebody waits for a check.
		add_action( self::PENDING, array( $this, 'bring_in' ) );
		add_action( self::LOOK, array( $this, 'look' ) );
		add_action( self::ARCHIVE, array( $this, 'send_archive' ) );
	}

	/**
	 * A minute, while a check goes on; and five for the archive.
	 *
	 * @param array $known The intervals so far.
	 */
	public static function add_interval( array $known ): array {
		$known['isnad_minute']  = array(
			'interval' => MINUTE_IN_SECONDS,
			'display'  => __( 'Every minute, while a check goes on', 'isnad' ),
		);
		$known['isnad_archive'] = array(
			'interval' => 5 * MINUTE_IN_SECONDS,
			'display'  => __( 'Every five minutes', 'isnad' ),
		);
		return $known;
	}

	/**
	 * Begins what always runs.
	 */
	public static function start(): void {
		add_filter( 'cron_schedules', array( self::class, 'add_interval' ) ); // phpcs:ignore WordPress.WP.CronInterval.CronSchedulesInterval -- As above.
		if ( ! wp_next_scheduled( self::LOOK ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', self::LOOK );
		}
		if ( ! wp_next_scheduled( self::ARCHIVE ) ) {
			wp_schedule_event( time() + MINUTE_IN_SECONDS, 'isnad_archive', self::ARCHIVE );
		}
	}

	/**
	 * Ends all of it.
	 */
	public static function stop(): void {
		foreach ( array( self::PENDING, self::LOOK, self::ARCHIVE ) as $hook ) {
			wp_clear_scheduled_hook( $hook );
		}
		wp_unschedule_hook( On_Save::HOOK );
	}

	/**
	 * A check has begun, and is asked for every minute until it has ended.
	 */
	public static function watch_pending(): void {
		if ( ! wp_next_scheduled( self::PENDING ) ) {
			wp_schedule_event( time() + MINUTE_IN_SECONDS, 'isnad_minute', self::PENDING );
		}
	}

	/**
	 * Brings in the checks that have ended.
	 */
	public function bring_in(): void {
		$until = time() + self::SECONDS;
		$left  = self::posts( Record::PENDING, self::MOST );
		foreach ( $left as $post_id ) {
			if ( time() > $until ) {
				return;
			}
			$this->checker->bring_in( new Record( $post_id ) );
		}
		if ( ! self::posts( Record::PENDING, 1 ) ) {
			wp_clear_scheduled_hook( self::PENDING );
		}
	}

	/**
	 * Looks for labels that have changed.
	 */
	public function look(): void {
		$until = time() + self::SECONDS;
		$place = (int) get_option( self::PLACE, 0 );
		$posts = self::posts( Record::SUMMARY, self::MOST, $place );
		foreach ( $posts as $post_id ) {
			if ( time() > $until ) {
				break;
			}
			++$place;
			$record = new Record( $post_id );
			if ( (int) ( $record->summary()['checked_at'] ?? 0 ) > time() - self::DAYS * DAY_IN_SECONDS ) {
				$this->checker->look_again( $record );
			}
		}
		update_option( self::PLACE, count( $posts ) < self::MOST ? 0 : $place, false );
	}

	/**
	 * Sends what is due of the archive.
	 */
	public function send_archive(): void {
		$this->archive->work( self::SECONDS );
	}

	/**
	 * Posts that have something of ours.
	 *
	 * @param string $name Its name.
	 * @param int    $most At most so many.
	 * @param int    $from Without the first ones.
	 * @return int[]
	 */
	private static function posts( string $name, int $most, int $from = 0 ): array {
		return array_map(
			'intval',
			get_posts(
				array(
					// Also what was never saved, and what is in the trash: it may come back.
					'post_type'      => array_values( get_post_types() ),
					'post_status'    => array_keys( get_post_stati() ),
					'posts_per_page' => $most,
					'offset'         => $from,
					'orderby'        => 'ID',
					'order'          => 'DESC',
					'fields'         => 'ids',
					'meta_key'       => $name, // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_key -- Once in a run by the clock.
				)
			)
		);
	}
}
