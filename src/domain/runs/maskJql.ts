/** What stands in place of a value. */
const MASK = '…';
/** A piece of a query: text in quotes (closed or not), a sign, a custom field by its number, or a word. */
const PIECES = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[(),]|[=!<>~&|]+|cf\[\d{1,10}\]|[^\s"'(),=!<>~&|]+/giu;
const JOINING: readonly string[] = ['and', 'or', '&&', '||', '&', '|'];
const OPERATORS: readonly string[] = ['in', 'is', 'was', 'changed', 'not'];
/** What goes on with the history of a field: `was "Done" by … before …`. */
const PREDICATES: readonly string[] = ['by', 'from', 'to', 'on', 'after', 'before', 'during'];
/** Names of fields are words. With digits, an at sign or a colon it may be an id or an address in the wrong place. */
const FIELD = /^(?:cf\[\d{1,10}\]|["']?\p{L}[\p{L}\p{M}\s/_-]{0,60}["']?)$/iu;

/** What the next piece of a query may be. */
type Expected = 'field' | 'operator' | 'value' | 'joining';
/** How far a query is masked: `depth` counts open parentheses of a list or a function, whose inside is left out. */
type Masking = { readonly expected: Expected; readonly depth: number; readonly kept: readonly string[] };

/**
 * A query as it may be kept: its fields, operators and parentheses, with a mask in place of every value. Values are
 * account ids, names and addresses of people. What is not understood is masked, and the order is left out.
 */
export function maskJql(jql: string): string {
  const pieces = jql.match(PIECES) ?? [];
  const order = pieces.findIndex((piece, at) => isWord(piece, 'order') && isWord(pieces[at + 1], 'by'));
  const start: Masking = { expected: 'field', depth: 0, kept: [] };
  const { kept } = (order === -1 ? pieces : pieces.slice(0, order)).reduce(next, start);
  return kept.join(' ').replaceAll(/(?<=[(!]) | (?=\))/g, '');
}

function next(masking: Masking, piece: string): Masking {
  const { depth } = masking;
  if (depth > 0) return { ...masking, depth: depth + (piece === '(' ? 1 : piece === ')' ? -1 : 0) };
  switch (masking.expected) {
    case 'field':
      return afterField(masking, piece);
    case 'operator':
      return afterOperator(masking, piece);
    case 'value':
      // `is not empty` and `was not in (…)`: the operator goes on.
      if (OPERATORS.includes(piece.toLowerCase())) return keep(masking, piece, 'value');
      if (isWord(piece, 'empty') || isWord(piece, 'null')) return keep(masking, piece, 'joining');
      return piece === '(' ? { ...masked(masking), depth: 1 } : masked(masking);
    case 'joining':
      return afterValue(masking, piece);
  }
}

function afterField(masking: Masking, piece: string): Masking {
  if (piece === '(' || piece === '!' || isWord(piece, 'not')) return keep(masking, piece, 'field');
  return keep(masking, FIELD.test(piece) ? piece : MASK, 'operator');
}

function afterOperator(masking: Masking, piece: string): Masking {
  const isOperator = /^[=!<>~]+$/.test(piece) || OPERATORS.includes(piece.toLowerCase());
  // Two words where a field should be one: neither is kept.
  if (!isOperator) return { ...masking, kept: [...masking.kept.slice(0, -1), MASK] };
  return keep(masking, piece, isWord(piece, 'changed') ? 'joining' : 'value');
}

function afterValue(masking: Masking, piece: string): Masking {
  const word = piece.toLowerCase();
  if (JOINING.includes(word)) return keep(masking, piece, 'field');
  if (PREDICATES.includes(word)) return keep(masking, piece, 'value');
  if (piece === ')') return keep(masking, piece, 'joining');
  // The arguments of a function, whose name is masked already, or what no query has here.
  return piece === '(' ? { ...masked(masking), depth: 1 } : masked(masking);
}

function keep({ kept, depth }: Masking, piece: string, expected: Expected): Masking {
  return { expected, depth, kept: [...kept, piece] };
}

/** One mask, however many values it stands for. */
function masked(masking: Masking): Masking {
  return masking.kept.at(-1) === MASK ? { ...masking, expected: 'joining' } : keep(masking, MASK, 'joining');
}

function isWord(piece: string | undefined, word: string): boolean {
  return piece?.toLowerCase() === word;
}
