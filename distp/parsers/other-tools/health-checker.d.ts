import type { Parser } from '../parser.ts';
/**
 * Reports of the Exchange HealthChecker: the text of one server (`HealthChecker-*.txt`) and the page of all
 * (`ExchangeAllServersReport*.html`). Each vulnerability that it names is an event, and the build of the server a fact.
 * https://github.com/microsoft/CSS-Exchange/tree/main/Diagnostics/HealthChecker
 */
export declare const healthChecker: Parser;
