import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(__dirname, '../../..');
const described = z
  .record(z.string(), z.object({ tests: z.array(z.string()), files: z.array(z.string()).optional() }))
  .parse(JSON.parse(readFileSync(path.join(root, 'test/mutation/folders.json'), 'utf8')));

describe('the folders of the mutation run', () => {
  it.each(Object.entries(described))('%s: code and tests are there', (folder, { tests, files }) => {
    for (const file of files ?? [`src/${folder}`])
      expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
    for (const one of tests) {
      const found = existsSync(path.join(root, `${one}.test.ts`)) || existsSync(path.join(root, one));
      expect([one, found]).toEqual([one, true]);
    }
  });

  it('hold what writes and what decides who may', () => {
    expect(Object.keys(described)).toEqual(
      expect.arrayContaining(['usecases/access', 'adapters/store/leases', 'features/board/writes']),
    );
  });

  // They are large, and are taken in parts, each of which can be run in minutes.
  it.each(['usecases/write', 'features/bulk/worker'])('hold each file of %s in one of its parts', (folder) => {
    const parts = Object.entries(described).filter(([name]) => name.startsWith(`${folder}/`));
    const taken = parts.flatMap(([, { files }]) => files ?? []);
    const files = readdirSync(path.join(root, 'src', folder)).map((file) => `src/${folder}/${file}`);
    expect(taken.toSorted()).toEqual(files.filter((file) => !/\/(index|types)\.ts$/.test(file)).toSorted());
  });
});
