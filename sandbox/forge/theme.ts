import { createRequire } from 'node:module';
import { z } from 'zod';

const load: (file: string) => unknown = createRequire(__filename);

const THEMES = ['atlassian-light', 'atlassian-dark', 'atlassian-spacing', 'atlassian-typography', 'atlassian-shape'];
const moduleSchema = z.object({ default: z.string() });

/** The CSS of Atlassian's design tokens, light and dark, as Forge puts it into a page that enables theming. */
export function themeCss(): string {
  return THEMES.map(
    (name) => moduleSchema.parse(load(`@atlaskit/tokens/dist/cjs/artifacts/themes/${name}.js`)).default,
  ).join('\n');
}
