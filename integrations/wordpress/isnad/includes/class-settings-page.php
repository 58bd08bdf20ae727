<?php
/**
 * The page of settings.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * Settings, Isnad. The key and the secret can be written there and never read.
 */
class Settings_Page {

	const PAGE = 'isnad';

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
		add_action( 'admin_init', array( $this, 'add_settings' ) );
		add_action( 'admin_menu', array( $this, 'add_page' ) );
		add_action( 'admin_enqueue_scripts', array( $this, 'add_script' ) );
	}

	/**
	 * Says what may be stored, and how.
	 */
	public function add_settings(): void {
		register_setting( self::PAGE, Settings::OPTION, array( 'sanitize_callback' => array( Settings::class, 'clean' ) ) );
		foreach ( array( Settings::KEY, Settings::SECRET ) as $option ) {
			// No page of the site needs them.
			add_option( $option, '', '', false );
			register_setting(
				self::PAGE,
				$option,
				array(
					'sanitize_callback' => static function ( $sent ) use ( $option ): string {
						return Settings::kept_secret( $sent, $option );
					},
				)
			);
		}
	}

	/**
	 * Adds the page to the menu.
	 */
	public function add_page(): void {
		add_options_page( __( 'Isnad: claims and coverage', 'isnad' ), __( 'Isnad', 'isnad' ), 'manage_options', self::PAGE, array( $this, 'show' ) );
	}

	/**
	 * Adds the script of the button.
	 *
	 * @param string $screen The screen.
	 */
	public function add_script( string $screen ): void {
		if ( 'settings_page_' . self::PAGE === $screen ) {
			wp_add_inline_style( 'forms', '.rtl #isnad_key:placeholder-shown, .rtl #isnad_webhook_secret:placeholder-shown { direction: rtl; }' );
			wp_enqueue_script( 'isnad-settings', plugins_url( 'assets/settings.js', PLUGIN_FILE ), array( 'wp-api-fetch', 'wp-dom-ready', 'wp-i18n' ), VERSION, true );
			wp_set_script_translations( 'isnad-settings', 'isnad', plugin_dir_path( PLUGIN_FILE ) . 'languages' );
		}
	}

	/**
	 * Prints the page.
	 */
	public function show(): void {
		$settings = $this->settings->all();
		echo '<div class="wrap"><h1>' . esc_html__( 'Isnad: claims and coverage', 'isnad' ) . '</h1>';
		echo '<form action="options.php" method="post">';
		settings_fields( self::PAGE );
		echo '<table class="form-table" role="presentation"><tbody>';
		$this->text( 'url', __( 'Address of the service', 'isnad' ), $settings['url'], 'https://isnad.newsroom.example', 'url' );
		$this->secret( Settings::KEY, __( 'Key', 'isnad' ), __( 'Made with “isnad keys create cms --scopes verify,read,coverage”. It stays on this server.', 'isnad' ) );
		$this->secret( Settings::SECRET, __( 'Webhook secret', 'isnad' ), __( 'Shown by “isnad keys webhook-secret cms”. Without one the site asks the service by itself.', 'isnad' ) );
		$this->text( 'outlet', __( 'Name of the outlet', 'isnad' ), $settings['outlet'], $this->settings->outlet(), 'text' );
		$this->text( 'language', __( 'Language of the posts', 'isnad' ), $settings['language'], __( 'found from the text', 'isnad' ), 'text' );
		$this->categories( $settings['categories'] );
		$this->box( 'ask_note', __( 'Before publishing', 'isnad' ), __( 'Ask for a note where contested or unsourced claims remain', 'isnad' ), $settings['ask_note'] );
		$this->box( 'claims', __( 'Published posts', 'isnad' ), __( 'Tell search engines the claims of a post (schema.org)', 'isnad' ), $settings['claims'] );
		$this->box( 'archive', __( 'Archive', 'isnad' ), __( 'Send published posts to the coverage that claims are checked against', 'isnad' ), $settings['archive'] );
		echo '</tbody></table>';
		submit_button();
		echo '</form><h2>' . esc_html__( 'Connection', 'isnad' ) . '</h2><p>' . esc_html__( 'Tries what was saved.', 'isnad' ) . '</p>';
		echo '<p><button type="button" class="button" id="isnad-test">' . esc_html__( 'Test the connection', 'isnad' ) . '</button></p><ul id="isnad-tested" role="status"></ul></div>';
	}

	/**
	 * A line of text.
	 *
	 * @param string $name    The setting.
	 * @param string $label   What it is called.
	 * @param string $value   What is set.
	 * @param string $example What could stand there.
	 * @param string $type    HTML's.
	 */
	private function text( string $name, string $label, string $value, string $example, string $type ): void {
		printf(
			'<tr><th scope="row"><label for="isnad-%1$s">%2$s</label></th><td><input class="regular-text" id="isnad-%1$s" name="%3$s[%1$s]" type="%4$s" dir="auto" value="%5$s" placeholder="%6$s"></td></tr>',
			esc_attr( $name ),
			esc_html( $label ),
			esc_attr( Settings::OPTION ),
			esc_attr( $type ),
			esc_attr( $value ),
			esc_attr( $example )
		);
	}

	/**
	 * Something that can be written and never read.
	 *
	 * @param string $option The option.
	 * @param string $label  What it is called.
	 * @param string $help   Where it comes from.
	 */
	private function secret( string $option, string $label, string $help ): void {
		$now = '' !== (string) get_option( $option, '' ) ? __( 'Set. Leave empty to keep it.', 'isnad' ) : __( 'Not set', 'isnad' );
		printf(
			'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><input class="regular-text" id="%1$s" name="%1$s" type="password" autocomplete="new-password" value="" placeholder="%3$s"><p class="description">%4$s</p></td></tr>',
			esc_attr( $option ),
			esc_html( $label ),
			esc_attr( $now ),
			esc_html( $help )
		);
	}

	/**
	 * A box to tick.
	 *
	 * @param string $name  The setting.
	 * @param string $title What it is about.
	 * @param string $label What it does.
	 * @param bool   $value Whether it is ticked.
	 */
	private function box( string $name, string $title, string $label, bool $value ): void {
		printf(
			'<tr><th scope="row">%1$s</th><td><label><input type="checkbox" name="%2$s[%3$s]" value="1"%4$s> %5$s</label></td></tr>',
			esc_html( $title ),
			esc_attr( Settings::OPTION ),
			esc_attr( $name ),
			checked( $value, true, false ),
			esc_html( $label )
		);
	}

	/**
	 * The categories that are checked on save.
	 *
	 * @param int[] $chosen Their ids.
	 */
	private function categories( array $chosen ): void {
		echo '<tr><th scope="row">' . esc_html__( 'Checked when saved', 'isnad' ) . '</th><td><fieldset><legend class="screen-reader-text">' . esc_html__( 'Checked when saved', 'isnad' ) . '</legend>';
		foreach ( get_categories( array( 'hide_empty' => false ) ) as $category ) {
			printf(
				'<label><input type="checkbox" name="%1$s[categories][]" value="%2$d"%3$s> %4$s</label><br>',
				esc_attr( Settings::OPTION ),
				(int) $category->term_id,
				checked( in_array( (int) $category->term_id, $chosen, true ), true, false ),
				esc_html( $category->name )
			);
		}
		echo '<p class="description">' . esc_html__( 'Posts of these categories are sent to the service whenever they are saved, drafts too.', 'isnad' ) . '</p></fieldset></td></tr>';
	}
}
