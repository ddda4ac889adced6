/** What a message is about; decides colour and icon. */
export type Tone = 'info' | 'success' | 'warning' | 'error';

/** What a status stands for; decides its colour. */
export type StatusTone = 'success' | 'warning' | 'danger' | 'neutral';
