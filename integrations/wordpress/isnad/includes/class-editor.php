<?php
/**
 * The block editor.
 *
 * @package Isnad
 */

namespace Isnad;

use WP_Block_Editor_Context;

defined( 'ABSPATH' ) || exit;

/**
 * Loads the scripts of the sidebar, for those who may have posts checked. They know nothing of the service.
 */
class Editor {

	/**
	 * The scripts in the order in which they need each other, with what they need of WordPress.
	 */
	const SCRIPTS = array(
		'letters' => array( 'wp-blocks' ),
		'store'   => array( 'wp-api-fetch', 'wp-data', 'wp-editor', 'wp-i18n' ),
		'labels'  => array( 'wp-i18n' ),
		'marks'   => array( 'wp-block-editor', 'wp-data' ),
		'chain'   => array( 'wp-element', 'wp-i18n' ),
		'claim'   => array( 'wp-components', 'wp-date', 'wp-element', 'wp-i18n' ),
		'sidebar' => array( 'wp-components', 'wp-date', 'wp-dom-ready', 'wp-editor', 'wp-element', 'wp-i18n', 'wp-plugins' ),
	);

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Takes the settings.
	 *
	 * @param Settings $settings The settings.
	 */
	public function __construct( Settings $settings ) {
		$this->settings = $settings;
	}

	/**
	 * Adds the hooks.
	 */
	public function register(): void {
		add_action( 'init', array( self::class, 'load_translations' ) );
		add_action( 'enqueue_block_editor_assets', array( $this, 'add_scripts' ) );
		add_action( 'enqueue_block_assets', array( $this, 'add_marks' ) );
	}

	/**
	 * Loads the plugin's own translations.
	 */
	public static function load_translations(): void {
		load_plugin_textdomain( 'isnad', false, dirname( plugin_basename( PLUGIN_FILE ) ) . '/languages' );
	}

	/**
	 * Adds the sidebar to the editor of posts.
	 */
	public function add_scripts(): void {
		if ( ! self::is_wanted() ) {
			return;
		}
		$before = array();
		foreach ( self::SCRIPTS as $name => $needs ) {
			wp_enqueue_script( "isnad-$name", plugins_url( "assets/$name.js", PLUGIN_FILE ), array_merge( $needs, $before ), VERSION, true );
			$before = array( "isnad-$name" );
		}
		wp_add_inline_script( 'isnad-letters', 'window.isnad = ' . wp_json_encode( array( 'askNote' => $this->settings->all()['ask_note'] ), JSON_HEX_TAG ) . ';', 'before' );
		// One of them has the words of all.
		wp_set_script_translations( 'isnad-letters', 'isnad', plugin_dir_path( PLUGIN_FILE ) . 'languages' );
		wp_enqueue_style( 'isnad-sidebar', plugins_url( 'assets/sidebar.css', PLUGIN_FILE ), array( 'wp-components' ), VERSION );
	}

	/**
	 * Adds the colours of the marks to where the text is, which is a document of its own in many editors.
	 */
	public function add_marks(): void {
		if ( is_admin() && self::is_wanted() ) {
			wp_enqueue_style( 'isnad-marks', plugins_url( 'assets/marks.css', PLUGIN_FILE ), array(), VERSION );
		}
	}

	/**
	 * Whether this is the editor of a post, and of somebody who may have it checked.
	 */
	private static function is_wanted(): bool {
		$screen = function_exists( 'get_current_screen' ) ? get_current_screen() : null;
		return $screen && 'post' === $screen->base && current_user_can( Plugin::CAPABILITY );
	}
}
