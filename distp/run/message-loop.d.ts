import type { Port } from './port.ts';
/**
 * Does what it is handed, in order and one at a time. What is undefined is no answer. `large`: what of an answer goes over as it is instead of as a copy.
 */
export declare function serve<Item, Answer>(port: Port, act: (item: Item) => Promise<Answer | undefined>, large?: (answer: Answer) => readonly ArrayBuffer[]): void;
