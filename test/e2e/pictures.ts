import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { asObject } from '../guards';
import { picturesFolder } from './examples';

/** What is on screen in the tests, to be looked at. */
export const screenshotsFolder = resolve(__dirname, '..', '..', 'reports', 'screenshots');

/** What passes by, or lies above the canvas, is not what a picture is of. */
const QUIET = `.el-notification, [data-test-id="floating-node"], .vue-flow__panel, [class*="executionButtons"], [class*="nodeButtonsWrapper"]
	{ visibility: hidden !important }`;

/** Around the nodes of a canvas, in pixels: their names and the first plus stand outside of their boxes. */
const MARGIN = { left: 20, right: 60, top: 15, bottom: 45 };

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

/** Wider pictures are shrunk on GitHub, until nobody can read them. */
const MAX_WIDTH = 850;

/** A node's parameters keep their width; input and output share what is left of the window (pixels). */
const PARAMETERS_WIDTH = 420;
const BESIDE_PANELS = 48;

const PANELS = { input: 'ndv-input-panel', parameters: 'node-parameters', output: 'output-panel' } as const;

/**
 * A picture of one or two neighboring panels of the node that is open, as wide as pictures may be and from the top down to
 * a height. The window gets the size for it, and then its own again.
 */
export async function panelPicture(
	page: Page,
	name: string,
	panels: ReadonlyArray<keyof typeof PANELS>,
	height: number,
): Promise<void> {
	const hasParameters = panels.includes('parameters');
	const isAlone = panels.length === 1 && hasParameters;
	const side = hasParameters ? MAX_WIDTH - PARAMETERS_WIDTH : MAX_WIDTH;
	const before = page.viewportSize();
	const width = BESIDE_PANELS + PARAMETERS_WIDTH + 2 * (isAlone ? PARAMETERS_WIDTH : side - 2);
	await page.setViewportSize({ width, height: height + 110 });
	// The panels move to their places.
	await page.waitForTimeout(500);
	const boxes = await Promise.all(panels.map((panel) => page.getByTestId(PANELS[panel]).boundingBox()));
	const top = (await page.getByTestId(PANELS.output).boundingBox())?.y ?? 0;
	const left = Math.min(...boxes.map((box) => box?.x ?? Infinity));
	const right = Math.max(...boxes.map((box) => (box ? box.x + box.width : 0)));
	const clip = { x: left, y: top, width: right - left, height };
	await write(page, picturePath(name), clip);
	await noteLabels(page, name, clip);
	if (before) await page.setViewportSize(before);
}

/** Which labels of parameters each picture shows: a unit test compares them with those that the node has now. */
const labelsPath = join(picturesFolder, 'labels.json');

async function noteLabels(page: Page, name: string, clip: Clip): Promise<void> {
	if (!isUpdate()) return;
	const labels = await page.getByTestId('node-parameters').locator('label').all();
	const shown: string[] = [];
	for (const label of labels) {
		const box = await label.boundingBox();
		const isWithin = box && box.x >= clip.x && box.y >= clip.y && box.y + box.height <= clip.y + clip.height;
		// The switch between Fixed and Expression follows in lines of its own.
		const [text = ''] = isWithin ? (await label.innerText()).trim().split('\n') : [];
		if (text !== '' && !shown.includes(text)) shown.push(text);
	}
	const all = asObject(existsSync(labelsPath) ? JSON.parse(readFileSync(labelsPath, 'utf8')) : {});
	const sorted = Object.fromEntries(Object.entries({ ...all, [name]: shown }).sort());
	writeFileSync(labelsPath, `${JSON.stringify(sorted, null, '\t')}\n`);
}

/** A picture of the nodes and notes on the canvas, once so many are there; the window is as wide as makes them fit. */
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
	await write(page, picturePath(name), { x: Math.max(x, 0), y: Math.max(y, 0), width, height });
}

function picturePath(name: string): string {
	return join(isUpdate() ? picturesFolder : screenshotsFolder, `${name}.png`);
}

function isUpdate(): boolean {
	return process.env.UPDATE_PICTURES === '1';
}

interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

async function write(part: Page | Locator, path: string, clip?: Clip): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const options = { path, animations: 'disabled', style: QUIET } as const;
	// Only a page knows the option `clip`.
	await ('goto' in part ? part.screenshot({ ...options, clip }) : part.screenshot(options));
}
