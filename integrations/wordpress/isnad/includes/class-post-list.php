<?php
/**
 * The list of posts.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * A column with what was found.
 */
class Post_List {

	const COLUMN = 'isnad_claims';

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_filter( 'manage_posts_columns', array( $this, 'add_column' ) );
		add_filter( 'manage_pages_columns', array( $this, 'add_column' ) );
		add_action( 'manage_posts_custom_column', array( $this, 'fill_column' ), 10, 2 );
		add_action( 'manage_pages_custom_column', array( $this, 'fill_column' ), 10, 2 );
		add_action( 'admin_enqueue_scripts', array( $this, 'add_style' ) );
	}

	/**
	 * Adds the column, for those who may have posts checked.
	 *
	 * @param array $columns The columns so far.
	 */
	public function add_column( array $columns ): array {
		return current_user_can( Plugin::CAPABILITY ) ? $columns + array( self::COLUMN => __( 'Claims', 'isnad' ) ) : $columns;
	}

	/**
	 * Fills in one post.
	 *
	 * @param string $column  The column.
	 * @param int    $post_id The post.
	 */
	public function fill_column( string $column, int $post_id ): void {
		if ( self::COLUMN !== $column ) {
			return;
		}
		$record = new Record( $post_id );
		foreach ( $this->lines( $record ) as $line ) {
			printf( '<span class="isnad-%s">%s</span><br>', esc_attr( $line[0] ), esc_html( $line[1] ) );
		}
	}

	/**
	 * Adds the style to the list.
	 *
	 * @param string $screen The screen.
	 */
	public function add_style( string $screen ): void {
		if ( 'edit.php' === $screen ) {
			wp_enqueue_style( 'isnad-list', plugins_url( 'assets/list.css', PLUGIN_FILE ), array(), VERSION );
		}
	}

	/**
	 * What is said of a post, line by line, each with its kind.
	 *
	 * @param Record $record The post's record.
	 */
	private function lines( Record $record ): array {
		$summary = $record->summary();
		$lines   = $summary ? self::counted( $summary ) : array();
		if ( $record->pending() ) {
			$lines[] = array( 'state', __( 'Checking …', 'isnad' ) );
		} elseif ( $record->failure() ) {
			$lines[] = array( 'trouble', $record->failure()['message'] );
		} elseif ( ! $lines ) {
			$lines[] = array( 'state', __( 'Never checked', 'isnad' ) );
		}
		return $lines;
	}

	/**
	 * The counts, and what has changed.
	 *
	 * @param array $summary As it is kept.
	 */
	private static function counted( array $summary ): array {
		$counts = $summary['counts'];
		$lines  = array();
		foreach ( $counts as $kind => $count ) {
			if ( $count ) {
				$lines[] = array( $kind, self::count( $kind, $count ) );
			}
		}
		if ( ! $lines ) {
			$lines[] = array( 'state', __( 'No claims', 'isnad' ) );
		}
		if ( $summary['relabelled'] ) {
			/* translators: %s: a number. */
			$lines[] = array( 'trouble', sprintf( _n( '%s label changed since', '%s labels changed since', $summary['relabelled'], 'isnad' ), number_format_i18n( $summary['relabelled'] ) ) );
		}
		if ( $summary['changed'] ) {
			$lines[] = array( 'state', __( 'Text changed since', 'isnad' ) );
		}
		return $lines;
	}

	/**
	 * How many claims are of a kind.
	 *
	 * @param string $kind  The kind.
	 * @param int    $count How many.
	 */
	private static function count( string $kind, int $count ): string {
		$forms = array(
			/* translators: %s: a number of claims. */
			'contested'    => _n( '%s contested', '%s contested', $count, 'isnad' ),
			/* translators: %s: a number of claims. */
			'unsourced'    => _n( '%s unsourced', '%s unsourced', $count, 'isnad' ),
			/* translators: %s: a number of claims. */
			'corroborated' => _n( '%s corroborated', '%s corroborated', $count, 'isnad' ),
			/* translators: %s: a number of claims. */
			'failed'       => _n( '%s could not be checked', '%s could not be checked', $count, 'isnad' ),
			/* translators: %s: a number of claims. */
			'dismissed'    => _n( '%s dismissed', '%s dismissed', $count, 'isnad' ),
		);
		return sprintf( $forms[ $kind ], number_format_i18n( $count ) );
	}
}
