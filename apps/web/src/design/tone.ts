/** What a colour says; wherever one is shown, a picture and a word stand with it. */
export type Tone = 'good' | 'busy' | 'wait' | 'bad' | 'idle';
