/**
 * The text of the post in the editor, block by block.
 *
 * A block is known by its letters: its text without white space. Places of claims are counted in letters, in Unicode
 * code points, and hold however the text is laid out.
 */
( function ( wp, isnad ) {
	'use strict';

	const SPACE = /[\s\p{Z}\uFEFF\u200B\u2060\uFFFC]+/gu;
	const PASSED_OVER = [ 'core/shortcode', 'core/more', 'core/nextpage' ];
	// Attributes are new objects whenever they change, so what was read of them stays right.
	const known = new WeakMap();

	isnad.letters = ( text ) => text.replace( SPACE, '' );

	const ownHtml = ( block ) =>
		block.isValid === false && block.originalContent
			? block.originalContent
			: wp.blocks.getSaveContent( block.name, block.attributes, [] );

	const ownLetters = ( block ) => {
		if ( ! known.has( block.attributes ) ) {
			const page = new window.DOMParser().parseFromString( ownHtml( block ), 'text/html' );
			known.set( block.attributes, isnad.letters( page.body.textContent ) );
		}
		return known.get( block.attributes );
	};

	/**
	 * The blocks of the post as they stand on the page: where a template is shown around it, those within its place.
	 */
	const ofPost = () => {
		const { getBlocks, getBlocksByName } = wp.data.select( 'core/block-editor' );
		return getBlocks( getBlocksByName( 'core/post-content' )[ 0 ] || '' );
	};

	/**
	 * The blocks with words in them, each with its `clientId` and its `letters`.
	 *
	 * @param {Object[]} blocks Blocks of the editor; those of the post where none are given.
	 */
	isnad.blocks = ( blocks = ofPost() ) =>
		blocks.flatMap( ( block ) => {
			if ( PASSED_OVER.includes( block.name ) ) {
				return [];
			}
			const letters = ownLetters( block );
			const inner =
				block.name === 'core/block'
					? wp.data.select( 'core/block-editor' ).getBlocks( block.clientId )
					: block.innerBlocks;
			return [ ...( letters ? [ { clientId: block.clientId, letters } ] : [] ), ...isnad.blocks( inner ) ];
		} );

	/**
	 * Which of the blocks that were checked still stand in the text, and where.
	 *
	 * @param {Object[]} checked The blocks that were checked.
	 * @return {Object} `standing`: pairs of a block of the editor and one that was checked; `changed`: whether any was
	 * added, taken away or edited. Blocks may change places.
	 */
	isnad.compare = ( checked ) => {
		const free = new Map();
		checked.forEach( ( block ) => free.set( block.letters, [ ...( free.get( block.letters ) || [] ), block ] ) );
		const now = isnad.blocks();
		const standing = now
			.map( ( block ) => ( { clientId: block.clientId, checked: ( free.get( block.letters ) || [] ).shift() } ) )
			.filter( ( pair ) => pair.checked );
		return { standing, changed: standing.length < now.length || standing.length < checked.length };
	};
} )( window.wp, window.isnad );
