import fc from '../../../support/chance';
import { comparePositions, createOrderedRows, type Placed, type Position } from '../../../../sandbox/forge/kvs/ordered';
import { createKvs } from '../../../../sandbox/forge/kvs';
import { parseManifest } from '../../../../sandbox/forge/manifest';

const placed = (rank: number, key: string): Placed => ({
  rank,
  key,
  row: { key, value: {}, createdAtMs: 0, updatedAtMs: 0, expiresAtMs: null },
});
const shown = (rows: Iterable<Position>): string[] => [...rows].map(({ rank, key }) => `${String(rank)}${key}`);

describe('rows in order', () => {
  it('are walked both ways from any place as a sorted list would be, whatever was added and removed', () => {
    const position = fc.record({ rank: fc.integer({ min: 0, max: 40 }), key: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(
        fc.array(position, { maxLength: 120 }),
        fc.array(position, { maxLength: 60 }),
        position,
        (added, removed, from) => {
          const rows = createOrderedRows();
          const unique = new Map(added.map(({ rank, key }) => [`${rank}${key}`, placed(rank, key)]));
          unique.forEach(rows.add);
          removed.forEach((gone) => {
            rows.remove(gone);
            unique.delete(`${gone.rank}${gone.key}`);
          });
          const sorted = [...unique.values()].sort(comparePositions);
          const before = (other: Position): boolean => comparePositions(other, from) < 0;
          expect(shown(rows.walk('ASC', before))).toEqual(shown(sorted.filter((one) => !before(one))));
          expect(shown(rows.walk('DESC', before))).toEqual(shown(sorted.filter(before).reverse()));
        },
      ),
    );
  });

  it('stay in order over many blocks', () => {
    const rows = createOrderedRows();
    for (let at = 0; at < 5_000; at += 1) rows.add(placed((at * 7_919) % 5_000, 'k'));
    for (let rank = 0; rank < 5_000; rank += 2) rows.remove({ rank, key: 'k' });
    expect([...rows.walk('ASC', () => false)].map(({ rank }) => rank)).toEqual(
      Array.from({ length: 2_500 }, (_, at) => 2 * at + 1),
    );
  });
});

describe('a store of 200,000 rows', () => {
  it('answers a page from the middle of an index without looking at the others', () => {
    const { entities } = parseManifest(`
app: { id: a/1, storage: { entities: [{ name: note, attributes: { rank: { type: integer }, kind: { type: string } }, indexes: [{ name: by-kind, partition: [kind], range: [rank] }] }] } }
modules: { function: [] }
`);
    const kvs = createKvs({ entities });
    const rows = Array.from({ length: 200_000 }, (_, at) => ({
      key: `k${at}`,
      value: { rank: at, kind: at % 2 === 0 ? 'even' : 'odd' },
      createdAtMs: 0,
      updatedAtMs: 0,
      expiresAtMs: null,
    }));
    kvs.restore({ version: 1, spaces: { 'entity:note': rows } });
    const query = {
      entityName: 'note',
      indexName: 'by-kind',
      partition: ['odd'],
      range: { condition: 'LESS_THAN', values: [100_000] },
      sort: 'DESC',
      limit: 3,
    };
    const ask = () => kvs.handle('/api/v1/entity/query', query);
    expect(ask()).toMatchObject({ body: { data: [{ key: 'k99999' }, { key: 'k99997' }, { key: 'k99995' }] } });
    const startedMs = performance.now();
    for (let at = 0; at < 200; at += 1) {
      kvs.handle('/api/v1/entity/set', { entityName: 'note', key: `k${at}`, value: { rank: at + 0, kind: 'odd' } });
      ask();
    }
    // Sorting all rows for each query took 200 ms and more of each.
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
