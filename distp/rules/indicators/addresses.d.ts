import type { Event } from '../../model/event.ts';
import { type Indicator, type IndicatorType } from './read-list.ts';
type Table = ReadonlyMap<string, Indicator>;
export declare function tableOf(indicators: readonly Indicator[], ...types: readonly IndicatorType[]): Table;
/** Lists repeat themselves: of entries of one value the one that holds longest is kept, and of those the first. */
export declare function put(table: Map<string, Indicator>, key: string, indicator: Indicator): void;
/** The entry of a value, where it still holds at the time of the event. */
export declare function hitOf(table: Table, key: string, time: Event['time']): Indicator | undefined;
type Finder = (text: string, time: Event['time']) => Indicator | null;
/** By address, then by each length of prefix that the list has. Answers are remembered: clients repeat. */
export declare function addressFinder(indicators: readonly Indicator[]): Finder;
/** Hosts by whole labels: an entry `evil.example` finds `a.evil.example` and never `notevil.example`. */
export declare function hostFinder(indicators: readonly Indicator[]): Finder;
/** Hosts and URLs that stand as whole words in a command or script. */
export declare function mentions(text: string, find: Finder, urls: Table, time: Event['time']): Generator<Indicator>;
export {};
