import type english from '../../locales/en-US.json';

/** The key of a text: its path in the English catalogue, such as `common.cancel`. */
export type Key = PathsOf<typeof english>;

type PathsOf<Section> = {
  [Name in keyof Section & string]: Section[Name] extends string ? Name : `${Name}.${PathsOf<Section[Name]>}`;
}[keyof Section & string];
