import type { Parser } from '../parser.ts';
/**
 * What ASP.NET leaves of a page that it compiled, below `Temporary ASP.NET Files`: the `.compiled` file that names the
 * page, its assembly and the files that it was made of, and the command line of the compiler. They stay when the page is
 * deleted. https://referencesource.microsoft.com/#System.Web/Compilation/PreservationFileReader.cs
 */
export declare const compiledPage: Parser;
/** The command line with which a page was compiled (`.cmdline`), and what the compiler said (`.out`). */
export declare const compilerOutput: Parser;
