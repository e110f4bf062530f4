import fc from 'fast-check';
import { InputError } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import { choice, choices } from '../../../../nodes/ActiveCampaignSync/fields/kinds/choices';
import type { CustomField } from '../../../../nodes/ActiveCampaignSync/fields/field';
import { customField } from '../customFields';
import { inputErrorOf } from '../../input/inputErrorOf';

const encodeChoice = (field: CustomField, given: string) =>
	choice.encode(field, [given], { timeZone: 'UTC', dateOrder: 'fail' });
const encodeChoices = (field: CustomField, given: readonly string[]) =>
	choices.encode(field, given, { timeZone: 'UTC', dateOrder: 'fail' });

const LANGUAGES = [
	['en', 'English'],
	['af', 'Afrikaans'],
	['AF', 'Other African'],
	['x', 'en'],
	['', 'Please choose'],
] as const;

describe('one option of a dropdown', () => {
	const language = customField('dropdown', LANGUAGES);

	it.each([
		['en', 'en'],
		['English', 'en'],
		[' english ', 'en'],
		['AFRIKAANS', 'af'],
		['af', 'af'],
		['AF', 'AF'],
		[' EN', 'en'],
		['||en||', 'en'],
		['|| English ||', 'en'],
		['Please choose', ''],
	])('%j is found by value, then by label, then loosely', (given, value) => {
		expect(encodeChoice(language, given)).toBe(value);
	});

	it('is not the one without a value or label for a text without either', () => {
		expect(() => encodeChoice(language, '|| ||')).toThrow("has no option '|| ||'");
		expect(() => encodeChoice(customField('radio', [['a', ' ']]), '|| ||')).toThrow('has no option');
	});

	it('is the same for a letter and its accent apart', () => {
		expect(encodeChoice(customField('radio', ['é', 'e']), 'E\u0301')).toBe('é');
	});

	it('may contain the characters that separate options', () => {
		const odd = customField('dropdown', ['a||b', '||c||', 'd, e; f']);
		expect(['a||b', '||c||', 'D, e; f'].map((given) => encodeChoice(odd, given))).toEqual([
			'a||b',
			'||c||',
			'd, e; f',
		]);
	});

	it.each(['Dutch', 'en, af', 'en;af', '||en||af||', '||', '||||', 'true', '0', '__proto__'])(
		'%j is unknown, and the message names the allowed ones',
		(given) => {
			const thrown = inputErrorOf(() =>
				encodeChoice(customField('dropdown', ['en', ['af', 'Afrikaans']]), given),
			);
			expect(thrown).toBeInstanceOf(InputError);
			expect(thrown).toMatchObject({
				message: `'Choice' has no option '${given}'`,
				description: "Use one of its options: 'en', 'Afrikaans'",
			});
		},
	);

	it.each([
		[20, /'o19'$/],
		[21, /'o19' and 1 more$/],
		[300, /'o19' and 280 more$/],
	])('is missing among %d, of which the message names at most twenty', (count, end) => {
		const many = Array.from({ length: count }, (_, index) => `o${index}`);
		expect(inputErrorOf(() => encodeChoice(customField('radio', many), 'other')).description).toMatch(end);
	});

	it('whose label belongs to two options is rejected with their values', () => {
		const sizes = customField('radio', [
			['1', 'Large'],
			['2', 'Large'],
			['2', 'large'],
		]);
		expect(inputErrorOf(() => encodeChoice(sizes, 'Large'))).toMatchObject({
			message: "'Choice': 'Large' matches two options",
			description: "Use the value of one of them: '1' or '2'",
		});
		expect(encodeChoice(sizes, 'large')).toBe('2');
		expect(encodeChoice(sizes, '1')).toBe('1');
		expect(
			encodeChoice(
				customField('radio', [
					['a', 'A'],
					['a', 'A'],
				]),
				'A',
			),
		).toBe('a');
	});

	it('is meant by a yes or no if it is the only one that says so, or the only one that there is', () => {
		const answers = customField('dropdown', [
			['y1', 'Yes'],
			['n1', 'No'],
		]);
		expect(['true', 'false'].map((given) => encodeChoice(answers, given))).toEqual(['y1', 'n1']);
		const only = customField('dropdown', ['I agree']);
		expect(['true', 'false'].map((given) => encodeChoice(only, given))).toEqual(['I agree', '']);
		expect(() => encodeChoice(customField('dropdown', ['Yes', 'Ja']), 'true')).toThrow('has no option');
		expect(() => encodeChoice(customField('dropdown', ['Red', 'Blue']), 'true')).toThrow('has no option');
	});

	it('is sent as it is where the account lists no options', () => {
		expect(encodeChoice(customField('dropdown'), 'any, thing')).toBe('any, thing');
		expect(encodeChoice(customField('radio'), '||a||')).toBe('||a||');
	});

	it('is named by its value in messages when it has no label', () => {
		const unlabeled = customField('radio', [['a', '']]);
		expect(inputErrorOf(() => encodeChoice(unlabeled, 'b'))).toMatchObject({
			description: "Use one of its options: 'a'",
		});
	});
});

