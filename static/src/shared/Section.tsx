import Heading from '@atlaskit/heading';
import type { ReactNode } from 'react';

/** A part of a tab with its heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="group">
      <Heading as="h2" size="small">
        {title}
      </Heading>
      {children}
    </section>
  );
}
