/** Stands in for `iframe-resizer` (see vite.config.mts); to reach it is a bug. */
export default function iframeResizer(): never {
  throw new Error('This page draws no ADF documents.');
}