describe('options of a checkbox field', () => {
	const colors = customField('checkbox', ['Red', ['g', 'Green'], 'Blue']);

	it.each<[string[], string]>([
		[['Red'], '||Red||'],
		[['Blue', 'Red'], '||Red||Blue||'],
		[['blue', 'GREEN', 'Blue', 'g'], '||g||Blue||'],
		[['Red,Blue'], '||Red||Blue||'],
		[['Blue; Red'], '||Red||Blue||'],
		[['Blue\nRed\r\ngreen'], '||Red||g||Blue||'],
		[['||Blue||Red||'], '||Red||Blue||'],
		[['Blue || Red, Green'], '||Red||g||Blue||'],
		[[',Red,,Blue; ,'], '||Red||Blue||'],
		[['Red', 'Green, Blue'], '||Red||g||Blue||'],
		[[' , ; '], ''],
		[['||'], ''],
		[[], ''],
	])('%j are sent each once, in the account’s order', (given, value) => {
		expect(encodeChoices(colors, given)).toBe(value);
	});

	it('may come as the text of a JSON array, unless an option is called so', () => {
		expect(encodeChoices(colors, [' ["Blue", "green"] '])).toBe('||g||Blue||');
		expect(encodeChoices(colors, ['["Blue, Red"]', 'g'])).toBe('||Red||g||Blue||');
		expect(encodeChoices(colors, ['[]'])).toBe('');
		expect(encodeChoices(customField('checkbox'), ['["a", "b, c"]'])).toBe('||a||b||c||');
		expect(encodeChoices(customField('checkbox', ['["x"]', 'x']), ['["x"]'])).toBe('||["x"]||');
		expect(() => encodeChoices(colors, ['["Pink"]'])).toThrow("has no option 'Pink'");
		for (const odd of ['["Red"', '[Red]', '["Red", 1]', '{"a":"Red"}']) {
			expect(() => encodeChoices(colors, [odd])).toThrow('has no option');
		}
		expect(encodeChoices(customField('checkbox', ['1', '2']), ['[2, null, 1]'])).toBe('||1||2||');
		expect(encodeChoices(customField('checkbox'), ['["a", true]'])).toBe('||["a"||true]||');
	});

	it('may hold commas themselves: the longest option at each place counts', () => {
		const sizes = customField('listbox', [
			'Small',
			'Small, slim',
			'Small, slim; long',
			['l', 'Large\nand wide'],
			'wide',
		]);
		expect(encodeChoices(sizes, ['Small, slim'])).toBe('||Small, slim||');
		expect(encodeChoices(sizes, ['small, SLIM, Small'])).toBe('||Small||Small, slim||');
		expect(encodeChoices(sizes, ['wide,Small, slim; long ,wide'])).toBe('||Small, slim; long||wide||');
		expect(encodeChoices(sizes, ['Large\nand wide; wide'])).toBe('||l||wide||');
	});

	it('that share pieces are the longest ones, even where a shorter one would leave an option behind it', () => {
		const shared = customField('checkbox', ['a', 'a,b', 'b,c', 'c']);
		expect(encodeChoices(shared, ['a,b,c'])).toBe('||a,b||c||');
		expect(encodeChoices(shared, ['b,c;a ,c, b,c'])).toBe('||a||b,c||c||');
		expect(() => encodeChoices(customField('checkbox', ['a', 'a,b', 'b,c']), ['a,b,c'])).toThrow(
			"'Choice' has no option 'c'",
		);
	});

	it('that contain separators may be written loosely, and mean themselves only as a whole', () => {
		const odd = customField('checkbox', ['É, (1+1)?', ['x', 'b; C/d|e\\'], 'a']);
		expect(encodeChoices(odd, ['a, e\u0301, (1+1)? ;B; c/d|e\\||a'])).toBe('||É, (1+1)?||x||a||');
		expect(() => encodeChoices(odd, ['a, É, (1+1)?!'])).toThrow("has no option 'É'");
	});

	it('are all found in any text that is put together from them', () => {
		const piece = fc.constantFrom('a', 'b', 'c', 'aa');
		const option = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(','));
		const isApart = (one: string, _index: number, all: string[]) =>
			all.every((other) => one === other || !`,${one},`.includes(`,${other},`));
		const given = fc
			.uniqueArray(option, { minLength: 1, maxLength: 5 })
			.map((options) => options.filter(isApart))
			.filter((options) => options.length > 0)
			.chain((options) =>
				fc.tuple(fc.constant(options), fc.array(fc.constantFrom(...options), { minLength: 1, maxLength: 8 })),
			);
		fc.assert(
			fc.property(given, ([options, chosen]) => {
				const field = customField('checkbox', options);
				expect(choices.show(field, encodeChoices(field, [chosen.join(',')]))).toEqual(
					options.filter((one) => chosen.includes(one)),
				);
			}),
		);
	});

	it('that are blank are left out', () => {
		const withNone = customField('checkbox', [['', 'None of these'], 'Red']);
		expect(encodeChoices(withNone, ['None of these'])).toBe('');
		expect(encodeChoices(withNone, ['None of these', 'Red'])).toBe('||Red||');
	});

	it('with the same value are sent once', () => {
		const doubled = customField('checkbox', [['a', 'A'], ['a', 'Also a'], 'b']);
		expect(encodeChoices(doubled, ['Also a', 'A', 'b'])).toBe('||a||b||');
	});

	it('that are unknown fail the item, and only they are named', () => {
		expect(inputErrorOf(() => encodeChoices(colors, ['Red, Pink , Blue']))).toMatchObject({
			name: 'InputError',
			message: "'Choice' has no option 'Pink'",
			description: "Use one of its options: 'Red', 'Green', 'Blue'",
			details: { usable: '||Red||Blue||' },
		});
	});

	it.each(['a||b', '|a', 'a|', '||'])('with the value %j would read as others, and stop', (value) => {
		const broken = customField('checkbox', [value, 'fine', 'a']);
		const thrown = inputErrorOf(() => encodeChoices(broken, ['fine', value]));
		expect(thrown.message).toContain("ActiveCampaign separates options by '||'");
		expect(thrown.details).toMatchObject({ usable: '||fine||' });
		expect(encodeChoices(broken, ['fine', 'a'])).toBe('||fine||a||');
	});

	it('name the reason why a value cannot be sent', () => {
		const thrown = inputErrorOf(() => encodeChoices(customField('listbox', ['a||b', 'c']), ['c', 'a||b']));
		expect(thrown.message).toBe(
			"'Choice': 'a||b' cannot be stored, since ActiveCampaign separates options by '||'",
		);
		expect(thrown.description).toMatch(/^Rename the option/);
	});

	it.each<[string[], string]>([
		[['b', 'a', 'b'], '||b||a||'],
		[['b, a;c\nb'], '||b||a||c||'],
		[['||b, or not||a||'], '||b, or not||a||'],
		[[' , '], ''],
	])('%j are sent in their own order where the account lists none', (given, value) => {
		expect(encodeChoices(customField('checkbox'), given)).toBe(value);
	});

	it.each<[string, string, number]>([
		['choices', 'Red,green,', 100_000],
		['dividers', '|', 1_000_000],
		['commas', ',', 1_000_000],
		['line ends', '\n', 1_000_000],
		['blanks', ' ', 1_000_000],
	])('are looked for once for each of many %s, however many options there are', (_what, part, count) => {
		const names = Array.from({ length: 500 }, (_, index) => `Option ${index}, or so`);
		const field = customField('checkbox', [...names, 'Red', 'Green']);
		encodeChoices(field, ['Red']);
		const given = `Red,${part.repeat(count)}`;
		const pieces = given.split(/[^a-z]+/i).length;
		const normalize = jest.spyOn(String.prototype, 'normalize');
		encodeChoices(field, [given]);
		const lookups = normalize.mock.calls.length;
		normalize.mockRestore();
		expect(lookups).toBeLessThanOrEqual(2 * pieces + 2 * names.length + 10);
	});
});

