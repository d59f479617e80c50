/** How a search by some of the parts ended: the milliseconds that it took, or `Infinity` where its time was over. */
export type Probe<Part> = (parts: readonly Part[], most: number) => number;
/**
 * `part`: what takes longer alone is too slow. `whole`: all together may take so long. `effort`: about as long is looked
 * for what is slow; what could not be told apart by then is left out together. All of it must stay well within the time
 * after which a file is given up.
 */
export declare const SEARCH_LIMITS: {
    part: number;
    whole: number;
    effort: number;
    rounds: number;
};
/**
 * Finds the parts that make a search too slow, alone or several together, by searching with halves of them, until the rest
 * stays within its time.
 */
export declare function slowParts<Part>(parts: readonly Part[], probe: Probe<Part>, limits?: {
    part: number;
    whole: number;
    effort: number;
    rounds: number;
}): readonly Part[];
