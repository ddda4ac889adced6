/** The element that each page is drawn into; see the index.html files. */
export const PAGE_ID = 'root';
