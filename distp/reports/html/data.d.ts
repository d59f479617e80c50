import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import { type PackTexts } from '../../model/pack-texts.ts';
declare const lists: readonly ['gaps', 'unknown', 'blind', 'notes', 'opinions', 'clients', 'intrusions', 'subjects', 'mailboxes', 'persistence'];
/** A file that could not be written, and why. */
export type FailedFile = {
    readonly file: string;
    readonly reason: string;
};
/** What a page shows besides its assessment. */
export type BesideReport = {
    readonly failed?: readonly FailedFile[];
    readonly texts?: PackTexts;
};
/** How many there are of what a page holds only the first of. */
export type Counts = Readonly<Record<(typeof lists)[number] | 'findings' | 'files', number>>;
/** Blocks of the page, each deflated JSON in base64. */
export type Blocks = {
    readonly report: string;
    readonly findings: readonly string[];
    readonly files: readonly string[];
    readonly rows: readonly string[];
};
/** A row of a finding, with its place; `whole`: how many characters it has, where it was cut. */
export type FindingRow = {
    readonly path: string;
    readonly sha256: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number | null;
    readonly record: number | null;
    readonly raw: string;
    readonly whole: number | null;
};
/** What a finding rests on: values read from its rows, and the rows; `beyond`: kept rows that are not in the page. */
export type FindingRows = {
    readonly facts: Finding['facts'];
    readonly rows: readonly FindingRow[];
    readonly beyond: number;
};
/** Packs an assessment into blocks that make, with `used` bytes of other things, a page of at most 15 MB. */
export declare function packReport(assessment: Assessment, used: number, squeeze: (json: string) => string, { failed, texts }?: BesideReport): Blocks;
/**
 * The assessment as far as the page holds it. Findings have neither locators nor facts: `rowsOf` unpacks those of one.
 * `blocks` are the texts of the blocks, inflated; every text of the report passes `say`, those of rows do not.
 */
export declare function unpackReport(blocks: Blocks, say?: (text: string) => string): {
    readonly report: Assessment;
    readonly counts: Counts;
    readonly failed: readonly FailedFile[];
    readonly texts: PackTexts;
    /** Which block of rows a finding's are in, and at which place there; null where the page does not hold them. */
    readonly placeOf: (id: string) => {
        readonly block: number;
        readonly at: number;
    } | null;
    readonly rowsOf: (block: string, at: number) => FindingRows;
};
export {};
