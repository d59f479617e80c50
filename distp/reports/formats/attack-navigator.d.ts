import type { Report } from '../report.ts';
/**
 * navigator.json: a layer of the ATT&CK Navigator. The score of a technique is that of its weightiest finding, so that one
 * proof weighs more than many hints.
 * https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
 */
export declare const navigator: Report;
