import { type RowLayout, type RowTaker, type BuildInValue } from '../parsers/row-layout.ts';
import { type Judge, type RowSink } from './rows.ts';
import { type ValueIds } from './value-ids.ts';
import { type WasmMemory, type WasmNumber } from './wasm.ts';
/** What the kernel exports: see assembly/rows.ts. */
type Kernel = {
    readonly memory: WasmMemory;
    readonly at: WasmNumber;
    readonly lines: WasmNumber;
    readonly column: WasmNumber;
    readonly value: WasmNumber;
    readonly question: WasmNumber;
    readonly time: WasmNumber;
    readonly latestTime: WasmNumber;
    layOut(base: number, columns: number, reads: number, eager: number, texts: number, anywhere: number, context: number, questions: number, openWords: number, rules: number, valueBits: number, masks: number, runs: number): number;
    setForm(delimiter: number, quoted: boolean, day: number, clock: number, stamped: boolean, client: number, status: number, sent: number, telling: number, border: number, reach: number, from: number, limit: number): void;
    setTexts(which: number, grams: number, bits: number, stride: number, longest: number, slots: number, mask: number, shorts: number, shortSlots: number, ends: number, scratch: number): void;
    layOutGroups(columns: number, size: number): number;
    setGrouping(is: boolean): void;
    groupReadTable(): number;
    groupTable(): number;
    groupRowTable(): number;
    countOfGroupRows(): number;
    clearGroupRows(): boolean;
    readTable(): number;
    textTable(): number;
    contextTable(): number;
    openTable(): number;
    questionTable(): number;
    maskTable(): number;
    ruleTable(): number;
    countedTable(): number;
    runTable(): number;
    accountTable(): number;
    accountList(): number;
    accountFirstList(): number;
    numberTable(): number;
    placeTable(): number;
    skipTable(): number;
    toldTable(): number;
    borderTable(): number;
    matchTable(): number;
    countOfMatches(): number;
    countOfRuns(): number;
    countOfAccounts(): number;
    countOfCounted(): number;
    mark(): number;
    forget(): void;
    forgetFile(): void;
    judge(number: number, known: number, mask: number, items: number, tells: number): void;
    collect(number: number, column: number, isOdd: boolean): number;
    collectedTable(): number;
    answerHeld(question: number, yes: boolean): void;
    foundHeld(text: number, items: number): void;
    answer(question: number, yes: boolean, compared: boolean): void;
    candidateTable(): number;
    countOfCandidates(): number;
    setFull(rule: number, client: number): void;
    setOpen(rule: number): void;
    addContext(counts: number, host: number, order: number): void;
    setTold(tells: number, host: number): void;
    addTrait(read: number): void;
    setDevices(query: number, user: number): void;
    setLogons(user: number, client: number, forwarded: number, agent: number, reason: number): void;
    settleLogons(): void;
    clearAccounts(): void;
    taken(): void;
    take(from: number, end: number, before: number, again: boolean): number;
};
/** Values that were met in one kind of log, and what rules say of them, in the memory of the kernel; kept from file to file. */
export declare class FastLexicon {
    #private;
    /** Requests are told by value, and few runs stand for many rows. */
    readonly isFast = true;
    readonly judge: Judge;
    readonly layout: RowLayout;
    kernel: Kernel;
    bytes: Buffer;
    words: Uint32Array;
    floats: Float64Array;
    /** What values tell, by number; and the sources. */
    readonly told: BuildInValue[];
    /** Who counts at present. */
    user: FastRows | null;
    /** A number of the row at hand, which no other row has. */
    row: number;
    /** Null where there is no kernel. */
    static of(judge: Judge, layout: RowLayout): FastLexicon | null;
    private constructor();
    reader(path: string, layout: RowLayout, sink: RowSink): RowTaker;
    /** Makes the tables, with a part of the log to count grams and values in. */
    layOut(sample: Buffer): void;
    /** The text of a column of the row at hand, or of the row. */
    textOf(column: number): string;
    /** The text of a value. */
    valueOf(number: number): string;
    /** The client that a value names; the same text each time, whose place in a table is then known. */
    clientOf(number: number): string | null;
    /** The number of what a value with an account is counted by; null where it says nothing. */
    idOf(number: number, names: ValueIds): number | null;
    /** The number of the client of the row at hand; undefined where there is no such column. */
    client(): number | undefined;
    /** Writes down what rules say of the value that the kernel stopped at; false when there is no room for it. */
    learn(column: number, number: number): boolean;
    /** Finds the texts that stand in a range of the row at hand; false where the row must be read as a whole. */
    find(text: number): boolean;
    /** Answers a question for the row at hand; false where the row must be read as a whole. */
    answer(question: number): boolean;
    /** Forgets all values: there is no room for more. */
    forget(): void;
}
/** Does what `RowReader` does, with the kernel for its inner loop. */
declare class FastRows implements RowTaker {
    #private;
    end: number;
    constructor(path: string, layout: RowLayout, lexicon: FastLexicon, sink: RowSink);
    take(buffer: Buffer, from: number, to: number, base: number, number: number): number;
    finish(): void;
}
export {};
