import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isRecord } from '../../guards';
import { PUBLISHED, root, scan, SOURCES, useUnpackedPackage } from './scan';

/** Time for ESLint to start and look at everything. */
const SCAN_MS = 60_000;

describe('the packed package', () => {
	const { place, folder } = useUnpackedPackage();

	it(
		"passes n8n's scan, and so do its sources without their disabling comments",
		async () => {
			const refused = await Promise.all([scan(folder, PUBLISHED), scan(root, SOURCES)]);
			expect(refused.flat()).toEqual([]);
		},
		SCAN_MS,
	);

	it(
		'fails the scan when it contains forbidden code',
		async () => {
			const tampered = join(place, 'tampered');
			mkdirSync(join(tampered, 'dist'), { recursive: true });
			const packageJson: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
			if (!isRecord(packageJson)) throw new Error('No package.json');
			const spoiled = { ...packageJson, dependencies: { axios: '1' }, scripts: { postinstall: 'node x' } };
			writeFileSync(join(tampered, 'package.json'), JSON.stringify(spoiled));
			writeFileSync(
				join(tampered, 'dist', 'more.js'),
				'/* eslint-disable */\nrequire("fs");\nsetTimeout(() => console.log(process.env), 1);\neval("1");\n',
			);
			const refused = await scan(tampered, PUBLISHED);
			const rules = refused.map((one) => one.split(': ')[1]?.replace('@n8n/community-nodes/', ''));
			expect(rules).toEqual(
				expect.arrayContaining([
					'no-runtime-dependencies',
					'no-forbidden-lifecycle-scripts',
					'no-restricted-imports',
					'no-restricted-globals',
					'no-dangerous-functions',
					'no-console',
				]),
			);
		},
		SCAN_MS,
	);
});
