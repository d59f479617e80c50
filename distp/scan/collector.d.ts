import type { Member } from '../evidence/container.ts';
import type { CloudTally, Scan } from '../model/scan.ts';
import type { BrokenRule } from '../model/rule.ts';
import type { Event, Fact, Fields } from '../model/event.ts';
import type { Gap } from '../model/evidence.ts';
import { type Zone } from '../lib/zones.ts';
import { type KeepAtMost } from './hit-room.ts';
import { type Ahead } from '../prefilter/read-ahead.ts';
import type { Between } from '../parsers/parser.ts';
import type { RecordForm, RecordJudge, RecordScanner } from '../parsers/record-scanner.ts';
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts';
import { type askAll } from '../rules/match.ts';
import type { Condensed } from '../evidence/condensed.ts';
import type { LoadedRules } from '../rules/rule.ts';
import { type ValueCaches } from '../prefilter/row-rules.ts';
import type { includesOf } from './page-includes.ts';
/** A file that is searched by file rules is held in memory up to this size; of a larger one the end is, too. */
export declare const SEARCHED: number;
/** Parsers whose files are searched by file rules wherever they lie. */
export declare const searched: ReadonlySet<string>;
/** Gathers what one artifact gives. */
export declare class Collector {
    #private;
    /** When the file itself says that it was written: a dump of settings names the moment of the last change. */
    written: {
        time: number;
        timeBasis: 'stated';
    } | null;
    /** What the parser says of the file as a whole: fields of the file's own event. */
    described: Fields;
    constructor(member: Member, ask: ReturnType<typeof askAll>, zone: Zone | null, keep: KeepAtMost, baselines?: LoadedRules['baselines'], lexicons?: ValueCaches, ahead?: Ahead, tied?: boolean);
    event(read: Event): void;
    rows(layout: RowLayout): RowTaker | null;
    records(form: RecordForm): RecordJudge | null;
    scanner(): RecordScanner | null;
    cloud(tally: CloudTally): void;
    about(fields: Fields): void;
    gap({ between, ...gap }: Omit<Gap, 'path'> & {
        readonly between?: Between;
    }): void;
    losing(): void;
    dated(time: number | null, { offset, number }: {
        readonly offset: number;
        readonly number: number;
    }): void;
    fact(fact: Fact): void;
    /** The event of the file itself: no time of its own, so it counts in no hour. */
    file(event: Event): void;
    /** `placeOf`: where the searched bytes lie in the file, where they are not all of it. */
    fileHit(rule: string, places: readonly (readonly [number, number])[], searched: Uint8Array, file: Event, placeOf?: Condensed['place']): void;
    /** The scan of a file whose content is not read: a gap, and what the rules match by its name and location. */
    refuse(reason: Gap['reason'], detail: string): Scan;
    /** Only of files of which something is told. */
    seed(make: () => string): void;
    /** Files that a page which the server runs includes. */
    includes(files: ReturnType<typeof includesOf>): void;
    /** Rules that were left out from somewhere in this file on: what they would have found is not known. */
    slow(rules: readonly BrokenRule[]): void;
    finish(read: {
        sha256: string;
        size: number;
        parser: string | null;
        parsed: number;
    }): Scan;
}
