import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { picturesFolder } from './examples';

const screenshotsFolder = resolve(__dirname, '..', '..', 'reports', 'screenshots');

/** What passes by, or lies above the canvas, is not what a picture is of. */
const QUIET = `.el-notification, .vue-flow__panel, [class*="executionButtons"], [class*="nodeButtonsWrapper"]
	{ visibility: hidden !important }`;

/** Around the nodes of a canvas, in pixels: their names and the first plus stand outside of their boxes. */
const MARGIN = { left: 70, right: 110, top: 20, bottom: 75 };

/** Writes what is on screen, or a part of it, to `reports/screenshots/<name>.png`, to be looked at. */
export async function screenshot(page: Page, name: string, part?: Locator): Promise<void> {
	await write(part ?? page, join(screenshotsFolder, `${name}.png`));
}

/**
 * A screenshot that README or an example shows. With `UPDATE_PICTURES=1` in the environment it replaces the picture in
 * `examples/images`: the same screen twice is not the same file, so that every run would change it.
 */
export async function picture(page: Page, name: string, part?: Locator): Promise<void> {
	await write(part ?? page, picturePath(name));
}

/** A picture of the nodes and notes on the canvas, once so many are there. */
export async function canvasPicture(page: Page, name: string, count: number): Promise<void> {
	const onCanvas = page.locator('.vue-flow__node');
	await onCanvas.nth(count - 1).waitFor();
	const boxes = (await Promise.all((await onCanvas.all()).map((node) => node.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - MARGIN.left;
	const y = Math.min(...boxes.map((box) => box.y)) - MARGIN.top;
	const width = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN.right - x;
	const height = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN.bottom - y;
	await write(page, picturePath(name), { x, y, width, height });
}

function picturePath(name: string): string {
	const isUpdate = process.env.UPDATE_PICTURES === '1';
	return join(isUpdate ? picturesFolder : screenshotsFolder, `${name}.png`);
}

async function write(
	part: Page | Locator,
	path: string,
	clip?: { x: number; y: number; width: number; height: number },
): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const options = { path, animations: 'disabled', style: QUIET } as const;
	// Only a page knows the option `clip`.
	await ('goto' in part ? part.screenshot({ ...options, clip }) : part.screenshot(options));
}
