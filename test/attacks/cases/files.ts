import { randomUUID } from 'node:crypto';
import english from '../../../static/locales/en-US.json';
import german from '../../../static/locales/de-DE.json';
import french from '../../../static/locales/fr-FR.json';
import japanese from '../../../static/locales/ja-JP.json';
import { cellText, csvLine, WHOLE_LEDGER } from '../../../src/contract';
import { format } from '../../../static/src/i18n/format';
import { parseFile } from '../../../static/src/admin/segments/people';
import { parseLinks } from '../../../static/src/admin/people/csv/parseLinks';
import { writeCsv } from '../../../static/src/admin/people/csv/writeCsv';
import { readAccounts } from '../../../static/src/bulk/form';
import { readText } from '../../../static/src/shared/table';
import { placesOf, textsOf } from '../../support/catalogue';
import { createSite, linkedOf, valueOf, type Site } from '../../support/site';
import { spoilRecords, SPOILS } from '../../support/spoil';
import type { Attack } from '../attack';

const SIGNS = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
const SEPARATORS = ['', ',', ';', '\t', '|', '\n', '\r\n', '; ', ';"', '|\u200b'];
/** What turns a sentence, breaks it, or can't be seen. */
const UNPLAIN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const TURNING = 'Gold\u202e\u2067 \u2066\n\u0007Beta\u2069\u200b\u{e0041}';

/** Plays on a site of its own, and stops it. */
async function onSite(
  options: Parameters<typeof createSite>[0],
  play: (site: Site) => Promise<string | null>,
): Promise<string | null> {
  const site = await createSite(options);
  try {
    return await play(site);
  } finally {
    await site.stop();
  }
}

/** Where a text has a formula, by whatever a spreadsheet separates; null where it has none. */
function formulaIn(csv: string): string | null {
  return csv.split(/[,;|\t\r\n]/).find((part) => /^[\s"\u200b]*[=+\-@＝＋－＠]\D/.test(part)) ?? null;
}

/** Moves the first linked reporter's member, and answers what the app said of it. */
async function moveOne(site: Site) {
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const from = member.segmentIds[0] ?? 0;
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  const input = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from, toSegmentId: to };
  return { view, from, to, input, moved: await site.panel('panel.move', input) };
}

/** Plays with the names of segments and members as someone in Shorter Loop writes them. */
function named(site: Site, name: string): void {
  spoilRecords(site, (record, id) => {
    record.name = `${name}${id}`;
    if (Array.isArray(record.users))
      record.users = record.users.map((user: object) => ({ ...user, name, firstName: name, lastName: name }));
  });
}

const cells: Attack = {
  finding: 'Cells',
  name: 'a cell is a formula behind a separator',
  play: () => {
    for (const separator of SEPARATORS) {
      for (const sign of SIGNS) {
        const cell = `a${separator}${sign}cmd|' /C calc'!A0`;
        const wrong = [[cell], ['x', cell], [cell, 'x']].find((line) => formulaIn(csvLine(line)) !== null);
        if (wrong !== undefined && separator !== '') return Promise.resolve(`${JSON.stringify(cell)} is a formula`);
        const [read] = csvLine([`${sign}x`]).split('\r\n');
        if (cellText(`'${sign}x`) !== `${sign}x` || read === `${sign}x`)
          return Promise.resolve(`${sign} is not marked`);
      }
    }
    return Promise.resolve(null);
  },
};

const exported: Attack = {
  finding: 'Cells',
  name: 'a segment’s name is a formula in the ledger’s file',
  play: () =>
    onSite({}, async (site) => {
      named(site, 'a;=HYPERLINK("x")|+b,@c ');
      valueOf((await moveOne(site)).moved);
      const { heading, lines } = valueOf(await site.admin('admin.ledgerExport', { filter: WHOLE_LEDGER, after: null }));
      const links = writeCsv(['name'], [['a;=HYPERLINK("x")|+b,@c']]);
      const found = formulaIn(heading + lines + links);
      return found === null ? null : `${JSON.stringify(found)} stands in the file`;
    }),
};

const turned: Attack = {
  finding: 'Bidi',
  name: 'a name turns, breaks or hides something in what the app answers',
  play: () =>
    onSite({}, async (site) => {
      named(site, TURNING);
      const { view, moved } = await moveOne(site);
      const issueKey = site.jira.issueFor('one').key;
      const told = [
        view,
        moved,
        valueOf(await site.bulk('bulk.open')),
        valueOf(await site.form()),
        valueOf(await site.admin('admin.ledgerExport', { filter: WHOLE_LEDGER, after: null })).lines.replace(
          /\r\n/g,
          '',
        ),
        await site.action('get-reporter-segments', { issueKey }),
        await site.action('move-reporter', { issueKey, source: TURNING, target: TURNING }),
        await site.jql(TURNING),
        site.platform.kvs.entity('ledger'),
      ];
      const texts: string[] = [];
      JSON.stringify(told, (_key, value: unknown) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
      const found = texts.find((text) => UNPLAIN.test(text));
      return found === undefined ? null : `${JSON.stringify(found)} is told`;
    }),
};

const sentences: Attack = {
  finding: 'Bidi',
  name: 'a name turns, breaks or hides something in a text of the pages',
  play: () => {
    for (const catalogue of [english, german, french, japanese]) {
      for (const [key, text] of textsOf(catalogue)) {
        const values = Object.fromEntries(
          placesOf(text, 'en-US').map((place) => {
            const [name = '', kind] = place.split(': ');
            return [name, kind === 'text' || kind === 'select' ? `לאה${TURNING}` : 3];
          }),
        );
        const filled = format(text, values);
        const bare = filled.replace(/\u2068[^\u2066-\u2069]*\u2069/g, '');
        if (UNPLAIN.test(bare) || bare.includes('לאה')) return Promise.resolve(`${key}: ${JSON.stringify(filled)}`);
      }
    }
    return Promise.resolve(null);
  },
};

const twins: Attack = {
  finding: 'Bidi',
  name: 'a segment passes for another by what can not be seen in its name',
  play: () =>
    onSite({}, async (site) => {
      const [real, twin, other] = site.simulator.segments;
      const issueKey = site.jira.issueFor('one').key;
      spoilRecords(site, (record, id) => {
        if (id === real?.id) record.name = 'Gold';
        if (id === twin?.id) record.name = 'Go\u200bl\u2060d\u{e0041}';
      });
      await site.action('move-reporter', { issueKey, source: 'any', target: 'Gold' });
      if (site.simulator.truth.writes().length > 0) return 'A rule moved somebody to one of two “Gold”';
      await site.action('move-reporter', { issueKey, source: 'any', target: other?.name ?? '' });
      return site.simulator.truth.writes().length === 1 ? null : 'No rule moves anybody, so that this shows nothing';
    }),
};

const PEOPLE = 'email,firstName,lastName\na@b.example,Ann,A\nc@d.example,Cem,C\ne@f.example,Eve,E\n';

const merged: Attack = {
  finding: '2',
  name: 'a stray quote makes one person of several',
  play: () => {
    for (let first = 25; first <= PEOPLE.length; first += 1) {
      for (let second = first; second <= PEOPLE.length; second += 1) {
        const text = `${PEOPLE.slice(0, first)}"${PEOPLE.slice(first, second)}"${PEOPLE.slice(second)}`;
        for (const wrong of [text, text.replace(/"(?=[^"]*$)/, '')]) {
          const read = parseFile('people.csv', wrong);
          const addresses = read.kind === 'ok' ? read.value.people.map(({ email }) => email).join() : null;
          if (addresses !== null && addresses !== 'a@b.example,c@d.example,e@f.example')
            return Promise.resolve(`${JSON.stringify(wrong)} was read as ${addresses}`);
        }
      }
    }
    return Promise.resolve(null);
  },
};

