import { type Trusted } from './verify.ts';
import type { Bundle } from '../../model/assessment.ts';
/** The file in a folder that says which bundle is installed there, and what is trusted from now on. */
export declare const stateFile = "postern-bundle.json";
/** An installed bundle: the folder that holds its `packs` and `knowledge`, and what the next one is compared with. */
export type Installed = {
    readonly content: string;
    readonly bundle: Bundle;
    readonly trusted: Trusted;
};
/** What is installed in a folder; null when no bundle ever was. */
export declare function installedBundle(folder: string): Installed | null;
/** The text of that file. `content` is the name of a folder beside it. */
export declare function stateText(content: string, bundle: Bundle, trusted: Trusted): string;
