import Papa from 'papaparse';
import type { Invitee } from '@contract';

/** People as typed or read from a file, or what is wrong: `line` counts from 1. */
export type ParsedPeople =
  | { readonly kind: 'people'; readonly people: readonly Invitee[] }
  | { readonly kind: 'wrongLine'; readonly line: number }
  | { readonly kind: 'unreadable' };

const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

/** Reads lines such as `ada@company.example, Ada, Lovelace`; names may be left out, repeated addresses count once. */
export function parseLines(text: string): ParsedPeople {
  return peopleOf(
    text
      .split('\n')
      .map((line) => line.split(/[,;\t]/).map((cell) => cell.trim()))
      .map(([email = '', firstName = '', lastName = '']) => ({ email, firstName, lastName })),
  );
}

/** Reads a file: JSON as a list of objects, anything else as CSV with a header. */
export function parseFile(name: string, text: string): ParsedPeople {
  return name.toLowerCase().endsWith('.json') ? parseJson(text) : parseCsv(text);
}

function parseCsv(text: string): ParsedPeople {
  const { data, meta } = Papa.parse<Record<string, unknown>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) =>
      name
        .replace(/^\ufeff/, '')
        .trim()
        .toLowerCase(),
  });
  if (!(meta.fields ?? []).includes('email')) return { kind: 'unreadable' };
  return peopleOf(
    data.map((cells) => ({
      email: textOf(cells.email),
      firstName: textOf(cells.firstname),
      lastName: textOf(cells.lastname),
    })),
  );
}

function parseJson(text: string): ParsedPeople {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return { kind: 'unreadable' };
    const rows: readonly unknown[] = parsed;
    return peopleOf(
      rows.map((row) => ({
        email: field(row, 'email'),
        firstName: field(row, 'firstName'),
        lastName: field(row, 'lastName'),
      })),
      true,
    );
  } catch {
    return { kind: 'unreadable' };
  }
}

function peopleOf(
  rows: readonly { readonly email: string; readonly firstName: string; readonly lastName: string }[],
  isStrict = false,
): ParsedPeople {
  const people = new Map<string, Invitee>();
  for (const [index, { email, firstName, lastName }] of rows.entries()) {
    if (email === '' && !isStrict) continue;
    if (!EMAIL.test(email)) return { kind: 'wrongLine', line: index + 1 };
    const key = email.toLowerCase();
    if (!people.has(key))
      people.set(key, {
        email,
        firstName: firstName === '' ? null : firstName,
        lastName: lastName === '' ? null : lastName,
      });
  }
  return { kind: 'people', people: [...people.values()] };
}

function field(row: unknown, name: string): string {
  if (typeof row !== 'object' || row === null) return '';
  return textOf(Object.entries(row).find(([key]) => key === name)?.[1]);
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' ? cell.trim() : '';
}
