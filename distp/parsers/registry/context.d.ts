import type { Event, Fact, FieldValue, LogSource, Place } from '../../model/event.ts';
import type { Sink, Source } from '../parser.ts';
import type { Extent, RegistryValue } from './hive.ts';
import type { HiveIdentity } from './kind.ts';
import type { KeyView } from './view.ts';
/** The kinds of event that a hive gives, each with its log kind and its log sources. */
export declare const gives: {
    readonly registry: {
        readonly log: 'registry';
        readonly sources: readonly LogSource[];
    };
    readonly startup: {
        readonly log: 'startup';
        readonly sources: readonly LogSource[];
    };
    readonly service: {
        readonly log: 'services';
        readonly sources: readonly LogSource[];
    };
    readonly task: {
        readonly log: 'tasks';
        readonly sources: readonly LogSource[];
    };
    readonly account: {
        readonly log: 'accounts';
        readonly sources: readonly LogSource[];
    };
    /** Accounts that other hives than SAM tell of: they do not stand for the list of all. */
    readonly profile: {
        readonly log: 'registry';
        readonly sources: readonly LogSource[];
    };
    readonly program: {
        readonly log: 'programs';
        readonly sources: readonly LogSource[];
    };
    readonly exchange: {
        readonly log: 'exchange-config';
        readonly sources: readonly LogSource[];
    };
    readonly request: {
        readonly log: 'certificate-requests';
        readonly sources: readonly LogSource[];
    };
};
export type RegistryEventKind = (typeof gives)[keyof typeof gives];
/** What makes an event beside its key. */
export type RegistryEventDetails = {
    readonly fields: Readonly<Record<string, FieldValue>>;
    /** The value that the event is of; the whole key where there is none. */
    readonly value?: RegistryValue | null;
    /** It was deleted from a key that is still there. */
    readonly former?: boolean;
    /** When it happened, where something else than the last write of the key says so. */
    readonly time?: number | null;
    readonly user?: string | null;
    readonly target?: string | null;
    /** Text that a person can read; the value, or the key with its values, where none is given. */
    readonly raw?: string;
};
/** Where the places of the registry put what they read. */
export declare class Context {
    #private;
    readonly source: Source;
    readonly identity: HiveIdentity;
    /** Name of the machine, where the hive says it. */
    host: string | null;
    /** The control set in use: `ControlSet001`. */
    readonly controlSet: string | null;
    /** The last moment that the hive knows of. */
    readonly end: number | null;
    constructor(source: Source, sink: Sink, about: {
        readonly identity: HiveIdentity;
        readonly controlSet: string | null;
        readonly end: number | null;
        /** Bytes of the file. */
        readonly size: number;
        readonly fromLog: (at: Extent) => string | null;
    });
    /** The path of a key as people write it, with the control set in use as CurrentControlSet. */
    pathOf(key: KeyView): string;
    emit(given: RegistryEventKind, key: KeyView, told: RegistryEventDetails): void;
    /** Tells what deleted keys gave, but for copies of what still stands: a key that grew was moved. */
    finish(): void;
    fact(fact: Fact): void;
    note(note: string, at?: Extent): void;
    /** A place in the file; what a log added behind its end has no bytes there. */
    placeOf(at: Extent): Place;
}
/** The fields of one value in the generic form; what it holds is masked where its name says that it is a secret. */
export declare function valueFields(value: RegistryValue, details: FieldValue): Readonly<Record<string, FieldValue>>;
/** What an event says, apart from when its key was written. */
export declare function signature({ log, fields }: Event): string;
/** The values of a key and those that were deleted from it, unless they stand there still. */
export declare function keyValues(key: KeyView): Generator<{
    readonly value: RegistryValue;
    readonly former: boolean;
}>;
