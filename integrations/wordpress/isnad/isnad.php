<?php
/**
 * Plugin Name:       Isnad: claims and coverage
 * Description:       Checks each claim of a post against coverage, in the block editor: who else says so, who says otherwise, and are they really someone else?
 * Version:           0.1.0
 * Requires at least: 6.6
 * Requires PHP:      7.4
 * Author:            The Isnad project
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       isnad
 * Domain Path:       /languages
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

const VERSION     = '0.1.0';
const PLUGIN_FILE = __FILE__;

/**
 * Loads the classes of this plugin by WordPress's own naming of files.
 */
spl_autoload_register(
	static function ( string $name ): void {
		if ( 0 === strpos( $name, __NAMESPACE__ . '\\' ) ) {
			$file = 'class-' . strtolower( str_replace( '_', '-', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) ) . '.php';
			if ( is_readable( __DIR__ . '/includes/' . $file ) ) {
				require __DIR__ . '/includes/' . $file;
			}
		}
	}
);

register_activation_hook( __FILE__, array( Plugin::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Plugin::class, 'deactivate' ) );
Plugin::build()->register();
