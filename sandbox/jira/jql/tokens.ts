import { JqlError } from './error';

/** One piece of a query: `word` is anything unquoted that is no sign. */
export type Token = { readonly kind: 'word' | 'quoted' | 'sign'; readonly text: string };

const PIECE = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|!~|<=|>=|[=(),!~<>])|([^\s=(),!~<>"']+))/y;

/** Takes a query apart. Throws a JqlError for a quote that is not closed. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const query = text.trimEnd();
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < query.length) {
    const at = PIECE.lastIndex;
    const found = PIECE.exec(query);
    if (found === null)
      throw new JqlError(
        `Error in the JQL Query: The quoted string '${query.slice(at).trim().slice(1, 40)}' has not been completed.`,
      );
    const [, double, single, sign, word] = found;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replace(/\\(.)/gs, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}
