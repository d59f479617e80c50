import { type CommandSpec, type Option } from './options.ts';
/** Reports that may be asked for. The PDF is report.html, printed by a browser of this machine. */
export declare const formatNames: readonly string[];
/** The values that an option may have; empty where they are not listed. */
export declare function optionValues({ from }: Option): readonly string[];
/** `postern --help`. */
export declare function programHelp(): string;
/** `postern COMMAND --help`. */
export declare function commandHelp(spec: CommandSpec): string;
/** docs/use/command-line.md: Markdown, no line longer than 120 characters. */
export declare function commandLineDocs(): string;
