import type { Parser } from '../parser.ts';
/**
 * Findings of the scanners THOR (text and the three forms of its JSON) and LOKI (text and `--csv`): what of notice, warning
 * and alert they said, with file, rules and score. https://github.com/NextronSystems/jsonlog, https://github.com/Neo23x0/Loki
 */
export declare const thorText: Parser;
/**
 * The table that THOR writes beside its log (`--csvfile`): MD5, file and score of each file that it found, without a header.
 * https://thor-manual.nextron-systems.com/en/latest/usage/output-options.html
 */
export declare const thorCsv: Parser;
export declare const thorJson: Parser;