const letters: Attack = {
  finding: '1',
  name: 'a file of an older spreadsheet loses its letters',
  play: async () => {
    const line = 'E-Mail;Vorname;Nachname\r\nj@b.example;Jürgen;Müller\r\n';
    const bytes = Uint8Array.from(line, (letter) => letter.charCodeAt(0));
    const read = await readText(new Blob([bytes]), 'de-DE');
    const people = read.kind === 'text' ? parseFile('people.csv', read.text) : null;
    if (people?.kind !== 'ok') return null;
    const [person] = people.value.people;
    return person?.firstName === 'Jürgen' && person.lastName === 'Müller'
      ? null
      : `It became ${JSON.stringify(person)}`;
  },
};

const lists: Attack = {
  finding: '4',
  name: 'keys of work items or headings are taken for account ids, or ids are lost',
  play: () => {
    const ids = ['712020:8f6e5f5a-0000-4000-8000-000000000001', '5b10ac8d82e05b22cc7d4ef5'];
    const texts = [
      ids.join(', '),
      ids.join(';'),
      ids.join('\r'),
      `Issue key,Reporter ID,When\nSERVICEDESK-12345,${ids[0]},2026-11-28\nSERVICEDESK-12346,${ids[1]},2026-11-29`,
      `SERVICEDESK-12345;${ids[0]}\rSERVICEDESK-12346;${ids[1]}`,
      `\ufeff"Konto-ID"\n"${ids[0]}"\n"${ids[1]}"`,
    ];
    const wrong = texts.find((text) => {
      const read = readAccounts(text);
      return read.kind === 'problem' || read.value.ids.join() !== ids.join();
    });
    const links = parseLinks(`sep=|\rMember ID|x|Account ID\r7||${ids[0]}\r`);
    if (links.kind === 'problem') return Promise.resolve('A table of links could not be read');
    return Promise.resolve(wrong === undefined ? null : `${JSON.stringify(wrong)} was read as something else`);
  },
};

const poisoned: readonly Attack[] = Object.entries(SPOILS).map(([what, spoil]) => ({
  finding: '9',
  name: `${what} switches a site off`,
  play: () =>
    onSite({}, async (site) => {
      const odd = site.simulator.segments.at(-1)?.id ?? 0;
      spoilRecords(site, (record, id) => {
        if (id === odd) spoil(record);
      });
      const { moved, input } = await moveOne(site);
      if (moved.kind === 'problem') return `Nobody can be moved: ${JSON.stringify(moved.problem)}`;
      if ((await site.bulk('bulk.open')).kind === 'problem') return 'The page of runs does not open';
      const again = { ...input, operationId: randomUUID(), fromSegmentId: input.toSegmentId, toSegmentId: odd };
      const before = site.simulator.truth.writes().length;
      await site.panel('panel.move', again);
      return site.simulator.truth.writes().length === before
        ? null
        : 'It was written about a segment that is not known';
    }),
}));

/** What comes in by files, lists and names. */
export const attacks: readonly Attack[] = [
  cells,
  exported,
  turned,
  sentences,
  twins,
  merged,
  letters,
  lists,
  ...poisoned,
];
