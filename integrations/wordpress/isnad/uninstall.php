<?php
/**
 * Takes away everything that the plugin has kept.
 *
 * What was sent to the service stays there: “wp isnad archive withdraw” takes it out before.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

foreach ( array( 'archive', 'clock', 'on-save', 'plugin', 'record', 'settings' ) as $isnad_name ) {
	require_once __DIR__ . "/includes/class-$isnad_name.php";
}

/**
 * Takes away what one site has.
 */
function uninstall_site(): void {
	global $wpdb;
	Clock::stop();
	foreach ( array( Settings::OPTION, Settings::KEY, Settings::SECRET, Clock::PLACE ) as $name ) {
		delete_option( $name );
	}
	foreach ( array_merge( Record::META, Archive::META ) as $name ) {
		delete_post_meta_by_key( $name );
	}
	foreach ( array( Record::FOUND, Record::SENT, Archive::REMOVAL, '_transient_isnad_', '_transient_timeout_isnad_' ) as $begin ) {
		$names = $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $begin ) . '%' ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- There is no other way to list options by their names.
		array_map( 'delete_option', $names );
	}
	foreach ( array_keys( wp_roles()->roles ) as $name ) {
		get_role( $name )->remove_cap( Plugin::CAPABILITY );
	}
}

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $isnad_site ) { // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing.AssociativeArrayFound -- One question.
		switch_to_blog( $isnad_site );
		uninstall_site();
		restore_current_blog();
	}
} else {
	uninstall_site();
}