describe('stored choices', () => {
	it.each<[string, string[]]>([
		['||a||b||', ['a', 'b']],
		['||a||', ['a']],
		['a', ['a']],
		['|| a ||b, c||', [' a ', 'b, c']],
		['', []],
		['||||', []],
	])('%j are an array', (stored, values) => {
		expect(choices.show(customField('checkbox'), stored)).toEqual(values);
	});

	it.each([
		['a', 'a'],
		['||a||', 'a'],
		['||a||b||', '||a||b||'],
		['a||b', 'a||b'],
		['||a', '||a'],
		['a||', 'a||'],
		['||', '||'],
		['', ''],
	])('%j is one value', (stored, value) => {
		expect(choice.show(customField('dropdown'), stored)).toBe(value);
	});

	it('are shown by labels, but by values where a label is blank or means another option, or several', () => {
		const options = [
			['de', ' German '],
			['fr', 'de'],
			['x', 'Same'],
			['y', 'Same'],
			['blank', ' '],
		] as const;
		expect(choices.show(customField('checkbox', options), '||de||fr||x||y||blank||gone||')).toEqual([
			'German',
			'fr',
			'x',
			'y',
			'blank',
			'gone',
		]);
		expect(choice.show(customField('radio', options), '||de||')).toBe('German');
		expect(choice.show(customField('dropdown', options), 'fr')).toBe('fr');
	});
});
