/**
 * The text of the post in the editor, block by block.
 *
 * A block is known by its letters: its text without white space. Places of claims are counted in letters, in Unicode
 * code points, and hold however the text is laid out.
 */
( function ( wp, isnad ) {
	'use strict';

	const SPACE = /[\p{Z}\p{Cc}\u180E\u200B\u2060\uFEFF\uFFFC]+/gu;
	const PASSED_OVER = [ 'core/shortcode', 'core/more', 'core/nextpage' ];
	// What no reader sees as words.
	const UNSEEN = 'script, style, template, noscript';
	// Attributes are new objects whenever they change, so what was read of them stays right.
	const known = new WeakMap();

	isnad.letters = ( text ) => text.replace( SPACE, '' );

	const lettersOf = ( html ) => {
		const page = new window.DOMParser().parseFromString( html, 'text/html' );
		page.querySelectorAll( UNSEEN ).forEach( ( element ) => element.remove() );
		return isnad.letters( page.body.textContent );
	};

	const ownHtml = ( block ) => {
		if ( block.isValid === false && block.originalContent ) {
			return block.originalContent;
		}
		const saved = wp.blocks.getSaveContent( block.name, block.attributes, [] );
		// Custom HTML has no attribute for it any more.
		return saved || ( block.innerContent || [] ).filter( ( piece ) => typeof piece === 'string' ).join( '' );
	};

	const remembered = ( key, read ) => {
		if ( ! known.has( key ) ) {
			known.set( key, read() );
		}
		return known.get( key );
	};

	const ownLetters = ( block ) => remembered( block.innerContent || block.attributes, () => lettersOf( ownHtml( block ) ) );

	/**
	 * The blocks within a block. Those of a reusable one may say here what they do not say elsewhere.
	 *
	 * @param {Object} block The block.
	 */
	const inner = ( block ) => {
		if ( block.name !== 'core/block' ) {
			return block.innerBlocks;
		}
		const said = block.attributes.content || {};
		const replaced = ( one ) => {
			const own = said[ one.attributes.metadata && one.attributes.metadata.name ];
			return {
				...one,
				attributes: own ? { ...one.attributes, ...own } : one.attributes,
				innerBlocks: one.innerBlocks.map( replaced ),
			};
		};
		return wp.data.select( 'core/block-editor' ).getBlocks( block.clientId ).map( replaced );
	};

	/**
	 * Whether the words of a block stand after the blocks in it: of a quotation, who said it.
	 *
	 * @param {Object} block   The block.
	 * @param {string} letters Its own.
	 */
	const isAfter = ( block, letters ) =>
		letters !== '' &&
		block.innerBlocks.length > 0 &&
		! remembered( block, () => lettersOf( wp.blocks.getBlockContent( block ) ) ).startsWith( letters );

	/**
	 * The blocks of the post as they stand on the page: where a template is shown around it, those within its place.
	 */
	const ofPost = () => {
		const { getBlocks, getBlocksByName } = wp.data.select( 'core/block-editor' );
		return getBlocks( getBlocksByName( 'core/post-content' )[ 0 ] || '' );
	};

	/**
	 * The blocks with words in them, as they are read, each with its `clientId` and its `letters`.
	 *
	 * @param {Object[]} blocks Blocks of the editor; those of the post where none are given.
	 */
	isnad.blocks = ( blocks = ofPost() ) =>
		blocks.flatMap( ( block ) => {
			if ( PASSED_OVER.includes( block.name ) ) {
				return [];
			}
			const letters = ownLetters( block );
			const own = letters ? [ { clientId: block.clientId, letters } ] : [];
			const within = isnad.blocks( inner( block ) );
			return isAfter( block, letters ) ? [ ...within, ...own ] : [ ...own, ...within ];
		} );

	/**
	 * As many of the parts, from a place on, as have exactly these letters together.
	 *
	 * @param {Object[]} parts   Blocks.
	 * @param {number}   from    The place.
	 * @param {string}   letters The letters.
	 */
	const run = ( parts, from, letters ) => {
		let together = '';
		for ( let to = from; to < parts.length && letters.startsWith( together + parts[ to ].letters ); to++ ) {
			together += parts[ to ].letters;
			if ( together === letters ) {
				return parts.slice( from, to + 1 );
			}
		}
		return null;
	};

	/**
	 * Pairs of blocks of one side with the runs of the other side that say the same. Both are taken out of those left.
	 *
	 * @param {Object[]} wholes Blocks.
	 * @param {Object[]} parts  Blocks of the other side.
	 */
	const runs = ( wholes, parts ) =>
		[ ...wholes ].flatMap( ( whole ) => {
			for ( let from = 0; from < parts.length; from++ ) {
				const found = run( parts, from, whole.letters );
				if ( found ) {
					parts.splice( from, found.length );
					wholes.splice( wholes.indexOf( whole ), 1 );
					return [ { whole, found } ];
				}
			}
			return [];
		} );

	const without = ( all, some ) => all.filter( ( one ) => ! some.has( one ) );

	/**
	 * The places of claims in several blocks that were checked, as if they were one.
	 *
	 * @param {Object[]} checked The blocks.
	 */
	const spansOf = ( checked ) => {
		let before = 0;
		return checked.flatMap( ( { letters, spans } ) => {
			const moved = spans.map( ( [ claim, start, end ] ) => [ claim, before + start, before + end ] );
			before += [ ...letters ].length;
			return moved;
		} );
	};

	const standingAs = ( blocks, checked ) => ( {
		clientIds: blocks.map( ( block ) => block.clientId ),
		letters: blocks.map( ( block ) => block.letters ).join( '' ),
		spans: spansOf( checked ),
	} );

	/**
	 * What still stands in the text of what was checked, and where.
	 *
	 * Blocks may change places. A block may have become several, or several one: WordPress does so with lists and
	 * quotations of earlier versions, and people with posts of the classic editor.
	 *
	 * @param {Object[]} checked The blocks that were checked.
	 * @return {Object} `standing`: blocks of the editor with their `letters` and the `spans` of claims in them;
	 * `changed`: whether any was added, taken away or edited.
	 */
	isnad.compare = ( checked ) => {
		const free = new Map();
		checked.forEach( ( block ) => free.set( block.letters, [ ...( free.get( block.letters ) || [] ), block ] ) );
		const now = isnad.blocks();
		const same = now
			.map( ( block ) => [ block, ( free.get( block.letters ) || [] ).shift() ] )
			.filter( ( [ , known ] ) => known );
		const left = without( now, new Set( same.map( ( [ block ] ) => block ) ) );
		const open = without( checked, new Set( same.map( ( [ , known ] ) => known ) ) );
		const standing = [
			...same.map( ( [ block, known ] ) => standingAs( [ block ], [ known ] ) ),
			...runs( open, left ).map( ( { whole, found } ) => standingAs( found, [ whole ] ) ),
			...runs( left, open ).map( ( { whole, found } ) => standingAs( [ whole ], found ) ),
		];
		return { standing, changed: left.length > 0 || open.length > 0 };
	};
} )( window.wp, window.isnad );
