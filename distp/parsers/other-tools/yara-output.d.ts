import type { Parser } from '../parser.ts';
/**
 * What the command `yara` printed: a rule and a file a line, with tags and meta where they were asked for, and below it the
 * strings that matched. https://yara.readthedocs.io/en/stable/commandline.html
 */
export declare const yaraOutput: Parser;
