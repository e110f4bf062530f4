import fc from 'fast-check';

const ODD_TEXTS = [
	'||',
	'|',
	'a||b',
	',',
	';',
	'\n',
	'__proto__',
	'constructor',
	'toString',
	'',
	' ',
	'0',
	'🎉',
	'x'.repeat(500),
	'\ud800',
];

/** Texts of any characters, and those that are most likely to do harm. */
export const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ODD_TEXTS));

/** Whatever a workflow may hold, and more. */
export const anyValue = fc.oneof(
	{ withCrossShrink: true },
	text,
	fc.anything({
		withBigInt: true,
		withDate: true,
		withMap: true,
		withSet: true,
		withSparseArray: true,
		withTypedArray: true,
		withNullPrototype: true,
		withObjectString: true,
		withBoxedValues: true,
	}),
	fc.array(text),
	fc.date({ noInvalidDate: false }),
	fc.double(),
	fc.func(fc.anything()),
	fc.constantFrom<unknown>(
		Symbol('s'),
		new Proxy(
			{},
			{
				get: () => {
					throw new Error('from a trap');
				},
			},
		),
	),
);
