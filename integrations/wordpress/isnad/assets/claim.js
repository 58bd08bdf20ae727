/**
 * One claim: what it says, who says so, what coverage says of it, and what a person says of that.
 */
( function ( wp, isnad ) {
	'use strict';

	const { createElement: el, useState } = wp.element;
	const { __, sprintf } = wp.i18n;
	const { Button, ExternalLink, Modal, Notice, SelectControl, Spinner, TextareaControl } = wp.components;
	const { useDispatch, useSelect } = wp.data;

	const date = ( told ) => ( told ? wp.date.dateI18n( wp.date.getSettings().formats.date, told ) : '' );

	const quote = ( words ) => el( 'blockquote', { className: 'isnad-quote', dir: 'auto' }, words );

	const Source = ( { item } ) => {
		const name = [ item.outlet || __( 'without a name', 'isnad' ), date( item.published ) ].filter( Boolean ).join( ', ' );
		return el(
			'p',
			{ className: 'isnad-source', dir: 'auto' },
			item.url ? el( ExternalLink, { href: item.url }, name ) : name,
			item.title && el( 'span', { className: 'isnad-title' }, item.title ),
			item.from === 'article' && el( 'em', null, __( 'in this post itself', 'isnad' ) ),
			! item.independent && el( 'em', null, __( 'not independent, and not counted', 'isnad' ) )
		);
	};

	const Evidence = ( { items, stance } ) => {
		const some = items.filter( ( item ) => item.stance === stance );
		return (
			some.length > 0 &&
			el(
				'section',
				{ className: `isnad-evidence isnad-evidence-${ stance }` },
				el( 'h4', null, isnad.stance( stance ) ),
				some.map( ( item, number ) =>
					el( 'div', { key: number }, quote( item.quote ), el( Source, { item } ) )
				)
			)
		);
	};

	const Earlier = ( { findings } ) =>
		findings.length > 0 &&
		el(
			'section',
			null,
			el( 'h4', null, __( 'Found earlier', 'isnad' ) ),
			findings.map( ( one, number ) =>
				el(
					'p',
					{ key: number, dir: 'auto' },
					el( 'strong', null, one.rating ),
					` ${ one.text } `,
					el( 'span', { className: 'isnad-title' }, [ one.title, date( one.date ) ].filter( Boolean ).join( ', ' ) )
				)
			)
		);

	const OF = {
		opposite: __( 'of the opposite of this claim', 'isnad' ),
		uncompared: __( 'of something near to it in another language, compared by nobody', 'isnad' ),
	};

	const Reviews = ( { reviews } ) =>
		reviews.length > 0 &&
		el(
			'section',
			{ className: 'isnad-reviews' },
			el(
				'h4',
				null,
				reviews.some( ( one ) => one.of !== 'uncompared' )
					? __( 'Already checked by others', 'isnad' )
					: __( 'In other languages, compared by nobody', 'isnad' )
			),
			reviews.map( ( one, number ) => {
				const name = [ one.publisher || __( 'without a name', 'isnad' ), date( one.date ) ].filter( Boolean ).join( ', ' );
				return el(
					'div',
					{ key: number, dir: 'auto' },
					el( 'strong', null, one.rating ),
					OF[ one.of ] && el( 'em', null, ` ${ OF[ one.of ] }` ),
					quote( one.claim ),
					one.url ? el( ExternalLink, { href: one.url }, name ) : name
				);
			} )
		);

	const Close = ( { passages } ) =>
		passages.length > 0 &&
		el(
			'section',
			null,
			el( 'h4', null, __( 'In other languages, compared by nobody', 'isnad' ) ),
			passages.map( ( one, number ) =>
				el(
					'div',
					{ key: number },
					quote( one.text ),
					one.url ? el( ExternalLink, { href: one.url }, one.outlet || one.url ) : one.outlet
				)
			)
		);

	const Found = ( { details, wide } ) =>
		el(
			wp.element.Fragment,
			null,
			el( Reviews, { reviews: details.reviews } ),
			details.origins.length > 0 &&
				el(
					'section',
					null,
					el( 'h4', null, __( 'Who goes back to whom', 'isnad' ) ),
					el( isnad.Chain, { origins: details.origins, wide } )
				),
			el(
				'div',
				{ className: wide ? 'isnad-columns' : '' },
				[ 'contradicts', 'supports', 'qualifies' ].map( ( stance ) =>
					el( Evidence, { key: stance, items: details.evidence, stance } )
				)
			),
			el( Earlier, { findings: details.earlier } ),
			el( Close, { passages: details.close } )
		);

	const SideBySide = ( { claim, details, close } ) =>
		el(
			Modal,
			{ title: isnad.name( isnad.kind( claim ) ), onRequestClose: close, size: 'large', className: 'isnad-side' },
			el(
				'div',
				{ className: 'isnad-side-columns' },
				el( 'section', null, el( 'h4', null, __( 'In this post', 'isnad' ) ), quote( claim.quote ), el( Told, { claim } ) ),
				el( 'div', null, el( Found, { details, wide: true } ) )
			)
		);

	const Told = ( { claim } ) =>
		el(
			'p',
			{ dir: 'auto' },
			claim.speaker
				? /* translators: 1: a person or an institution, 2: their role, which may be missing. */
				  sprintf( __( 'Said by %1$s%2$s', 'isnad' ), claim.speaker, claim.role ? ` (${ claim.role })` : '' )
				: __( 'Said by the post itself', 'isnad' )
		);

	const Word = ( { word } ) =>
		word &&
		el(
			'p',
			{ className: 'isnad-word', dir: 'auto' },
			word.dismissed
				? /* translators: 1: a person, 2: their reason. */
				  sprintf( __( 'Dismissed by %1$s: %2$s', 'isnad' ), word.who, word.reason )
				: /* translators: 1: a person, 2: a label, 3: their reason. */
				  sprintf( __( '%1$s says “%2$s”: %3$s', 'isnad' ), word.who, isnad.name( word.label ), word.reason )
		);

	/**
	 * Where a person says what they think of a label.
	 *
	 * @param {Object} props       As always.
	 * @param {Object} props.claim The claim.
	 */
	const Correct = ( { claim } ) => {
		const [ label, setLabel ] = useState( '' );
		const [ reason, setReason ] = useState( '' );
		const [ open, setOpen ] = useState( false );
		const { correct } = useDispatch( 'isnad' );
		const busy = useSelect( ( select ) => select( 'isnad' ).isBusy(), [] );
		const send = async () => {
			if ( await correct( claim.id, label, reason ) ) {
				setOpen( false );
				setReason( '' );
			}
		};
		if ( ! open ) {
			return el(
				Button,
				{ variant: 'secondary', size: 'compact', onClick: () => setOpen( true ) },
				__( 'Dismiss or correct', 'isnad' )
			);
		}
		const labels = isnad.LABELS.filter( ( one ) => one !== claim.label );
		const dismissing = { value: '', label: __( 'Dismiss: the label stands, nothing needs doing', 'isnad' ) };
		return el(
			'div',
			{ className: 'isnad-correct' },
			el( SelectControl, {
				__nextHasNoMarginBottom: true,
				__next40pxDefaultSize: true,
				label: __( 'Your word on it', 'isnad' ),
				value: label,
				onChange: setLabel,
				options: [
					claim.label ? dismissing : { value: '', label: __( 'Choose a label', 'isnad' ), disabled: true },
					/* translators: %s: a label. */
					...labels.map( ( one ) => ( { value: one, label: sprintf( __( 'It should be: %s', 'isnad' ), isnad.name( one ) ) } ) ),
				],
			} ),
			el( TextareaControl, {
				__nextHasNoMarginBottom: true,
				label: __( 'Reason, which is kept with your name', 'isnad' ),
				value: reason,
				onChange: setReason,
				dir: 'auto',
				rows: 2,
			} ),
			el(
				Button,
				{
					variant: 'primary',
					size: 'compact',
					onClick: send,
					isBusy: busy,
					disabled: busy || ! reason.trim() || ( ! label && ! claim.label ),
					accessibleWhenDisabled: true,
				},
				__( 'Send', 'isnad' )
			),
			el( Button, { variant: 'tertiary', size: 'compact', onClick: () => setOpen( false ) }, __( 'Leave it', 'isnad' ) )
		);
	};

	/**
	 * Everything about a claim.
	 *
	 * @param {Object} props       As always.
	 * @param {Object} props.claim The claim.
	 */
	isnad.Claim = ( { claim } ) => {
		const [ wide, setWide ] = useState( false );
		const details = useSelect( ( select ) => select( 'isnad' ).details( claim.id ), [ claim.id ] );
		const { choose } = useDispatch( 'isnad' );
		return el(
			'div',
			{ className: 'isnad-claim' },
			quote( claim.quote ),
			el( Told, { claim } ),
			claim.failure
				? el( Notice, { status: 'warning', isDismissible: false }, claim.failure )
				: el( 'p', { dir: 'auto' }, claim.explanation ),
			claim.articles > 0 && el( 'p', { className: 'isnad-tally' }, isnad.articles( claim ) ),
			el( Word, { word: claim.word } ),
			! details && el( Spinner ),
			details &&
				details.trouble &&
				el(
					Notice,
					{
						status: 'warning',
						isDismissible: false,
						actions: [ { label: __( 'Try again', 'isnad' ), onClick: () => choose( claim.id ) } ],
					},
					details.trouble
				),
			details && ! details.trouble && el( Found, { details } ),
			el(
				'div',
				{ className: 'isnad-buttons' },
				details &&
					! details.trouble &&
					details.evidence.length > 0 &&
					el(
						Button,
						{ variant: 'secondary', size: 'compact', onClick: () => setWide( true ) },
						__( 'Side by side', 'isnad' )
					),
				el( Correct, { claim, key: claim.id } )
			),
			wide && el( SideBySide, { claim, details, close: () => setWide( false ) } )
		);
	};
} )( window.wp, window.isnad );
