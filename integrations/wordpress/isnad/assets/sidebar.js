/**
 * The sidebar, and the panel before publishing.
 */
( function ( wp, isnad ) {
	'use strict';

	const { createElement: el, Fragment, useEffect, useState } = wp.element;
	const { __, _n, sprintf } = wp.i18n;
	const { Button, Notice, PanelBody, ProgressBar, Spinner, TextareaControl } = wp.components;
	const { PluginPrePublishPanel, PluginSidebar, PluginSidebarMoreMenuItem } = wp.editor;
	const { useDispatch, useSelect } = wp.data;
	const LOCK = 'isnad-note';
	const AREA = 'isnad/claims';

	const useCheck = () =>
		useSelect( ( select ) => {
			const store = select( 'isnad' );
			return {
				record: store.record(),
				progress: store.progress(),
				trouble: store.trouble(),
				busy: store.isBusy(),
				changed: store.isChanged(),
				chosen: store.chosen(),
			};
		}, [] );

	/**
	 * How far the check has come, in words and as a share.
	 *
	 * @param {Object} progress The counts.
	 */
	const told = ( progress ) => {
		if ( progress.claims ) {
			return {
				/* translators: 1: a number, 2: a number of claims. */
				words: sprintf( __( 'Claims checked: %1$d of %2$d', 'isnad' ), progress.claims_labelled, progress.claims ),
				share: 50 + ( 50 * progress.claims_labelled ) / progress.claims,
			};
		}
		if ( progress.parts ) {
			return {
				/* translators: 1: a number, 2: a number of parts of the text. */
				words: sprintf( __( 'Parts read: %1$d of %2$d', 'isnad' ), progress.parts_read, progress.parts ),
				share: ( 50 * progress.parts_read ) / progress.parts,
			};
		}
		return { words: __( 'Waiting for the service', 'isnad' ) };
	};

	const stateOf = ( { record, changed } ) => {
		if ( record.state === 'checking' ) {
			return __( 'Checking …', 'isnad' );
		}
		if ( ! record.checked_at ) {
			return __( 'Never checked', 'isnad' );
		}
		const { formats } = wp.date.getSettings();
		const at = sprintf(
			/* translators: 1: date and time, 2: a person. */
			__( 'Checked at %1$s by %2$s', 'isnad' ),
			wp.date.dateI18n( formats.datetime, record.checked_at ),
			record.checked_by
		);
		return changed ? `${ at } — ${ __( 'text changed since', 'isnad' ) }` : at;
	};

	const Running = ( { progress } ) => {
		const { words, share } = told( progress );
		const { stop } = useDispatch( 'isnad' );
		return el(
			'div',
			{ className: 'isnad-running', role: 'status' },
			el( 'p', null, words ),
			el( ProgressBar, { value: share } ),
			el( Button, { variant: 'link', onClick: stop }, __( 'Stop', 'isnad' ) )
		);
	};

	const Notices = ( { check } ) => {
		const { record, trouble } = check;
		const { seeChanges } = useDispatch( 'isnad' );
		return el(
			Fragment,
			null,
			trouble && el( Notice, { status: 'warning', isDismissible: false }, trouble ),
			record.state === 'failed' && el( Notice, { status: 'error', isDismissible: false }, record.failure ),
			record.complete === false &&
				el(
					Notice,
					{ status: 'warning', isDismissible: false },
					__( 'Not everything could be checked. What is missing says nothing about the claims.', 'isnad' )
				),
			record.notices.map( ( words, number ) =>
				el( Notice, { key: number, status: 'warning', isDismissible: false }, words )
			),
			record.changes.length > 0 &&
				el(
					Notice,
					{
						status: 'warning',
						isDismissible: false,
						actions: [ { label: __( 'Seen', 'isnad' ), onClick: seeChanges } ],
					},
					el( 'strong', null, __( 'Later coverage has changed labels:', 'isnad' ) ),
					el(
						'ul',
						null,
						record.changes.map( ( change, number ) =>
							el(
								'li',
								{ key: number, dir: 'auto' },
								`${ change.text } — ${ isnad.name( change.before || 'failed' ) } → ${ isnad.name( change.after || 'failed' ) }`
							)
						)
					)
				)
		);
	};

	const Claims = ( { record, chosen } ) => {
		const { choose } = useDispatch( 'isnad' );
		const isLost = useSelect( ( select ) => Boolean( chosen ) && select( 'isnad' ).isLost( chosen ), [ chosen ] );
		const open = ( claim ) => {
			choose( claim.id === chosen ? null : claim.id );
			isnad.show( claim.id );
		};
		return isnad.KINDS.map( ( kind ) => {
			const some = record.claims.filter( ( claim ) => isnad.kind( claim ) === kind );
			return (
				some.length > 0 &&
				el(
					PanelBody,
					{
						key: kind,
						title: `${ isnad.name( kind ) } (${ some.length })`,
						className: `isnad-group isnad-group-${ kind }`,
						initialOpen: kind !== 'dismissed',
						opened: some.some( ( claim ) => claim.id === chosen ) || undefined,
					},
					some.map( ( claim ) =>
						el(
							'div',
							{ key: claim.id },
							el(
								'button',
								{
									type: 'button',
									className: `isnad-pick isnad-pick-${ kind }`,
									dir: 'auto',
									'aria-expanded': claim.id === chosen,
									onClick: () => open( claim ),
								},
								claim.text
							),
							claim.id === chosen &&
								isLost &&
								el( 'p', { className: 'isnad-lost' }, __( 'These words stand in the text no more.', 'isnad' ) ),
							claim.id === chosen && el( isnad.Claim, { claim } )
						)
					)
				)
			);
		} );
	};

	const Body = () => {
		const check = useCheck();
		const { record, progress, busy, chosen } = check;
		const { check: begin } = useDispatch( 'isnad' );
		if ( ! record ) {
			return check.trouble ? el( Notice, { status: 'warning', isDismissible: false }, check.trouble ) : el( Spinner );
		}
		const checking = record.state === 'checking';
		return el(
			Fragment,
			null,
			el(
				'div',
				{ className: 'isnad-head' },
				el( 'p', { className: 'isnad-state', role: 'status' }, stateOf( check ) ),
				el(
					Button,
					{
						variant: 'primary',
						onClick: begin,
						isBusy: busy,
						disabled: busy || ( checking && ! check.changed ),
						accessibleWhenDisabled: true,
					},
					record.checked_at ? __( 'Check again', 'isnad' ) : __( 'Check', 'isnad' )
				),
				checking && el( Running, { progress } ),
				el( Notices, { check } ),
				record.state === 'checked' && ! record.claims.length && el( 'p', null, __( 'No claims were found in this text.', 'isnad' ) )
			),
			el( Claims, { record, chosen } )
		);
	};

	const Note = () => {
		const [ note, setNote ] = useState( '' );
		const [ kept, setKept ] = useState( false );
		const [ trouble, setTrouble ] = useState( null );
		const { sendNote } = useDispatch( 'isnad' );
		const { lockPostSaving, unlockPostSaving } = useDispatch( 'core/editor' );
		// The panel is there only before publishing: a draft can always be saved.
		useEffect( () => {
			if ( ! kept ) {
				lockPostSaving( LOCK );
			}
			return () => unlockPostSaving( LOCK );
		}, [ kept ] );
		const keep = async () => {
			try {
				await sendNote( note );
				setKept( true );
			} catch ( error ) {
				setTrouble( error.message );
			}
		};
		if ( kept ) {
			return el( 'p', { role: 'status' }, __( 'Your note is kept.', 'isnad' ) );
		}
		return el(
			Fragment,
			null,
			trouble && el( Notice, { status: 'warning', isDismissible: false }, trouble ),
			el( TextareaControl, {
				__nextHasNoMarginBottom: true,
				label: __( 'Why it is published so', 'isnad' ),
				value: note,
				onChange: setNote,
				dir: 'auto',
			} ),
			el( Button, { variant: 'secondary', onClick: keep, disabled: ! note.trim(), accessibleWhenDisabled: true }, __( 'Keep the note', 'isnad' ) )
		);
	};

	/**
	 * What remains to be looked at. It advises, and never changes the text.
	 */
	const BeforePublishing = () => {
		const check = useCheck();
		const { enableComplementaryArea } = useDispatch( 'core/interface' );
		const { closePublishSidebar } = useDispatch( 'core/editor' );
		if ( ! check.record ) {
			return null;
		}
		const { contested, unsourced } = isnad.remaining( check.record.claims );
		const open = () => {
			closePublishSidebar();
			enableComplementaryArea( 'core', AREA );
		};
		return el(
			PluginPrePublishPanel,
			{ title: __( 'Claims', 'isnad' ), initialOpen: true, className: 'isnad-before' },
			el( 'p', null, stateOf( check ) ),
			/* translators: %d: a number of claims. */
			contested > 0 && el( 'p', null, sprintf( _n( '%d contested claim remains', '%d contested claims remain', contested, 'isnad' ), contested ) ),
			/* translators: %d: a number of claims. */
			unsourced > 0 && el( 'p', null, sprintf( _n( '%d unsourced claim remains', '%d unsourced claims remain', unsourced, 'isnad' ), unsourced ) ),
			check.record.checked_at && contested + unsourced === 0 && el( 'p', null, __( 'No contested and no unsourced claim remains.', 'isnad' ) ),
			el( Button, { variant: 'link', onClick: open }, __( 'Look at the claims', 'isnad' ) ),
			isnad.askNote && contested + unsourced > 0 && el( Note )
		);
	};

	const icon = el(
		'svg',
		{ viewBox: '0 0 24 24', width: 24, height: 24 },
		el( 'path', { d: 'M4 5h16v2H4zM4 10h10v2H4zM4 15h7v2H4zM15.5 16.2l-1.8-1.8-1.2 1.2 3 3 5-5-1.2-1.2z' } )
	);

	wp.plugins.registerPlugin( 'isnad', {
		icon,
		render: () =>
			el(
				Fragment,
				null,
				el( PluginSidebarMoreMenuItem, { target: 'claims' }, __( 'Claims', 'isnad' ) ),
				el( PluginSidebar, { name: 'claims', title: __( 'Claims', 'isnad' ) }, el( Body ) ),
				el( BeforePublishing )
			),
	} );

	wp.domReady( () => {
		const dispatch = wp.data.dispatch( 'isnad' );
		let saving = false;
		let post = null;
		wp.data.subscribe( () => {
			const editor = wp.data.select( 'core/editor' );
			const now = editor.isSavingPost() && ! editor.isAutosavingPost();
			// A saved post may be checked by itself.
			if ( editor.getCurrentPostId() !== post || ( saving && ! now ) ) {
				post = editor.getCurrentPostId();
				if ( post ) {
					dispatch.look();
				}
			}
			saving = now;
		}, 'core/editor' );
	} );
} )( window.wp, window.isnad );
