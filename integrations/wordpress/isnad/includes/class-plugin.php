<?php
/**
 * The plugin as a whole.
 *
 * @package Isnad
 */

namespace Isnad;

defined( 'ABSPATH' ) || exit;

/**
 * Builds the parts once, hands each what it needs, and hooks them in.
 */
class Plugin {

	/**
	 * Who may have a post checked, and correct what was found.
	 */
	const CAPABILITY = 'isnad_check';

	/**
	 * The roles that get the capability when the plugin is activated.
	 */
	const ROLES = array( 'administrator', 'editor', 'author' );

	/**
	 * Objects with a method `register` that adds their hooks.
	 *
	 * @var array
	 */
	private $parts;

	/**
	 * Takes the parts.
	 *
	 * @param array $parts Objects with a method `register`.
	 */
	public function __construct( array $parts ) {
		$this->parts = $parts;
	}

	/**
	 * The one place where the parts are made.
	 */
	public static function build(): self {
		$settings = new Settings();
		$service  = new Service( $settings );
		$checker  = new Checker( $service, $settings );
		$archive  = new Archive( $service, $settings );
		$parts    = array(
			new Settings_Page( $settings ),
			new Editor( $settings ),
			new Check_Routes( $checker ),
			new Claim_Routes( $service ),
			new Connection( $service, $settings ),
			new Webhook( $settings, $checker ),
			new Clock( $checker, $archive ),
			new On_Save( $checker, $settings ),
			new Post_List(),
			new Structured_Data( $settings ),
			$archive,
			new Archive_Command( $archive, $settings ),
		);
		return new self( $parts );
	}

	/**
	 * Adds the hooks of all parts.
	 */
	public function register(): void {
		foreach ( $this->parts as $part ) {
			$part->register();
		}
	}

	/**
	 * Gives the roles their capability.
	 */
	public static function activate(): void {
		foreach ( self::ROLES as $name ) {
			$role = get_role( $name );
			if ( $role ) {
				$role->add_cap( self::CAPABILITY );
			}
		}
		Clock::start();
	}

	/**
	 * Stops what runs by the clock. Settings and results stay until the plugin is deleted.
	 */
	public static function deactivate(): void {
		Clock::stop();
	}
}
