import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { print } from '../n8n/shell';
import { picturesFolder } from './examples';
import { screenshotsFolder } from './pictures';

/** GitHub shows pictures of this width as they are (pixels). */
const WIDTH = 850;

/** Below everything else on the page, for the time of one frame. */
const captionStyle = (text: string) => `
	body::after { content: ${JSON.stringify(text)}; position: fixed; inset: auto 0 0 0; z-index: 99999; padding: 10px 24px;
		font: 600 20px/1.4 system-ui, sans-serif; color: #fff; background: #1c2430; }
	.el-notification { visibility: hidden !important }`;

/** An animation made of what is on screen, frame by frame. */
export class Animation {
	private readonly frames: Array<{ file: string; seconds: number }> = [];
	private readonly folder: string;

	constructor(private readonly name: string) {
		this.folder = join(screenshotsFolder, name);
		mkdirSync(this.folder, { recursive: true });
	}

	/** Shows what is on screen now for so long, with words below it. */
	async add(page: Page, seconds: number, caption: string): Promise<void> {
		const file = `${String(this.frames.length).padStart(2, '0')}.png`;
		// A page in the background is perhaps not painted.
		await page.bringToFront();
		await page.screenshot({
			path: join(this.folder, file),
			animations: 'disabled',
			style: captionStyle(caption),
		});
		this.frames.push({ file, seconds });
	}

	get seconds(): number {
		return this.frames.reduce((sum, frame) => sum + frame.seconds, 0);
	}

	/**
	 * With `UPDATE_PICTURES=1`, makes a GIF of the frames among the pictures. It takes `ffmpeg`, which is in Debian's packages;
	 * where it is missing, this says so, and the old GIF stays.
	 */
	write(): void {
		if (process.env.UPDATE_PICTURES !== '1') return;
		const list = this.frames.map(({ file, seconds }) => `file '${file}'\nduration ${seconds}`);
		writeFileSync(join(this.folder, 'frames.txt'), `${list.join('\n')}\n`);
		const path = join(picturesFolder, `${this.name}.gif`);
		const colors =
			'split[a][b];[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=none:diff_mode=rectangle';
		const filter = `scale=${WIDTH}:-1:flags=lanczos,${colors}`;
		const finalDelay = String((this.frames.at(-1)?.seconds ?? 0) * 100);
		const from = ['-y', '-v', 'error', '-f', 'concat', '-i', 'frames.txt'];
		const to = ['-vf', filter, '-fps_mode', 'vfr', '-loop', '0', '-final_delay', finalDelay, path];
		try {
			execFileSync('ffmpeg', [...from, ...to], { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
			print(`Written: ${path}, ${this.seconds} s, ${Math.round(statSync(path).size / 1_000)} KB`);
		} catch (error) {
			const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
			if (!isMissing) throw error;
			print(`${this.name}.gif was not made, since ffmpeg is missing. On Debian: apt-get install ffmpeg`);
		}
	}
}
