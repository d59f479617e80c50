import type { FieldValue } from '../../model/event.ts';
export type MutableFields = Record<string, FieldValue>;
export declare function scalarAsText(value: FieldValue | undefined): string | null;
