/**
 * Marks claims where they stand in the text. They are painted over it by the browser (CSS custom highlights): the text
 * has no markup of theirs, so that none can ever be saved.
 */
( function ( wp, isnad ) {
	'use strict';

	const MILLISECONDS = 200;
	const NAMES = [ ...isnad.KINDS, 'chosen' ];
	const AREA = 'isnad/claims';
	let painted = [];
	let timer = null;
	let watched = null;

	const page = () => {
		const frame = document.querySelector( 'iframe[name="editor-canvas"]' );
		return ( frame && frame.contentDocument ) || document;
	};

	/**
	 * The text nodes of a block that are its own: not of blocks in it, not of what the editor shows beside the text.
	 *
	 * @param {Element} element The block's element.
	 */
	const ownTexts = ( element ) => {
		const isOwn = ( node ) => node.closest( '[data-block]' ) === element;
		const editable = [ ...element.querySelectorAll( '[contenteditable="true"]' ) ].filter( isOwn );
		const roots = element.matches( '[contenteditable="true"]' ) ? [ element ] : editable;
		const texts = [];
		( roots.length ? roots : [ element ] ).forEach( ( root ) => {
			const walker = root.ownerDocument.createTreeWalker( root, window.NodeFilter.SHOW_TEXT );
			while ( walker.nextNode() ) {
				const parent = walker.currentNode.parentElement;
				if ( isOwn( parent ) && ! parent.closest( '[data-rich-text-placeholder]' ) ) {
					texts.push( walker.currentNode );
				}
			}
		} );
		return texts;
	};

	/**
	 * Every letter of some blocks as it stands on the page: its node, and where it begins and ends there.
	 *
	 * @param {Element[]} elements The blocks' elements.
	 */
	const lettersOnPage = ( elements ) => {
		const found = [];
		elements.flatMap( ownTexts ).forEach( ( node ) => {
			let at = 0;
			for ( const letter of node.data ) {
				if ( isnad.letters( letter ) ) {
					found.push( { node, start: at, end: at + letter.length, letter } );
				}
				at += letter.length;
			}
		} );
		return found;
	};

	const rangesIn = ( elements, { letters, spans } ) => {
		const there = lettersOnPage( elements );
		const text = there.map( ( one ) => one.letter ).join( '' );
		const at = text.indexOf( letters );
		if ( at < 0 ) {
			return [];
		}
		const first = [ ...text.slice( 0, at ) ].length;
		return spans
			.map( ( [ claim, start, end ] ) => ( { claim, from: there[ first + start ], to: there[ first + end - 1 ] } ) )
			.filter( ( one ) => one.from && one.to )
			.map( ( { claim, from, to } ) => {
				const range = from.node.ownerDocument.createRange();
				range.setStart( from.node, from.start );
				range.setEnd( to.node, to.end );
				return { claim, range };
			} );
	};

	const paint = () => {
		const { record, chosen } = wp.data.select( 'isnad' );
		if ( ! record() ) {
			return;
		}
		const { standing, changed } = isnad.compare( record().blocks );
		wp.data.dispatch( 'isnad' ).compare( record().blocks.length > 0 && changed );
		wp.data.dispatch( 'isnad' ).mark( standing.flatMap( ( { spans } ) => spans.map( ( [ claim ] ) => claim ) ) );
		const highlights = page().defaultView.CSS && page().defaultView.CSS.highlights;
		if ( ! highlights ) {
			return;
		}
		const kinds = new Map( record().claims.map( ( claim ) => [ claim.id, isnad.kind( claim ) ] ) );
		painted = standing.flatMap( ( some ) => {
			const elements = some.spans.length ? some.clientIds.map( ( id ) => page().querySelector( `[data-block="${ id }"]` ) ) : [];
			return elements.length && elements.every( Boolean )
				? rangesIn( elements, some ).filter( ( one ) => kinds.has( one.claim ) )
				: [];
		} );
		NAMES.forEach( ( name, place ) => {
			const some = painted.filter( ( one ) =>
				name === 'chosen' ? one.claim === chosen() : kinds.get( one.claim ) === name
			);
			const highlight = new ( page().defaultView.Highlight )( ...some.map( ( one ) => one.range ) );
			highlight.priority = name === 'chosen' ? NAMES.length : NAMES.length - place - 1;
			highlights.set( `isnad-${ name }`, highlight );
		} );
	};

	const soon = () => {
		window.clearTimeout( timer );
		timer = window.setTimeout( () => {
			watch();
			paint();
		}, MILLISECONDS );
	};

	const claimAt = ( event ) => {
		const spot = event.view.document.caretPositionFromPoint
			? event.view.document.caretPositionFromPoint( event.clientX, event.clientY )
			: null;
		const caret = spot
			? { node: spot.offsetNode, offset: spot.offset }
			: ( ( range ) => range && { node: range.startContainer, offset: range.startOffset } )(
					event.view.document.caretRangeFromPoint( event.clientX, event.clientY )
			  );
		const hit = caret && painted.find( ( one ) => one.range.isPointInRange( caret.node, caret.offset ) );
		return hit && hit.claim;
	};

	const clicked = ( event ) => {
		// Whoever writes with the sidebar closed is left alone.
		const open = wp.data.select( 'core/interface' ).getActiveComplementaryArea( 'core' );
		const claim = open === AREA && event.target.closest( '[data-block]' ) && claimAt( event );
		if ( claim ) {
			wp.data.dispatch( 'isnad' ).choose( claim );
		}
	};

	/** The page of the text may be made anew while the editor is open. */
	const watch = () => {
		const { body } = page();
		if ( ! body || watched === body ) {
			return;
		}
		watched = body;
		new ( page().defaultView.MutationObserver )( soon ).observe( body, {
			childList: true,
			characterData: true,
			subtree: true,
		} );
		body.addEventListener( 'click', clicked );
	};

	/**
	 * Brings a claim into view, where it stands in the text.
	 *
	 * @param {string} claim Its id.
	 */
	isnad.show = ( claim ) => {
		const mark = painted.find( ( one ) => one.claim === claim );
		if ( mark ) {
			mark.range.startContainer.parentElement.scrollIntoView( { block: 'center' } );
		}
	};

	/**
	 * The words that are marked, by kind: for tests.
	 */
	isnad.marked = () =>
		Object.fromEntries(
			NAMES.map( ( name ) => {
				const highlight = page().defaultView.CSS.highlights.get( `isnad-${ name }` );
				return [ name, highlight ? [ ...highlight ].map( ( range ) => range.toString() ) : [] ];
			} )
		);

	wp.data.subscribe( soon, 'isnad' );
	wp.data.subscribe( soon, 'core/block-editor' );
	wp.data.subscribe( soon, 'core/editor' );
} )( window.wp, window.isnad );
