import type { PersistenceKind } from './stages.ts';
import type { More } from './finding.ts';
export type Persistence = {
    readonly kind: PersistenceKind;
    readonly what: string;
    readonly state: 'present' | 'was-there' | 'requested-after-removal' | 'unknown';
    readonly first: string | null;
    readonly last: string | null;
    readonly because: readonly string[];
    readonly more?: More;
};
