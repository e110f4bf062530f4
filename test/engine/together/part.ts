import { basename, join } from 'node:path';

import { engine, filesOf } from './parts';

const { testPath = '' } = expect.getState();
for (const file of filesOf(basename(testPath))) {
	// A block for each file: what runs before and after its tests is not for the others' tests.
	describe(file, () => void jest.requireActual(join(engine, file)));
}
