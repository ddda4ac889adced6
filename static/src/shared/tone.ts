/** What a message is about; decides colour and icon. */
export type Tone = 'info' | 'success' | 'warning' | 'error';
