/**
 * What is known of the post's check, and how it is asked for. Only the site itself is asked, never the service.
 */
( function ( wp, isnad ) {
	'use strict';

	const { __ } = wp.i18n;
	const SECONDS_BETWEEN = 2;
	const MOST_SECONDS_BETWEEN = 20;
	// Somebody else may check the same post, and labels may change.
	const SECONDS_BETWEEN_LOOKS = 60;
	const START = {
		record: null,
		progress: { after: 0 },
		trouble: null,
		chosen: null,
		details: {},
		busy: false,
		changed: false,
		marked: null,
	};

	const path = ( rest ) => `/isnad/v1/posts/${ wp.data.select( 'core/editor' ).getCurrentPostId() }/${ rest }`;

	const said = ( error ) =>
		( error && error.message ) || __( 'The site could not be asked. Your text is still here; try again.', 'isnad' );

	const added = ( progress, more ) => ( {
		...progress,
		...more,
		after: Math.max( progress.after, more.after || 0 ),
		parts_read: ( progress.parts_read || 0 ) + ( more.parts_read || 0 ),
		claims_labelled: ( progress.claims_labelled || 0 ) + ( more.claims_labelled || 0 ),
	} );

	const received = ( state, record ) => ( {
		...state,
		record,
		trouble: record.trouble ? record.trouble.message : null,
		progress: record.state === 'checking' ? added( state.progress, record.progress || {} ) : START.progress,
		// What is shown of a claim belongs to one check.
		details: state.record && state.record.checked_at === record.checked_at ? state.details : {},
		chosen: record.claims.some( ( claim ) => claim.id === state.chosen ) ? state.chosen : null,
	} );

	const reducer = ( state = START, action ) => {
		switch ( action.type ) {
			case 'RECEIVE':
				return received( state, action.record );
			case 'TROUBLE':
				return { ...state, trouble: action.message };
			case 'BUSY':
				return { ...state, busy: action.busy };
			case 'CHOOSE':
				return { ...state, chosen: action.claim };
			case 'DETAIL':
				return { ...state, details: { ...state.details, [ action.claim ]: action.details } };
			case 'COMPARE':
				return state.changed === action.changed ? state : { ...state, changed: action.changed };
			case 'MARK':
				return String( state.marked ) === String( action.claims ) ? state : { ...state, marked: action.claims };
		}
		return state;
	};

	let timer = null;

	const later = ( dispatch, seconds ) => {
		window.clearTimeout( timer );
		timer = window.setTimeout( () => dispatch.look( seconds ), seconds * 1000 );
	};

	/**
	 * Asks, and takes the record that is answered. What fails is said, and changes nothing else.
	 *
	 * @param {Object} request For `apiFetch`.
	 * @return {Function} A thunk; whether it went well.
	 */
	const asked = ( request ) => async ( { dispatch } ) => {
		dispatch( { type: 'BUSY', busy: true } );
		try {
			dispatch.receive( await wp.apiFetch( request ) );
			return true;
		} catch ( error ) {
			dispatch( { type: 'TROUBLE', message: said( error ) } );
			return false;
		} finally {
			dispatch( { type: 'BUSY', busy: false } );
		}
	};

	const actions = {
		receive: ( record ) => ( { dispatch } ) => {
			dispatch( { type: 'RECEIVE', record } );
			later( dispatch, record.state === 'checking' ? SECONDS_BETWEEN : SECONDS_BETWEEN_LOOKS );
		},

		look: ( waited = SECONDS_BETWEEN ) => async ( { select, dispatch } ) => {
			try {
				dispatch.receive( await wp.apiFetch( { path: path( `check?after=${ select.progress().after }` ) } ) );
			} catch ( error ) {
				dispatch( { type: 'TROUBLE', message: said( error ) } );
				later( dispatch, Math.min( 2 * waited, MOST_SECONDS_BETWEEN ) );
			}
		},

		check: () => {
			const editor = wp.data.select( 'core/editor' );
			const data = { title: editor.getEditedPostAttribute( 'title' ) || '', content: editor.getEditedPostContent() };
			return asked( { path: path( 'check' ), method: 'POST', data } );
		},

		stop: () => asked( { path: path( 'check' ), method: 'DELETE' } ),

		seeChanges: () => asked( { path: path( 'changes' ), method: 'DELETE' } ),

		/**
		 * A person's word on a claim: a label, or none to dismiss it.
		 *
		 * @param {string}      claim  Its id.
		 * @param {string|null} label  The label that it should have.
		 * @param {string}      reason Why.
		 */
		correct: ( claim, label, reason ) =>
			asked( {
				path: path( `claims/${ claim }/correction` ),
				method: 'POST',
				data: label ? { label, reason } : { reason },
			} ),

		choose: ( claim ) => async ( { select, dispatch } ) => {
			dispatch( { type: 'CHOOSE', claim } );
			if ( ! claim || ( select.details( claim ) && ! select.details( claim ).trouble ) ) {
				return;
			}
			try {
				dispatch( { type: 'DETAIL', claim, details: await wp.apiFetch( { path: path( `claims/${ claim }` ) } ) } );
			} catch ( error ) {
				dispatch( { type: 'DETAIL', claim, details: { trouble: said( error ) } } );
			}
		},

		compare: ( changed ) => ( { type: 'COMPARE', changed } ),

		/**
		 * What stands in the text was looked for.
		 *
		 * @param {string[]} claims The claims that stand in it.
		 */
		mark: ( claims ) => ( { type: 'MARK', claims } ),

		sendNote: ( note ) => async () => {
			await wp.apiFetch( { path: path( 'note' ), method: 'POST', data: { note } } );
		},
	};

	const selectors = {
		record: ( state ) => state.record,
		progress: ( state ) => state.progress,
		trouble: ( state ) => state.trouble,
		isBusy: ( state ) => state.busy,
		isChanged: ( state ) => state.changed,
		isLost: ( state, claim ) => state.marked !== null && ! state.marked.includes( claim ),
		chosen: ( state ) => state.chosen,
		details: ( state, claim ) => state.details[ claim ],
	};

	wp.data.register( wp.data.createReduxStore( 'isnad', { reducer, actions, selectors } ) );
} )( window.wp, window.isnad );
