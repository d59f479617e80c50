import { styleText } from 'node:util';
import { visible } from './control-characters.ts';
export { visible };
/** Columns that a text takes in a terminal: combining marks none, East Asian wide characters and emoji two. */
export declare function columns(text: string): number;
/** The text cut to this many columns; a cut text ends in `…`. */
export declare function cut(text: string, width: number): string;
/** The text cut or padded with blanks to exactly this many columns. */
export declare function pad(text: string, width: number): string;
/** Lines of at most `width` columns, broken at blanks; a word longer than a line is broken where the line ends. */
export declare function wrap(text: string, width: number): string[];
/** Colour, only when it is asked for: the terminal and the environment are not looked at here. */
export declare function paint(text: string, style: Parameters<typeof styleText>[0], colour: boolean): string;
