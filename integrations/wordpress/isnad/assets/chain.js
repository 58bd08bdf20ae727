/**
 * Who goes back to whom, as a picture.
 */
( function ( wp, isnad ) {
	'use strict';

	const { createElement: el } = wp.element;
	const { __, _n, sprintf } = wp.i18n;
	const ROW = 24;
	const MOST = 6;
	// Where the columns begin, in units of the picture, and how many letters of a name fit.
	const WIDE = { width: 560, post: 80, origin: 150, telling: 330, letters: 26 };
	const NARROW = { width: 270, post: 68, origin: 88, telling: 188, letters: 12 };

	const short = ( text, most ) => ( [ ...text ].length > most ? [ ...text ].slice( 0, most ).join( '' ) + '…' : text );

	const stanceOf = ( origin ) => ( origin.stances.includes( 'contradicts' ) ? 'contradicts' : origin.stances[ 0 ] );

	const rowsOf = ( origin ) => {
		const shown = origin.tellings.slice( 0, MOST );
		const more = origin.articles - shown.length;
		const rows = shown.map( ( telling ) => telling.outlet || telling.title || __( 'without a name', 'isnad' ) );
		return more > 0
			? [
					...rows,
					/* translators: %d: a number of articles. */
					sprintf( _n( 'and %d more', 'and %d more', more, 'isnad' ), more ),
			  ]
			: rows;
	};

	/**
	 * A picture: this post, the origins that speak of the claim, and who tells each.
	 *
	 * @param {Object}   props         As always.
	 * @param {Object[]} props.origins The origins.
	 * @param {boolean}  props.wide    Whether there is room.
	 */
	isnad.Chain = ( { origins, wide } ) => {
		const place = wide ? WIDE : NARROW;
		const flip = document.documentElement.dir === 'rtl' ? ( x ) => place.width - x : ( x ) => x;
		let top = 0;
		const laid = origins.map( ( origin ) => {
			const rows = rowsOf( origin );
			const one = { origin, rows, top, middle: top + ( Math.max( rows.length, 1 ) * ROW ) / 2 };
			top += Math.max( rows.length, 1 ) * ROW + 8;
			return one;
		} );
		const height = Math.max( top, ROW );
		const line = ( key, x1, y1, x2, y2, kind ) =>
			el( 'line', { key, x1: flip( x1 ), y1, x2: flip( x2 ), y2, className: `isnad-line isnad-line-${ kind }` } );
		const text = ( key, x, y, words, kind ) =>
			el( 'text', { key, x: flip( x ), y, className: kind }, short( words, place.letters ) );
		return el(
			'svg',
			{
				className: 'isnad-chain',
				viewBox: `0 0 ${ place.width } ${ height }`,
				role: 'img',
				'aria-label': origins
					.map( ( one ) => `${ one.name || __( 'without a name', 'isnad' ) }: ${ rowsOf( one ).join( ', ' ) }` )
					.join( '; ' ),
			},
			text( 'post', 0, height / 2 + 4, __( 'This post', 'isnad' ), 'isnad-chain-post' ),
			laid.flatMap( ( { origin, rows, top: begin, middle } ) => [
				line( `to-${ origin.id }`, place.post, height / 2, place.origin - 6, middle, stanceOf( origin ) ),
				text(
					`origin-${ origin.id }`,
					place.origin,
					middle + 4,
					origin.name || __( 'without a name', 'isnad' ),
					origin.independent ? 'isnad-chain-origin' : 'isnad-chain-dependent'
				),
				...rows.flatMap( ( row, number ) => [
					line( `from-${ origin.id }-${ number }`, place.telling - 22, middle, place.telling - 6, begin + ROW * ( number + 0.5 ), 'told' ),
					text( `row-${ origin.id }-${ number }`, place.telling, begin + ROW * ( number + 0.5 ) + 4, row, 'isnad-chain-telling' ),
				] ),
			] )
		);
	};
} )( window.wp, window.isnad );
