import type { Parser } from '../parser.ts';
/**
 * What hunts over Windows event logs found: Hayabusa (https://github.com/Yamato-Security/hayabusa), Chainsaw
 * (https://github.com/WithSecureLabs/chainsaw) and Zircolite (https://github.com/wagga40/Zircolite), as CSV and JSON.
 * Tables of
 * their first versions have other columns. Where the event stands beside the rule it is read as an event, too, so that our
 * rules judge it.
 */
export declare const huntJson: Parser;
export declare const huntCsv: Parser;
