/**
 * Claims where they stand in the text that is edited, and what is known of each in a side panel. The browser paints them
 * over the text (CSS custom highlights): no field has markup of theirs, so that none can ever be saved.
 */
( function () {
	'use strict';

	const KINDS = [ 'contested', 'failed', 'unsourced', 'corroborated' ];
	const NAMES = [ ...KINDS, 'chosen' ];
	const SPACE = /[\s\p{Z}\uFEFF\u200B\u2060\uFFFC]+/gu;
	const MILLISECONDS = 200;
	const SECONDS_BETWEEN = 2;
	const FIELDS = 'textarea:not([hidden]), input[type="text"], input:not([type])';

	const button = document.querySelector( '[data-isnad-marks]' );
	const side = document.querySelector( '[data-form-side]' );
	const toggles = document.querySelectorAll( '[data-side-panel-toggle]' );
	if ( ! button || ! side || ! toggles.length ) {
		return;
	}
	const address = button.dataset.isnadMarks;
	const words = JSON.parse( document.getElementById( 'isnad-words' ).textContent );
	let told = { state: 'never', claims: [], paragraphs: {}, changed: [], trouble: '' };
	let chosen = null;
	let painted = [];
	let missing = new Set();
	let timer = null;

	const letters = ( text ) => text.replace( SPACE, '' );

	const kind = ( claim ) => ( KINDS.includes( claim.label ) ? claim.label : 'failed' );

	/**
	 * An element with words in it, which are never read as markup.
	 *
	 * @param {string} tag      Its name.
	 * @param {Object} values   Its properties.
	 * @param {...any} children What is in it; nothing where there is none.
	 */
	const el = ( tag, values = {}, ...children ) => {
		const made = Object.assign( document.createElement( tag ), values );
		made.append( ...children.filter( Boolean ) );
		return made;
	};

	/**
	 * The words of a field, which holds no text that can be painted over, beside it.
	 *
	 * @param {Element} field The field.
	 * @param {boolean} shown Whether claims stand in it.
	 */
	const mirrorOf = ( field, shown ) => {
		let mirror = field.nextElementSibling;
		if ( ! mirror || ! mirror.classList.contains( 'isnad-mirror' ) ) {
			if ( ! shown ) {
				return null;
			}
			mirror = el( 'p', { className: 'isnad-mirror', dir: 'auto' } );
			mirror.setAttribute( 'aria-hidden', 'true' );
			field.after( mirror );
		}
		mirror.hidden = ! shown;
		const lines = field.value.split( '\n' );
		if ( mirror.textContent !== field.value ) {
			mirror.replaceChildren( ...lines.flatMap( ( line, at ) => [ at ? '\n' : '', el( 'span', {}, line ) ] ) );
		}
		return mirror;
	};

	/**
	 * The paragraphs of a block as the editor shows them: the text nodes of each.
	 *
	 * @param {Element} block The block's element.
	 * @param {Set}     known Letters of the paragraphs that claims stand in.
	 */
	const paragraphsIn = ( block, known ) => {
		const rich = [ ...block.querySelectorAll( '[contenteditable="true"] [data-block="true"]' ) ].filter(
			( one ) => ! one.querySelector( '[data-block="true"]' )
		);
		const fields = [ ...block.querySelectorAll( FIELDS ) ].filter( ( one ) => one.type !== 'hidden' && one.offsetParent );
		const mirrored = fields.flatMap( ( field ) => {
			const shown = field.value.split( '\n' ).some( ( line ) => known.has( letters( line ) ) );
			const mirror = mirrorOf( field, shown );
			return shown ? [ ...mirror.children ] : [];
		} );
		return [ ...rich, ...mirrored ];
	};

	/**
	 * Every letter of a paragraph: its node, and where it begins and ends there.
	 *
	 * @param {Element} paragraph The paragraph's element.
	 */
	const lettersOnPage = ( paragraph ) => {
		const found = [];
		const walker = document.createTreeWalker( paragraph, window.NodeFilter.SHOW_TEXT );
		while ( walker.nextNode() ) {
			let at = 0;
			for ( const letter of walker.currentNode.data ) {
				if ( letters( letter ) ) {
					found.push( { node: walker.currentNode, start: at, end: at + letter.length } );
				}
				at += letter.length;
			}
		}
		return found;
	};

	const rangesIn = ( paragraph, marks ) => {
		const there = lettersOnPage( paragraph );
		return marks
			.map( ( [ claim, start, end ] ) => ( { claim, from: there[ start ], to: there[ end - 1 ] } ) )
			.filter( ( one ) => one.from && one.to )
			.map( ( { claim, from, to } ) => {
				const range = document.createRange();
				range.setStart( from.node, from.start );
				range.setEnd( to.node, to.end );
				return { claim, range };
			} );
	};

	/**
	 * The marks of a block whose paragraphs still stand, and the claims of those that do not.
	 *
	 * @param {string}   id    The block's id, which is its place in the form too.
	 * @param {Object[]} found Its paragraphs with claims.
	 */
	const compare = ( id, found ) => {
		const block = document.querySelector( `[data-contentpath="${ window.CSS.escape( id ) }"]` );
		const free = block ? paragraphsIn( block, new Set( found.map( ( one ) => one.letters ) ) ) : [];
		const ranges = [];
		const gone = [];
		found.forEach( ( one ) => {
			const place = free.findIndex( ( paragraph ) => letters( paragraph.textContent ) === one.letters );
			if ( place < 0 ) {
				gone.push( ...one.marks.map( ( [ claim ] ) => claim ) );
				return;
			}
			ranges.push( ...rangesIn( free.splice( place, 1 )[ 0 ], one.marks ) );
		} );
		return { ranges, gone };
	};

	const paint = () => {
		const kinds = new Map( told.claims.map( ( claim ) => [ claim.id, kind( claim ) ] ) );
		const compared = Object.entries( told.paragraphs ).map( ( [ id, found ] ) => compare( id, found ) );
		painted = compared.flatMap( ( one ) => one.ranges ).filter( ( one ) => kinds.has( one.claim ) );
		missing = new Set( compared.flatMap( ( one ) => one.gone ) );
		if ( ! window.CSS.highlights ) {
			return;
		}
		NAMES.forEach( ( name, place ) => {
			const some = painted.filter( ( one ) => ( name === 'chosen' ? one.claim === chosen : kinds.get( one.claim ) === name ) );
			const highlight = new window.Highlight( ...some.map( ( one ) => one.range ) );
			highlight.priority = name === 'chosen' ? NAMES.length : NAMES.length - place - 1;
			window.CSS.highlights.set( `isnad-${ name }`, highlight );
		} );
	};

	const evidence = ( one ) => {
		const { outlet, title, url } = one.passage || {};
		const name = [ outlet, title ].filter( Boolean ).join( ', ' );
		const isWeb = /^https?:\/\//i.test( url || '' );
		return el(
			'div',
			{ dir: 'auto' },
			el( 'strong', {}, words[ one.stance ] || one.stance ),
			el( 'blockquote', { dir: 'auto' }, one.quote ),
			isWeb ? el( 'a', { href: url, rel: 'noreferrer', target: '_blank' }, name || url ) : name
		);
	};

	const details = ( claim ) =>
		el(
			'div',
			{ className: 'isnad-claim' },
			el( 'blockquote', { dir: 'auto' }, claim.quote ),
			claim.explanation && el( 'p', { dir: 'auto' }, claim.explanation ),
			claim.failure && el( 'p', { dir: 'auto' }, claim.failure.message ),
			...( claim.evidence || [] ).map( evidence )
		);

	const item = ( claim ) => {
		const remarks = [ missing.has( claim.id ) && words.stale, told.changed.includes( claim.id ) && words.changed ];
		const pick = el(
			'button',
			{ type: 'button', className: `isnad-pick isnad-pick-${ kind( claim ) }`, dir: 'auto' },
			claim.text,
			...remarks.filter( Boolean ).map( ( said ) => el( 'em', { className: 'isnad-stale' }, ` — ${ said }` ) )
		);
		pick.setAttribute( 'aria-expanded', claim.id === chosen );
		pick.addEventListener( 'click', () => {
			choose( claim.id === chosen ? null : claim.id );
			showInText( chosen );
		} );
		return el( 'li', { id: `isnad-${ claim.id }` }, pick, claim.id === chosen && details( claim ) );
	};

	const state = () =>
		told.trouble || ( told.under_way && words.checking ) || ( told.state === 'never' && words.never ) || ( ! told.claims.length && words.none );

	const body = el( 'div', { className: 'isnad-panel' } );
	const show = () => {
		const begin = el(
			'button',
			{ type: 'button', className: 'button button-small', disabled: Boolean( told.under_way ) },
			told.state === 'never' ? words.check : words.again
		);
		begin.addEventListener( 'click', () => ask( 'POST' ) );
		const groups = KINDS.map( ( name ) => [ name, told.claims.filter( ( claim ) => kind( claim ) === name ) ] );
		body.replaceChildren(
			el( 'p', { className: 'isnad-said', role: 'status' }, state() || '' ),
			begin,
			el( 'p', { className: 'help' }, words.draft ),
			...groups
				.filter( ( [ , some ] ) => some.length )
				.flatMap( ( [ name, some ] ) => [
					el( 'h3', {}, `${ words[ name ] } (${ some.length })` ),
					el( 'ul', {}, ...some.map( item ) ),
				] ),
			el( 'p', {}, el( 'a', { href: told.all || button.href }, words.all ) )
		);
	};

	const renew = () => {
		const before = [ ...missing ].join();
		paint();
		if ( before !== [ ...missing ].join() ) {
			show();
		}
	};

	const soon = () => {
		window.clearTimeout( timer );
		timer = window.setTimeout( renew, MILLISECONDS );
	};

	const choose = ( claim ) => {
		chosen = claim;
		paint();
		show();
	};

	const showInText = ( claim ) => {
		const mark = painted.find( ( one ) => one.claim === claim );
		if ( mark ) {
			mark.range.startContainer.parentElement.scrollIntoView( { block: 'center' } );
		}
	};

	// Up and down alone: the side panel may still be on its way in.
	const showInPanel = ( claim ) => {
		const shown = document.getElementById( `isnad-${ claim }` ).getBoundingClientRect();
		const frame = side.getBoundingClientRect();
		if ( shown.top < frame.top || shown.bottom > frame.bottom ) {
			side.scrollTop += shown.top - frame.top - frame.height / 4;
		}
	};

	const ask = async ( method = 'GET' ) => {
		const token = document.querySelector( '[name="csrfmiddlewaretoken"]' );
		try {
			const headers = { 'X-CSRFToken': token ? token.value : '' };
			const answer = await window.fetch( address, { method, headers, credentials: 'same-origin' } );
			if ( ! answer.ok ) {
				throw new Error( answer.statusText );
			}
			told = await answer.json();
		} catch ( error ) {
			told = { ...told, trouble: words.away };
		}
		paint();
		show();
		if ( told.under_way ) {
			window.setTimeout( ask, SECONDS_BETWEEN * 1000 );
		}
	};

	const claimAt = ( event ) => {
		const range = document.caretRangeFromPoint
			? document.caretRangeFromPoint( event.clientX, event.clientY )
			: null;
		const spot = document.caretPositionFromPoint
			? document.caretPositionFromPoint( event.clientX, event.clientY )
			: range && { offsetNode: range.startContainer, offset: range.startOffset };
		const hit = spot && painted.find( ( one ) => one.range.isPointInRange( spot.offsetNode, spot.offset ) );
		return hit && hit.claim;
	};

	const panel = el( 'div', { className: 'form-side__panel', hidden: true }, el( 'h2', { className: 'w-sr-only' }, words.title ), body );
	panel.dataset.sidePanel = 'isnad';
	side.append( panel );
	const toggle = toggles[ toggles.length - 1 ].cloneNode( true );
	toggle.dataset.sidePanelToggle = 'isnad';
	toggle.dataset.wTooltipContentValue = words.title;
	toggle.setAttribute( 'aria-label', words.title );
	toggle.removeAttribute( 'data-w-kbd-key-value' );
	toggle.querySelectorAll( '[data-side-panel-toggle-counter]' ).forEach( ( counter ) => counter.remove() );
	toggle.querySelectorAll( 'use' ).forEach( ( use ) => use.setAttribute( 'href', '#icon-tasks' ) );
	toggles[ toggles.length - 1 ].after( toggle );

	document.addEventListener( 'click', ( event ) => {
		const claim = event.target.closest( '[data-contentpath]' ) && claimAt( event );
		if ( claim ) {
			if ( panel.hidden ) {
				toggle.click();
			}
			choose( claim );
			showInPanel( claim );
		}
	} );
	document.addEventListener( 'input', soon );
	const form = document.querySelector( '[data-edit-form]' ) || document.querySelector( 'main' );
	new window.MutationObserver( ( changes ) => {
		if ( changes.some( ( one ) => ! ( one.target.closest || ( () => null ) ).call( one.target, '.isnad-mirror, .isnad-panel' ) ) ) {
			soon();
		}
	} ).observe( form, { childList: true, characterData: true, subtree: true } );

	/**
	 * The words that are marked, by kind: for tests.
	 */
	window.isnadMarked = () =>
		Object.fromEntries(
			NAMES.map( ( name ) => [ name, [ ...( window.CSS.highlights.get( `isnad-${ name }` ) || [] ) ].map( ( one ) => one.toString() ) ] )
		);

	show();
	ask();
} )();
