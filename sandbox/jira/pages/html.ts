/** HTML that is safe to put into a page as it is. Only {@link html} makes it. */
export type Html = { readonly safe: string };

/** What may stand in a template: text is escaped, HTML is not, nothing comes from null. */
export type Piece = string | number | Html | null | readonly Piece[];

/** A template whose every value is escaped, in text and in quoted attributes. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { safe: texts.reduce((sum, text, place) => sum + show(pieces[place - 1] ?? null) + text) };
}

function show(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return 'safe' in piece ? piece.safe : piece.map(show).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
