import type { FieldValue } from '../../../model/event.ts';
import { type EventNode } from './tree.ts';
/** A record as XML, the way Windows writes it: on one line. */
export declare function xmlOf(nodes: readonly EventNode[]): string;
export declare function escaped(value: FieldValue): string;
