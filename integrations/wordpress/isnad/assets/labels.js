/**
 * Labels in words. They speak of coverage, never of truth.
 */
( function ( wp, isnad ) {
	'use strict';

	const { __, _n, sprintf } = wp.i18n;

	// In the order in which they matter to whoever writes.
	isnad.LABELS = [ 'contested', 'unsourced', 'corroborated' ];
	isnad.KINDS = [ 'contested', 'failed', 'unsourced', 'corroborated', 'dismissed' ];

	/**
	 * What a claim counts as.
	 *
	 * @param {Object} claim The claim.
	 */
	isnad.kind = ( claim ) => ( claim.dismissed ? 'dismissed' : claim.standing || 'failed' );

	isnad.name = ( kind ) =>
		( {
			contested: __( 'Contested', 'isnad' ),
			unsourced: __( 'Unsourced', 'isnad' ),
			corroborated: __( 'Corroborated', 'isnad' ),
			failed: __( 'Could not be checked', 'isnad' ),
			dismissed: __( 'Dismissed', 'isnad' ),
		} )[ kind ];

	isnad.stance = ( stance ) =>
		( {
			supports: __( 'Supports it', 'isnad' ),
			contradicts: __( 'Contradicts it', 'isnad' ),
			qualifies: __( 'Qualifies it', 'isnad' ),
		} )[ stance ];

	/**
	 * How many claims count as each kind.
	 *
	 * @param {Object[]} claims The claims.
	 */
	isnad.counts = ( claims ) =>
		isnad.KINDS.map( ( kind ) => ( { kind, count: claims.filter( ( one ) => isnad.kind( one ) === kind ).length } ) );

	/**
	 * The claims that somebody should look at before the post is published.
	 *
	 * @param {Object[]} claims The claims.
	 */
	isnad.remaining = ( claims ) => ( {
		contested: claims.filter( ( one ) => isnad.kind( one ) === 'contested' ).length,
		unsourced: claims.filter( ( one ) => isnad.kind( one ) === 'unsourced' ).length,
	} );

	isnad.articles = ( claim ) =>
		sprintf(
			/* translators: 1: a number of articles, 2: a number of origins with the word for them. */
			_n( '%1$d article, %2$s', '%1$d articles, %2$s', claim.articles, 'isnad' ),
			claim.articles,
			sprintf(
				/* translators: %d: a number of independent origins. */
				_n( '%d independent origin', '%d independent origins', claim.independent, 'isnad' ),
				claim.independent
			)
		);
} )( window.wp, window.isnad );
