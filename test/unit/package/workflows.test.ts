import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { asObject } from '../../guards';
import { currentVersion, lockFolder, olderVersion } from '../../n8n/install';
import { root } from './scan';

const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const folder = ['.github', 'workflows'];
const workflows = readdirSync(join(root, ...folder)).map((name) => ({ name, text: read(...folder, name) }));

/** The jobs of a workflow by their names. */
function jobsOf(text: string): Map<string, string> {
	const [, ...parts] = (text.split(/^jobs:\n/m)[1] ?? '').split(/^ {2}(\w+):\n/m);
	return new Map(
		parts.flatMap((part, index): Array<[string, string]> =>
			index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : [],
		),
	);
}

describe.each(workflows)('$name', ({ text }) => {
	it('takes actions by their commit and images by their digest', () => {
		const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
		expect(uses.length).toBeGreaterThan(0);
		expect(uses.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d/.test(action))).toEqual([]);
		const images = [...text.matchAll(/(?:container|image): (.*)/g)].map(([, image = '']) => image);
		expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
	});

	it('gives no rights to the workflow as a whole, but to read', () => {
		expect(text).toMatch(/^permissions: \{\}$|^permissions:\n {2}contents: read\n\n/m);
	});

	it('gives secrets to single steps', () => {
		const lines = text.split('\n').filter((line) => line.includes('secrets.'));
		expect(lines.filter((line) => !/^ {10}/.test(line))).toEqual([]);
	});
});

describe('publish.yml', () => {
	const jobs = jobsOf(read(...folder, 'publish.yml'));
	const privileged = [...jobs].filter(([, job]) => /: write$/m.test(job));

	it('builds in a job without rights', () => {
		expect([...jobs.keys()]).toEqual(['build', 'publish', 'release']);
		expect(privileged.map(([name]) => name)).toEqual(['publish', 'release']);
		expect(jobs.get('build')).toContain('npm ci');
	});

	it.each(privileged)(
		'runs no code of a dependency in the job %s, and takes the file that was built',
		(_name, job) => {
			expect(job).not.toMatch(/actions\/checkout|npm (ci|install|run|test|exec|pack)|npx/);
			expect(job).toContain('echo "$SHA256  $FILE" | sha256sum --check --strict');
		},
	);

	it('makes the release, with an attestation, once npm has the file', () => {
		const release = jobs.get('release') ?? '';
		expect(release).toMatch(/needs: \[build, publish\]/);
		expect(release.indexOf('attest-build-provenance')).toBeGreaterThan(0);
		expect(release.indexOf('gh release create')).toBeGreaterThan(release.indexOf('attest-build-provenance'));
	});
});

describe("n8n's lock files", () => {
	it.each([currentVersion, olderVersion, 'node'])('there is one for %s, and it names no registry', (what) => {
		const lock: unknown = JSON.parse(readFileSync(join(lockFolder(what), 'package-lock.json'), 'utf8'));
		const entries = Object.entries(asObject(asObject(lock).packages)).filter(([path]) => path !== '');
		const odd = entries.filter(
			([, entry]) => !('integrity' in asObject(entry)) || 'resolved' in asObject(entry),
		);
		expect(entries.length).toBeGreaterThan(0);
		expect(odd.map(([path]) => path)).toEqual([]);
	});
});

it('links in the issue forms lead to something that exists', () => {
	const forms = readdirSync(join(root, '.github', 'ISSUE_TEMPLATE')).map((name) =>
		read('.github', 'ISSUE_TEMPLATE', name),
	);
	const own =
		/github\.com\/n8n-nodes-activecampaign-sync\/n8n-nodes-activecampaign-sync(?:\/blob\/main\/([\w./-]+))?#([\w-]+)/g;
	const links = forms.flatMap((form) => [...form.matchAll(own)]);
	expect(links.length).toBeGreaterThan(0);
	for (const [link, file = 'README.md', anchor = ''] of links) {
		const headings = existsSync(join(root, file))
			? [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase())
			: [];
		const anchors = headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
		expect([link, anchors]).toEqual([link, expect.arrayContaining([anchor])]);
	}
});
