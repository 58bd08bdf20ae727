/**
 * The button that tries the connection.
 */
( function ( wp ) {
	'use strict';

	const line = ( ok, words ) => {
		const item = document.createElement( 'li' );
		item.className = ok ? 'isnad-good' : 'isnad-bad';
		item.textContent = `${ ok ? '✓' : '✗' } ${ words }`;
		return item;
	};

	wp.domReady( () => {
		const button = document.getElementById( 'isnad-test' );
		const list = document.getElementById( 'isnad-tested' );
		button.addEventListener( 'click', async () => {
			button.disabled = true;
			list.replaceChildren( line( true, wp.i18n.__( 'Trying …', 'isnad' ) ) );
			try {
				const steps = await wp.apiFetch( { path: '/isnad/v1/connection', method: 'POST' } );
				list.replaceChildren( ...steps.map( ( step ) => line( step.ok, step.said ) ) );
			} catch ( error ) {
				list.replaceChildren( line( false, error.message ) );
			}
			button.disabled = false;
		} );
	} );
} )( window.wp );
